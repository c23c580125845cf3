"""A training run as the window shows it: what was asked, how far it is, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import (
    AnyAnswer,
    Failed,
    Preview,
    Progress,
    Result,
    Snapshot,
    State,
    StateChanged,
)

if TYPE_CHECKING:
    from pydantic import JsonValue
    from PySide6.QtGui import QImage

    from aigc_studio.jobs.runs import RunFolder

GOING_ON: frozenset[State] = frozenset({"starting", "running", "paused", "stopping"})
CAN_GO_ON: frozenset[State] = frozenset({"stopped", "suspended", "failed", "crashed", "queued"})
MOST_POINTS = 4000


@dataclass(frozen=True)
class SnapshotView:
    """Weights of a run that can be played now."""

    step: int
    model: str
    path: Path


@dataclass(frozen=True)
class PreviewView:
    """A sheet of samples at fixed latents, kept in the run's folder."""

    step: int
    path: Path


class Curve:
    """Values over steps; thinned out evenly when they become too many to draw."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.values: list[float] = []
        self._stride = 1
        self._seen = 0

    def add(self, step: int, value: float) -> None:
        """Append a value; a step that was trained again after a crash replaces what followed."""
        while self.steps and self.steps[-1] >= step:
            self.steps.pop()
            self.values.pop()
        self._seen += 1
        if self._seen % self._stride == 0:
            self.steps.append(step)
            self.values.append(value)
        if len(self.steps) > MOST_POINTS:
            self.steps, self.values = self.steps[::2], self.values[::2]
            self._stride *= 2


@dataclass
class RunView:
    """One run. The desk changes it and tells by signals; nobody else writes to it.

    Attributes:
        id, folder: of the run.
        name: of the model to be.
        family, preset, collection, items: what was asked.
        state: as in `jobs.messages`; "queued" also for one that waits to go on.
        waiting: place in the row of those that wait, from 1; 0 when it does not wait.
        ours: whether this window trains it; False for other programs' runs and for old ones.
        step, total: total is 0 while it is unknown.
        seconds: compute time so far.
        seconds_left: None while unknown.
        activity: in a few words.
        curves: one for each loss.
        preview: newest sheet of samples.
        previews: all sheets that are kept, for the history slider.
        snapshots: oldest first.
        model: id of the finished model.
        metrics: of the finished model.
        error: why it ended before its time.
        problem: why the run cannot be read; "" when it can.
    """

    id: str
    folder: Path
    name: str = ""
    family: str = ""
    preset: str = ""
    collection: str = ""
    items: int = 0
    state: State = "queued"
    waiting: int = 0
    ours: bool = False
    step: int = 0
    total: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    items_per_second: float = 0.0
    activity: str = ""
    curves: dict[str, Curve] = field(default_factory=dict)
    preview: QImage | None = None
    previews: list[PreviewView] = field(default_factory=list)
    snapshots: list[SnapshotView] = field(default_factory=list)
    model: str = ""
    metrics: dict[str, JsonValue] = field(default_factory=dict)
    error: StudioError | None = None
    problem: str = ""

    @property
    def going_on(self) -> bool:
        """Whether some process trains it now."""
        return self.state in GOING_ON

    @property
    def can_go_on(self) -> bool:
        """Whether `TrainingDesk.resume` would go on with it."""
        return self.state in CAN_GO_ON and not self.waiting and not self.problem

    @property
    def part(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, self.step / self.total) if self.total else 0.0

    def take(self, message: AnyAnswer) -> None:
        """Bring one event of the run into the view."""
        match message:
            case Progress():
                self._progress(message)
            case StateChanged(state=state):
                self.state = state
            case Preview() if message.file:
                path = self.folder / "previews" / Path(message.file).name
                self._preview(PreviewView(message.step, path))
            case Snapshot():
                path = self.folder / "snapshots" / Path(message.file).name
                self.snapshots.append(SnapshotView(message.step, message.model, path))
            case Result(values=values):
                self._result(values)
            case Failed():
                self.error = message.error()
            case _:
                pass

    def _progress(self, message: Progress) -> None:
        self.step, self.total = message.step, message.total
        self.seconds = message.seconds
        self.seconds_left = message.seconds_left
        self.items_per_second = message.items_per_second
        self.activity = message.activity
        for name, value in message.losses.items():
            self.curves.setdefault(name, Curve()).add(message.step, value)

    def _preview(self, preview: PreviewView) -> None:
        self.previews = [old for old in self.previews if old.step < preview.step]
        self.previews.append(preview)

    def _result(self, values: dict[str, JsonValue]) -> None:
        model, metrics = values.get("model"), values.get("metrics")
        self.model = model if isinstance(model, str) else ""
        self.metrics = metrics if isinstance(metrics, dict) else {}
        self.seconds_left = None


def read_run(run: RunFolder, *, history: bool = True) -> RunView:
    """A run as its folder tells it; a broken one has its `problem` in words.

    Args:
        history: with all its events, else with the last progress alone.
    """
    view = RunView(run.id, run.path)
    try:
        spec = run.spec()
    except StudioError as error:
        view.problem = error.happened
        return view
    view.name, view.family, view.preset = spec.name, spec.family, spec.preset
    view.collection, view.items = spec.data.name, len(spec.data.items)
    view.total = spec.steps or 0
    if history:
        for event in run.events():
            view.take(event.message)
    elif progress := run.last_progress():
        view.take(progress)
    view.state = run.state()
    return view
