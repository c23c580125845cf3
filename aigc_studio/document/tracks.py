"""What a timeline holds beside latent points: numbers that change, markers, and beats.

A track is one thing of one layer that changes, by its name: "point" (latent points), a field of
the layer ("x", "opacity" ...), "truncation", "guidance", or the amount along a direction: of the
space ("axis:0" is the strongest), or a kept one ("direction:" and its id).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from aigc_studio.base.frozen import Frozen
from aigc_studio.document.fields import Id, Name
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE

MAX_FRAMES = 100_000
MAX_MARKERS = 1000
FARTHEST = 1e6  # pixels

Easing = Literal["linear", "ease", "ease-in", "ease-out", "hold"]
Frame = Annotated[int, Field(ge=0, lt=MAX_FRAMES)]
TrackName = Annotated[
    str,
    Field(
        pattern=r"^(x|y|scale|rotation|opacity|visible|truncation|guidance"
        r"|axis:[0-9]{1,4}|direction:[0-9a-f]{8,64})$"
    ),
]
Sign = Literal["flag", "dot", "square", "triangle"]

POINT = "point"
PLACE_TRACKS = ("x", "y", "scale", "rotation", "opacity", "visible")
LIVING_TRACKS = ("truncation", "guidance")
_AXIS, _DIRECTION = "axis:", "direction:"
# A number that is keyed may turn a layer round many times, where the layer itself needs one turn.
_BOUNDS = {
    "x": (-FARTHEST, FARTHEST),
    "y": (-FARTHEST, FARTHEST),
    "scale": (SMALLEST_SCALE, LARGEST_SCALE),
    "rotation": (-36_000.0, 36_000.0),
    "opacity": (0.0, 1.0),
    "visible": (0.0, 1.0),
    "truncation": (0.0, 4.0),
    "guidance": (0.0, 20.0),
}
_AXIS_BOUNDS = (-20.0, 20.0)  # standard deviations


class Place(NamedTuple):
    """Which key is meant: a layer has one at a frame of a track at most."""

    layer: str
    frame: int
    track: str = POINT


def axis_track(axis: int) -> str:
    """The track of the amount along an axis of the space."""
    return f"{_AXIS}{axis}"


def axis_of(track: str) -> int | None:
    """The axis whose amounts a track holds; None for any other track."""
    return int(track.removeprefix(_AXIS)) if track.startswith(_AXIS) else None


def direction_track(direction_id: str) -> str:
    """The track of the amount along a kept direction."""
    return f"{_DIRECTION}{direction_id}"


def direction_of(track: str) -> str:
    """The id of the kept direction whose amounts a track holds; "" for any other track."""
    return track.removeprefix(_DIRECTION) if track.startswith(_DIRECTION) else ""


def bounds_of(track: str) -> tuple[float, float]:
    """The least and the largest number that a key of this track may have."""
    return _BOUNDS.get(track, _AXIS_BOUNDS)


def needs_life(track: str) -> bool:
    """Whether only living layers have this track."""
    return track not in PLACE_TRACKS


class Pace(Frozen):
    """How the way from one point to the next is gone so that it looks even.

    Attributes:
        way: which way was measured, see `catalog.even_pace.way_id`; another one is gone as ever.
        parts: of the way, at even parts of what is seen on it, from 0 to 1.
    """

    way: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    parts: Annotated[
        tuple[Annotated[float, Field(ge=0, le=1)], ...], Field(min_length=2, max_length=257)
    ]

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        steps = pairwise(self.parts)
        if (self.parts[0], self.parts[-1]) != (0.0, 1.0) or any(a > b for a, b in steps):
            raise ValueError("a pace goes from 0 to 1 and never back")
        return self


class NumberKey(Frozen):
    """What one number of a layer is at a frame, and how it goes on from there.

    Attributes:
        layer: id of a layer of the same canvas.
        track: what it is of.
        value: in the unit of the layer's own field; of "visible" 0 or 1, along a direction
            standard deviations from the mean.
        easing: of the way to the next key of the track; "visible" always stays until there.
    """

    frame: Frame
    layer: Id
    track: TrackName
    value: float
    easing: Easing = "ease"

    @property
    def place(self) -> Place:
        """Which key it is."""
        return Place(self.layer, self.frame, self.track)

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        low, high = bounds_of(self.track)
        if not low <= self.value <= high:
            raise ValueError(f"{self.track} lies between {low:g} and {high:g}")
        if self.track == "visible" and self.value not in (0.0, 1.0):
            raise ValueError("a layer is visible (1) or not (0)")
        return self


class Marker(Frozen):
    """A frame that has a name; `sign` is its form, and its colour goes with the form."""

    frame: Frame
    name: Name
    sign: Sign = "flag"


class Beats(Frozen):
    """A grid of beats in a steady tempo.

    Attributes:
        bpm: beats a minute.
        offset: of the first beat, in seconds from the beginning.
        per_bar: beats in a bar.
        snap: keys, markers and the play head are drawn to beats.
    """

    bpm: float = Field(default=120.0, ge=20, le=400)
    offset: float = Field(default=0.0, ge=0, le=600)
    per_bar: int = Field(default=4, ge=1, le=32)
    snap: bool = True
