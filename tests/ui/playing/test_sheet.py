"""What the screen composes is what an export does; only what changed is drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter, QTransform

from aigc_studio.document import group_edits, layer_edits, mask_edits
from aigc_studio.document.edits import apply
from aigc_studio.document.rendering import rendered
from aigc_studio.studio.finishing import Finishing
from aigc_studio.studio.pictures import to_pixels, to_qimage
from aigc_studio.ui.editors.canvas.alpha import as_alpha
from aigc_studio.ui.editors.canvas.drawing import blank, draw
from aigc_studio.ui.editors.canvas.items import LayerItem
from aigc_studio.ui.editors.canvas.plan import changed_between, plan_of
from aigc_studio.ui.editors.canvas.sheet import Sheet
from tests.document.piles import BLENDS, HIGH, WIDE, begun, canvas_of, painted, picture_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.ui.editors.canvas.plan import Step


@pytest.fixture
def finishing(qapp: QApplication) -> Iterator[Finishing]:
    """The thread that finishes."""
    made = Finishing()
    yield made
    made.close()


def plan(project: Project, finishing: Finishing) -> tuple[Step, ...]:
    """A canvas on the screen, everything read."""
    canvas, items, masks = canvas_of(project), {}, {}
    for layer in canvas.layers:
        picture = picture_of(project.assets[layer.asset])
        item = items[layer.id] = LayerItem(layer, picture.size, finishing)
        item.show_picture(to_qimage(picture.pixels))
        if layer.mask:
            grey = picture_of(project.assets[layer.mask.asset]).to_mode("grey")
            item.show_mask(to_qimage(grey.pixels))
    for group in canvas.groups:
        if group.mask:
            grey = picture_of(project.assets[group.mask.asset]).to_mode("grey")
            masks[group.id] = as_alpha(to_qimage(grey.pixels), inverted=group.mask.inverted)
    return plan_of(canvas, items, masks)


@pytest.mark.parametrize("blend", BLENDS)
def test_the_screen_shows_what_is_exported(blend: str, finishing: Finishing) -> None:
    project, key = begun()
    ids = [layer.id for layer in canvas_of(project).layers]
    project = apply(project, layer_edits.set_blend(project, key, ids, blend))  # type: ignore[arg-type]
    project = apply(project, group_edits.group_layers(project, key, ids[1:]))
    group = canvas_of(project).groups[0].id
    project = apply(project, layer_edits.set_opacity(project, key, [group, ids[0]], 0.7))
    project = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    project = apply(project, mask_edits.add_mask(project, key, ids[0], painted("own", 12, 10)))
    project = apply(project, mask_edits.edit_mask(project, key, ids[0], inverted=True))
    shown = blank(WIDE, HIGH)
    draw(shown, plan(project, finishing), QTransform())
    made = to_pixels(shown).astype(int)
    wanted = rendered(project, canvas_of(project), picture_of).pixels.astype(int)
    assert np.abs(made[..., 3] - wanted[..., 3]).max() <= 3
    ink = [each[..., :3] * each[..., 3:] / 255 for each in (made, wanted)]
    assert np.abs(ink[0] - ink[1]).max() <= 4  # each step of Qt's rounds once more


def painted_by(sheet: Sheet, side: int = 600) -> np.ndarray:
    """All of it, at twelve times the size."""
    image = blank(side, side)
    painter = QPainter(image)
    sheet.paint(painter, QTransform.fromScale(12, 12), QRect(0, 0, side, side), 1.0, 60.0)
    painter.end()
    return to_pixels(image)


def test_tiles_that_are_drawn_again_are_those_drawn_anew(finishing: Finishing) -> None:
    owner = QObject()
    project, key = begun()
    kept = Sheet(owner)
    ids = [layer.id for layer in canvas_of(project).layers]
    edits: list[Callable[[Project], Edit]] = [
        lambda now: layer_edits.move_layers(now, key, [ids[1]], 3, 2),
        lambda now: layer_edits.set_opacity(now, key, [ids[1]], 0.4),
        lambda now: layer_edits.set_blend(now, key, [ids[2]], "multiply"),
        lambda now: layer_edits.move_layers(now, key, [ids[0]], -4, 1),
        lambda now: group_edits.group_layers(now, key, ids[:2]),
        lambda now: layer_edits.set_visible(now, key, [ids[2]], visible=False),
    ]
    for edit in edits:
        project = apply(project, edit(project))
        steps, canvas = plan(project, finishing), canvas_of(project)
        kept.show_plan(canvas, steps)
        new = Sheet(owner)
        new.show_plan(canvas, steps)
        np.testing.assert_array_equal(painted_by(kept), painted_by(new))
        assert kept.is_whole


def test_what_did_not_change_is_not_drawn(finishing: Finishing) -> None:
    project, key = begun()
    before = plan(project, finishing)
    assert changed_between(before, before) == []
    low = canvas_of(project).layers[0].id
    project = apply(project, layer_edits.move_layers(project, key, [low], 1, 0))
    items = plan(project, finishing)
    same = tuple(new if new.key == low else old for old, new in zip(before, items, strict=True))
    assert len(changed_between(before, same)) == 2


def test_without_time_one_tile_is_drawn_and_the_rest_is_asked_for(finishing: Finishing) -> None:
    owner = QObject()
    project, _ = begun()
    sheet = Sheet(owner)
    sheet.show_plan(canvas_of(project), plan(project, finishing))
    image = blank(600, 600)
    painter = QPainter(image)
    sheet.paint(painter, QTransform.fromScale(30, 30), QRect(0, 0, 600, 600), 1.0, 0.0)
    painter.end()
    assert not sheet.is_whole
