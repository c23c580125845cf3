"""Pictures that are there for layers alone: they come and go with what shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.catalog.latent import Modality
from aigc_studio.document.canvas_credits import layers_provenance, with_sources
from aigc_studio.document.changes import made, shown_assets
from aigc_studio.document.edits import Change, Edit
from aigc_studio.document.export_files import provenance_of
from aigc_studio.document.model import Asset, asset_id, now, recipe_id
from aigc_studio.document.rendering import flattened
from aigc_studio.document.stacking import layers_in
from aigc_studio.media.encode import encode_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Project
    from aigc_studio.document.rendering import PictureOf
    from aigc_studio.document.store import Store
    from aigc_studio.media.image import Image
    from aigc_studio.media.provenance import Provenance


def render_of(
    store: Store,
    picture: Image,
    recipe: Recipe,
    model: ChosenModel,
    name: str,
    sources: Provenance | None = None,
) -> Asset:
    """Take in what a living layer is to show; an edit then brings the asset it returns.

    Args:
        sources: where the pictures come from that the model made it of.

    Raises:
        StudioError: the disk refuses.
    """
    provenance = provenance_of(recipe, model, name)
    if sources is not None:
        provenance = with_sources(provenance, sources)
    png = encode_bytes(picture, "png", provenance)
    return _kept(store, png, picture.size, **_named(provenance), recipe=recipe_id(recipe))


def flat_png(
    project: Project, canvas: Canvas, layer_ids: Collection[str], picture_of: PictureOf
) -> tuple[bytes, tuple[int, int]]:
    """Layers as one picture, for `flat_of`: the bytes of its file, width and height.

    Raises:
        StudioError: a payload is missing or is no picture.
    """
    picture = flattened(project, canvas, layer_ids, picture_of)
    return encode_bytes(picture, "png", _credits(project, canvas, layer_ids)), picture.size


def flat_of(
    store: Store,
    png: bytes,
    size: tuple[int, int],
    canvas: Canvas,
    layer_ids: Collection[str],
) -> Asset:
    """Take in layers that became one picture, for `laying.flatten_layers`.

    Args:
        png, size: see `flat_png`.

    Raises:
        StudioError: the disk refuses.
    """
    provenance = _credits(store.project, canvas, layer_ids)
    generated = bool(provenance.digital_source_type)
    return _kept(store, png, size, **_named(provenance), generated=generated)


def _credits(project: Project, canvas: Canvas, layer_ids: Collection[str]) -> Provenance:
    layers = layers_in(canvas, layer_ids)
    return layers_provenance(project, layers, canvas.name)


def pasted(store: Store, png: bytes, size: tuple[int, int], name: str) -> Asset:
    """Take in a picture that came from another program, for `laying.add_picture`.

    Args:
        png: the bytes of its file.
        size: width and height, in pixels.

    Raises:
        StudioError: the disk refuses.
    """
    return _kept(store, png, size, name=name)


def painted(store: Store, png: bytes, size: tuple[int, int], name: str) -> Asset:
    """Take in what a brush painted, for `mask_edits`: a mask, or a touch-up layer's picture.

    Args:
        png, size: as in `pasted`.

    Raises:
        StudioError: the disk refuses.
    """
    return _kept(store, png, size, name=name)


def _named(provenance: Provenance) -> dict[str, str]:
    return {
        "name": provenance.title[:200],
        "author": provenance.author[:1000],
        "rights": provenance.rights[:1000],
    }


def _kept(store: Store, png: bytes, size: tuple[int, int], **fields: object) -> Asset:
    sha256, length = store.add_payload(png, "png")
    key = asset_id(store.project, sha256)
    return store.project.assets.get(key) or made(
        Asset,
        id=key,
        kind=Modality.IMAGE,
        sha256=sha256,
        extension="png",
        bytes=length,
        width=size[0],
        height=size[1],
        render=True,
        created=now(),
        **fields,
    )


def showing(project: Project, asset: Asset, recipe: Recipe | None) -> Edit:
    """Bring what a layer is to show, and its recipe; what is there already stays as it is."""
    changes = []
    if asset.id not in project.assets:
        changes.append(Change(table="assets", key=asset.id, after=asset))
        key = "" if recipe is None else recipe_id(recipe)
        if key and key not in project.recipes:
            changes.append(Change(table="recipes", key=key, after=recipe))
    return Edit(label="Show a picture", changes=tuple(changes))


def leaving(
    project: Project, before: Canvas, after: Canvas | None, arriving: Asset | None = None
) -> Edit:
    """Take away the renders that nothing shows once `before` has become `after`.

    Args:
        arriving: what is about to be shown; it stays, and its recipe.
    """
    stays = arriving.id if arriving else ""
    gone = [
        asset
        for asset in _no_longer_shown(project, before, after)
        if asset.render and asset.id != stays and not _collected(project, asset.id)
    ]
    changes = [Change(table="assets", key=asset.id, before=asset) for asset in gone]
    ids = {asset.id for asset in gone}
    recipes = {asset.recipe for asset in gone if asset.recipe}
    recipes -= {arriving.recipe} if arriving else set()
    if recipes:
        recipes -= {asset.recipe for key, asset in project.assets.items() if key not in ids}
    changes += [
        Change(table="recipes", key=key, before=project.recipes[key]) for key in sorted(recipes)
    ]
    return Edit(label="Take pictures away", changes=tuple(changes))


def _no_longer_shown(project: Project, before: Canvas, after: Canvas | None) -> Iterator[Asset]:
    was = before.assets
    left = set(after.assets) if after else set()
    if left.issuperset(was):
        return
    shown = shown_assets(project)
    shown.subtract(was)
    for key in dict.fromkeys(was):
        if key not in left and shown[key] <= 0:
            yield project.assets[key]


def _collected(project: Project, asset_id: str) -> bool:
    return any(asset_id in collection.items for collection in project.collections.values())
