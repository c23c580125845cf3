"""Configuration of the `image-upscale` family."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from aigc_studio.base.frozen import Frozen

Wear = Literal["none", "noise", "jpeg", "both"]


class ImageUpscaleConfig(Frozen):
    """Shape of a net that enlarges pictures.

    Attributes:
        factor: pixels of the result for one of the input, along each side.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        width: channels of its layers.
        blocks: residual blocks, all at the input's size.
        wear: what small inputs suffer in training beside being small, so that worn ones are
            mended too.
        wear_strength: the strongest of it; for noise the standard deviation with pixels in
            [0, 1].
        sharpness: how much the critic of the last part of training has to say, as a part of
            the pull towards the true pixels; 0 leaves it out.
    """

    factor: Literal[2, 4] = 2
    channels: Literal[1, 3, 4] = 3
    width: int = Field(default=48, ge=8, le=512)
    blocks: int = Field(default=8, ge=1, le=64)
    wear: Wear = "none"
    wear_strength: float = Field(default=0.05, ge=0, le=1)
    sharpness: float = Field(default=0.1, ge=0, le=1)

    @field_validator("factor", mode="before")
    @classmethod
    def _written(cls, factor: object) -> object:
        # Settings of a command line are words.
        return int(factor) if isinstance(factor, str) and factor.isdecimal() else factor
