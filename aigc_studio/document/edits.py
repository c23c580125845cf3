"""Edits are values with an inverse: what each entity was before, and what it is after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from aigc_studio.base.errors import StudioError
from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.canvas import Canvas, Preset
from aigc_studio.document.direction import Direction
from aigc_studio.document.model import Asset, Collection, Model, Project, Table, inconsistency

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = Asset | Collection | Model | Recipe | Canvas | Preset | Direction | str
_TYPES: dict[str, type] = {
    "project": str,
    "assets": Asset,
    "collections": Collection,
    "models": Model,
    "recipes": Recipe,
    "canvases": Canvas,
    "presets": Preset,
    "directions": Direction,
}
PROJECT_FIELDS = ("name", "author", "rights")


class Change(Frozen):
    """One entity (or one field of the project, table "project") before and after.

    Attributes:
        table: name of the table in `Project`, or "project".
        key: id of the entity, or name of the project's field.
        before, after: the entity; None where it is not there.
    """

    table: Literal["project"] | Table
    key: Annotated[str, Field(max_length=64)]
    before: Value | None = None
    after: Value | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wanted = _TYPES[self.table]
        values = [value for value in (self.before, self.after) if value is not None]
        if any(type(value) is not wanted for value in values):
            raise ValueError(f"this does not belong into {self.table}")
        if self.table == "project" and (self.key not in PROJECT_FIELDS or len(values) < 2):
            raise ValueError(f"the project has no {self.key} to be edited")
        return self


class Edit(Frozen):
    """Changes that happen together, each entity once, under a name for the undo menu."""

    label: Annotated[str, Field(max_length=200)]
    changes: tuple[Change, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(change.table, change.key) for change in self.changes}) < len(self.changes):
            raise ValueError("an edit changes each entity once")
        return self


def apply(project: Project, edit: Edit) -> Project:
    """The project after `edit`; whatever it does not touch is shared with `project`.

    Raises:
        StudioError: the edit was made for another state, or would leave the project
            inconsistent (a name taken twice, an asset missing that a collection holds).
    """
    updates: dict[str, object] = {}
    for table in dict.fromkeys(change.table for change in edit.changes):
        changes = [change for change in edit.changes if change.table == table]
        if table == "project":
            updates.update(_new_fields(project, changes, edit))
        else:
            updates[table] = _new_table(dict(project.table(table)), changes, edit)
    after = project.model_copy(update=updates)
    fault = _fault(after, edit)
    if fault:
        raise _refused(edit, fault, "Choose otherwise, for example another name.")
    return after


def _new_fields(project: Project, changes: Iterable[Change], edit: Edit) -> dict[str, object]:
    changes = list(changes)
    if any(getattr(project, change.key) != change.before for change in changes):
        raise _conflict(edit)
    fields = {change.key: change.after for change in changes}
    try:
        Project.model_validate({"id": project.id, "name": project.name, **fields})
    except ValidationError as error:
        raise invalid(error) from error
    return dict(fields)


def _new_table(table: dict[str, Value], changes: Iterable[Change], edit: Edit) -> dict[str, Value]:
    for change in changes:
        if table.get(change.key) != change.before:
            raise _conflict(edit)
        if change.after is None:
            table.pop(change.key, None)
        else:
            table[change.key] = change.after
    return table


def _fault(after: Project, edit: Edit) -> str:
    # Looking at everything costs a millisecond in a large project; words on pictures, which
    # are edited most, cannot break anything else.
    if all(
        isinstance(change.before, Asset)
        and isinstance(change.after, Asset)
        and (change.before.recipe, change.before.kind) == (change.after.recipe, change.after.kind)
        and change.after.id == change.key
        for change in edit.changes
    ):
        return ""
    return inconsistency(after)


def inverse(edit: Edit) -> Edit:
    """The edit that takes `edit` back."""
    swapped = (
        change.model_copy(update={"before": change.after, "after": change.before})
        for change in edit.changes
    )
    return edit.model_copy(update={"changes": tuple(swapped)})


def merge(first: Edit, second: Edit) -> Edit:
    """One edit that does `first`, then `second`; what ends as it began is left out."""
    table = {(change.table, change.key): change for change in first.changes}
    for change in second.changes:
        place = (change.table, change.key)
        earlier = table.get(place)
        table[place] = earlier.model_copy(update={"after": change.after}) if earlier else change
    kept = tuple(change for change in table.values() if change.before != change.after)
    return Edit(label=first.label, changes=kept)


def invalid(error: ValidationError) -> StudioError:
    """A pydantic complaint on something a person entered, in words."""
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return StudioError(
        f"{name or 'This'} cannot be {str(first['input'])[:80]!r}: {first['msg']}.",
        kept="Nothing was changed.",
        todo="Enter something else.",
        kind="input",
    )


def _conflict(edit: Edit) -> StudioError:
    return _refused(
        edit, "the project has changed since it was made", "Do it again on the project as it is."
    )


def _refused(edit: Edit, reason: str, todo: str) -> StudioError:
    return StudioError(
        f'"{edit.label}" cannot be done: {reason}.',
        kept="Nothing was changed.",
        todo=todo,
        kind="input",
    )
