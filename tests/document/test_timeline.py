"""What a canvas shows at a frame: exact on keys, eased between them, seamless in a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aigc_studio.catalog.latent import Space
from aigc_studio.catalog.latent_maths import slerp
from aigc_studio.document.canvas import (
    Canvas,
    Keyframe,
    LatentPoint,
    Layer,
    Timeline,
    packed,
    unpacked,
)
from aigc_studio.document.timeline import Film, eased
from aigc_studio.document.tracks import Easing
from aigc_studio.studio.steering import Steering
from tests.document.helpers import sha

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats

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


GAUSSIAN = Steering(Space("z", (3,), "gaussian"))
EUCLID = Steering(Space("w", (3,), "euclid"))


def shown(seen: Canvas, frame: float, moving: Steering | None = None) -> Floats:
    """The code of the living layer at a frame."""
    layer = seen.layer(LAYER)
    assert layer is not None
    return unpacked(Film(seen).point_at(layer, frame, moving).code)


@given(KEYS, st.booleans())
def test_keys_are_exact(keys: Drawn, loop: bool) -> None:
    made = canvas(keys, loop=loop)
    for frame, (code, _) in keys.items():
        for at in (frame, frame + FRAMES) if loop else (frame,):
            assert np.array_equal(shown(made, at), np.array(code, np.float32))


@given(KEYS, st.floats(-10, FRAMES + 10), st.booleans())
def test_every_frame_is_finite_float32(keys: Drawn, frame: float, loop: bool) -> None:
    code = shown(canvas(keys, loop=loop), frame)
    assert code.dtype == np.float32
    assert code.shape == (3,)
    assert np.isfinite(code).all()


@given(KEYS)
def test_it_stands_still_before_the_first_and_after_the_last_key(keys: Drawn) -> None:
    film = np.stack([shown(canvas(keys), frame) for frame in range(FRAMES)])
    first, last = min(keys), max(keys)
    assert (film[: first + 1] == np.array(keys[first][0], np.float32)).all()
    assert (film[last:] == np.array(keys[last][0], np.float32)).all()


@given(KEYS)
def test_a_loop_has_no_seam(keys: Drawn) -> None:
    assume("hold" not in {easing for _, easing in keys.values()})
    made = canvas(keys, loop=True)
    near = shown(made, FRAMES - 1e-3).astype(float)
    assert np.linalg.norm(near - shown(made, 0.0)) < 0.1
    assert np.array_equal(shown(made, FRAMES), shown(made, 0))  # bit for bit


def test_half_way_is_half_way_round_the_shell_or_straight() -> None:
    one, other = [3.0, 0.0, 0.0], [0.0, 1.0, 0.0]
    made = canvas({0: (one, "linear"), 10: (other, "linear")})
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    assert np.array_equal(shown(made, 5, GAUSSIAN), slerp(a, b, 0.5))
    assert np.array_equal(shown(made, 5, EUCLID), (a + b) / 2)
    assert np.linalg.norm(shown(made, 5)) == pytest.approx(2.0)


def test_hold_jumps_at_the_next_key() -> None:
    made = canvas({0: ([1, 0, 0], "hold"), 10: ([0, 1, 0], "linear")})
    assert shown(made, 9.9).tolist() == [1, 0, 0]
    assert shown(made, 10).tolist() == [0, 1, 0]


def test_a_loop_leaves_out_what_lies_beyond_its_end() -> None:
    keys: Drawn = {0: ([1, 0, 0], "linear"), FRAMES + 5: ([0, 1, 0], "linear")}
    assert shown(canvas(keys, loop=True), 20).tolist() == [1, 0, 0]
    assert shown(canvas(keys), 20)[1] > 0


def test_frozen_layers_and_those_without_keys_keep_their_code() -> None:
    keys: Drawn = {0: ([1, 0, 0], "linear")}
    frozen = canvas(keys, frozen=True)
    assert shown(frozen, 0).tolist() == [9, 9, 9]
    assert not Film(frozen).is_played(frozen.layers[1])
    assert shown(canvas({}), 7).tolist() == [9, 9, 9]
    assert [Film(canvas(keys)).is_played(each) for each in canvas(keys).layers] == [False, True]
