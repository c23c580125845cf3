"""Canvases as plain frozen data: layers, their timeline, and presets of the latent dock."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.catalog.latent import Code, Floats
from aigc_studio.document.fields import Colour, Hash, Id, Name, SpaceName
from aigc_studio.document.tracks import (
    MAX_FRAMES,
    MAX_MARKERS,
    POINT,
    Beats,
    Easing,
    Frame,
    Marker,
    NumberKey,
    Pace,
    Place,
    needs_life,
)
from aigc_studio.media.blending import Blend
from aigc_studio.media.filters import Filters
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
MAX_DEPTH = 8
MAX_KEYS = 20_000
MAX_DIRECTIONS = 1000
MAX_CODE_BYTES = 1 << 18
_NUMBER = np.dtype("<f4")


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


class Mask(Frozen):
    """What shows of a layer: white shows, black hides.

    Attributes:
        asset: a grey picture, in the pixels of the layer's own (uncropped) picture; one of
            another size is stretched.
        inverted: black shows, white hides.
    """

    asset: Id
    enabled: bool = True
    inverted: bool = False


class GroupMask(Mask):
    """A mask of a group, which has no picture: it lies on the canvas as a layer does.

    Beyond its edges everything shows.
    """

    x: Coordinate = 0.0
    y: Coordinate = 0.0
    scale: float = Field(default=1.0, ge=SMALLEST_SCALE, le=LARGEST_SCALE)
    rotation: float = Field(default=0.0, ge=-360, le=360)
    mirrored: bool = False


class Group(Frozen):
    """Layers that are drawn as one: on a clear sheet of their own, then laid as one picture.

    It lies in the pile where its layers do, which follow each other there; one without layers
    is no more.

    Attributes:
        parent: id of the group it is in.
        opacity: 0 to 1.
    """

    id: Id
    name: Name
    parent: Id | None = None
    opacity: float = Field(default=1.0, ge=0, le=1)
    visible: bool = True
    blend: Blend = "normal"
    mask: GroupMask | None = None


class Layer(Frozen):
    """A picture on a canvas.

    Attributes:
        parent: id of the group it is in.
        touch_up: it holds what a brush painted over others, and is painted on.
        mirrored: left and right of its picture change places, before it is turned.
        blend: how its colours meet those below.
        filters: what is done to its picture, the first one first, after `adjust`.
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
    parent: Id | None = None
    living: LatentPoint | None = None
    touch_up: bool = False
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
    mirrored: bool = False
    blend: Blend = "normal"
    filters: Filters = ()
    mask: Mask | None = None


class Keyframe(Frozen):
    """What a living layer shows at one frame, and how it goes on from there.

    Attributes:
        layer: id of a living layer of the same canvas.
        code: as in `LatentPoint`; as many numbers as the layer's own.
        easing: of the way to the next key; "hold" stays until there.
        truncation: as in `LatentPoint`.
        pace: of the way to the next key, after its easing; None is an even turn of the code.
    """

    frame: Frame
    layer: Id
    code: Numbers
    easing: Easing = "ease"
    truncation: float = Field(default=1.0, ge=0, le=4)
    pace: Pace | None = None

    @property
    def track(self) -> str:
        """The track of a layer's points."""
        return POINT

    @property
    def place(self) -> Place:
        """Which key it is."""
        return Place(self.layer, self.frame)


Key = Keyframe | NumberKey


class KeptVector(Frozen):
    """A direction of a latent space under a name.

    Attributes:
        space: name of the latent space.
        vector: one standard deviation along it, as float32 bytes, see `packed`.
    """

    id: Id
    name: Name
    space: SpaceName = "z"
    vector: Numbers

    @property
    def numbers(self) -> Floats:
        """The vector as one flat float32 array (read-only)."""
        return unpacked(self.vector)

    def within(self, space: str, size: int) -> Floats | None:
        """The vector in a space of this name and so many numbers, flat; None if it does not fit.

        One of w fits w+ too: every layer's row goes along it.
        """
        if self.space == space:
            return self.numbers if self.numbers.size == size else None
        rows, rest = divmod(size, self.numbers.size)
        fits = space == f"{self.space}+" and not rest and rows > 1
        return np.tile(self.numbers, rows) if fits else None


class Timeline(Frozen):
    """How a canvas changes: keys of its layers, in any order.

    Attributes:
        frames: length; keys may lie beyond it.
        loop: the last key of a track goes on to its first, so that the film has no seam.
        keyframes: latent points of living layers.
        numbers: keys of all other tracks.
        directions: those that keys go along, as they were kept: a film stays what it is when the
            project keeps them no longer.
        beats: None shows no grid.
    """

    fps: float = Field(default=24.0, ge=1, le=240)
    frames: int = Field(default=48, ge=1, le=MAX_FRAMES)
    loop: bool = False
    keyframes: tuple[Keyframe, ...] = Field(default=(), max_length=MAX_KEYS)
    numbers: tuple[NumberKey, ...] = Field(default=(), max_length=MAX_KEYS)
    directions: tuple[KeptVector, ...] = Field(default=(), max_length=MAX_DIRECTIONS)
    markers: tuple[Marker, ...] = Field(default=(), max_length=MAX_MARKERS)
    beats: Beats | None = None

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """All keys."""
        return (*self.keyframes, *self.numbers)


class Canvas(Frozen):
    """A canvas document.

    Attributes:
        width, height: in pixels.
        background: "#rrggbb" behind the layers; None is transparent.
        layers: the lowest first; those of a group follow each other.
        groups: in any order.
    """

    id: Id
    name: Name
    width: int = Field(default=512, ge=1, le=MAX_SIDE)
    height: int = Field(default=512, ge=1, le=MAX_SIDE)
    background: Colour | None = None
    layers: tuple[Layer, ...] = Field(default=(), max_length=MAX_LAYERS)
    groups: tuple[Group, ...] = Field(default=(), max_length=MAX_LAYERS)
    timeline: Timeline = Timeline()

    def layer(self, layer_id: str) -> Layer | None:
        """The layer of this id."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    def group(self, group_id: str) -> Group | None:
        """The group of this id."""
        return next((group for group in self.groups if group.id == group_id), None)

    @property
    def members(self) -> tuple[Group | Layer, ...]:
        """Groups, then layers."""
        return (*self.groups, *self.layers)

    @property
    def assets(self) -> tuple[str, ...]:
        """Ids of all pictures that its layers and masks show, each as often as it is shown."""
        masks = [each.mask.asset for each in self.members if each.mask]
        return (*(layer.asset for layer in self.layers), *masks)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        layers = {layer.id: layer for layer in self.layers}
        if len({each.id for each in self.members}) < len(self.members):
            raise ValueError("two layers or groups of a canvas have one id")
        if self.groups or any(layer.parent for layer in self.layers):
            _check_groups(self)
        keys = self.timeline.all_keys
        if len({key.place for key in keys}) < len(keys):
            raise ValueError("a layer has two keys at one frame")
        if len({marker.frame for marker in self.timeline.markers}) < len(self.timeline.markers):
            raise ValueError("two markers stand at one frame")
        for key in keys:
            if not fits_key(layers.get(key.layer), key):
                raise ValueError("a key belongs to no layer that could follow it")
        return self


def _check_groups(canvas: Canvas) -> None:
    """Raise ValueError for groups that lie within themselves, too deep, apart or empty."""
    parents = {group.id: group.parent for group in canvas.groups}
    met, open_groups = set[str](), list[str]()
    for layer in canvas.layers:
        path = list[str]()
        parent = layer.parent
        while parent is not None:
            if parent not in parents or len(path) >= MAX_DEPTH:
                raise ValueError("a group is missing, within itself, or in too many others")
            path.append(parent)
            parent = parents[parent]
        path.reverse()
        entered = path[_shared(open_groups, path) :]
        if not met.isdisjoint(entered):
            raise ValueError("the layers of a group lie apart")
        met.update(entered)
        open_groups = path
    if len(met) < len(parents):
        raise ValueError("a group has no layers")


def _shared(one: list[str], other: list[str]) -> int:
    """How long both begin alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


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


def fits_key(layer: Layer | None, key: Key) -> bool:
    """Whether `layer` can follow `key`: a point needs a living layer of as many numbers."""
    if layer is None or isinstance(key, NumberKey):
        return layer is not None and (layer.living is not None or not needs_life(key.track))
    return layer.living is not None and len(layer.living.code) == len(key.code)
