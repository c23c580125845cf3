"""A canvas: what the dock places lives on, is moved, and is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.layer_edits import set_frozen
from aigc_studio.document.laying import add_layer
from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.ui.editors.canvas.export_dialog import ExportDialog
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.editors.canvas.grips import Grips
    from aigc_studio.ui.editors.canvas.view import CanvasView
    from aigc_studio.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def canvas_of(studio: Studio) -> Canvas:
    """The canvas that is worked on."""
    found = studio.stage.canvas
    assert found is not None
    return found


def grips_of(view: CanvasView) -> Grips:
    """The handles of what is selected."""
    found = view.select.grips
    assert found is not None
    return found


@pytest.fixture
def layer(dock: Dock, studio: Studio, qtbot: QtBot) -> Layer:
    """A living layer, placed from the dock and selected."""
    dock.place_button.click()
    settled(studio, qtbot)
    (made,) = canvas_of(studio).layers
    return made


def test_what_is_placed_lives(
    layer: Layer, dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    assert layer.living is not None
    assert studio.living.target == layer
    assert dock.target.text() == layer.name
    pad = dock.pad.map
    QTest.mousePress(pad, LEFT, pos=QPoint(20, 20))
    settled(studio, qtbot)
    QTest.mouseMove(pad, QPoint(pad.width() - 20, 20))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(pad.width() - 20, 20))
    settled(studio, qtbot)
    qtbot.waitUntil(lambda: canvas_of(studio).layers[0] != layer)
    code = canvas_of(studio).layers[0].living
    assert code is not None
    assert code.numbers[0] > 2
    item = editor.view.items_of[layer.id]
    assert item.picture.pixelColor(0, 0).red() == round(128 + 40 * float(code.numbers[0]))
    studio.session.undo()
    assert canvas_of(studio).layers[0] == layer
    settled(studio, qtbot)


def test_a_canvas_keeps_its_selection_and_begins_with_what_lives(
    layer: Layer, window: MainWindow, studio: Studio
) -> None:
    first = canvas_of(studio).id
    edit = add_canvas(studio.session.project, "Owls", 64, 64)
    studio.session.apply(edit)
    window.documents.open("canvas", edit.changes[0].key)
    assert studio.living.target is None
    window.documents.open("canvas", first)
    assert studio.living.target == layer
    studio.stage.select(())
    window.documents.open("canvas", edit.changes[0].key)
    window.documents.open("canvas", first)
    assert studio.stage.selection == ()
    assert studio.session.save()
    folder = studio.session.store.folder
    studio.session.close()
    studio.session.open(folder, wait=True)
    window.documents.open("canvas", first)
    assert studio.stage.selection == (layer.id,)
    studio.session.do(lambda project: set_frozen(project, first, [layer.id], frozen=True))
    studio.session.save()
    studio.session.close()
    studio.session.open(folder, wait=True)
    window.documents.open("canvas", first)
    assert studio.stage.selection == ()


def test_what_has_not_settled_when_another_is_chosen_is_not_shown_either(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    item = editor.view.items_of[layer.id]
    qtbot.waitUntil(lambda: not item.picture.isNull())
    before = item.picture.pixelColor(0, 0)
    with qtbot.waitSignal(studio.instrument.picture):
        studio.instrument.move_to(2.0, 0.0)
    assert item.picture.pixelColor(0, 0) != before
    studio.stage.select(())
    qtbot.waitUntil(lambda: item.picture.pixelColor(0, 0) == before)
    settled(studio, qtbot)
    assert canvas_of(studio).layers == (layer,)
    assert item.picture.pixelColor(0, 0) == before


def test_a_layer_has_its_room_before_its_picture_is_read(
    editor: CanvasEditor, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio.thumbnails, "want", lambda *_: None)
    asset = next(iter(studio.session.project.assets.values()))
    studio.session.do(lambda project: add_layer(project, canvas_of(studio).id, asset.id))
    (item,) = editor.view.items_of.values()
    assert item.picture.isNull()
    assert item.boundingRect().size().toTuple() == (asset.width, asset.height)


def test_a_drag_moves_and_handles_scale_and_turn(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    view, item = editor.view, editor.view.items_of[layer.id]

    def drag(start: QPointF, end: QPointF) -> Layer:
        QTest.mousePress(view.viewport(), LEFT, pos=start.toPoint())
        QTest.mouseMove(view.viewport(), end.toPoint())
        QTest.mouseRelease(view.viewport(), LEFT, pos=end.toPoint())
        return canvas_of(studio).layers[0]

    middle = QPointF(view.mapFromScene(item.pos()))
    step = QPointF(view.mapFromScene(10, 5)) - QPointF(view.mapFromScene(0, 0))
    moved = drag(middle, middle + step)
    assert (moved.x, moved.y) == (layer.x + 10, layer.y + 5)
    grips = grips_of(view)
    larger = drag(grips.corners[2], grips.middle + (grips.corners[2] - grips.middle) * 1.5)
    assert larger.scale == pytest.approx(1.5 * layer.scale, abs=0.1)
    grips = grips_of(view)
    knob = grips.knob - grips.middle
    turned = drag(grips.knob, grips.middle + QPointF(-knob.y(), knob.x()))
    assert turned.rotation == pytest.approx(90, abs=2)
    studio.session.undo()
    studio.session.undo()
    studio.session.undo()
    assert canvas_of(studio).layers[0].x == layer.x


@pytest.mark.parametrize(
    "keys", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_a_moved_layer_catches_the_edge(
    layer: Layer, editor: CanvasEditor, studio: Studio, keys: Qt.KeyboardModifier
) -> None:
    view = editor.view
    editor.view.zoom_to(4)  # a pixel of the canvas is well within reach
    start = view.from_scene(QPointF(layer.x, layer.y))
    end = view.from_scene(QPointF(layer.x + 15, layer.y + 9))
    QTest.mousePress(view.viewport(), LEFT, pos=start.toPoint())
    view.tool.move(end, keys)
    view.tool.release(end, keys)
    now = canvas_of(studio).layers[0]
    near = keys == Qt.KeyboardModifier.NoModifier
    assert (now.x, now.y) == (layer.x + (16 if near else 15), layer.y + 9)


def test_layers_are_renamed_hidden_frozen_copied_and_removed(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    row = editor.layers.list.item(0)
    row.setText("Tail")
    row.setCheckState(Qt.CheckState.Unchecked)
    now = canvas_of(studio).layers[0]
    assert (now.name, now.visible) == ("Tail", False)
    editor.layers.opacity.setValue(40)
    assert canvas_of(studio).layers[0].opacity == pytest.approx(0.4)
    studio.commands.run("canvas.freeze")
    assert canvas_of(studio).layers[0].frozen
    assert studio.living.target is None
    studio.commands.run("canvas.duplicate")
    assert len(canvas_of(studio).layers) == 2
    studio.commands.run("canvas.raise")
    with qtbot.waitSignal(studio.flattening.done):
        studio.commands.run("canvas.flatten")
    studio.commands.run("canvas.remove")
    assert len(canvas_of(studio).layers) == 1


def test_colours(layer: Layer, editor: CanvasEditor, studio: Studio) -> None:
    editor.adjust.fields["brightness"].spin.setValue(-100)
    assert canvas_of(studio).layers[0].adjust.brightness == -1
    editor.adjust.sampling.chosen.emit("pixels")
    assert canvas_of(studio).layers[0].sampling == "pixels"


def test_place_and_size_as_numbers(layer: Layer, editor: CanvasEditor, studio: Studio) -> None:
    fields = editor.panel.place.fields
    assert fields["scale"].value == 200
    fields["x"].spin.setValue(10)
    fields["y"].spin.setValue(20.5)
    fields["scale"].spin.setValue(50)
    fields["rotation"].spin.setValue(-90)
    now = canvas_of(studio).layers[0]
    assert (now.x, now.y, now.scale, now.rotation) == (10, 20.5, 0.5, -90)
    studio.session.undo()
    assert fields["rotation"].value == 0
    steps = len(studio.session.steps)
    fields["x"].drag_began.emit()
    for x in range(5):
        fields["x"].spin.setValue(x)
    fields["x"].drag_ended.emit()
    assert len(studio.session.steps) == steps  # one more, and the undone one is gone


def test_what_is_placed_is_clearly_seen(layer: Layer, studio: Studio) -> None:
    canvas = canvas_of(studio)
    assert layer.scale == 2  # 16 pixels on a canvas of 64
    assert (layer.x, layer.y) == (canvas.width / 2, canvas.height / 2)


def test_a_picture_is_exported_with_where_it_comes_from(
    layer: Layer, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(dialog)
    dialog.form.factor.choose("2")
    with qtbot.waitSignal(dialog.export.done):
        dialog.write(tmp_path / "still")
    with Pillow.open(tmp_path / "still.png") as picture:
        assert picture.size == (128, 128)
    origin = read_provenance(tmp_path / "still.png")
    assert origin is not None
    assert "canvas" in origin.recipe_json
