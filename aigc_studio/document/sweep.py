"""Sweeping: what nothing refers to any more leaves the disk, only at open and under the lock."""

from __future__ import annotations

import contextlib
import re
import shutil
from typing import TYPE_CHECKING

from aigc_studio.base.files import ASIDE
from aigc_studio.base.log import topic
from aigc_studio.document import payloads
from aigc_studio.document.bundle import ASSETS, JOURNAL, MODELS, RUNS, SPEC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.document.model import Project

log = topic("sweep")
_HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_MODEL = re.compile(r"[0-9a-f]{64}")


def sweep(folder: Path, project: Project) -> list[str]:
    """Remove payloads, models and unfinished files that nobody refers to.

    Spared is what the project, the journal and the specs of runs name. Files of other names
    are not ours and stay.

    Args:
        folder: the bundle, locked by this process.
        project: with the journal's edits replayed.

    Returns:
        The names of what was removed.
    """
    removed = []
    for path in orphans(folder, project):
        with contextlib.suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            removed.append(path.name)
    if removed:
        log.info("swept %d files of %s", len(removed), folder.name)
    return removed


def orphans(folder: Path, project: Project) -> Iterator[Path]:
    """What `sweep` would remove."""
    spared = _spared(folder, project)
    for path in _entries(folder):
        if path.name.startswith(ASIDE):
            yield path
    for path in _entries(folder / ASSETS):
        named = payloads.NAME.fullmatch(path.name)
        if path.name.startswith(ASIDE) or (named and named[1] not in spared):
            yield path
    for path in _entries(folder / MODELS):
        unnamed = _MODEL.fullmatch(path.name) and path.name not in spared
        if path.name.startswith(ASIDE) or unnamed:
            yield path


def _spared(folder: Path, project: Project) -> set[str]:
    spared = {asset.sha256 for asset in project.assets.values()} | set(project.models)
    # Whatever looks like a hash in a journal or a spec is spared, without understanding the
    # rest: an older or newer spec, or a torn line, must not cost a payload.
    texts = [folder / JOURNAL, *(run / SPEC for run in _entries(folder / RUNS))]
    for text in texts:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            spared.update(match.decode() for match in _HASH.findall(text.read_bytes()))
    return spared


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return []
