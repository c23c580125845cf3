"""Keys: as people read them, and as they act in one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from PySide6.QtWidgets import QWidget

    from aigc_studio.studio.commands import Commands, Scope


def shown_keys(keys: Iterable[str]) -> str:
    """Keys in the words of the system, "Ctrl+Z"."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(native) for key in keys)


def with_keys(tip: str, commands: Commands, command_id: str) -> str:
    """A tooltip with the keys that do the same."""
    keys = shown_keys(commands.keys_of(command_id)[:1]) if command_id in commands else ""
    return f"{tip}  {keys}" if keys else tip


def would_be_shortcut(event: QEvent, keys: Container[Qt.Key]) -> bool:
    """Whether Qt asks if one of these keys is meant for a widget rather than a shortcut."""
    asked = event.type() == QEvent.Type.ShortcutOverride
    return asked and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in keys


def command_of(commands: Commands, scope: Scope, event: QKeyEvent) -> str:
    """The command of a scope that pressed keys mean; "" for none.

    For a widget that takes its keys before the shortcuts of what lies around it, see
    `QEvent.ShortcutOverride`.
    """
    pressed = QKeySequence(event.keyCombination())
    for command in commands.all():
        if command.scope == scope and pressed in map(QKeySequence, commands.keys_of(command.id)):
            return command.id
    return ""


class Keys(QObject):
    """The shortcuts of all commands of one scope, at the widget where they act.

    Letters act only while that widget or a child of it has the focus; a text field in it
    takes the letters for itself, since it has the shortcut overridden.
    """

    def __init__(self, commands: Commands, scope: Scope, where: QWidget) -> None:
        """Lives as long as `where`."""
        super().__init__(where)
        self._commands, self._scope, self._where = commands, scope, where
        self._shortcuts: dict[tuple[str, str], QShortcut] = {}
        commands.changed.connect(self._bind)
        self._bind()

    def _bind(self) -> None:
        """Only what differs is made anew: commands are added whenever a document is shown."""
        wanted = [
            (key, command.id)
            for command in self._commands.all()
            if command.scope == self._scope
            for key in self._commands.keys_of(command.id)
        ]
        for bound in self._shortcuts.keys() - set(wanted):
            shortcut = self._shortcuts.pop(bound)
            # It keeps its parent until then: it may be the one that is being handled.
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        for bound in wanted:
            if bound not in self._shortcuts:
                self._shortcuts[bound] = self._made(*bound)

    def _made(self, key: str, command_id: str) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._where)
        whole = self._scope == "window"
        made.setContext(
            Qt.ShortcutContext.WindowShortcut
            if whole
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        made.activated.connect(lambda: self._commands.run(command_id))
        return made
