"""Where beats and markers of a timeline lie, and what is drawn to them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Timeline
    from aigc_studio.document.tracks import Beats

_SECONDS = 60.0


class Beat(NamedTuple):
    """One line of the grid; frames need not be whole."""

    frame: float
    bar: bool
    number: int  # of the beat, or of the bar, from 0


def beat_length(beats: Beats, fps: float) -> float:
    """Frames from one beat to the next."""
    return _SECONDS / beats.bpm * fps


def beats_between(timeline: Timeline, first: float, last: float) -> list[Beat]:
    """The beats from one frame to another, in order; nothing without a grid."""
    beats = timeline.beats
    if beats is None:
        return []
    length, start = beat_length(beats, timeline.fps), beats.offset * timeline.fps
    numbers = range(max(math.ceil((first - start) / length), 0), _last(last - start, length) + 1)
    return [
        Beat(start + number * length, number % beats.per_bar == 0, _named(number, beats.per_bar))
        for number in numbers
    ]


def _last(room: float, length: float) -> int:
    return math.floor(room / length)


def _named(number: int, per_bar: int) -> int:
    bar, rest = divmod(number, per_bar)
    return number if rest else bar


def snapped(timeline: Timeline, frame: int, reach: float) -> int:
    """The whole frame of the nearest beat or marker within `reach` frames, else `frame`.

    Markers draw at all times, beats as long as the grid snaps.
    """
    near = [float(marker.frame) for marker in timeline.markers]
    if timeline.beats and timeline.beats.snap:
        length = beat_length(timeline.beats, timeline.fps)
        far = length + 1
        near += [beat.frame for beat in beats_between(timeline, frame - far, frame + far)]
    best = min(near, key=lambda each: abs(each - frame), default=None)
    return max(round(best), 0) if best is not None and abs(best - frame) <= reach else frame


def bars_long(timeline: Timeline, bars: int) -> int:
    """How many frames a film has that ends with so many bars; 0 without a grid."""
    beats = timeline.beats
    if beats is None:
        return 0
    length = beat_length(beats, timeline.fps) * beats.per_bar * bars
    return max(round(beats.offset * timeline.fps + length), 1)


def bars_in(timeline: Timeline) -> int:
    """How many bars fit the film best, at least one."""
    beats = timeline.beats
    if beats is None:
        return 1
    bar = beat_length(beats, timeline.fps) * beats.per_bar
    return max(round((timeline.frames - beats.offset * timeline.fps) / bar), 1)
