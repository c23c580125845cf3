"""Crop: eight handles, numbers, shapes; one step of undo for a layer or the whole canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.media.placing import Crop
from aigc_studio.ui.editors.canvas import crop_box
from tests.ui.playing.test_canvas import LEFT, canvas_of, layer

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.editors.canvas.view import CanvasView

__all__ = ["layer"]
SIZE = (60, 40)
CROPS = st.builds(
    lambda left, top, width, height: crop_box.fitted(
        Crop(left=left, top=top, width=width, height=height), SIZE
    ),
    st.integers(0, 59), st.integers(0, 39), st.integers(1, 60), st.integers(1, 40),
)  # fmt: skip
PLACES = st.tuples(st.floats(-50, 120), st.floats(-50, 120))


@given(CROPS, st.sampled_from(crop_box.HANDLES), PLACES, st.sampled_from([None, 1.0, 1.5]))
def test_a_pulled_rectangle_stays_inside_and_what_is_opposite_stays(
    crop: Crop, handle: crop_box.Handle, at: tuple[float, float], ratio: float | None
) -> None:
    after = crop_box.pulled(crop, handle, at, SIZE, ratio)
    assert after.fits(*SIZE)
    if handle[0] == 1:
        assert after.left == crop.left
    if handle[0] == -1:
        assert after.left + after.width == crop.left + crop.width
    if handle[1] == 1:
        assert after.top == crop.top
    if ratio is None and handle[0] == 0:
        assert (after.left, after.width) == (crop.left, crop.width)
    if ratio is not None:
        assert abs(after.width - after.height * ratio) <= ratio + 1


@given(CROPS, PLACES)
def test_a_moved_rectangle_keeps_its_size(crop: Crop, way: tuple[float, float]) -> None:
    after = crop_box.moved(crop, *way, SIZE)
    assert (after.width, after.height) == (crop.width, crop.height)
    assert after.fits(*SIZE)


def drag(view: CanvasView, start: QPointF, end: QPointF) -> None:
    """Drag with the left button."""
    QTest.mousePress(view.viewport(), LEFT, pos=start.toPoint())
    QTest.mouseMove(view.viewport(), end.toPoint())
    QTest.mouseRelease(view.viewport(), LEFT, pos=end.toPoint())


def test_a_layer_is_cropped_in_one_step(layer: Layer, editor: CanvasEditor, studio: Studio) -> None:
    view, steps = editor.view, len(studio.session.steps)
    QTest.keyClick(view, Qt.Key.Key_C)
    assert editor.crop_bar.isVisible()
    places = view.crop.places()
    drag(view, places[-1, 0], (places[-1, 0] * 3 + places[1, 0]) / 4)
    places = view.crop.places()
    drag(view, places[0, 1], (places[0, 1] + places[0, -1]) / 2)
    assert view.crop.crop == Crop(left=4, top=0, width=12, height=8)
    assert canvas_of(studio).layers[0].crop is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    now = canvas_of(studio).layers[0]
    assert now.crop == Crop(left=4, top=0, width=12, height=8)
    # What is left lies where it lay: its middle is two pixels further right, four higher.
    assert (now.x - layer.x, now.y - layer.y) == (2 * layer.scale, -4 * layer.scale)
    assert view.items_of[layer.id].picture.width() == 12
    assert not editor.crop_bar.isVisible()
    assert len(studio.session.steps) == steps + 1
    studio.session.undo()
    assert canvas_of(studio).layers[0] == layer


def test_numbers_and_shapes(layer: Layer, editor: CanvasEditor, studio: Studio) -> None:
    studio.commands.run("canvas.crop")
    bar, tool = editor.crop_bar, editor.view.crop
    bar.fields["width"].spin.setValue(8)
    bar.fields["left"].spin.setValue(5)
    assert (tool.crop.left, tool.crop.width, tool.crop.height) == (5, 8, 16)
    bar.ratio.chosen.emit("square")
    assert (tool.crop.width, tool.crop.height) == (8, 8)
    bar.fields["height"].spin.setValue(4)
    assert (tool.crop.width, tool.crop.height) == (4, 4)
    bar.fields["left"].spin.setValue(900)
    assert tool.crop.fits(16, 16)
    bar.cancel.click()
    assert canvas_of(studio).layers[0] == layer
    assert editor.view.items_of[layer.id].picture.width() == 16


def test_escape_and_another_selection_give_up(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    for give_up in (
        lambda: QTest.keyClick(editor.view, Qt.Key.Key_Escape),
        lambda: studio.stage.select(()),
        lambda: studio.commands.run("canvas.remove"),
    ):
        studio.stage.select((layer.id,))
        studio.commands.run("canvas.crop")
        QTest.keyClick(editor.view, Qt.Key.Key_Right)
        give_up()
        assert editor.view.tool is editor.view.select
        assert not editor.crop_button.isChecked()


def test_without_a_selection_the_canvas_is_cropped(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    studio.stage.select(())
    studio.commands.run("canvas.crop")
    editor.crop_bar.fields["width"].spin.setValue(40)
    editor.crop_bar.fields["left"].spin.setValue(10)
    editor.crop_bar.ok.click()
    canvas = canvas_of(studio)
    assert (canvas.width, canvas.height) == (40, 64)
    assert canvas.layers[0].x == pytest.approx(layer.x - 10)
