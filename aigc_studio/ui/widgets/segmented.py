"""A few choices side by side, one of which holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from aigc_studio.ui import icons
from aigc_studio.ui.translate import titled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent


class Segmented(QFrame):
    """Two to five words side by side; Tab reaches the one that holds, arrows the others.

    Signals:
        chosen(str): a person chose another one; its key.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Mapping[str, str], name: str = "", icons_of: Mapping[str, str] | None = None
    ) -> None:
        """`choices` are words by key; `name` is for screen readers."""
        super().__init__()
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setSpacing(0)
        row.setContentsMargins(1, 1, 1, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for key, words in choices.items():
            made = QToolButton()
            made.setText(words)
            made.setCheckable(True)
            made.setProperty("kind", "segment")
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setAccessibleName(titled(name, words) if name else words)
            if icons_of and key in icons_of:
                made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                icons.dress(made, icons_of[key])
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            made.toggled.connect(self._let_tab_reach)
            self._group.addButton(made)
            self._buttons[key] = made
            row.addWidget(made, 1)
        widest = max(made.sizeHint().width() for made in self._buttons.values())
        for made in self._buttons.values():
            made.setMinimumWidth(widest)
        self.choose(next(iter(self._buttons)))

    @property
    def choice(self) -> str:
        """The key of the choice that holds; "" for none."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Let a choice hold, "" none of them; nothing is emitted."""
        if key:
            self._buttons[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def offer(self, key: str, there: bool) -> None:
        """Show a choice or hide it; the first one holds when the one that held is hidden."""
        self._buttons[key].setVisible(there)
        if not there and self.choice == key:
            self.choose(next(iter(self._buttons)))

    @Slot()
    def _let_tab_reach(self) -> None:
        reached = self.choice or next(iter(self._buttons))
        for key, made in self._buttons.items():
            tab, none = Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus
            made.setFocusPolicy(tab if key == reached else none)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = [key for key, made in self._buttons.items() if not made.isHidden()]
        at = keys.index(self.choice) if self.choice else 0
        key = keys[(at + step) % len(keys)]
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[key].click()
