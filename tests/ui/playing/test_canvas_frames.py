"""One frame round several layers or a group: handles, lines it catches, numbers; one step each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.document.layer_edits import edit_layers
from aigc_studio.document.mask_edits import add_mask
from tests.document.piles import painted
from tests.ui.playing.test_canvas import LEFT, canvas_of, grips_of, layer

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

__all__ = ["layer"]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two(layer: Layer, editor: CanvasEditor, studio: Studio) -> tuple[str, str]:
    """Two layers of 16 x 16 pixels with a gap between them, both selected, and a third one."""
    studio.commands.run("canvas.duplicate")
    studio.commands.run("canvas.duplicate")
    low, high, other = (each.id for each in canvas_of(studio).layers)
    places = {low: (20.0, 20.0), high: (40.0, 28.0), other: (9.0, 60.0)}
    fields = {key: {"x": x, "y": y, "scale": 1.0} for key, (x, y) in places.items()}
    studio.session.do(lambda project: edit_layers(project, canvas_of(studio).id, fields))
    editor.view.zoom_to(6)
    studio.stage.select((low, high))
    return low, high


def drag(editor: CanvasEditor, start: QPointF, end: QPointF, keys: Qt.KeyboardModifier) -> None:
    port = editor.view.viewport()
    QTest.mousePress(port, LEFT, keys, start.toPoint())
    editor.view.tool.move(end, keys)
    editor.view.tool.release(end, keys)


def places(studio: Studio) -> list[tuple[float, float, float, float]]:
    """Where the two lie, how large, how far turned."""
    return [
        (round(each.x, 6), round(each.y, 6), round(each.scale, 6), round(each.rotation, 6))
        for each in canvas_of(studio).layers[:2]
    ]


@pytest.mark.parametrize("as_group", [False, True])
def test_handles_scale_and_turn_all_of_it(
    two: tuple[str, str], editor: CanvasEditor, studio: Studio, as_group: bool
) -> None:
    if as_group:
        studio.commands.run("canvas.group")
        assert studio.stage.selection == (canvas_of(studio).groups[0].id,)
    view, steps = editor.view, len(studio.session.steps)
    before = places(studio)
    grips = grips_of(view)
    corners = [view.to_scene(corner).toTuple() for corner in grips.corners]
    assert corners[0] == pytest.approx((12, 12))
    assert corners[2] == pytest.approx((48, 36))
    drag(editor, grips.corners[2], grips.middle + (grips.corners[2] - grips.middle) * 2, CTRL)
    (x, y, scale, _), (far, down, same, _) = places(studio)
    assert scale == same == pytest.approx(2, abs=0.02)
    assert (x, y) == pytest.approx((10, 16), abs=0.2)
    assert (far, down) == pytest.approx((50, 32), abs=0.2)
    assert len(studio.session.steps) == steps + 1
    studio.session.undo()
    assert places(studio) == before
    grips = grips_of(view)
    way = grips.knob - grips.middle
    drag(editor, grips.knob, grips.middle + QPointF(-way.y(), way.x() + 3), SHIFT)
    assert [each[3] for each in places(studio)] == [90, 90]
    assert places(studio)[0][:2] == pytest.approx((34, 14))
    assert len(studio.session.steps) == steps + 1
    studio.session.undo()
    assert places(studio) == before


def test_all_of_it_catches_lines(
    two: tuple[str, str], editor: CanvasEditor, studio: Studio
) -> None:
    view = editor.view
    start = view.from_scene(QPointF(20, 20))
    end = view.from_scene(QPointF(20 + 15.4, 20 + 4))
    drag(editor, start, end, Qt.KeyboardModifier.NoModifier)
    assert [each[:2] for each in places(studio)] == [(36, 24), (56, 32)]  # its edge on the right
    studio.session.undo()
    drag(editor, start, end, CTRL)
    assert [each[:2] for each in places(studio)] == [(35, 24), (55, 32)]


def test_masks_of_groups_go_along_while_it_is_dragged(
    two: tuple[str, str], editor: CanvasEditor, studio: Studio
) -> None:
    studio.commands.run("canvas.group")
    group = canvas_of(studio).groups[0].id
    mask = painted("mask")
    studio.session.do(lambda project: add_mask(project, canvas_of(studio).id, group, mask))
    view = editor.view
    before = canvas_of(studio).groups[0].mask
    assert before is not None
    start = view.from_scene(QPointF(20, 20))
    QTest.mousePress(view.viewport(), LEFT, CTRL, start.toPoint())
    view.tool.move(view.from_scene(QPointF(25, 20)), CTRL)
    assert view.layers.moved_masks[group].x == before.x + 5
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.layers.moved_masks
    assert canvas_of(studio).groups[0].mask == before
    drag(editor, start, view.from_scene(QPointF(25, 20)), CTRL)
    after = canvas_of(studio).groups[0].mask
    assert after is not None
    assert after.x == before.x + 5


def test_hidden_layers_have_no_frame(
    two: tuple[str, str], editor: CanvasEditor, studio: Studio
) -> None:
    studio.commands.run("canvas.show")
    assert editor.view.select.grips is None


@pytest.mark.parametrize("as_group", [False, True])
def test_numbers_of_all_of_it(
    two: tuple[str, str], editor: CanvasEditor, studio: Studio, as_group: bool
) -> None:
    if as_group:
        studio.commands.run("canvas.group")
    fields = editor.panel.place.fields
    shown = [fields[key].value for key in ("x", "y", "scale", "rotation")]
    assert shown == [30, 24, 100, 0]
    fields["x"].spin.setValue(32)
    assert places(studio) == [(22, 20, 1, 0), (42, 28, 1, 0)]
    steps = len(studio.session.steps)
    fields["scale"].drag_began.emit()
    for value in (150, 40, 200):
        fields["scale"].spin.setValue(value)
    fields["scale"].drag_ended.emit()
    assert len(studio.session.steps) == steps + 1
    assert places(studio) == [(12, 16, 2, 0), (52, 32, 2, 0)]
    assert fields["scale"].value == 200
    fields["rotation"].spin.setValue(90)
    assert places(studio)[0] == (40, 4, 2, 90)
    studio.session.undo()
    assert fields["rotation"].value == 0
    studio.session.undo()
    assert fields["scale"].value == 100
    studio.stage.select((two[0],))
    assert fields["x"].value == 22
