"""What people do to the timeline of a canvas: keys, their easing, length, speed, loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Canvas, Keyframe, fits_key, packed
from aigc_studio.document.canvas_edits import layer_of
from aigc_studio.document.changes import made, replaced, revised, there

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import Easing, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

    # A key by what is its own: the layer's id and the frame.
    Place = tuple[str, int]


def add_key(
    project: Project,
    canvas_id: str,
    layer_id: str,
    frame: int,
    code: Floats,
    easing: Easing | None = None,
) -> Edit:
    """Set what a living layer shows at a frame; a key that is there already is replaced.

    Without an easing it is left as that key was, a new one slowly at both ends.
    """
    canvas = there(project.canvases, canvas_id)
    places = {(key.layer, key.frame): key.easing for key in canvas.timeline.keyframes}
    kept = easing or places.get((layer_id, frame), "ease")
    return add_keys(project, canvas_id, layer_id, {frame: code}, kept, label="Add a key")


def add_keys(
    project: Project,
    canvas_id: str,
    layer_id: str,
    codes: Mapping[int, Floats],
    easing: Easing = "linear",
    *,
    label: str = "Record a move",
) -> Edit:
    """Set many keys of one layer, by frame: a dragged path.

    Raises:
        StudioError: kind "input" for a plain picture, or numbers of another space.
    """
    canvas = there(project.canvases, canvas_id)
    layer = layer_of(canvas, layer_id)
    fresh = [
        made(Keyframe, frame=frame, layer=layer_id, code=packed(code), easing=easing)
        for frame, code in codes.items()
    ]
    if not all(fits_key(layer, key) for key in fresh):
        raise _unfit(layer)
    return _changed(canvas, [*canvas.timeline.keyframes, *fresh], label)


def move_keys(project: Project, canvas_id: str, places: Collection[Place], by: int) -> Edit:
    """Move keys by so many frames; keys that they meet are replaced.

    Raises:
        StudioError: kind "input", one would come to lie before the beginning.
    """
    canvas = there(project.canvases, canvas_id)
    moved = [revised(key, frame=key.frame + by) for key in _found(canvas, places)]
    return _changed(canvas, [*_without(canvas, places), *moved], "Move a key")


def lay_keys(project: Project, canvas_id: str, keys: Iterable[Keyframe], by: int = 0) -> Edit:
    """Lay copies of keys, so many frames later; keys that they meet are replaced.

    Raises:
        StudioError: kind "input", one would come to lie before the beginning, or its layer is
            gone or lives in another space.
    """
    canvas = there(project.canvases, canvas_id)
    copies = [revised(key, frame=key.frame + by) for key in keys]
    for copy in copies:
        if not fits_key(layer := layer_of(canvas, copy.layer), copy):
            raise _unfit(layer)
    return _changed(canvas, [*canvas.timeline.keyframes, *copies], "Copy keys")


def remove_keys(project: Project, canvas_id: str, places: Collection[Place]) -> Edit:
    """Remove keys."""
    canvas = there(project.canvases, canvas_id)
    _found(canvas, places)
    return _changed(canvas, _without(canvas, places), "Remove a key")


def set_easing(project: Project, canvas_id: str, places: Collection[Place], easing: Easing) -> Edit:
    """Choose how keys go on to the next."""
    canvas = there(project.canvases, canvas_id)
    eased = [revised(key, easing=easing) for key in _found(canvas, places)]
    return _changed(canvas, [*canvas.timeline.keyframes, *eased], "Change the easing")


def set_timeline(
    project: Project,
    canvas_id: str,
    *,
    fps: float | None = None,
    frames: int | None = None,
    loop: bool | None = None,
) -> Edit:
    """Change speed, length or loop; keys beyond the end are kept."""
    canvas = there(project.canvases, canvas_id)
    given = {"fps": fps, "frames": frames, "loop": loop}
    fields = {key: value for key, value in given.items() if value is not None}
    after = revised(canvas, timeline=revised(canvas.timeline, **fields))
    return replaced("Change the timeline", "canvases", canvas, after)


def _unfit(layer: Layer) -> StudioError:
    return StudioError(
        f'"{layer.name}" cannot follow this point: it belongs to another space or model.',
        kept="Nothing was changed.",
        todo="Choose a living layer of the same model.",
        kind="input",
    )


def _found(canvas: Canvas, places: Iterable[Place]) -> list[Keyframe]:
    table = {(key.layer, key.frame): key for key in canvas.timeline.keyframes}
    missing = [place for place in places if place not in table]
    if missing:
        raise StudioError(
            f"There is no key at frame {missing[0][1]}.",
            kept="Nothing was changed.",
            kind="missing",
        )
    return [table[place] for place in places]


def _without(canvas: Canvas, places: Collection[Place]) -> list[Keyframe]:
    return [key for key in canvas.timeline.keyframes if (key.layer, key.frame) not in places]


def _changed(canvas: Canvas, keys: Iterable[Keyframe], label: str) -> Edit:
    # Later ones take the place of earlier ones; sorted, so that equal timelines are equal.
    table = {(key.layer, key.frame): key for key in keys}
    ordered = tuple(table[place] for place in sorted(table))
    after = revised(canvas, timeline=revised(canvas.timeline, keyframes=ordered))
    return replaced(label, "canvases", canvas, after)
