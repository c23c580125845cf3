"""Latent figures, and the whole evaluation on a model whose answers are known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from aigc_studio.catalog.latent import Cap, Code, Modality, Space
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.data import PreparedData
from aigc_studio.ml.metrics.evaluate import evaluate_images
from aigc_studio.ml.metrics.latent import active_units, cycle_error, kl_per_dimension

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Pixels = npt.NDArray[np.uint8]

SIDE, LATENT = 16, 4


def bars(z: Floats) -> Pixels:
    """A picture of four bars, each as bright as one latent number, (16, 16, 1)."""
    levels = np.clip(np.round(z * 25 + 128), 0, 255).astype(np.uint8)
    return np.broadcast_to(levels.repeat(4)[:, None, None], (SIDE, SIDE, 1)).copy()


@dataclass
class Bars:
    """A model that is exact but for rounding: numbers to bars and back."""

    id: str = "bars"
    home: str = "z"
    config: Any = None
    modality: Modality = Modality.IMAGE
    caps: Cap = Cap.SAMPLE | Cap.ENCODE | Cap.DECODE
    spaces: Mapping[str, Space] = field(
        default_factory=lambda: {"z": Space("z", (LATENT,), "gaussian")}
    )

    @classmethod
    def load(cls, model_id: str, header: Any, tensors: Any, device: str) -> Bars:
        return cls(model_id)

    def prior(self, seed: int, space: str, *, temperature: float = 1.0) -> Code:
        z = np.random.default_rng(seed).normal(size=(1, LATENT)).astype(np.float32)
        return Code(self.id, space, {"z": z * np.float32(temperature)}, seed)

    def encode(self, media: Sequence[Pixels], space: str) -> Code:
        return Code(self.id, space, {"z": self.posterior(media)[0]})

    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        assert len(code) == 1
        return [bars(code.tensors["z"][0])]

    def posterior(self, media: Sequence[Pixels]) -> tuple[Floats, Floats]:
        levels = np.stack([picture[::4, 0, 0] for picture in media]).astype(np.float32)
        return (levels - 128) / np.float32(25), np.full((len(media), LATENT), 0.01, np.float32)


def collection(count: int, seed: int) -> PreparedData:
    points = np.random.default_rng(seed).normal(size=(count, LATENT)).astype(np.float32)
    pixels = np.stack([bars(z) for z in points])
    everything = np.arange(count)
    hashes = tuple(hashlib.sha256(each.tobytes()).hexdigest() for each in pixels)
    return PreparedData(pixels, hashes, everything, everything[:0], Preparation(), "0" * 64)


def figures(**changes: Any) -> dict[str, Any]:
    wishes: dict[str, Any] = {"samples": 60, "seed": 3, "progress": lambda done, total: None}
    return evaluate_images(Bars(), collection(60, 0), collection(200, 1), **wishes | changes)


def test_an_exact_model_measures_as_one() -> None:
    got = figures()
    assert got["psnr"] == 100
    assert got["ssim"] == pytest.approx(1, abs=1e-6)
    assert got["kid_low"] <= 0 <= got["kid_high"]
    assert got["coverage"] > 0.8
    assert got["memorisation_rate"] < 0.2
    assert got["active_units"] == got["latent_units"] == LATENT
    assert got["cycle_error"] < 0.02
    assert got["kl"] == pytest.approx(sum(got["kl_per_dimension"]))


def test_terms_are_stated_and_figures_repeat() -> None:
    got = figures()
    stated = got["stated"]
    assert (stated["pictures"], stated["samples"], stated["training_pictures"]) == (60, 60, 200)
    assert stated["seed"] == 3
    assert stated["extractor"].startswith("random-conv")
    assert not any("fid" in name for name in got)
    assert figures() == got
    assert figures(seed=4)["kid"] != got["kid"]


def test_what_cannot_be_measured_is_none() -> None:
    got = evaluate_images(Bars(), collection(5, 0), None, 4, 0, lambda done, total: None)
    assert got["kid"] is None
    assert got["memorisation_rate"] is None
    assert got["psnr"] == 100


def test_a_copying_model_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    training = collection(200, 1)

    def copied(self: Bars, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        z = code.tensors["z"][0]
        return [training.pixels[int(abs(z[0]) * 1e4) % 200]]

    monkeypatch.setattr(Bars, "decode", copied)
    got = figures()
    assert got["memorisation_rate"] == 1
    assert got["memorisation_rate_of_new_pictures"] < 0.3


def test_pictures_that_were_trained_on_are_no_new_ones() -> None:
    training, new = collection(200, 1), collection(60, 0)
    both = replace(
        new,
        pixels=np.concatenate([training.pixels, new.pixels]),
        hashes=training.hashes + new.hashes,
    )

    def of(data: PreparedData) -> dict[str, Any]:
        return evaluate_images(Bars(), data, training, 60, 3, lambda done, total: None)

    got, alone = of(both), of(new)
    names = ("memorisation_rate", "memorisation_rate_of_new_pictures")
    assert [got[name] for name in names] == [alone[name] for name in names]
    nothing_new = of(training)
    assert [nothing_new[name] for name in names] == [got["memorisation_rate"], None]
    assert {type(each["kid_floor"]) for each in (got, alone, nothing_new)} == {float}
    assert got["kid_floor"] < 1
    assert of(collection(60, 7))["memorisation_rate_of_new_pictures"] is not None


def test_progress_reaches_the_end() -> None:
    seen: list[tuple[int, int]] = []
    figures(progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (120, 120)
    assert [done for done, _ in seen] == list(range(1, 121))


def test_kl_of_known_gaussians() -> None:
    mean = np.array([[0.0, 2.0], [0.0, -2.0]], np.float32)
    variance = np.array([[1.0, 1.0], [1.0, 0.25]], np.float32)
    second = (2.0 + 0.5 * (4 + 0.25 - 1 - np.log(0.25))) / 2
    np.testing.assert_allclose(kl_per_dimension(mean, variance), [0, second], atol=1e-6)


def test_active_units_are_those_that_vary() -> None:
    mean = np.array([[5.0, 0.2, 0.09], [5.0, -0.2, -0.09]], np.float32)
    assert active_units(mean).tolist() == [False, True, False]


def test_cycle_error_scale() -> None:
    drawn = np.random.default_rng(0).normal(size=(100, 3)).astype(np.float32)
    active = np.array([True, True, False])
    assert cycle_error(drawn, drawn, active).error == 0
    mean = np.broadcast_to(drawn.mean(0), drawn.shape)
    assert cycle_error(drawn, mean, active).error == pytest.approx(1)
    half = drawn.copy()
    half[:, 2] = drawn[:, 2].mean()
    assert cycle_error(drawn, half, active).active_error == 0
    assert cycle_error(drawn, half, ~active).active_error == pytest.approx(1)
