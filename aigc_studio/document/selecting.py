"""A selected rectangle of a canvas as files for a model, and what a model made of it laid there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Layer, Mask
from aigc_studio.document.canvas_edits import with_layers
from aigc_studio.document.changes import made, there
from aigc_studio.document.edits import merge
from aigc_studio.document.model import new_id
from aigc_studio.document.rendering import rendered
from aigc_studio.document.renders import showing
from aigc_studio.media.encode import encode_image
from aigc_studio.media.filters import blur
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Crop

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.document.rendering import PictureOf

PICTURE, MASK = "picture.png", "mask.png"
# Of a feathered edge that many deviations lie on each side.
_SPREAD = 2.0


@dataclass(frozen=True)
class Selected:
    """A part of a canvas for a model to paint anew.

    Attributes:
        box: which part of the canvas the pictures show; the rectangle with what is round it.
        picture: what is seen there; RGBA on a canvas whose background is clear.
        mask: grey, of the same size: white is to be painted anew.
    """

    box: Crop
    picture: Image
    mask: Image


def selected(
    project: Project,
    canvas: Canvas,
    part: Crop,
    picture_of: PictureOf,
    *,
    context: int = 0,
    feather: float = 0.0,
) -> Selected:
    """What a rectangle of a canvas shows.

    Args:
        context: pixels round the rectangle that the model sees too, as far as the canvas goes.
        feather: how soft the mask's edge is, in pixels.

    Raises:
        StudioError: kind "input", the rectangle does not lie on the canvas; a payload is
            missing.
    """
    if not part.fits(canvas.width, canvas.height):
        raise StudioError(
            "The rectangle does not lie on the canvas.",
            kept="Nothing was changed.",
            todo="Select a rectangle again.",
            kind="input",
        )
    left, top = max(part.left - context, 0), max(part.top - context, 0)
    right = min(part.left + part.width + context, canvas.width)
    bottom = min(part.top + part.height + context, canvas.height)
    box = Crop(left=left, top=top, width=right - left, height=bottom - top)
    seen = rendered(project, canvas, picture_of).cropped(left, top, box.width, box.height)
    hard = np.zeros((box.height, box.width, 1), np.uint8)
    y, x = part.top - top, part.left - left
    hard[y : y + part.height, x : x + part.width] = 255
    return Selected(box, seen, blur(Image(hard), feather / _SPREAD))


def selection_files(chosen: Selected, folder: Path) -> tuple[Path, Path]:
    """Write picture and mask for a worker; their paths.

    Raises:
        StudioError: kind "disk" or "missing".
    """
    picture, mask = folder / PICTURE, folder / MASK
    encode_image(chosen.picture, picture)
    encode_image(chosen.mask, mask)
    return picture, mask


def lay_selection(
    project: Project,
    canvas_id: str,
    box: Crop,
    asset: Asset,
    mask: Asset,
    recipe: Recipe | None = None,
) -> Edit:
    """Lay what a model made of a selection over it, on a layer that can be taken away again.

    Args:
        box: as in `Selected`.
        asset: what the model made, in any size of that shape; see `renders.render_of`.
        mask: the selection's mask, see `renders.painted`.
        recipe: of the asset.
    """
    canvas = there(project.canvases, canvas_id)
    layer = made(
        Layer,
        id=new_id(),
        name=asset.name,
        asset=asset.id,
        x=box.left + box.width / 2,
        y=box.top + box.height / 2,
        scale=box.width / max(asset.width, 1),
        mask=made(Mask, asset=mask.id),
    )
    label = "Repaint the selection"
    edit = with_layers(project, canvas, (*canvas.layers, layer), label, arriving=asset)
    return merge(merge(edit, showing(project, asset, recipe)), showing(project, mask, None))
