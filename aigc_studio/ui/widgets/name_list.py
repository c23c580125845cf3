"""A list whose rows have names that people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QListWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidgetItem, QWidget


class NameList(QListWidget):
    """What shows rows here waits while a name `is_typed`: rows that change take the field away,
    and what was typed with it.

    Signals:
        typed: a field was left, and the name is kept; rows may be shown anew.
    """

    typed = Signal()

    @property
    def is_typed(self) -> bool:
        """Whether the field of a name is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_row(self, item: QListWidgetItem | None) -> None:
        """Let a person type the name of a row; one that is being typed stays."""
        if item is not None and not self.is_typed:
            self.editItem(item)

    def give_up(self) -> None:
        """Close the field without its name: the row is of something that is left."""
        field = self.viewport().findChild(QLineEdit) if self.is_typed else None
        if field is not None:
            self.closeEditor(field, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tell of it, once Qt is done with the field."""
        super().closeEditor(editor, hint)
        QTimer.singleShot(0, self, self.typed.emit)
