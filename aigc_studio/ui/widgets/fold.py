"""Controls under a heading that opens and closes them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.widgets.basics import button, column


class Fold(QWidget):
    """Closed until it is asked for.

    Attributes:
        heading: the button that opens and closes.
        inside: what it shows, a column.
    """

    def __init__(self, words: str, icon: str) -> None:
        super().__init__()
        self.heading = button(words, self._toggle, kind="quiet", icon=icon)
        self.heading.setCheckable(True)
        self.inside = QWidget()
        self._column = column(gap=theme.SPACE[0])
        self.inside.setLayout(self._column)
        self.inside.hide()
        stack = column(gap=theme.SPACE[0])
        stack.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self.inside)
        self.setLayout(stack)

    def put(self, part: QWidget) -> None:
        """Add something below what is inside."""
        self._column.addWidget(part)

    def _toggle(self) -> None:
        self.inside.setVisible(self.heading.isChecked())
