"""A close look at one picture, over the page; arrows go on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.keys import would_be_shortcut
from aigc_studio.ui.library.details import Picture
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, frame, label

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent

LARGEST = 1024
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_AWAY = (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Look(QFrame):
    """Covers the page it belongs to; Space, Esc, Enter or a click put it away.

    Signals:
        stepped(int): a person wants the next picture (1) or the one before (-1).
        left(): it was put away.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setProperty("kind", "stage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("A close look"))
        self.picture = Picture(tr("The chosen picture"))
        self.picture.set_fills(True)
        self.words = label("", "strong")
        foot = column(margin=theme.SPACE[1])
        foot.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        stack = column(gap=theme.SPACE[2])
        stack.addWidget(self.picture, 1)
        stack.addWidget(frame("foot", foot))
        self.setLayout(stack)
        page.installEventFilter(self)
        self.hide()

    def show_picture(self, image: QImage | None, words: str) -> None:
        """Look at this; None while it is being read."""
        self.picture.show_picture(image)
        self.words.setText(words)
        self.picture.setAccessibleDescription(words)
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        """Put it away."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the page."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of anything else meanwhile."""
        if would_be_shortcut(event, (*_STEPS, *_AWAY)):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, or away."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _AWAY:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts it away."""
        self.leave()
