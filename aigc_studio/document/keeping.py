"""Results that stay: generated pictures become assets which keep their recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.renders import render_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Asset
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
    with store.gesture("Keep results"):
        store.apply(changes.add_assets(store.project, assets, recipes[: len(assets)]))
        ids = [asset.id for asset in assets]
        store.apply(changes.add_collection(store.project, collection, ids))
    return assets


def keep_result(
    store: Store,
    picture: Image,
    recipe: Recipe,
    model: ChosenModel,
    name: str,
    collection: str,
) -> Asset:
    """Add one result to the project and to a collection, as one step; the caller saves.

    Args:
        collection: extended when one of this name is there, made when not.

    Raises:
        StudioError: the disk refuses, or the collection is of another medium.
    """
    asset = _asset(store, picture, recipe, model, name)
    with store.gesture(f'Keep "{name}"'[:200]):
        store.apply(changes.add_asset(store.project, asset, recipe))
        found = [c for c in store.project.collections.values() if c.name == collection]
        if not found:
            store.apply(changes.add_collection(store.project, collection, [asset.id]))
        elif found[0].modality is asset.kind:
            store.apply(changes.extend_collection(store.project, found[0].id, [asset.id]))
        else:
            raise StudioError(
                f'"{collection}" does not hold pictures.',
                kept="Nothing was changed.",
                todo="Choose another collection.",
                kind="input",
            )
    return asset


def _asset(store: Store, picture: Image, recipe: Recipe, model: ChosenModel, name: str) -> Asset:
    return changes.revised(render_of(store, picture, recipe, model, name), render=False)
