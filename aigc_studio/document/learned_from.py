"""The collections that a training learns from: what must hold of them, and which second one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.deriving import derived_from, original_of
from aigc_studio.document.lookup import find_collection

if TYPE_CHECKING:
    from aigc_studio.catalog.families import Family
    from aigc_studio.document.model import Collection, Project


def require_trainable(collection: Collection, entry: Family) -> None:
    """Refuse a collection that a family cannot learn from.

    Raises:
        StudioError: kind "input", another medium, or nothing in it.
    """
    if collection.modality is not entry.modality:
        raise StudioError(
            f'"{collection.name}" holds {collection.modality.value}, and {entry.id} learns from '
            f"{entry.modality.value}s.",
            todo="Choose another collection or another family.",
            kind="input",
        )
    if not collection.items:
        raise StudioError(
            f'The collection "{collection.name}" is empty.',
            todo="Import pictures into it first.",
            kind="input",
        )


def second_collection(
    project: Project, wished: str | None, entry: Family, first: Collection
) -> Collection | None:
    """The second domain of a run, by name or id; None for a family that learns from one.

    Raises:
        StudioError: kind "input", one too many or too few, the same twice, or one that
            `require_trainable` refuses.
    """
    if not entry.pairs:
        if wished:
            raise StudioError(
                f"{entry.id} learns from one collection, not from two.",
                todo="Leave out the second one, or choose the family cogan.",
                kind="input",
            )
        return None
    if not wished:
        raise StudioError(
            f"{entry.id} learns from two collections, and only one was named.",
            todo="Name the other one too; on the command line with --pair NAME. `derive` makes "
            "one out of the first.",
            kind="input",
        )
    second = find_collection(project, wished)
    require_trainable(second, entry)
    if second.id == first.id:
        raise StudioError(
            "The two collections of a pair are the same one.",
            todo="Name two, such as pictures and their outlines.",
            kind="input",
        )
    return second


def fitting_seconds(project: Project, entry: Family, first: Collection) -> list[Collection]:
    """Every collection that `second_collection` takes beside the first one."""
    return [
        each
        for each in project.collections.values()
        if each.id != first.id and each.modality is entry.modality and each.items
    ]


def usual_second(project: Project, entry: Family, first: Collection) -> Collection | None:
    """The second collection to propose: the other look of the first one.

    None where only a person can tell what makes a pair.
    """
    other = derived_from(project, first) or original_of(project, first)
    return other if other in fitting_seconds(project, entry, first) else None
