"""What a canvas shows at a frame: the latent code of each living layer; pure numpy."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import numpy as np

from aigc_studio.catalog.latent_maths import MOVES, method_of
from aigc_studio.document.canvas import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.catalog.latent import Floats, Geometry
    from aigc_studio.document.canvas import Canvas, Easing, Keyframe, Timeline


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
class Track:
    """The keys of one layer, in order of their frames.

    Attributes:
        keys: at least one; of a loop those within its length.
        round: length of the loop in frames, 0 when there is none.
    """

    keys: tuple[Keyframe, ...]
    round: int = 0

    def code_at(self, frame: float, geometry: Geometry = "gaussian") -> Floats:
        """The code (flat float32) at a frame, on a key exactly the key's.

        Before the first and after the last key the code stands still, in a loop it goes from
        the last to the first.
        """
        if self.round:
            frame %= self.round
        index = bisect_right(self.keys, frame, key=lambda key: key.frame) - 1
        start, end = self._around(index)
        length = (end.frame - start.frame) % self.round if self.round else end.frame - start.frame
        if length <= 0:  # beyond the ends, or a loop of one key
            return unpacked(start.code)
        passed = (frame - start.frame) % self.round if self.round else frame - start.frame
        move = MOVES[method_of(geometry)]
        part = eased(start.easing, passed / length)
        return move(unpacked(start.code), unpacked(end.code), part)

    def _around(self, index: int) -> tuple[Keyframe, Keyframe]:
        last = len(self.keys) - 1
        if self.round:
            return self.keys[index], self.keys[index + 1 if index < last else 0]
        return self.keys[max(index, 0)], self.keys[min(index + 1, last) if index >= 0 else 0]


def track_of(timeline: Timeline, layer_id: str) -> Track | None:
    """The keys of a layer, None when it has none that count."""
    keys = sorted(
        (key for key in timeline.keyframes if key.layer == layer_id), key=lambda key: key.frame
    )
    if timeline.loop:
        keys = [key for key in keys if key.frame < timeline.frames]
    return Track(tuple(keys), timeline.frames if timeline.loop else 0) if keys else None


def codes_at(
    canvas: Canvas, frame: float, geometries: Mapping[str, Geometry] | None = None
) -> dict[str, Floats]:
    """The code (flat float32) of each living layer at a frame, by layer id.

    A layer without keys, or a frozen one, keeps its own code.

    Args:
        frame: 0 is the first; between whole frames the way goes on.
        geometries: of the spaces, by model id; a model that is not named is Gaussian.
    """
    codes = {}
    for layer in canvas.layers:
        if layer.living is None:
            continue
        track = None if layer.frozen else track_of(canvas.timeline, layer.id)
        if track is None:
            codes[layer.id] = layer.living.numbers
        else:
            geometry = (geometries or {}).get(layer.living.model, "gaussian")
            codes[layer.id] = track.code_at(frame, geometry)
    return codes


def film_codes(canvas: Canvas, layer_id: str, geometry: Geometry = "gaussian") -> Floats | None:
    """The codes of one layer at every frame, float32 (frames, Z); None without keys."""
    layer, track = canvas.layer(layer_id), track_of(canvas.timeline, layer_id)
    if layer is None or layer.frozen or track is None:
        return None
    frames = range(canvas.timeline.frames)
    return np.stack([track.code_at(frame, geometry) for frame in frames])
