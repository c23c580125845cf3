"""Layers on the clipboard or in a drag: whole, so that they live where they are pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtCore import QMimeData

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.canvas import Group, Layer
from aigc_studio.document.model import Asset
from aigc_studio.document.stacking import groups_in, layers_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project

LAYERS_MIME = "application/x-aigc-layers"


class Carried(Frozen):
    """Layers of a canvas, and the pictures they show.

    Attributes:
        project, canvas: ids of where they come from.
        layers: the lowest first.
        groups: those that are carried as a whole.
        assets: what they show.
        recipes: of the assets, by id.
    """

    project: str
    canvas: str
    layers: tuple[Layer, ...]
    groups: tuple[Group, ...] = ()
    assets: tuple[Asset, ...]
    recipes: dict[str, Recipe]


def layers_mime(project: Project, canvas: Canvas, layer_ids: Collection[str]) -> QMimeData:
    """Layers for the studio itself; other formats may be added."""
    mime = QMimeData()
    layers, groups = layers_in(canvas, layer_ids), groups_in(canvas, layer_ids)
    if layers:
        part = canvas.model_copy(update={"layers": layers, "groups": groups})
        keys = dict.fromkeys(part.assets)
        assets = tuple(project.assets[key] for key in keys)
        names = {asset.recipe for asset in assets if asset.recipe}
        recipes = {name: project.recipes[name] for name in names}
        told = Carried(
            project=project.id,
            canvas=canvas.id,
            layers=layers,
            groups=groups,
            assets=assets,
            recipes=recipes,
        )
        mime.setData(LAYERS_MIME, told.model_dump_json().encode())
    return mime


def carried_in(mime: QMimeData) -> Carried | None:
    """What `layers_mime` packed; None for anything else."""
    try:
        return Carried.model_validate_json(bytes(mime.data(LAYERS_MIME).data()))
    except ValidationError:
        return None
