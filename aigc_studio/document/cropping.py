"""Cropping a layer's picture, or a canvas; what is left stays where it lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import layer_of, shifted_key, shifted_mask, with_keys
from aigc_studio.document.changes import replaced, revised, there
from aigc_studio.document.timeline import Film

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Key, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.placing import Crop


def set_crop(project: Project, canvas_id: str, layer_id: str, crop: Crop | None) -> Edit:
    """Show a part of a layer's picture, or all of it (None); see `cropped`.

    What is left does not move at any key of its place either.

    Raises:
        StudioError: kind "input", the part does not lie inside the picture.
    """
    canvas = there(project.canvases, canvas_id)
    layer = layer_of(canvas, layer_id)
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
    film, keys = Film(canvas), canvas.timeline.all_keys
    moved = (_cropped_key(film, layer, key, size, crop) for key in keys)
    layers = tuple(after if each is layer else each for each in canvas.layers)
    changed = revised(canvas, layers=layers, timeline=with_keys(canvas.timeline, moved))
    return replaced("Crop a layer", "canvases", canvas, changed)


def _cropped_key(
    film: Film, layer: Layer, key: Key, size: tuple[int, int], crop: Crop | None
) -> Key:
    """A key of a layer's place at which what is left of its picture does not move."""
    if key.layer != layer.id or key.track not in ("x", "y"):
        return key
    seen = film.layer_at(layer, key.frame)
    after = cropped(seen, size, crop)
    return shifted_key(key, after.x - seen.x, after.y - seen.y)


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
    keys = canvas.timeline.all_keys
    moved = (shifted_key(key, -part.left, -part.top) for key in keys)
    timeline = with_keys(canvas.timeline, moved)
    sides = {"width": part.width, "height": part.height}
    after = revised(canvas, layers=layers, groups=groups, timeline=timeline, **sides)
    return replaced("Crop a canvas", "canvases", canvas, after)


def _middle(crop: Crop | None, size: tuple[int, int]) -> tuple[float, float]:
    """The middle of what is shown, in pixels of the whole picture."""
    if crop is None or not crop.fits(*size):
        return size[0] / 2, size[1] / 2
    return crop.left + crop.width / 2, crop.top + crop.height / 2
