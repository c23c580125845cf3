"""Find things by what people call them: a name, an id, or the beginning of an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.document.model import Asset, Collection, Model, Project

E = TypeVar("E", "Asset", "Collection", "Model")
_SHORTEST = 6
_LISTED = 20


def find_model(project: Project, name: str) -> Model:
    """The model of this name or id (or the beginning of an id, six digits or more).

    Raises:
        StudioError: kind "missing"; the message lists the models there are.
    """
    return _find(project.models, name, "model")


def find_collection(project: Project, name: str) -> Collection:
    """The collection of this name or id.

    Raises:
        StudioError: kind "missing"; the message lists the collections there are.
    """
    return _find(project.collections, name, "collection")


def find_asset(project: Project, name: str) -> Asset:
    """The asset of this id, sha256 or name; names must be unambiguous.

    Raises:
        StudioError: kind "missing" for none, "input" for several.
    """
    by_hash = project.assets.get(name[:16]) if len(name) == 64 else None
    return by_hash if by_hash and by_hash.sha256 == name else _find(project.assets, name, "asset")


def _find(table: Mapping[str, E], name: str, what: str) -> E:
    if name in table:
        return table[name]
    found = [entity for entity in table.values() if entity.name == name]
    if not found and len(name) >= _SHORTEST:
        found = [entity for key, entity in table.items() if key.startswith(name)]
    if len(found) > 1:
        ids = ", ".join(entity.id[:16] for entity in found[:_LISTED])
        raise StudioError(
            f'{len(found)} {what}s answer to "{name}".',
            todo=f"Name one by id: {ids}.",
            kind="input",
        )
    if not found:
        raise _none(table, name, what)
    return found[0]


def _none(table: Mapping[str, E], name: str, what: str) -> StudioError:
    names = [f'"{entity.name}"' for entity in table.values()]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    there = (
        f"There are: {', '.join(names[:_LISTED])}{more}." if names else f"It has no {what}s yet."
    )
    return StudioError(f'The project has no {what} "{name}".', todo=there, kind="missing")
