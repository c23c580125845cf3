"""What must not happen while the monkey plays: exceptions, warnings, faults in threads."""

from __future__ import annotations

import ctypes
import gc
import logging
import sys
import threading
import time
import traceback
from collections import Counter, deque
from typing import TYPE_CHECKING

import psutil

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pytest
    from pytestqt.logging import _QtMessageCapture as QtLog

    from aigc_studio.studio.studio import Studio

LAST = 30
SLOW_SECONDS = 0.2


class Watch(logging.Handler):
    """Gathers faults, and the last things that the monkey did.

    Attributes:
        faults: what went wrong, in words.
        count: how many things it did.
        slow: the longest that the window's thread computed for one event, in seconds, by what
            was done; only what a person would feel.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, qtlog: QtLog, studio: Studio, log: Path
    ) -> None:
        """`log` is written at once, for what ends the whole process."""
        super().__init__(logging.ERROR)
        self._log = log
        self.faults: list[str] = []
        self.did: deque[str] = deque(maxlen=LAST)
        self.slow: dict[str, float] = {}
        self.told: Counter[str] = Counter()
        self.deed = ""
        self.count = 0
        self._qtlog, self._seen = qtlog, len(qtlog.records)
        monkeypatch.setattr(sys, "excepthook", self._on_exception)
        monkeypatch.setattr(
            threading,
            "excepthook",
            lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback),
        )
        studio.told.connect(self._on_told)

    def note(self, words: str) -> None:
        """Remember what is about to be done."""
        self.count += 1
        self.did.append(f"{self.deed}: {words}")
        with self._log.open("a") as file:
            file.write(f"{self.did[-1]}\n")

    def took(self, seconds: float) -> None:
        """Remember how long the window's thread computed for one event."""
        if seconds > SLOW_SECONDS:
            self.slow[self.did[-1]] = max(self.slow.get(self.did[-1], 0.0), seconds)

    def emit(self, record: logging.LogRecord) -> None:
        """An error in the log is a fault: something was caught that should not have been."""
        self.faults.append(self.format(record))

    def check(self, seed: int) -> None:
        """Fail with everything that is needed to see it again.

        Raises:
            AssertionError: something went wrong since the beginning.
        """
        records = self._qtlog.records
        fresh, self._seen = records[self._seen :], len(records)
        warned = [r for r in fresh if r.type_name != "QtDebugMsg" and not r.ignored]
        self.faults += [f"{record.type_name}: {record.message}" for record in warned]
        assert not self.faults, "\n".join(
            (f"seed {seed}, the last deeds:", *self.did, "what went wrong:", *self.faults)
        )

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _on_told(self, told: object) -> None:
        self.told[told.happened[:60] if isinstance(told, StudioError) else "well"] += 1
        if isinstance(told, StudioError) and told.happened.startswith("Something went wrong"):
            self.faults.append(str(told))


def memory() -> tuple[int, int]:
    """Bytes of memory of this process after what can be let go was let go: all that is resident,
    and what of it the process holds for itself after the C library gave back what it kept.

    The second tells what is held. The first also grows by holes between what lives, which are
    filled again, and by pages of libraries, which come in where code is used for the first time
    and which the system drops at will.
    """
    gc.collect()
    resident = psutil.Process().memory_info().rss
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    now = psutil.Process().memory_info()
    return resident, now.rss - getattr(now, "shared", 0)


def clock() -> float:
    """Seconds that this thread has computed; what else runs on the machine does not count."""
    return time.thread_time()
