"""The journal: edits since the last save, on disk within a second, written by its own thread."""

from __future__ import annotations

import contextlib
import os
import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, sync_folder
from aigc_studio.base.log import topic
from aigc_studio.document.bundle import JOURNAL, read_manifest
from aigc_studio.document.edits import Edit, apply, merge
from aigc_studio.document.migrations import migrated_edit
from aigc_studio.document.model import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aigc_studio.document.model import Project

log = topic("journal")
FLUSH_SECONDS = 0.4  # gathering edits this long leaves room for a slow fsync within the second
MAX_LINE = 64 << 20
_SCHEMAS = range(1, SCHEMA_VERSION + 1)
_KEPT = "Everything up to the last save is safe, and the edits since are still open here."


@dataclass(frozen=True)
class Recovered:
    """What a journal tells.

    Attributes:
        edits: in order; those that follow the manifest that was asked for.
        ends: where the line of each ends in the file; what follows is torn or foreign.
    """

    edits: tuple[Edit, ...] = ()
    ends: tuple[int, ...] = ()

    def first(self, count: int) -> Recovered:
        """Only the first `count` edits."""
        return Recovered(self.edits[:count], self.ends[:count])


def read_journal(path: Path, base: str) -> Recovered:
    """The edits that follow the manifest of revision `base`, up to the first torn line."""
    edits: list[Edit] = []
    ends: list[int] = []
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        while line := file.readline(MAX_LINE):
            edit = _parsed(line, base, len(edits))
            if edit is None:
                break
            edits.append(edit)
            ends.append((ends or [0])[-1] + len(line))
    return Recovered(tuple(edits), tuple(ends))


def replayed(project: Project, found: Recovered) -> tuple[Project, Recovered]:
    """A project with the edits of its journal, and those of them that fit it."""
    for number, edit in enumerate(found.edits):
        try:
            project = apply(project, edit)
        except StudioError as error:
            log.warning("recovery stops at edit %d: %s", number, error)
            return project, found.first(number)
    return project, found


def read_as_left(folder: Path) -> tuple[Project, tuple[Edit, ...]]:
    """A project as it would open, and the edits in it that were not saved; nothing is written.

    Raises:
        StudioError: no project is there, or none that may be read.
    """
    saved, revision = read_manifest(folder)
    project, found = replayed(saved, read_journal(folder / JOURNAL, revision))
    return project, found.edits


def _parsed(line: bytes, base: str, sequence: int) -> Edit | None:
    try:
        entry = strict_json.loads(line, "A line of the journal", max_bytes=MAX_LINE)
        if not isinstance(entry, dict) or not line.endswith(b"\n"):
            return None
        crc = entry.pop("crc", None)
        schema, place = entry.get("schema"), (entry.get("base"), entry.get("sequence"))
        if not isinstance(schema, int) or schema not in _SCHEMAS or place != (base, sequence):
            return None
        if crc != zlib.crc32(strict_json.dumps(entry)):
            return None
        edit = migrated_edit(entry["edit"], schema)
        return Edit.model_validate_json(strict_json.dumps(edit), strict=True)
    except (StudioError, ValidationError, KeyError, ValueError) as error:
        log.warning("journal line %d ignored: %s", sequence, error)
        return None


def _line(edit: Edit, base: str, sequence: int) -> bytes:
    entry: dict[str, object] = {
        "base": base,
        "edit": edit.model_dump(mode="json"),
        "schema": SCHEMA_VERSION,
        "sequence": sequence,
    }
    entry["crc"] = zlib.crc32(strict_json.dumps(entry))
    return strict_json.dumps(entry) + b"\n"


class Journal:
    """Appends edits in the background; every method is for the store's one thread.

    Args:
        path: the journal's file.
        base: revision of the manifest that the edits follow.
        found: what `read_journal` found there; appending goes on behind it.
        before_write: makes durable what the edits refer to (payloads).
    """

    def __init__(
        self, path: Path, base: str, found: Recovered, before_write: Callable[[], None]
    ) -> None:
        self._path = path
        self._base = base
        self._sequence = len(found.edits)
        self._length = found.ends[-1] if found.ends else 0
        self._before_write = before_write
        self._pending: list[Edit] = []
        self._writing_now = 0
        self._failure: StudioError | None = None
        self._cut = False
        self._closing = False
        self._wake = threading.Condition()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def append(self, edit: Edit, *, joins: bool = False) -> None:
        """Take an edit; it is on disk within a second.

        Args:
            joins: it goes on with the step of the edit before: as one line, unless that one
                is on its way to the disk already. A drag would fill the disk otherwise.
        """
        with self._wake:
            if joins and len(self._pending) > self._writing_now:
                edit = merge(self._pending.pop(), edit)
            self._pending.append(edit)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
            self._wake.notify()

    def raise_failure(self) -> None:
        """Report, once, that the newest attempt to write failed; the thread tries on.

        Raises:
            StudioError: what the disk said.
        """
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def flush(self) -> None:
        """Write now what is waiting.

        Raises:
            StudioError: the disk refuses; the edits go on waiting.
        """
        with self._writing:
            with self._wake:
                batch = list(self._pending)
                self._writing_now = len(batch)
            try:
                if batch or self._cut:
                    self._flush(batch)
            finally:
                with self._wake:
                    self._writing_now = 0

    def _flush(self, batch: list[Edit]) -> None:
        self._before_write()
        numbered = enumerate(batch, self._sequence)
        data = b"".join(_line(edit, self._base, number) for number, edit in numbered)
        with disk_errors(self._path, kept=_KEPT):
            self._write(data)
        self._sequence += len(batch)
        self._length += len(data)
        self._failure = None
        with self._wake:
            self._cut = False
            del self._pending[: len(batch)]
            self._writing_now = 0

    def restart(self, base: str) -> None:
        """Begin anew after a save: all edits so far are in the manifest of revision `base`."""
        with self._writing, self._wake:
            self._pending.clear()
            self._base, self._sequence, self._length, self._failure = base, 0, 0, None
        self.trim()

    def trim(self) -> None:
        """Cut off what does not count: torn lines, and those of an older manifest.

        The latter would count again if undo and save brought that very manifest back. The
        thread makes the cut durable, so that a save need not wait for it.
        """
        with contextlib.suppress(OSError), self._writing:
            if self._path.stat().st_size > self._length:
                os.truncate(self._path, self._length)
                with self._wake:
                    self._cut = True
                    self._wake.notify()

    def close(self) -> None:
        """Write what is waiting and end the thread.

        Raises:
            StudioError: the disk refuses the last edits.
        """
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.flush()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._pending or self._cut or self._closing)
                if self._wake.wait_for(lambda: self._closing, timeout=FLUSH_SECONDS):
                    return
            try:
                self.flush()
            except StudioError as error:
                log.warning("journal not written: %s", error)
                self._failure = error

    def _write(self, data: bytes) -> None:
        new = not self._path.exists()
        with _opened(self._path) as handle:
            # Whatever an earlier attempt left behind the last whole line goes first.
            os.ftruncate(handle, self._length)
            os.lseek(handle, self._length, os.SEEK_SET)
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        if new:
            sync_folder(self._path.parent)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o666)
    try:
        yield handle
    finally:
        os.close(handle)
