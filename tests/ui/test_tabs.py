"""The tabs of documents: open, close, rename, go round, marks, no room."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from aigc_studio.document.canvas_edits import add_canvas, rename_canvas
from aigc_studio.ui import style, theme
from aigc_studio.ui.widgets.spring import REST_MS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.ui.document_tabs import DocumentTabs
    from aigc_studio.ui.main_window import MainWindow


@pytest.fixture
def tabs(window: MainWindow, project: Path) -> DocumentTabs:
    """Three canvases with tabs; the last of them is shown."""
    window.activateWindow()
    window.studio.session.open(project, wait=True)
    for name in ("One", "Two", "Three"):
        opened(window, name)
    window.studio.session.save()
    return window.top.documents


def opened(window: MainWindow, name: str) -> str:
    """Make a canvas and open it; its id."""
    edit = add_canvas(window.studio.session.project, name, 64, 64)
    window.studio.session.apply(edit)
    window.documents.open("canvas", edit.changes[0].key)
    return edit.changes[0].key


def names(tabs: DocumentTabs) -> list[str]:
    """What stands on the tabs."""
    return [tabs.tabText(at) for at in range(tabs.count())]


def middle(tabs: DocumentTabs, at: int) -> QPoint:
    """The middle of a tab."""
    return tabs.tabRect(at).center()


def test_tabs_stand_in_the_middle_of_the_bar(window: MainWindow, tabs: DocumentTabs) -> None:
    place = window.top.places["home"]
    assert tabs.geometry().center().y() == place.geometry().center().y()
    assert tabs.tabRect(0).height() == place.height()


def test_the_middle_button_closes_and_the_plus_brings_back(
    window: MainWindow, tabs: DocumentTabs
) -> None:
    one = tabs.opened()[0]
    QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=middle(tabs, 0))
    assert names(tabs) == ["Two", "Three"]
    assert window.documents.any_shown
    assert window.top._closed == {one: "One"}
    window.top.document_chosen.emit(*one)
    assert names(tabs) == ["Two", "Three", "One"]
    assert window.top._closed == {}


def test_ctrl_w_closes_what_is_shown_until_nothing_is(
    window: MainWindow, tabs: DocumentTabs
) -> None:
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert tabs.count() == 0
    assert not tabs.isVisible()
    assert window.top.places["library"].isChecked()
    assert not window.studio.commands.run("go.close_document")
    assert len(window.studio.session.project.canvases) == 3


def test_ctrl_tab_goes_round(window: MainWindow, tabs: DocumentTabs) -> None:
    first, _, last = tabs.opened()
    window.studio.commands.run("go.next_document")
    assert tabs.shown == first
    window.studio.commands.run("go.previous_document")
    assert tabs.shown == last
    window.show_place("models")
    assert tabs.shown is None
    window.studio.commands.run("go.next_document")  # back to where one was
    assert tabs.shown == last


def test_a_document_is_renamed_in_its_tab(window: MainWindow, tabs: DocumentTabs) -> None:
    QTest.mouseDClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, 1))
    field = tabs.findChild(QLineEdit)
    assert field is not None
    field.setText("Foxes")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Foxes" in {canvas.name for canvas in window.studio.session.project.canvases.values()}
    assert names(tabs)[1] == "Foxes*"
    window.studio.session.undo()
    assert names(tabs) == ["One", "Two", "Three"]


def test_esc_leaves_the_name_as_it_was(window: MainWindow, tabs: DocumentTabs) -> None:
    window.studio.commands.run("go.rename_document")
    field = tabs.findChild(QLineEdit)
    assert field is not None
    field.setText("Foxes")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.isHidden()
    assert names(tabs) == ["One", "Two", "Three"]


def test_what_was_changed_is_marked_until_it_is_saved(
    window: MainWindow, tabs: DocumentTabs
) -> None:
    session = window.studio.session
    key = tabs.opened()[0][1]
    session.apply(rename_canvas(session.project, key, "First"))
    assert names(tabs) == ["First*", "Two", "Three"]
    session.save()
    assert names(tabs) == ["First", "Two", "Three"]


def test_a_document_that_was_removed_has_no_tab(window: MainWindow, tabs: DocumentTabs) -> None:
    first = tabs.opened()[0]
    tabs.removal_wanted.emit(*first)
    assert names(tabs) == ["Two", "Three"]
    window.studio.session.undo()
    assert first[1] in window.studio.session.project.canvases
    assert window.top._closed == {first: "One"}


def test_tabs_without_room_are_listed(window: MainWindow, tabs: DocumentTabs) -> None:
    window.resize(1440, 900)
    assert not window.top.more.isVisible()
    for number in range(8):
        opened(window, f"Quite a long name of a canvas {number}")
    assert window.top.more.isVisible()
    assert window.top.plus.geometry().right() < window.top.width()
    menu = tabs.menu()
    assert len(menu.actions()) == tabs.count() == 11
    menu.actions()[0].trigger()
    assert tabs.shown == tabs.opened()[0]
    menu.close()


def test_icons_of_tabs_follow_the_theme(
    window: MainWindow, tabs: DocumentTabs, dressed: QApplication
) -> None:
    dark = tabs.tabIcon(0).cacheKey()
    style.dress(dressed, theme.Look(theme.LIGHT))
    assert tabs.tabIcon(0).cacheKey() != dark


@pytest.mark.parametrize("width", [800, 1100, 1440])
def test_nothing_in_the_top_line_covers_another(
    window: MainWindow, tabs: DocumentTabs, width: int, qtbot: QtBot
) -> None:
    window.resize(width, 700)
    top = window.top

    def apart() -> bool:
        shown = [each for each in top.children() if isinstance(each, QWidget)]
        ends = [each.geometry() for each in shown if each.isVisible()]
        ends.sort(key=lambda box: box.left())
        return all(one.right() < two.left() for one, two in itertools.pairwise(ends))

    qtbot.waitUntil(apart)
    assert top.burger.isVisible() != top.menus.isVisible()
    assert top.burger.isVisible() == (width == 800)


def test_a_button_stands_for_the_menus_where_they_have_no_room(
    window: MainWindow, tabs: DocumentTabs
) -> None:
    window.resize(800, 560)
    window.top.burger.click()
    menu = next(each for each in window.top.findChildren(QMenu) if each.isVisible())
    assert [each.text() for each in menu.actions()][:2] == ["File", "Edit"]
    menu.close()


def test_what_is_dragged_over_a_tab_opens_it(
    window: MainWindow, tabs: DocumentTabs, qtbot: QtBot
) -> None:
    window.show_place("library")
    mime, nothing = QMimeData(), Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(middle(tabs, 1), copy, mime, left, nothing)
    QApplication.sendEvent(tabs, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(tabs, QDragLeaveEvent())
    qtbot.wait(2 * REST_MS)
    assert tabs.shown is None  # it only passed
    QApplication.sendEvent(tabs, QDragEnterEvent(middle(tabs, 0), copy, mime, left, nothing))
    QApplication.sendEvent(tabs, QDragMoveEvent(middle(tabs, 1), copy, mime, left, nothing))
    qtbot.waitUntil(lambda: tabs.shown == tabs.opened()[1])
