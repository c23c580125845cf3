"""Numbers that change with the frames: places of layers, truncation, amounts along axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Space
from aigc_studio.document import layer_edits, timeline_edits
from aigc_studio.document.canvas import unpacked
from aigc_studio.document.changes import revised
from aigc_studio.document.cropping import crop_canvas
from aigc_studio.document.edits import apply
from aigc_studio.document.history import History
from aigc_studio.document.posing import posed
from aigc_studio.document.timeline import Film
from aigc_studio.document.tracks import Easing, NumberKey, Place, axis_track, bounds_of
from aigc_studio.media.placing import Crop
from aigc_studio.studio.steering import Steering
from tests.document.test_canvas_edits import begun, code, layers

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project

TRACKS = ("x", "y", "scale", "rotation", "opacity", "truncation", "guidance", "axis:0", "axis:11")
EASINGS = get_args(Easing)
AXES = np.eye(4, dtype=np.float32)[:2]
SPACE = Steering(Space("z", (4,), "gaussian", mean=np.ones(4, np.float32), axes=AXES))
ACTIONS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(TRACKS), st.integers(0, 40), st.floats(0, 1)),
    max_size=25,
)


def only(project: Project) -> Canvas:
    """The one canvas."""
    (canvas,) = project.canvases.values()
    return canvas


def numbered(project: Project, track: str, values: dict[int, float], easing: Easing) -> Project:
    """The living layer with keys of a number."""
    for frame, value in values.items():
        layer = layers(project)[1].id
        edit = timeline_edits.add_number(
            project, only(project).id, layer, track, frame, value, easing
        )
        project = apply(project, edit)
    return project


def next_edit(project: Project, action: tuple[int, str, int, float]) -> Edit:
    """An edit that some person could make now."""
    deed, track, frame, part = action
    canvas, layer = only(project), layers(project)[1].id
    low, high = bounds_of(track)
    places = {key.place for key in canvas.timeline.all_keys[: frame + 1]}
    match deed:
        case 0 | 1:
            value = low + (high - low) * part
            return timeline_edits.add_number(project, canvas.id, layer, track, frame, value)
        case 2:
            return timeline_edits.add_key(project, canvas.id, layer, frame, code(part))
        case 3:
            return timeline_edits.move_keys(project, canvas.id, places, frame)
        case 4:
            easing = EASINGS[frame % len(EASINGS)]
            return timeline_edits.set_easing(project, canvas.id, places, easing)
        case _:
            return timeline_edits.remove_keys(project, canvas.id, set(list(places)[::2]))


@given(ACTIONS)
def test_undo_all_is_the_start_and_redo_all_the_end(
    actions: list[tuple[int, str, int, float]],
) -> None:
    start, _ = begun()
    project, history = start, History(limit=1000)
    for action in actions:
        edit = next_edit(project, action)
        project = apply(project, edit)
        history.push(edit)
    end = project
    assert type(project).model_validate_json(end.model_dump_json(), strict=True) == end
    while (back := history.undo()) is not None:
        project = apply(project, back)
    assert project == start
    while (forth := history.redo()) is not None:
        project = apply(project, forth)
    assert project == end


@given(
    st.dictionaries(st.integers(0, 47), st.floats(0, 1), min_size=1, max_size=6),
    st.sampled_from(EASINGS),
)
def test_numbers_are_exact_on_keys_and_between_them_elsewhere(
    values: dict[int, float], easing: Easing
) -> None:
    project, _ = begun()
    project = numbered(project, "opacity", values, easing)
    film = Film(only(project))
    layer = layers(project)[1]
    for frame, value in values.items():
        assert film.layer_at(layer, frame).opacity == value
    seen = [film.layer_at(layer, frame).opacity for frame in range(48)]
    assert min(values.values()) <= min(seen) <= max(seen) <= max(values.values())


def test_a_layer_turns_several_times_and_stays_within_one_turn() -> None:
    project, _ = begun()
    project = numbered(project, "rotation", {0: 0.0, 10: 720.0}, "linear")
    film, layer = Film(only(project)), layers(project)[1]
    turned = [film.layer_at(layer, frame).rotation for frame in range(11)]
    assert turned[5] == 0.0
    assert turned[1] == pytest.approx(72.0)
    assert all(-180 <= each <= 180 for each in turned)
    assert revised(film.layer_at(layer, 3)) == film.layer_at(layer, 3)


def test_what_is_hidden_is_hidden_until_the_next_key() -> None:
    project, _ = begun()
    project = numbered(project, "visible", {0: 0.0, 10: 1.0}, "linear")
    film, layer = Film(only(project)), layers(project)[1]
    assert [film.layer_at(layer, frame).visible for frame in (0, 9, 9.9, 10, 40)] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_truncation_pulls_towards_the_mean_and_keeps_its_own_point() -> None:
    project, _ = begun()
    project = numbered(project, "truncation", {0: 1.0, 10: 0.5}, "linear")
    film, layer = Film(only(project)), layers(project)[1]
    assert unpacked(film.point_at(layer, 0, SPACE).code).tolist() == [0, 0, 0, 0]
    assert unpacked(film.point_at(layer, 10, SPACE).code).tolist() == [0.5, 0.5, 0.5, 0.5]
    assert film.point_at(layer, 10, SPACE).truncation == 0.5
    assert layer.living is not None
    assert film.point_at(layer, 10).code == layer.living.code  # the space is not known


def test_points_that_were_truncated_are_not_pulled_twice() -> None:
    project, canvas = begun()
    layer = layers(project)[1].id
    key = timeline_edits.add_key(project, canvas, layer, 0, code(0.5), truncation=0.5)
    project = numbered(apply(project, key), "truncation", {0: 0.5, 10: 1.0}, "linear")
    film = Film(only(project))
    there = layers(project)[1]
    assert unpacked(film.point_at(there, 0, SPACE).code)[0] == pytest.approx(0.5)
    assert unpacked(film.point_at(there, 10, SPACE).code)[0] == pytest.approx(0.0, abs=1e-6)


def test_an_amount_along_an_axis_holds_all_others() -> None:
    project, _ = begun()
    project = numbered(project, axis_track(1), {0: -2.0, 10: 2.0}, "linear")
    project = numbered(project, axis_track(7), {0: 1.0}, "linear")  # the space has no such axis
    film, layer = Film(only(project)), layers(project)[1]
    half = unpacked(film.point_at(layer, 5, SPACE).code)
    assert half.tolist() == [0, 1, 0, 0]
    assert SPACE.amounts(unpacked(film.point_at(layer, 10, SPACE).code)).tolist() == [-1, 2]


def test_guidance_changes_what_the_model_is_told() -> None:
    project, _ = begun()
    project = numbered(project, "guidance", {0: 1.0, 10: 7.0}, "linear")
    film, layer = Film(only(project)), layers(project)[1]
    assert film.point_at(layer, 5).conditions.guidance == 4.0


@pytest.mark.parametrize(
    ("track", "value"),
    [("opacity", 1.5), ("scale", 0.0), ("visible", 0.5), ("axis:0", 99.0), ("colour", 1.0)],
)
def test_numbers_out_of_bounds_are_refused(track: str, value: float) -> None:
    project, canvas = begun()
    layer = layers(project)[1].id
    with pytest.raises(StudioError) as caught:
        timeline_edits.add_number(project, canvas, layer, track, 0, value)
    assert caught.value.kind == "input"
    with pytest.raises(ValidationError):
        NumberKey(frame=0, layer=layer, track=track, value=value)


def test_a_plain_picture_moves_but_has_no_truncation() -> None:
    project, canvas = begun()
    fox = layers(project)[0].id
    project = apply(project, timeline_edits.add_number(project, canvas, fox, "x", 3, 9.0))
    assert Film(only(project)).canvas_at(0).layers[0].x == 9.0
    with pytest.raises(StudioError, match="cannot follow"):
        timeline_edits.add_number(project, canvas, fox, "truncation", 3, 1.0)


def test_several_values_are_set_at_once() -> None:
    project, canvas = begun()
    project = numbered(project, "x", {0: 1.0, 10: 2.0}, "hold")
    places = {key.place for key in only(project).timeline.all_keys}
    project = apply(project, timeline_edits.set_numbers(project, canvas, places, 5.0))
    assert [(key.value, key.easing) for key in only(project).timeline.numbers] == [
        (5.0, "hold"), (5.0, "hold"),
    ]  # fmt: skip


def test_a_keyed_number_that_is_changed_becomes_a_key_there() -> None:
    project, canvas = begun()
    layer = layers(project)[1]
    project = numbered(project, "x", {0: 10.0, 20: 50.0}, "linear")

    def moved(now: Project) -> Edit:
        return layer_edits.move_layers(now, canvas, {layer.id}, 5.0, 7.0)

    after = apply(project, posed(project, canvas, 10, moved))
    film = Film(only(after))
    assert film.number(layer.id, "x", 10) == 35.0  # from where it is seen
    assert film.number(layer.id, "x", 20) == 50.0
    assert (layers(after)[1].x, layers(after)[1].y) == (layer.x, layer.y + 7.0)
    keyed = apply(project, posed(project, canvas, 10, moved, all_keyed=True))
    assert {key.place for key in only(keyed).timeline.numbers} >= {Place(layer.id, 10, "y")}
    assert layers(keyed)[1].y == layer.y


def test_an_edit_of_something_else_is_as_ever() -> None:
    project, canvas = begun()
    project = numbered(project, "x", {0: 10.0, 20: 50.0}, "linear")

    def longer(now: Project) -> Edit:
        return timeline_edits.set_timeline(now, canvas, frames=99)

    assert posed(project, canvas, 10, longer) == longer(project)


def test_a_cropped_canvas_takes_keyed_places_along() -> None:
    project, canvas = begun()
    project = numbered(project, "x", {0: 50.0}, "linear")
    part = Crop(left=20, top=0, width=100, height=100)
    project = apply(project, crop_canvas(project, canvas, part))
    assert only(project).timeline.numbers[0].value == 30.0
