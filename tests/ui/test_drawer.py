"""Where a window is narrow: sides become rails, the dock a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.ui import theme
from aigc_studio.ui.places.library import LibraryPlace
from aigc_studio.ui.places.train import TrainPlace

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.ui.main_window import MainWindow

ROOMY, NARROW, SMALLEST = (1440, 900), (1100, 700), (800, 560)


@pytest.fixture
def library(window: MainWindow, project: Path, qtbot: QtBot) -> LibraryPlace:
    """The library of an open project, in a window that is the active one."""
    window.activateWindow()
    window.studio.session.open(project, wait=True)
    window.show_place("library")
    page = window.pages.currentWidget()
    assert isinstance(page, LibraryPlace)
    return page


def test_a_side_is_a_rail_below_1280_pixels(window: MainWindow, library: LibraryPlace) -> None:
    side = library.view.side
    window.resize(theme.RAIL_BELOW - 1, 700)
    assert side.is_rail
    assert side.width() == theme.RAIL_WIDTH
    assert not library.collections.isVisible()
    window.resize(theme.RAIL_BELOW, 700)
    assert not side.is_rail
    assert library.collections.isVisible()


def test_a_rail_leaves_no_gap_beside_it(window: MainWindow, project: Path, qtbot: QtBot) -> None:
    window.studio.session.open(project, wait=True)
    window.show_place("home")
    window.resize(*ROOMY)
    window.show_place("library")
    window.show_place("home")
    window.resize(*NARROW)
    window.show_place("library")
    page = window.pages.currentWidget()
    assert isinstance(page, LibraryPlace)
    qtbot.waitUntil(lambda: page.grid.mapTo(page, QPoint(0, 0)).x() <= theme.RAIL_WIDTH + 1)


def test_the_rail_opens_its_panel_over_the_page(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    side, grid = library.view.side, library.grid.width()
    side.opener.click()
    qtbot.waitUntil(lambda: side.drawer.pos().x() == side.width())
    assert library.collections.isVisible()
    assert library.grid.width() == grid  # nothing was pushed
    side.opener.click()
    qtbot.waitUntil(lambda: not side.drawer.isVisible())


def test_a_click_on_the_page_closes_a_drawer_and_does_what_it_does(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    library.view.side.opener.click()
    first = library.grid.items.items[-1].id
    row = library.grid.items.index(library.grid.items.rows[first])
    where = library.grid.visualRect(row).center()
    QTest.mouseClick(library.collections.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert library.view.side.drawer.is_open
    QTest.mouseClick(library.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not library.view.side.drawer.is_open
    assert library.grid.selected() == [first]


def test_esc_closes_a_drawer_and_the_focus_goes_back(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    library.grid.setFocus()
    qtbot.waitUntil(library.grid.hasFocus)
    library.view.side.reveal()
    library.collections.setFocus()
    QTest.keyClick(library.collections, Qt.Key.Key_Escape)
    assert not library.view.side.drawer.is_open
    assert library.grid.hasFocus()


def test_a_new_collection_is_named_on_a_folded_side(
    window: MainWindow, library: LibraryPlace
) -> None:
    library.grid.selectAll()
    library.deeds.new_collection()
    assert library.view.side.drawer.is_open
    assert library.collections.findChild(QLineEdit) is not None


def test_another_page_does_not_leave_a_drawer_open(
    window: MainWindow, library: LibraryPlace
) -> None:
    library.view.side.reveal()
    window.show_place("train")
    window.show_place("library")
    assert not library.view.side.drawer.is_open


def test_with_reduced_motion_a_drawer_is_there_at_once(
    window: MainWindow, library: LibraryPlace
) -> None:
    theme.wear(theme.Look(reduced_motion=True))
    side = library.view.side
    side.reveal()
    assert side.drawer.pos().x() == side.width()
    side.drawer.close_again()
    assert not side.drawer.isVisible()


def test_the_side_of_train_offers_its_first_deed_on_the_rail(
    window: MainWindow, library: LibraryPlace
) -> None:
    window.show_place("train")
    page = window.pages.currentWidget()
    assert isinstance(page, TrainPlace)
    assert page.side.is_rail
    assert page.quick.isVisible()
    page.side.reveal()
    page.new.click()  # what it shows is not covered by where it was asked for
    assert not page.side.drawer.is_open


def test_the_dock_is_a_drawer_below_1180_pixels(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    place, commands = window.dock_place, window.studio.commands
    window.resize(*ROOMY)
    commands.run("view.dock")
    dock = place.dock
    assert dock is not None
    assert place.split.indexOf(dock) == 1
    window.resize(*NARROW)
    assert place.split.indexOf(dock) < 0
    assert not place.is_shown()
    pages = window.pages.width()
    commands.run("view.dock")
    qtbot.waitUntil(lambda: place.drawer.geometry().right() == place.split.geometry().right())
    assert dock.isVisible()
    assert window.pages.width() == pages == window.width()
    window.resize(*ROOMY)
    assert place.split.indexOf(dock) == 1
    assert theme.DOCK_NARROWEST <= dock.width() <= theme.DOCK_WIDEST


def test_f6_opens_the_drawer_and_leaves_it(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    place = window.dock_place
    place.toggle_focus()
    assert place.is_shown()
    dock, focus = place.dock, QApplication.focusWidget()
    assert dock is not None
    assert focus is not None
    assert dock is focus or dock.isAncestorOf(focus)
    place.toggle_focus()
    assert not place.is_shown()


@pytest.mark.parametrize("size", [NARROW, SMALLEST])
def test_no_page_asks_for_more_room_than_the_window_has(
    window: MainWindow, library: LibraryPlace, size: tuple[int, int]
) -> None:
    window.resize(*size)
    for place in ("home", "library", "models", "train"):
        window.show_place(place)
        assert (window.width(), window.height()) == size
        page = window.pages.currentWidget()
        assert page is not None
        assert page.minimumSizeHint().width() <= size[0]


def test_on_a_canvas_the_narrow_dock_is_open_beside_the_page(
    window: MainWindow, library: LibraryPlace, qtbot: QtBot
) -> None:
    place, commands = window.dock_place, window.studio.commands
    window.resize(*NARROW)
    canvas = _open_canvas(window)
    qtbot.waitUntil(lambda: window.pages.width() == NARROW[0] - place.drawer.room)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert place.is_shown()
    assert place.dock is not None
    QTest.keyClick(place.dock, Qt.Key.Key_Escape)
    assert place.is_shown()  # what was not closed on purpose stays
    window.show_place("library")
    assert not place.is_shown()
    assert window.pages.width() == NARROW[0]
    window.documents.open_first()
    assert place.is_shown()
    commands.run("view.dock")
    qtbot.waitUntil(lambda: window.pages.width() == NARROW[0])
    window.show_place("library")
    window.documents.open_first()
    assert not place.is_shown()


def test_where_it_would_press_the_page_together_the_dock_waits_to_be_asked(
    window: MainWindow, library: LibraryPlace
) -> None:
    window.resize(*SMALLEST)
    _open_canvas(window)
    place = window.dock_place
    room = SMALLEST[0] - place.drawer.room
    assert place.is_shown() == (window.pages.minimumSizeHint().width() <= room)


def _open_canvas(window: MainWindow) -> QWidget:
    session = window.studio.session
    session.apply(add_canvas(session.project, "Foxes", 64, 64))
    assert window.documents.open_first()
    page = window.pages.currentWidget()
    assert page is not None
    return page
