"""The commands of canvases; they act on the canvas that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aigc_studio.document.canvas import Layer
from aigc_studio.document.canvas_edits import duplicate_layers, new_layers, remove_layers
from aigc_studio.document.cropping import crop_canvas
from aigc_studio.document.group_edits import group_layers, ungroup
from aigc_studio.document.layer_edits import set_frozen, set_visible
from aigc_studio.document.mask_edits import edit_mask, remove_mask
from aigc_studio.document.turning import mirror_canvas, turn_canvas
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

    def masked() -> bool:
        return any(member.mask for member in stage.members)

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
        one("canvas.group", tr("Group"), lambda: group(studio), "Ctrl+G", "group"),
        Command(
            "canvas.ungroup",
            tr("Take the group apart"),
            lambda: ungroup_selected(studio),
            ("Ctrl+Shift+G",),
            "canvas",
            lambda: any(not isinstance(each, Layer) for each in stage.members),
        ),
        Command(
            "canvas.mask",
            tr("Add or remove a mask"),
            lambda: mask(studio),
            (),
            "canvas",
            lambda: len(stage.members) == 1,
            icon="mask",
        ),
        Command(
            "canvas.mask_off",
            tr("Turn the mask on or off"),
            lambda: change_mask(studio, "enabled"),
            (),
            "canvas",
            masked,
        ),
        Command(
            "canvas.mask_inverted",
            tr("Invert the mask"),
            lambda: change_mask(studio, "inverted"),
            (),
            "canvas",
            masked,
        ),
        one("canvas.duplicate", duplicate, lambda: _do(studio, duplicate_layers), "J", "copy"),
        one("canvas.show", tr("Show or hide"), lambda: show_or_hide(studio), "H", "eye"),
        one("canvas.freeze", tr("Freeze or wake"), lambda: freeze(studio), "", "freeze"),
        one("canvas.flatten", tr("Flatten"), lambda: flatten(studio), "", "flatten"),
        *(
            Command(
                f"canvas.{key}",
                words,
                partial(change_canvas, studio, make),
                (),
                "canvas",
                there,
            )
            for key, words, make in (
                (
                    "turn_right",
                    tr("Turn to the right"),
                    partial(turn_canvas, degrees=90),
                ),
                ("turn_left", tr("Turn to the left"), partial(turn_canvas, degrees=270)),
                ("turn_over", tr("Turn upside down"), partial(turn_canvas, degrees=180)),
                ("mirror", tr("Mirror the canvas"), partial(mirror_canvas, axis="across")),
                ("mirror_down", tr("Mirror top and bottom"), partial(mirror_canvas, axis="down")),
            )
        ),
        Command(
            "canvas.variations",
            tr("Sheet of variations"),
            studio.variations.make,
            (),
            "canvas",
            lambda: studio.living.target is not None,
            icon="nearby",
        ),
        Command(
            "canvas.crop_to_region",
            tr("Crop the canvas to the rectangle"),
            lambda: crop_to_region(studio),
            (),
            "canvas",
            lambda: stage.region is not None,
        ),
        Command(
            "canvas.repaint",
            tr("Repaint the selection"),
            studio.repainting.repaint,
            (),
            "canvas",
            lambda: bool(stage.region and studio.repainting.model),
            icon="wand",
        ),
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
    canvas, layers = studio.stage.canvas, studio.stage.members
    if canvas and layers:
        ids, visible = [layer.id for layer in layers], not any(each.visible for each in layers)
        studio.session.do(lambda project: set_visible(project, canvas.id, ids, visible=visible))


def change_canvas(studio: Studio, make: Callable[[Project, str], Edit]) -> None:
    """Change the canvas as a whole."""
    canvas = studio.stage.canvas
    if canvas is not None:
        studio.session.do(lambda project: make(project, canvas.id))


def crop_to_region(studio: Studio) -> None:
    """Make the canvas as large as the selected rectangle."""
    part = studio.stage.region
    if part is not None:
        change_canvas(studio, lambda project, key: crop_canvas(project, key, part))
        studio.stage.choose_region(None)


def group(studio: Studio) -> None:
    """Put what is selected into a new group, and select that."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas and chosen:
        known = {each.id for each in canvas.groups}
        with studio.session.attempt():
            edit = group_layers(studio.session.project, canvas.id, chosen, tr("Group"))
            studio.session.apply(edit)
            studio.stage.select(
                each.id
                for each in studio.session.project.canvases[canvas.id].groups
                if each.id not in known
            )


def ungroup_selected(studio: Studio) -> None:
    """Take the selected groups apart, and select what was in them."""
    canvas = studio.stage.canvas
    groups = [each.id for each in studio.stage.members if not isinstance(each, Layer)]
    if canvas and groups:
        inside = studio.stage.touched
        if studio.session.do(lambda project: ungroup(project, canvas.id, groups)):
            studio.stage.select(inside)


def mask(studio: Studio) -> None:
    """Give the one selected layer or group a mask that shows all, or take its mask away."""
    canvas, members = studio.stage.canvas, studio.stage.members
    if canvas is None or len(members) != 1:
        return
    key = members[0].id
    if members[0].mask:
        studio.session.do(lambda project: remove_mask(project, canvas.id, key))
    else:
        studio.painting.add_mask(key)


def change_mask(studio: Studio, field: str) -> None:
    """Turn the masks of what is selected on or off, or round."""
    canvas = studio.stage.canvas
    with studio.session.gesture("Change a mask"):
        for member in studio.stage.members:
            if canvas and member.mask:
                turned = {field: not getattr(member.mask, field)}
                edit = edit_mask(studio.session.project, canvas.id, member.id, **turned)
                studio.session.apply(edit)


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
