"""Old manifests made new: one pure dict -> dict step per schema version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.model import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Document = dict[str, object]
# MIGRATIONS[n] makes a document of version n one of version n + 1. A step is written once and
# never edited; each released version keeps a bundle in tests/museum.
MIGRATIONS: Mapping[int, Callable[[Document], Document]] = {}


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


def _newer(what: str, version: int, current: int) -> StudioError:
    return StudioError(
        f"{what} was saved by a newer studio (format {version}; this one reads up to {current}).",
        kept="Nothing was changed.",
        todo="Install a newer version of AIGC Studio to open it.",
        kind="input",
    )
