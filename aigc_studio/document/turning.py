"""A whole canvas turned, mirrored, given more room or another size, with all that lies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import MAX_SIDE, GroupMask, Layer
from aigc_studio.document.canvas_edits import with_keys
from aigc_studio.document.changes import replaced, revised, there
from aigc_studio.document.tracks import NumberKey, bounds_of
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Canvas, Key
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

    Where = Callable[[Layer | GroupMask], dict[str, object]]
    # Where a keyed number goes: from its track and value to those it has then.
    Keyed = Callable[[str, float], tuple[str, float]]

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

    def keyed(track: str, value: float) -> tuple[str, float]:
        if track == "rotation":
            return track, value + degrees
        return {
            (90, "x"): ("y", value),
            (90, "y"): ("x", high - value),
            (180, "x"): ("x", wide - value),
            (180, "y"): ("y", high - value),
            (270, "x"): ("y", wide - value),
            (270, "y"): ("x", value),
        }.get((degrees, track), (track, value))

    size = (wide, high) if degrees == 180 else (high, wide)
    return _laid(canvas, where, keyed, size, "Turn a canvas")


def mirror_canvas(project: Project, canvas_id: str, axis: Axis) -> Edit:
    """Mirror a canvas: left and right ("across") or top and bottom ("down") change places."""
    canvas = there(project.canvases, canvas_id)

    def where(one: Layer | GroupMask) -> dict[str, object]:
        turned = {"mirrored": not one.mirrored}
        if axis == "across":
            return {**turned, "x": canvas.width - one.x, "rotation": _angle(-one.rotation)}
        return {**turned, "y": canvas.height - one.y, "rotation": _angle(180 - one.rotation)}

    def keyed(track: str, value: float) -> tuple[str, float]:
        if axis == "across":
            moved = {"x": canvas.width - value, "rotation": -value}
        else:
            moved = {"y": canvas.height - value, "rotation": 180 - value}
        return track, moved.get(track, value)

    return _laid(canvas, where, keyed, (canvas.width, canvas.height), "Mirror a canvas")


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

    def keyed(track: str, value: float) -> tuple[str, float]:
        return track, value + {"x": right, "y": down}.get(track, 0)

    return _laid(canvas, where, keyed, (width, height), "Resize a canvas")


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

    def keyed(track: str, value: float) -> tuple[str, float]:
        return track, value * (factor if track in ("x", "y", "scale") else 1)

    return _laid(canvas, where, keyed, (width, height), "Resize a picture")


def _laid(canvas: Canvas, where: Where, keyed: Keyed, size: tuple[int, int], label: str) -> Edit:
    def put(one: T) -> T:
        return revised(one, **where(one))

    layers = tuple(put(layer) for layer in canvas.layers)
    groups = tuple(
        revised(group, mask=put(group.mask)) if group.mask else group for group in canvas.groups
    )
    timeline = with_keys(canvas.timeline, (_put(key, keyed) for key in canvas.timeline.all_keys))
    sides = {"width": size[0], "height": size[1]}
    after = revised(canvas, layers=layers, groups=groups, timeline=timeline, **sides)
    return replaced(label, "canvases", canvas, after)


def _put(key: Key, keyed: Keyed) -> Key:
    if not isinstance(key, NumberKey):
        return key
    track, value = keyed(key.track, key.value)
    low, high = bounds_of(track)
    return revised(key, track=track, value=min(max(value, low), high))


def _angle(degrees: float) -> float:
    return (degrees + 180) % 360 - 180
