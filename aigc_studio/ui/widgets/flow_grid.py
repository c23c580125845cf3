"""A grid of thumbnails, quick with thousands: only what is seen is asked for and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView

from aigc_studio.ui import style, theme
from aigc_studio.ui.widgets.grid_painter import PAD, GridPainter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    AnyIndex = QModelIndex | QPersistentModelIndex

_NONE = QModelIndex()
# A paint of a full screen asks for these hundreds of times.
_NOTHING = Qt.ItemFlag(0)
_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_DRAGGED = _FLAGS | Qt.ItemFlag.ItemIsDragEnabled


@dataclass(frozen=True)
class GridItem:
    """One thing in a grid.

    Attributes:
        id: what signals call it.
        name: shown below the picture.
        tip: shown when the pointer rests on it, and read to those who do not see.
        badge: name of an icon in the corner ("warning", "star-filled"), "" for none.
    """

    id: str
    name: str
    tip: str = ""
    badge: str = ""


class GridModel(QAbstractListModel):
    """The items of a grid, and what is dragged out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[GridItem] = []
        self.rows: dict[str, int] = {}
        self.files_of: Callable[[list[str]], list[Path]] | None = None

    def replace(self, items: Iterable[GridItem]) -> None:
        """Show other items; what is the same stays selected when only the end differs."""
        fresh = list(items)
        same = min(len(fresh), len(self.items))
        if fresh[:same] != self.items[:same]:
            self.beginResetModel()
            self._take(fresh)
            self.endResetModel()
        elif len(fresh) > same:
            self.beginInsertRows(_NONE, same, len(fresh) - 1)
            self._take(fresh)
            self.endInsertRows()
        elif len(self.items) > same:
            self.beginRemoveRows(_NONE, same, len(self.items) - 1)
            self._take(fresh)
            self.endRemoveRows()

    def _take(self, items: list[GridItem]) -> None:
        self.items = items
        self.rows = {item.id: row for row, item in enumerate(items)}

    def rowCount(self, parent: AnyIndex = _NONE) -> int:
        """Number of items."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = 0) -> object:
        """An item's name, its tip."""
        item = self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return item.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return item.tip or item.name
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Everything can be chosen; it can be dragged where there are files to drag."""
        return (_DRAGGED if self.files_of else _FLAGS) if index.isValid() else _NOTHING

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files of the items, for other programs."""
        mime = QMimeData()
        ids = [self.items[index.row()].id for index in indexes]
        if self.files_of:
            mime.setUrls([QUrl.fromLocalFile(str(path)) for path in self.files_of(ids)])
        mime.setData(MIME_IDS, "\n".join(ids).encode())
        return mime

    def mimeTypes(self) -> list[str]:
        """Files, and the ids inside the studio."""
        return ["text/uri-list", MIME_IDS]


MIME_IDS = "application/x-aigc-studio-assets"


class FlowGrid(QListView):
    """Thumbnails in lines that fill the width.

    Signals:
        opened(str): an item was double-clicked, or Enter pressed on it.
        selection_changed(list): ids of the chosen items, in their order.
        menu_wanted(QPoint): where, on the screen, a menu for the chosen items is asked for.

    Attributes:
        wanted: asked for the picture of an id at a side in device pixels; None: it comes later,
            then call `show_picture`.
    """

    opened = Signal(str)
    selection_changed = Signal(list)
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        side: int = theme.THUMBNAIL,
        *,
        names: bool = True,
        wanted: Callable[[str, int], QImage | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`side` of a thumbnail in tokens; `names` below them or not."""
        super().__init__(parent)
        self.wanted = wanted
        self.names = names
        self.focus_is_seen = True
        self.setProperty("ring", "own")
        self.items = GridModel(self)
        self._side = side
        self._aspect = 1.0
        self.setModel(self.items)
        self._painter = GridPainter(self)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at))
        )
        self.activated.connect(lambda index: self.opened.emit(self.items.items[index.row()].id))
        self.selectionModel().selectionChanged.connect(
            lambda: self.selection_changed.emit(self.selected())
        )
        self._fit_later = QTimer(self)
        self._fit_later.setSingleShot(True)
        self._fit_later.setInterval(0)
        self._fit_later.timeout.connect(self._fit)
        self.caption = style.font(theme.CAPTION)
        self._fit()

    @property
    def side(self) -> int:
        """Width of a thumbnail, in logical pixels."""
        return theme.px(self._side)

    @property
    def height_of_picture(self) -> int:
        """Height of a thumbnail, in logical pixels."""
        return round(self.side * self._aspect)

    def set_side(self, side: int, aspect: float = 1.0) -> None:
        """Show thumbnails of another size; `aspect` is height by width."""
        self._side, self._aspect = side, aspect
        self._fit()

    def show_items(self, items: Iterable[GridItem]) -> None:
        """Show these, and keep the selection where the same are still there."""
        chosen, current = self.selected(), self.current()
        self.items.replace(items)
        if chosen != self.selected():
            self.select(chosen, current)

    def selected(self) -> list[str]:
        """Ids of the chosen items, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.items.items[row].id for row in rows]

    def current(self) -> str:
        """Id of the item that keys act on, "" for none."""
        index = self.currentIndex()
        return self.items.items[index.row()].id if index.isValid() else ""

    def select(self, ids: Iterable[str], current: str = "") -> None:
        """Choose items; those that are not there are passed over."""
        model = self.selectionModel()
        model.clearSelection()
        rows = [self.items.rows[each] for each in ids if each in self.items.rows]
        if current in self.items.rows:
            at = self.items.index(self.items.rows[current])
            model.setCurrentIndex(at, model.SelectionFlag.NoUpdate)
        for row in rows:
            model.select(self.items.index(row), model.SelectionFlag.Select)

    def picture(self, item_id: str) -> QImage | None:
        """The picture of an item, if it is at hand; else it is asked for."""
        return self.wanted(item_id, self.pixels) if self.wanted else None

    @property
    def pixels(self) -> int:
        """Side of the pictures that are asked for, in device pixels."""
        return round(max(self.side, self.height_of_picture) * self.devicePixelRatio())

    def show_picture(self, item_id: str) -> None:
        """The picture of an item has come."""
        row = self.items.rows.get(item_id)
        if row is not None:
            self.update(self.items.index(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What took too long follows in turns of its own."""
        self._painter.begin()
        super().paintEvent(event)
        if self._painter.late:
            region = QRegion()
            for place in self._painter.late:
                region += place
            QTimer.singleShot(0, self.viewport(), lambda: self.viewport().update(region))

    def changeEvent(self, event: QEvent) -> None:
        """The theme changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_painter"):
            self._painter.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the width."""
        super().resizeEvent(event)
        self._fit_later.start()

    def _fit(self) -> None:
        self.caption = style.font(theme.CAPTION)
        self._painter.forget()
        cell = self.side + 2 * PAD
        columns = max(1, (self.viewport().width() - 1) // cell)
        width = max(cell, (self.viewport().width() - 1) // columns)
        words = round(theme.px(theme.CAPTION) * 1.5) if self.names else 0
        size = QSize(width, self.height_of_picture + words + 2 * PAD)
        if size != self.gridSize():
            self.setGridSize(size)
