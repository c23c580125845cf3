"""The list of layers: dragged up and down it reorders, dragged out it is a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QPainter
from PySide6.QtWidgets import QAbstractItemView

from aigc_studio.studio.carried import LAYERS_MIME
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.layer_row import (
    FOLD,
    ID,
    PICTURE,
    LayerRow,
    eye_place,
    fold_place,
    indented,
)
from aigc_studio.ui.widgets.name_list import NameList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QListWidgetItem

_LINE = 2


class LayerList(NameList):
    """The highest layer first.

    Signals:
        moved(int): the selected layers were dragged to above the row of this number.
        folded(str): a group is to be folded, or unfolded.
    """

    moved = Signal(int)
    folded = Signal(str)

    def __init__(self, mime_of: Callable[[], QMimeData | None]) -> None:
        """`mime_of` tells what the selected layers are for other programs."""
        super().__init__()
        self._mime_of = mime_of
        self._gap: int | None = None
        self.setItemDelegate(LayerRow(self))
        self.setIconSize(QSize(theme.px(PICTURE), theme.px(PICTURE)))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the eye it shows or hides, on a group's arrow it folds; neither chooses anything."""
        item = self.itemAt(event.position().toPoint())
        if item is not None and self._folds(item, event.position().toPoint()):
            self.folded.emit(item.data(ID))
            return
        eye = item is not None and eye_place(self.visualItemRect(item))
        if item is None or not eye or not eye.contains(event.position().toPoint()):
            super().mousePressEvent(event)
            return
        shown = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if shown else Qt.CheckState.Checked)

    def _folds(self, item: QListWidgetItem, at: QPoint) -> bool:
        row = indented(self.visualItemRect(item), self.indexFromItem(item))
        return bool(item.data(FOLD)) and fold_place(row).contains(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left folds a group, right unfolds it."""
        item = self.currentItem()
        wanted = {Qt.Key.Key_Left: "open", Qt.Key.Key_Right: "folded"}.get(Qt.Key(event.key()))
        if item is not None and wanted and item.data(FOLD) == wanted:
            self.folded.emit(item.data(ID))
        else:
            super().keyPressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected layers."""
        mime = self._mime_of()
        if mime is not None:
            drag = QDrag(self)
            drag.setMimeData(mime)
            first = self.selectedItems()[0]
            drag.setPixmap(first.icon().pixmap(self.iconSize()))
            drag.exec(Qt.DropAction.CopyAction)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """As in a drag."""
        return self._mime_of() or super().mimeData(items)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only its own layers."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would go."""
        super().dragMoveEvent(event)
        self._judge(event)
        self._show_gap(self.row_at(event.position().toPoint().y()) if event.isAccepted() else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They would go nowhere."""
        super().dragLeaveEvent(event)
        self._show_gap(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where dragged layers would go."""
        super().paintEvent(event)
        if self._gap is None or not self.count():
            return
        last = self.visualItemRect(self.item(self.count() - 1)).bottom()
        below = self._gap >= self.count()
        y = last if below else self.visualItemRect(self.item(self._gap)).top()
        painter = QPainter(self.viewport())
        colour = QColor(theme.colours().accent)
        painter.fillRect(0, max(y - 1, 0), self.viewport().width(), _LINE, colour)
        painter.end()

    def _show_gap(self, row: int | None) -> None:
        self._gap = row
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where they were dropped; the document moves them."""
        if event.source() is self:
            event.acceptProposedAction()
            self.moved.emit(self.row_at(event.position().toPoint().y()))
        self._show_gap(None)

    def row_at(self, y: int) -> int:
        """The row above which something dropped at this height goes."""
        for row in range(self.count()):
            if y < self.visualItemRect(self.item(row)).center().y():
                return row
        return self.count()

    def _judge(self, event: QDragMoveEvent) -> None:
        if event.source() is self and event.mimeData().hasFormat(LAYERS_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def ids(self) -> list[str]:
        """The layers and groups, the highest first."""
        return [str(self.item(row).data(ID)) for row in range(self.count())]
