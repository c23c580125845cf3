"""Files that are either whole or not there: written aside, synced, then renamed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 20
ASIDE = ".part-"


@contextlib.contextmanager
def disk_errors(target: Path, *, kept: str = "") -> Iterator[None]:
    """Turn the operating system's refusals into a StudioError that names `target`.

    Raises:
        StudioError: kind "disk" for a full or read-only disk and for missing rights.
    """
    try:
        yield
    except OSError as error:
        raise _in_words(error, target, kept) from error


def _in_words(error: OSError, target: Path, kept: str) -> StudioError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        free = "Free some space on that disk or choose another folder, then try again."
        return StudioError(
            f"The disk is full: {target} was not written.", kept=kept, todo=free, kind="disk"
        )
    if error.errno == errno.EROFS:
        elsewhere = "Choose a folder that you may write to."
        return StudioError(
            f"{target} may not be written: its disk is read-only.",
            kept=kept,
            todo=elsewhere,
            kind="disk",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        # The system does not tell which of the two was tried.
        rights = "Check its permissions and close programs that use it, or choose another place."
        return StudioError(
            f"{target} may not be read or written.", kept=kept, todo=rights, kind="disk"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return StudioError(
            f"{error.filename or target} does not exist.",
            kept=kept,
            todo="Check the path.",
            kind="missing",
        )
    reason = error.strerror or str(error)
    return StudioError(f"{target} could not be read or written: {reason}.", kept=kept, kind="disk")


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` durable (a no-op where folders cannot be opened)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def written_aside(target: Path, *, durable: bool = True) -> Iterator[Path]:
    """Yield a path beside `target` to write to; on success it replaces `target`.

    Args:
        target: the file that shall appear whole or not at all.
        durable: fsync file and folder, so that it survives a power cut.
    """
    handle, name = tempfile.mkstemp(prefix=ASIDE, suffix=target.suffix, dir=target.parent)
    os.close(handle)
    aside = Path(name)
    try:
        yield aside
        if durable:
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
        _grant_default_rights(aside)
        aside.replace(target)
        if durable:
            sync_folder(target.parent)
    finally:
        aside.unlink(missing_ok=True)


class Aside:
    """A folder beside a file, in which that file is made by somebody else, perhaps for long.

    Whoever makes it may be killed: `drop` then leaves no trace of it.

    Attributes:
        folder: it lies in the target's own folder.
        path: where the file is made, under its own name.
    """

    def __init__(self, target: Path) -> None:
        """Raises OSError where nothing can be written."""
        self.target = target
        self.folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=target.parent))
        self.path = self.folder / target.name

    def keep(self, others: Iterable[str] = ()) -> None:
        """Put the file in its place, after `others` that were made in the folder."""
        for made in (*(self.folder / name for name in others), self.path):
            _grant_default_rights(made)
            made.replace(self.target.parent / made.name)
        self.drop()

    def drop(self) -> None:
        """Remove what was made; whatever was there before stays."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _grant_default_rights(path: Path) -> None:
    # mkstemp makes files private; what an artist saves follows the umask like any other file.
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def write_atomic(target: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to `target` so that a crash leaves either the old file or the new one."""
    with written_aside(target, durable=durable) as aside:
        aside.write_bytes(data)


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def link_or_copy(source: Path, target: Path) -> None:
    """Hard-link `source` to `target`, or copy where the file system cannot link."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def folder_bytes(folder: Path) -> int:
    """Sum of the file sizes below `folder`, in bytes; symbolic links are not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
