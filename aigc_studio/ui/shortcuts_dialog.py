"""The page of all shortcuts; each can be given other keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from aigc_studio.base.errors import StudioError
from aigc_studio.ui import theme
from aigc_studio.ui.keys import shown_keys
from aigc_studio.ui.translate import later, listed, tr
from aigc_studio.ui.widgets.basics import button, column, label, rekind
from aigc_studio.ui.wording import told

if TYPE_CHECKING:
    from aigc_studio.studio.commands import Command, Commands, Scope

_PLACES: dict[Scope, str] = {
    "window": later("Everywhere"),
    "library": later("In the library"),
    "canvas": later("On the canvas"),
    "dock": later("In the dock"),
    "timeline": later("On the timeline"),
}
_ID = int(Qt.ItemDataRole.UserRole)


class ShortcutsDialog(QDialog):
    """Commands by where they act, with their keys; below, a field for other keys."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(theme.px(640), theme.px(560))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search commands or keys"))
        self.search.setAccessibleName(tr("Search commands or keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = self._tree()
        self.keys = QKeySequenceEdit()
        for each in (self.keys, *self.keys.findChildren(QLineEdit)):  # which has the focus
            each.setAccessibleName(tr("New keys"))
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.keys.keySequenceChanged.connect(self._told)
        self.note = label("", "secondary", wrap=True)
        self.give = button(tr("Use these keys"), self._give, kind="primary")
        self.clear = button(tr("No keys"), self._clear)
        self.reset = button(tr("As it was"), self._reset)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[3])
        stack.addWidget(self.search)
        stack.addWidget(self.tree, 1)
        stack.addLayout(self._row())
        stack.addWidget(self.note)
        stack.addLayout(self._foot())
        self.setLayout(stack)
        commands.changed.connect(self._fill)
        self._fill()

    def _tree(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(tr("Shortcuts"))
        made.setColumnCount(2)
        made.setHeaderLabels([tr("Command"), tr("Keys")])
        made.setRootIsDecorated(False)
        made.setIndentation(theme.SPACE[2])
        made.setUniformRowHeights(True)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.header().setStretchLastSection(False)
        made.currentItemChanged.connect(self._chosen)
        return made

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.keys, 1)
        for part in (self.give, self.clear, self.reset):
            row.addWidget(part)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("All as they were"), self._commands.reset_keys, kind="quiet"))
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.accept))
        return row

    def _fill(self) -> None:
        chosen = self.current()
        self.tree.clear()
        for scope, words in _PLACES.items():
            commands = [each for each in self._commands.all() if each.scope == scope]
            if commands:
                self._group(tr(words), commands, chosen)
        self._filter(self.search.text())
        self._chosen()

    def _group(self, words: str, commands: list[Command], chosen: str) -> None:
        group = QTreeWidgetItem(self.tree, [words])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        heading = self.tree.font()
        heading.setWeight(heading.Weight.DemiBold)
        group.setFont(0, heading)
        for command in sorted(commands, key=lambda each: each.title.casefold()):
            keys = self._commands.keys_of(command.id)
            row = QTreeWidgetItem(group, [command.title, shown_keys(keys)])
            row.setData(0, _ID, command.id)
            if command.id == chosen:
                self.tree.setCurrentItem(row)
        group.setExpanded(True)

    def current(self) -> str:
        """Id of the command whose keys are shown, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item else ""

    def choose(self, command_id: str) -> None:
        """Show the keys of a command."""
        for row in self._rows():
            if row.data(0, _ID) == command_id:
                self.tree.setCurrentItem(row)

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for group in self._groups() for row in _children(group)]

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [group for group in found if group]

    def _filter(self, words: str) -> None:
        wanted = words.casefold()
        for row in self._rows():
            row.setHidden(wanted not in f"{row.text(0)} {row.text(1)}".casefold())
        for group in self._groups():
            group.setHidden(all(row.isHidden() for row in _children(group)))

    def _chosen(self, *_: object) -> None:
        command_id = self.current()
        for part in (self.keys, self.give, self.clear, self.reset):
            part.setEnabled(bool(command_id))
        self.keys.clear()
        self._say("" if command_id else tr("Choose a command to give it other keys."))

    def _typed(self) -> tuple[str, ...]:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (keys,) if keys else ()

    def _told(self) -> None:
        if not (self.current() and self._typed()):
            return
        taken = self._commands.conflicts(self.current(), self._typed())
        names = listed(command.title for command in taken)
        self._say(
            tr("{names} has these keys now and would lose them.", names=names) if taken else ""
        )

    def _give(self) -> None:
        if not self._typed():
            self._say(tr("Press the keys in the field first."))
            return
        try:
            self._commands.remap(self.current(), self._typed())
        except StudioError as error:
            self._say(told(error), wrong=True)
            return
        self._say(tr("Done."))

    def _clear(self) -> None:
        self._commands.remap(self.current(), ())

    def _reset(self) -> None:
        self._commands.reset_keys(self.current())

    def _say(self, words: str, *, wrong: bool = False) -> None:
        rekind(self.note, "error" if wrong else "secondary")
        self.note.setText(words)


def _children(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (group.child(at) for at in range(group.childCount()))
    return [row for row in found if row]
