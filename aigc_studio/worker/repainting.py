"""Repainting: a picture made anew from itself, all of it or where a mask says."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.media.decode import decode_image
from aigc_studio.media.prepare import prepare, restore
from aigc_studio.media.repaint import mask_of, pasted
from aigc_studio.ml.device import use_cores
from aigc_studio.worker.glimpses import glimpsed
from aigc_studio.worker.playing import on_shelf, preparation_of, terms, told

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.specs import Repaint
    from aigc_studio.media.image import Image, Pixels
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.ml.protocol import Repainter
    from aigc_studio.worker.reporter import Reporter


def handle(spec: Repaint, reporter: Reporter) -> None:
    """Answer a picture for each seed, at the input's size.

    Raises:
        StudioError: unusable model, input or mask, or a model that cannot repaint.
    """
    use_cores()
    model = told(on_shelf(spec.model, spec.device), spec.conditions)
    if Cap.REPAINT not in model.caps:
        raise StudioError(
            "This model cannot repaint pictures.",
            kind="input",
            todo="Choose a model of the family image-flow.",
        )
    how = preparation_of(model)
    original = decode_image(spec.input)
    mask = mask_of(decode_image(spec.mask), original.size) if spec.mask else None
    item, small = prepare(original, how), None if mask is None else _small(mask, how)

    def whole(made: Pixels) -> Pixels:
        """At the input's size, with what stays as it was."""
        picture = restore(made, original.size, how, original)
        return (picture if mask is None else pasted(picture, original, mask)).pixels

    painter = cast("Repainter", glimpsed(model, reporter, finish=whole))
    for index, seed in enumerate(spec.seeds):
        made = painter.repainted(item, small, strength=spec.strength, seed=seed)
        reporter.media(index, len(spec.seeds), whole(made), seed=seed)
    reporter.result(terms(model, spec.device))


def _small(mask: Image, how: Preparation) -> Floats:
    """The mask as the model sees it, (S, S) in [0, 1]; nothing around the picture changes."""
    grey = how.model_copy(update={"colour": "grey", "background": (0, 0, 0)})
    return prepare(mask, grey)[..., 0].astype(np.float32) / np.float32(255)
