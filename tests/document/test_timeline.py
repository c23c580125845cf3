"""What a canvas shows at a frame: exact on keys, eased between them, seamless in a loop."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aigc_studio.catalog.latent_maths import slerp
from aigc_studio.document.canvas import (
    Canvas,
    Easing,
    Keyframe,
    LatentPoint,
    Layer,
    Timeline,
    packed,
)
from aigc_studio.document.timeline import codes_at, eased, film_codes, track_of
from tests.document.helpers import sha

LAYER = sha("layer")[:16]
EASINGS = st.sampled_from(get_args(Easing))
NUMBERS = st.lists(st.floats(-5, 5, width=32), min_size=3, max_size=3)
FRAMES = 40
KEYS = st.dictionaries(
    st.integers(0, FRAMES - 1), st.tuples(NUMBERS, EASINGS), min_size=1, max_size=8
)
Drawn = dict[int, tuple[list[float], Easing]]


def timeline(keys: Drawn, *, loop: bool = False) -> Timeline:
    """Keys of one layer, latest first."""
    made = [
        Keyframe(frame=frame, layer=LAYER, code=packed(np.array(code, np.float32)), easing=easing)
        for frame, (code, easing) in sorted(keys.items(), reverse=True)
    ]
    return Timeline(frames=FRAMES, loop=loop, keyframes=tuple(made))


def canvas(keys: Drawn, *, loop: bool = False, frozen: bool = False) -> Canvas:
    """A canvas of a plain layer and one that follows keys."""
    living = LatentPoint(model=sha("m"), code=packed(np.full(3, 9, np.float32)))
    layers = (
        Layer(id=sha("plain")[:16], name="plain", asset=sha("a")[:16]),
        Layer(id=LAYER, name="fox", asset=sha("b")[:16], living=living, frozen=frozen),
    )
    return Canvas(id=sha("c")[:16], name="night", layers=layers, timeline=timeline(keys, loop=loop))


@given(EASINGS, st.floats(0, 1))
def test_easing_keeps_its_ends_and_never_goes_back(easing: Easing, t: float) -> None:
    assert (eased(easing, 0.0), eased(easing, 1.0)) == (0.0, 1.0)
    later = min(t + 0.01, 1.0)
    assert 0 <= eased(easing, t) <= eased(easing, later) <= 1


def test_ease_in_starts_slowly_and_ease_out_ends_so() -> None:
    assert eased("ease-in", 0.1) < 0.1 < eased("ease-out", 0.1)
    assert eased("ease", 0.1) < 0.1
    assert eased("ease", 0.9) > 0.9
    assert eased("hold", 0.999) == 0


@given(KEYS, st.booleans())
def test_keys_are_exact(keys: Drawn, loop: bool) -> None:
    track = track_of(timeline(keys, loop=loop), LAYER)
    assert track is not None
    for frame, (code, _) in keys.items():
        for at in (frame, frame + FRAMES) if loop else (frame,):
            assert np.array_equal(track.code_at(at), np.array(code, np.float32))


@given(KEYS, st.floats(-10, FRAMES + 10), st.booleans())
def test_every_frame_is_finite_float32(keys: Drawn, frame: float, loop: bool) -> None:
    code = codes_at(canvas(keys, loop=loop), frame)[LAYER]
    assert code.dtype == np.float32
    assert code.shape == (3,)
    assert np.isfinite(code).all()


@given(KEYS)
def test_it_stands_still_before_the_first_and_after_the_last_key(keys: Drawn) -> None:
    film = film_codes(canvas(keys), LAYER)
    assert film is not None
    assert film.shape == (FRAMES, 3)
    first, last = min(keys), max(keys)
    assert (film[: first + 1] == np.array(keys[first][0], np.float32)).all()
    assert (film[last:] == np.array(keys[last][0], np.float32)).all()


@given(KEYS)
def test_a_loop_has_no_seam(keys: Drawn) -> None:
    track = track_of(timeline(keys, loop=True), LAYER)
    assert track is not None
    assume("hold" not in {easing for _, easing in keys.values()})
    near = track.code_at(FRAMES - 1e-3).astype(float)
    step = np.linalg.norm(near - track.code_at(0.0))
    assert step < 0.1


def test_half_way_is_half_way_round_the_shell_or_straight() -> None:
    one, other = [3.0, 0.0, 0.0], [0.0, 1.0, 0.0]
    track = track_of(timeline({0: (one, "linear"), 10: (other, "linear")}), LAYER)
    assert track is not None
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    assert np.array_equal(track.code_at(5), slerp(a, b, 0.5))
    assert np.array_equal(track.code_at(5, "euclid"), (a + b) / 2)
    assert np.linalg.norm(track.code_at(5)) == pytest.approx(2.0)


def test_hold_jumps_at_the_next_key() -> None:
    track = track_of(timeline({0: ([1, 0, 0], "hold"), 10: ([0, 1, 0], "linear")}), LAYER)
    assert track is not None
    assert track.code_at(9.9).tolist() == [1, 0, 0]
    assert track.code_at(10).tolist() == [0, 1, 0]


def test_a_loop_leaves_out_what_lies_beyond_its_end() -> None:
    keys: Drawn = {0: ([1, 0, 0], "linear"), FRAMES + 5: ([0, 1, 0], "linear")}
    looping = track_of(timeline(keys, loop=True), LAYER)
    assert looping is not None
    assert len(looping.keys) == 1
    assert looping.code_at(20).tolist() == [1, 0, 0]
    going = track_of(timeline(keys), LAYER)
    assert going is not None
    assert going.code_at(20)[1] > 0


def test_frozen_layers_and_those_without_keys_keep_their_code() -> None:
    keys: Drawn = {0: ([1, 0, 0], "linear")}
    assert codes_at(canvas(keys, frozen=True), 0)[LAYER].tolist() == [9, 9, 9]
    assert film_codes(canvas(keys, frozen=True), LAYER) is None
    assert codes_at(canvas({}), 7)[LAYER].tolist() == [9, 9, 9]
    assert list(codes_at(canvas(keys), 0)) == [LAYER]
