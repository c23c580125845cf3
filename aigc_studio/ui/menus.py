"""Menus: each holds the commands whose id begins with its name, in the order they were added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from aigc_studio.ui import icons
from aigc_studio.ui.translate import later, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QMenu, QMenuBar

    from aigc_studio.studio.commands import Command, Commands

# id -> title; a menu without commands is not shown.
MENUS = {
    "file": later("File"),
    "edit": later("Edit"),
    "go": later("Go"),
    "library": later("Library"),
    "canvas": later("Canvas"),
    "play": later("Play"),
    "timeline": later("Timeline"),
    "models": later("Models"),
    "train": later("Train"),
    "view": later("View"),
    "help": later("Help"),
}
# A line stands before these.
BREAKS = {
    "file.save",
    "file.close",
    "file.quit",
    "edit.settings",
    "go.dock",
    "go.next_document",
    "canvas.copy",
    "canvas.raise",
    "canvas.group",
    "canvas.turn_right",
    "canvas.select_tool",
    "canvas.resize",
    "canvas.show",
    "canvas.remove",
    "canvas.export",
    "canvas.fit",
    "timeline.back",
    "timeline.copy_keys",
    "timeline.linear",
    "help.about",
}


# Added by the page that is shown, later than their neighbours: each stands after another one.
AFTER = {"canvas.paste": "canvas.cut", "canvas.crop": "canvas.duplicate"}


class Menus(QObject):
    """Keeps a menu bar in step with the commands."""

    def __init__(self, bar: QMenuBar, commands: Commands) -> None:
        super().__init__(bar)
        self._bar, self._commands = bar, commands
        self._actions: dict[str, QAction] = {}
        # Made once: a bar keeps a reference to every menu it ever had.
        self._menus = {key: self._made(key, tr(title)) for key, title in MENUS.items()}
        commands.changed.connect(self.rebuild)
        commands.state_changed.connect(self.refresh)
        self.rebuild()

    def rebuild(self) -> None:
        """Empty all menus, to be filled when they are opened; one without commands is hidden."""
        self._actions.clear()
        for key, menu in self._menus.items():
            menu.clear()
            menu.menuAction().setVisible(bool(self._commands.in_menu(key)))
        self._bar.setMinimumWidth(self._bar.sizeHint().width())  # or it would hide the last ones

    def _made(self, key: str, title: str) -> QMenu:
        made = self._bar.addMenu(title)
        made.aboutToShow.connect(lambda: self._fill(made, key))
        made.aboutToShow.connect(self.refresh)
        return made

    def _fill(self, menu: QMenu, key: str) -> None:
        # When it is first opened: drawing its icons would hold up the first paint.
        for command in _ordered(self._commands.in_menu(key)) if menu.isEmpty() else ():
            if command.id in BREAKS and menu.actions():
                menu.addSeparator()
            menu.addAction(self._action(command, menu))

    def _action(self, command: Command, menu: QMenu) -> QAction:
        made = self._actions[command.id] = action_of(command, self._commands, menu)
        return made

    def refresh(self) -> None:
        """Show what can be done now, and what is on."""
        for key, action in self._actions.items():
            command = self._commands[key]
            action.setEnabled(command.enabled())
            if command.now:
                say(action, command, self._commands)
            if command.checked:
                action.setChecked(command.checked())


def _ordered(commands: Iterable[Command]) -> list[Command]:
    made = list(commands)
    for command in [each for each in made if each.id in AFTER]:
        made.remove(command)
        before = [each.id for each in made]
        place = AFTER[command.id]
        made.insert(before.index(place) + 1 if place in before else len(made), command)
    return made


def fill(menu: QMenu, commands: Commands, ids: Iterable[str]) -> None:
    """Fill a menu that is made for the moment; "" is a line."""
    for command_id in ids:
        if not command_id:
            menu.addSeparator()
        elif command_id in commands:
            command = commands[command_id]
            action = action_of(command, commands, menu)
            action.setEnabled(command.enabled())
            menu.addAction(action)


def action_of(command: Command, commands: Commands, menu: QMenu) -> QAction:
    """A command as a line of a menu."""
    made = QAction(command.title, menu)
    say(made, command, commands)
    if command.icon and command.checked is None:  # else its tick stands there
        icons.dress(made, command.icon)
    made.setCheckable(command.checked is not None)
    made.triggered.connect(lambda: commands.run(command.id))
    return made


def say(action: QAction, command: Command, commands: Commands) -> None:
    """Let a line of a menu say what its command does now, and by which keys."""
    words = command.now() if command.now else command.title
    words = words.replace("&", "&&")  # or it would mark a letter
    keys = commands.keys_of(command.id)
    if keys:
        # Shown only: `keys.Keys` lets them act, and two would be ambiguous.
        shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        words = f"{words}\t{shown}"
    action.setText(words)
