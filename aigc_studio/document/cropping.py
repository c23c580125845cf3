"""Cropping a layer's picture, or a canvas; what is left stays where it lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import layer_of, shifted_mask, with_keys
from aigc_studio.document.changes import replaced, revised, there
from aigc_studio.document.layer_edits import edit_layers
from aigc_studio.document.tracks import NumberKey

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Key, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.placing import Crop


def set_crop(project: Project, canvas_id: str, layer_id: str, crop: Crop | None) -> Edit:
    """Show a part of a layer's picture, or all of it (None).

    Raises:
        StudioError: kind "input", the part does not lie inside the picture.
    """
    layer = layer_of(there(project.canvases, canvas_id), layer_id)
    asset = project.assets[layer.asset]
    size = (asset.width, asset.height)
    if crop is not None and not crop.fits(*size):
        raise StudioError(
            f"The part does not lie inside the picture of {asset.width} x {asset.height} pixels.",
            kept="Nothing was changed.",
            todo="Choose a smaller part.",
            kind="input",
        )
    after = cropped(layer, size, crop)
    fields = {"crop": crop, "x": after.x, "y": after.y}
    return edit_layers(project, canvas_id, {layer_id: fields}, "Crop a layer")


def cropped(layer: Layer, size: tuple[int, int], crop: Crop | None) -> Layer:
    """The layer with another crop; what was seen before and still is does not move.

    Args:
        size: width and height of the layer's whole picture.
    """
    before, after = _middle(layer.crop, size), _middle(crop, size)
    right, down = ((new - old) * layer.scale for old, new in zip(before, after, strict=True))
    right = -right if layer.mirrored else right
    angle = math.radians(layer.rotation)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = layer.x + cos * right - sin * down, layer.y + sin * right + cos * down
    return revised(layer, crop=crop, x=x, y=y)


def crop_canvas(project: Project, canvas_id: str, part: Crop) -> Edit:
    """Make a canvas as large as a part of it; layers keep their place on that part."""
    canvas = there(project.canvases, canvas_id)
    layers = tuple(
        revised(layer, x=layer.x - part.left, y=layer.y - part.top) for layer in canvas.layers
    )
    groups = tuple(shifted_mask(group, -part.left, -part.top) for group in canvas.groups)
    timeline = with_keys(canvas.timeline, (_shifted(key, part) for key in canvas.timeline.all_keys))
    sides = {"width": part.width, "height": part.height}
    after = revised(canvas, layers=layers, groups=groups, timeline=timeline, **sides)
    return replaced("Crop a canvas", "canvases", canvas, after)


def _shifted(key: Key, part: Crop) -> Key:
    if not isinstance(key, NumberKey):
        return key
    by = {"x": part.left, "y": part.top}.get(key.track, 0)
    return revised(key, value=key.value - by) if by else key


def _middle(crop: Crop | None, size: tuple[int, int]) -> tuple[float, float]:
    """The middle of what is shown, in pixels of the whole picture."""
    if crop is None or not crop.fits(*size):
        return size[0] / 2, size[1] / 2
    return crop.left + crop.width / 2, crop.top + crop.height / 2
