"""What can be done anywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.monkey.deeds import deed

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_K,
    Qt.Key.Key_J, Qt.Key.Key_0, Qt.Key.Key_9, Qt.Key.Key_Plus,
)  # fmt: skip


@deed(8, anywhere=True)
def press_a_button(hand: Hand) -> None:
    """Any button that can be seen."""
    hand.click(hand.any_of(QAbstractButton))


@deed(2, anywhere=True)
def click_anywhere(hand: Hand) -> None:
    """Any place of the window, by any button of the mouse."""
    front = hand.front()
    button = hand.dice.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
    twice = hand.dice.random() < 0.2
    hand.click(front, hand.point(front), hand.keys(), button=button, twice=twice)


@deed(2, anywhere=True)
def drag_anywhere(hand: Hand) -> None:
    """From any place to any other."""
    widget = hand.any_of(QWidget)
    if widget:
        hand.drag(widget, [hand.point(widget), hand.point(hand.front()), hand.point(widget)])


@deed(4, anywhere=True)
def press_a_key(hand: Hand) -> None:
    """A key, now and then with others held."""
    hand.press(hand.dice.choice(KEYS), hand.keys())


@deed(5, anywhere=True)
def write_a_number(hand: Hand) -> None:
    """A number, at its limits or beyond."""
    field = hand.any_of(QAbstractSpinBox)
    if field:
        hand.click(field, QPoint(8, field.height() // 2))
        field.selectAll()
        hand.type(
            hand.dice.choice(("0", "-1", "1", "-9", "9", "100", "-180", "99999999", "1.5e3", "x"))
        )
        hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up)))


@deed(3, anywhere=True)
def write_words(hand: Hand) -> None:
    """Words into any field."""
    kind = hand.dice.choice((QLineEdit, QLineEdit, QPlainTextEdit))
    field = hand.any_of(kind)
    if field:
        hand.click(field)
        if hand.dice.random() < 0.5:
            hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hand.type(hand.text())
        ends = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
        hand.press(hand.dice.choice(ends))


@deed(3, anywhere=True)
def slide(hand: Hand) -> None:
    """Drag any slider."""
    slider = hand.any_of(QAbstractSlider)
    if slider:
        hand.drag(slider, [hand.point(slider) for _ in range(4)])


@deed(2, anywhere=True)
def choose_from_a_list(hand: Hand) -> None:
    """Open a box of choices and take one."""
    box = hand.any_of(QComboBox)
    if box and box.count():
        box.setFocus()
        for _ in range(hand.dice.randrange(4)):
            hand.press(hand.dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))


@deed(4)
def undo_and_redo(hand: Hand) -> None:
    """A burst of steps back and forth."""
    back = hand.dice.randrange(1, 7)
    for _ in range(back):
        hand.run("edit.undo")
    for _ in range(hand.dice.choice((0, back, back, hand.dice.randrange(back + 1)))):
        hand.run("edit.redo")


@deed(2)
def drop_files(hand: Hand) -> None:
    """Files of another program, on the window."""
    if len(hand.studio.session.project.assets) < 80:
        mime = QMimeData()
        some = hand.dice.sample(list(hand.files), hand.dice.randrange(1, 4))
        mime.setUrls([QUrl.fromLocalFile(each) for each in some])
        hand.drop(hand.window, mime, hand.window.rect().center())


@deed(2)
def paste(hand: Hand) -> None:
    """What a person may have copied somewhere."""
    QApplication.clipboard().setText(hand.text())
    hand.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
