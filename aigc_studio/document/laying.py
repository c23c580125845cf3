"""Pictures that come onto a canvas: found, pasted, copied, made by a model or of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from aigc_studio.document.canvas import Group, Layer
from aigc_studio.document.canvas_edits import require, with_layers
from aigc_studio.document.changes import made, revised, there
from aigc_studio.document.edits import merge
from aigc_studio.document.group_edits import gathered
from aigc_studio.document.model import new_id
from aigc_studio.document.renders import showing
from aigc_studio.document.stacking import layers_in, member_of, outermost, shared_group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Canvas, LatentPoint
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project


M = TypeVar("M", Layer, Group)


def add_layer(
    project: Project,
    canvas_id: str,
    asset_id: str,
    *,
    x: float | None = None,
    y: float | None = None,
) -> Edit:
    """Lay a picture of the library on top; larger ones are scaled to fit.

    Args:
        x, y: where its middle goes; the canvas's middle when left out.
    """
    canvas, asset = there(project.canvases, canvas_id), there(project.assets, asset_id)
    layer = _laid(canvas, asset, x, y)
    return with_layers(project, canvas, (*canvas.layers, layer), "Add a layer")


def add_picture(
    project: Project,
    canvas_id: str,
    asset: Asset,
    *,
    x: float | None = None,
    y: float | None = None,
) -> Edit:
    """As `add_layer`, for a picture that need not be in the project yet, see `renders.pasted`."""
    canvas = there(project.canvases, canvas_id)
    layers = (*canvas.layers, _laid(canvas, asset, x, y))
    edit = with_layers(project, canvas, layers, "Paste a picture", arriving=asset)
    return merge(edit, showing(project, asset, None))


def paste_layers(
    project: Project,
    canvas_id: str,
    layers: Iterable[Layer],
    pictures: Iterable[tuple[Asset, Recipe | None]],
    groups: Sequence[Group] = (),
) -> Edit:
    """Lay copies of layers on top, without keys; they may be of another canvas, or gone by now.

    Args:
        pictures: what they and their masks show, with its recipe; it need not be in the
            project any more.
        groups: those that layers keep together; of others they are taken out.
    """
    canvas = there(project.canvases, canvas_id)
    kept = {group.id: new_id() for group in groups}

    def copied(member: M) -> M:
        parent = kept.get(member.parent or "")
        return revised(member, id=kept.get(member.id) or new_id(), parent=parent)

    own = [copied(layer) for layer in layers]
    together = (*canvas.groups, *(copied(group) for group in groups))
    everything = (*canvas.layers, *own)
    edit = with_layers(project, canvas, everything, "Paste layers", groups=together)
    for asset, recipe in pictures:
        edit = merge(edit, showing(project, asset, recipe))
    return edit


def add_living(
    project: Project,
    canvas_id: str,
    asset: Asset,
    point: LatentPoint,
    recipe: Recipe | None = None,
    *,
    x: float | None = None,
    y: float | None = None,
    scale: float | None = None,
) -> Edit:
    """Lay a model's result on top, as a layer that remembers how to change.

    Args:
        scale: pixels of the canvas for one of the result; up to half the canvas when left out.
        asset: the result, which need not be in the project yet, see `keeping.render_of`.
        point: what it shows.
        recipe: of the asset, where it names one.
    """
    canvas = there(project.canvases, canvas_id)
    layer = _laid(canvas, asset, x, y, point)
    layer = layer if scale is None else revised(layer, scale=scale)
    edit = with_layers(project, canvas, (*canvas.layers, layer), "Add a living layer")
    return merge(edit, showing(project, asset, recipe))


def flatten_layers(project: Project, canvas_id: str, ids: Collection[str], asset: Asset) -> Edit:
    """Put one plain picture in the place of layers and groups, at the height of the highest.

    Args:
        asset: the layers drawn on a clear canvas, see `rendering.flattened` and
            `renders.flat_of`; it need not be in the project yet.
    """
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    chosen, parent = layers_in(canvas, ids), shared_group(canvas, outermost(canvas, ids))
    highest = member_of(canvas, next(iter(ids))) if len(ids) == 1 else chosen[-1]
    flat = revised(_laid(canvas, asset, None, None), name=highest.name, scale=1.0, parent=parent)
    gone = {layer.id for layer in chosen}
    layers = [
        flat if layer.id == chosen[-1].id else layer
        for layer in gathered(canvas, chosen, parent)
        if layer.id == chosen[-1].id or layer.id not in gone
    ]
    edit = with_layers(project, canvas, layers, "Flatten layers", arriving=asset)
    return merge(edit, showing(project, asset, None))


def _laid(
    canvas: Canvas,
    asset: Asset,
    x: float | None,
    y: float | None,
    living: LatentPoint | None = None,
) -> Layer:
    width, height = max(asset.width, 1), max(asset.height, 1)
    room = min(canvas.width, canvas.height) / 2
    # What a model made is often small: by whole steps up to about half the canvas.
    grown = max(room // max(width, height), 1) if living else 1
    scale = min(canvas.width / width, canvas.height / height, grown)
    return made(
        Layer,
        id=new_id(),
        name=asset.name,
        asset=asset.id,
        living=living,
        x=_middle(canvas.width, width * scale) if x is None else x,
        y=_middle(canvas.height, height * scale) if y is None else y,
        scale=max(scale, 0.01),
    )


def _middle(room: int, length: float) -> float:
    """Where the middle of something goes that begins on a whole pixel."""
    return (room - length) // 2 + length / 2
