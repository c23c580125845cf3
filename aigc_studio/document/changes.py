"""The edits people make, by name; each looks at the project and returns an `Edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
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

E = TypeVar("E", Asset, Collection, Model)


def revised(entity: E, **fields: object) -> E:
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
    """Add assets with the recipes they name; what is there already is left as it is."""
    made = {recipe_id(recipe): recipe for recipe in recipes}
    changes = [
        Change(table="recipes", key=key, after=recipe)
        for key, recipe in made.items()
        if key not in project.recipes
    ]
    fresh = {asset.id: asset for asset in assets if asset.id not in project.assets}
    changes += [Change(table="assets", key=key, after=asset) for key, asset in fresh.items()]
    return Edit(label=label or "Add assets", changes=tuple(changes))


def add_asset(project: Project, asset: Asset, recipe: Recipe | None = None) -> Edit:
    """Add one asset, with the recipe that made it."""
    recipes = () if recipe is None else (recipe,)
    return add_assets(project, [asset], recipes, label=f'Add "{asset.name}"'[:200])


def set_caption(project: Project, asset_id: str, words: str, language: str = "en") -> Edit:
    """Set an asset's caption in one language; empty words remove it."""
    captions = dict(_there(project.assets, asset_id).captions)
    captions.pop(language, None)
    if words:
        captions[language] = words
    return edit_asset(project, asset_id, label="Change a caption", captions=captions)


def edit_asset(
    project: Project, asset_id: str, *, label: str = "Change an asset", **fields: object
) -> Edit:
    """Change `name`, `tags`, `captions`, `author` or `rights` of an asset."""
    asset = _there(project.assets, asset_id)
    return _replace(label, "assets", asset, revised(asset, **fields))


def remove_assets(project: Project, asset_ids: Group[str]) -> Edit:
    """Remove assets, from every collection too; payloads stay until the next open."""
    gone = set(asset_ids)
    changes = [
        Change(table="assets", key=key, before=_there(project.assets, key)) for key in sorted(gone)
    ]
    for key, collection in project.collections.items():
        left = tuple(item for item in collection.items if item not in gone)
        if left != collection.items:
            after = revised(collection, items=left)
            changes.append(Change(table="collections", key=key, before=collection, after=after))
    return Edit(label="Remove assets", changes=tuple(changes))


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
    collection = _there(project.collections, collection_id)
    return _replace(label, "collections", collection, revised(collection, **fields))


def extend_collection(project: Project, collection_id: str, items: Iterable[str]) -> Edit:
    """Append assets to a collection, each at most once."""
    collection = _there(project.collections, collection_id)
    together = tuple(dict.fromkeys((*collection.items, *items)))
    return edit_collection(project, collection_id, label="Add to a collection", items=together)


def rename_collection(project: Project, collection_id: str, name: str) -> Edit:
    """Rename a collection; a taken name is refused when the edit is applied."""
    return edit_collection(project, collection_id, label="Rename a collection", name=name)


def remove_collection(project: Project, collection_id: str) -> Edit:
    """Remove a collection; its assets stay."""
    collection = _there(project.collections, collection_id)
    return _replace("Remove a collection", "collections", collection, None)


def add_model(project: Project, model: Model) -> Edit:
    """Add a model under a free name (a taken one gets " 2")."""
    named = revised(model, name=free_name(project, "models", model.name))
    change = Change(table="models", key=named.id, after=named)
    return Edit(label="Add a model", changes=(change,))


def rename_model(project: Project, model_id: str, name: str) -> Edit:
    """Rename a model (a taken name gets " 2")."""
    model = _there(project.models, model_id)
    free = free_name(project, "models", name, but=model_id)
    return _replace("Rename a model", "models", model, revised(model, name=free))


def remove_model(project: Project, model_id: str) -> Edit:
    """Remove a model; its weights stay until the next open."""
    return _replace("Remove a model", "models", _there(project.models, model_id), None)


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


def made(kind: type[E], /, **fields: object) -> E:
    """A new entity, checked.

    Raises:
        StudioError: a value that does not fit its field.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise invalid(error) from error


def _there(table: Mapping[str, E], key: str) -> E:
    if key not in table:
        raise StudioError(
            f"There is no {key} in the project.", kept="Nothing was changed.", kind="missing"
        )
    return table[key]


def _replace(label: str, table: Table, before: E, after: E | None) -> Edit:
    change = Change(table=table, key=before.id, before=before, after=after)
    return Edit(label=label, changes=() if before == after else (change,))
