"""Markers and beats: added, dragged, renamed, drawn to, and the length in bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from aigc_studio.ui.editors.timeline.beats_menu import BeatsForm
from aigc_studio.ui.editors.timeline.ruler import runs
from tests.ui.playing.test_canvas import canvas_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

LEFT = Qt.MouseButton.LeftButton


def marks(studio: Studio) -> dict[int, str]:
    """Names of markers by frame."""
    return {marker.frame: marker.name for marker in canvas_of(studio).timeline.markers}


@pytest.fixture
def marked(keyed: CanvasEditor, studio: Studio) -> CanvasEditor:
    """Markers at frames 6 and 30."""
    for frame in (6, 30):
        studio.head.show_frame(frame)
        studio.commands.run("timeline.marker")
    return keyed


def at(editor: CanvasEditor, frame: float) -> QPoint:
    """Where a frame lies in the lane of markers."""
    return QPoint(round(editor.timeline.scale.x_of(frame)), editor.timeline.marks.height() // 2)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, move, let go."""
    QTest.mousePress(widget, LEFT, pos=start)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, LEFT, pos=end)


def test_markers_are_added_and_gone_to(marked: CanvasEditor, studio: Studio) -> None:
    assert marks(studio) == {6: "Marker 1", 30: "Marker 2"}
    assert marked.timeline.marks.isVisible()
    studio.head.show_frame(0)
    for frame in (6, 30, 30):
        studio.commands.run("timeline.next_marker")
        assert studio.head.frame == frame
    studio.commands.run("timeline.previous_marker")
    assert studio.head.frame == 6


def test_a_marker_is_dragged_renamed_and_removed(marked: CanvasEditor, studio: Studio) -> None:
    lane = marked.timeline.marks
    drag(lane, at(marked, 6), at(marked, 15))
    assert set(marks(studio)) == {15, 30}
    QTest.mouseDClick(lane, LEFT, pos=at(marked, 15))
    assert lane.name.isVisible()
    lane.name.setText("drop")
    QTest.keyClick(lane.name, Qt.Key.Key_Return)
    assert marks(studio)[15] == "drop"
    menu = lane.menu(studio.markers.markers[0])
    texts = [action.text() for action in menu.actions()]
    menu.actions()[texts.index("Dot")].trigger()
    assert studio.markers.markers[0].sign == "dot"
    menu.actions()[texts.index("Remove the marker")].trigger()
    assert set(marks(studio)) == {30}
    menu.close()
    studio.session.undo()
    assert marks(studio)[15] == "drop"


def test_a_double_click_beside_markers_adds_one(marked: CanvasEditor, studio: Studio) -> None:
    QTest.mouseDClick(marked.timeline.marks, LEFT, pos=at(marked, 20))
    assert set(marks(studio)) == {6, 20, 30}


def test_the_play_head_and_keys_are_drawn(marked: CanvasEditor, studio: Studio) -> None:
    ruler, tracks, scale = marked.timeline.ruler, marked.timeline.tracks, marked.timeline.scale
    studio.keys.set_film(frames=480)
    near = QPoint(round(scale.x_of(30) + 6), 8)
    assert scale.frame_at(near.x()) > 32
    QTest.mouseClick(ruler, LEFT, pos=near)
    assert studio.head.frame == 30
    QTest.mouseClick(ruler, LEFT, Qt.KeyboardModifier.ControlModifier, pos=near)
    assert studio.head.frame > 32
    key = tracks.place_of(canvas_of(studio).timeline.keyframes[1]).toPoint()
    drag(tracks, key, QPoint(near.x(), key.y()))
    assert [each.frame for each in canvas_of(studio).timeline.keyframes] == [0, 30]


def test_beats_are_set_tapped_and_fitted(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    form = BeatsForm(studio)
    qtbot.addWidget(form)
    form.on.click()
    beats = studio.markers.beats
    assert beats is not None
    form.bpm.spin.setValue(150.0)
    form.per_bar.spin.setValue(3)
    form.snap.click()
    form.bars.spin.setValue(2)
    form.fit.click()
    beats = studio.markers.beats
    assert beats is not None
    assert (beats.bpm, beats.per_bar, beats.snap) == (150.0, 3, False)
    assert canvas_of(studio).timeline.frames == round(6 * 60 / 150 * 24)
    for second in (0.0, 0.5, 1.0):
        studio.markers.tap(second)
    assert form.bpm.value == 120.0
    studio.session.undo()
    assert form.bpm.value == 150.0
    form.on.click()
    assert studio.markers.beats is None
    assert not form.fit.isEnabled()


def test_the_ruler_shows_what_is_known(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    filling = studio.head.filling
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: len(filling.known) == 48, timeout=30_000)
    assert runs(filling.known) == [(0, 47)]
    assert runs((5, 1, 2, 9)) == [(1, 2), (5, 5), (9, 9)]
