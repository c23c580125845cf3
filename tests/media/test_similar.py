"""Near duplicates are found whatever was done to them, and others are left alone."""

from __future__ import annotations

import io
import time

import numpy as np
from PIL import Image as Pillow

from aigc_studio.media.image import Image
from aigc_studio.media.similar import Print, near_groups, print_of


def picture(seed: int, side: int = 64) -> Image:
    """Soft blobs of colour."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    return Image.from_pillow(Pillow.fromarray(coarse).resize((side, side), 3))


def saved_again(image: Image, quality: int) -> Image:
    file = io.BytesIO()
    image.to_pillow().save(file, "JPEG", quality=quality)
    return Image.from_pillow(Pillow.open(file).convert("RGB"))


def test_copies_of_another_size_or_quality_are_one_group() -> None:
    first = picture(1, 128)
    brighter = Image(np.clip(first.pixels.astype(int) + 6, 0, 255).astype(np.uint8))
    alike = [first, first.resized(50, 50), saved_again(first, 40), brighter]
    others = [picture(seed) for seed in range(2, 12)]
    prints = [print_of(each) for each in [*others[:5], *alike, *others[5:]]]
    assert near_groups(prints) == [[5, 6, 7, 8]]


def test_the_same_shape_in_another_colour_is_another_picture() -> None:
    red = np.zeros((32, 32, 4), np.uint8)
    red[8:24, 8:24] = (200, 30, 30, 255)
    blue = red.copy()
    blue[8:24, 8:24] = (30, 30, 200, 255)
    again = red.copy()
    again[9, 9] = (190, 40, 30, 255)
    prints = [print_of(Image(each)) for each in (red, blue, again)]
    assert near_groups(prints) == [[0, 2]]


def test_a_chain_of_near_ones_is_one_group() -> None:
    bits = np.zeros((3, 64), np.uint8)
    bits[1, :5] = bits[2, :10] = 1
    colours = np.zeros(768, np.uint8)
    prints = [Print(np.packbits(each), colours) for each in bits]
    assert near_groups(prints) == [[0, 1, 2]]
    assert near_groups(prints[::2]) == []
    assert near_groups([]) == []


def test_five_thousand_are_soon_compared() -> None:
    dice = np.random.default_rng(0)
    prints = [
        Print(dice.integers(0, 256, 8, dtype=np.uint8), dice.integers(0, 256, 768, dtype=np.uint8))
        for _ in range(5000)
    ]
    prints[4321] = prints[17]
    began = time.process_time()
    assert near_groups(prints) == [[17, 4321]]
    assert time.process_time() - began < 10
