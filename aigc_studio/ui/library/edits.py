"""Edits of the library that touch several pictures at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigc_studio.document import changes
from aigc_studio.document.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.model import Project

_LABELS = {
    "name": "Rename a picture",
    "author": "Change the author",
    "rights": "Change the rights",
}
_SEPARATOR = re.compile("[,;\uff0c\uff1b]")


def set_field(project: Project, asset_ids: Sequence[str], field: str, text: str) -> Edit:
    """Change one field of the details for all of these, as one step.

    Args:
        field: "name", "tags", "author", "rights", or a language for its caption.
    """
    edits = [_one(project, asset_id, field, text) for asset_id in asset_ids]
    together = tuple(change for edit in edits for change in edit.changes)
    return Edit(label=edits[0].label if edits else "", changes=together)


def _one(project: Project, asset_id: str, field: str, text: str) -> Edit:
    if field in ("en", "zh"):
        return changes.set_caption(project, asset_id, text, field)
    if field == "tags":
        tags = tuple(dict.fromkeys(filter(None, (t.strip() for t in _SEPARATOR.split(text)))))
        return changes.edit_asset(project, asset_id, label="Change tags", tags=tags)
    return changes.edit_asset(project, asset_id, label=_LABELS[field], **{field: text})
