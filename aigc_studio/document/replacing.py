"""What a model made of a selection laid in place of what was there, and taken away again.

Where the canvas is clear and the new picture is too, what was there would be seen through it.
Then what lies beneath goes into a group whose mask has a hole there: nothing of it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import MAX_DEPTH, Group, GroupMask, Layer, Mask
from aigc_studio.document.canvas_edits import with_layers, without
from aigc_studio.document.changes import made, revised, there
from aigc_studio.document.edits import merge
from aigc_studio.document.model import new_id
from aigc_studio.document.renders import showing
from aigc_studio.document.stacking import layers_in, path_of
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.document.selecting import Selected
    from aigc_studio.media.placing import Crop

_LABEL = "Repaint the selection"


def hole_of(chosen: Selected, picture: Image) -> Image | None:
    """What goes on being shown of what lies beneath, as a mask of the selection's size.

    With a mask w and the new picture's alpha a, laid over what is hidden to m = (1 - w) /
    (1 - w a), premultiplied colours become w new + (1 - w) old: one fades into the other,
    whatever either's alpha is.

    Args:
        picture: what the model made, in any size of that shape.

    Returns:
        A grey picture, or None where nothing would be seen through the new one.
    """
    width, height = chosen.box.width, chosen.box.height
    fitting = picture if picture.size == (width, height) else picture.resized(width, height)
    old, new = chosen.picture.alpha(), fitting.alpha()
    weight = chosen.mask.pixels[..., 0].astype(np.float64) / 255
    if not ((weight > 0) & (new < 255) & (old > 0)).any():
        return None
    rest = 1 - weight * (new / 255)
    left = np.divide(1 - weight, rest, out=np.zeros_like(weight), where=rest > 0)
    return Image(np.rint(left * 255).astype(np.uint8)[..., None])


def lay_selection(
    project: Project,
    canvas_id: str,
    box: Crop,
    asset: Asset,
    mask: Asset,
    recipe: Recipe | None = None,
    hole: Asset | None = None,
) -> Edit:
    """Lay what a model made of a selection over it, on a layer that can be taken away again.

    Args:
        box: as in `Selected`.
        asset: what the model made, in any size of that shape; see `renders.render_of`.
        mask: the selection's mask, see `renders.painted`.
        recipe: of the asset.
        hole: the mask of what lies beneath, see `hole_of`; the group has its name.

    Raises:
        StudioError: kind "input", there is a hole and groups lie as deep as they can.
    """
    canvas = there(project.canvases, canvas_id)
    place = {"x": box.left + box.width / 2, "y": box.top + box.height / 2}
    layer = made(
        Layer,
        id=new_id(),
        name=asset.name,
        asset=asset.id,
        scale=box.width / max(asset.width, 1),
        mask=made(Mask, asset=mask.id),
        **place,
    )
    layers, groups = canvas.layers, canvas.groups
    if hole is not None and layers:
        if depth_of(canvas) >= MAX_DEPTH:
            raise _too_deep()
        group = made(Group, id=new_id(), name=hole.name, mask=_laid(hole, box, place))
        layers = tuple(revised(each, parent=each.parent or group.id) for each in layers)
        groups = (*(revised(each, parent=each.parent or group.id) for each in groups), group)
    edit = with_layers(project, canvas, (*layers, layer), _LABEL, arriving=asset, groups=groups)
    edit = merge(merge(edit, showing(project, asset, recipe)), showing(project, mask, None))
    return edit if hole is None else merge(edit, showing(project, hole, None))


def _laid(hole: Asset, box: Crop, place: dict[str, float]) -> GroupMask:
    return made(GroupMask, asset=hole.id, scale=box.width / max(hole.width, 1), **place)


def depth_of(canvas: Canvas) -> int:
    """How many groups the layer that lies deepest is in."""
    return max((len(path_of(canvas, layer)) for layer in canvas.layers), default=0)


def _too_deep() -> StudioError:
    return StudioError(
        "What was there is seen through what was painted: groups lie in groups as deep as they"
        " can, so that it could not be put into one more.",
        kept="What was painted lies on top.",
        todo="Flatten the layers below, and repaint again.",
        kind="input",
    )


def group_made_by(edit: Edit) -> str:
    """Id of the group that `lay_selection` put what lies beneath into; "" for none."""
    for change in edit.changes:
        before, after = change.before, change.after
        if change.table == "canvases" and before is not None and after is not None:
            known = {group.id for group in getattr(before, "groups", ())}
            new = [group.id for group in getattr(after, "groups", ()) if group.id not in known]
            return new[0] if new else ""
    return ""


def lift_selection(project: Project, canvas_id: str, layer_id: str, group_id: str = "") -> Edit:
    """Take away what `lay_selection` laid, and the group that it made; what is gone is gone."""
    canvas = there(project.canvases, canvas_id)
    group = canvas.group(group_id)
    parent = group.parent if group else None
    layers = [
        revised(each, parent=parent) if group and each.parent == group.id else each
        for each in without(canvas, layers_in(canvas, (layer_id,)))
    ]
    groups = [
        revised(each, parent=parent) if group and each.parent == group.id else each
        for each in canvas.groups
        if each is not group
    ]
    return with_layers(project, canvas, layers, _LABEL, groups=groups)
