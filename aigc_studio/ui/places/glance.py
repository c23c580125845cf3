"""A look at a project: a picture of it, and what could go on in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.catalog.latent import Modality
from aigc_studio.document.bundle import ASSETS, RUNS
from aigc_studio.document.journal import read_as_left
from aigc_studio.document.manifest import is_bundle
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.jobs.runs import list_runs
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.run_view import CAN_GO_ON, read_run
from aigc_studio.studio.thumbnails import thumbnail
from aigc_studio.ui.places.glances import Glance

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

log = topic("window")
_COLUMNS, _ROWS, _TILE, _GAP = 5, 3, 84, 6
# A stopped run was ended by a person; only what was cut off is offered.
OFFERED = CAN_GO_ON - {"stopped", "failed"}


def glance(path: Path, project: Project | None = None) -> Glance:
    """Look at one project, or at one that is open; what cannot be read is not there."""
    if not is_bundle(path):
        return Glance(path)
    edits: tuple[Edit, ...] = ()
    try:
        if project is None:
            project, edits = read_as_left(path)
    except StudioError:
        return Glance(path)
    runs = (read_run(run, history=False) for run in list_runs(path / RUNS))
    unfinished = tuple(view for view in runs if view.can_go_on and view.state in OFFERED)
    picture = _canvas(path, project, edits) or _mosaic(path, project)
    return Glance(path, True, picture, len(project.assets), len(project.models), unfinished)


def _canvas(folder: Path, project: Project, edits: tuple[Edit, ...]) -> QImage | None:
    """The canvas that was worked on last; None without any."""
    last = _last_canvas(project, edits)
    if last is None:
        return None
    width, height = _COLUMNS * (_TILE + _GAP), _ROWS * (_TILE + _GAP)
    factor = min(width / last.width, height / last.height, 1.0)
    pictures = Pictures(lambda asset: folder / ASSETS / asset.file_name)
    try:
        return to_qimage(rendered(project, last, pictures, factor=factor).pixels)
    except StudioError as error:
        log.debug("no picture of a canvas: %s", error)
        return None


def _last_canvas(project: Project, edits: tuple[Edit, ...]) -> Canvas | None:
    """As far as that can be told: by what was not saved, else by its newest picture."""
    changed = {change.key: at for at, edit in enumerate(edits) for change in edit.changes}

    def when(canvas: Canvas) -> tuple[int, str]:
        newest = max(project.assets[layer.asset].created for layer in canvas.layers)
        return changed.get(canvas.id, -1), newest

    return max((each for each in project.canvases.values() if each.layers), key=when, default=None)


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
        drawn = thumbnail(folder / ASSETS / asset.file_name, _TILE)
        cell = QRect(_GAP + number % columns * step, _GAP + number // columns * step, _TILE, _TILE)
        size = drawn.size().scaled(QSize(_TILE, _TILE), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(cell.topLeft(), size)
        place.moveCenter(cell.center())
        painter.drawImage(place, drawn)
    painter.end()
    return sheet
