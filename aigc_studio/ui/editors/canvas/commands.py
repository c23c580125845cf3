"""The commands of canvases; they act on the canvas that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import duplicate_layers, new_layers, remove_layers
from aigc_studio.document.layer_edits import set_frozen, set_visible
from aigc_studio.studio.commands import Command
from aigc_studio.ui.editors.canvas.layers_panel import shift
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def there() -> bool:
        return stage.canvas is not None

    duplicate, remove = tr("Duplicate"), tr("Remove the layer")
    return [
        Command("canvas.copy", tr("Copy"), lambda: copy(studio), ("Ctrl+C",), "canvas", there),
        Command("canvas.cut", tr("Cut"), lambda: cut(studio), ("Ctrl+X",), "canvas", chosen),
        Command(
            "canvas.select_all",
            tr("Select all layers"),
            lambda: select_all(studio),
            ("Ctrl+A",),
            "canvas",
            there,
        ),
        one("canvas.raise", tr("Raise"), lambda: shift(studio, 1), "Ctrl+]", "chevron-up"),
        one("canvas.lower", tr("Lower"), lambda: shift(studio, -1), "Ctrl+[", "chevron-down"),
        one("canvas.duplicate", duplicate, lambda: _do(studio, duplicate_layers), "J", "copy"),
        one("canvas.show", tr("Show or hide"), lambda: show_or_hide(studio), "H", "eye"),
        one("canvas.freeze", tr("Freeze or wake"), lambda: freeze(studio), "", "freeze"),
        one("canvas.flatten", tr("Flatten"), lambda: flatten(studio), "", "flatten"),
        Command(
            "canvas.tile",
            tr("Make a seamless tile"),
            lambda: tile(studio),
            enabled=lambda: len(stage.selection) == 1,
            icon="tile",
        ),
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


def copy(studio: Studio) -> None:
    """Copy the selected layers, or with none the whole canvas, for here and other programs."""
    canvas = studio.stage.canvas
    if canvas is not None:
        studio.picture_out.copy(canvas, studio.stage.selection)


def cut(studio: Studio) -> None:
    """Copy the selected layers and take them away."""
    copy(studio)
    _do(studio, remove_layers)


def select_all(studio: Studio) -> None:
    """Select every layer."""
    canvas = studio.stage.canvas
    if canvas is not None:
        studio.stage.select(layer.id for layer in canvas.layers)


def show_or_hide(studio: Studio) -> None:
    """Hide the selected layers, or show them when all of them are hidden."""
    canvas, layers = studio.stage.canvas, studio.stage.selected
    if canvas and layers:
        ids, visible = [layer.id for layer in layers], not any(each.visible for each in layers)
        studio.session.do(lambda project: set_visible(project, canvas.id, ids, visible=visible))


def freeze(studio: Studio) -> None:
    """Living layers stay as they are, or follow the dock again."""
    canvas = studio.stage.canvas
    layers = [layer for layer in studio.stage.selected if layer.living]
    if canvas and layers:
        frozen = not all(layer.frozen for layer in layers)
        ids = [layer.id for layer in layers]
        studio.session.do(lambda project: set_frozen(project, canvas.id, ids, frozen=frozen))


def tile(studio: Studio) -> None:
    """Lay a seamless tile of the selected layer's picture on top."""
    canvas, chosen = studio.stage.canvas, studio.stage.selected
    if canvas is not None and len(chosen) == 1:
        studio.tiling.tile(canvas, chosen[0])


def flatten(studio: Studio) -> None:
    """Make one plain picture of the selected layers."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas is not None and chosen:
        studio.flattening.flatten(canvas, chosen)
