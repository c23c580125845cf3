"""The engine: one resident worker for interactive requests, where the newest wins.

One request is in flight at a time. Per slot (the pad, the inspector ...) one more may wait; a
newer one takes its place. A request that has begun is finished and its result delivered even
when a newer one waits already, so that a continuous drag keeps showing pictures; only what was
cancelled is dropped. Because requests run one after the other, a result is never older than
one delivered before in its slot.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.jobs.child import Child, Event
from aigc_studio.jobs.messages import Failed, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload

log = topic("engine")
CLOSE_GRACE = 2.0
# Behind the window, which draws what the engine makes, and well before training.
ENGINE_NICE = 2


@dataclass
class _Task:
    stamp: int
    slot: str
    spec: AnySpec
    payload: Payload
    cancelled: bool = False


class Engine:
    """Serves requests one by one in a child process that stays warm.

    The callbacks come from the engine's own thread, one at a time; a window passes them on.

    Args:
        on_result: called with stamp, slot and all messages of a finished request, in order.
        on_error: called with stamp, slot and the error of a failed one. After a crash the
            request is tried once more in a fresh worker before this is called.
        on_event: called with stamp, slot and each message as it comes.
        command: another worker command (tests).
        yield_flag: file that exists while somebody is served, so that training steps back.
    """

    def __init__(
        self,
        on_result: Callable[[int, str, list[Event]], None],
        on_error: Callable[[int, str, StudioError], None],
        *,
        on_event: Callable[[int, str, Event], None] | None = None,
        command: Sequence[str] | None = None,
        yield_flag: Path | None = None,
    ) -> None:
        self._on_result = on_result
        self._on_error = on_error
        self._on_event = on_event
        self._command = command
        self._yield_flag = yield_flag
        self._changed = threading.Condition()
        self._waiting: dict[str, _Task] = {}
        self._in_flight: _Task | None = None
        self._child: Child | None = None
        self._closing = False
        self._stamps = itertools.count(1)
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()

    def submit(self, spec: AnySpec, slot: str = "pad", payload: Payload = b"") -> int:
        """Ask for something; replaces what waits in the same slot. Never blocks.

        Returns:
            The stamp that the callbacks will carry.
        """
        with self._changed:
            task = _Task(next(self._stamps), slot, spec, payload)
            # A replaced request keeps its place in the row, so that no slot starves another.
            self._waiting[slot] = task
            self._changed.notify()
            return task.stamp

    def cancel(self, slot: str) -> None:
        """Drop what waits in a slot, and the result of what is being done for it."""
        with self._changed:
            self._waiting.pop(slot, None)
            task, child = self._in_flight, self._child
            if task is None or task.slot != slot:
                return
            task.cancelled = True
        if child:
            child.command("stop")

    def close(self) -> None:
        """End worker and thread; nothing is called back afterwards. Not for callbacks."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            child = self._child
            self._changed.notify()
        if child:
            child.close(grace=CLOSE_GRACE)
        self._thread.join()

    def _run(self) -> None:
        try:
            # Started before the first request: a worker takes a moment to warm up.
            with contextlib.suppress(StudioError):
                self._ready_child()
            while task := self._next():
                self._serve(task)
        finally:
            self._lower_flag()
            self._drop_child()

    def _next(self) -> _Task | None:
        with self._changed:
            self._in_flight = None
            if not self._waiting:
                self._lower_flag()
            self._changed.wait_for(lambda: self._closing or self._waiting)
            if self._closing:
                return None
            task = self._waiting.pop(next(iter(self._waiting)))
            self._in_flight = task
            return task

    def _serve(self, task: _Task) -> None:
        self._raise_flag()
        try:
            messages = self._answers_with_retry(task)
        except StudioError as error:
            self._tell(task, functools.partial(self._on_error, task.stamp, task.slot, error))
            return
        match messages[-1].message:
            case Failed() as failed:
                self._tell(task, lambda: self._on_error(task.stamp, task.slot, failed.error()))
            case _:
                self._tell(task, lambda: self._on_result(task.stamp, task.slot, messages))

    def _tell(self, task: _Task, call: Callable[[], None]) -> None:
        if task.cancelled or self._closing:
            return
        try:
            call()
        except Exception:
            # Whoever listens is foreign code at this thread's edge; the engine lives on.
            log.exception("a listener of the engine failed")

    def _answers_with_retry(self, task: _Task) -> list[Event]:
        try:
            return self._answers(task)
        except StudioError as error:
            if error.kind != "crashed" or self._closing or task.cancelled:
                raise
            log.warning("the engine is started again: %s", error)
            self._drop_child()
            return self._answers(task)

    def _answers(self, task: _Task) -> list[Event]:
        child = self._ready_child()
        stamp = child.send(task.spec, task.payload)
        messages = []
        while True:
            event = child.receive()
            if event is None or event.stamp != stamp:
                continue
            messages.append(event)
            if isinstance(event.message, Result | Failed):
                return messages
            if self._on_event:
                call = functools.partial(self._on_event, task.stamp, task.slot, event)
                self._tell(task, call)

    def _ready_child(self) -> Child:
        if self._child and self._child.alive:
            return self._child
        self._drop_child()
        child = Child(self._command, nice=ENGINE_NICE)
        with self._changed:
            self._child = child
            if self._closing:
                raise StudioError("The engine is closed.", kind="crashed")
        return child

    def _drop_child(self) -> None:
        if self._child:
            self._child.close(grace=CLOSE_GRACE)
        self._child = None

    def _raise_flag(self) -> None:
        if self._yield_flag:
            with contextlib.suppress(OSError):
                self._yield_flag.touch()

    def _lower_flag(self) -> None:
        if self._yield_flag:
            with contextlib.suppress(OSError):
                self._yield_flag.unlink(missing_ok=True)
