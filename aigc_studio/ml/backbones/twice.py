"""A convolution that can be differentiated twice quickly.

Gradient penalties differentiate gradients. The second derivative that comes with torch finds
the weights' part by a convolution whose kernel is as large as the picture, which took a CPU
half of a step; here each part is a convolution of the usual kind, and that half became a third
shorter.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor


_skipped = False


@contextlib.contextmanager
def of_inputs_alone() -> Iterator[None]:
    """While inside, gradients of weights are not found: a penalty's first derivative needs none.

    torch leaves them out of its own convolutions where nobody asks, but cannot tell one of ours.
    """
    global _skipped  # noqa: PLW0603 - a backward pass has no other way to be told
    before, _skipped = _skipped, True
    try:
        yield
    finally:
        _skipped = before


def conv2d(x: Tensor, weight: Tensor) -> Tensor:
    """(B, I, G, G) with (O, I, K, K), K odd, padded to keep the grid, without a bias."""
    if torch.is_autocast_enabled(x.device.type):
        kind = torch.get_autocast_dtype(x.device.type)
        x, weight = x.to(kind), weight.to(kind)
    y: Tensor = _Forward.apply(x, weight)
    return y


class _Forward(torch.autograd.Function):
    """y = x * w."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:  # noqa: ANN401 - torch's own
        ctx.save_for_backward(x, weight)
        return F.conv2d(x, weight, padding=weight.shape[-1] // 2)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, Tensor | None]:  # noqa: ANN401
        x, weight = ctx.saved_tensors
        return (
            _Back.apply(grad, weight) if ctx.needs_input_grad[0] else None,
            _Weights.apply(x, grad, weight) if ctx.needs_input_grad[1] and not _skipped else None,
        )


class _Back(torch.autograd.Function):
    """dx of dy and w; linear in both."""

    @staticmethod
    def forward(ctx: Any, grad: Tensor, weight: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(grad, weight)
        return F.conv_transpose2d(grad, weight, padding=weight.shape[-1] // 2)

    @staticmethod
    def backward(ctx: Any, again: Tensor) -> tuple[Tensor | None, Tensor | None]:  # noqa: ANN401
        grad, weight = ctx.saved_tensors
        return (
            _Forward.apply(again, weight) if ctx.needs_input_grad[0] else None,
            _Weights.apply(again, grad, weight) if ctx.needs_input_grad[1] else None,
        )


class _Weights(torch.autograd.Function):
    """dw of x and dy; linear in both."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, grad: Tensor, weight: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(x, grad)
        pad = weight.shape[-1] // 2
        mask = [False, True, False]
        found: Tensor = torch.ops.aten.convolution_backward(
            grad, x, weight, None, [1, 1], [pad, pad], [1, 1], False, [0, 0], 1, mask
        )[1]
        return found

    @staticmethod
    def backward(ctx: Any, again: Tensor) -> tuple[Tensor | None, Tensor | None, None]:  # noqa: ANN401
        x, grad = ctx.saved_tensors
        return (
            _Back.apply(grad, again) if ctx.needs_input_grad[0] else None,
            _Forward.apply(x, again) if ctx.needs_input_grad[1] else None,
            None,
        )
