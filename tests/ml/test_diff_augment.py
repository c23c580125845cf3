"""Differentiable augmentation: by item, with its probability, and with gradients."""

from __future__ import annotations

import pytest
import torch

from aigc_studio.ml.augment import item_keys
from aigc_studio.ml.diff_augment import diff_augment

KEYS = item_keys(1, 2, torch.arange(64))


def pictures(count: int = 64, channels: int = 3) -> torch.Tensor:
    made = torch.rand(count, channels, 16, 16, generator=torch.Generator().manual_seed(4))
    return made * 2 - 1


def changed(x: torch.Tensor, before: torch.Tensor) -> float:
    return float(((x - before).abs() > 1e-3).flatten(1).any(1).float().mean())


def test_nothing_happens_without_a_probability() -> None:
    x = pictures()
    assert torch.equal(diff_augment(x, 0.0, KEYS, 1), x)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_about_as_many_as_said_are_changed(channels: int) -> None:
    x = pictures(channels=channels)
    assert 0.3 < changed(diff_augment(x, 0.2, KEYS, 1), x) < 0.7  # 1 - 0.8^3 = 0.49
    assert changed(diff_augment(x, 1.0, KEYS, 1), x) == 1.0


def test_an_item_changes_alike_in_any_batch_and_otherwise_in_another_stream() -> None:
    x = pictures()
    whole = diff_augment(x, 0.6, KEYS, 1)
    picked = torch.tensor([5, 40, 2])
    torch.testing.assert_close(diff_augment(x[picked], 0.6, KEYS[picked], 1), whole[picked])
    assert not torch.equal(diff_augment(x, 0.6, KEYS, 2), whole)


def test_gradients_reach_what_is_left_of_the_picture() -> None:
    x = pictures(4).requires_grad_()
    (slope,) = torch.autograd.grad(diff_augment(x, 1.0, KEYS[:4], 1).sum(), x)
    share = (slope != 0).float().mean((1, 2, 3))
    assert bool(((share > 0.3) & (share < 1)).all())  # a hole and what was moved out have none


def test_colours_stay_under_their_alpha_where_nothing_is_seen() -> None:
    empty = torch.full((8, 4, 16, 16), -1.0)
    torch.testing.assert_close(diff_augment(empty, 1.0, KEYS[:8], 1), empty)
