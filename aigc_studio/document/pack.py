"""Packed projects: the folder as one zip, and back, believing nothing."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import ASIDE, CHUNK, disk_errors, written_aside
from aigc_studio.document import bundle
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.unpacking import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.document.model import Project

__all__ = ["pack", "unpack"]
# The earliest moment a zip can name: equal projects give equal files.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_NOT_PACKED = (bundle.LOCK, f"{bundle.LOCK}.holder", "control")


def pack(folder: Path, out: Path, *, with_runs: bool = False) -> Path:
    """Write the last saved state of a project as one zip; equal projects give equal bytes.

    Args:
        folder: the bundle.
        out: the file to write, by convention `Name.aigcz`; replaced when it is there.
        with_runs: take training runs along, with their checkpoints.

    Returns:
        `out`.

    Raises:
        StudioError: a file of the project is missing, or the disk refuses.
    """
    bundle.check_tree(folder)
    project, _ = bundle.read_manifest(folder)
    names = [MANIFEST, *_referenced(folder, project)]
    names += _runs(folder) if with_runs else []
    kept = "The project itself was not touched."
    with disk_errors(out, kept=kept), written_aside(out) as aside:
        _write(aside, folder, names)
    return out


def _write(packed: Path, folder: Path, names: list[str]) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            _store(archive, folder, name)


def _referenced(folder: Path, project: Project) -> Iterator[str]:
    for asset in sorted(project.assets.values(), key=lambda asset: asset.sha256):
        yield _present(folder, f"{bundle.ASSETS}/{asset.file_name}")
    for model_id in sorted(project.models):
        for file in (bundle.CARD, bundle.WEIGHTS):
            yield _present(folder, f"{bundle.MODELS}/{model_id}/{file}")


def _present(folder: Path, name: str) -> str:
    if not (folder / name).is_file():
        raise StudioError(
            f"{name} is missing from the project.",
            kept="Nothing was packed.",
            todo="Remove what needs it, or import it again: aigc-studio project check.",
            kind="missing",
        )
    return name


def _runs(folder: Path) -> Iterator[str]:
    for path in sorted((folder / bundle.RUNS).rglob("*")):
        passing = path.name in _NOT_PACKED or path.name.startswith(ASIDE)
        if path.is_file() and not passing:
            yield path.relative_to(folder).as_posix()


def _store(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.external_attr = _PLAIN_FILE
    entry.create_system = 3  # the same on every system, or the bytes would tell where
    entry.file_size = (folder / name).stat().st_size
    with (folder / name).open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, CHUNK)
