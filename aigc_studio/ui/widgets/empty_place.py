"""What stands where nothing is yet: an icon, a sentence, one thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.widgets.basics import button, label, picture_label

if TYPE_CHECKING:
    from collections.abc import Callable


class EmptyPlace(QWidget):
    """An icon, one sentence, a primary button, a quiet one below it."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        primary: tuple[str, Callable[[], object]] | None = None,
        quiet: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """The buttons are words and what they do."""
        super().__init__()
        stack = QVBoxLayout(self)
        stack.setSpacing(theme.SPACE[2])
        stack.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        stack.addWidget(picture_label(icon, theme.ICON_EMPTY), 0, middle)
        words = label(sentence, "secondary", wrap=True)
        words.setAlignment(middle)
        words.setMaximumWidth(theme.px(420))
        # Not aligned by the column, which would give it the height of a wider sentence.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(words, 100)
        row.addStretch(1)
        stack.addLayout(row)
        self.sentence = words
        for kind, offer in (("primary", primary), ("quiet", quiet)):
            if offer:
                stack.addWidget(button(offer[0], offer[1], kind=kind), 0, middle)
        stack.addStretch(3)
