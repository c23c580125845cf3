"""Everything that affects a result, in one value."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from aigc_studio.base.frozen import Frozen

Operation = Literal[
    "sample",
    "reconstruct",
    "interpolate",
    "denoise",
    "decode",
    "invert",
    "mix",
    "upscale",
    "repaint",
]
SHA256 = r"^[0-9a-f]{64}$"


class Recipe(Frozen):
    """How one result came to be; the same recipe on the same machine gives the same bytes.

    Attributes:
        operation: which operation made it.
        model: sha256 of the model's weights.
        family: id of the model's family.
        space: latent space the result was decoded from.
        seed: the one seed of this result; None when nothing was drawn.
        code: the latent point as safetensors bytes, when it is not derived from the seed.
        inputs: sha256 of each input file, in order.
        settings: the operation's settings (truncation, method, steps, index ...);
            "conditions" are what the model was told and takes into account.
        versions: versions of the programs whose arithmetic matters (studio, torch).
    """

    operation: Operation
    model: str = Field(pattern=SHA256)
    family: str
    space: str = "z"
    seed: int | None = None
    code: bytes | None = Field(default=None, max_length=1 << 20)
    inputs: tuple[str, ...] = ()
    settings: dict[str, JsonValue] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
