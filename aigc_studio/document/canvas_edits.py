"""What people do to canvases: make them, reorder their layers, copy, flatten.

Labels are fixed sentences, so that the undo menu can be translated. A drag is many of these
edits inside `Store.gesture`, which makes one step of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Canvas, Keyframe, Layer, fits_key
from aigc_studio.document.changes import free_name, made, replaced, revised, there
from aigc_studio.document.edits import Edit, merge
from aigc_studio.document.model import new_id
from aigc_studio.document.renders import leaving, showing
from aigc_studio.document.tracks import NumberKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Key, LatentPoint, Timeline
    from aigc_studio.document.model import Asset, Project

SHIFT = 16.0


def add_canvas(
    project: Project,
    name: str = "Canvas",
    width: int = 512,
    height: int = 512,
    *,
    background: str | None = None,
) -> Edit:
    """A new canvas under a free name; its id is `edit.changes[0].key`."""
    canvas = made(
        Canvas,
        id=new_id(),
        name=free_name(project, "canvases", name),
        width=width,
        height=height,
        background=background,
    )
    return replaced("Add a canvas", "canvases", None, canvas)


def rename_canvas(project: Project, canvas_id: str, name: str) -> Edit:
    """Rename a canvas (a taken name gets " 2")."""
    free = free_name(project, "canvases", name, but=canvas_id)
    return edit_canvas(project, canvas_id, label="Rename a canvas", name=free)


def edit_canvas(
    project: Project, canvas_id: str, *, label: str = "Change a canvas", **fields: object
) -> Edit:
    """Change `width`, `height`, `background` or other fields; layers stay where they are."""
    canvas = there(project.canvases, canvas_id)
    return replaced(label, "canvases", canvas, revised(canvas, **fields))


def remove_canvas(project: Project, canvas_id: str) -> Edit:
    """Remove a canvas, and the renders that only its layers show."""
    canvas = there(project.canvases, canvas_id)
    edit = replaced("Remove a canvas", "canvases", canvas, None)
    return merge(edit, leaving(project, canvas, None))


def set_render(
    project: Project,
    canvas_id: str,
    layer_id: str,
    asset: Asset,
    point: LatentPoint,
    recipe: Recipe | None = None,
) -> Edit:
    """Let a living layer show another point; keys of another space than `point`'s go.

    Raises:
        StudioError: kind "input" for a layer that is frozen or not living.
    """
    canvas = there(project.canvases, canvas_id)
    before = layer_of(canvas, layer_id)
    if before.living is None or before.frozen:
        raise StudioError(
            f'"{before.name}" is frozen or a plain picture and does not follow a model.',
            kept="Nothing was changed.",
            todo="Unfreeze it, or choose a living layer.",
            kind="input",
        )
    fits = before.crop is None or before.crop.fits(asset.width, asset.height)
    crop = before.crop if fits else None
    layer = revised(before, asset=asset.id, living=point, crop=crop)
    layers = [layer if each is before else each for each in canvas.layers]
    edit = with_layers(project, canvas, layers, "Change a living layer", arriving=asset)
    return merge(edit, showing(project, asset, recipe))


def order_layers(project: Project, canvas_id: str, layer_ids: Collection[str], index: int) -> Edit:
    """Put layers at a place in the pile, in the order they lie in.

    Args:
        index: how many of the other layers lie below them then; too large is the highest.
    """
    canvas = there(project.canvases, canvas_id)
    require(canvas, layer_ids)
    moved = [layer for layer in canvas.layers if layer.id in layer_ids]
    layers = [layer for layer in canvas.layers if layer.id not in layer_ids]
    place = max(index, 0)
    layers[place:place] = moved
    return with_layers(project, canvas, layers, "Reorder layers")


def duplicate_layers(
    project: Project,
    canvas_id: str,
    layer_ids: Collection[str],
    right: float = SHIFT,
    down: float = SHIFT,
) -> Edit:
    """Copy layers with their keys, each right above its original; see `new_layers`."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, layer_ids)
    copies = {key: new_id() for key in layer_ids}
    layers = []
    for layer in canvas.layers:
        layers.append(layer)
        if layer.id in copies:
            place = {"x": layer.x + right, "y": layer.y + down}
            layers.append(revised(layer, id=copies[layer.id], **place))
    timeline = with_keys(
        canvas.timeline,
        (
            *canvas.timeline.all_keys,
            *(_copied(key, copies) for key in canvas.timeline.all_keys if key.layer in copies),
        ),
    )
    after = revised(canvas, layers=tuple(layers), timeline=timeline)
    return replaced("Duplicate a layer", "canvases", canvas, after)


def _copied(key: Key, copies: Mapping[str, str]) -> Key:
    return revised(key, layer=copies[key.layer])


def remove_layers(project: Project, canvas_id: str, layer_ids: Collection[str]) -> Edit:
    """Remove layers with their keys, and the renders that nothing else shows."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, layer_ids)
    left = [layer for layer in canvas.layers if layer.id not in layer_ids]
    return with_layers(project, canvas, left, "Remove a layer")


def new_layers(edit: Edit) -> tuple[str, ...]:
    """Ids of the layers that an edit brings, the lowest first; to select them."""
    brought = []
    for change in edit.changes:
        before, after = change.before, change.after
        known = {each.id for each in before.layers} if isinstance(before, Canvas) else set()
        if isinstance(after, Canvas):
            brought += [layer.id for layer in after.layers if layer.id not in known]
    return tuple(brought)


def layer_of(canvas: Canvas, layer_id: str) -> Layer:
    """A layer by id.

    Raises:
        StudioError: kind "missing".
    """
    layer = canvas.layer(layer_id)
    if layer is None:
        raise StudioError(
            f'"{canvas.name}" has no layer {layer_id}.', kept="Nothing was changed.", kind="missing"
        )
    return layer


def require(canvas: Canvas, layer_ids: Iterable[str]) -> None:
    """Refuse ids of which a canvas has no layer.

    Raises:
        StudioError: kind "missing".
    """
    for layer_id in layer_ids:
        layer_of(canvas, layer_id)


def with_keys(timeline: Timeline, keys: Iterable[Key]) -> Timeline:
    """A timeline with other keys; of two at one place the later one stays.

    They are sorted, so that equal timelines are equal.
    """
    table = {key.place: key for key in keys}
    ordered = [table[place] for place in sorted(table)]
    return revised(
        timeline,
        keyframes=tuple(key for key in ordered if isinstance(key, Keyframe)),
        numbers=tuple(key for key in ordered if isinstance(key, NumberKey)),
    )


def with_layers(
    project: Project,
    canvas: Canvas,
    layers: Sequence[Layer],
    label: str,
    *,
    arriving: Asset | None = None,
) -> Edit:
    """The edit that gives a canvas other layers.

    Keys that no layer could follow go, and the renders that nothing shows any more.

    Args:
        arriving: an asset that stays, because a layer is about to show it.
    """
    table = {layer.id: layer for layer in layers}
    old = canvas.timeline
    keys = tuple(key for key in old.all_keys if fits_key(table.get(key.layer), key))
    timeline = old if len(keys) == len(old.all_keys) else with_keys(old, keys)
    after = revised(canvas, layers=tuple(layers), timeline=timeline)
    edit = replaced(label, "canvases", canvas, after)
    return merge(edit, leaving(project, canvas, after, arriving))
