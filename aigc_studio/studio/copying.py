"""A project copied as a whole, to go on with under another name."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, link_or_copy
from aigc_studio.document import bundle
from aigc_studio.document.model import Asset, Model, new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.store import Store


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
    with disk_errors(target), _made_aside(target) as aside:
        for folder in (bundle.ASSETS, bundle.MODELS):
            _copy_tree(source / folder, aside / folder, link=True)
        # What a run writes to again must not be shared.
        _copy_tree(source / bundle.RUNS, aside / bundle.RUNS, link=False)
        bundle.write_manifest(aside, bundle.Serialiser().as_bytes(renamed))


def carry(edits: Iterable[Edit], source: Store, target: Store) -> None:
    """Do in a copy what was done in its original meanwhile, with the files that it brought.

    Raises:
        StudioError: the disk refuses; some may have been done.
    """
    for edit in edits:
        for change in edit.changes:
            if isinstance(change.after, Asset) and change.before is None:
                path = source.asset_path(change.after)
                target.add_payload(path, change.after.extension)
        models = [c.after for c in edit.changes if isinstance(c.after, Model) and not c.before]
        for model in models:
            target.adopt_model(source.model_folder(model.id), model.name, link=True)
        if not models:
            target.apply(edit)


@contextlib.contextmanager
def _made_aside(target: Path) -> Iterator[Path]:
    """A folder that takes its name when it is whole, and is not there when something fails."""
    aside = target.with_name(f".{target.name}-{new_id()}")
    aside.mkdir(parents=True)
    try:
        yield aside
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _copy_tree(source: Path, target: Path, *, link: bool) -> None:
    for path in source.rglob("*"):
        if path.is_file() and not path.name.startswith(bundle.LOCK):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            (link_or_copy if link else shutil.copyfile)(path, copy)
