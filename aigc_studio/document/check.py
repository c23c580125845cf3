"""A deep look at a bundle: what is broken, what is lost, what is merely odd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import sha256_of
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.header import read_header
from aigc_studio.document import bundle
from aigc_studio.document.adoption import is_whole, read_card
from aigc_studio.document.journal import read_journal
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.sweep import orphans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aigc_studio.document.model import Asset, Model, Project


@dataclass(frozen=True)
class Problem:
    """One finding.

    Attributes:
        weight: "error" where something is lost or altered, "note" where nothing is.
        where: file or entry it concerns, relative to the bundle.
        what: in words.
    """

    weight: Literal["error", "note"]
    where: str
    what: str


def check(path: Path, progress: Callable[[int, int], None] | None = None) -> list[Problem]:
    """Check a bundle to its last byte; nothing is changed, no lock is needed.

    Args:
        path: the bundle's folder.
        progress: called with files done and files in all.

    Returns:
        Errors and notes; an empty list means that all is well.

    Raises:
        StudioError: there is no project at `path`.
    """
    bundle.require_bundle(path)
    try:
        bundle.check_tree(path)
        project, revision = bundle.read_manifest(path)
    except StudioError as error:
        return [Problem("error", MANIFEST, str(error))]
    problems = []
    total = len(project.assets) + len(project.models)
    for number, found in enumerate(_files(path, project), start=1):
        problems += found
        if progress:
            progress(number, total)
    return [*problems, *_cached(project), *_leftovers(path, project, revision)]


def _files(path: Path, project: Project) -> Iterator[list[Problem]]:
    for asset in project.assets.values():
        yield list(_asset_problems(path, asset))
    for model in project.models.values():
        yield list(_model_problems(path, model))


def _asset_problems(path: Path, asset: Asset) -> Iterator[Problem]:
    where = f"{bundle.ASSETS}/{asset.file_name}"
    file = path / where
    if not file.is_file():
        yield Problem("error", where, f'The file of "{asset.name}" is missing.')
    elif sha256_of(file) != asset.sha256:
        yield Problem("error", where, f'The file of "{asset.name}" was altered.')
    elif file.stat().st_size != asset.bytes:
        yield Problem("note", where, f'The size noted for "{asset.name}" is wrong.')


def _model_problems(path: Path, model: Model) -> Iterator[Problem]:
    where = f"{bundle.MODELS}/{model.id}"
    folder = path / where
    if not is_whole(folder):
        yield Problem("error", where, f'Files of the model "{model.name}" are missing.')
        return
    if sha256_of(folder / bundle.WEIGHTS) != model.id:
        yield Problem("error", where, f'The weights of "{model.name}" were altered.')
    try:
        header = read_header(folder / bundle.WEIGHTS)
        card = read_card(folder / bundle.CARD)
    except StudioError as error:
        yield Problem("error", where, str(error))
        return
    if (header.family, card.family, card.model) != (model.family, model.family, model.id):
        yield Problem("error", where, f'"{model.name}", its card and its weights disagree.')
    if model.family not in FAMILIES:
        said = f'The family "{model.family}" of "{model.name}" is not known here; it is kept.'
        yield Problem("note", where, said)


def _cached(project: Project) -> Iterator[Problem]:
    for canvas in project.canvases.values():
        lost = [
            f'"{layer.name}"'
            for layer in canvas.layers
            if layer.living and layer.living.model not in project.models
        ]
        if lost:
            said = f"The model of {', '.join(lost[:5])} is not there; the last render is shown."
            yield Problem("note", f'canvas "{canvas.name}"', said)


def _leftovers(path: Path, project: Project, revision: str) -> Iterator[Problem]:
    unsaved = len(read_journal(path / bundle.JOURNAL, revision).edits)
    if unsaved:
        yield Problem("note", bundle.JOURNAL, f"Unsaved edits wait to be recovered: {unsaved}.")
        return  # what they refer to would look like nobody's
    for orphan in orphans(path, project):
        name = orphan.relative_to(path).as_posix()
        yield Problem("note", name, "Nothing refers to it; it is swept at the next open.")
