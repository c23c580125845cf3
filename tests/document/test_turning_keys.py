"""Keyed numbers go with a canvas that is turned, mirrored or resized, as its layers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document import canvas_edits, changes, laying, timeline_edits
from aigc_studio.document.edits import apply
from aigc_studio.document.model import Project, new_project
from aigc_studio.document.timeline import Film
from aigc_studio.document.turning import mirror_canvas, resize_canvas, resize_picture, turn_canvas
from tests.document.helpers import asset_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.edits import Edit

WIDE, HIGH, FRAME = 100, 60, 7


@pytest.fixture
def keyed() -> Project:
    """A canvas with one layer whose place is keyed where the layer itself lies."""
    project = new_project("p")
    picture = asset_named("p", width=8, height=8)
    project = apply(project, changes.add_asset(project, picture))
    project = apply(project, canvas_edits.add_canvas(project, "c", WIDE, HIGH))
    (canvas,) = project.canvases
    project = apply(project, laying.add_layer(project, canvas, picture.id, x=20.0, y=50.0))
    (layer,) = project.canvases[canvas].layers
    for track in ("x", "y", "scale", "rotation"):
        value = float(getattr(layer, track))
        edit = timeline_edits.add_number(project, canvas, layer.id, track, FRAME, value)
        project = apply(project, edit)
    return project


@pytest.mark.parametrize(
    "change",
    [
        lambda project, key: turn_canvas(project, key, 90),
        lambda project, key: turn_canvas(project, key, 180),
        lambda project, key: turn_canvas(project, key, 270),
        lambda project, key: mirror_canvas(project, key, "across"),
        lambda project, key: mirror_canvas(project, key, "down"),
        lambda project, key: resize_canvas(project, key, 140, 90, (1.0, 0.0)),
        lambda project, key: resize_picture(project, key, 250),
    ],
    ids=["90", "180", "270", "across", "down", "room", "size"],
)
def test_what_is_keyed_stays_where_the_layer_is(
    keyed: Project, change: Callable[[Project, str], Edit]
) -> None:
    (key,) = keyed.canvases
    canvas = apply(keyed, change(keyed, key)).canvases[key]
    (layer,) = canvas.layers
    seen = Film(canvas).layer_at(layer, FRAME)
    assert (seen.x, seen.y, seen.scale) == pytest.approx((layer.x, layer.y, layer.scale))
    assert (seen.rotation - layer.rotation) % 360 == pytest.approx(0)
