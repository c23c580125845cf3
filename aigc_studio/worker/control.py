"""Wishes that reach a job while it works: from the parent, a signal or the run's folder."""

from __future__ import annotations

import contextlib
import queue
import time
from typing import TYPE_CHECKING, Literal, assert_never, get_args

from aigc_studio.jobs.messages import Action

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Wish = Literal["stop", "suspend", "snapshot", "pause"]

FILE_SECONDS = 0.2
YIELD_SLICE = 0.05
YIELD_AT_MOST = 2.0
FLAG_IS_FRESH = 5.0
_ACTIONS: tuple[Action, ...] = get_args(Action)


class Control:
    """The wishes for one job; one thread works and polls, any thread or signal handler puts.

    Args:
        yield_flag: file that exists while the engine serves somebody, see `yield_to_engine`.
        clock: seconds that only grow; tests bring their own.
    """

    def __init__(
        self, *, yield_flag: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        # SimpleQueue.put may interrupt itself, so a signal handler can call it safely.
        self._posted: queue.SimpleQueue[Action] = queue.SimpleQueue()
        self._ending: Literal["stop", "suspend"] | None = None
        self._paused = False
        self._snapshot = False
        self._file: Path | None = None
        self._next_look = 0.0
        self._yield_flag = yield_flag
        self._clock = clock

    def put(self, action: Action) -> None:
        """Post a wish, from any thread or signal handler."""
        self._posted.put(action)

    def watch(self, control_file: Path) -> None:
        """Also take wishes from this file, looked at every 0.2 s at most; it is consumed."""
        self._file = control_file

    def poll(self) -> Wish | None:
        """What is wished now, most urgent first; costs about a microsecond.

        "stop" and "suspend" stay until the job ends, "pause" until "resume" comes (never
        returned itself), "snapshot" is told once.
        """
        with contextlib.suppress(queue.Empty):
            while True:
                self._take(self._posted.get_nowait())
        self._look_at_file()
        if self._ending:
            return self._ending
        if self._snapshot:
            self._snapshot = False
            return "snapshot"
        return "pause" if self._paused else None

    def wait_while_paused(self) -> None:
        """Block until something other than the pause is wished; poll again afterwards."""
        while self._paused and not self._ending and not self._snapshot:
            with contextlib.suppress(queue.Empty):
                self._take(self._posted.get(timeout=FILE_SECONDS))
            self._look_at_file()

    def yield_to_engine(self) -> float:
        """Leave the processor to the engine while it serves somebody, for 2 s at most.

        Returns:
            Seconds given away; they are no training time.
        """
        if not self._engine_is_busy():
            return 0.0
        began = self._clock()
        while self._engine_is_busy() and self._posted.empty():
            if self._clock() - began >= YIELD_AT_MOST:
                break
            time.sleep(YIELD_SLICE)
        return self._clock() - began

    def _take(self, action: Action) -> None:
        match action:
            case "stop" | "suspend":
                # The first wins: the end of stdin that follows a "stop" leaves it a stop.
                self._ending = self._ending or action
            case "pause":
                self._paused = True
            case "resume":
                self._paused = False
            case "snapshot":
                self._snapshot = True
            case _:
                assert_never(action)

    def _look_at_file(self) -> None:
        if self._file is None or self._clock() < self._next_look:
            return
        self._next_look = self._clock() + FILE_SECONDS
        # Moved away before it is read, so that a wish written meanwhile is not lost.
        taken = self._file.with_name(self._file.name + ".taken")
        with contextlib.suppress(OSError):
            self._file.replace(taken)
            word = taken.read_bytes().strip()
            taken.unlink()
            for action in _ACTIONS:
                if word == action.encode():
                    self._take(action)

    def _engine_is_busy(self) -> bool:
        if self._yield_flag is None:
            return False
        try:
            touched = self._yield_flag.stat().st_mtime
        except OSError:
            return False
        # A flag left behind by a killed window must not slow training for ever.
        return abs(time.time() - touched) < FLAG_IS_FRESH
