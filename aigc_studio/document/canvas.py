"""Canvases as plain frozen data: layers, their timeline, and presets of the latent dock."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.catalog.latent import Code, Floats
from aigc_studio.document.fields import Colour, Hash, Id, Name, SpaceName
from aigc_studio.media.placing import (
    LARGEST_SCALE,
    PLAIN,
    SMALLEST_SCALE,
    Adjust,
    Crop,
    Sampling,
)

MAX_SIDE = 8192
MAX_CANVASES = 10_000
MAX_LAYERS = 1000
MAX_KEYS = 20_000
MAX_FRAMES = 100_000
MAX_CODE_BYTES = 1 << 18
_NUMBER = np.dtype("<f4")

Easing = Literal["linear", "ease", "ease-in", "ease-out", "hold"]


def packed(code: Floats) -> bytes:
    """Numbers of any shape as float32 bytes, little-endian, in C order."""
    return np.ascontiguousarray(code, _NUMBER).tobytes()


def unpacked(code: bytes) -> Floats:
    """What `packed` wrote, as one flat float32 array (read-only)."""
    return np.frombuffer(code, _NUMBER).astype(np.float32, copy=False)


def _all_finite(code: bytes) -> bytes:
    if len(code) % _NUMBER.itemsize or not np.isfinite(unpacked(code)).all():
        raise ValueError("a latent code must be finite float32 numbers")
    return code


Numbers = Annotated[
    bytes, Field(min_length=4, max_length=MAX_CODE_BYTES), AfterValidator(_all_finite)
]
Coordinate = Annotated[float, Field(ge=-1e6, le=1e6)]
Frame = Annotated[int, Field(ge=0, lt=MAX_FRAMES)]
Axis = Annotated[int, Field(ge=0, lt=4096)]


class LatentPoint(Frozen):
    """A place in a model's latent space, and how it was reached.

    Attributes:
        model: sha256 of the model's weights; it need not be in the project.
        code: the point as float32 bytes, see `packed`; in JSON as base64.
        seed: what it was drawn from; None for one that was moved or found.
        truncation: what it was drawn with.
        conditions: what the model is told beside it.
    """

    model: Hash
    space: SpaceName = "z"
    code: Numbers
    seed: int | None = Field(default=None, ge=-(1 << 63), lt=1 << 64)
    truncation: float = Field(default=1.0, ge=0, le=4)
    conditions: Conditions = ANYTHING

    @property
    def numbers(self) -> Floats:
        """The point as one flat float32 array (read-only)."""
        return unpacked(self.code)

    def as_code(self) -> Code:
        """The point as what models take: a batch of one."""
        return Code(self.model, self.space, {self.space: self.numbers[None]}, self.seed)

    @classmethod
    def of(cls, code: Code, *, truncation: float = 1.0) -> Self:
        """The first point of a batch.

        Raises:
            ValueError: the numbers are not finite, or too many.
        """
        point = code.tensors[code.space][0]
        return cls(
            model=code.model_id,
            space=code.space,
            code=packed(point),
            seed=code.seed,
            truncation=truncation,
        )


class Layer(Frozen):
    """A picture on a canvas.

    Attributes:
        asset: the picture; of a living layer its last render.
        living: the latent point it shows and can be changed by; None for a plain picture.
        x, y: where its middle lies, in pixels from the canvas's left upper corner.
        scale: pixels of the canvas for one of the (cropped) picture.
        rotation: degrees, clockwise, about the middle.
        opacity: 0 to 1.
        frozen: a living layer that is not to change.
        sampling: how it is enlarged.
    """

    id: Id
    name: Name
    asset: Id
    living: LatentPoint | None = None
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    scale: float = Field(default=1.0, ge=SMALLEST_SCALE, le=LARGEST_SCALE)
    rotation: float = Field(default=0.0, ge=-360, le=360)
    opacity: float = Field(default=1.0, ge=0, le=1)
    visible: bool = True
    frozen: bool = False
    sampling: Sampling = "smooth"
    crop: Crop | None = None
    adjust: Adjust = PLAIN


class Keyframe(Frozen):
    """What a living layer shows at one frame, and how it goes on from there.

    Attributes:
        layer: id of a living layer of the same canvas.
        code: as in `LatentPoint`; as many numbers as the layer's own.
        easing: of the way to the next key; "hold" stays until there.
    """

    frame: Frame
    layer: Id
    code: Numbers
    easing: Easing = "ease"


class Timeline(Frozen):
    """How a canvas changes: keys of its layers, in any order.

    Attributes:
        frames: length; keys may lie beyond it.
        loop: the last key goes on to the first, so that the film has no seam.
    """

    fps: float = Field(default=24.0, ge=1, le=240)
    frames: int = Field(default=48, ge=1, le=MAX_FRAMES)
    loop: bool = False
    keyframes: tuple[Keyframe, ...] = Field(default=(), max_length=MAX_KEYS)


class Canvas(Frozen):
    """A canvas document.

    Attributes:
        width, height: in pixels.
        background: "#rrggbb" behind the layers; None is transparent.
        layers: the lowest first.
    """

    id: Id
    name: Name
    width: int = Field(default=512, ge=1, le=MAX_SIDE)
    height: int = Field(default=512, ge=1, le=MAX_SIDE)
    background: Colour | None = None
    layers: tuple[Layer, ...] = Field(default=(), max_length=MAX_LAYERS)
    timeline: Timeline = Timeline()

    def layer(self, layer_id: str) -> Layer | None:
        """The layer of this id."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        layers = {layer.id: layer for layer in self.layers}
        if len(layers) < len(self.layers):
            raise ValueError("two layers of a canvas have one id")
        places = {(key.layer, key.frame) for key in self.timeline.keyframes}
        if len(places) < len(self.timeline.keyframes):
            raise ValueError("a layer has two keys at one frame")
        for key in self.timeline.keyframes:
            if not fits_key(layers.get(key.layer), key):
                raise ValueError("a key belongs to no layer that could follow it")
        return self


class Preset(Frozen):
    """Settings of the latent dock under a name.

    Attributes:
        point: model, place in its space, truncation.
        lock: names of what is held while exploring.
        axes: the two axes of the space that the pad shows.
    """

    id: Id
    name: Name
    point: LatentPoint
    lock: tuple[Name, ...] = Field(default=(), max_length=100)
    axes: tuple[Axis, Axis] = (0, 1)


def fits_key(layer: Layer | None, key: Keyframe) -> bool:
    """Whether `layer` can follow `key`: it is living, and in a space of as many numbers."""
    return (
        layer is not None and layer.living is not None and len(layer.living.code) == len(key.code)
    )
