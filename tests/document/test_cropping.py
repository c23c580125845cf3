"""Crops of layers and canvases: what is left is drawn where it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.document import canvas_edits, changes, cropping, layer_edits, laying
from aigc_studio.document.edits import apply
from aigc_studio.document.model import Asset, Project, new_project
from aigc_studio.document.rendering import rendered
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Crop
from tests.document.helpers import asset_named

PICTURE = Image(np.random.default_rng(1).integers(0, 256, (30, 40, 4), np.uint8))


def begun() -> tuple[Project, str, str]:
    """A project, its canvas, and the layer on it."""
    project = new_project("Crops")
    asset = asset_named("fox", width=40, height=30)
    project = apply(project, changes.add_asset(project, asset))
    project = apply(project, canvas_edits.add_canvas(project, "sheet", 100, 80))
    (canvas,) = project.canvases
    edit = laying.add_layer(project, canvas, asset.id)
    return apply(project, edit), canvas, canvas_edits.new_layers(edit)[0]


def drawn(project: Project, canvas: str) -> np.ndarray:
    """The canvas as pixels."""

    def picture_of(_asset: Asset) -> Image:
        return PICTURE

    return rendered(project, project.canvases[canvas], picture_of).pixels


@pytest.mark.parametrize("rotation", [0.0, 90.0, 180.0, -90.0])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_a_crop_leaves_does_not_move(rotation: float, scale: float) -> None:
    project, canvas, layer = begun()
    fields = {"rotation": rotation, "scale": scale, "sampling": "pixels"}
    project = apply(project, layer_edits.edit_layers(project, canvas, {layer: fields}))
    before = drawn(project, canvas)
    part = Crop(left=4, top=2, width=20, height=16)
    project = apply(project, cropping.set_crop(project, canvas, layer, part))
    after = drawn(project, canvas)
    there = after[..., 3] > 0
    assert 0 < there.sum() <= part.width * part.height * scale**2
    np.testing.assert_array_equal(after[there], before[there])
    project = apply(project, cropping.set_crop(project, canvas, layer, None))
    np.testing.assert_array_equal(drawn(project, canvas), before)


def test_a_cropped_canvas_shows_that_part() -> None:
    project, canvas, _ = begun()
    before = drawn(project, canvas)
    part = Crop(left=10, top=20, width=50, height=40)
    project = apply(project, cropping.crop_canvas(project, canvas, part))
    np.testing.assert_array_equal(drawn(project, canvas), before[20:60, 10:60])


@given(st.integers(-2, 9), st.sets(st.integers(0, 4), min_size=1))
def test_layers_are_put_elsewhere_together(index: int, chosen: set[int]) -> None:
    project, canvas, _ = begun()
    (asset,) = project.assets
    for _ in range(4):
        project = apply(project, laying.add_layer(project, canvas, asset))
    ids = [layer.id for layer in project.canvases[canvas].layers]
    moved = [ids[at] for at in sorted(chosen)]
    others = [each for each in ids if each not in moved]
    place = min(max(index, 0), len(others))
    project = apply(project, canvas_edits.order_layers(project, canvas, set(moved), index))
    now = [layer.id for layer in project.canvases[canvas].layers]
    assert now == [*others[:place], *moved, *others[place:]]
