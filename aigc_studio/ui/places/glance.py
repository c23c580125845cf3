"""A look at projects that are not open: a picture of each, and what could go on in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Modality
from aigc_studio.document.bundle import RUNS, is_bundle, read_manifest
from aigc_studio.jobs.runs import list_runs
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.run_view import CAN_GO_ON, RunView, read_run
from aigc_studio.studio.thumbnails import thumbnail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigc_studio.document.model import Project

_COLUMNS, _ROWS, _TILE, _GAP = 5, 3, 84, 6
# A stopped run was ended by a person; only what was cut off is offered.
OFFERED = CAN_GO_ON - {"stopped", "failed"}


@dataclass(frozen=True)
class Glance:
    """What can be told of a project without opening it.

    Attributes:
        there: False when it is no project, or not readable.
        picture: some of its pictures side by side.
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
        self._errand: Errand | None = None

    def look_at(self, paths: Iterable[Path]) -> None:
        """Look at these, in place of those that were waiting."""
        self._waiting = list(paths)
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
            self._errand = Errand(lambda: glance(path), self)
            self._errand.done.connect(self.seen)
            self._errand.ended.connect(self._errand.deleteLater)
            self._errand.ended.connect(self._next)
            self._errand.start()


def glance(path: Path) -> Glance:
    """Look at one project; what cannot be read is not there."""
    if not is_bundle(path):
        return Glance(path)
    try:
        project, _ = read_manifest(path)
    except StudioError:
        return Glance(path)
    runs = (read_run(run, history=False) for run in list_runs(path / RUNS))
    unfinished = tuple(view for view in runs if view.can_go_on and view.state in OFFERED)
    picture = _mosaic(path, project)
    return Glance(path, True, picture, len(project.assets), len(project.models), unfinished)


def _mosaic(folder: Path, project: Project) -> QImage:
    """Up to fifteen pictures, evenly out of all, on clear ground."""
    pictures = [asset for asset in project.assets.values() if asset.kind is Modality.IMAGE]
    wanted = _COLUMNS * _ROWS
    if not pictures:
        return QImage()
    chosen = pictures[:: max(1, len(pictures) // wanted)][:wanted]
    columns = min(_COLUMNS, len(chosen))
    rows = -(-len(chosen) // columns)
    step = _TILE + _GAP
    sheet = QImage(columns * step + _GAP, rows * step + _GAP, QImage.Format.Format_ARGB32)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    for number, asset in enumerate(chosen):
        drawn = thumbnail(folder / "assets" / asset.file_name, _TILE)
        cell = QRect(_GAP + number % columns * step, _GAP + number // columns * step, _TILE, _TILE)
        size = drawn.size().scaled(QSize(_TILE, _TILE), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(cell.topLeft(), size)
        place.moveCenter(cell.center())
        painter.drawImage(place, drawn)
    painter.end()
    return sheet
