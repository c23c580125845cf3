"""What can be done anywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
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
SIZES = ((800, 560), (1000, 600), (1100, 700), (1280, 800), (1440, 900), (1600, 1000))


@deed(9)
def press_a_button(hand: Hand) -> None:
    """Any button that can be seen."""
    hand.click(hand.any_of(QAbstractButton))


@deed(3)
def click_anywhere(hand: Hand) -> None:
    """Any place of the window, by any button of the mouse."""
    front = hand.front()
    button = hand.dice.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
    twice = hand.dice.random() < 0.2
    hand.click(front, hand.point(front), hand.keys(), button=button, twice=twice)


@deed(2)
def drag_anywhere(hand: Hand) -> None:
    """From any place to any other."""
    widget = hand.any_of(QWidget)
    if widget:
        hand.drag(widget, [hand.point(widget), hand.point(hand.front()), hand.point(widget)])


@deed(5)
def press_a_key(hand: Hand) -> None:
    """A key, now and then with others held."""
    hand.press(hand.dice.choice(KEYS), hand.keys())


@deed(4)
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


@deed(3)
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


@deed(3)
def slide(hand: Hand) -> None:
    """Drag any slider."""
    slider = hand.any_of(QAbstractSlider)
    if slider:
        hand.drag(slider, [hand.point(slider) for _ in range(4)])


@deed(1.5)
def choose_from_a_list(hand: Hand) -> None:
    """Open a box of choices and take one."""
    box = hand.any_of(QComboBox)
    if box and box.count():
        box.setFocus()
        for _ in range(hand.dice.randrange(4)):
            hand.press(hand.dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))


@deed(2)
def use_a_menu(hand: Hand) -> None:
    """Open a menu of the bar, take something or leave it."""
    bar = hand.window.top.menus
    titles = [action for action in bar.actions() if action.isVisible()]
    if not titles or QApplication.activeModalWidget():
        return
    hand.click(bar, bar.actionGeometry(hand.dice.choice(titles)).center())
    in_a_menu(hand)


@deed(2)
def in_a_menu(hand: Hand) -> None:
    """Take something from the menu that is open, or leave it."""
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return
    actions = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
    if actions and hand.dice.random() < 0.8:
        hand.click(menu, menu.actionGeometry(hand.dice.choice(actions)).center())
    else:
        hand.press(Qt.Key.Key_Escape)


@deed(3)
def run_a_command(hand: Hand) -> None:
    """Any command that is enabled."""
    enabled = [each.id for each in hand.studio.commands.all() if each.enabled()]
    hand.run(hand.dice.choice(enabled))


@deed(2)
def use_the_palette(hand: Hand) -> None:
    """Type a few letters, press Enter."""
    hand.run("help.palette")
    hand.type(hand.dice.choice(("un", "re", "lay", "go", "s", "\u64a4", "dock", "zzz", "key", "")))
    ends = (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    hand.press(hand.dice.choice(ends))


@deed(6)
def answer(hand: Hand) -> None:
    """Close what lies before the window, one way or another."""
    front = hand.front()
    if isinstance(front, QDialog):
        ends = (Qt.Key.Key_Escape, Qt.Key.Key_Return)
        hand.press(hand.dice.choice(ends))
    elif front is not hand.window:
        hand.press(Qt.Key.Key_Escape)


@deed(6)
def undo_and_redo(hand: Hand) -> None:
    """A burst of steps back and forth."""
    back = hand.dice.randrange(1, 7)
    for _ in range(back):
        hand.run("edit.undo")
    for _ in range(hand.dice.choice((0, back, back, hand.dice.randrange(back + 1)))):
        hand.run("edit.redo")


@deed(4)
def go_somewhere(hand: Hand) -> None:
    """To a place, by keys."""
    place = hand.dice.choice((*"1234", "Z", "S", "D"))
    hand.watch.note(f"Ctrl+{place}")
    QTest.keySequence(hand.window, QKeySequence(f"Ctrl+{place}"))


@deed(3)
def use_tabs(hand: Hand) -> None:
    """Show, move or close a document."""
    tabs = hand.any_of(QTabBar, hand.window.top)
    if tabs is None or not tabs.count():
        return
    at = tabs.tabRect(hand.dice.randrange(tabs.count())).center()
    if hand.dice.random() < 0.2:
        hand.drag(tabs, [at, hand.point(tabs), hand.point(tabs)])
    else:
        hand.click(tabs, at)


@deed(1)
def resize(hand: Hand) -> None:
    """Another size of the window."""
    size = hand.dice.choice(SIZES)
    hand.watch.note(f"resize {size}")
    hand.window.resize(*size)


@deed(0.5)
def look_otherwise(hand: Hand) -> None:
    """Another theme, language or size of text."""
    field, values = hand.dice.choice((
        ("theme", ("dark", "light", "system")),
        ("language", ("en", "zh_CN")),
        ("text_scale", (0.8, 1.0, 1.0, 1.5, 2.0)),
        ("reduced_motion", (True, False)),
    ))  # fmt: skip
    value = hand.dice.choice(values)
    hand.watch.note(f"settings {field} {value}")
    with hand.studio.session.attempt():
        hand.studio.settings.change(**{field: value})


@deed(1)
def open_a_dialog(hand: Hand) -> None:
    """Settings, shortcuts, the manual, about."""
    name = hand.dice.choice(("settings", "shortcuts", "help", "about"))
    hand.watch.note(f"dialog {name}")
    hand.window.dialogs.show(name)


@deed(1.5)
def drop_files(hand: Hand) -> None:
    """Files of another program, on the window."""
    if len(hand.studio.session.project.assets) < 80:
        mime = QMimeData()
        some = hand.dice.sample(list(hand.files), hand.dice.randrange(1, 4))
        mime.setUrls([QUrl.fromLocalFile(each) for each in some])
        hand.drop(hand.window, mime, hand.window.rect().center())


@deed(1)
def paste(hand: Hand) -> None:
    """What a person may have copied somewhere."""
    QApplication.clipboard().setText(hand.text())
    hand.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
