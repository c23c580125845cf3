"""What can be done with the window itself: menus, places, dialogs, how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTabBar

from tests.ui.monkey.deeds import deed

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

SIZES = ((800, 560), (1000, 600), (1100, 700), (1280, 800), (1440, 900), (1600, 1000))


@deed(2)
def use_a_menu(hand: Hand) -> None:
    """Open a menu of the bar, take something or leave it."""
    bar = hand.window.top.menus
    titles = [action for action in bar.actions() if action.isVisible()]
    if not titles or QApplication.activeModalWidget():
        return
    hand.click(bar, bar.actionGeometry(hand.dice.choice(titles)).center())
    in_a_menu(hand)


@deed(3, anywhere=True)
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


@deed(4)
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


@deed(6, anywhere=True)
def answer(hand: Hand) -> None:
    """Close what lies before the window, one way or another."""
    front = hand.front()
    if isinstance(front, QDialog):
        ends = (Qt.Key.Key_Escape, Qt.Key.Key_Return)
        hand.press(hand.dice.choice(ends))
    elif front is not hand.window:
        hand.press(Qt.Key.Key_Escape)


@deed(2)
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
