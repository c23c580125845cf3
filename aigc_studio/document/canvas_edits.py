"""What people do to canvases: make them, reorder their layers, copy, flatten.

Labels are fixed sentences, so that the undo menu can be translated. A drag is many of these
edits inside `Store.gesture`, which makes one step of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Canvas, Group, Keyframe, Layer, fits_key
from aigc_studio.document.changes import free_name, made, replaced, revised, there
from aigc_studio.document.edits import Edit, merge
from aigc_studio.document.model import new_id
from aigc_studio.document.renders import leaving, showing
from aigc_studio.document.stacking import (
    groups_in,
    ids_in,
    layers_in,
    member_of,
    outermost,
    path_of,
    shared_group,
)
from aigc_studio.document.tracks import FARTHEST, NumberKey, direction_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import KeptVector, Key, LatentPoint, Timeline
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


def order_layers(
    project: Project,
    canvas_id: str,
    ids: Collection[str],
    index: int,
    parent: str | None = "",
) -> Edit:
    """Put layers and groups at a place in the pile, in the order they lie in.

    Args:
        index: how many of the other layers lie below them then; too large is the highest.
        parent: the group they are in then, None for none; when left out the innermost that
            what lies below and above there shares.

    Raises:
        StudioError: kind "input", that group does not reach to this place.
    """
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    moved = layers_in(canvas, ids)
    rest = without(canvas, moved)
    place = min(max(index, 0), len(rest))
    below, above = (rest[at] if 0 <= at < len(rest) else None for at in (place - 1, place))
    if parent == "":
        parent = shared_group(canvas, (below, above))
    elif not _reaches(canvas, parent, below, above):
        raise StudioError(
            "This group does not reach to that place.", kept="Nothing was changed.", kind="input"
        )
    tops = {each.id for each in outermost(canvas, ids)}
    rest[place:place] = moved
    layers = [revised(each, parent=parent) if each.id in tops else each for each in rest]
    groups = [revised(each, parent=parent) if each.id in tops else each for each in canvas.groups]
    return with_layers(project, canvas, layers, "Reorder layers", groups=groups)


def _reaches(canvas: Canvas, key: str | None, *neighbours: Layer | None) -> bool:
    """Whether layers of a group can lie between neighbours, and no other group is torn apart."""
    shared, group = shared_group(canvas, neighbours), canvas.group(key or "")
    own = (*path_of(canvas, group), group.id) if group else ()
    if key is not None and not any(key in path_of(canvas, each) for each in neighbours if each):
        return False
    return shared is None or shared in own


def duplicate_layers(
    project: Project,
    canvas_id: str,
    ids: Collection[str],
    right: float = SHIFT,
    down: float = SHIFT,
) -> Edit:
    """Copy layers and groups with their keys, each right above its original; see `new_layers`."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    names = {key: new_id() for key in ids_in(canvas, ids)}
    layers = list(canvas.layers)
    for top in outermost(canvas, ids):
        own = layers_in(canvas, (top.id,))
        copies = [_copied(layer, names, right, down) for layer in own]
        place = next(at for at, each in enumerate(layers) if each.id == own[-1].id) + 1
        layers[place:place] = copies
    keys = canvas.timeline.all_keys
    copied = (
        revised(shifted_key(key, right, down), layer=names[key.layer])
        for key in keys
        if key.layer in names
    )
    timeline = with_keys(canvas.timeline, (*keys, *copied))
    groups = (
        *canvas.groups,
        *(_copied_group(group, names, right, down) for group in groups_in(canvas, ids)),
    )
    after = revised(canvas, layers=tuple(layers), groups=groups, timeline=timeline)
    return replaced("Duplicate a layer", "canvases", canvas, after)


def _copied(layer: Layer, names: Mapping[str, str], right: float, down: float) -> Layer:
    place = {"x": layer.x + right, "y": layer.y + down}
    parent = names.get(layer.parent or "", layer.parent)
    return revised(layer, id=names[layer.id], parent=parent, **place)


def _copied_group(group: Group, names: Mapping[str, str], right: float, down: float) -> Group:
    moved = shifted_mask(group, right, down)
    parent = names.get(group.parent or "", group.parent)
    return revised(moved, id=names[group.id], parent=parent)


def shifted_key(key: Key, right: float, down: float) -> Key:
    """The key of a layer that lies elsewhere: the numbers of its place are others."""
    by = {"x": right, "y": down}.get(key.track, 0.0)
    if not by or not isinstance(key, NumberKey):
        return key
    return revised(key, value=min(max(key.value + by, -FARTHEST), FARTHEST))


def shifted_mask(group: Group, right: float, down: float) -> Group:
    """The group, its mask moved along with its layers."""
    mask = group.mask
    if mask is None:
        return group
    return revised(group, mask=revised(mask, x=mask.x + right, y=mask.y + down))


def remove_layers(project: Project, canvas_id: str, ids: Collection[str]) -> Edit:
    """Remove layers and groups with their keys, and the renders that nothing else shows."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    left = without(canvas, layers_in(canvas, ids))
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
    """Refuse ids of which a canvas has no layer and no group.

    Raises:
        StudioError: kind "missing".
    """
    for layer_id in layer_ids:
        member_of(canvas, layer_id)


def without(canvas: Canvas, layers: Iterable[Layer]) -> list[Layer]:
    """The other layers of a canvas."""
    ids = {layer.id for layer in layers}
    return [layer for layer in canvas.layers if layer.id not in ids]


def with_keys(
    timeline: Timeline, keys: Iterable[Key], directions: Iterable[KeptVector] = ()
) -> Timeline:
    """A timeline with other keys; of two at one place the later one stays.

    They are sorted, so that equal timelines are equal.

    Args:
        directions: that keys may go along, beside those it has; the others go.
    """
    table = {key.place: key for key in keys}
    ordered = [table[place] for place in sorted(table)]
    numbers = tuple(key for key in ordered if isinstance(key, NumberKey))
    gone_along = {direction_of(key.track) for key in numbers}
    known = {each.id: each for each in (*timeline.directions, *directions)}
    return revised(
        timeline,
        keyframes=tuple(key for key in ordered if isinstance(key, Keyframe)),
        numbers=numbers,
        directions=tuple(known[key] for key in sorted(known) if key in gone_along),
    )


def with_layers(
    project: Project,
    canvas: Canvas,
    layers: Sequence[Layer],
    label: str,
    *,
    arriving: Asset | None = None,
    groups: Sequence[Group] | None = None,
) -> Edit:
    """The edit that gives a canvas other layers.

    Keys that no layer could follow go, groups that nothing is in any more, and the renders
    that nothing shows any more.

    Args:
        arriving: an asset that stays, because a layer is about to show it.
        groups: the canvas's from now on; when left out they stay.
    """
    table = {layer.id: layer for layer in layers}
    old = canvas.timeline
    keys = tuple(key for key in old.all_keys if fits_key(table.get(key.layer), key))
    timeline = old if len(keys) == len(old.all_keys) else with_keys(old, keys)
    kept = _peopled(canvas.groups if groups is None else groups, layers)
    after = revised(canvas, layers=tuple(layers), groups=kept, timeline=timeline)
    edit = replaced(label, "canvases", canvas, after)
    return merge(edit, leaving(project, canvas, after, arriving))


def _peopled(groups: Sequence[Group], layers: Sequence[Layer]) -> tuple[Group, ...]:
    """The groups that some layer is in, itself or in a group within."""
    table, used = {group.id: group for group in groups}, set[str]()
    for layer in layers:
        parent = layer.parent
        while parent in table and parent not in used:
            used.add(parent)
            parent = table[parent].parent
    return tuple(group for group in groups if group.id in used)
