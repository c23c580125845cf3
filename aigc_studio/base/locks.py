"""One holder at a time: an operating-system lock that dies with its process, and a name tag."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


# `is_held` takes a lock for some microseconds; nobody who comes in between is sent away.
_GRACE = 0.1
_POLL = 0.02


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: process number, computer name and purpose (window, command, worker)."""

    pid: int
    host: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.purpose} (process {self.pid} on {self.host})"


class Lock:
    """An exclusive lock on `path`; the tag `path.holder` tells who has it.

    The lock itself is released by the operating system when the process dies, however it
    dies, so a stale tag never blocks anybody.
    """

    def __init__(self, path: Path, purpose: str) -> None:
        self._file = FileLock(path, thread_local=False)
        self._tag = _tag_of(path)
        self._purpose = purpose

    def acquire(self, *, wait: float = 0.0) -> None:
        """Take the lock, waiting at most `wait` seconds, and a tenth of one in any case.

        Raises:
            StudioError: kind "busy", naming the holder.
            OSError: the lock or its tag cannot be written; the lock is not held.
        """
        try:
            self._file.acquire(timeout=max(wait, _GRACE), poll_interval=_POLL)
        except Timeout:
            raise StudioError(
                f"{self._file.lock_file} is in use by {holder_of(self._tag)}.",
                kept="Nothing was changed.",
                kind="busy",
                todo="Close it there, or wait until it is done.",
            ) from None
        with contextlib.ExitStack() as undo:
            undo.callback(self.release)
            holder = Holder(os.getpid(), socket.gethostname(), self._purpose)
            self._tag.write_text(json.dumps(asdict(holder)), encoding="utf-8")
            undo.pop_all()

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._file.is_locked:
            # A tag that cannot be removed is stale at worst; it must not keep the lock.
            with contextlib.suppress(OSError):
                self._tag.unlink(missing_ok=True)
            self._file.release()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock now."""
        return bool(self._file.is_locked)

    def __enter__(self) -> Lock:
        if not self.held:
            self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _tag_of(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


def holder_of(tag: Path) -> Holder | str:
    """The holder named by a tag file, or "another process" when the tag cannot be read."""
    for _ in range(5):
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Holder(**json.loads(tag.read_text(encoding="utf-8")))
        time.sleep(0.02)
    return "another process"


def is_held(path: Path) -> bool:
    """Whether some process holds the lock at `path` now.

    Raises:
        OSError: the lock cannot be opened, as on a read-only disk.
    """
    if not path.exists():
        return False
    probe = FileLock(path, thread_local=False)
    # Without a tag it is rather another probe than a holder.
    patience = 0.0 if _tag_of(path).exists() else _GRACE
    try:
        probe.acquire(timeout=patience, poll_interval=_POLL)
    except Timeout:
        return True
    probe.release()
    return False
