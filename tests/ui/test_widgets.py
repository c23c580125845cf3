"""The small widgets: keys, accessible names, what they tell."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from aigc_studio.ui.widgets import grid_painter
from aigc_studio.ui.widgets.card import Card
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.flow_grid import MIME_IDS, FlowGrid, GridItem
from aigc_studio.ui.widgets.flow_layout import FlowLayout
from aigc_studio.ui.widgets.focus_ring import FocusRing
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.progress_line import ProgressLine
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("dressed")


def red() -> QImage:
    """A small red picture."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    return image


def test_segments_are_chosen_with_arrows(qtbot: QtBot) -> None:
    made = Segmented({"a": "One", "b": "Two", "c": "Three"}, "Choice")
    qtbot.addWidget(made)
    told: list[str] = []
    made.chosen.connect(told.append)
    assert made.choice == "a"
    made.choose("c")
    assert told == []
    QTest.keyClick(made, Qt.Key.Key_Right)
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert told == ["a", "c"]
    assert made._buttons["b"].accessibleName() == "Choice: Two"


def test_tab_reaches_the_segment_that_holds(qtbot: QtBot) -> None:
    made = Segmented({"a": "One", "b": "Two"}, "Choice")
    qtbot.addWidget(made)
    for choice, reached in (("b", "b"), ("a", "a"), ("", "a")):
        made.choose(choice)
        by_tab = Qt.FocusPolicy.TabFocus
        assert [k for k, one in made._buttons.items() if one.focusPolicy() == by_tab] == [reached]


def test_a_number_is_dragged_typed_and_shown(qtbot: QtBot) -> None:
    made = NumberField("Opacity", 0, 100, 50)
    qtbot.addWidget(made)
    made.show()
    told: list[float] = []
    bounds: list[str] = []
    made.changed.connect(told.append)
    made.drag_began.connect(lambda: bounds.append("began"))
    made.drag_ended.connect(lambda: bounds.append("ended"))
    made.show_value(60)
    assert told == []
    grip = next(child for child in made.children() if type(child).__name__ == "_Grip")
    assert isinstance(grip, QWidget)
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseMove(grip, QPoint(22, 2))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(22, 2))
    assert made.value == 65
    assert bounds == ["began", "ended"]
    assert made.spin.accessibleName() == "Opacity"


def test_an_empty_place_offers_two_ways(qtbot: QtBot) -> None:
    done: list[str] = []
    offers = [("Do", lambda: done.append("do")), ("Starter", lambda: done.append("starter"))]
    made = EmptyPlace("picture", "There is nothing here.", *offers)
    qtbot.addWidget(made)
    for offered in made.findChildren(QPushButton):
        offered.click()
    assert done == ["do", "starter"]


def test_a_card_draws_its_picture_and_is_pressed_with_keys(qtbot: QtBot) -> None:
    made = Card("Foxes", "5 pictures\n1 min ago")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.set_picture(red())
    grabbed = made.grab().toImage()
    ratio = grabbed.devicePixelRatio()
    middle = QPoint(round(made.width() * ratio / 2), round(made.width() * 0.3 * ratio))
    assert grabbed.pixelColor(middle) == QColor(255, 0, 0)
    with qtbot.waitSignal(made.clicked):
        QTest.keyClick(made, Qt.Key.Key_Space)
    assert (made.accessibleName(), made.accessibleDescription()) == (
        "Foxes",
        "5 pictures\n1 min ago",
    )


def test_a_flow_begins_new_lines(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    flow = FlowLayout(around, gap=10)
    for _ in range(5):
        box = QWidget()
        box.setFixedSize(QSize(100, 20))
        flow.addWidget(box)
    assert flow.heightForWidth(320) == 20 + 10 + 20
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(100) == 5 * 20 + 4 * 10
    taken = flow.takeAt(0)
    assert taken is not None
    assert flow.count() == 4
    assert flow.takeAt(9) is None


def test_short_work_shows_nothing_and_long_work_its_name(qtbot: QtBot) -> None:
    made = ProgressLine()
    qtbot.addWidget(made)
    made.show()
    made.start("Working")
    assert not made._bar.isVisible()
    qtbot.waitUntil(made._bar.isVisible)
    assert not made._name.isVisible()
    qtbot.waitUntil(made._name.isVisible)
    made.show_part(0.5)
    made.stop()
    assert not made._bar.isVisible()
    assert not made._name.isVisible()


def test_the_ring_follows_the_focus_of_buttons(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stack = QVBoxLayout(window)
    buttons = [QPushButton(name) for name in "ab"]
    for button in buttons:
        stack.addWidget(button)
    ring = FocusRing(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: ring.isVisible() and ring.geometry().contains(buttons[1].geometry()))
    assert ring.geometry().adjusted(4, 4, -4, -4) == buttons[1].geometry()
    buttons[1].hide()
    assert not ring.isVisible() or not ring.geometry().contains(buttons[1].geometry())


def median_resize(count: int, qtbot: QtBot) -> float:
    """Seconds until a grid of so many items is laid out and drawn at another width."""
    grid = FlowGrid(wanted=lambda _item, _side: red())
    qtbot.addWidget(grid)
    grid.show_items(GridItem(str(n), f"fox {n}") for n in range(count))
    grid.show()
    times = []
    for width in range(500, 700, 20):
        begin = time.perf_counter()
        grid.resize(width, 500)
        QApplication.processEvents()
        grid.grab()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2]


class TestGrid:
    def test_items_selection_and_opening(self, qtbot: QtBot) -> None:
        grid = FlowGrid(wanted=lambda _item, _side: red())
        qtbot.addWidget(grid)
        grid.resize(600, 400)
        grid.show_items(GridItem(str(n), f"fox {n}") for n in range(20))
        told: list[list[str]] = []
        grid.selection_changed.connect(told.append)
        grid.select(["3", "5", "gone"], "5")
        assert grid.selected() == ["3", "5"]
        assert grid.current() == "5"
        assert told[-1] == ["3", "5"]
        with qtbot.waitSignal(grid.opened) as opened:
            grid.activated.emit(grid.currentIndex())
        assert opened.args == ["5"]

    def test_the_selection_stays_when_items_come_and_go(self, qtbot: QtBot) -> None:
        grid = FlowGrid()
        qtbot.addWidget(grid)
        grid.show_items(GridItem(str(n), str(n)) for n in range(10))
        grid.select(["4"], "4")
        grid.show_items(GridItem(str(n), str(n)) for n in range(12))
        assert grid.selected() == ["4"]
        grid.show_items(GridItem(str(n), str(n)) for n in range(2, 12))
        assert (grid.selected(), grid.current()) == (["4"], "4")
        grid.show_items(GridItem(str(n), str(n)) for n in range(2, 4))
        assert grid.selected() == []

    def test_only_what_is_seen_is_asked_for(self, qtbot: QtBot) -> None:
        asked: set[str] = set()

        def wanted(item: str, side: int) -> QImage | None:
            asked.add(item)
            return None

        grid = FlowGrid(wanted=wanted)
        qtbot.addWidget(grid)
        grid.resize(600, 400)
        grid.show_items(GridItem(str(n), f"fox {n}") for n in range(5000))
        grid.show()
        qtbot.waitUntil(lambda: len(asked) > 0)
        assert len(asked) < 60
        grid.scrollToBottom()
        qtbot.waitUntil(lambda: "4999" in asked)
        assert len(asked) < 200

    def test_what_a_paint_has_no_time_for_follows(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(grid_painter, "BUDGET", 0.0)
        picture = red()
        grid = FlowGrid(wanted=lambda _item, _side: picture)
        qtbot.addWidget(grid)
        grid.resize(600, 400)
        grid.show_items(GridItem(str(n), f"fox {n}") for n in range(6))
        grid.show()
        first = grid.grab().toImage()
        places = [grid.visualRect(grid.items.index(row)).center() for row in range(6)]

        def drawn(image: QImage) -> list[bool]:
            return [image.pixelColor(place) == QColor(255, 0, 0) for place in places]

        assert not all(drawn(first))
        qtbot.waitUntil(lambda: all(drawn(grid.grab().toImage())))
        assert grid._painter.late == []

    def test_a_name_that_changed_is_drawn_anew(self, qtbot: QtBot) -> None:
        picture = red()
        grid = FlowGrid(wanted=lambda _item, _side: picture)
        qtbot.addWidget(grid)
        grid.resize(300, 300)
        grid.show_items([GridItem("a", "fox")])
        grid.show()
        before = grid.grab().toImage()
        assert grid.grab().toImage() == before
        grid.show_items([GridItem("a", "owl")])
        named = grid.grab().toImage()
        assert named != before
        grid.show_items([GridItem("a", "owl", badge="warning")])
        assert grid.grab().toImage() != named

    def test_5000_items_are_resized_as_quickly_as_100(self, qtbot: QtBot) -> None:
        few, many = (median_resize(count, qtbot) for count in (100, 5000))
        assert many < 4 * few + 0.02

    def test_files_and_ids_are_dragged_out(self, qtbot: QtBot, tmp_path: Path) -> None:
        grid = FlowGrid()
        qtbot.addWidget(grid)
        grid.show_items([GridItem("a", "A"), GridItem("b", "B")])
        grid.items.files_of = lambda ids: [tmp_path / each for each in ids]
        mime = grid.items.mimeData([grid.items.index(0), grid.items.index(1)])
        assert [url.toLocalFile() for url in mime.urls()] == [str(tmp_path / n) for n in "ab"]
        assert bytes(mime.data(MIME_IDS).data()) == b"a\nb"

    def test_items_can_be_read_by_those_who_do_not_see(self, qtbot: QtBot) -> None:
        grid = FlowGrid()
        qtbot.addWidget(grid)
        grid.show_items([GridItem("a", "Fox", "a red fox")])
        index = grid.items.index(0)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Fox"
        assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "a red fox"
