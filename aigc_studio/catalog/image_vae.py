"""Configuration of the `image-vae` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from aigc_studio.base.frozen import Frozen

_COARSEST = 9
Corruption = Literal["none", "noise", "blur", "mask", "jpeg", "mixed"]


class ImageVaeConfig(Frozen):
    """Shape of an image VAE.

    Attributes:
        size: side of the square it sees, in pixels; it must halve down to a grid of at most
            nine cells a side.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: numbers in z.
        width: channels of the widest layers; sets the number of parameters.
        corruption: what its inputs suffer in training; anything but "none" makes it the
            denoising form, which repairs pictures.
        corruption_strength: the strongest corruption; for noise the standard deviation with
            pixels in [0, 1].
        beta: weight of the KL term.
        components: Gaussians in the fitted prior.
    """

    size: int = Field(ge=16, le=1024, multiple_of=8)
    channels: Literal[1, 3, 4] = 3
    latent: int = Field(default=64, ge=2, le=512)
    width: int = Field(default=64, ge=8, le=1024)
    corruption: Corruption = "none"
    corruption_strength: float = Field(default=0.4, ge=0, le=1)
    beta: float = Field(default=1.0, ge=0, le=100)
    components: int = Field(default=10, ge=1, le=100)

    @field_validator("size")
    @classmethod
    def _halves_down(cls, size: int) -> int:
        odd = size // (size & -size)
        if odd > _COARSEST:
            words = "it must be a power of two, or 3, 5, 7 or 9 times one, such as 64, 80 or 96"
            raise PydanticCustomError("halving", words)
        return size
