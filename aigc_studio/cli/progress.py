"""How far a job is, on stderr: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aigc_studio.cli.places import note
from aigc_studio.cli.report import figure, span
from aigc_studio.jobs.messages import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from aigc_studio.jobs.runner import Event

LINE_SECONDS = 5.0


class Shown:
    """Shows the progress of one piece of work while it is entered."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self._line_due = self._begun + LINE_SECONDS
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bars = _bars()
            self._task = self._bars.add_task(self._what, total=None, figures="")
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def event(self, event: "Event") -> None:
        """Take a worker's answer; only progress is shown."""
        if isinstance(event.message, Progress):
            message = event.message
            left = message.seconds_left
            what = message.activity or self._what
            self._update(message.step, message.total, what, _figures(message, left))

    def count(self, done: int, total: int) -> None:
        """Take how much of something is done, with the time left guessed from the time so far."""
        spent = time.monotonic() - self._begun
        left = spent / done * (total - done) if done else None
        self._update(done, total, self._what, _left(left))

    def _update(self, done: int, total: int, what: str, figures: str) -> None:
        if self._bars is not None and self._task is not None:
            self._bars.update(
                self._task, completed=done, total=total or None, description=what, figures=figures
            )
        elif time.monotonic() >= self._line_due:
            self._line_due = time.monotonic() + LINE_SECONDS
            note(f"{what}: {done}/{total} {figures}".rstrip())


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bars

    return Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[figures]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )


def _figures(message: Progress, left: float | None) -> str:
    parts = [_left(left)] if left is not None else []
    if message.items_per_second:
        parts.append(f"{figure(message.items_per_second)}/s")
    parts += [f"{name} {figure(value)}" for name, value in list(message.losses.items())[:3]]
    return ", ".join(parts)


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"{span(seconds)} left"
