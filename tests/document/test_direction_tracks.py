"""Films that go along kept directions."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Space
from aigc_studio.document import canvas_edits, direction_edits, timeline_edits
from aigc_studio.document.canvas import KeptVector, packed, unpacked
from aigc_studio.document.edits import apply
from aigc_studio.document.model import Project
from aigc_studio.document.timeline import Film
from aigc_studio.document.tracks import Place, axis_track, direction_of, direction_track
from aigc_studio.studio.steering import Steering
from tests.document.helpers import sha
from tests.document.test_canvas_edits import begun, layers
from tests.document.test_tracks import SPACE, numbered, only

SMILE = np.array([0, 0, 3, 0], np.float32)


@pytest.fixture
def smiling() -> tuple[Project, str]:
    """The living layer goes from -1 to 1 along a kept direction; and that direction's id."""
    project, _ = begun()
    edit = direction_edits.add_direction(project, "smile", sha("m"), "z", SMILE)
    key = edit.changes[0].key
    return numbered(apply(project, edit), direction_track(key), {0: -1.0, 10: 1.0}, "linear"), key


def amounts(project: Project, *frames: int) -> list[float]:
    """How far the living layer is along the direction."""
    film, layer = Film(only(project)), layers(project)[1]
    points = [unpacked(film.point_at(layer, frame, SPACE).code) for frame in frames]
    return [round(SPACE.amount(point, SMILE), 5) for point in points]


def test_a_track_is_told_by_its_name() -> None:
    assert direction_of(direction_track("0" * 16)) == "0" * 16
    assert direction_of(axis_track(3)) == direction_of("point") == ""


def test_a_layer_goes_along_a_kept_direction(smiling: tuple[Project, str]) -> None:
    project, _ = smiling
    assert amounts(project, 0, 5, 10) == [-1.0, 0.0, 1.0]
    film, layer = Film(only(project)), layers(project)[1]
    assert film.is_played(layer)
    across = [unpacked(film.point_at(layer, frame, SPACE).code) for frame in (0, 10)]
    assert np.array_equal(np.delete(across[0], 2), np.delete(across[1], 2))
    assert Project.model_validate_json(project.model_dump_json(), strict=True) == project


def test_a_film_stays_when_its_direction_is_removed(smiling: tuple[Project, str]) -> None:
    project, key = smiling
    without = apply(project, direction_edits.remove_direction(project, key))
    assert not without.directions
    assert amounts(without, 0, 5, 10) == [-1.0, 0.0, 1.0]
    more = numbered(without, direction_track(key), {20: 3.0}, "linear")
    assert amounts(more, 15) == [2.0]


def test_a_direction_leaves_the_film_with_its_last_key(smiling: tuple[Project, str]) -> None:
    project, key = smiling
    canvas, layer = only(project), layers(project)[1].id
    assert [each.name for each in canvas.timeline.directions] == ["smile"]
    places = {Place(layer, frame, direction_track(key)) for frame in (0, 10)}
    project = apply(project, timeline_edits.remove_keys(project, canvas.id, places))
    assert only(project).timeline.directions == ()


def test_keys_of_a_direction_that_is_gone_are_not_laid(smiling: tuple[Project, str]) -> None:
    project, key = smiling
    canvas, copied = only(project), only(project).timeline.numbers
    places = {each.place for each in copied}
    project = apply(project, timeline_edits.remove_keys(project, canvas.id, places))
    there = apply(project, timeline_edits.lay_keys(project, canvas.id, copied, 5))
    assert len(only(there).timeline.directions) == 1
    project = apply(project, direction_edits.remove_direction(project, key))
    with pytest.raises(StudioError, match="not kept any more") as caught:
        timeline_edits.lay_keys(project, canvas.id, copied, 5)
    assert caught.value.kind == "missing"


def test_a_copied_layer_goes_along_too(smiling: tuple[Project, str]) -> None:
    project, _ = smiling
    canvas, layer = only(project), layers(project)[1].id
    edit = canvas_edits.duplicate_layers(project, canvas.id, {layer})
    project = apply(project, edit)
    copy = only(project).layer(canvas_edits.new_layers(edit)[0])
    assert copy is not None
    there = Film(only(project)).point_at(copy, 10, SPACE)
    assert SPACE.amount(unpacked(there.code), SMILE) == pytest.approx(1.0)


def test_a_direction_of_another_space_leaves_the_film_as_it_is() -> None:
    project, _ = begun()
    edit = direction_edits.add_direction(project, "smile", sha("m"), "w", SMILE)
    project = apply(project, edit)
    track = direction_track(edit.changes[0].key)
    project = numbered(project, track, {0: -1.0, 10: 1.0}, "linear")
    film, layer = Film(only(project)), layers(project)[1]
    assert film.point_at(layer, 10, SPACE).code == layer.living.code  # type: ignore[union-attr]


def test_one_row_goes_along_all_layers_alike() -> None:
    kept = KeptVector(id="0" * 16, name="smile", space="w", vector=packed(SMILE))
    assert kept.within("w", 4) is not None
    rows = kept.within("w+", 12)
    assert rows is not None
    assert np.array_equal(rows.reshape(3, 4), np.tile(SMILE, (3, 1)))
    for space, size in (("z", 4), ("w", 8), ("w+", 4), ("w+", 10), ("z+", 12)):
        assert kept.within(space, size) is None
    mean, std, axes = (np.tile(each, (3, 1)) for each in (np.zeros(4), np.ones(4), np.eye(4)[0]))
    layered = Space(
        "w+", (3, 4), "euclid", mean=mean.astype(np.float32), std=std.astype(np.float32),
        axes=axes[None].astype(np.float32), layers=3,
    )  # fmt: skip
    one = Steering(Space("w", (4,), "euclid", mean=np.zeros(4, np.float32)))
    whole = Steering(layered)
    start = np.zeros((3, 4), np.float32)
    end = whole.along(start, rows, 1.5)
    assert np.allclose(end, np.tile(one.along(start[0], SMILE, 1.5), (3, 1)), atol=1e-5)
    assert whole.amount(end, rows) == pytest.approx(1.5, abs=1e-5)
