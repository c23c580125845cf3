"""Configuration of the `image-gan` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from aigc_studio.base.frozen import Frozen

_COARSEST = 9
_FEWEST_CELLS = 4
_FOLDED_FROM = 64
Loss = Literal["relativistic", "logistic"]


class ImageGanConfig(Frozen):
    """Shape and objective of a style-based image GAN.

    Attributes:
        size: side of the square it makes, in pixels; it must halve down to a grid of 4 to 9
            cells a side.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: numbers in z and in each w.
        width: channels of the coarsest grid; sets the number of parameters.
        wide: cells a side up to which grids keep the whole width; finer ones halve it.
        fold: pixels along each side of a cell of the finest grid; 2 takes about half of the
            time and draws pixels in blocks of four. 0 takes 2 from 64 pixels on, and 1 for what
            is smaller: every pixel of those counts.
        mapping: layers between z and w.
        attention: self-attention on grids of 16 to 32 cells a side, for pictures whose parts
            must agree over a distance.
        loss: "relativistic" compares real with made pictures pairwise; "logistic" judges each
            alone and adapts the augmentation.
        gamma: weight of the gradient penalties; 0 takes what suits loss, size and batch.
        path_length: weight of the path-length penalty of the logistic loss; 0 leaves it out.
        mixing: probability that a training picture takes its styles from two points.
        rebuild: weight of making real pictures again from where the encoder finds them. Points
            are then drawn from where pictures were found; with 0 they are mapped from z, as in
            the papers.
        augment: with the relativistic loss the probability of augmentation at the end of its
            ramp; with the logistic one the overfitting that the probability is adapted to.
    """

    size: int = Field(ge=32, le=512, multiple_of=8)
    channels: Literal[1, 3, 4] = 3
    latent: int = Field(default=128, ge=8, le=512)
    width: int = Field(default=256, ge=16, le=1024, multiple_of=8)
    wide: int = Field(default=4, ge=4, le=64)
    fold: int = Field(default=1, ge=0, le=2)
    mapping: int = Field(default=4, ge=1, le=8)
    attention: bool = False
    loss: Loss = "relativistic"
    gamma: float = Field(default=0.0, ge=0, le=1000)
    path_length: float = Field(default=0.0, ge=0, le=100)
    mixing: float = Field(default=0.5, ge=0, le=1)
    rebuild: float = Field(default=0.0, ge=0, le=1000)
    augment: float | None = Field(default=None, ge=0, le=0.8)

    @field_validator("size")
    @classmethod
    def _halves_down(cls, size: int) -> int:
        if size // (size & -size) > _COARSEST:
            words = "it must be a power of two, or 3, 5, 7 or 9 times one, such as 64, 80 or 96"
            raise PydanticCustomError("halving", words)
        return size

    @property
    def cell(self) -> int:
        """Pixels along each side of a cell of the finest grid."""
        return cell_of(self.fold, self.size)

    @property
    def layers(self) -> int:
        """How many layers of the synthesis take a row of a point of w+ each, coarse ones first.

        The coarsest grid has one convolution, each finer one has two, and the last picture takes
        a row of its own.
        """
        return 2 * len(sides_of(self.size, self.cell))


def cell_of(fold: int, size: int) -> int:
    """Pixels along each side of a cell of the finest grid; `fold` 0 follows the size."""
    return fold or (2 if size >= _FOLDED_FROM else 1)


def sides_of(size: int, fold: int = 1) -> tuple[int, ...]:
    """Cells along each side of all grids, from the coarsest, of 4 to 9, to the finest.

    Args:
        size: side of the picture in pixels.
        fold: a cell of the finest grid stands for fold x fold pixels.
    """
    sides = [size // fold]
    while sides[-1] % 2 == 0 and sides[-1] // 2 >= _FEWEST_CELLS:
        sides.append(sides[-1] // 2)
    return tuple(reversed(sides))
