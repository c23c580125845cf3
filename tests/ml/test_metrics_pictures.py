"""PSNR and SSIM against plain numpy written from the papers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.ml.metrics import pictures
from aigc_studio.ml.metrics.pictures import psnr, psnr_each, ssim, ssim_each

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
    Doubles = npt.NDArray[np.float64]


def some_pictures(count: int, side: int, channels: int, seed: int = 0) -> Pixels:
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (count, side, side, channels), dtype=np.uint8)


def window() -> Doubles:
    offsets = np.arange(11) - 5
    plane = np.exp(-(offsets[:, None] ** 2 + offsets[None] ** 2) / (2 * 1.5**2))
    weights: Doubles = plane / plane.sum()
    return weights


def plain_ssim(x: Doubles, y: Doubles) -> float:
    """One channel in [0, 255], window by window, as in Wang et al. (2004), eq. 13 to 17."""
    c1, c2, weights, values = (0.01 * 255) ** 2, (0.03 * 255) ** 2, window(), []
    for top in range(x.shape[0] - 10):
        for left in range(x.shape[1] - 10):
            a, b = (plane[top : top + 11, left : left + 11] for plane in (x, y))
            mean_a, mean_b = (weights * a).sum(), (weights * b).sum()
            var_a, var_b = (weights * (a - mean_a) ** 2).sum(), (weights * (b - mean_b) ** 2).sum()
            both = (weights * (a - mean_a) * (b - mean_b)).sum()
            top_line = (2 * mean_a * mean_b + c1) * (2 * both + c2)
            values.append(top_line / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)))
    return float(np.mean(values))


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_ssim_is_the_papers(channels: int) -> None:
    ours = some_pictures(2, 15, channels)
    noise = some_pictures(2, 15, channels, seed=1)
    theirs = (0.7 * ours + 0.3 * noise).astype(np.uint8)
    expected = [
        np.mean(
            [plain_ssim(a[..., c].astype(float), b[..., c].astype(float)) for c in range(channels)]
        )
        for a, b in zip(ours, theirs, strict=True)
    ]
    np.testing.assert_allclose(ssim_each(ours, theirs), expected, atol=1e-5)


def test_ssim_does_not_depend_on_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = some_pictures(5, 16, 3), some_pictures(5, 16, 3, seed=1)
    at_once = ssim_each(ours, theirs)
    monkeypatch.setattr(pictures, "_NUMBERS_AT_ONCE", 2 * 16 * 16 * 3)
    np.testing.assert_allclose(ssim_each(ours, theirs), at_once, atol=1e-6)


def test_equal_pictures_are_finite() -> None:
    ours = some_pictures(3, 16, 1)
    assert psnr_each(ours, ours).tolist() == [100.0] * 3
    np.testing.assert_allclose(ssim(ours, ours), 1.0, atol=1e-6)


def test_psnr_of_a_known_error() -> None:
    ours = np.full((1, 16, 16, 3), 100, np.uint8)
    theirs = ours + np.uint8(10)
    assert psnr(ours, theirs) == pytest.approx(20 * math.log10(255 / 10), abs=1e-4)


def test_pictures_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="one shape"):
        psnr(some_pictures(2, 16, 1), some_pictures(3, 16, 1))
    with pytest.raises(ValueError, match="at least 11"):
        ssim(some_pictures(2, 8, 1), some_pictures(2, 8, 1))
