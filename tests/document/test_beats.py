"""Beats, bars and markers: where they lie, what they draw, and that edits of them go back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.document import marker_edits
from aigc_studio.document.beats import bars_in, bars_long, beat_length, beats_between, snapped
from aigc_studio.document.canvas import Canvas, Timeline
from aigc_studio.document.edits import apply, inverse
from aigc_studio.document.tracks import Beats, Marker
from tests.document.test_canvas_edits import begun

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

BEATS = st.builds(
    Beats,
    bpm=st.floats(20, 400),
    offset=st.floats(0, 5),
    per_bar=st.integers(1, 12),
    snap=st.booleans(),
)
RATES = st.sampled_from((8.0, 12.0, 23.976, 24.0, 60.0))


@given(BEATS, RATES, st.integers(0, 2000))
def test_beats_are_evenly_apart_and_bars_among_them(beats: Beats, fps: float, frame: int) -> None:
    timeline = Timeline(fps=fps, beats=beats)
    found = beats_between(timeline, frame, frame + 500)
    length = beat_length(beats, fps)
    assert len(found) <= 500 / length + 1
    for one, other in pairwise(found):
        assert other.frame - one.frame == pytest.approx(length)
    first = beats_between(timeline, 0, beats.offset * fps + length * beats.per_bar * 3.01)
    assert [beat.number for beat in first if beat.bar] == [0, 1, 2, 3]
    assert first[0].frame == pytest.approx(beats.offset * fps)


@given(BEATS, RATES, st.integers(0, 2000), st.floats(0, 10))
def test_what_is_drawn_lies_on_a_beat_within_reach(
    beats: Beats, fps: float, frame: int, reach: float
) -> None:
    timeline = Timeline(fps=fps, beats=beats)
    found = snapped(timeline, frame, reach)
    if found == frame:
        return
    assert beats.snap
    near = beats_between(timeline, found - 1, found + 1)
    assert min(abs(beat.frame - found) for beat in near) <= 0.5
    assert abs(found - frame) <= reach + 0.5
    assert snapped(timeline, found, 0.5) == found  # what lies there stays there


def test_markers_draw_without_beats_too() -> None:
    timeline = Timeline(markers=(Marker(frame=10, name="drop"),))
    assert snapped(timeline, 8, 3) == 10
    assert snapped(timeline, 8, 1) == 8
    assert snapped(Timeline(), 8, 3) == 8


@given(BEATS, RATES, st.integers(1, 64))
def test_a_film_of_so_many_bars_has_that_many(beats: Beats, fps: float, bars: int) -> None:
    timeline = Timeline(fps=fps, beats=beats)
    frames = bars_long(timeline, bars)
    long = beats.offset * fps + beat_length(beats, fps) * beats.per_bar * bars
    assert abs(frames - long) <= 0.5 or frames == 1
    if beat_length(beats, fps) * beats.per_bar > 2:
        assert bars_in(timeline.model_copy(update={"frames": frames})) == bars


def only(canvas: dict[str, Canvas]) -> Timeline:
    """The timeline of the one canvas."""
    (one,) = canvas.values()
    return one.timeline


def next_edit(project: Project, key: str, deed: int, frame: int, to: int) -> Edit:
    """An edit that some person could make now."""
    match deed:
        case 0:
            return marker_edits.add_marker(project, key, frame, f"m{to}")
        case 1:
            return marker_edits.move_marker(project, key, frame, to)
        case 2:
            return marker_edits.edit_marker(project, key, frame, name="other", sign="dot")
        case 3:
            return marker_edits.remove_marker(project, key, frame)
        case 4:
            return marker_edits.edit_beats(project, key, bpm=60.0 + frame)
        case _:
            return marker_edits.set_beats(project, key, None)


MARKED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12), st.integers(0, 12)), max_size=20)


@given(MARKED)
def test_markers_and_beats_go_back(deeds: list[tuple[int, int, int]]) -> None:
    start, key = begun()
    project, done = start, []
    for deed, frame, to in deeds:
        there = {marker.frame for marker in only(dict(project.canvases)).markers}
        if deed in (1, 2, 3) and frame not in there:
            continue
        edit = next_edit(project, key, deed, frame, to)
        project = apply(project, edit)
        done.append(edit)
        frames = [marker.frame for marker in only(dict(project.canvases)).markers]
        assert frames == sorted(set(frames))
    for edit in reversed(done):
        project = apply(project, inverse(edit))
    assert project == start


def test_what_is_not_there_or_out_of_bounds_is_told() -> None:
    project, key = begun()
    bad: list[Callable[[], Edit]] = [
        lambda: marker_edits.move_marker(project, key, 3, 5),
        lambda: marker_edits.add_marker(project, key, -1, "x"),
        lambda: marker_edits.add_marker(project, key, 1, " "),
        lambda: marker_edits.edit_beats(project, key, bpm=1000.0),
        lambda: marker_edits.fit_bars(project, key, 4),
    ]
    for make in bad:
        with pytest.raises(StudioError) as caught:
            make()
        assert caught.value.kind in ("input", "missing")


def test_the_length_is_fitted_to_bars() -> None:
    project, key = begun()
    project = apply(project, marker_edits.edit_beats(project, key, bpm=150.0))
    project = apply(project, marker_edits.fit_bars(project, key, 2))
    assert only(dict(project.canvases)).frames == round(8 * 60 / 150 * 24)
