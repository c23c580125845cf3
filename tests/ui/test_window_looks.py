"""How the window looks and speaks: themes, languages, sizes of text, less movement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from aigc_studio.studio.studio import Studio
from aigc_studio.ui import style, system_motion, theme
from aigc_studio.ui.application import Face, look_of
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.settings_dialog import SettingsDialog
from tests.ui.test_window import opened

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_another_language_makes_the_window_anew(
    dressed: QApplication, tmp_path: Path, project: Path, qtbot: QtBot
) -> None:
    studio = Studio(tmp_path / "settings.json")
    studio.settings.change(language="en")
    face = Face(dressed, studio)
    face.begin()
    qtbot.waitExposed(face.window)
    studio.session.open(project, wait=True)
    face.window.dialogs.show("settings")
    before = face.window
    studio.settings.change(language="zh_CN")
    assert face.window is not before
    assert face.window.top.places["home"].text() == "\u4e3b\u9875"
    assert studio.commands["edit.undo"].title == "\u64a4\u9500"
    assert face.window.dialogs.opened() == ["settings"]
    assert "Foxes" in face.window.windowTitle()
    assert studio.session.is_open
    face.window.retire()
    face.end()


def test_the_look_follows_settings_and_system(studio: Studio) -> None:
    def look() -> theme.Look:
        return look_of(studio.settings, system_is_dark=True, chinese=False)

    assert look().colours is theme.DARK
    studio.settings.change(theme="light", text_scale=1.5, reduced_motion=True)
    assert look() == theme.Look(theme.LIGHT, 1.5, reduced_motion=True)


def test_text_can_be_scaled_to_200_per_cent(
    window: MainWindow, dressed: QApplication, project: Path
) -> None:
    style.dress(dressed, theme.Look(text_scale=2.0))
    large = MainWindow(window.studio, "en")
    opened(large, project)
    large.resize(1100, 700)
    large.show()
    assert large.width() == 1100
    icons_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    assert large.top.places["home"].toolButtonStyle() == icons_only
    large.retire()


def test_another_size_of_text_makes_the_window_anew_on_the_same_page(
    dressed: QApplication, tmp_path: Path, project: Path, qtbot: QtBot
) -> None:
    studio = Studio(tmp_path / "settings.json")
    face = Face(dressed, studio)
    face.begin()
    qtbot.waitExposed(face.window)
    studio.session.open(project, wait=True)
    face.window.show_place("models")
    dialog = face.window.dialogs.settings()
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitExposed(dialog)
    dialog.scale.setFocus()
    qtbot.waitUntil(dialog.scale.hasFocus)
    before = face.window.top.height()
    studio.settings.change(text_scale=1.5)
    again = face.window.dialogs.settings()
    assert isinstance(again, SettingsDialog)
    assert again is not dialog
    qtbot.waitUntil(again.scale.hasFocus)  # so that the next arrow goes on
    assert face.window.top.height() == round(1.5 * before)
    assert face.window.top.places["models"].isChecked()
    face.window.retire()
    face.end()


def test_nothing_moves_where_the_system_asks_for_it(
    dressed: QApplication, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def still() -> bool:
        look = look_of(studio.settings, system_is_dark=True, chinese=False, system_is_still=True)
        return look.reduced_motion

    assert still()
    studio.settings.change(reduced_motion=False)
    assert not still()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked directly")
def test_the_system_is_asked_whether_things_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (program, *_), answer = system_motion._QUESTIONS[sys.platform]
    asked = tmp_path / program
    asked.write_text(f"#!/bin/sh\necho {answer}\n", encoding="utf-8")
    asked.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    motion = system_motion.SystemMotion()
    with qtbot.waitSignal(motion.changed):
        motion.ask()
    assert motion.reduced
    motion.close()
