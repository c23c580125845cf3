"""Canvases as OpenRaster files: what other programs show is what we show, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.document import canvas_edits, group_edits, layer_edits, mask_edits
from aigc_studio.document.edits import apply
from aigc_studio.document.layered import add_layered, canvas_size, layered
from aigc_studio.document.rendering import rendered
from aigc_studio.media.openraster import OraGroup, OraLayer, read_ora
from tests.document.piles import HIGH, WIDE, begun, canvas_of, painted, picture_of
from tests.media.test_openraster import checked

if TYPE_CHECKING:
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.media.image import Image


def grouped() -> tuple[Project, str, list[str], str]:
    """A canvas with a ground, a group of two and a multiplied layer on top."""
    project, key = begun()
    ids = [layer.id for layer in canvas_of(project).layers]
    project = apply(project, canvas_edits.edit_canvas(project, key, background="#204060"))
    project = apply(project, layer_edits.rotate_layer(project, key, ids[0], 30))
    project = apply(project, group_edits.group_layers(project, key, ids[:2], "Two"))
    group = canvas_of(project).groups[0].id
    project = apply(project, layer_edits.set_opacity(project, key, [group], 0.6))
    project = apply(project, layer_edits.set_blend(project, key, [ids[2]], "multiply"))
    return project, key, ids, group


def test_a_canvas_is_written_as_layers() -> None:
    project, key, ids, group = grouped()
    data = layered(project, canvas_of(project), picture_of)
    checked(data)
    ground, two, top = read_ora(data).parts
    assert isinstance(ground, OraLayer)
    assert isinstance(two, OraGroup)
    assert isinstance(top, OraLayer)
    assert (two.name, two.opacity, len(two.parts)) == ("Two", 0.6, 2)
    assert (top.blend, top.image.size) == ("multiply", (12, 10))
    assert ground.image.size == (WIDE, HIGH)
    masked = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    _, flat, _ = read_ora(layered(masked, canvas_of(masked), picture_of)).parts
    assert isinstance(flat, OraLayer)  # the format has no masks
    assert flat.opacity == 0.6
    hidden = apply(project, layer_edits.set_visible(project, key, [ids[2]], visible=False))
    *_, unseen = read_ora(layered(hidden, canvas_of(hidden), picture_of)).parts
    assert not unseen.visible


def test_layers_that_come_back_look_the_same() -> None:
    project, _, _, _ = grouped()
    look = rendered(project, canvas_of(project), picture_of)
    ora = read_ora(layered(project, canvas_of(project), picture_of))
    assert ora.merged is not None
    assert ora.merged.to_mode("rgb") == look
    pictures: dict[str, Image] = {}

    def asset_of(image: Image, name: str) -> Asset:
        asset = painted(f"{name} {len(pictures)}", image.width, image.height)
        pictures[asset.id] = image
        return asset

    empty, key = begun()
    empty = apply(empty, canvas_edits.remove_canvas(empty, key))
    empty = apply(empty, canvas_edits.add_canvas(empty, "again", *canvas_size(ora)))
    (key,) = empty.canvases
    again = apply(empty, add_layered(empty, key, ora, asset_of))
    made = rendered(again, canvas_of(again), lambda asset: pictures[asset.id])
    assert len(canvas_of(again).layers) == 4
    assert [group.name for group in canvas_of(again).groups] == ["Two"]
    assert np.abs(made.to_mode("rgb").pixels.astype(int) - look.pixels).max() <= 2
