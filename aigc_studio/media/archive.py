"""Pictures out of a zip archive that may be hostile."""

from __future__ import annotations

import contextlib
import lzma
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import CHUNK, disk_errors
from aigc_studio.media.kind import HEAD_BYTES, picture_format

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 50_000
MAX_PICTURE_BYTES = 256 << 20
MAX_TOTAL_BYTES = 16 << 30
# Deflate reaches 1032 at most; flat drawings as BMP reach 200 honestly, but are small.
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 16 << 20
_ENCRYPTED = 0x1
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def extract_pictures(archive: Path, folder: Path) -> list[Path]:
    """Unpack every picture that is read of a zip below `folder`, keeping its folders.

    Other files are left in the archive. Files that are already there are not replaced: the
    new one gets a number.

    Args:
        folder: made when it is not there.

    Returns:
        The pictures' paths, in the archive's order.

    Raises:
        StudioError: kind "hostile" for paths that leave the folder, links, bombs; "input"
            for a damaged or encrypted archive; "disk". Nothing is left unpacked then.
    """
    written: list[Path] = []
    try:
        with disk_errors(folder, kept="Nothing was unpacked."), _opened(archive) as source:
            folder.mkdir(parents=True, exist_ok=True)
            for entry in _checked(source, archive):
                target = _free(folder / _safe_path(entry.filename, archive))
                _extract(source, entry, target, archive, written)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    with disk_errors(archive), archive.open("rb"):
        pass  # a missing archive is told apart from a folder that cannot be written
    try:
        with zipfile.ZipFile(archive) as source:
            yield source
    except _DAMAGED as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise _refused(archive, f"it is damaged or of an unknown sort ({reason})") from error


def _checked(source: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in source.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise _hostile(archive, f"it has {len(entries)} files, at most {MAX_ENTRIES} are read")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise _hostile(archive, f"it unpacks to more than {MAX_TOTAL_BYTES >> 30} GiB")
    for entry in entries:
        _check(entry, archive)
    return [entry for entry in entries if not _is_by_product(entry.filename)]


def _check(entry: zipfile.ZipInfo, archive: Path) -> None:
    _safe_path(entry.filename, archive)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _hostile(archive, f'"{entry.filename}" is a link')
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(archive, "it is locked with a password")
    large = entry.file_size > _RATIO_COUNTS_FROM
    if large and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise _hostile(archive, f'"{entry.filename}" unpacks to far more than it should')


def _is_by_product(name: str) -> bool:
    # macOS adds a folder of files that look like the pictures and are none.
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("._")


def _safe_path(name: str, archive: Path) -> Path:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name):
        raise _hostile(archive, f'"{name}" leads out of the folder')
    kept = [_safe_part(part) for part in parts if part not in ("", ".")]
    return Path(*(kept or ["unnamed"]))


def _safe_part(part: str) -> str:
    # Names that one system allows and another does not: the project may be opened on either.
    clean = _FORBIDDEN.sub("_", part)[-120:].strip().rstrip(".") or "unnamed"
    return f"_{clean}" if _RESERVED.fullmatch(clean) else clean


def _free(path: Path) -> Path:
    candidate, number = path, 2
    while candidate.exists() or candidate.is_symlink():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate


def _extract(
    source: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    archive: Path,
    written: list[Path],
) -> None:
    """Write one picture and note it in `written`; other entries are left alone."""
    with source.open(entry) as packed:
        head = packed.read(HEAD_BYTES)
        if picture_format(head) is None:
            return
        if entry.file_size > MAX_PICTURE_BYTES:
            raise _hostile(archive, f'"{entry.filename}" is larger than any picture should be')
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            written.append(target)
            file.write(head)
            while piece := packed.read(CHUNK):
                file.write(piece)


def _refused(archive: Path, reason: str) -> StudioError:
    return StudioError(
        f"{archive} cannot be unpacked: {reason}.",
        kept="Nothing was unpacked.",
        todo="Unpack it with another program and add the folder of pictures.",
        kind="input",
    )


def _hostile(archive: Path, reason: str) -> StudioError:
    return StudioError(
        f"{archive} is not safe to unpack: {reason}.",
        kept="Nothing was unpacked.",
        todo="Use a copy from a source you trust.",
        kind="hostile",
    )
