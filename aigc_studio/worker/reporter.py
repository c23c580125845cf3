"""What a handler tells the parent, and, while training, the run's folder."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.jobs.messages import (
    AnyAnswer,
    CodeOut,
    Failed,
    MediaOut,
    Preview,
    Progress,
    Result,
    Snapshot,
    State,
    StateChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

    from aigc_studio.jobs.runs import EventLog, RunFolder
    from aigc_studio.jobs.wire import Payload

log = topic("worker")
Pixels = npt.NDArray[np.uint8]
PIPE_SECONDS = 0.1
FILE_SECONDS = 1.0


class Reporter:
    """Sends one job's messages; used by the thread that runs the job.

    Args:
        send: carries a message to the parent; answers whether anybody still listens.
        clock: seconds that only grow; tests bring their own.

    Attributes:
        ended: whether a result or failure has been sent.
        last_state: the state reported last, None before the first.
    """

    def __init__(
        self,
        send: Callable[[AnyAnswer, Payload], bool],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._send = send
        self._clock = clock
        self._run: RunFolder | None = None
        self._events: EventLog | None = None
        self._waiting: Progress | None = None
        self._unwritten: Progress | None = None
        self._next_sent = 0.0
        self._next_written = 0.0
        self.ended = False
        self.last_state: State | None = None

    def record_in(self, run: RunFolder) -> None:
        """From now on also append every event to the run's `events.jsonl`."""
        self._run = run
        self._events = run.event_log()

    def progress(
        self,
        step: int,
        total: int,
        *,
        seconds: float,
        seconds_left: float | None = None,
        items_per_second: float = 0.0,
        losses: Mapping[str, float] | None = None,
        activity: str = "",
    ) -> None:
        """Tell how far the job is; call it every step, at most 10 a second are sent.

        Losses that are not finite are left out: JSON has no word for them.
        """
        finite = {k: float(v) for k, v in (losses or {}).items() if math.isfinite(v)}
        message = Progress(
            step=step,
            total=total,
            seconds=seconds,
            seconds_left=seconds_left,
            items_per_second=items_per_second,
            losses=finite,
            activity=activity,
        )
        now = self._clock()
        self._waiting = self._unwritten = message
        if now >= self._next_sent or step == total:
            self._send_waiting()
            self._next_sent = now + PIPE_SECONDS
        if now >= self._next_written or step == total:
            self._write_waiting()
            self._next_written = now + FILE_SECONDS

    def parts(self, activity: str) -> Callable[[int, int], None]:
        """A teller, called with parts done and parts in all, for work that has no steps."""

        def tell(done: int, total: int) -> None:
            # One below the end, so that a panel does not take this end for the job's.
            self.progress(min(done, total - 1), total, seconds=0.0, activity=activity)

        return tell

    def preview(self, step: int, picture: Pixels) -> None:
        """Show a grid of samples, uint8 (H, W, C); with a run folder it is also kept as PNG."""
        file = self._keep_preview(step, picture) if self._run else ""
        shape = _shape(picture)
        self._tell(Preview(step=step, shape=shape, file=file), _bytes_of(picture))

    def media(
        self,
        index: int,
        count: int,
        picture: Pixels,
        *,
        seed: int | None = None,
        code: bytes | None = None,
    ) -> None:
        """Send finished picture `index` of `count`, uint8 (H, W, C), straight alpha.

        Raises:
            StudioError: nobody is left to take it, so that the rest need not be made.
        """
        message = MediaOut(index=index, count=count, shape=_shape(picture), seed=seed, code=code)
        self._must_tell(message, _bytes_of(picture))

    def code(self, model: str, space: str, code: bytes, *, quality: tuple[float, ...] = ()) -> None:
        """Send points of a latent space, `code` as `Code.to_bytes` writes them.

        Raises:
            StudioError: nobody is left to take them.
        """
        self._must_tell(CodeOut(model=model, space=space, quality=quality), code)

    def snapshot(self, step: int, model: str, file: str) -> None:
        """Tell of weights that can be played now; `file` is relative to the run's folder."""
        self._tell(Snapshot(step=step, model=model, file=file))

    def state(self, state: State) -> None:
        """Tell that the job entered a state."""
        self.last_state = state
        self._tell(StateChanged(state=state))

    def result(self, values: Mapping[str, JsonValue] | None = None) -> None:
        """End the job well, with its figures; call it once, last.

        A run that was not told to have stopped or been suspended has finished.
        """
        if self.last_state not in ("finished", "stopped", "suspended"):
            self._end_run("finished")
        self.ended = True
        self._tell(Result(values=dict(values or {})))

    def failed(self, message: Failed) -> None:
        """End the job with a failure (the worker's shell does it for every exception)."""
        self._end_run("failed")
        self.ended = True
        self._tell(message)

    def _end_run(self, state: State) -> None:
        if self._run:
            self.state(state)

    def _must_tell(self, message: AnyAnswer, payload: Payload) -> None:
        if not self._tell(message, payload):
            raise StudioError("The program that asked for this is gone.", kind="crashed")

    def _tell(self, message: AnyAnswer, payload: Payload = b"") -> bool:
        # A held-back progress goes first, so that the last one before any event is seen.
        self._send_waiting()
        self._write_waiting()
        self._write(message)
        return self._send(message, payload)

    def _send_waiting(self) -> None:
        if self._waiting:
            self._send(self._waiting, b"")
            self._waiting = None

    def _write_waiting(self) -> None:
        if self._unwritten:
            self._write(self._unwritten)
            self._unwritten = None

    def _write(self, message: AnyAnswer) -> None:
        if self._events is None:
            return
        try:
            self._events.append(message)
        except StudioError as error:
            # A full disk costs the record of the run, not the run.
            log.warning("not recorded: %s", error)

    def _keep_preview(self, step: int, picture: Pixels) -> str:
        from aigc_studio.media.encode import encode_bytes
        from aigc_studio.media.image import Image

        assert self._run is not None
        try:
            return self._run.keep_preview(step, encode_bytes(Image(picture), "png"))
        except StudioError as error:
            log.warning("preview not kept: %s", error)
            return ""


def _shape(picture: Pixels) -> tuple[int, int, int]:
    if picture.dtype != np.uint8 or picture.ndim != 3:
        raise ValueError(f"a picture is uint8 (H, W, C), not {picture.dtype} {picture.shape}")
    height, width, channels = picture.shape
    return height, width, channels


def _bytes_of(picture: Pixels) -> memoryview:
    return np.ascontiguousarray(picture).reshape(-1).data
