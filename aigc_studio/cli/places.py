"""The project a command works on: a folder, or the word `starter`."""

import sys
from pathlib import Path

from aigc_studio.base.errors import StudioError
from aigc_studio.document import starter
from aigc_studio.document.store import Store


def as_path(word: str) -> Path:
    """A path as typed in a shell that does not expand `~`."""
    try:
        return Path(word).expanduser()
    except RuntimeError as error:
        raise StudioError(f"{word} is no folder: {error}.", kind="missing") from error


def folder_of(word: str) -> Path:
    """The project's folder; for `starter` a fresh temporary copy (`./starter` is a folder)."""
    if word != starter.WORD:
        return as_path(word).absolute()
    copy = starter.temporary_copy()
    note(f"Working on a temporary copy of the starter project: {copy}")
    return copy


def reading(word: str) -> Store:
    """The project as it was last saved; works while somebody else has it open."""
    return Store.open(folder_of(word), read_only=True)


def writing(word: str | Path) -> Store:
    """The project, locked for this command.

    Raises:
        StudioError: kind "busy", naming the holder.
    """
    store = Store.open(folder_of(word) if isinstance(word, str) else word)
    if store.recovered:
        edits = "edit was" if store.recovered == 1 else "edits were"
        note(f"{store.recovered} unsaved {edits} recovered from an earlier session.")
    for model in store.adopted:
        note(f'The model "{model.name}" of a finished run was taken in.')
    return store


def note(words: str) -> None:
    """Say something by the way, on stderr."""
    encoding = sys.stderr.encoding or "utf-8"
    print(words.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)  # noqa: T201
