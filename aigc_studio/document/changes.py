"""The edits people make, by name; each looks at the project and returns an `Edit`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.base.frozen import Frozen
from aigc_studio.document.canvas import Canvas, Preset
from aigc_studio.document.direction import Direction
from aigc_studio.document.edits import Change, Edit, invalid
from aigc_studio.document.model import (
    Asset,
    Collection,
    Model,
    Project,
    Table,
    new_id,
    recipe_id,
)

if TYPE_CHECKING:
    from collections.abc import Collection as Group
    from collections.abc import Iterable, Mapping, Sequence

    from aigc_studio.catalog.latent import Modality
    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.media.preparation import Preparation

E = TypeVar("E", Asset, Collection, Model, Canvas, Preset, Direction)
V = TypeVar("V", bound=Frozen)


def revised(entity: V, **fields: object) -> V:
    """`entity` with other values in some fields, checked.

    Raises:
        StudioError: a value that does not fit its field.
    """
    try:
        return type(entity).model_validate({**dict(entity), **fields})
    except ValidationError as error:
        raise invalid(error) from error


def set_project(project: Project, **fields: str) -> Edit:
    """Change `name`, `author` or `rights` of the project."""
    changes = (
        Change(table="project", key=key, before=getattr(project, key), after=value)
        for key, value in fields.items()
        if getattr(project, key, None) != value
    )
    return Edit(label="Change the project's details", changes=tuple(changes))


def add_assets(
    project: Project, assets: Iterable[Asset], recipes: Iterable[Recipe] = (), *, label: str = ""
) -> Edit:
    """Add assets with the recipes they name; what is there already is left as it is.

    Only what is there for layers alone then stands in the library too.
    """
    made = {recipe_id(recipe): recipe for recipe in recipes}
    changes = [
        Change(table="recipes", key=key, after=recipe)
        for key, recipe in made.items()
        if key not in project.recipes
    ]
    for key, asset in {asset.id: asset for asset in assets}.items():
        known = project.assets.get(key)
        if known is None:
            changes.append(Change(table="assets", key=key, after=asset))
        elif known.render and not asset.render:
            shown = revised(known, render=False)
            changes.append(Change(table="assets", key=key, before=known, after=shown))
    return Edit(label=label or "Add assets", changes=tuple(changes))


def add_asset(project: Project, asset: Asset, recipe: Recipe | None = None) -> Edit:
    """Add one asset, with the recipe that made it."""
    recipes = () if recipe is None else (recipe,)
    return add_assets(project, [asset], recipes, label=f'Add "{asset.name}"'[:200])


def set_caption(project: Project, asset_id: str, words: str, language: str = "en") -> Edit:
    """Set an asset's caption in one language; empty words remove it."""
    captions = dict(there(project.assets, asset_id).captions)
    captions.pop(language, None)
    if words:
        captions[language] = words
    return edit_asset(project, asset_id, label="Change a caption", captions=captions)


def edit_asset(
    project: Project, asset_id: str, *, label: str = "Change an asset", **fields: object
) -> Edit:
    """Change `name`, `tags`, `captions`, `author` or `rights` of an asset."""
    asset = there(project.assets, asset_id)
    return replaced(label, "assets", asset, revised(asset, **fields))


def remove_assets(project: Project, asset_ids: Group[str]) -> Edit:
    """Remove assets, from every collection too; payloads stay until the next open.

    What a layer shows leaves the library but stays in the project, as the layer's render.
    """
    gone, shown = set(asset_ids), shown_assets(project)
    changes = []
    for key in sorted(gone):
        asset = there(project.assets, key)
        left = revised(asset, render=True) if key in shown else None
        if left != asset:
            changes.append(Change(table="assets", key=key, before=asset, after=left))
    for key, collection in project.collections.items():
        items = tuple(item for item in collection.items if item not in gone)
        if items != collection.items:
            after = revised(collection, items=items)
            changes.append(Change(table="collections", key=key, before=collection, after=after))
    return Edit(label="Remove assets", changes=tuple(changes))


def shown_assets(project: Project) -> Counter[str]:
    """How many layers and masks show each asset; assets that none shows are left out."""
    return Counter(key for canvas in project.canvases.values() for key in canvas.assets)


def keep_render(project: Project, asset_id: str) -> Edit:
    """Show a layer's render in the library too; it then stays when the layer goes."""
    return edit_asset(project, asset_id, label="Keep a picture", render=False)


def add_collection(
    project: Project,
    name: str,
    items: Sequence[str] = (),
    *,
    modality: Modality | None = None,
    preparation: Preparation | None = None,
) -> Edit:
    """Add a collection under a free name (a taken one gets " 2")."""
    given = {"modality": modality, "preparation": preparation}
    collection = made(
        Collection,
        id=new_id(),
        name=free_name(project, "collections", name),
        items=tuple(items),
        **{key: value for key, value in given.items() if value is not None},
    )
    change = Change(table="collections", key=collection.id, after=collection)
    return Edit(label="Add a collection", changes=(change,))


def edit_collection(
    project: Project, collection_id: str, *, label: str = "Change a collection", **fields: object
) -> Edit:
    """Change `name`, `items` or `preparation` of a collection."""
    collection = there(project.collections, collection_id)
    return replaced(label, "collections", collection, revised(collection, **fields))


def extend_collection(project: Project, collection_id: str, items: Iterable[str]) -> Edit:
    """Append assets to a collection, each at most once."""
    collection = there(project.collections, collection_id)
    together = tuple(dict.fromkeys((*collection.items, *items)))
    return edit_collection(project, collection_id, label="Add to a collection", items=together)


def rename_collection(project: Project, collection_id: str, name: str) -> Edit:
    """Rename a collection; a taken name is refused when the edit is applied."""
    return edit_collection(project, collection_id, label="Rename a collection", name=name)


def remove_collection(project: Project, collection_id: str) -> Edit:
    """Remove a collection; its assets stay."""
    collection = there(project.collections, collection_id)
    return replaced("Remove a collection", "collections", collection, None)


def add_model(project: Project, model: Model) -> Edit:
    """Add a model under a free name (a taken one gets " 2")."""
    named = revised(model, name=free_name(project, "models", model.name))
    change = Change(table="models", key=named.id, after=named)
    return Edit(label="Add a model", changes=(change,))


def rename_model(project: Project, model_id: str, name: str) -> Edit:
    """Rename a model (a taken name gets " 2")."""
    model = there(project.models, model_id)
    free = free_name(project, "models", name, but=model_id)
    return replaced("Rename a model", "models", model, revised(model, name=free))


def remove_model(project: Project, model_id: str) -> Edit:
    """Remove a model; its weights stay until the next open."""
    return replaced("Remove a model", "models", there(project.models, model_id), None)


def free_name(project: Project, table: Table, wanted: str, *, but: str = "") -> str:
    """`wanted`, or with " 2", " 3" ... when another entity of `table` bears it."""
    others = project.table(table).items()
    taken = {getattr(entity, "name", "") for key, entity in others if key != but}
    name = base = wanted.strip()[:190] or "Untitled"
    number = 2
    while name in taken:
        name = f"{base} {number}"
        number += 1
    return name


def made(kind: type[V], /, **fields: object) -> V:
    """A new entity, checked.

    Raises:
        StudioError: a value that does not fit its field.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise invalid(error) from error


def there(table: Mapping[str, E], key: str) -> E:
    """The entry of a table.

    Raises:
        StudioError: kind "missing".
    """
    if key not in table:
        raise StudioError(
            f"There is no {key} in the project.", kept="Nothing was changed.", kind="missing"
        )
    return table[key]


def replaced(label: str, table: Table, before: E | None, after: E | None) -> Edit:
    """The edit that puts `after` in the place of `before`; None is nothing."""
    key = next(entity.id for entity in (before, after) if entity is not None)
    change = Change(table=table, key=key, before=before, after=after)
    return Edit(label=label, changes=() if before == after else (change,))
