"""Results that stay: generated pictures become assets which keep their recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.catalog.latent import Modality
from aigc_studio.document import changes
from aigc_studio.document.model import Asset, asset_id, now, recipe_id
from aigc_studio.document.results import provenance_of
from aigc_studio.media.encode import encode_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.store import Store
    from aigc_studio.media.image import Image


def keep_exports(
    store: Store,
    pictures: Sequence[Image],
    recipes: Sequence[Recipe],
    model: ChosenModel,
    collection: str,
) -> list[Asset]:
    """Add results to the project and to a new collection, as one step; the caller saves.

    Args:
        recipes: of the pictures, in the same order; longer ones are cut.

    Raises:
        StudioError: the disk refuses.
    """
    assets = [
        _asset(store, picture, recipe, model, f"{model.name} {number}")
        for number, (picture, recipe) in enumerate(zip(pictures, recipes, strict=False), start=1)
    ]
    with store.gesture(f"Keep {len(assets)} results"):
        store.apply(changes.add_assets(store.project, assets, recipes[: len(assets)]))
        ids = [asset.id for asset in assets]
        store.apply(changes.add_collection(store.project, collection, ids))
    return assets


def _asset(store: Store, picture: Image, recipe: Recipe, model: ChosenModel, name: str) -> Asset:
    provenance = provenance_of(recipe, model, name)
    sha256, size = store.add_payload(encode_bytes(picture, "png", provenance), "png")
    return changes.made(
        Asset,
        id=asset_id(store.project, sha256),
        kind=Modality.IMAGE,
        sha256=sha256,
        extension="png",
        name=name[:200],
        bytes=size,
        width=picture.width,
        height=picture.height,
        author=provenance.author[:1000],
        rights=provenance.rights[:1000],
        recipe=recipe_id(recipe),
        created=now(),
    )
