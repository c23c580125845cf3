"""The transformer that learns velocities: tokens of a latent grid, time, and words.

Peebles and Xie, "Scalable diffusion models with transformers" (2023), with one modulation
shared by all blocks and cross-attention to the words, as in Chen et al., "PixArt-alpha" (2024).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml.backbones.conv import zero_

if TYPE_CHECKING:
    from aigc_studio.catalog.image_flow import ImageFlowConfig

    Said = tuple[Tensor, Tensor, Tensor]

_WAVES = 128  # numbers that a time becomes before it is mixed
_WORD = 64  # numbers that a word is looked up as
NOTHING = 0  # token that fills up short sentences; never attended to
BEGIN = 1  # token that every sentence begins with, alone where nothing is said
SPECIAL = 2


class Attention(nn.Module):
    """Attention from tokens (B, N, D) to tokens (B, M, D)."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(dim, dim)
        self.keys_values = nn.Linear(dim, 2 * dim)
        self.leave = nn.Linear(dim, dim)

    def forward(self, x: Tensor, context: Tensor, mask: Tensor | None = None) -> Tensor:
        """(B, N, D); `mask` (B, M) says which of the context may be looked at."""
        key, value = self.keys_values(context).chunk(2, -1)
        mixed = _attend(self._split(self.queries(x)), self._split(key), self._split(value), mask)
        return cast("Tensor", self.leave(mixed.transpose(1, 2).flatten(2)))

    def _split(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:-1], self.heads, -1).transpose(1, 2)


class Words(nn.Module):
    """Tokens of words to vectors for cross-attention, and one vector for the whole.

    Args:
        count: words and labels that are known.
        dim: numbers a vector has.
        heads: attention heads.
    """

    def __init__(self, count: int, dim: int, heads: int) -> None:
        super().__init__()
        self.table = nn.Embedding(SPECIAL + count, _WORD)
        nn.init.normal_(self.table.weight, std=0.5)
        self.widen = nn.Linear(_WORD, dim)
        self.norm = nn.LayerNorm(dim)
        self.attend = Attention(dim, heads)
        self.mix = _mlp(dim, 2 * dim, dim)
        self.leave = nn.LayerNorm(dim)
        self.whole = nn.Linear(dim, dim)

    def forward(self, tokens: Tensor) -> Said:
        """Vectors (B, L, D), which of them count (B, L), and the whole (B, D)."""
        there = tokens != NOTHING
        h = self.widen(self.table(tokens))
        normed = self.norm(h)
        h = h + self.attend(normed, normed, there)
        h = self.leave(h + self.mix(h))
        parts = there[:, :, None].to(h.dtype)
        whole = (h * parts).sum(1) / parts.sum(1)
        return h, there, self.whole(whole)


class Block(nn.Module):
    """Self-attention, cross-attention and an MLP; starts as the identity."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.own = nn.Parameter(torch.zeros(6, dim))
        self.norms = nn.ModuleList(
            nn.LayerNorm(dim, eps=1e-6, elementwise_affine=index == 1) for index in range(3)
        )
        self.attend = Attention(dim, heads)
        self.read = Attention(dim, heads)
        self.mlp = _mlp(dim, 4 * dim, dim)
        zero_(self.read.leave)

    def forward(self, x: Tensor, shared: Tensor, words: Tensor, there: Tensor) -> Tensor:
        """Tokens (B, N, D); `shared` (B, 6, D) is the modulation all blocks share."""
        shift, scale, gate, shift2, scale2, gate2 = (shared + self.own).unsqueeze(2).unbind(1)
        normed = torch.addcmul(shift, self.norms[0](x), 1 + scale)
        x = torch.addcmul(x, gate, self.attend(normed, normed))
        x = x + self.read(self.norms[1](x), words, there)
        mixed = self.mlp(torch.addcmul(shift2, self.norms[2](x), 1 + scale2))
        return torch.addcmul(x, gate2, mixed)


class FlowTransformer(nn.Module):
    """Velocity of points of a latent grid at a time, given words.

    Args:
        config: shape.
        count: words and labels that are known.
    """

    def __init__(self, config: ImageFlowConfig, count: int) -> None:
        super().__init__()
        self.config = config
        dim, numbers = config.dim, config.latent * config.cells**2
        self.enter = nn.Linear(numbers, dim)
        self.times = nn.Sequential(nn.Linear(_WAVES, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.words = Words(count, dim, config.heads)
        self.shared = nn.Linear(dim, 6 * dim)
        self.blocks = nn.ModuleList(Block(dim, config.heads) for _ in range(config.depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6, elementwise_affine=False)
        self.last = nn.Linear(dim, 2 * dim)
        self.leave = nn.Linear(dim, numbers)
        for layer in (self.shared, self.leave, self.last):
            zero_(layer)

    def forward(self, x: Tensor, time: Tensor, tokens: Tensor) -> Tensor:
        """Velocities (B, C, H, W), float32.

        Args:
            x: points, (B, C, H, W).
            time: 0 for noise to 1 for latents, (B,).
            tokens: words, (B, L) int64, see `ml.words`.
        """
        return self.told(x, time, self.words(tokens))

    def told(self, x: Tensor, time: Tensor, said: Said) -> Tensor:
        """The same, given what `words` made of the tokens, so that it need not at each look."""
        patch, side = self.config.cells, self.config.side // self.config.cells
        h = self.enter(F.pixel_unshuffle(x, patch).flatten(2).transpose(1, 2))
        h = h + positions(side, self.config.dim).to(h)
        words, there, whole = said
        known = F.silu(self.times(waves(time)) + whole)
        shared = self.shared(known).unflatten(1, (6, -1))
        for block in self.blocks:
            h = block(h, shared, words, there)
        shift, scale = self.last(known)[:, None].chunk(2, -1)
        out = self.leave(self.norm(h) * (1 + scale) + shift)
        return F.pixel_shuffle(out.transpose(1, 2).unflatten(2, (side, side)), patch).float()


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    allowed = None if mask is None else mask[:, None, None, :]
    if query.device.type != "cpu":
        return F.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
    # The fused form's backward pass took half of a step's time on a CPU.
    scores = query @ (key * key.shape[-1] ** -0.5).transpose(-1, -2)
    if allowed is not None:
        scores = scores.masked_fill(~allowed, -torch.inf)
    mixed: Tensor = scores.softmax(-1).to(value.dtype) @ value
    return mixed


def _mlp(dim: int, inner: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(dim, inner), nn.GELU(approximate="tanh"), nn.Linear(inner, out))


def waves(time: Tensor) -> Tensor:
    """Times in [0, 1] as sines and cosines of many frequencies, (B,) to (B, 128)."""
    half = _WAVES // 2
    rates = torch.exp(torch.arange(half, device=time.device) * (-math.log(1e4) / half)) * 1e3
    angles = time.float()[:, None] * rates
    return torch.cat([angles.cos(), angles.sin()], 1)


@lru_cache(maxsize=8)
def positions(side: int, dim: int) -> Tensor:
    """Where each token of a square grid stands, as sines and cosines, (side * side, dim)."""
    quarter = dim // 4
    rates = torch.exp(torch.arange(quarter) * (-math.log(1e2) / quarter))
    at = torch.arange(side)[:, None] * rates
    line = torch.cat([at.sin(), at.cos()], 1)
    rows = line[:, None].expand(side, side, -1)
    return torch.cat([rows, rows.transpose(0, 1)], 2).reshape(side * side, dim)
