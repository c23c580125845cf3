"""The window as a whole: places, projects, keys, messages, drops, closing, another language."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QWidget

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.studio.studio import Studio
from aigc_studio.ui import parts, style, system_motion, theme
from aigc_studio.ui.application import Face, look_of
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.menus import MENUS, action_of
from aigc_studio.ui.new_project import NewProject
from aigc_studio.ui.parts import PLACES, build
from aigc_studio.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def opened(window: MainWindow, project: Path) -> None:
    """Open a project in the window."""
    window.studio.session.open(project, wait=True)
    assert window.studio.session.is_open


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files on the middle of the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = QPointF(window.rect().center())
    nothing = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, mime, left, nothing))


def test_it_begins_at_home_without_a_project(window: MainWindow) -> None:
    assert window.top.places["home"].isChecked()
    assert window.windowTitle() == "AIGC Studio"
    assert not window.studio.player.is_started


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_every_place_can_be_shown_and_has_a_command(
    window: MainWindow, project: Path, place: parts.Place
) -> None:
    opened(window, project)
    assert window.studio.commands.run(f"go.{place.id}")
    assert window.pages.currentWidget() is window.pages.place(place)
    assert window.top.places[place.id].isChecked()


def test_a_project_shows_in_title_and_status(window: MainWindow, project: Path) -> None:
    opened(window, project)
    assert "Foxes" in window.windowTitle()
    assert window.status.saved.text() == "Saved"
    session = window.studio.session
    name = next(iter(session.project.collections))
    session.do(lambda project: changes.rename_collection(project, name, "reds"))
    assert window.isWindowModified()
    assert "not saved" in window.status.saved.text()
    window.studio.commands.run("edit.undo")
    assert not window.isWindowModified()
    session.do(lambda project: changes.rename_collection(project, name, "reds"))
    window.studio.commands.run("file.save")
    assert "Saved" in window.status.saved.text()
    assert not window.isWindowModified()


def test_keys_run_commands(window: MainWindow, project: Path, qtbot: QtBot) -> None:
    opened(window, project)
    session = window.studio.session
    name = next(iter(session.project.collections))
    session.do(lambda project: changes.rename_collection(project, name, "reds"))
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.project.collections[name].name == "foxes"
    window.studio.commands.remap("edit.redo", ["Ctrl+J"])
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert session.project.collections[name].name == "reds"


def test_every_command_lies_in_a_menu(window: MainWindow) -> None:
    for command in window.studio.commands.all():
        assert command.menu in MENUS, command.id
    titles = [action.text() for action in window.top.menus.actions()]
    assert (titles[:3], titles[-2:]) == (["File", "Edit", "Go"], ["View", "Help"])


def test_an_error_says_what_happened_what_was_kept_and_what_to_do(
    window: MainWindow, qtbot: QtBot
) -> None:
    error = StudioError("It broke.", kept="All is kept.", todo="Do this.", kind="disk")
    error.__cause__ = OSError("errno 28")
    window.tell(error)
    window.tell(error)
    (message,) = window.messages.messages()
    shown = " ".join(each.text() for each in message.findChildren(QLabel))
    assert all(words in shown for words in ("It broke.", "All is kept.", "Do this."))
    assert message.weight == "error"
    details = next(b for b in message.findChildren(QPushButton) if b.text() == "Details")
    QTest.mouseClick(details, Qt.MouseButton.LeftButton)
    assert "errno 28" in message._details.toPlainText()
    assert not message._details.isHidden()
    message.leave()
    assert window.messages.messages() == []


def test_a_dropped_project_is_opened(window: MainWindow, project: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.studio.session.opened):
        drop(window, project)


def test_dropped_files_without_a_project_are_answered(window: MainWindow, project: Path) -> None:
    drop(window, project / "manifest.json")
    assert "No project" in window.messages.messages()[0].happened


def test_a_dropped_folder_proposes_a_project(
    window: MainWindow, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []
    monkeypatch.setattr(window.projects, "ask_new", asked.append)
    drop(window, tmp_path / "pictures")
    assert asked == [tmp_path / "pictures"]


def test_a_new_project_names_what_is_wrong(
    window: MainWindow, tmp_path: Path, project: Path, qtbot: QtBot
) -> None:
    dialog = NewProject(tmp_path, window)
    qtbot.addWidget(dialog)
    assert not dialog.make.isEnabled()
    dialog.fill(tmp_path / "pictures")
    assert dialog.name == "pictures"
    assert dialog.folder == tmp_path / "pictures.aigc"
    assert dialog.make.isEnabled()
    assert dialog.make.isDefault()  # Enter makes it
    dialog._name.setText("Foxes")
    assert not dialog.make.isEnabled()
    assert "already" in dialog.note.text()
    dialog._name.setText("a/b")
    assert not dialog.make.isEnabled()
    dialog.fill(tmp_path / "nowhere")
    assert "no folder" in dialog.note.text()


def test_what_was_changed_is_saved_when_a_project_is_left(
    window: MainWindow, project: Path
) -> None:
    opened(window, project)
    session = window.studio.session
    name = next(iter(session.project.collections))
    session.do(lambda project: changes.rename_collection(project, name, "reds"))
    window.studio.commands.run("file.close")
    assert not session.is_open
    assert window.top.places["home"].isChecked()
    opened(window, project)
    assert session.project.collections[name].name == "reds"
    assert window.messages.messages() == []


def test_the_starter_is_asked_about_only_when_it_was_changed(
    window: MainWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.studio.session
    opened(window, project)
    monkeypatch.setattr(type(session), "is_temporary", True)
    asked: list[str] = []

    def let_go(box: QMessageBox) -> None:
        asked.append(box.text())
        next(b for b in box.buttons() if b.text() == "Let it go").click()

    monkeypatch.setattr(QMessageBox, "exec", let_go)
    assert window.projects.leave()
    assert not asked
    name = next(iter(session.project.collections))
    session.do(lambda project: changes.rename_collection(project, name, "reds"))
    assert window.projects.leave()
    assert len(asked) == 1


def test_the_engine_starts_only_with_a_model_to_play(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    opened(window, project)
    qtbot.waitUntil(lambda: window.studio.player.is_started)


def test_state_is_remembered(studio: Studio, qtbot: QtBot) -> None:
    first = MainWindow(studio, "en")
    qtbot.addWidget(first)
    first.resize(800, 650)
    first.show()
    first.retire()
    second = MainWindow(studio, "en")
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (800, 650)
    second.retire()


def test_the_rest_is_loaded_aside_once_the_window_was_seen(
    dressed: QApplication, studio: Studio, project: Path, qtbot: QtBot
) -> None:
    face = Face(dressed, studio)
    heard: list[str] = []
    studio.when_awake(lambda: heard.append("awake"))
    assert "instrument" not in vars(studio)
    face.begin(str(project))
    qtbot.waitUntil(lambda: studio.session.is_open)
    assert heard == ["awake"]
    assert face.window.dock is not None
    studio.wake()
    studio.when_awake(lambda: heard.append("at once"))
    assert heard == ["awake", "at once"]
    face.window.retire()


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


def test_what_cannot_be_without_a_project_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = parts.Place("x", "X", "home", "places.home:HomePlace")
    window.pages.show_place(place)
    assert window.pages.currentWidget() is window.pages._nothing


class OtherWindows(QObject):
    """Notes which windows are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if event.type() == QEvent.Type.Show and is_window:
            self.shown.append(repr(watched))
        return False


def test_places_are_made_ahead_while_nobody_holds_anything(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    opened(window, project)
    shown, keys = window.pages.currentWidget(), [place.id for place in PLACES]
    qtbot.waitUntil(lambda: all(key in window.pages._pages for key in keys), timeout=20_000)
    qtbot.waitUntil(lambda: not window._ahead.isActive())
    assert window.pages.currentWidget() is shown


def test_no_part_of_a_place_is_a_window_before_it_has_a_parent(
    dressed: QApplication, studio: Studio, project: Path, qtbot: QtBot
) -> None:
    studio.wake()
    studio.session.open(project, wait=True)
    others = OtherWindows(dressed)
    dressed.installEventFilter(others)
    for place in PLACES:
        qtbot.addWidget(build(place.where, studio))
    dressed.removeEventFilter(others)
    assert others.shown == []  # it would flash, and take the focus away


def test_the_parts_are_loaded_by_name(studio: Studio, qtbot: QtBot) -> None:
    made = build(PLACES[0].where, studio)
    qtbot.addWidget(made)
    assert made.mapToGlobal(QPoint(0, 0)) is not None


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


def test_what_else_an_error_has_to_say_lies_in_its_details(window: MainWindow) -> None:
    error = StudioError("2 files were left out.", kind="input")
    error.add_note("a.png: too small")
    error.add_note("b.png: damaged")
    window.tell(error)
    (message,) = window.messages.messages()
    assert message._details.toPlainText() == "a.png: too small\nb.png: damaged"
    assert "Details" in {b.text() for b in message.findChildren(QPushButton)}


def test_what_belongs_together_stands_together_in_a_menu(window: MainWindow, project: Path) -> None:
    opened(window, project)
    session = window.studio.session
    session.apply(add_canvas(session.project, "Foxes", 64, 64))
    window.documents.open_first()
    (menu,) = (action.menu() for action in window.top.menus.actions() if action.text() == "Canvas")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[:7] == ["New canvas...", "", "Copy", "Cut", "Paste", "Select all layers", ""]
    assert words.index("Crop") == words.index("Duplicate") + 1


def test_what_is_on_has_a_tick_in_its_menu(window: MainWindow) -> None:
    menu = QMenu(window)
    for command_id in ("view.dock", "go.home"):
        command = window.studio.commands[command_id]
        menu.addAction(action_of(command, window.studio.commands, menu))
    dock, home = menu.actions()
    assert dock.isCheckable()
    assert dock.icon().isNull()  # it would stand where the tick belongs
    assert not home.icon().isNull()
