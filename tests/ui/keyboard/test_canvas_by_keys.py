"""From Home to a film: the pad, two keys, a loop, undo, the export dialog; no mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image as Pillow
from PySide6.QtWidgets import QApplication, QFileDialog

from aigc_studio.ui.editors.canvas.export_dialog import ExportDialog
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.studio import Studio
    from tests.ui.keyboard.hand import Hand

PAD, TIMELINE = "Pad: a map", "Timeline"


def test_from_home_to_a_film(opened: Hand, studio: Studio, tmp_path: Path) -> None:
    hand = opened
    place_what_is_played(hand, studio)
    set_two_keys(hand, studio)
    loop_and_play(hand, studio)
    take_back_and_do_again(hand, studio)
    export(hand, tmp_path / "loop")
    with Pillow.open(tmp_path / "loop.gif") as film:
        assert getattr(film, "n_frames", 1) == canvas(studio).timeline.frames


def place_what_is_played(hand: Hand, studio: Studio) -> None:
    hand.press("F6")
    assert hand.at("Dock")
    hand.tab_to(PAD)
    settled(studio, hand.qtbot)
    before = studio.instrument.position
    hand.press("Right", 3)
    assert studio.instrument.position[0] > before[0]
    settled(studio, hand.qtbot)
    hand.press("Return")
    hand.wait(lambda: studio.living.target is not None)
    assert len(canvas(studio).layers) == 1


def set_two_keys(hand: Hand, studio: Studio) -> None:
    assert hand.at(PAD)
    hand.press("K")
    hand.wait(lambda: frames(studio) == [0])
    hand.press("F6")
    hand.tab_to(TIMELINE)
    hand.press("Right", 12)
    assert studio.head.frame == 12
    hand.press("F6")
    assert hand.at(PAD)  # back to where it was
    hand.press("Shift+Up", 2)
    settled(studio, hand.qtbot)
    hand.press("K")
    hand.wait(lambda: frames(studio) == [0, 12])
    hand.press("F6")
    assert hand.at(TIMELINE)
    hand.press("[")
    assert studio.head.frame == 0
    hand.press("]")
    assert studio.head.frame == 12


def loop_and_play(hand: Hand, studio: Studio) -> None:
    hand.tab_to("Make loop", "Shift+Tab")
    hand.press("Space")
    assert canvas(studio).timeline.loop
    hand.press("F8")
    hand.wait(lambda: studio.head.playing)
    hand.press("F8")
    assert not studio.head.playing


def take_back_and_do_again(hand: Hand, studio: Studio) -> None:
    hand.press("Ctrl+Z", 2)
    assert frames(studio) == [0]
    hand.press("Ctrl+Shift+Z", 2)
    assert frames(studio) == [0, 12]
    assert canvas(studio).timeline.loop


def export(hand: Hand, path: Path) -> None:
    hand.press("Ctrl+E")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), ExportDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, ExportDialog)
    hand.tab_to("Format")
    hand.press("Home")
    assert dialog.form.suffix != "gif"
    hand.type("GIF")
    assert dialog.form.suffix == "gif"
    hand.tab_to("Export...")
    hand.press("Return")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    hand.press("Ctrl+A")
    hand.type(str(path))
    hand.press("Return")
    hand.wait(path.with_suffix(".gif").exists)
    hand.wait(lambda: QApplication.activeModalWidget() is None)
    hand.press("Ctrl+E")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), ExportDialog))
    hand.press("Esc")
    assert QApplication.activeModalWidget() is None


def canvas(studio: Studio) -> Canvas:
    assert studio.stage.canvas is not None
    return studio.stage.canvas


def frames(studio: Studio) -> list[int]:
    return [key.frame for key in canvas(studio).timeline.keyframes]
