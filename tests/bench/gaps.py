"""Gaps of the window's event loop: how long nothing was answered, and what ran meanwhile."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

TICK_MS = 5
LOOK_SECONDS = 0.004
TELLING = 0.040  # seconds without a tick, after which it is noted what runs
_FRAMES = 6
# Functions of threads that wait for a pipe, a queue or a lock.
_WAITING = {"wait", "get", "_read_exactly", "readline", "read", "_read_log", "_worker", "_exactly"}


@dataclass
class Gap:
    """One stretch without a tick.

    Attributes:
        at: seconds since the first tick.
        seconds: how long it was.
        computed: seconds of it in which the window's thread itself had a processor.
        seen: what ran, by how often it was seen.
        others: what other threads of Python ran at the time.
    """

    at: float
    seconds: float = 0.0
    computed: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)


class Gaps(QObject):
    """Ticks every 5 ms and keeps the time between two ticks; a thread looks on."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.long: list[Gap] = []
        self._main = threading.get_ident()
        self._began = self._last = time.perf_counter()
        self._computed = time.thread_time()
        self._gap: Gap | None = None
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look_on, name="watch", daemon=True)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Ticks inside count."""
        self._began = self._last = time.perf_counter()
        self._computed = time.thread_time()
        self._timer.start()
        self._watch.start()
        try:
            yield
        finally:
            self._timer.stop()
            self._ended.set()
            self._watch.join()

    def _tick(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        seconds = now - self._last
        self.seconds.append(seconds)
        gap, self._gap = self._gap, None
        if seconds > TELLING:
            gap = gap or Gap(self._last - self._began)
            gap.seconds, gap.computed = seconds, computed - self._computed
            self.long.append(gap)
        self._last, self._computed = now, computed

    def _look_on(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            last = self._last
            if time.perf_counter() - last < TELLING / 2:
                continue
            gap = self._gap or Gap(last - self._began)
            self._note(gap)
            if self._last == last:
                self._gap = gap

    def _note(self, gap: Gap) -> None:
        for ident, frame in sys._current_frames().items():
            if ident == self._main:
                _count(gap.seen, frame)
            elif ident != threading.get_ident() and not _waits(frame):
                _count(gap.others, frame)


def _count(seen: dict[str, int], frame: FrameType) -> None:
    words = _told(frame)
    seen[words] = seen.get(words, 0) + 1


def _told(frame: FrameType) -> str:
    lines: list[str] = []
    at: FrameType | None = frame
    while at is not None and len(lines) < _FRAMES:
        code = at.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{at.f_lineno} {code.co_name}")
        at = at.f_back
    return " < ".join(lines)


def _waits(frame: FrameType) -> bool:
    return frame.f_code.co_name in _WAITING
