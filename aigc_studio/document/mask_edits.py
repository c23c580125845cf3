"""Masks and painted pictures: they come, change with each stroke, and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import GroupMask, Layer, Mask
from aigc_studio.document.canvas_edits import layer_of, with_layers
from aigc_studio.document.changes import made, revised, there
from aigc_studio.document.edits import merge
from aigc_studio.document.layer_edits import edit_layers
from aigc_studio.document.model import new_id
from aigc_studio.document.renders import showing
from aigc_studio.document.stacking import layers_in, member_of

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas, Group
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project


def add_mask(project: Project, canvas_id: str, key: str, asset: Asset) -> Edit:
    """Give a layer or a group a mask; one that it has goes.

    Args:
        asset: grey, see `renders.painted`; of a layer's picture's size, or for a group of the
            canvas's. It need not be in the project yet.
    """
    canvas = there(project.canvases, canvas_id)
    member = member_of(canvas, key)
    mask: Mask = made(Mask, asset=asset.id)
    if not isinstance(member, Layer):
        scale = canvas.width / max(asset.width, 1)
        middle = {"x": canvas.width / 2, "y": canvas.height / 2}
        mask = made(GroupMask, asset=asset.id, scale=scale, **middle)
    return _with_mask(project, canvas, member, mask, "Add a mask", asset)


def paint_mask(project: Project, canvas_id: str, key: str, asset: Asset) -> Edit:
    """Show another picture as the mask of a layer or group, such as after a stroke."""
    canvas = there(project.canvases, canvas_id)
    member = member_of(canvas, key)
    mask = revised(_mask_of(member), asset=asset.id)
    return _with_mask(project, canvas, member, mask, "Paint a mask", asset)


def edit_mask(project: Project, canvas_id: str, key: str, **fields: object) -> Edit:
    """Change `enabled` or `inverted` of a mask."""
    member = member_of(there(project.canvases, canvas_id), key)
    mask = revised(_mask_of(member), **fields)
    return edit_layers(project, canvas_id, {key: {"mask": mask}}, "Change a mask")


def remove_mask(project: Project, canvas_id: str, key: str) -> Edit:
    """Take a mask away; everything shows again."""
    _mask_of(member_of(there(project.canvases, canvas_id), key))
    return edit_layers(project, canvas_id, {key: {"mask": None}}, "Remove a mask")


def paint_layer(project: Project, canvas_id: str, layer_id: str, asset: Asset) -> Edit:
    """Show another picture on a touch-up layer, such as after a stroke.

    Raises:
        StudioError: kind "input", the layer is no touch-up layer.
    """
    canvas = there(project.canvases, canvas_id)
    layer = layer_of(canvas, layer_id)
    if not layer.touch_up:
        raise StudioError(
            f'"{layer.name}" is not painted on: its picture stays as it is.',
            kept="Nothing was changed.",
            todo="Paint on a touch-up layer above it.",
            kind="input",
        )
    layers = [revised(each, asset=asset.id) if each is layer else each for each in canvas.layers]
    edit = with_layers(project, canvas, layers, "Paint", arriving=asset)
    return merge(edit, showing(project, asset, None))


def add_touch_up(
    project: Project, canvas_id: str, asset: Asset, above: str = "", name: str = "Touch-up"
) -> Edit:
    """Lay a layer that is painted on right above a layer or group, or on top of all.

    Args:
        asset: RGBA, of the canvas's size; it need not be in the project yet.
    """
    canvas = there(project.canvases, canvas_id)
    member = member_of(canvas, above) if above else None
    layer = made(
        Layer,
        id=new_id(),
        name=name,
        asset=asset.id,
        touch_up=True,
        parent=member.parent if member else None,
        x=canvas.width / 2,
        y=canvas.height / 2,
    )
    place = len(canvas.layers)
    if member is not None:
        highest = layers_in(canvas, (member.id,))[-1].id
        place = next(at for at, each in enumerate(canvas.layers) if each.id == highest) + 1
    layers = (*canvas.layers[:place], layer, *canvas.layers[place:])
    edit = with_layers(project, canvas, layers, "Add a touch-up layer", arriving=asset)
    return merge(edit, showing(project, asset, None))


def _mask_of(member: Layer | Group) -> Mask:
    if member.mask is None:
        raise StudioError(
            f'"{member.name}" has no mask.', kept="Nothing was changed.", kind="input"
        )
    return member.mask


def _with_mask(
    project: Project, canvas: Canvas, member: Layer | Group, mask: Mask, label: str, asset: Asset
) -> Edit:
    edit = with_layers(
        project,
        canvas,
        [revised(each, mask=mask) if each is member else each for each in canvas.layers],
        label,
        arriving=asset,
        groups=[revised(each, mask=mask) if each is member else each for each in canvas.groups],
    )
    return merge(edit, showing(project, asset, None))
