"""Presets of the latent dock: keep, change, rename, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas import Preset
from aigc_studio.document.changes import free_name, made, replaced, revised, there
from aigc_studio.document.model import new_id

if TYPE_CHECKING:
    from aigc_studio.document.canvas import LatentPoint
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project


def add_preset(
    project: Project,
    name: str,
    point: LatentPoint,
    *,
    lock: tuple[str, ...] = (),
    axes: tuple[int, int] = (0, 1),
) -> Edit:
    """Keep settings under a free name (a taken one gets " 2"); the id is `edit.changes[0].key`."""
    free = free_name(project, "presets", name)
    preset = made(Preset, id=new_id(), name=free, point=point, lock=lock, axes=axes)
    return replaced("Add a preset", "presets", None, preset)


def edit_preset(
    project: Project, preset_id: str, *, label: str = "Change a preset", **fields: object
) -> Edit:
    """Change `point`, `lock`, `axes` or `name` of a preset."""
    preset = there(project.presets, preset_id)
    return replaced(label, "presets", preset, revised(preset, **fields))


def rename_preset(project: Project, preset_id: str, name: str) -> Edit:
    """Rename a preset (a taken name gets " 2")."""
    free = free_name(project, "presets", name, but=preset_id)
    return edit_preset(project, preset_id, label="Rename a preset", name=free)


def remove_preset(project: Project, preset_id: str) -> Edit:
    """Remove a preset."""
    return replaced("Remove a preset", "presets", there(project.presets, preset_id), None)
