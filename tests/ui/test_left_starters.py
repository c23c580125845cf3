"""A starter that a crash left: Home offers it, and nothing goes without an answer."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from aigc_studio.document import changes, starter_copies
from aigc_studio.document.store import Store
from aigc_studio.ui.places.home import HomePlace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.session import Session
    from aigc_studio.ui.main_window import MainWindow

    Answer = Callable[[str], list[str]]


@pytest.fixture(autouse=True)
def _shipped(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "shipped" / "starter" / "project" / "Starter.aigc"
    shutil.copytree(project, target)
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: tmp_path / "shipped")


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Answer every question with the button of these words; what was asked is listed."""

    def set_up(words: str) -> list[str]:
        asked: list[str] = []

        def press(box: QMessageBox) -> None:
            asked.append(box.text())
            next(each for each in box.buttons() if each.text() == words).click()

        monkeypatch.setattr(QMessageBox, "exec", press)
        return asked

    return set_up


def play(session: Session) -> Path:
    """Open the starter, and make something in it."""
    session.open_starter(wait=True)
    rename(session, "mine")
    return session.store.folder


def rename(session: Session, name: str) -> None:
    key = next(iter(session.project.collections))
    session.do(lambda project: changes.rename_collection(project, key, name))


def name_of(session: Session) -> str:
    return next(iter(session.project.collections.values())).name


def crash(session: Session) -> None:
    """Leave what a kill leaves: no answer, no save, the journal written."""
    session.close()


def home(window: MainWindow) -> HomePlace:
    window.show_place("home")
    place = window.pages.currentWidget()
    assert isinstance(place, HomePlace)
    return place


def press(place: HomePlace, words: str) -> None:
    next(each for each in place.left.findChildren(QPushButton) if each.text() == words).click()


def test_going_on_with_what_a_crash_left(window: MainWindow, answer: Answer, qtbot: QtBot) -> None:
    session = window.studio.session
    folder = play(session)
    crash(session)
    place = home(window)
    qtbot.waitUntil(place.left.isVisible)
    told = " ".join(each.text() for each in place.left.findChildren(QLabel))
    assert "1 change is recovered" in told
    with qtbot.waitSignal(session.opened):
        press(place, "Go on")
    assert session.store.folder == folder
    assert session.is_temporary
    assert name_of(session) == "mine"
    asked = answer("Let it go")
    assert window.projects.leave()
    assert asked == ["Keep what you made with the starter?"]
    session.close()
    assert starter_copies.left() == []
    assert not folder.exists()


def test_what_was_saved_before_the_crash_is_asked_about_too(
    window: MainWindow, answer: Answer
) -> None:
    session = window.studio.session
    folder = play(session)
    session.save()
    crash(session)
    session.open(folder, wait=True)
    assert not session.modified
    asked = answer("Cancel")
    assert not window.projects.leave()
    assert len(asked) == 1


def test_keeping_what_a_crash_left(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = window.studio.session
    folder = play(session)
    crash(session)
    target = tmp_path / "Kept.aigc"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    place = home(window)
    qtbot.waitUntil(place.left.isVisible)
    press(place, "Keep as a project...")
    qtbot.waitUntil(lambda: session.is_open and session.store.folder == target)
    assert name_of(session) == "mine"
    assert not session.is_temporary
    assert starter_copies.left() == []
    assert not folder.exists()


@pytest.mark.parametrize("way", ["quit", "another"])
def test_kept_as_a_project_it_is_left_in_one_go(
    window: MainWindow,
    project: Path,
    answer: Answer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    way: str,
) -> None:
    session, target = window.studio.session, tmp_path / "Kept.aigc"
    play(session)
    asked = answer("Save as...")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    if way == "quit":
        with qtbot.waitSignal(window.ended):
            window.close()
        assert session.store.folder == target
    else:
        window.projects.open(project)
        qtbot.waitUntil(lambda: session.is_open and session.store.folder == project)
    assert len(asked) == 1
    session.close()
    with Store.open(target) as store:
        assert [each.name for each in store.project.collections.values()] == ["mine"]


def test_what_could_not_be_kept_is_not_left(
    window: MainWindow,
    answer: Answer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    session, ended = window.studio.session, []
    folder = play(session)
    answer("Save as...")
    (tmp_path / "There.aigc").mkdir()
    target = str(tmp_path / "There.aigc")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    window.ended.connect(lambda: ended.append(True))
    with qtbot.waitSignal(session.told):
        window.close()
    qtbot.wait(50)
    assert session.store.folder == folder
    assert ended == []


def test_a_copy_that_cannot_be_saved_elsewhere_stays(window: MainWindow, tmp_path: Path) -> None:
    session = window.studio.session
    folder = play(session)
    (tmp_path / "There.aigc").mkdir()
    session.save_as(tmp_path / "There.aigc", wait=True)
    assert session.store.folder == folder
    crash(session)
    assert [left.folder for left in starter_copies.left()] == [folder]


def test_discarding_needs_an_answer(window: MainWindow, answer: Answer, qtbot: QtBot) -> None:
    session = window.studio.session
    folder = play(session)
    crash(session)
    place = home(window)
    qtbot.waitUntil(place.left.isVisible)
    assert answer("Cancel") is not None
    press(place, "Discard...")
    assert folder.exists()
    answer("Discard")
    press(place, "Discard...")
    qtbot.waitUntil(place.left.isHidden)
    assert not folder.exists()


def test_an_untouched_starter_is_left_without_a_trace(window: MainWindow, qtbot: QtBot) -> None:
    session = window.studio.session
    session.open_starter(wait=True)
    folder = session.store.folder
    assert window.projects.leave()
    crash(session)
    home(window)
    qtbot.waitUntil(lambda: not folder.exists())
