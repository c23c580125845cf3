"""The filters of layers: an ordered list, each on or off, each with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import layer_of
from aigc_studio.document.changes import revised, there
from aigc_studio.document.layer_edits import edit_layers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.filters import Filter


def add_filter(project: Project, canvas_id: str, layer_id: str, given: Filter) -> Edit:
    """Put a filter behind those that a layer has."""
    filters = (*_filters(project, canvas_id, layer_id), given)
    return _set(project, canvas_id, layer_id, filters, "Add a filter")


def edit_filter(project: Project, canvas_id: str, layer_id: str, at: int, **fields: object) -> Edit:
    """Change numbers of a filter, or turn it on or off (`enabled`)."""
    filters = _filters(project, canvas_id, layer_id)
    after = revised(_one(filters, at), **fields)
    changed = (after if place == at else each for place, each in enumerate(filters))
    return _set(project, canvas_id, layer_id, changed, "Change a filter")


def move_filter(project: Project, canvas_id: str, layer_id: str, at: int, to: int) -> Edit:
    """Put a filter at another place of the list; too far is the end."""
    filters = list(_filters(project, canvas_id, layer_id))
    moved = _one(filters, at)
    del filters[at]
    filters.insert(max(to, 0), moved)
    return _set(project, canvas_id, layer_id, filters, "Reorder filters")


def remove_filter(project: Project, canvas_id: str, layer_id: str, at: int) -> Edit:
    """Take a filter away."""
    filters = list(_filters(project, canvas_id, layer_id))
    _one(filters, at)
    del filters[at]
    return _set(project, canvas_id, layer_id, filters, "Remove a filter")


def _filters(project: Project, canvas_id: str, layer_id: str) -> tuple[Filter, ...]:
    return layer_of(there(project.canvases, canvas_id), layer_id).filters


def _one(filters: tuple[Filter, ...] | list[Filter], at: int) -> Filter:
    if not 0 <= at < len(filters):
        raise StudioError("There is no such filter.", kept="Nothing was changed.", kind="missing")
    return filters[at]


def _set(
    project: Project, canvas_id: str, layer_id: str, filters: Iterable[Filter], label: str
) -> Edit:
    return edit_layers(project, canvas_id, {layer_id: {"filters": tuple(filters)}}, label)
