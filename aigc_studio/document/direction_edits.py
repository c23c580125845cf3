"""Directions of the latent dock: keep, rename, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas import packed
from aigc_studio.document.changes import free_name, made, replaced, revised, there
from aigc_studio.document.direction import Direction
from aigc_studio.document.model import new_id

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project


def add_direction(project: Project, name: str, model: str, space: str, vector: Floats) -> Edit:
    """Keep a direction under a free name (a taken one gets " 2"); `edit.changes[0].key` is its id.

    Args:
        model: sha256 of the weights.
        vector: one standard deviation along it, any shape.
    """
    free, code = free_name(project, "directions", name), packed(vector)
    kept = made(Direction, id=new_id(), name=free, model=model, space=space, vector=code)
    return replaced("Keep a direction", "directions", None, kept)


def rename_direction(project: Project, direction_id: str, name: str) -> Edit:
    """Rename a direction (a taken name gets " 2")."""
    direction = there(project.directions, direction_id)
    free = free_name(project, "directions", name, but=direction_id)
    return replaced("Rename a direction", "directions", direction, revised(direction, name=free))


def remove_direction(project: Project, direction_id: str) -> Edit:
    """Remove a direction."""
    direction = there(project.directions, direction_id)
    return replaced("Remove a direction", "directions", direction, None)
