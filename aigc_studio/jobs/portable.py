"""Specs that are kept in a project name its files relative to it, so that it may move."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.jobs.specs import Train


def portable(spec: Train, run_folder: Path) -> Train:
    """The spec with every path relative to the project that holds `runs/<id>`.

    Raises:
        StudioError: kind "input", naming a path outside the project.
    """
    project = run_folder.parent.parent

    def inside(path: Path) -> Path:
        for base, target in ((project, path), (project.resolve(), path.resolve())):
            if target.is_relative_to(base):
                return target.relative_to(base)
        raise StudioError(
            f"{path} is not part of the project.",
            kept="Nothing was started.",
            todo="Import it into the project first.",
            kind="input",
        )

    return _with_paths(spec, inside)


def resolved(spec: Train, run_folder: Path) -> Train:
    """The inverse of `portable`, for the place where the run's folder lies now.

    Raises:
        StudioError: kind "hostile", when a path would leave the project.
    """
    project = run_folder.parent.parent

    def placed(path: Path) -> Path:
        pure = PurePosixPath(path.as_posix())
        if path.is_absolute() or path.drive or ".." in pure.parts:
            raise StudioError(
                f"The spec of the run {run_folder.name} was refused: {path} leaves the project.",
                kind="hostile",
                todo="Use a copy from a source you trust.",
            )
        return project / path

    return _with_paths(spec, placed).model_copy(update={"folder": run_folder})


def _with_paths(spec: Train, move: Callable[[Path], Path]) -> Train:
    items = tuple(item.model_copy(update={"path": move(item.path)}) for item in spec.data.items)
    parent = spec.parent and spec.parent.model_copy(update={"path": move(spec.parent.path)})
    return spec.model_copy(
        update={
            "folder": move(spec.folder),
            "data": spec.data.model_copy(update={"items": items}),
            "parent": parent,
        }
    )
