"""The project that ships with the studio: never opened itself, only copied."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, link_or_copy
from aigc_studio.base.paths import resources
from aigc_studio.document.manifest import MANIFEST, is_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.document.store import Store

WORD = "starter"
FOLDER = "Starter.aigc"


def shipped_project() -> Path:
    """The folder of the shipped project.

    Raises:
        StudioError: kind "missing", it was not installed.
    """
    folder = resources() / "starter" / "project" / FOLDER
    if not is_bundle(folder):
        raise StudioError(
            "The starter project is not installed.",
            kept="Your own projects work all the same.",
            todo="Install the studio again, or name a project of your own.",
            kind="missing",
        )
    return folder


def temporary_copy() -> Path:
    """A copy for a command, of hard links, so that it costs next to nothing.

    For the window's, see `starter_copies`. This one outlives the command that made it, so that
    what it left there can be looked at; the system clears its folder for temporary files.

    Raises:
        StudioError: it was not installed, or the disk refuses.
    """
    return copy_to(Path(tempfile.mkdtemp(prefix="aigc-starter-")))


def copy_to(parent: Path) -> Path:
    """A copy of the shipped project inside a folder that is there.

    Raises:
        StudioError: it was not installed, or the disk refuses.
    """
    source, target = shipped_project(), parent / FOLDER
    with disk_errors(target):
        target.mkdir()
        for path in _files(source):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.parent == source:
                copy.write_bytes(path.read_bytes())  # the manifest is not immutable
            else:
                link_or_copy(path, copy)
    return target


def _files(folder: Path) -> Iterator[Path]:
    from aigc_studio.document import bundle

    # What a process that has it open would write (lock, journal, runs) is not part of it.
    yield folder / MANIFEST
    for name in (bundle.ASSETS, bundle.MODELS):
        yield from (path for path in (folder / name).rglob("*") if path.is_file())


def shipped() -> Store:
    """The shipped project, for reading only."""
    from aigc_studio.document.store import Store

    return Store.open(shipped_project(), read_only=True)
