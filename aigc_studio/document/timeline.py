"""What a canvas shows at a frame: where its layers lie, and their latent points; pure numpy.

Screen, scrubbing, playing and export all ask `Film`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, assert_never

import numpy as np

from aigc_studio.catalog.even_pace import way_id
from aigc_studio.catalog.latent_maths import MOVES, method_of
from aigc_studio.document.canvas import Keyframe, packed, unpacked
from aigc_studio.document.tracks import (
    PLACE_TRACKS,
    POINT,
    NumberKey,
    axis_of,
    direction_track,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.catalog.latent import Floats, Geometry
    from aigc_studio.document.canvas import Canvas, Key, LatentPoint, Layer, Timeline
    from aigc_studio.document.tracks import Easing, Pace

K = TypeVar("K", Keyframe, NumberKey)


class Moving(Protocol):
    """How points of one space are moved, such as `studio.steering.Steering`."""

    @property
    def geometry(self) -> Geometry:
        """How they are gone between."""

    def pulled(self, code: Floats, factor: float) -> Floats:
        """The point `factor` times as far from the mean."""

    def moved(self, code: Floats, amounts: Mapping[int, float]) -> Floats:
        """The point with other amounts along some axes; those that are not there are left out."""

    def along(self, code: Floats, direction: Floats, amount: float) -> Floats:
        """The point with another amount along any direction."""


def eased(easing: Easing, t: float) -> float:
    """The part of the way done after a part `t` of the time; 0 and 1 stay what they are.

    "ease" starts and ends slowly (3 t^2 - 2 t^3), "ease-in" only starts so (t^2), "ease-out"
    only ends so, "hold" waits for the next key.
    """
    match easing:
        case "linear":
            return t
        case "ease":
            return t * t * (3 - 2 * t)
        case "ease-in":
            return t * t
        case "ease-out":
            return t * (2 - t)
        case "hold":
            return float(t >= 1)
        case _:
            assert_never(easing)


@dataclass(frozen=True)
class Track(Generic[K]):
    """The keys of one track of one layer, in order of their frames.

    Attributes:
        keys: at least one; of a loop those within its length.
        round: length of the loop in frames, 0 when there is none.
    """

    keys: tuple[K, ...]
    round: int = 0

    def between(self, frame: float) -> tuple[K, K, float]:
        """The keys round a frame, and which part of the way between them is done, 0 to 1.

        Before the first and after the last key all stands still, in a loop the last one goes on
        to the first.
        """
        if self.round:
            frame %= self.round
        index = bisect_right(self.keys, frame, key=lambda key: key.frame) - 1
        start, end = self._around(index)
        length = (end.frame - start.frame) % self.round if self.round else end.frame - start.frame
        if length <= 0:  # beyond the ends, or a loop of one key
            return start, start, 0.0
        passed = (frame - start.frame) % self.round if self.round else frame - start.frame
        return start, end, eased(start.easing, passed / length)

    def _around(self, index: int) -> tuple[K, K]:
        last = len(self.keys) - 1
        if self.round:
            return self.keys[index], self.keys[index + 1 if index < last else 0]
        return self.keys[max(index, 0)], self.keys[min(index + 1, last) if index >= 0 else 0]


def code_at(
    track: Track[Keyframe], frame: float, moving: Moving | None, *, whole: bool = False
) -> Floats:
    """The code (flat float32) of a track of points at a frame, on a key exactly the key's.

    Args:
        moving: of the model's space; None is taken for a Gaussian.
        whole: the codes as they are before any truncation.
    """
    start, end, part = track.between(frame)
    if (pace := paced_way(start, end)) is not None and 0 < part < 1:
        part = float(np.interp(part, np.linspace(0, 1, len(pace.parts)), pace.parts))
    move = MOVES[method_of(moving.geometry if moving else "gaussian")]
    return move(_code_of(start, moving, whole), _code_of(end, moving, whole), part)


def paced_way(start: Keyframe, end: Keyframe) -> Pace | None:
    """The pace that was measured of the way between two keys; None for one of another way."""
    pace = start.pace
    return pace if pace is not None and pace.way == _named(start.code, end.code) else None


_named = lru_cache(maxsize=4096)(way_id)


def _code_of(key: Keyframe | LatentPoint, moving: Moving | None, whole: bool) -> Floats:
    code = unpacked(key.code)
    if not whole or moving is None or key.truncation in (0.0, 1.0):
        return code
    return moving.pulled(code, 1 / key.truncation).reshape(-1)


def value_at(track: Track[NumberKey], frame: float) -> float:
    """The number of a track at a frame; a layer is visible or not, and nothing between."""
    start, end, part = track.between(frame)
    if start.track == "visible":
        part = float(part >= 1)
    return start.value + (end.value - start.value) * part if part < 1 else end.value


class Film:
    """A canvas with its keys in order; made once for many frames.

    Attributes:
        canvas: as the document has it.
        places: of all its keys.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.places = frozenset(key.place for key in canvas.timeline.all_keys)
        self._points: dict[str, Track[Keyframe]] = {}
        self._numbers: dict[str, dict[str, Track[NumberKey]]] = defaultdict(dict)
        kept = _kept(canvas.timeline)
        length = canvas.timeline.frames if canvas.timeline.loop else 0
        for (layer, track), keys in kept.items():
            if track == POINT:
                points = tuple(key for key in keys if isinstance(key, Keyframe))
                self._points[layer] = Track(points, length)
            else:
                numbers = tuple(key for key in keys if isinstance(key, NumberKey))
                self._numbers[layer][track] = Track(numbers, length)

    def tracks(self, layer_id: str) -> tuple[str, ...]:
        """The tracks of a layer that have keys which count."""
        own = (POINT,) if layer_id in self._points else ()
        return (*own, *self._numbers.get(layer_id, ()))

    def ways(self, layer_id: str) -> list[tuple[Keyframe, Keyframe]]:
        """The points of a layer that follow each other, in a loop also the last and the first."""
        track = self._points.get(layer_id)
        if track is None:
            return []
        closing = [(track.keys[-1], track.keys[0])] if track.round else []
        return [*pairwise(track.keys), *closing]

    @property
    def moves_layers(self) -> bool:
        """Whether layers lie elsewhere at other frames, or are seen otherwise."""
        return any(track in PLACE_TRACKS for own in self._numbers.values() for track in own)

    def is_played(self, layer: Layer) -> bool:
        """Whether a living layer has other latent points at other frames."""
        if layer.living is None or layer.frozen:
            return False
        own = self._numbers.get(layer.id, {})
        return layer.id in self._points or any(track not in PLACE_TRACKS for track in own)

    def number(self, layer_id: str, track: str, frame: float) -> float | None:
        """The number of a track at a frame; None without keys."""
        found = self._numbers.get(layer_id, {}).get(track)
        return None if found is None else value_at(found, frame)

    def layer_at(self, layer: Layer, frame: float) -> Layer:
        """The layer as it lies there at a frame; its latent point is left as it is."""
        own = self._numbers.get(layer.id, {})
        found = {key: value_at(own[key], frame) for key in PLACE_TRACKS if key in own}
        if not found:
            return layer
        fields: dict[str, object] = {**found}
        if "rotation" in found:
            fields["rotation"] = one_turn(found["rotation"])
        if "visible" in found:
            fields["visible"] = found["visible"] >= 1
        return layer.model_copy(update=fields)

    def is_visible(self, layer: Layer, frame: float) -> bool:
        """Whether a layer is seen at a frame."""
        keyed = self.number(layer.id, "visible", frame)
        return layer.visible if keyed is None else keyed >= 1

    def canvas_at(self, frame: float) -> Canvas:
        """The canvas with its layers as they lie at a frame; itself when none moves."""
        if not self.moves_layers:
            return self.canvas
        layers = tuple(self.layer_at(layer, frame) for layer in self.canvas.layers)
        return self.canvas.model_copy(update={"layers": layers})

    def point_at(self, layer: Layer, frame: float, moving: Moving | None = None) -> LatentPoint:
        """What a living layer shows at a frame; a frozen one, or one without keys, its own.

        Where the truncation is keyed, points are gone between as they are before truncation and
        then pulled towards the mean; amounts along axes come next, those along kept directions
        last, one after the other.

        Args:
            frame: 0 is the first; between whole frames the way goes on.
            moving: of the model's space; without one only points and guidance change.
        """
        point = layer.living
        assert point is not None
        if not self.is_played(layer):
            return point
        own = self._numbers.get(layer.id, {})
        numbers = {track: value_at(keys, frame) for track, keys in own.items()}
        fields: dict[str, object] = {"code": self._code(layer, frame, moving, numbers)}
        if "truncation" in numbers and moving is not None:
            fields["truncation"] = numbers["truncation"]
        if "guidance" in numbers:
            told = point.conditions.model_copy(update={"guidance": numbers["guidance"]})
            fields["conditions"] = told
        return point.model_copy(update=fields)

    def _code(
        self, layer: Layer, frame: float, moving: Moving | None, numbers: Mapping[str, float]
    ) -> bytes:
        assert layer.living is not None
        truncation = numbers.get("truncation") if moving else None
        whole = truncation is not None
        track = self._points.get(layer.id)
        if track is not None:
            code = code_at(track, frame, moving, whole=whole)
        else:
            code = _code_of(layer.living, moving, whole)
        if moving is not None and truncation is not None:
            code = moving.pulled(code, truncation)
        amounts = {
            axis: far for name, far in numbers.items() if (axis := axis_of(name)) is not None
        }
        if moving is not None and amounts:
            code = moving.moved(code, amounts)
        for kept in self.canvas.timeline.directions:
            far, size = numbers.get(direction_track(kept.id)), np.size(code)
            vector = kept.within(layer.living.space, size)
            if moving is not None and far is not None and vector is not None:
                code = moving.along(code, vector, far)
        return packed(np.asarray(code, np.float32))


def one_turn(degrees: float) -> float:
    """The same angle within -180 to 180 degrees, as a layer has it."""
    return (degrees + 180) % 360 - 180


def _kept(timeline: Timeline) -> dict[tuple[str, str], list[Key]]:
    """The keys that count by layer and track, in order of their frames."""
    kept: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in sorted(timeline.all_keys, key=lambda key: key.frame):
        if not timeline.loop or key.frame < timeline.frames:
            kept[key.layer, key.place.track].append(key)
    return kept
