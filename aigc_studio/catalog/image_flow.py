"""Configuration of the `image-flow` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aigc_studio.base.frozen import Frozen

FACTOR = 8  # pixels along each side of one cell of the latent grid
_SMALL_GRID = 8


class ImageFlowConfig(Frozen):
    """Shape of a latent flow model: an autoencoder, and a flow over its latents.

    Attributes:
        size: side of the square it sees, in pixels.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: channels of the latent grid, whose side is an eighth of the picture's.
        width: channels of the autoencoder's coarsest grid.
        blocks: residual blocks of the autoencoder on its coarsest grid.
        kl: weight of the KL term, beside an L1 error of pixels in [0, 1].
        critic: part of the autoencoder's steps, the last, in which a patch critic judges too.
        autoencoder_share: part of a run's steps that the autoencoder learns in, the first.
        dim: numbers a token of the flow has, a multiple of 4 and of `heads`.
        depth: blocks of the flow's transformer.
        patch: cells along each side of one token; 0 keeps every cell of a grid of up to 8 x 8,
            and takes 2 for larger ones. An odd grid is never divided.
        heads: attention heads; each has an equal part of `dim`.
        words: largest number of words and labels that are learned; 0 for none.
        dropout: how often a picture is shown without its words.
    """

    size: int = Field(ge=16, le=1024, multiple_of=FACTOR)
    channels: Literal[1, 3, 4] = 3
    latent: int = Field(default=4, ge=1, le=64)
    width: int = Field(default=128, ge=8, le=1024, multiple_of=4)
    blocks: int = Field(default=2, ge=1, le=8)
    kl: float = Field(default=1e-3, ge=0, le=1)
    critic: float = Field(default=0.0, ge=0, le=1)
    autoencoder_share: float = Field(default=0.4, ge=0, le=1)
    dim: int = Field(default=192, ge=16, le=2048, multiple_of=4)
    depth: int = Field(default=5, ge=1, le=48)
    patch: int = Field(default=0, ge=0, le=2)
    heads: int = Field(default=3, ge=1, le=32)
    words: int = Field(default=8000, ge=0, le=32_000)
    dropout: float = Field(default=0.12, ge=0, le=1)

    @field_validator("heads")
    @classmethod
    def _share_evenly(cls, heads: int, info: ValidationInfo) -> int:
        if info.data.get("dim", heads) % heads:
            raise PydanticCustomError("heads", "dim must be a multiple of it")
        return heads

    @property
    def side(self) -> int:
        """Cells of the latent grid along each side."""
        return self.size // FACTOR

    @property
    def cells(self) -> int:
        """Cells along each side of one token."""
        wished = self.patch or (2 if self.side > _SMALL_GRID else 1)
        return 1 if self.side % wished else wished

    @property
    def point(self) -> tuple[int, int, int]:
        """Shape of a point of both its spaces, (C, H, W)."""
        return (self.latent, self.side, self.side)
