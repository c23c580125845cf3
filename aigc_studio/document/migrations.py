"""Old manifests made new: one pure dict -> dict step per schema version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.model import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Document = dict[str, object]


def _add_canvases(document: Document) -> Document:
    """1 -> 2: canvases, and presets of the latent dock."""
    return {"canvases": {}, "presets": {}, **document}


def _as_it_was(document: Document) -> Document:
    """2 -> 3: what is new has a value of its own when nothing is said."""
    return document


def _as_it_is(edit: object) -> object:
    return edit


# MIGRATIONS[n] makes a document of version n one of version n + 1. A step is written once and
# never edited; each released version keeps a bundle in tests/museum.
MIGRATIONS: Mapping[int, Callable[[Document], Document]] = {1: _add_canvases, 2: _as_it_was}
# The same for edits in the journal of an older studio that ended without saving.
EDIT_MIGRATIONS: Mapping[int, Callable[[object], object]] = {1: _as_it_is, 2: _as_it_is}


def migrated(
    document: object,
    what: str,
    *,
    steps: Mapping[int, Callable[[Document], Document]] = MIGRATIONS,
    current: int = SCHEMA_VERSION,
) -> Document:
    """`document` as the current version writes it; it is itself left as it is.

    Args:
        document: parsed JSON with a `schema_version`.
        what: what is being read, for the message.
        steps, current: the migrations and where they lead.

    Raises:
        StudioError: kind "input" for a newer version, "hostile" for what is no document.
    """
    version = document.get("schema_version") if isinstance(document, dict) else None
    if not isinstance(document, dict) or type(version) is not int or version < 1:
        raise StudioError(
            f"{what} does not say which version of the format it has.",
            kept="Nothing was changed.",
            todo="Use a copy from a source you trust.",
            kind="hostile",
        )
    if version > current:
        raise _newer(what, version, current)
    for number in range(version, current):
        document = {**steps[number](dict(document)), "schema_version": number + 1}
    return document


def migrated_edit(edit: object, version: int) -> object:
    """An edit that a journal of format `version` holds, as parsed JSON, in the current format."""
    for number in range(version, SCHEMA_VERSION):
        edit = EDIT_MIGRATIONS[number](edit)
    return edit


def _newer(what: str, version: int, current: int) -> StudioError:
    return StudioError(
        f"{what} was saved by a newer studio (format {version}; this one reads up to {current}).",
        kept="Nothing was changed.",
        todo="Install a newer version of AIGC Studio to open it.",
        kind="input",
    )
