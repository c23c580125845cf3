"""A rectangle of a canvas for a model: what it shows, how soft its mask is, where results go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document.edits import apply
from aigc_studio.document.rendering import rendered
from aigc_studio.document.selecting import lay_selection, selected, selection_files
from aigc_studio.media.decode import decode_image
from aigc_studio.media.placing import Crop
from tests.document.piles import begun, canvas_of, painted, picture_of

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.model import Asset
    from aigc_studio.media.image import Image

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
