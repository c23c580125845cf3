"""The random extractor: any picture, always the same, and distances that mean something."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from aigc_studio.ml.metrics.features import DIMS, Extractor, random_extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return random_extractor()


@pytest.mark.parametrize(("side", "channels"), [(28, 1), (32, 3), (128, 4), (256, 1)])
def test_any_picture(extractor: Extractor, side: int, channels: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (3, side, side, channels), dtype=np.uint8)
    points = extractor(pixels)
    assert points.shape == (3, DIMS)
    assert points.dtype == np.float32
    assert np.isfinite(points).all()


def test_a_seed_is_one_network() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    before = torch.get_rng_state()
    built = [random_extractor.__wrapped__(seed)(pixels) for seed in (0, 0, 1)]
    assert np.array_equal(built[0], built[1])
    assert not np.allclose(built[0], built[2])
    assert torch.equal(torch.get_rng_state(), before)


def test_the_name_states_the_extractor(extractor: Extractor) -> None:
    assert extractor.name == "random-conv-1024 seed 0, 64 px"
    assert extractor.dims == 1024


def test_a_point_does_not_depend_on_its_batch(extractor: Extractor) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (70, 32, 32, 1), dtype=np.uint8)
    np.testing.assert_allclose(extractor(pixels)[65], extractor(pixels[65:66])[0], atol=1e-4)


def test_grey_in_three_channels_is_grey(extractor: Extractor) -> None:
    grey = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 1), dtype=np.uint8)
    np.testing.assert_allclose(extractor(grey), extractor(grey.repeat(3, 3)), atol=1e-4)


def test_more_damage_is_farther(extractor: Extractor) -> None:
    generator = np.random.default_rng(0)
    coarse = generator.integers(60, 196, (8, 4, 4, 1)).repeat(8, 1).repeat(8, 2)
    noise = generator.normal(size=coarse.shape)
    damaged = [np.clip(coarse + s * noise, 0, 255).astype(np.uint8) for s in (0, 5, 20, 60)]
    points = [extractor(pixels) for pixels in damaged]
    far = [np.linalg.norm(each - points[0], axis=1).mean() for each in points]
    assert far == sorted(far)


def test_no_pictures_no_points(extractor: Extractor) -> None:
    assert extractor(np.zeros((0, 32, 32, 1), np.uint8)).shape == (0, DIMS)
