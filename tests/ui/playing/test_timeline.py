"""Keys are written, moved, eased and played, and become a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from aigc_studio.document.canvas import unpacked
from aigc_studio.document.timeline_edits import remove_keys
from aigc_studio.ui.editors.canvas.export_dialog import ExportDialog
from aigc_studio.ui.editors.timeline.key_menu import key_menu
from tests.studio.helpers import settled
from tests.ui.playing.test_canvas import canvas_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

LEFT = Qt.MouseButton.LeftButton


def frames_of(studio: Studio) -> list[int]:
    """The frames that have keys."""
    return [key.frame for key in canvas_of(studio).timeline.keyframes]


def places(editor: CanvasEditor, *frames: int) -> list[QPoint]:
    """Where frames lie on the first track."""
    tracks, scale = editor.timeline.tracks, editor.timeline.scale
    return [QPoint(round(scale.x_of(frame)), tracks.height() // 2) for frame in frames]


def test_scrubbing_shows_what_lies_between(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    (item,) = keyed.view.items_of.values()
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: item.picture.pixelColor(0, 0).red() == 48)
    studio.head.show_frame(24)
    qtbot.waitUntil(lambda: item.picture.pixelColor(0, 0).red() == 208)


def test_the_dock_follows_the_play_head(
    keyed: CanvasEditor, dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    steps = studio.session.undo_label
    studio.head.show_frame(0)
    assert studio.instrument.position[0] == pytest.approx(-2.0)
    assert dock.pad.across.value == pytest.approx(-2.0)
    studio.head.show_frame(12)
    assert abs(studio.instrument.position[0]) < 1
    settled(studio, qtbot)  # where it rests it becomes a result, and no edit
    assert studio.session.undo_label == steps
    assert not studio.living.astray


def test_a_selected_key_follows_the_pad(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    def first() -> float:
        return float(unpacked(canvas_of(studio).timeline.keyframes[0].code)[0])

    studio.head.show_frame(0)
    studio.instrument.move_to(1.0, 0.0)
    settled(studio, qtbot)
    assert (first(), studio.living.astray) == (-2.0, True)
    first_key, _ = sorted(k.place for k in canvas_of(studio).timeline.keyframes)
    studio.stage.choose_keys({first_key})
    studio.instrument.move_to(1.5, 0.0)
    settled(studio, qtbot)
    assert first() == pytest.approx(1.5)
    assert not studio.living.astray
    studio.session.undo()
    assert first() == -2.0


def test_a_layer_without_keys_shows_itself_again(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    (item,) = keyed.view.items_of.values()
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: item.picture.pixelColor(0, 0).red() == 48)
    keys = {key.place for key in canvas_of(studio).timeline.keyframes}
    canvas_id = canvas_of(studio).id
    studio.session.do(lambda project: remove_keys(project, canvas_id, keys))
    qtbot.waitUntil(lambda: item.picture.pixelColor(0, 0).red() == 208)


def test_keys_are_moved_eased_and_removed(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    tracks = keyed.timeline.tracks
    at, to = places(keyed, 24, 12)
    QTest.mousePress(tracks, LEFT, pos=at)
    QTest.mouseMove(tracks, to)
    QTest.mouseRelease(tracks, LEFT, pos=to)
    assert frames_of(studio) == [0, 12]
    keyed.timeline.bar.easing.activated.emit(4)
    assert canvas_of(studio).timeline.keyframes[1].easing == "hold"
    QTest.keyClick(tracks, Qt.Key.Key_Delete)
    assert frames_of(studio) == [0]


def test_alt_copies_and_a_frame_selects(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    tracks = keyed.timeline.tracks
    start, end, to = places(keyed, 0, 24, 36)
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(tracks, LEFT, alt, pos=end)
    QTest.mouseMove(tracks, to)
    QTest.mouseRelease(tracks, LEFT, alt, pos=to)
    assert frames_of(studio) == [0, 24, 36]
    assert {place.frame for place in studio.stage.chosen_keys} == {36}
    below = QPoint(0, tracks.height() // 2 - 2)
    QTest.mousePress(tracks, LEFT, pos=start - QPoint(9, 0) - below)
    QTest.mouseMove(tracks, end + QPoint(9, 0) + below)
    QTest.mouseRelease(tracks, LEFT, pos=end + QPoint(9, 0) + below)
    assert {place.frame for place in studio.stage.chosen_keys} == {0, 24}


def test_esc_gives_up_a_drag_of_keys(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    tracks = keyed.timeline.tracks
    at, to = places(keyed, 24, 12)
    QTest.mousePress(tracks, LEFT, pos=at)
    QTest.mouseMove(tracks, to)
    QTest.keyClick(tracks, Qt.Key.Key_Escape)
    QTest.mouseRelease(tracks, LEFT, pos=to)
    assert frames_of(studio) == [0, 24]
    assert len(studio.stage.chosen_keys) == 1
    QTest.keyClick(tracks, Qt.Key.Key_Escape)
    assert not studio.stage.chosen_keys


def test_the_menu_offers_ways_on_a_key_only(keyed: CanvasEditor, studio: Studio) -> None:
    keyed.timeline.tracks.setFocus()
    studio.keys.choose_all()
    on_key = key_menu(studio, keyed, on_key=True)
    beside = key_menu(studio, keyed, on_key=False)
    assert len(on_key.actions()) - len(beside.actions()) == 6
    on_key.actions()[4].trigger()
    assert {key.easing for key in canvas_of(studio).timeline.keyframes} == {"hold"}
    on_key.close()
    beside.close()


def test_keys_of_the_keyboard(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    tracks, head = keyed.timeline.tracks, studio.head

    def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(tracks, key, how)

    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right)
    assert head.frame == 1
    press(Qt.Key.Key_BracketRight)
    assert head.frame == 24
    press(Qt.Key.Key_BracketLeft)
    assert head.frame == 0
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_5)
    assert {key.easing for key in canvas_of(studio).timeline.keyframes} == {"hold"}
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert frames_of(studio) == [1, 25]
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert frames_of(studio) == [1, 25, 47, 71]
    press(Qt.Key.Key_Delete)
    assert frames_of(studio) == [1, 25]
    assert len(canvas_of(studio).layers) == 1
    settled(studio, qtbot)


def test_ruler_length_and_loop(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    ruler, scale = keyed.timeline.ruler, keyed.timeline.scale
    end, to = (QPoint(round(scale.x_of(frame)), 8) for frame in (48, 40))
    QTest.mousePress(ruler, LEFT, pos=end)
    QTest.mouseMove(ruler, to)
    QTest.mouseRelease(ruler, LEFT, pos=to)
    assert canvas_of(studio).timeline.frames == 40
    fixed = scale.x_of(20)
    scale.closer(3, fixed)
    assert scale.x_of(20) == pytest.approx(fixed)
    assert scale.frame_at(fixed) == 20
    scale.see_all()
    assert scale.x_of(0) == scale.left
    loop = keyed.timeline.bar.buttons["timeline.loop"]
    loop.click()
    assert loop.isChecked()
    assert canvas_of(studio).timeline.loop
    loop.click()
    assert not canvas_of(studio).timeline.loop
    settled(studio, qtbot)


def test_a_drag_is_recorded(keyed: CanvasEditor, dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.head.show_frame(40)
    studio.commands.run("view.dock")
    studio.commands.run("timeline.record")
    pad = dock.pad.map
    assert pad.isVisible()  # it comes into sight for it
    QTest.mousePress(pad, LEFT, pos=QPoint(30, 30))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(30, 30))
    first, second, recorded = frames_of(studio)
    assert (first, second) == (0, 24)
    assert recorded >= 40  # later on a busy machine
    assert not studio.recorder.armed
    settled(studio, qtbot)


def test_it_plays_and_rests(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    studio.head.show_frame(0)
    with qtbot.waitSignal(studio.head.frame_changed):
        studio.commands.run("timeline.play")
    studio.commands.run("timeline.play")
    assert not studio.head.playing
    QTest.keyClick(keyed.view, Qt.Key.Key_Space)
    assert studio.head.playing
    QTest.keyClick(keyed.view, Qt.Key.Key_Space)
    assert not studio.head.playing


@pytest.mark.parametrize("kind", ["gif", "mp4", "png film"])
def test_a_loop_becomes_a_film(
    keyed: CanvasEditor, studio: Studio, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    studio.commands.run("timeline.loop")
    assert canvas_of(studio).timeline.loop
    dialog = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(dialog)
    dialog.form.format.setCurrentIndex(dialog.form.format.findData(kind))
    with qtbot.waitSignal(dialog.export.done, timeout=20_000) as done:
        dialog.write(tmp_path / "film")
    (written,) = done.args or []
    assert written.path.is_file()
    if kind == "gif":
        with Pillow.open(written.path) as film:
            assert getattr(film, "n_frames", 1) == 48


def test_an_export_can_be_given_up(
    keyed: CanvasEditor, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(dialog)
    dialog.write(tmp_path / "film")
    with qtbot.waitSignal(dialog.export.ended):
        dialog.stop.click()
    assert not (tmp_path / "film.gif").exists()
