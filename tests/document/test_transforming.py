"""Groups and several layers as one body: moved, scaled and turned, with masks and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.document import group_edits, layer_edits, mask_edits
from aigc_studio.document.edits import apply
from aigc_studio.document.posing import posed
from aigc_studio.document.rendering import rendered
from aigc_studio.document.timeline import Film
from aigc_studio.document.timeline_edits import lay_keys
from aigc_studio.document.tracks import NumberKey
from aigc_studio.document.transforming import (
    Frame,
    Transform,
    factor_within,
    frame_of,
    transform_layers,
)
from tests.document.piles import HIGH, WIDE, begun, canvas_of, painted, picture_of

if TYPE_CHECKING:
    from aigc_studio.document.model import Project

MIDDLE = {"x": WIDE / 2, "y": HIGH / 2}


@pytest.fixture
def grouped() -> tuple[Project, str, str]:
    """The two lower of three layers apart from each other in a masked group."""
    project, key = begun()
    low, high, _ = (layer.id for layer in canvas_of(project).layers)
    project = apply(project, layer_edits.place_layer(project, key, low, 6.0, 5.0))
    project = apply(project, layer_edits.place_layer(project, key, high, 17.0, 13.0))
    project = apply(project, group_edits.group_layers(project, key, {low, high}))
    group = canvas_of(project).groups[0].id
    project = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    return project, key, group


def test_half_a_turn_of_all_is_the_picture_turned(grouped: tuple[Project, str, str]) -> None:
    project, key, group = grouped
    before = rendered(project, canvas_of(project), picture_of).pixels
    top = canvas_of(project).layers[2].id
    way = Transform(**MIDDLE, degrees=180)
    turned = apply(project, transform_layers(project, key, {group, top}, way, "Rotate a layer"))
    after = rendered(turned, canvas_of(turned), picture_of).pixels
    assert (after == np.rot90(before, 2)).all()


def test_there_and_back_is_where_it_was(grouped: tuple[Project, str, str]) -> None:
    project, key, group = grouped
    ways = (Transform(3, 4, factor=2.5, degrees=70), Transform(3, 4, factor=0.4, degrees=-70))
    there = project
    for way in ways:
        there = apply(there, transform_layers(there, key, {group}, way, "Scale a layer"))
    before, after = canvas_of(project), canvas_of(there)
    assert after.layers[2] == before.layers[2]
    masks = [canvas.groups[0].mask for canvas in (before, after)]
    for one, other in (*zip(before.layers, after.layers, strict=True), masks):
        assert one is not None
        assert other is not None
        for field in ("x", "y", "scale", "rotation"):
            assert getattr(other, field) == pytest.approx(getattr(one, field), abs=1e-9)


def test_distances_grow_with_the_layers(grouped: tuple[Project, str, str]) -> None:
    project, key, group = grouped
    edit = transform_layers(project, key, {group}, Transform(6, 5, factor=3), "Scale a layer")
    low, high, top = canvas_of(apply(project, edit)).layers
    assert (low.x, low.y, low.scale) == (6, 5, 3)
    assert (high.x, high.y, high.scale) == (6 + 3 * 11, 5 + 3 * 8, 3)
    assert top == canvas_of(project).layers[2]


def test_none_is_scaled_further_than_it_can(grouped: tuple[Project, str, str]) -> None:
    project, key, group = grouped
    low = canvas_of(project).layers[0].id
    project = apply(project, layer_edits.scale_layer(project, key, low, 500.0))
    assert factor_within(canvas_of(project), {group}, 4) == 2
    assert factor_within(canvas_of(project), {group}, 1e-9) == 0.01
    edit = transform_layers(project, key, {group}, Transform(factor=4), "Scale a layer")
    assert canvas_of(apply(project, edit)).layers[0].scale == 1000


def test_a_keyed_layer_gets_keys_the_others_a_place(grouped: tuple[Project, str, str]) -> None:
    project, key, group = grouped
    low = canvas_of(project).layers[0].id
    keys = [NumberKey(frame=frame, layer=low, track="x", value=float(frame)) for frame in (0, 20)]
    project = apply(project, lay_keys(project, key, keys))
    edit = posed(
        project,
        key,
        10,
        lambda seen: transform_layers(seen, key, {group}, Transform(right=5), "Move a layer"),
    )
    after = canvas_of(apply(project, edit))
    assert after.layers[0].x == canvas_of(project).layers[0].x
    assert after.layers[1].x == 22
    assert Film(after).canvas_at(10).layers[0].x == 15


def test_frames() -> None:
    project, key = begun()
    layer = canvas_of(project).layers[0]
    project = apply(project, layer_edits.rotate_layer(project, key, layer.id, 90))
    frame = frame_of(project, canvas_of(project).layers[0])
    assert (frame.width, frame.height) == (12, 10)
    assert frame.box == pytest.approx((7, 4, 17, 16))
    both = Frame.round((Frame(0, 0, 2, 4), Frame(10, 1, 2, 2)))
    assert both == Frame(5, 0, 12, 4)
    assert Frame.round((frame,)) == frame
    assert Frame.round(()) is None
