"""Configuration of the `image-vae` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aigc_studio.base.frozen import Frozen

Corruption = Literal["none", "noise", "blur", "mask", "jpeg", "mixed"]


class ImageVaeConfig(Frozen):
    """Shape of an image VAE.

    Attributes:
        size: side of the square it sees, in pixels.
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
