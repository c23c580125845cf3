"""The collections on the left: choose, make, rename, remove, drop pictures onto them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
)

from aigc_studio.ui import style, theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.flow_grid import MIME_IDS
from aigc_studio.ui.widgets.name_list import NameList
from aigc_studio.ui.widgets.side import reveal

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from aigc_studio.document.model import Project

_ID = int(Qt.ItemDataRole.UserRole) + 1
_COUNT = int(Qt.ItemDataRole.UserRole) + 2


class _Painter(QStyledItemDelegate):
    """The name as ever, the count at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        where: QRect = option.rect
        painter.save()
        painter.setFont(style.font(theme.CAPTION))
        painter.setPen(QColor(theme.colours().secondary))
        box = where.adjusted(0, 0, -theme.SPACE[1], 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(right), f"{index.data(_COUNT):,}")
        painter.restore()


class CollectionList(NameList):
    """All pictures, then every collection.

    Signals:
        chosen(str): id of the collection that is shown now, "" for all pictures.
        renamed(str, str): a person gave a collection another name.
        removal_wanted(str): take a collection away.
        dropped(str, list): assets were dropped onto a collection.
        training_wanted(str): train on a collection.
    """

    chosen = Signal(str)
    renamed = Signal(str, str)
    removal_wanted = Signal(str)
    dropped = Signal(str, list)
    training_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Collections"))
        self.setItemDelegate(_Painter(self))
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.choice))
        self.itemChanged.connect(self._on_changed)
        self.typed.connect(self._on_typed)
        self._later: Project | None = None
        self._project_id = ""
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(lambda: self._remove(self.choice))

    @property
    def choice(self) -> str:
        """Id of the collection that is shown, "" for all pictures."""
        item = self.currentItem()
        return str(item.data(_ID)) if item else ""

    def show_project(self, project: Project) -> None:
        """Show its collections; the choice stays where it is still there."""
        if project.id != self._project_id:
            self._project_id, self._later = project.id, None
            self.give_up()
        if self.is_typed:
            self._later = project
            return
        choice = self.choice
        everything = sum(not asset.render for asset in project.assets.values())
        rows = [("", tr("All pictures"), everything)]
        rows += [(c.id, c.name, len(c.items)) for c in project.collections.values()]
        self.blockSignals(True)
        self.clear()
        for key, name, count in rows:
            self._add(key, name, count)
        self.blockSignals(False)
        self.choose(choice if choice in project.collections else "")

    def choose(self, collection_id: str) -> None:
        """Show a collection."""
        for row in range(self.count()):
            if self.item(row).data(_ID) == collection_id:
                self.setCurrentRow(row)

    def edit_name(self, collection_id: str) -> None:
        """Let a person type a name."""
        if self.is_typed and self.choice != collection_id:
            self.setCurrentRow(-1)  # keeps what was typed elsewhere
            self._on_typed()
        self.choose(collection_id)
        if self.choice:
            reveal(self)
            self.edit_row(self.currentItem())

    def _on_typed(self) -> None:
        later, self._later = self._later, None
        if later is not None:
            self.show_project(later)

    def _add(self, key: str, name: str, count: int) -> None:
        item = QListWidgetItem(name)
        item.setData(_ID, key)
        item.setData(_COUNT, count)
        item.setToolTip(name)
        if key:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.addItem(item)

    def _on_changed(self, item: QListWidgetItem) -> None:
        key, name = item.data(_ID), item.text().strip()
        if key:
            # Once the editor is closed: the list is filled anew by what follows.
            QTimer.singleShot(0, self, lambda: self.renamed.emit(key, name))

    def _remove(self, key: str) -> None:
        if key:
            self.removal_wanted.emit(key)

    def _menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        key = str(item.data(_ID)) if item else ""
        if not key:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename")).triggered.connect(lambda: self.edit_name(key))
        menu.addAction(tr("Train on it...")).triggered.connect(
            lambda: self.training_wanted.emit(key)
        )
        menu.addSeparator()
        menu.addAction(tr("Remove the collection")).triggered.connect(lambda: self._remove(key))
        menu.popup(self.viewport().mapToGlobal(at))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures of the library are welcome; files go to the place."""
        if event.mimeData().hasFormat(MIME_IDS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A collection takes them, "all pictures" has them already."""
        item = self.itemAt(event.position().toPoint())
        event.setAccepted(bool(item and item.data(_ID)))

    def dropEvent(self, event: QDropEvent) -> None:
        """They are added to the collection."""
        item = self.itemAt(event.position().toPoint())
        if item and item.data(_ID) and event.mimeData().hasFormat(MIME_IDS):
            ids = bytes(event.mimeData().data(MIME_IDS).data()).decode().split("\n")
            event.acceptProposedAction()
            self.dropped.emit(item.data(_ID), ids)
