"""A whole canvas turned, mirrored, given more room or another size, with all that lies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import MAX_SIDE, GroupMask, Layer
from aigc_studio.document.changes import replaced, revised, there
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

    Where = Callable[[Layer | GroupMask], dict[str, object]]

T = TypeVar("T", Layer, GroupMask)
Turn = Literal[90, 180, 270]
Axis = Literal["across", "down"]


def turn_canvas(project: Project, canvas_id: str, degrees: Turn) -> Edit:
    """Turn a canvas clockwise by one, two or three quarters."""
    canvas = there(project.canvases, canvas_id)
    wide, high = canvas.width, canvas.height

    def where(one: Layer | GroupMask) -> dict[str, object]:
        x, y = {
            90: (high - one.y, one.x),
            180: (wide - one.x, high - one.y),
            270: (one.y, wide - one.x),
        }[degrees]
        return {"x": x, "y": y, "rotation": _angle(one.rotation + degrees)}

    size = (wide, high) if degrees == 180 else (high, wide)
    return _laid(canvas, where, size, "Turn a canvas")


def mirror_canvas(project: Project, canvas_id: str, axis: Axis) -> Edit:
    """Mirror a canvas: left and right ("across") or top and bottom ("down") change places."""
    canvas = there(project.canvases, canvas_id)

    def where(one: Layer | GroupMask) -> dict[str, object]:
        turned = {"mirrored": not one.mirrored}
        if axis == "across":
            return {**turned, "x": canvas.width - one.x, "rotation": _angle(-one.rotation)}
        return {**turned, "y": canvas.height - one.y, "rotation": _angle(180 - one.rotation)}

    return _laid(canvas, where, (canvas.width, canvas.height), "Mirror a canvas")


def resize_canvas(
    project: Project,
    canvas_id: str,
    width: int,
    height: int,
    anchor: tuple[float, float] = (0.5, 0.5),
) -> Edit:
    """Give a canvas more room, or less; nothing on it changes its size.

    Args:
        anchor: what stays where it is, from (0, 0), the left upper corner, to (1, 1).
    """
    canvas = there(project.canvases, canvas_id)
    right = round((width - canvas.width) * anchor[0])
    down = round((height - canvas.height) * anchor[1])

    def where(one: Layer | GroupMask) -> dict[str, object]:
        return {"x": one.x + right, "y": one.y + down}

    return _laid(canvas, where, (width, height), "Resize a canvas")


def resize_picture(project: Project, canvas_id: str, width: int) -> Edit:
    """Make a canvas and all that lies on it larger or smaller; its proportions stay.

    Raises:
        StudioError: kind "input", a side or a layer would be too large or too small.
    """
    canvas = there(project.canvases, canvas_id)
    factor = width / canvas.width
    height = max(round(canvas.height * factor), 1)
    scales = [layer.scale for layer in canvas.layers]
    scales += [group.mask.scale for group in canvas.groups if group.mask]
    scales = [scale * factor for scale in scales] or [1.0]
    fits = min(scales) >= SMALLEST_SCALE and max(scales) <= LARGEST_SCALE
    if not (0 < width <= MAX_SIDE and height <= MAX_SIDE and fits):
        raise StudioError(
            f"The canvas cannot be made {width} x {height} pixels.",
            kept="Nothing was changed.",
            todo=f"Choose sides of 1 to {MAX_SIDE} pixels, nearer to what it is now.",
            kind="input",
        )

    def where(one: Layer | GroupMask) -> dict[str, object]:
        return {"x": one.x * factor, "y": one.y * factor, "scale": one.scale * factor}

    return _laid(canvas, where, (width, height), "Resize a picture")


def _laid(canvas: Canvas, where: Where, size: tuple[int, int], label: str) -> Edit:
    def put(one: T) -> T:
        return revised(one, **where(one))

    layers = tuple(put(layer) for layer in canvas.layers)
    groups = tuple(
        revised(group, mask=put(group.mask)) if group.mask else group for group in canvas.groups
    )
    after = revised(canvas, width=size[0], height=size[1], layers=layers, groups=groups)
    return replaced(label, "canvases", canvas, after)


def _angle(degrees: float) -> float:
    return (degrees + 180) % 360 - 180
