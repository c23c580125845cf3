"""Configuration of the `cogan` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from aigc_studio.base.frozen import Frozen

_COARSEST = 9
_FEWEST_HALVINGS = 2


class CoganConfig(Frozen):
    """Shape of a pair of generators that share their beginning.

    Attributes:
        size: side of the squares it makes, in pixels; they halve down to a grid of four to nine
            cells a side, at least twice.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: numbers in z.
        width: channels of the widest layers; sets the number of parameters.
        apart: halvings of the grid, from the picture on, in which the domains have layers of
            their own; the coarser ones are shared.
        gamma: weight of both gradient penalties of the critics.
        domains: names of the two domains, first and second.
    """

    size: int = Field(ge=16, le=256, multiple_of=4)
    channels: Literal[1, 3, 4] = 3
    latent: int = Field(default=64, ge=2, le=512)
    width: int = Field(default=64, ge=8, le=512)
    apart: int = Field(default=1, ge=0, le=8)
    gamma: float = Field(default=1.0, ge=0, le=1000)
    domains: tuple[str, str] = ("first", "second")

    @field_validator("size")
    @classmethod
    def _halves_down(cls, size: int) -> int:
        if grids(size)[-1] > _COARSEST or len(grids(size)) <= _FEWEST_HALVINGS:
            words = "it must be a power of two, or 5, 6, 7 or 9 times one, such as 32, 48 or 64"
            raise PydanticCustomError("halving", words)
        return size


def grids(size: int) -> list[int]:
    """Sides of the grids from the picture down to the coarsest."""
    sides = [size]
    while sides[-1] >= _COARSEST - 1 and sides[-1] % 2 == 0:
        sides.append(sides[-1] // 2)
    return sides
