"""A rectangle of a canvas for a model: what it shows, how soft its mask is, where results go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import edit_canvas, new_layers
from aigc_studio.document.edits import apply
from aigc_studio.document.rendering import rendered
from aigc_studio.document.replacing import (
    group_made_by,
    hole_of,
    lay_selection,
    lift_selection,
)
from aigc_studio.document.selecting import selected, selection_files
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Crop
from tests.document.piles import HIGH, begun, canvas_of, painted, picture_of

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.model import Asset, Project

PART = Crop(left=6, top=5, width=10, height=8)


def test_what_is_selected_is_what_is_seen(tmp_path: Path) -> None:
    project, _ = begun()
    canvas = canvas_of(project)
    chosen = selected(project, canvas, PART, picture_of)
    seen = rendered(project, canvas, picture_of).cropped(6, 5, 10, 8)
    assert chosen.picture == seen
    assert (chosen.mask.pixels == 255).all()
    picture, mask = selection_files(chosen, tmp_path)
    assert decode_image(picture) == seen
    assert decode_image(mask) == chosen.mask


def test_what_lies_round_it_is_seen_and_kept() -> None:
    project, _ = begun()
    chosen = selected(project, canvas_of(project), PART, picture_of, context=7, feather=3)
    assert chosen.box == Crop(left=0, top=0, width=23, height=20)
    assert chosen.picture.size == chosen.mask.size == (23, 20)
    grey = chosen.mask.pixels[..., 0]
    assert grey[9, 11] > 250
    assert 20 < grey[9, 6] < 235  # soft at the edge
    assert grey[0, 0] == 0


def test_a_rectangle_beside_the_canvas_is_refused() -> None:
    project, _ = begun()
    with pytest.raises(StudioError, match="does not lie on the canvas"):
        selected(project, canvas_of(project), Crop(left=20, top=0, width=9, height=1), picture_of)


def test_a_result_lies_over_the_selection_alone() -> None:
    project, key = begun()
    chosen = selected(project, canvas_of(project), PART, picture_of, context=3)
    twice = painted("result", chosen.box.width * 2, chosen.box.height * 2)
    mask = painted("mask", *chosen.mask.size)

    def pictures(asset: Asset) -> Image:
        return chosen.mask if asset.id == mask.id else picture_of(asset).to_mode("rgb")

    before = rendered(project, canvas_of(project), pictures)
    project = apply(project, lay_selection(project, key, chosen.box, twice, mask))
    after = rendered(project, canvas_of(project), pictures)
    ink = [each.premultiplied().astype(int) for each in (before, after)]
    other = np.abs(ink[1] - ink[0]).max(2) > 0
    assert not np.delete(other, np.s_[4:14], axis=0).any()  # resampled, so to the next pixel
    assert other[5:13, 6:16].mean() > 0.9


@pytest.mark.parametrize("feather", [1.0, 4.0, 40.0, 128.0])
def test_a_soft_edge_ends_within_what_is_laid(feather: float) -> None:
    project, key = begun()
    project = apply(project, edit_canvas(project, key, width=300, height=300))
    part = Crop(left=100, top=90, width=70, height=60)
    chosen = selected(project, canvas_of(project), part, picture_of, context=15, feather=feather)
    grey = chosen.mask.pixels[..., 0]
    assert not any(edge.any() for edge in (grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    assert grey.max() == 255
    across = grey[grey.shape[0] // 2].astype(int)
    assert np.abs(np.diff(across)).max() <= 255 / min(feather, 20)
    assert (chosen.touched.pixels[..., 0] == np.where(grey > 0, 255, 0)).all()


def test_at_the_edge_of_the_canvas_nothing_fades() -> None:
    project, _ = begun()
    part = Crop(left=0, top=0, width=12, height=HIGH)
    grey = selected(project, canvas_of(project), part, picture_of, feather=4).mask.pixels[..., 0]
    assert (grey[:, 0] == 255).all()
    assert (grey[0] == grey[-1]).all()
    assert not grey[:, -1].any()


@pytest.mark.parametrize("feather", [0.0, 3.0])
def test_a_clear_result_fades_into_what_was_there(feather: float) -> None:
    project, key = begun()
    chosen = selected(project, canvas_of(project), PART, picture_of, context=5, feather=feather)
    result = painted("result", chosen.box.width, chosen.box.height)
    mask, hole = (painted(name, *chosen.mask.size) for name in ("mask", "hole"))
    shown = hole_of(chosen, picture_of(result))
    assert shown is not None
    fixed = {mask.id: chosen.mask, hole.id: shown}

    def pictures(asset: Asset) -> Image:
        return fixed.get(asset.id) or picture_of(asset)

    def ink(project: Project) -> np.typing.NDArray[np.float64]:
        picture = rendered(project, canvas_of(project), pictures)
        pixels = picture.cropped(*part_of(chosen.box)).pixels.astype(float)
        pixels[..., :3] *= pixels[..., 3:] / 255
        return pixels

    old, start = ink(project), canvas_of(project)
    new = picture_of(result).pixels.astype(float)
    new[..., :3] *= new[..., 3:] / 255
    edit = lay_selection(project, key, chosen.box, result, mask, hole=hole)
    after = apply(project, edit)
    weight = chosen.mask.pixels / 255
    wanted = weight * new + (1 - weight) * old
    assert np.abs(ink(after) - wanted).max() <= 4
    assert canvas_of(after).groups[0].id == group_made_by(edit)
    layer = new_layers(edit)[0]
    back = apply(after, lift_selection(after, key, layer, group_made_by(edit)))
    assert canvas_of(back) == start
    assert set(back.assets) == set(project.assets)


def test_an_opaque_result_needs_no_hole() -> None:
    project, _ = begun()
    chosen = selected(project, canvas_of(project), PART, picture_of, context=3, feather=2)
    solid = painted("result", chosen.box.width, chosen.box.height)
    assert hole_of(chosen, picture_of(solid).to_mode("rgb")) is None
    away = replace(chosen, picture=Image(np.zeros_like(chosen.picture.pixels)))
    assert hole_of(away, picture_of(solid)) is None


def part_of(box: Crop) -> tuple[int, int, int, int]:
    return box.left, box.top, box.width, box.height
