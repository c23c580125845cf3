"""Flow matching: the way between noise and data, the solver, and guidance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import torch

from aigc_studio.ml.flow import guided, logit_normal, mixed, travel, velocity_loss

if TYPE_CHECKING:
    from torch import Tensor


def point(*numbers: float) -> Tensor:
    """One point of one channel."""
    return torch.tensor(numbers).view(1, 1, 1, -1)


def test_the_way_begins_at_noise_and_ends_at_data() -> None:
    noise, data = point(1.0, -2.0), point(3.0, 4.0)
    for time, there in ((0.0, noise), (1.0, data), (0.25, 0.75 * noise + 0.25 * data)):
        torch.testing.assert_close(mixed(noise, data, torch.tensor([time])), there)


def test_the_target_is_the_ways_velocity() -> None:
    noise, data = point(1.0, -2.0), point(3.0, 4.0)
    step = 1e-3
    slope = (mixed(noise, data, torch.tensor([0.5 + step])) - mixed(
        noise, data, torch.tensor([0.5])
    )) / step  # fmt: skip
    assert float(velocity_loss(data - noise, noise, data)) == 0
    assert float(velocity_loss(slope, noise, data)) == pytest.approx(0, abs=1e-5)
    assert float(velocity_loss(torch.zeros_like(noise), noise, data)) == pytest.approx(20)


def test_times_lie_in_the_middle_more_often() -> None:
    times = logit_normal(torch.randn(20_000, generator=torch.Generator().manual_seed(0)))
    assert 0 < float(times.min()) < float(times.max()) < 1
    assert float(times.mean()) == pytest.approx(0.5, abs=0.01)
    middle = float(((times > 0.25) & (times < 0.75)).float().mean())
    assert middle == pytest.approx(math.erf(math.log(3) / math.sqrt(2)), abs=0.02)


def growth(x: Tensor, time: float) -> Tensor:
    """dx/dt = (1 + t) x, whose solution grows by exp(3/2) from 0 to 1."""
    return (1 + time) * x


@pytest.mark.parametrize("steps", [10, 20, 40])
def test_the_solver_is_of_second_order(steps: int) -> None:
    exact = math.exp(1.5)
    errors = [
        abs(float(travel(growth, point(1.0), steps=count)) - exact) for count in (steps, 2 * steps)
    ]
    assert errors[0] / errors[1] > 3.3
    assert errors[0] < 30 / steps**2


def test_a_straight_way_takes_one_step() -> None:
    made = travel(lambda x, _: torch.full_like(x, 3.0), point(1.0), steps=1)
    assert float(made) == pytest.approx(4.0)


def test_the_way_back_leads_where_the_way_began() -> None:
    there = travel(growth, point(0.7, -1.2), steps=100)
    back = travel(growth, there, start=1.0, end=0.0, steps=100)
    torch.testing.assert_close(back, point(0.7, -1.2), atol=1e-3, rtol=0)


def test_each_step_is_told_and_may_be_changed() -> None:
    times = []

    def seen(index: int, x: Tensor, slope: Tensor, time: float) -> Tensor:
        times.append((index, time))
        assert slope.shape == x.shape
        return torch.zeros_like(x)

    made = travel(growth, point(1.0), start=0.5, steps=4, seen=seen)
    assert times == [(0, 0.625), (1, 0.75), (2, 0.875), (3, 1.0)]
    assert float(made) == 0


def test_guidance_leads_from_what_comes_freely_towards_and_beyond_what_is_told() -> None:
    free, told = point(1.0), point(3.0)
    assert [float(guided(free, told, g)) for g in (0.0, 1.0, 2.5)] == [1.0, 3.0, 6.0]
