"""What people do to the timeline of a canvas: keys, their easing, length, speed, loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Canvas, KeptVector, Keyframe, fits_key, packed
from aigc_studio.document.canvas_edits import layer_of, with_keys
from aigc_studio.document.changes import made, replaced, revised, there
from aigc_studio.document.tracks import NumberKey, Place, direction_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import Key, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.document.tracks import Easing, Pace

_KEPT = ("id", "name", "space", "vector")


def add_key(
    project: Project,
    canvas_id: str,
    layer_id: str,
    frame: int,
    code: Floats,
    easing: Easing | None = None,
    *,
    truncation: float = 1.0,
) -> Edit:
    """Set what a living layer shows at a frame; a key that is there already is replaced.

    Without an easing it is left as that key was, a new one slowly at both ends.

    Args:
        truncation: what the code was drawn with.
    """
    canvas = there(project.canvases, canvas_id)
    kept = easing or _easing_at(canvas, Place(layer_id, frame))
    return add_keys(
        project, canvas_id, layer_id, {frame: code}, kept, label="Add a key", truncation=truncation
    )


def add_number(
    project: Project,
    canvas_id: str,
    layer_id: str,
    track: str,
    frame: int,
    value: float,
    easing: Easing | None = None,
) -> Edit:
    """Set a number of a layer at a frame, see `NumberKey`; easing as of `add_key`.

    Raises:
        StudioError: kind "input", the number is out of bounds, or a plain picture has no such
            track; kind "missing", the direction of the track is not kept.
    """
    canvas = there(project.canvases, canvas_id)
    layer = layer_of(canvas, layer_id)
    ease = easing or _easing_at(canvas, Place(layer_id, frame, track))
    fields = {"frame": frame, "layer": layer_id, "track": track, "value": value}
    fresh = made(NumberKey, **fields, easing=ease)
    if not fits_key(layer, fresh):
        raise _unfit(layer)
    kept = _directions(project, canvas, (fresh,))
    return _changed(canvas, [*canvas.timeline.all_keys, fresh], "Add a key", kept)


def set_numbers(project: Project, canvas_id: str, places: Collection[Place], value: float) -> Edit:
    """Give keys of numbers another value; keys of points among them are left as they are."""
    canvas = there(project.canvases, canvas_id)
    numbers = [key for key in _found(canvas, places) if isinstance(key, NumberKey)]
    fresh = [revised(key, value=value) for key in numbers]
    return _changed(canvas, [*canvas.timeline.all_keys, *fresh], "Change a key")


def add_keys(
    project: Project,
    canvas_id: str,
    layer_id: str,
    codes: Mapping[int, Floats],
    easing: Easing = "linear",
    *,
    label: str = "Record a move",
    truncation: float = 1.0,
) -> Edit:
    """Set many keys of one layer, by frame: a dragged path.

    Raises:
        StudioError: kind "input" for a plain picture, or numbers of another space.
    """
    canvas = there(project.canvases, canvas_id)
    layer = layer_of(canvas, layer_id)
    fresh = [
        made(
            Keyframe,
            frame=frame,
            layer=layer_id,
            code=packed(code),
            easing=easing,
            truncation=truncation,
        )
        for frame, code in codes.items()
    ]
    if not all(fits_key(layer, key) for key in fresh):
        raise _unfit(layer)
    return _changed(canvas, [*canvas.timeline.all_keys, *fresh], label)


def move_keys(project: Project, canvas_id: str, places: Collection[Place], by: int) -> Edit:
    """Move keys by so many frames; keys that they meet are replaced.

    Raises:
        StudioError: kind "input", one would come to lie before the beginning.
    """
    canvas = there(project.canvases, canvas_id)
    moved = [_at(key, key.frame + by) for key in _found(canvas, places)]
    return _changed(canvas, [*_without(canvas, places), *moved], "Move a key")


def lay_keys(project: Project, canvas_id: str, keys: Iterable[Key], by: int = 0) -> Edit:
    """Lay copies of keys, so many frames later; keys that they meet are replaced.

    Raises:
        StudioError: kind "input", one would come to lie before the beginning, or its layer is
            gone or lives in another space; kind "missing", a direction is not kept any more.
    """
    canvas = there(project.canvases, canvas_id)
    copies = [_at(key, key.frame + by) for key in keys]
    for copy in copies:
        if not fits_key(layer := layer_of(canvas, copy.layer), copy):
            raise _unfit(layer)
    kept = _directions(project, canvas, copies)
    return _changed(canvas, [*canvas.timeline.all_keys, *copies], "Copy keys", kept)


def remove_keys(project: Project, canvas_id: str, places: Collection[Place]) -> Edit:
    """Remove keys."""
    canvas = there(project.canvases, canvas_id)
    _found(canvas, places)
    return _changed(canvas, _without(canvas, places), "Remove a key")


def set_easing(project: Project, canvas_id: str, places: Collection[Place], easing: Easing) -> Edit:
    """Choose how keys go on to the next."""
    canvas = there(project.canvases, canvas_id)
    eased = [_eased(key, easing) for key in _found(canvas, places)]
    return _changed(canvas, [*canvas.timeline.all_keys, *eased], "Change the easing")


def set_paces(project: Project, canvas_id: str, paces: Mapping[Place, Pace | None]) -> Edit:
    """Give keys of points the pace of their way, or none."""
    canvas = there(project.canvases, canvas_id)
    fresh = [
        revised(key, pace=paces[key.place])
        for key in _found(canvas, paces)
        if isinstance(key, Keyframe)
    ]
    return _changed(canvas, [*canvas.timeline.all_keys, *fresh], "Even out the pace")


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


def _at(key: Key, frame: int) -> Key:
    return revised(key, frame=frame)


def _eased(key: Key, easing: Easing) -> Key:
    return revised(key, easing=easing)


def _easing_at(canvas: Canvas, place: Place) -> Easing:
    there = {key.place: key.easing for key in canvas.timeline.all_keys}
    return there.get(place, "ease")


def _found(canvas: Canvas, places: Iterable[Place]) -> list[Key]:
    table = {key.place: key for key in canvas.timeline.all_keys}
    missing = [place for place in places if place not in table]
    if missing:
        raise StudioError(
            f"There is no key at frame {missing[0][1]}.",
            kept="Nothing was changed.",
            kind="missing",
        )
    return [table[place] for place in places]


def _without(canvas: Canvas, places: Collection[Place]) -> list[Key]:
    return [key for key in canvas.timeline.all_keys if key.place not in places]


def _directions(project: Project, canvas: Canvas, keys: Iterable[Key]) -> list[KeptVector]:
    """The directions that keys go along and the timeline does not have yet."""
    wanted = {direction_of(key.track) for key in keys} - {""}
    found = []
    for key in wanted - {each.id for each in canvas.timeline.directions}:
        kept = project.directions.get(key)
        if kept is None:
            raise StudioError(
                "The direction of this track is not kept any more.",
                kept="Nothing was changed.",
                todo="Undo its removal, or learn it again.",
                kind="missing",
            )
        found.append(made(KeptVector, **{name: getattr(kept, name) for name in _KEPT}))
    return found


def _changed(
    canvas: Canvas, keys: Iterable[Key], label: str, directions: Iterable[KeptVector] = ()
) -> Edit:
    after = revised(canvas, timeline=with_keys(canvas.timeline, keys, directions))
    return replaced(label, "canvases", canvas, after)
