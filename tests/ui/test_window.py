"""The window as a whole: places, projects, keys, messages, drops, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QPushButton

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.ui import parts
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.menus import MENUS, action_of
from aigc_studio.ui.new_project import NewProject
from aigc_studio.ui.parts import PLACES

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


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


def test_what_cannot_be_without_a_project_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = parts.Place("x", "X", "home", "places.home:HomePlace")
    window.pages.show_place(place)
    assert window.pages.currentWidget() is window.pages._nothing


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
