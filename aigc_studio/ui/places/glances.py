"""Looks at projects, taken one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from aigc_studio.studio.errand import Errand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aigc_studio.document.model import Project
    from aigc_studio.studio.run_view import RunView


@dataclass(frozen=True)
class Glance:
    """What can be told of a project at a glance.

    Attributes:
        there: False when it is no project, or not readable.
        picture: a canvas, or some of its pictures side by side.
        pictures, models: how many it has.
        unfinished: runs that ended before their time.
    """

    path: Path
    there: bool = False
    picture: QImage = field(default_factory=QImage)
    pictures: int = 0
    models: int = 0
    unfinished: tuple[RunView, ...] = ()


class Glances(QObject):
    """Looks at one project after the other, away from the window's thread.

    Signals:
        seen: a `Glance`.
    """

    seen = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []
        self._opened: dict[Path, Project] = {}
        self._errand: Errand | None = None

    def look_at(self, paths: Iterable[Path], opened: Mapping[Path, Project]) -> None:
        """Look at these, in place of those that were waiting; `opened` are as they are now."""
        self._waiting, self._opened = list(paths), dict(opened)
        if self._errand is None:
            self._next()

    def close(self) -> None:
        """Wait for the look that is being taken; nothing is told any more."""
        self._waiting.clear()
        errand, self._errand = self._errand, None
        if errand:
            errand.disarm()
            errand.wait()

    def _next(self) -> None:
        self._errand = None
        if self._waiting:
            path = self._waiting.pop(0)
            project = self._opened.get(path)
            self._errand = Errand(lambda: _look(path, project), self)
            self._errand.done.connect(self.seen)
            self._errand.ended.connect(self._errand.deleteLater)
            self._errand.ended.connect(self._next)
            self._errand.start()


def _look(path: Path, project: Project | None) -> Glance:
    # Loaded in the thread: the first paint waits for none of it.
    from aigc_studio.ui.places.glance import glance

    return glance(path, project)
