"""Configuration of the `cogan` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.image_gan import cell_of

_COARSEST = 9
_FEWEST_HALVINGS = 2


class CoganConfig(Frozen):
    """Shape of a pair of generators that share their beginning.

    Attributes:
        fold: pixels along each side of a cell of the finest grid, see `ImageGanConfig`.
        size: side of the squares it makes, in pixels; they halve down to a grid of four to nine
            cells a side, at least twice.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: numbers in z.
        width: channels of the widest layers; sets the number of parameters.
        apart: halvings of the grid, from the picture on, in which the domains have layers of
            their own; the coarser ones are shared.
        gamma: weight of the critics' gradient penalty.
        rebuild: weight of making real pictures of both domains again from where an encoder
            finds them. Points are then drawn from where pictures were found; with 0 they are
            of N(0, I), as in the paper, and no pictures are found.
        alike: weight of the edges of a pair lying in the same places; 0 leaves it to what the
            generators share.
        domains: names of the two domains, first and second.
    """

    fold: int = Field(default=1, ge=0, le=2)
    size: int = Field(ge=16, le=256, multiple_of=4)
    channels: Literal[1, 3, 4] = 3
    latent: int = Field(default=64, ge=2, le=512)
    width: int = Field(default=64, ge=8, le=512)
    apart: int = Field(default=1, ge=0, le=8)
    gamma: float = Field(default=1.0, ge=0, le=1000)
    rebuild: float = Field(default=0.0, ge=0, le=1000)
    alike: float = Field(default=0.0, ge=0, le=1000)
    domains: tuple[str, str] = ("first", "second")

    @field_validator("size")
    @classmethod
    def _halves_down(cls, size: int, info: ValidationInfo) -> int:
        sides = grids(size // cell_of(info.data.get("fold", 1), size))
        if sides[-1] > _COARSEST or len(sides) <= _FEWEST_HALVINGS:
            words = "it must be a power of two, or 5, 6, 7 or 9 times one, such as 32, 48 or 64"
            raise PydanticCustomError("halving", words)
        return size

    @property
    def cell(self) -> int:
        """Pixels along each side of a cell of the finest grid."""
        return cell_of(self.fold, self.size)


def grids(finest: int) -> list[int]:
    """Sides of the grids from the finest down to the coarsest."""
    sides = [finest]
    while sides[-1] >= _COARSEST - 1 and sides[-1] % 2 == 0:
        sides.append(sides[-1] // 2)
    return sides
