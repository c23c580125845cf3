"""What of the window is made when: parts are loaded aside, places made ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from aigc_studio.ui.application import Face
from aigc_studio.ui.parts import PLACES, build
from tests.ui.test_window import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow


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
