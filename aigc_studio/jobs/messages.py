"""Messages: what a worker answers, and the few commands it takes while it works.

Every message may carry a raw payload (pixels, codes) beside it; its shape is in the message.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter

from aigc_studio.base.errors import Kind, StudioError
from aigc_studio.base.frozen import Frozen
from aigc_studio.jobs.specs import AnySpec

Action = Literal["pause", "resume", "stop", "suspend", "snapshot"]
# A worker started for one run (`--run`) answers with this stamp; requests count from 1.
RUN_STAMP = 0
State = Literal[
    "queued",
    "starting",
    "running",
    "paused",
    "stopping",
    "finished",
    "stopped",
    "suspended",
    "failed",
    "crashed",
]


class Request(Frozen):
    """To the worker: do this. Answers carry the same `stamp`."""

    type: Literal["request"] = "request"
    stamp: int
    spec: AnySpec = Field(discriminator="kind")


class Command(Frozen):
    """To the worker: a wish concerning the job in hand."""

    type: Literal["command"] = "command"
    action: Action


class StateChanged(Frozen):
    """The job entered a state."""

    type: Literal["state"] = "state"
    state: State


class Progress(Frozen):
    """How far a job is. `losses` hold the newest value of each curve.

    Attributes:
        step, total: steps done and planned.
        seconds: compute time so far, over all sessions of the run.
        seconds_left: forecast, None while unknown.
        items_per_second: throughput of late.
        activity: what goes on, in a few words ("preparing pictures", "training").
    """

    type: Literal["progress"] = "progress"
    step: int
    total: int
    seconds: float
    seconds_left: float | None = None
    items_per_second: float = 0.0
    losses: dict[str, float] = Field(default_factory=dict)
    activity: str = ""


class MediaOut(Frozen):
    """One finished picture: payload is uint8 of `shape` (H, W, C), straight alpha."""

    type: Literal["media"] = "media"
    index: int
    count: int
    shape: tuple[int, int, int]
    seed: int | None = None
    code: bytes | None = None


class CodeOut(Frozen):
    """Points in a latent space: payload is a safetensors file."""

    type: Literal["code"] = "code"
    model: str
    space: str
    quality: tuple[float, ...] = ()


class Preview(Frozen):
    """A grid of samples at fixed latents while training: payload uint8 of `shape` (H, W, C)."""

    type: Literal["preview"] = "preview"
    step: int
    shape: tuple[int, int, int]
    file: str = ""


class Snapshot(Frozen):
    """Weights that can be played now, written below the run's folder."""

    type: Literal["snapshot"] = "snapshot"
    step: int
    model: str
    file: str


class Result(Frozen):
    """The job is done; `values` are its figures, by the names of the command line's JSON."""

    type: Literal["result"] = "result"
    values: dict[str, JsonValue] = Field(default_factory=dict)


class Failed(Frozen):
    """The job failed in an expected way; the words of a StudioError."""

    type: Literal["failed"] = "failed"
    happened: str
    kept: str = ""
    todo: str = ""
    kind: Kind = "failed"
    detail: str = ""

    def error(self) -> StudioError:
        """The same as an exception."""
        return StudioError(self.happened, kept=self.kept, todo=self.todo, kind=self.kind)


AnyAnswer = StateChanged | Progress | MediaOut | CodeOut | Preview | Snapshot | Result | Failed


class Answer(Frozen):
    """From the worker: a message on the job of this stamp."""

    type: Literal["answer"] = "answer"
    stamp: int
    message: AnyAnswer = Field(discriminator="type")


AnyEnvelope = Request | Command | Answer
ENVELOPE: TypeAdapter[AnyEnvelope] = TypeAdapter(
    Annotated[AnyEnvelope, Field(discriminator="type")]
)
