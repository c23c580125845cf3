"""One job from start to end in the calling thread; the command line and job threads use it."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.child import Child, Event, worker_command
from aigc_studio.jobs.launch import busy_flag, training_command
from aigc_studio.jobs.messages import (
    RUN_STAMP,
    CodeOut,
    Failed,
    MediaOut,
    Preview,
    Result,
    State,
    StateChanged,
)
from aigc_studio.jobs.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from pydantic import JsonValue

    from aigc_studio.jobs.specs import AnySpec, Train
    from aigc_studio.jobs.wire import Payload

__all__ = [
    "Child",
    "Event",
    "JobOutcome",
    "Pixels",
    "pixels",
    "resume_training",
    "run_job",
    "run_training",
]

Pixels = npt.NDArray[np.uint8]
LOOK_SECONDS = 0.1
JOB_GRACE = 3.0
TRAINING_GRACE = 60.0


@dataclass(frozen=True)
class JobOutcome:
    """How a job ended well.

    Attributes:
        state: "finished", or "stopped" or "suspended" when it was asked to end early.
        values: the figures of its `Result`.
        media: finished pictures in the order they came, uint8 (H, W, C).
        codes: latent points, safetensors bytes.
    """

    state: State
    values: dict[str, JsonValue] = field(default_factory=dict)
    media: list[tuple[MediaOut, Pixels]] = field(default_factory=list)
    codes: list[tuple[CodeOut, bytes]] = field(default_factory=list)


def run_job(
    spec: AnySpec,
    payload: Payload = b"",
    *,
    nice: int = 0,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
    keep_media: bool = True,
    command: Sequence[str] | None = None,
) -> JobOutcome:
    """Do one job in a child process of its own and wait for it.

    Args:
        spec: what to do; training goes through `run_training`.
        payload: raw bytes that belong to the spec.
        nice: how far the worker steps back behind other programs.
        on_event: called with every answer, in this thread.
        cancel: set by any thread to stop the job.
        keep_media: collect pictures and codes; False leaves them to `on_event`.
        command: another worker command (tests).

    Raises:
        StudioError: the job failed, in its own words; kind "crashed" when the process died.
            Notes of the error hold the worker's last log lines or traceback.
        KeyboardInterrupt: Ctrl+C, and the worker did not stop in time; the first one stops
            the job politely, a second one ends it at once.
    """
    with Child([*(command or worker_command()), "--once", "--nice", str(nice)]) as child:
        stamp = child.send(spec, payload)
        talk = _Talk(child, stamp, on_event=on_event, cancel=cancel, grace=JOB_GRACE)
        return talk.until_the_end(keep_media=keep_media)


def run_training(
    spec: Train,
    *,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
    yield_flag: Path | None = None,
    command: Sequence[str] | None = None,
) -> JobOutcome:
    """Make the run's folder, train in a child process at low priority and wait for it.

    Args:
        spec: the run; its `folder` must not exist yet.
        on_event: called with every answer, in this thread.
        cancel: set by any thread to stop: the worker finishes its step and saves.
        yield_flag: the engine's flag, `busy_flag()` when None.
        command: another worker command (tests).

    Raises:
        StudioError: as `run_job`; also when the run exists or there are too few GPUs.
        KeyboardInterrupt: as `run_job`.
    """
    run = RunFolder.create(spec)
    return resume_training(
        run, on_event=on_event, cancel=cancel, yield_flag=yield_flag, command=command
    )


def resume_training(
    run: RunFolder,
    *,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
    yield_flag: Path | None = None,
    command: Sequence[str] | None = None,
) -> JobOutcome:
    """Start a queued run or go on with an ended one; the worker finds the last checkpoint.

    Raises:
        StudioError: as `run_training`; kind "busy" when another worker trains it.
    """
    spec = run.spec()
    run.forget_requests()
    line = training_command(
        run.path, gpus=spec.gpus, yield_flag=yield_flag or busy_flag(), worker=command
    )
    with Child(line) as child:
        talk = _Talk(child, RUN_STAMP, on_event=on_event, cancel=cancel, grace=TRAINING_GRACE)
        outcome = talk.until_the_end(keep_media=True)
    # The run's own record decides: a worker that had to be killed has not stopped cleanly.
    return dataclasses.replace(outcome, state=run.state())


def pixels(message: MediaOut | Preview, payload: Payload) -> Pixels:
    """The picture that came with a message, uint8 (H, W, C); it shares the payload's memory.

    Raises:
        StudioError: the payload does not fit the shape.
    """
    flat = np.frombuffer(payload, dtype=np.uint8)
    if flat.size != np.prod(message.shape):
        raise StudioError("A picture from the worker is damaged.", kind="failed")
    return flat.reshape(message.shape)


class _Talk:
    """Listens to one job until it ends, passing on the wish to stop."""

    def __init__(
        self,
        child: Child,
        stamp: int,
        *,
        on_event: Callable[[Event], None] | None,
        cancel: threading.Event | None,
        grace: float,
    ) -> None:
        self._child = child
        self._stamp = stamp
        self._on_event = on_event
        self._cancel = cancel
        self._grace = grace
        self._deadline: float | None = None
        self._interrupts = 0
        self._state: State | None = None

    def until_the_end(self, *, keep_media: bool) -> JobOutcome:
        """Collect the job's answers, while Ctrl+C means a polite stop."""
        with self._ctrl_c_stops():
            return self._listen(keep_media=keep_media)

    def _listen(self, *, keep_media: bool) -> JobOutcome:
        media: list[tuple[MediaOut, Pixels]] = []
        codes: list[tuple[CodeOut, bytes]] = []
        while event := self._next():
            match event.message:
                case Failed() as failed:
                    raise _raisable(failed)
                case Result(values=values):
                    return JobOutcome(self._final_state(), values, media, codes)
                case StateChanged(state=state):
                    self._state = state
                case MediaOut() as message if keep_media:
                    media.append((message, pixels(message, event.payload)))
                case CodeOut() as message if keep_media:
                    codes.append((message, bytes(event.payload)))
        return JobOutcome("stopped", {}, media, codes)

    def _next(self) -> Event | None:
        """The next event of this job; None when it was to stop and did not answer in time."""
        while not self._is_overdue():
            self._pass_on_wish()
            event = self._child.receive(LOOK_SECONDS)
            if event and event.stamp == self._stamp:
                if self._on_event:
                    self._on_event(event)
                return event
        self._child.close(grace=0.0)
        if self._interrupts:
            raise KeyboardInterrupt
        return None

    def _pass_on_wish(self) -> None:
        wished = self._interrupts or (self._cancel and self._cancel.is_set())
        if wished and self._deadline is None:
            self._child.command("stop")
            self._deadline = time.monotonic() + self._grace

    def _is_overdue(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline

    @contextlib.contextmanager
    def _ctrl_c_stops(self) -> Iterator[None]:
        # A handler rather than `except KeyboardInterrupt`: that could fall between taking an
        # answer from the pipe and keeping it. Only the main thread can have one.
        before = signal.getsignal(signal.SIGINT)
        in_main = threading.current_thread() is threading.main_thread()
        if not in_main or before in (signal.SIG_IGN, None):
            yield
            return
        signal.signal(signal.SIGINT, self._on_ctrl_c)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _on_ctrl_c(self, number: int, frame: FrameType | None) -> None:
        self._interrupts += 1
        if self._interrupts > 1:
            raise KeyboardInterrupt

    def _final_state(self) -> State:
        if self._state in ("finished", "stopped", "suspended"):
            return self._state
        return "finished" if self._deadline is None else "stopped"


def _raisable(failed: Failed) -> StudioError:
    error = failed.error()
    if failed.detail:
        error.add_note(failed.detail)
    return error
