"""The moving average that is exported."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from aigc_studio.ml.average import averaged_copy, update_average


def test_the_average_is_the_formula_with_its_ramp() -> None:
    net = nn.Linear(3, 2)
    averaged = averaged_copy(net)
    expected = net.weight.detach().clone()
    for step in range(40):
        with torch.no_grad():
            net.weight.add_(torch.randn(2, 3, generator=torch.Generator().manual_seed(step)))
        update_average(averaged, net, step, 0.7)
        part = min(0.7, (1 + step) / (10 + step))
        expected = part * expected + (1 - part) * net.weight.detach()
    torch.testing.assert_close(averaged.get_parameter("weight"), expected)


def test_buffers_are_copied_and_nothing_is_shared_or_trained() -> None:
    net = nn.BatchNorm1d(3)
    averaged = averaged_copy(net)
    net(torch.randn(8, 3))
    assert not torch.equal(averaged.get_buffer("running_mean"), net.get_buffer("running_mean"))
    update_average(averaged, net, 0, 0.9)
    assert torch.equal(averaged.get_buffer("running_mean"), net.get_buffer("running_mean"))
    assert not averaged.training
    assert not any(parameter.requires_grad for parameter in averaged.parameters())


@pytest.mark.parametrize("decay", [0.0, 0.998])
def test_a_still_net_is_its_own_average(decay: float) -> None:
    net = nn.Linear(2, 2)
    averaged = averaged_copy(net)
    for step in (0, 1, 1000):
        update_average(averaged, net, step, decay)
    torch.testing.assert_close(averaged.get_parameter("weight"), net.weight)
