"""A layout that fills lines like words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from aigc_studio.ui import theme


class FlowLayout(QLayout):
    """Places items from left to right, and begins a new line where one is full."""

    def __init__(self, parent: QWidget | None = None, gap: int = theme.SPACE[3]) -> None:
        """`gap` stands between items and between lines."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of the items."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one of the items out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it is as wide as it is told to be."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the lines are at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, where: QRect) -> None:
        """Arrange the items."""
        super().setGeometry(where)
        self._arrange(where, move=True)

    def sizeHint(self) -> QSize:
        """The smallest size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """That of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, where: QRect, *, move: bool) -> int:
        x, y, high = where.x(), where.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            if x > where.x() and x + size.width() > where.right() + 1:
                x, y, high = where.x(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, high = x + size.width() + self._gap, max(high, size.height())
        return y + high - where.y()
