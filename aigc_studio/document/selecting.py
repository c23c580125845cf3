"""A selected rectangle of a canvas as files for a model to paint anew."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_credits import layers_provenance
from aigc_studio.document.rendering import rendered
from aigc_studio.document.stacking import seen_layers
from aigc_studio.document.transforming import frame_of
from aigc_studio.media.encode import encode_image
from aigc_studio.media.filters import blur
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Crop
from aigc_studio.media.provenance import Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.model import Project
    from aigc_studio.document.rendering import PictureOf

PICTURE, MASK = "picture.png", "mask.png"
# Of a feathered edge that many deviations lie on each side.
_SPREAD = 2.0
_TAIL = 6  # of 255: what a blur leaves at the end of them


@dataclass(frozen=True)
class Selected:
    """A part of a canvas for a model to paint anew.

    Attributes:
        box: which part of the canvas the pictures show; the rectangle with what is round it.
        picture: what is seen there; RGBA on a canvas whose background is clear.
        mask: grey, of the same size: white is to be painted anew. It is black at the box's
            edges, but for those of the canvas.
        sources: authors and rights of the layers that are seen there.
        assets: sha256 of their pictures, the lowest first.
    """

    box: Crop
    picture: Image
    mask: Image
    sources: Provenance
    assets: tuple[str, ...]

    @property
    def touched(self) -> Image:
        """White wherever the mask is not black: the whole soft edge too is painted anew."""
        return Image(np.where(self.mask.pixels > 0, np.uint8(255), np.uint8(0)))


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
        context: pixels round the rectangle that the model sees too, as far as the canvas goes;
            at least as far as its edge is soft.
        feather: so many pixels within the rectangle the mask is white, so many outside black;
            at most a third of the rectangle's shorter side.

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
    soft = min(feather, min(part.width, part.height) / 3)
    around = max(context, math.ceil(soft) + 1 if soft else 0)
    left, top = max(part.left - around, 0), max(part.top - around, 0)
    right = min(part.left + part.width + around, canvas.width)
    bottom = min(part.top + part.height + around, canvas.height)
    box = Crop(left=left, top=top, width=right - left, height=bottom - top)
    seen = rendered(project, canvas, picture_of).cropped(left, top, box.width, box.height)
    hard = np.zeros((box.height, box.width, 1), np.uint8)
    y, x = part.top - top, part.left - left
    hard[y : y + part.height, x : x + part.width] = 255
    layers = [layer for layer in seen_layers(canvas) if _meets(project, layer, box)]
    sources = layers_provenance(project, layers, canvas.name) if layers else Provenance()
    assets = dict.fromkeys(project.assets[layer.asset].sha256 for layer in layers)
    return Selected(box, seen, _softened(Image(hard), soft), sources, tuple(assets))


def _softened(hard: Image, feather: float) -> Image:
    """A mask whose edge is soft for `feather` pixels on each side, and no farther."""
    blurred = blur(hard, feather / _SPREAD)
    if blurred is hard:
        return hard
    inner = blurred.pixels.astype(np.float32) - _TAIL
    return Image(np.rint(np.clip(inner / (255 - 2 * _TAIL), 0, 1) * 255).astype(np.uint8))


def _meets(project: Project, layer: Layer, box: Crop) -> bool:
    left, top, right, bottom = frame_of(project, layer).box
    across = left < box.left + box.width and right > box.left
    return across and top < box.top + box.height and bottom > box.top


def selection_files(chosen: Selected, folder: Path) -> tuple[Path, Path]:
    """Write the picture, and what may change of it, for a worker; their paths.

    Raises:
        StudioError: kind "disk" or "missing".
    """
    picture, mask = folder / PICTURE, folder / MASK
    encode_image(chosen.picture, picture)
    encode_image(chosen.touched, mask)
    return picture, mask
