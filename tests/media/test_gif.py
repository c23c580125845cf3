from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.media.gif import _SAMPLED_PIXELS, _sample, gif_bytes
from aigc_studio.media.image import Image
from tests.media.helpers import difference, gradient, noise


def film(count: int, side: int) -> list[Image]:
    """A soft pattern that drifts and turns through many colours."""
    wide, turn = gradient(side, side).pixels.astype(np.int64), np.array([4, 0, 9])
    turned = [np.roll(wide, (3 * i, 5 * i), axis=(0, 1)) + i * turn for i in range(count)]
    return [Image(np.abs(pixels % 510 - 255).astype(np.uint8)) for pixels in turned]


def written(frames: list[Image]) -> bytes:
    """The film without words in it."""
    return gif_bytes(frames, [4] * len(frames), 0, b"", b"")


def test_a_film_larger_than_the_sample_keeps_its_colours() -> None:
    frames = film(12, 96)
    assert sum(frame.width * frame.height for frame in frames) > _SAMPLED_PIXELS
    with Pillow.open(BytesIO(written(frames))) as back:
        for index, frame in enumerate(frames):
            back.seek(index)
            assert difference(np.asarray(back.convert("RGB")), frame.pixels) < 9
    assert written(frames) == written(film(12, 96))


@pytest.mark.parametrize("count", [1, 15, 40])
def test_the_sample_is_bounded_and_sees_every_frame(count: int) -> None:
    frames = [Image(np.full((64, 64, 3), i, np.uint8)) for i in range(count)]
    sample = _sample(frames)
    assert min(_SAMPLED_PIXELS // 2, count * 64 * 64) <= len(sample) <= 2 * _SAMPLED_PIXELS
    assert len(np.unique(sample)) == count


def test_the_sample_takes_all_columns() -> None:
    columns = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (256, 256, 3))
    assert len(np.unique(_sample([Image(columns.copy())] * 2))) == 256


def test_few_opaque_pixels_among_many_are_all_seen() -> None:
    pixels = np.zeros((100, 100, 4), np.uint8)
    clear = Image(pixels.copy())
    pixels[:20, :20] = noise(20, 20, 4).pixels | np.array([0, 0, 0, 255], np.uint8)
    frames = [clear] * 30 + [Image(pixels)] + [clear] * 30
    assert len(_sample(frames)) == 400
    with Pillow.open(BytesIO(written(frames))) as back:
        assert getattr(back, "n_frames", 1) == 61
        back.seek(30)
        assert np.count_nonzero(np.asarray(back.convert("RGBA"))[..., 3]) == 400
