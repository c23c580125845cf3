"""A line of text with its name above; what was typed is told when it is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from aigc_studio.ui.widgets.basics import column, label


class LineField(QWidget):
    """A named line.

    Signals:
        committed(str): a person changed the text and pressed Enter or went elsewhere.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        """`hint` stands in the empty field."""
        super().__init__()
        self._hint, self._shown = hint, ""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.editingFinished.connect(self._leave)
        words = label(name, "caption")
        words.setBuddy(self.edit)
        stack = column(gap=2)
        stack.addWidget(words)
        stack.addWidget(self.edit)
        self.setLayout(stack)

    def show_text(self, text: str, hint: str = "") -> None:
        """Show what the project says; `hint` tells for instance that several differ."""
        self.edit.setPlaceholderText(hint or self._hint)
        if text != self._shown or not self.edit.hasFocus():
            self._shown = text
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def _leave(self) -> None:
        text = self.edit.text().strip()
        if text != self._shown:
            self._shown = text
            self.committed.emit(text)
