"""Copies and crops of layers whose places have keys: at every key they lie where they should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.document import canvas_edits, cropping, layer_edits, timeline_edits
from aigc_studio.document.edits import Edit, apply
from aigc_studio.document.posing import posed
from aigc_studio.document.rendering import rendered
from aigc_studio.document.timeline import Film
from aigc_studio.document.tracks import FARTHEST, NumberKey
from aigc_studio.media.placing import Crop
from tests.document.test_cropping import PICTURE, begun

if TYPE_CHECKING:
    from aigc_studio.document.model import Project
    from aigc_studio.media.image import Image

PART = Crop(left=4, top=2, width=20, height=16)
FRAMES = (0, 5, 10, 15, 20)


def keyed(**tracks: dict[int, float]) -> tuple[Project, str, str]:
    """The layer with keys of its numbers, straight between them."""
    project, canvas, layer = begun()
    for track, values in tracks.items():
        for frame, value in values.items():
            edit = timeline_edits.add_number(project, canvas, layer, track, frame, value, "linear")
            project = apply(project, edit)
    return project, canvas, layer


def places(project: Project, canvas: str, layer: str) -> list[tuple[float, float]]:
    """Where a layer lies at some frames."""
    film = Film(project.canvases[canvas])
    seen = [film.canvas_at(frame).layer(layer) for frame in FRAMES]
    return [(each.x, each.y) for each in seen if each]


def drawn(project: Project, canvas: str, frame: int) -> np.ndarray:
    """The canvas as pixels at a frame."""
    seen = Film(project.canvases[canvas]).canvas_at(frame)

    def picture_of(_asset: object) -> Image:
        return PICTURE

    return rendered(project, seen, picture_of).pixels


@pytest.mark.parametrize("tracks", [("x",), ("x", "y")])
def test_a_copy_lies_beside_its_original_at_every_frame(tracks: tuple[str, ...]) -> None:
    values = {"x": {0: 40.0, 20: 60.0}, "y": {0: 30.0, 10: 50.0}}
    project, canvas, layer = keyed(**{track: values[track] for track in tracks})

    def copy(now: Project) -> Edit:
        return canvas_edits.duplicate_layers(now, canvas, {layer}, 7.0, -3.0)

    for edit in (copy(project), posed(project, canvas, 10, copy)):
        after = apply(project, edit)
        (made,) = canvas_edits.new_layers(edit)
        wanted = [(x + 7.0, y - 3.0) for x, y in places(project, canvas, layer)]
        assert places(after, canvas, made) == wanted
        assert places(after, canvas, layer) == places(project, canvas, layer)


def test_keys_stay_within_bounds_when_they_are_shifted() -> None:
    key = NumberKey(frame=0, layer="0" * 16, track="x", value=FARTHEST - 1)
    shifted = canvas_edits.shifted_key(key, 50.0, 0.0)
    assert isinstance(shifted, NumberKey)
    assert shifted.value == FARTHEST
    assert canvas_edits.shifted_key(key, 0.0, 9.0) is key


@pytest.mark.parametrize("frame", [0, 10, 15])
def test_what_a_crop_leaves_does_not_move_at_any_frame(frame: int) -> None:
    project, canvas, layer = keyed(x={0: 40.0, 20: 60.0}, y={0: 30.0, 10: 50.0})
    fields = {layer: {"scale": 2.0, "sampling": "pixels"}}
    project = apply(project, layer_edits.edit_layers(project, canvas, fields))
    count = len(project.canvases[canvas].timeline.numbers)

    def crop(now: Project) -> Edit:
        return cropping.set_crop(now, canvas, layer, PART)

    after = apply(project, posed(project, canvas, frame, crop))
    # The play head's frame gets no key of its own.
    assert len(after.canvases[canvas].timeline.numbers) == count
    for each in FRAMES:
        left, before = drawn(after, canvas, each), drawn(project, canvas, each)
        there = left[..., 3] > 0
        assert there.any()
        np.testing.assert_array_equal(left[there], before[there])

    def whole(now: Project) -> Edit:
        return cropping.set_crop(now, canvas, layer, None)

    back = apply(after, posed(after, canvas, frame, whole))
    np.testing.assert_allclose(places(back, canvas, layer), places(project, canvas, layer))


def test_a_layer_that_turns_is_cropped_at_each_key_of_its_place() -> None:
    turns, across = {0: 0.0, 20: 90.0}, {0: 40.0, 20: 60.0}
    project, canvas, layer = keyed(x=across, y={0: 40.0, 20: 40.0}, rotation=turns)
    after = apply(project, cropping.set_crop(project, canvas, layer, PART))
    for frame in (0, 20):
        left, before = drawn(after, canvas, frame), drawn(project, canvas, frame)
        there = left[..., 3] > 0
        assert there.any()
        np.testing.assert_array_equal(left[there], before[there])


def test_a_cropped_canvas_gets_no_key_at_the_play_head() -> None:
    project, canvas, layer = keyed(x={0: 40.0, 20: 60.0})

    def crop(now: Project) -> Edit:
        part = Crop(left=10, top=0, width=50, height=50)
        return cropping.crop_canvas(now, canvas, part)

    after = apply(project, posed(project, canvas, 10, crop))
    numbers = after.canvases[canvas].timeline.numbers
    assert [(key.frame, key.value) for key in numbers] == [(0, 30.0), (20, 50.0)]
    assert [x for x, _ in places(after, canvas, layer)] == [30, 35, 40, 45, 50]
