"""Commands: what menus, the palette, shortcuts and their page all come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aigc_studio.studio.settings import Settings

# Letters act only where they cannot be meant as words.
Scope = Literal["window", "library", "canvas", "dock", "timeline"]
# Chinese input methods are switched with it.
NEVER_BOUND = ("Ctrl+Space",)


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """Something a person can do.

    Attributes:
        id: "edit.undo"; the part before the first dot is the menu it lies in.
        title: translated words, as in a menu.
        run: does it.
        keys: the keys it comes with, in Qt's portable words ("Ctrl+Z").
        scope: where the keys act: in the whole window, or while this part has the focus.
        enabled: whether it can be done now.
        checked: for something that is on or off, whether it is on; None for all others.
        icon: name of an icon, "" for none.
        in_palette: whether the palette offers it.
        now: what the menu says at this moment in place of the title; None for the title.
    """

    id: str
    title: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    scope: Scope = "window"
    enabled: Callable[[], bool] = _always
    checked: Callable[[], bool] | None = None
    icon: str = ""
    in_palette: bool = True
    now: Callable[[], str] | None = None

    @property
    def menu(self) -> str:
        """The menu it lies in."""
        return self.id.partition(".")[0]


class Commands(QObject):
    """All commands by id, with the keys a person gave them.

    Signals:
        changed: commands were added or removed, or keys were changed.
        state_changed: what is enabled or checked may have changed.
    """

    changed = Signal()
    state_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._commands: dict[str, Command] = {}
        settings.changed.connect(self._on_settings)

    def add(self, *commands: Command) -> None:
        """Add commands; one of the same id is replaced (another language)."""
        for command in commands:
            self._check(command.keys, command.scope)
            self._commands[command.id] = command
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        """Take commands out; unknown ids are passed over."""
        for command_id in ids:
            self._commands.pop(command_id, None)
        self.changed.emit()

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._commands

    def all(self) -> list[Command]:
        """Every command in the order they were added."""
        return list(self._commands.values())

    def in_menu(self, menu: str) -> list[Command]:
        """The commands of one menu, in order."""
        return [command for command in self._commands.values() if command.menu == menu]

    def keys_of(self, command_id: str) -> tuple[str, ...]:
        """The keys that act now: a person's own, else those the command came with."""
        own = self._settings.values.shortcuts.get(command_id)
        return self._commands[command_id].keys if own is None else own

    def run(self, command_id: str) -> bool:
        """Do it; answers whether it was there and enabled."""
        command = self._commands.get(command_id)
        if command is None or not command.enabled():
            return False
        command.run()
        self.state_changed.emit()
        return True

    def remap(self, command_id: str, keys: Iterable[str]) -> None:
        """Give a command other keys; what else had them in its scope loses them.

        Raises:
            StudioError: kind "input", keys that may not be bound.
        """
        command = self._commands[command_id]
        wanted = tuple(_normal(key) for key in keys)
        self._check(wanted, command.scope)
        own = dict(self._settings.values.shortcuts)
        for other in self.conflicts(command_id, wanted):
            own[other.id] = tuple(k for k in self.keys_of(other.id) if _normal(k) not in wanted)
        own[command_id] = wanted
        self._settings.change(shortcuts=own)

    def reset_keys(self, command_id: str | None = None) -> None:
        """Give one command, or all, the keys they came with."""
        own = dict(self._settings.values.shortcuts)
        for key in [command_id] if command_id else list(own):
            own.pop(key, None)
        self._settings.change(shortcuts=own)

    def conflicts(self, command_id: str, keys: Iterable[str]) -> list[Command]:
        """Other commands that one of these keys would reach in the same place."""
        scope = self._commands[command_id].scope
        wanted = {_normal(key) for key in keys}
        return [
            other
            for other in self._commands.values()
            if other.id != command_id
            and (scope == other.scope or "window" in (scope, other.scope))
            and wanted & {_normal(key) for key in self.keys_of(other.id)}
        ]

    def search(self, words: str) -> list[Command]:
        """Commands of the palette whose title holds all letters of `words` in order, best first."""
        found = [
            (score, index, command)
            for index, command in enumerate(self._commands.values())
            if command.in_palette and (score := _match(words, command.title)) is not None
        ]
        return [command for _, _, command in sorted(found, key=lambda each: each[:2])]

    def _on_settings(self, fields: frozenset[str]) -> None:
        if "shortcuts" in fields:
            self.changed.emit()

    def _check(self, keys: Iterable[str], scope: Scope) -> None:
        for key in keys:
            if not QKeySequence(key).toString() or _normal(key) in NEVER_BOUND:
                raise _unusable(key, "it is not free")
            if scope == "window" and len(_normal(key).removeprefix("Shift+")) == 1:
                raise _unusable(key, "a letter alone would act while words are typed")


def _normal(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _unusable(key: str, reason: str) -> StudioError:
    return StudioError(
        f'"{key}" cannot be a shortcut: {reason}.',
        kept="The shortcuts are as they were.",
        todo="Choose other keys.",
        kind="input",
    )


def _match(words: str, title: str) -> int | None:
    """How far apart the letters of `words` lie in `title`; None when they are not all there."""
    wanted, text = words.casefold().replace(" ", ""), title.casefold()
    if words.casefold() in text:
        return text.index(words.casefold())
    place, spread = -1, 1000
    for letter in wanted:
        found = text.find(letter, place + 1)
        if found < 0:
            return None
        spread += found - place - 1
        place = found
    return spread
