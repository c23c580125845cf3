"""Reconstruction and repair figures on models whose answers are known."""

from __future__ import annotations

from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from aigc_studio.catalog.latent import Cap, Code
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.metrics.rebuilding import add_noise, rebuilt, reconstruction, repair
from tests.ml.helpers import discs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigc_studio.catalog.latent import Space
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import LatentModel

SIDE = 16


class Identity:
    """A model that gives back what it is shown."""

    home = "z"
    spaces: Mapping[str, Space] = MappingProxyType({})

    def __init__(self, corruption: str = "noise") -> None:
        self.caps = Cap.ENCODE | Cap.DECODE
        if corruption != "none":
            self.caps |= Cap.DENOISE
        self.config = SimpleNamespace(corruption=corruption, corruption_strength=0.5)
        self.seen: list[Pixels] = []

    def encode(self, media: Sequence[Pixels], space: str) -> Code:
        self.seen += media
        return Code("i", space, {"z": np.stack(media).reshape(len(media), -1).astype(np.float32)})

    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        return list(code.tensors["z"].reshape(-1, SIDE, SIDE, 1).astype(np.uint8))


class Knowing(Identity):
    """A model that answers with the clean picture."""

    def __init__(self, clean: Pixels) -> None:
        super().__init__()
        self.clean = list(clean)

    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        return [self.clean[(len(self.seen) - 1) % len(self.clean)]]


def as_model(fake: Identity) -> LatentModel:
    return cast("LatentModel", fake)


def test_noise_has_the_power_it_is_said_to_have() -> None:
    grey = np.full((64, 64, 3), 128, np.uint8)
    noisy = add_noise(grey, 0.05, 1)
    assert psnr(grey[None], noisy[None]) == pytest.approx(-20 * np.log10(0.05), abs=0.2)
    assert np.array_equal(noisy, add_noise(grey, 0.05, 1))
    assert not np.array_equal(noisy, add_noise(grey, 0.05, 2))


def test_who_changes_nothing_gains_nothing() -> None:
    got = repair(as_model(Identity()), discs(12), 0)
    assert got["repair_gain"] == 0
    assert got["psnr_damaged"] == got["psnr_repaired"]


def test_who_knows_the_answer_gains_all() -> None:
    clean = discs(12)
    got: dict[str, Any] = dict(repair(as_model(Knowing(clean)), clean, 0))
    assert got["psnr_repaired"] == 100
    assert got["repair_gain"] == 100 - got["psnr_damaged"]


def test_damage_belongs_to_its_picture_and_seed() -> None:
    few, many, other = Identity(), Identity(), Identity()
    clean = discs(12)
    repair(as_model(few), clean[:3], 0)
    repair(as_model(many), clean, 0)
    repair(as_model(other), clean[:3], 1)
    assert np.array_equal(np.stack(few.seen), np.stack(many.seen[:3]))
    assert not np.array_equal(np.stack(few.seen), np.stack(other.seen))


def test_only_denoising_models_are_measured_so() -> None:
    assert repair(as_model(Identity("none")), discs(3), 0) == {}


@pytest.mark.parametrize("kind", ["blur", "mask", "jpeg"])
def test_a_model_that_mends_something_else_is_measured_on_that(kind: str) -> None:
    got = repair(as_model(Identity(kind)), discs(6), 0)
    assert str(got["damage"]).startswith(kind)
    damaged = got["psnr_damaged"]
    assert isinstance(damaged, float)
    assert 5 < damaged < 100


def test_reconstruction_and_one_picture_go_the_same_way() -> None:
    pictures = discs(3)
    told: list[None] = []
    got = reconstruction(as_model(Identity()), pictures, lambda: told.append(None))
    assert got["psnr"] == 100
    assert got["ssim"] == pytest.approx(1)
    assert len(told) == 3
    code, made = rebuilt(as_model(Identity()), pictures[0])
    assert len(code) == 1
    assert np.array_equal(made, pictures[0])
