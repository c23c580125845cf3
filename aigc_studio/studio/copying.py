"""A project copied as a whole, to go on with under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, link_or_copy
from aigc_studio.document import bundle
from aigc_studio.document.model import new_id

if TYPE_CHECKING:
    from pathlib import Path


def copy_bundle(source: Path, target: Path, name: str) -> None:
    """Copy a saved project; immutable files are hard-linked where the disk can.

    Args:
        source: its folder; whoever holds it must have saved.
        target: a folder that does not exist yet.
        name: of the copy.

    Raises:
        StudioError: something is at `target` already, or the disk refuses.
    """
    if target.exists():
        raise StudioError(
            f"{target} is there already.",
            kept="It was not touched.",
            todo="Choose another name for the project.",
            kind="input",
        )
    project, _ = bundle.read_manifest(source)
    renamed = project.model_copy(update={"id": new_id(), "name": name})
    with disk_errors(target):
        target.mkdir(parents=True)
        for folder in (bundle.ASSETS, bundle.MODELS):
            _copy_tree(source / folder, target / folder, link=True)
        # What a run writes to again must not be shared.
        _copy_tree(source / bundle.RUNS, target / bundle.RUNS, link=False)
        bundle.write_manifest(target, bundle.Serialiser().as_bytes(renamed))


def _copy_tree(source: Path, target: Path, *, link: bool) -> None:
    import shutil

    for path in source.rglob("*"):
        if path.is_file() and not path.name.startswith(bundle.LOCK):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            (link_or_copy if link else shutil.copyfile)(path, copy)
