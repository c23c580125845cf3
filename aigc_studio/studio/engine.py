"""The player: interactive requests to the one warm worker, where the newest wins."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from aigc_studio.jobs.engine import Engine
from aigc_studio.jobs.launch import busy_flag
from aigc_studio.jobs.messages import MediaOut, Preview, Progress

if TYPE_CHECKING:
    from aigc_studio.base.errors import StudioError
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload
    from aigc_studio.studio.settings import Settings


class Player(QObject):
    """`jobs.engine.Engine` for the window: its callbacks arrive as signals in our thread.

    Per slot ("pad", "nearby" ...) one request may wait, and a newer one takes its place; what
    has begun is finished and told, so that pictures keep flowing during a drag.

    Signals:
        answered: slot, stamp and the list of all `jobs.child.Event` of a finished request.
        failed: slot, stamp and the StudioError.
        glimpsed: slot, stamp and a `jobs.child.Event` with a `Preview` of what is coming.
        heard: slot, stamp and a `jobs.child.Event` with a picture or the progress of the newest
            request, before it has finished.
        working: slot, and whether something is asked for it that has not been told yet.
    """

    answered = Signal(str, int, object)
    failed = Signal(str, int, object)
    glimpsed = Signal(str, int, object)
    heard = Signal(str, int, object)
    working = Signal(str, bool)
    _came = Signal(str, int, object)
    _broke = Signal(str, int, object)
    _saw = Signal(str, int, object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._engine: Engine | None = None
        self._newest: dict[str, int] = {}
        self._dropped: dict[str, int] = {}
        self._first = self._last = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._on_answer, queued)
        self._broke.connect(self._on_failure, queued)
        self._saw.connect(self._on_event, queued)

    @property
    def device(self) -> str:
        """Where models are to be played, as a spec names it."""
        return self._settings.values.device

    @property
    def is_started(self) -> bool:
        """Whether the worker process was asked for."""
        return self._engine is not None

    def start(self) -> None:
        """Start the worker, so that it is warm when it is needed; after the first paint."""
        if self._engine is None:
            # Each engine counts from 1, and what the one before told may still be on its way.
            self._first = self._last
            answer = functools.partial(self._pass_on, self._came, self._first)
            failure = functools.partial(self._pass_on, self._broke, self._first)
            event = functools.partial(self._pass_on, self._saw, self._first)
            self._engine = Engine(answer, failure, on_event=event, yield_flag=busy_flag())

    def ask(self, spec: AnySpec, slot: str, payload: Payload = b"") -> int:
        """Ask for something; replaces what waits in the same slot. Never blocks.

        Returns:
            The stamp that `answered` or `failed` will carry, unless a newer request of the
            slot comes first; stamps only grow.
        """
        self.start()
        assert self._engine is not None
        stamp = self._last = self._first + self._engine.submit(spec, slot, payload)
        fresh = slot not in self._newest
        self._newest[slot] = stamp
        if fresh:
            self.working.emit(slot, True)
        return stamp

    def cancel(self, slot: str) -> None:
        """Drop what was asked for a slot; nothing more is told of it."""
        if self._engine and slot in self._newest:
            self._engine.cancel(slot)
            self._drop(slot)

    def is_working(self, slot: str) -> bool:
        """Whether something is asked for a slot that has not been told yet."""
        return slot in self._newest

    def close(self) -> None:
        """End the worker; nothing is told afterwards. A later `ask` starts another."""
        engine, self._engine = self._engine, None
        if engine:
            engine.close()
        for slot in list(self._newest):
            self._drop(slot)

    def _drop(self, slot: str) -> None:
        self._dropped[slot] = self._newest.pop(slot)
        self.working.emit(slot, False)

    @staticmethod
    def _pass_on(
        signal: SignalInstance,
        first: int,
        stamp: int,
        slot: str,
        told: list[Event] | StudioError | Event,
    ) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, and the player with it
            signal.emit(slot, first + stamp, told)

    @Slot(str, int, object)
    def _on_answer(self, slot: str, stamp: int, messages: object) -> None:
        if self._is_wanted(slot, stamp):
            self.answered.emit(slot, stamp, messages)

    @Slot(str, int, object)
    def _on_event(self, slot: str, stamp: int, event: Event) -> None:
        if stamp != self._newest.get(slot):
            return
        if isinstance(event.message, Preview):
            self.glimpsed.emit(slot, stamp, event)
        elif isinstance(event.message, MediaOut | Progress):
            self.heard.emit(slot, stamp, event)

    @Slot(str, int, object)
    def _on_failure(self, slot: str, stamp: int, error: object) -> None:
        if self._is_wanted(slot, stamp):
            self.failed.emit(slot, stamp, error)

    def _is_wanted(self, slot: str, stamp: int) -> bool:
        if stamp <= self._dropped.get(slot, 0):
            return False  # cancelled while it was on its way
        if stamp == self._newest.get(slot):
            del self._newest[slot]
            self.working.emit(slot, False)
        return True
