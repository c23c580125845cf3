"""Augmentation and damage: named randomness, the same for an item whatever stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.catalog.training import Augmentation
from aigc_studio.ml.augment import augment, corrupt, item_keys, normals, uniforms
from aigc_studio.ml.protocol import Moment
from tests.ml.helpers import prepared

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.catalog.image_vae import Corruption

ITEMS = torch.tensor([3, 0, 8, 5, 7, 1])
EVERYTHING = Augmentation(flip=0.5, shift=0.2, rotate=30, scale=0.3, colour=0.6)
KINDS: tuple[Corruption, ...] = ("noise", "blur", "mask", "jpeg", "mixed")
SEEDS = st.integers(0, 2**63 - 1)


def pictures(channels: int = 3) -> Tensor:
    data = prepared(10, 16, channels)
    return data.batch(ITEMS)


def at(step: int = 4, seed: int = 1, items: Tensor = ITEMS) -> Moment:
    return Moment(seed, step, 10, items)


@given(SEEDS, st.integers(0, 10**9), st.integers(0, 50))
def test_numbers_are_in_their_range(seed: int, step: int, stream: int) -> None:
    keys = item_keys(seed, step, ITEMS)
    flat, bell = uniforms(keys, stream, 7), normals(keys, stream, 7)
    assert flat.shape == bell.shape == (6, 7)
    assert bool(((flat >= 0) & (flat < 1)).all())
    assert bool(bell.isfinite().all())


def test_numbers_are_spread_as_they_should() -> None:
    keys = item_keys(1, 2, torch.arange(2000))
    flat, bell = uniforms(keys, 0, 20), normals(keys, 3, 20)
    assert float(flat.mean()) == pytest.approx(0.5, abs=0.01)
    assert float(flat.var()) == pytest.approx(1 / 12, abs=0.003)
    assert float(bell.mean()) == pytest.approx(0, abs=0.02)
    assert float(bell.std()) == pytest.approx(1, abs=0.02)
    assert abs(float(torch.corrcoef(bell.T).fill_diagonal_(0).abs().max())) < 0.1


@given(SEEDS, SEEDS, st.integers(0, 1000))
def test_seed_step_item_and_stream_all_matter(seed: int, other: int, step: int) -> None:
    keys = item_keys(seed, step, ITEMS)
    assert len(set(keys.tolist())) == len(ITEMS)
    assert not bool((keys == item_keys(seed, step + 1, ITEMS)).any())
    assert not bool((uniforms(keys, 0, 3) == uniforms(keys, 1, 3)).all())
    if seed != other:
        assert not bool((keys == item_keys(other, step, ITEMS)).any())


def test_an_item_drawn_twice_is_told_apart() -> None:
    keys = item_keys(1, 2, torch.tensor([4, 9, 4, 4]))
    assert len(set(keys.tolist())) == 4
    assert keys[0] == item_keys(1, 2, torch.tensor([4]))[0]


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_nothing_wished_changes_nothing(channels: int) -> None:
    clean = pictures(channels)
    assert torch.equal(augment(clean, Augmentation(), at()), clean)
    for kind in KINDS:
        assert torch.equal(corrupt(clean, kind, 0.0, at()), clean)
    assert torch.equal(corrupt(clean, "none", 0.9, at()), clean)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize(
    "wishes",
    [
        EVERYTHING,
        Augmentation(flip=1),
        Augmentation(shift=0.5),
        Augmentation(rotate=180),
        Augmentation(scale=0.5),
        Augmentation(colour=1),
    ],
)
def test_changed_pictures_are_pictures(wishes: Augmentation, channels: int) -> None:
    clean = pictures(channels)
    changed = augment(clean, wishes, at())
    assert changed.shape == clean.shape
    assert changed.dtype == torch.float32
    assert bool(((changed >= 0) & (changed <= 1)).all())
    assert not torch.equal(changed, clean)
    assert torch.equal(changed, augment(clean, wishes, at()))
    if channels == 4:
        assert bool((changed[:, :3] <= changed[:, 3:] + 1e-6).all())


@pytest.mark.parametrize("changed", [at(step=5), at(seed=2)])
def test_another_step_or_seed_changes_otherwise(changed: Moment) -> None:
    clean = pictures()
    assert not torch.equal(augment(clean, EVERYTHING, at()), augment(clean, EVERYTHING, changed))
    one, other = (corrupt(clean, "noise", 0.5, moment) for moment in (at(), changed))
    assert not torch.equal(one, other)


@pytest.mark.parametrize("picked", [[0], [5, 2], [4, 3, 2, 1, 0]])
def test_a_picture_changes_alike_in_any_batch(picked: list[int]) -> None:
    clean, moment = pictures(), at(items=ITEMS[picked])
    whole = augment(clean, EVERYTHING, at())[picked]
    torch.testing.assert_close(augment(clean[picked], EVERYTHING, moment), whole)
    for kind in KINDS:
        whole = corrupt(clean, kind, 0.7, at())[picked]
        assert torch.equal(corrupt(clean[picked], kind, 0.7, moment), whole)


def test_a_sure_flip_is_a_mirror_and_a_shift_moves_whole_pixels() -> None:
    clean = pictures()
    assert torch.equal(augment(clean, Augmentation(flip=1), at()), clean.flip(3))
    moved = augment(clean, Augmentation(shift=0.2), at())
    assert set(moved.flatten().tolist()) <= set(clean.flatten().tolist())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channels", [1, 4])
def test_damaged_pictures_are_eight_bit_pictures(kind: Corruption, channels: int) -> None:
    clean = pictures(channels)
    before = clean.clone()
    damaged = corrupt(clean, kind, 0.8, at())
    assert damaged.shape == clean.shape
    assert bool(((damaged >= 0) & (damaged <= 1)).all())
    torch.testing.assert_close(damaged * 255, (damaged * 255).round(), atol=1e-3, rtol=0)
    assert not torch.equal(damaged, clean)
    assert torch.equal(damaged, corrupt(clean, kind, 0.8, at()))
    assert torch.equal(clean, before)


@pytest.mark.parametrize("kind", KINDS)
def test_stronger_wishes_damage_more(kind: Corruption) -> None:
    clean = pictures()
    harm = [float((corrupt(clean, kind, s, at()) - clean).square().mean()) for s in (0.1, 0.4, 1.0)]
    assert harm == sorted(harm)


def test_sides_that_are_no_multiple_of_a_block_are_damaged_too() -> None:
    clean = pictures()[:, :, :12, :12].contiguous()
    assert corrupt(clean, "jpeg", 0.8, at()).shape == clean.shape
