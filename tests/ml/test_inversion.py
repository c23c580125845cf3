"""Searching for a point: it gets nearer, never answers a worse one, and repeats itself."""

from __future__ import annotations

import pytest
import torch

from aigc_studio.ml.inversion import Search, distance, search

GENERATOR = torch.Generator().manual_seed(5)
BASIS = torch.randn(3, 1 * 16 * 16, generator=GENERATOR) * 0.2


def make(z: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(z @ BASIS).view(-1, 1, 16, 16)


MODEL = Search(make=make, scale=torch.ones(3), stray=lambda z: z.square().mean())
WANTED = torch.tensor([[0.8, -0.5, 0.3]])


def test_a_search_comes_near_and_only_ever_nearer() -> None:
    goal = make(WANTED)
    looks = list(search(MODEL, torch.zeros(1, 3), goal, 200))
    decibels = [each for _, each in looks]
    assert decibels == sorted(decibels)
    assert len(looks) == 21
    assert decibels[-1] > decibels[0] + 15
    torch.testing.assert_close(looks[-1][0], WANTED, atol=0.1, rtol=0.1)


def test_the_same_search_finds_the_same_point() -> None:
    goal = make(WANTED)
    ends = [list(search(MODEL, torch.zeros(1, 3), goal, 30))[-1][0] for _ in range(2)]
    assert torch.equal(*ends)


def test_no_steps_answer_the_start() -> None:
    start = torch.ones(1, 3)
    looks = list(search(MODEL, start, make(WANTED), 0))
    assert len(looks) == 1
    assert torch.equal(looks[0][0], start)


def test_the_distance_looks_at_coarser_grids_too() -> None:
    fine = torch.tensor([[0.0, 1.0], [1.0, 0.0]]).repeat(8, 8)[None, None]
    assert float(distance(fine, 1 - fine)) == pytest.approx(0.5)  # gone on the grid of eight
    assert float(distance(fine, fine)) == 0.0
