"""Property tracks: diamonds beside numbers, values typed in a row, folding, keys that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from aigc_studio.document.tracks import Place, direction_track
from aigc_studio.studio.directions import KEPT
from aigc_studio.ui.dock.directions import DirectionsPage
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.editors.timeline.names import fold_place, key_place, number_place
from aigc_studio.ui.editors.timeline.track_words import track_name
from tests.studio.helpers import settled
from tests.ui.playing.test_canvas import canvas_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.editors.timeline.rows import Row

LEFT = Qt.MouseButton.LeftButton


def button_of(inside: QWidget, track: str) -> KeyButton:
    """The diamond of a number."""
    return next(each for each in inside.findChildren(KeyButton) if each.track == track)


def numbers(studio: Studio, track: str) -> dict[int, float]:
    """The keys of a track, by frame."""
    found = canvas_of(studio).timeline.numbers
    return {key.frame: key.value for key in found if key.track == track}


def row(editor: CanvasEditor, track: str) -> Row:
    """The row of a track."""
    return next(each for each in editor.timeline.tracks.rows if each.track == track)


@pytest.fixture
def moved(keyed: CanvasEditor, studio: Studio) -> CanvasEditor:
    """The layer goes from 10 to 50 across in a second, by its diamond and its field."""
    place = keyed.panel.place
    place.heading.click()
    for frame, x in ((0, 10.0), (24, 50.0)):
        studio.head.show_frame(frame)
        place.fields["x"].spin.setValue(x)
        if frame == 0:
            button_of(place, "x").click()
    return keyed


def test_a_diamond_makes_a_key_and_changes_make_more(moved: CanvasEditor, studio: Studio) -> None:
    assert numbers(studio, "x") == {0: 10.0, 24: 50.0}
    diamond = button_of(moved.panel.place, "x")
    assert diamond.isChecked()
    studio.head.show_frame(12)
    assert not diamond.isChecked()
    assert moved.panel.place.fields["x"].value == 30.0
    (item,) = moved.view.items_of.values()
    assert item.pos().x() == 30.0
    assert canvas_of(studio).layers[0].x != 30.0  # the layer's own place is left as it was


def test_a_layer_that_is_dragged_gets_a_key_where_it_lies(
    moved: CanvasEditor, studio: Studio
) -> None:
    studio.head.show_frame(12)
    view, (item,) = moved.view, moved.view.items_of.values()
    at = view.from_scene(item.pos()).toPoint()
    far = view.from_scene(item.pos() + QPoint(20, 0)).toPoint()
    QTest.mousePress(view.viewport(), LEFT, pos=at)
    QTest.mouseMove(view.viewport(), far)
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, pos=far)
    assert numbers(studio, "x")[12] == pytest.approx(50.0, abs=1.5)
    assert numbers(studio, "x")[24] == 50.0
    studio.session.undo()
    assert numbers(studio, "x") == {0: 10.0, 24: 50.0}


def test_a_number_is_typed_in_its_row(moved: CanvasEditor, studio: Studio) -> None:
    tracks = moved.timeline.tracks
    studio.head.show_frame(12)
    QTest.mouseClick(tracks, LEFT, pos=number_place(row(moved, "x")).center().toPoint())
    field = tracks.names.field
    assert field.isVisible()
    assert field.value == 30.0
    field.spin.lineEdit().setText("44")
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    assert numbers(studio, "x")[12] == 44.0
    tracks.setFocus()
    assert not field.isVisible()


def test_the_rows_diamond_takes_a_key_away(moved: CanvasEditor, studio: Studio) -> None:
    tracks = moved.timeline.tracks
    studio.head.show_frame(24)
    QTest.mouseClick(tracks, LEFT, pos=key_place(row(moved, "x")).center().toPoint())
    assert numbers(studio, "x") == {0: 10.0}
    QTest.mouseClick(tracks, LEFT, pos=key_place(row(moved, "x")).center().toPoint())
    assert numbers(studio, "x") == {0: 10.0, 24: 10.0}


def test_tracks_fold_and_keys_of_all_kinds_move_together(
    moved: CanvasEditor, studio: Studio
) -> None:
    tracks = moved.timeline.tracks
    assert [each.track for each in tracks.rows] == ["point", "x"]
    high = tracks.height()
    QTest.mouseClick(tracks, LEFT, pos=fold_place(tracks.rows[0]).center().toPoint())
    assert [each.track for each in tracks.rows] == ["point"]
    assert tracks.sizeHint().height() < high
    QTest.mouseClick(tracks, LEFT, pos=fold_place(tracks.rows[0]).center().toPoint())
    studio.keys.choose_all()
    studio.keys.move(3)
    assert sorted({key.frame for key in canvas_of(studio).timeline.all_keys}) == [3, 27]
    studio.keys.ease("hold")
    assert {key.easing for key in canvas_of(studio).timeline.all_keys} == {"hold"}
    studio.keys.copy()
    studio.head.show_frame(40)
    studio.keys.paste()
    assert len(canvas_of(studio).timeline.all_keys) == 8
    studio.session.undo()
    studio.session.undo()
    studio.session.undo()
    assert numbers(studio, "x") == {0: 10.0, 24: 50.0}


def test_a_selected_numbers_value_stands_in_the_bar(moved: CanvasEditor, studio: Studio) -> None:
    bar, layer = moved.timeline.bar, canvas_of(studio).layers[0].id
    assert not bar.value.isVisible()
    studio.stage.choose_keys({Place(layer, 24, "x")})
    assert bar.value.isVisible()
    assert bar.value.value == 50.0
    bar.value.spin.setValue(20.0)
    assert numbers(studio, "x")[24] == 20.0
    studio.keys.choose_all()
    assert not bar.value.isVisible()


def test_truncation_has_a_key_in_the_dock(
    keyed: CanvasEditor, dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    diamond = button_of(dock, "truncation")
    studio.head.show_frame(0)
    diamond.click()
    studio.head.show_frame(24)
    diamond.click()
    layer = canvas_of(studio).layers[0].id
    studio.recorder.set_number(layer, "truncation", 0.5)
    assert numbers(studio, "truncation") == {0: 1.0, 24: 0.5}
    studio.head.show_frame(0)
    studio.head.show_frame(24)
    assert dock.truncation.number == 0.5
    assert studio.instrument.position[0] == pytest.approx(1.0)  # half of the key's 2
    settled(studio, qtbot)


def test_keys_by_themselves_write_numbers_too(keyed: CanvasEditor, studio: Studio) -> None:
    studio.recorder.set_auto_key(True)
    studio.head.show_frame(7)
    keyed.panel.place.heading.click()
    keyed.panel.place.fields["rotation"].spin.setValue(30.0)
    assert numbers(studio, "rotation") == {7: 30.0}
    assert canvas_of(studio).layers[0].rotation == 0.0


def test_a_hidden_layer_is_hidden_in_its_frames(keyed: CanvasEditor, studio: Studio) -> None:
    layer = canvas_of(studio).layers[0].id
    for frame, value in ((0, 1.0), (10, 0.0)):
        studio.head.show_frame(frame)
        studio.recorder.set_number(layer, "visible", value)
    (item,) = keyed.view.items_of.values()
    assert not item.isVisible()
    studio.head.show_frame(3)
    assert item.isVisible()


def test_a_direction_of_yours_has_a_diamond_and_a_row(
    keyed: CanvasEditor, dock: Dock, studio: Studio
) -> None:
    assert studio.directions.keep(studio.directions.of("pca")[1], "smile")
    (smile,) = studio.directions.of(KEPT)
    track = direction_track(smile.direction_id)
    page = dock.findChild(DirectionsPage)
    assert page is not None
    page.show_kind(KEPT)
    diamond = button_of(page, track)
    assert diamond.accessibleName() == "Key of: smile"
    studio.head.show_frame(0)
    diamond.click()
    assert list(numbers(studio, track)) == [0]
    assert row(keyed, track).layer.id == canvas_of(studio).layers[0].id
    assert track_name(studio, track) == "smile"
    assert studio.directions.remove(smile)
    assert list(numbers(studio, track)) == [0]
    assert track_name(studio, track) == "smile"  # the film keeps it
    assert track_name(studio, direction_track("f" * 16)) == "Removed direction"
