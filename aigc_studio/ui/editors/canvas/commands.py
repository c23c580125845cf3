"""The commands of canvases; they act on the canvas that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import (
    duplicate_layers,
    flatten_layers,
    new_layers,
    remove_layers,
)
from aigc_studio.document.layer_edits import edit_layers
from aigc_studio.document.rendering import Pictures, flattened
from aigc_studio.document.renders import flat_of
from aigc_studio.studio.commands import Command
from aigc_studio.ui.editors.canvas.layers_panel import shift
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.studio.studio import Studio

    Make = Callable[[Project, str, tuple[str, ...]], Edit]


def canvas_commands(studio: Studio) -> list[Command]:
    """What can be done with the selected layers."""
    stage = studio.stage

    def chosen() -> bool:
        return bool(stage.selection)

    def one(key: str, title: str, run: Callable[[], object], keys: str, icon: str) -> Command:
        own = (keys,) if keys else ()
        return Command(key, title, run, own, "canvas", enabled=chosen, icon=icon)

    duplicate, remove = tr("Duplicate"), tr("Remove the layer")
    return [
        one("canvas.raise", tr("Raise"), lambda: shift(studio, 1), "Ctrl+]", "chevron-up"),
        one("canvas.lower", tr("Lower"), lambda: shift(studio, -1), "Ctrl+[", "chevron-down"),
        one("canvas.duplicate", duplicate, lambda: _do(studio, duplicate_layers), "J", "copy"),
        one("canvas.freeze", tr("Freeze or wake"), lambda: freeze(studio), "", "freeze"),
        one("canvas.flatten", tr("Flatten"), lambda: flatten(studio), "", "flatten"),
        one("canvas.remove", remove, lambda: _do(studio, remove_layers), "Del", "trash"),
    ]


def _do(studio: Studio, make: Make) -> None:
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas and chosen:
        with studio.session.attempt():
            _apply(studio, make(studio.session.project, canvas.id, chosen))


def _apply(studio: Studio, edit: Edit) -> None:
    """Do it, and select what it brought."""
    studio.session.apply(edit)
    if brought := new_layers(edit):
        studio.stage.select(brought)


def freeze(studio: Studio) -> None:
    """Living layers stay as they are, or follow the dock again."""
    canvas = studio.stage.canvas
    layers = [layer for layer in studio.stage.selected if layer.living]
    if canvas and layers:
        frozen = not all(layer.frozen for layer in layers)
        fields = {layer.id: {"frozen": frozen} for layer in layers}
        words = "Freeze a layer"
        studio.session.do(lambda project: edit_layers(project, canvas.id, fields, words))


def flatten(studio: Studio) -> None:
    """Make one plain picture of the selected layers."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas is None or not chosen:
        return
    session = studio.session
    with session.attempt(), session.gesture("Flatten layers"):
        _flatten(studio, canvas, chosen)


def _flatten(studio: Studio, canvas: Canvas, chosen: tuple[str, ...]) -> None:
    session = studio.session
    store = session.store
    picture = flattened(store.project, canvas, chosen, Pictures(store.asset_path))
    asset = flat_of(store, picture, canvas, chosen)
    _apply(studio, flatten_layers(store.project, canvas.id, chosen, asset))
