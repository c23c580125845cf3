"""The starter's first canvas: three pictures found in `emoji-vae`, laid out as a person would."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starter.packages import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
NAME, MODEL, SIDE, BACKGROUND = "Playground", "emoji-vae", 512, "#f4ead9"
PATIENCE_SECONDS = 60.0


class Figure(NamedTuple):
    """One living layer: what it begins as, and where.

    Attributes:
        caption: of the picture that the model is to find.
        x, y: its middle, in pixels of the canvas.
    """

    caption: str
    name: str
    x: float
    y: float
    scale: float
    rotation: float


# The last one lies on top, and is what the dock changes when the canvas opens.
FIGURES = (
    Figure("crescent moon", "Moon", 108, 104, 1.9, -14),
    Figure("red heart", "Heart", 414, 398, 2.2, 12),
    Figure("grinning face", "Face", 256, 250, 4.6, 0),
)


def compose(project: Path) -> None:
    """Give the project its first canvas, unless it has one.

    Raises:
        BuildError: the model or a picture is not there, or no result came.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtGui import QGuiApplication

    from aigc_studio.studio.studio import Studio

    application = QGuiApplication.instance() or QGuiApplication([])
    with tempfile.TemporaryDirectory(prefix="starter-scene-") as aside:
        studio = Studio(Path(aside) / "settings.json")
        try:
            studio.session.open(project, wait=True)
            if not studio.session.project.canvases:
                _compose(studio, application.processEvents)
        finally:
            studio.close()


def _compose(studio: Studio, turn: Callable[[], None]) -> None:
    from aigc_studio.document.canvas_edits import add_canvas
    from aigc_studio.document.layer_edits import edit_layers

    made = add_canvas(studio.session.project, NAME, SIDE, SIDE, background=BACKGROUND)
    key = made.changes[0].key
    studio.session.apply(made)
    studio.stage.work_on(key)
    if not studio.choice.use(MODEL):
        raise BuildError(f"{MODEL} cannot be played")
    for figure in FIGURES:
        studio.stage.select(())
        _find(studio, figure, turn)
        if not studio.living.place():
            raise BuildError(f"{figure.name} was not placed")
        fields = {name: getattr(figure, name) for name in ("name", "x", "y", "scale", "rotation")}
        layer = studio.stage.selection[0]
        studio.session.apply(edit_layers(studio.session.project, key, {layer: fields}))
    if not studio.session.save():
        raise BuildError("the canvas was not saved")


def _find(studio: Studio, figure: Figure, turn: Callable[[], None]) -> None:
    assets = studio.session.project.assets.values()
    found = [asset.id for asset in assets if asset.captions.get("en") == figure.caption]
    if not found:
        raise BuildError(f"there is no picture of {figure.caption}")
    arrived: list[object] = []
    studio.instrument.moved.connect(arrived.append)
    store = studio.session.store
    studio.explorer.find(store.asset_path(store.project.assets[found[0]]))
    _wait(lambda: bool(arrived), turn)
    _wait(lambda: getattr(studio.instrument.result, "number", 0) > 0, turn)
    studio.instrument.moved.disconnect(arrived.append)


def _wait(come: Callable[[], bool], turn: Callable[[], None]) -> None:
    given_up = time.monotonic() + PATIENCE_SECONDS
    while not come():
        if time.monotonic() > given_up:
            raise BuildError("no result came")
        turn()
        time.sleep(0.005)
