"""Brush, masks, groups, filters, rectangles and sheets of variations, by pointer and keys."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.media.placing import Crop
from aigc_studio.studio import paper
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from aigc_studio.ui.editors.canvas.layer_row import FOLD, MASK, fold_place, indented
from aigc_studio.ui.editors.canvas.resize_dialog import ResizeDialog
from tests.studio.helpers import settled
from tests.ui.playing.conftest import lies_still
from tests.ui.playing.test_canvas import LEFT, canvas_of, layer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.media.image import Image
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow

__all__ = ["layer"]


def drawn(studio: Studio) -> Image:
    """The canvas as an export has it."""
    project = studio.session.project
    return rendered(project, canvas_of(studio), Pictures(studio.session.store.asset_path))


def stroke(editor: CanvasEditor, *places: tuple[float, float]) -> None:
    """Draw through places of the canvas."""
    view = editor.view
    first, *others = [view.from_scene(QPointF(*each)).toPoint() for each in places]
    QTest.mousePress(view.viewport(), LEFT, pos=first)
    for each in others:
        QTest.mouseMove(view.viewport(), each)
    QTest.mouseRelease(view.viewport(), LEFT, pos=others[-1] if others else first)


def kept(studio: Studio, qtbot: QtBot) -> None:
    """Wait until all strokes lie in the document."""
    qtbot.waitUntil(lambda: not studio.painting.busy)


def test_a_stroke_lies_on_a_layer_of_its_own_and_is_one_step(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.commands.run("canvas.brush")
    assert editor.brush_bar.isVisible()
    studio.painting.change(size=8.0, hardness=1.0, colour=(255, 0, 0))
    steps = len(studio.session.steps)
    stroke(editor, (10, 32), (50, 32))
    stroke(editor, (32, 10), (32, 50))  # before the first one is kept
    kept(studio, qtbot)
    low, high = canvas_of(studio).layers
    assert low == layer
    assert high.touch_up
    assert studio.stage.selection == (high.id,)
    assert len(studio.session.steps) == steps + 2
    pixels = drawn(studio).pixels
    for x, y in ((15, 32), (32, 15), (45, 32)):
        assert tuple(pixels[y, x]) == (255, 0, 0, 255)
    item = editor.view.items_of[high.id]
    assert item.picture.pixelColor(32, 15).red() == 255
    studio.session.undo()
    assert tuple(drawn(studio).pixels[15, 32]) != (255, 0, 0, 255)
    assert tuple(drawn(studio).pixels[32, 15]) == (255, 0, 0, 255)
    studio.session.redo()
    assert (drawn(studio).pixels == pixels).all()
    studio.commands.run("canvas.eraser")
    assert studio.painting.target() is not None
    stroke(editor, (32, 10), (32, 20))
    kept(studio, qtbot)
    assert tuple(drawn(studio).pixels[15, 32]) != (255, 0, 0, 255)
    studio.commands.run("canvas.select_tool")
    assert not editor.brush_bar.isVisible()


def test_strokes_on_two_new_layers_at_once_stay_apart(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.commands.run("canvas.brush")
    studio.painting.change(size=8.0, hardness=1.0, colour=(255, 0, 0))
    studio.stage.select((layer.id,))
    stroke(editor, (10, 10), (50, 10))
    studio.stage.select(())
    studio.painting.change(colour=(0, 0, 255))
    stroke(editor, (10, 50), (50, 50))  # on top of all, before the first one is kept
    assert studio.painting.busy
    kept(studio, qtbot)
    low, *strokes = canvas_of(studio).layers
    assert low == layer
    assert len(strokes) == 2
    pixels = drawn(studio).pixels
    assert tuple(pixels[10, 30]) == (255, 0, 0, 255)
    assert tuple(pixels[50, 30]) == (0, 0, 255, 255)
    items = [editor.view.items_of[each.id].picture for each in strokes]
    assert sorted(each.pixelColor(30, 10).alpha() for each in items) == [0, 255]
    assert sorted(each.pixelColor(30, 50).alpha() for each in items) == [0, 255]


def test_a_stroke_that_is_kept_is_shown_as_an_export_has_it(
    editor: CanvasEditor, window: MainWindow, studio: Studio, qtbot: QtBot
) -> None:
    edit = add_canvas(studio.session.project, "Large", 512, 512)
    studio.session.apply(edit)
    window.documents.open("canvas", edit.changes[0].key)
    page = window.pages.currentWidget()
    assert isinstance(page, CanvasEditor)
    lies_still(page, qtbot)
    studio.commands.run("canvas.brush")
    stroke(page, (100, 100), (300, 100))
    kept(studio, qtbot)
    (item,) = page.view.items_of.values()
    qtbot.waitUntil(lambda: item.shown.made)
    stroke(page, (100, 200), (300, 200))
    QTest.mousePress(page.view.viewport(), LEFT, pos=page.view.from_scene(QPointF(9, 9)).toPoint())
    QTest.keyClick(page.view, Qt.Key.Key_Escape)  # given up while the one before is on its way
    kept(studio, qtbot)
    qtbot.waitUntil(lambda: item.shown.made)
    assert item.picture.pixelColor(200, 200).alpha() == 255
    assert item.picture.pixelColor(9, 9).alpha() == 0
    stroke(page, (100, 300), (300, 300))
    beside = page.view.from_scene(QPointF(-60, 9)).toPoint()
    QTest.mousePress(page.view.viewport(), LEFT, pos=beside)
    kept(studio, qtbot)  # while the pen is down where nothing can be painted
    QTest.mouseRelease(page.view.viewport(), LEFT, pos=beside)
    qtbot.waitUntil(lambda: item.shown.made)
    assert item.picture.pixelColor(200, 300).alpha() == 255
    studio.commands.run("canvas.eraser")
    stroke(page, (400, 400), (450, 400))  # where nothing is: the picture stays as it was
    kept(studio, qtbot)
    qtbot.waitUntil(lambda: item.shown.made)


def test_a_mask_is_painted_and_seen(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    before = drawn(studio).alpha()
    studio.commands.run("canvas.mask")
    kept(studio, qtbot)
    assert (drawn(studio).alpha() == before).all()
    assert editor.layers.list.item(0).data(MASK) is not None
    studio.commands.run("canvas.eraser")
    editor.brush_bar.place.chosen.emit("mask")
    studio.painting.change(size=200.0, hardness=1.0)
    stroke(editor, (32, 32))
    kept(studio, qtbot)
    assert not drawn(studio).alpha().any()
    shown = editor.view.layers.snapshot
    assert shown(canvas_of(studio), 64) == shown(
        canvas_of(studio).model_copy(update={"layers": ()}), 64
    )
    studio.commands.run("canvas.mask_inverted")
    assert (drawn(studio).alpha() == before).all()
    studio.commands.run("canvas.mask")
    assert canvas_of(studio).layers[0].mask is None
    with qtbot.waitSignal(studio.painting.told):
        stroke(editor, (32, 32))  # there is nothing to erase
    assert len(canvas_of(studio).layers) == 1


def test_nothing_is_lost_when_what_is_painted_on_changes(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.commands.run("canvas.brush")
    stroke(editor, (10, 10), (20, 20))
    kept(studio, qtbot)
    stroke(editor, (30, 10), (20, 20))
    studio.session.undo()
    with qtbot.waitSignal(studio.painting.stopped):
        pass
    assert canvas_of(studio).layers == (layer,)
    assert not studio.painting.busy


def test_the_eyedropper_takes_what_is_seen(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.commands.run("canvas.brush")
    qtbot.waitUntil(lambda: not editor.view.items_of[layer.id].picture.isNull())
    at = editor.view.from_scene(QPointF(layer.x, layer.y)).toPoint()
    seen = drawn(studio).pixels[int(layer.y), int(layer.x)]
    QTest.mouseClick(editor.view.viewport(), LEFT, Qt.KeyboardModifier.AltModifier, at)
    assert studio.painting.brush.colour == tuple(int(each) for each in seen[:3])
    size = studio.painting.brush.size
    editor.view.setFocus()
    studio.commands.run("canvas.brush_larger")
    assert studio.painting.brush.size > size


def test_groups_are_folded_and_dragged_into(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    studio.commands.run("canvas.duplicate")
    studio.commands.run("canvas.duplicate")
    high, middle, low = editor.layers.list.ids()
    studio.stage.select((low, middle))
    studio.commands.run("canvas.group")
    (group,) = canvas_of(studio).groups
    shown = editor.layers.list
    assert shown.ids() == [high, group.id, middle, low]
    assert studio.stage.selection == (group.id,)
    assert studio.stage.touched == (low, middle)
    row = indented(shown.visualItemRect(shown.item(1)), shown.indexFromItem(shown.item(1)))
    QTest.mouseClick(shown.viewport(), LEFT, pos=fold_place(row).center())
    assert shown.ids() == [high, group.id]
    shown.setCurrentRow(1)
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.ids() == [high, group.id, middle, low]
    assert shown.item(1).data(FOLD) == "open"
    studio.stage.select((high,))
    shown.moved.emit(2)  # right below the group's own row: into it
    assert [each.parent for each in canvas_of(studio).layers] == [group.id] * 3
    shown.moved.emit(0)
    assert canvas_of(studio).layers[-1].parent is None
    studio.stage.select((group.id,))
    editor.layers.blend.setCurrentIndex(editor.layers.blend.findData("multiply"))
    editor.layers.blend.activated.emit(1)
    assert canvas_of(studio).groups[0].blend == "multiply"
    studio.commands.run("canvas.ungroup")
    assert not canvas_of(studio).groups
    assert set(studio.stage.selection) == {low, middle}


def test_filters_are_added_dragged_switched_and_reordered(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    panel = editor.panel.filters
    panel.heading.click()
    for kind in ("blur", "noise"):
        panel.put_filter(kind)
    blur, noise = panel.cards
    steps = len(studio.session.steps)
    field = blur.fields["radius"]
    field.drag_began.emit()
    for value in (5.0, 6.0, 7.0):
        field.spin.setValue(value)
    field.drag_ended.emit()
    assert len(studio.session.steps) == steps + 1
    noise.on.click()
    now = canvas_of(studio).layers[0].filters
    assert [each.kind for each in now] == ["blur", "noise"]
    assert getattr(now[0], "radius", 0) == 7.0
    assert not now[1].enabled
    panel.move_by(1, -1)
    assert [each.kind for each in canvas_of(studio).layers[0].filters] == ["noise", "blur"]
    panel.take(0)
    assert [card.kind for card in panel.cards] == ["blur"]


def test_a_rectangle_is_selected_and_the_canvas_cropped_to_it(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    studio.commands.run("canvas.region")
    stroke(editor, (8, 4), (40, 28))
    part = studio.stage.region
    assert part is not None
    assert abs(part.left - 8) <= 1
    assert abs(part.width - 32) <= 1
    QTest.keyClick(editor.view, Qt.Key.Key_Right)
    assert studio.stage.region == Crop(
        left=part.left + 1, top=part.top, width=part.width, height=part.height
    )
    studio.commands.run("canvas.crop_to_region")
    assert (canvas_of(studio).width, canvas_of(studio).height) == (part.width, part.height)
    assert studio.stage.region is None


def test_a_canvas_is_turned_mirrored_and_resized(
    layer: Layer, editor: CanvasEditor, studio: Studio, window: MainWindow
) -> None:
    before = drawn(studio).pixels
    studio.commands.run("canvas.mirror")
    assert (drawn(studio).pixels == before[:, ::-1]).all()
    studio.commands.run("canvas.turn_over")
    assert (drawn(studio).pixels == before[::-1]).all()
    dialog = ResizeDialog(studio, canvas_of(studio), window)
    dialog.what.chosen.emit("all")
    dialog.what.choose("all")
    dialog.width_field.spin.setValue(128)
    assert dialog.height_field.value == 128
    dialog.ok.click()
    assert (canvas_of(studio).width, canvas_of(studio).height) == (128, 128)
    dialog.deleteLater()


def test_a_sheet_of_variations_lives(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    steps = len(studio.session.steps)
    with qtbot.waitSignal(studio.variations.made):
        studio.commands.run("canvas.variations")
    sheet = canvas_of(studio)
    assert sheet.name.endswith(layer.name)
    assert len(sheet.layers) == 9
    assert len({each.living.code for each in sheet.layers if each.living}) == 9
    assert len(studio.session.steps) == steps + 1
    settled(studio, qtbot)


@pytest.mark.parametrize("pressure", [0.25, 1.0])
def test_a_pen_presses(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot, pressure: float
) -> None:
    studio.commands.run("canvas.brush")
    studio.painting.change(size=40.0, hardness=1.0, colour=(1, 2, 3))
    at = editor.view.from_scene(QPointF(32, 32))
    editor.view.brush.begin(at, pressure)
    editor.view.brush.end()
    kept(studio, qtbot)
    covered = int((drawn(studio).pixels[..., :3] == (1, 2, 3)).all(2).sum())
    assert abs(covered - 3.1416 * (20 * pressure) ** 2) < 60


@pytest.mark.parametrize("at_once", [paper.AT_ONCE, 1])
def test_nothing_of_a_stroke_is_kept_beside_its_picture(
    editor: CanvasEditor,
    studio: Studio,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    monkeypatch.setattr(paper, "AT_ONCE", at_once)
    papers: list[weakref.ref[paper.Paper]] = []
    make = studio.painting.paper

    def made(*args: Any) -> paper.Paper:
        one = make(*args)
        papers.append(weakref.ref(one))
        return one

    monkeypatch.setattr(studio.painting, "paper", made)
    studio.commands.run("canvas.brush")
    stroke(editor, (10, 32), (50, 32))
    kept(studio, qtbot)
    stroke(editor, (-9, 9))  # marks nothing
    gc.collect()
    assert [one() for one in papers] == [None, None]


def test_strokes_on_a_large_picture_are_the_same(
    layer: Layer,
    editor: CanvasEditor,
    studio: Studio,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if the picture were too large to be copied at once."""
    studio.commands.run("canvas.brush")
    studio.painting.change(size=8.0, hardness=1.0, colour=(255, 0, 0))
    results = []
    for at_once in (paper.AT_ONCE, 0):
        monkeypatch.setattr(paper, "AT_ONCE", at_once)
        studio.stage.select(())
        stroke(editor, (10, 32), (50, 32))
        stroke(editor, (32, 10), (32, 50))  # before the first one is kept
        kept(studio, qtbot)
        stroke(editor, (20, 20))
        kept(studio, qtbot)
        results.append(drawn(studio).pixels)
        view = editor.view
        QTest.mousePress(view.viewport(), LEFT, pos=view.from_scene(QPointF(50, 50)).toPoint())
        QTest.keyClick(view, Qt.Key.Key_Escape)
        kept(studio, qtbot)
        assert (drawn(studio).pixels == results[-1]).all()
        for _ in range(3):
            studio.session.undo()
        assert len(canvas_of(studio).layers) == 1
    assert (results[0] == results[1]).all()
    assert results[0][32, 50, 0] == 255
