"""How training would vary pictures, to be looked at before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.prepare import info_of, prepare, resolve
from aigc_studio.ml.augment import augment
from aigc_studio.ml.families.image_vae import to_pixels, to_tensor
from aigc_studio.ml.protocol import Moment

if TYPE_CHECKING:
    from aigc_studio.jobs.specs import Vary
    from aigc_studio.worker.reporter import Reporter


def handle(spec: Vary, reporter: Reporter) -> None:
    """Answer each input `times` times, as a step of training would see it.

    Raises:
        StudioError: an input cannot be read.
    """
    images = [decode_image(path) for path in spec.inputs]
    settled = resolve(spec.preparation, [info_of(image) for image in images])
    items = [prepare(image, settled) for image in images for _ in range(spec.times)]
    moment = Moment(spec.seed, 0, 1, torch.arange(len(items)))
    varied = to_pixels(augment(to_tensor(items, "cpu"), spec.augmentation, moment))
    for index, pixels in enumerate(varied):
        straight = Image.from_premultiplied(pixels) if settled.colour == "rgba" else Image(pixels)
        reporter.media(index, len(varied), straight.pixels)
    reporter.result({"size": settled.size, "colour": settled.colour})
