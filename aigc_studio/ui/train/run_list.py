"""All runs, newest first: name, how it stands, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
)

from aigc_studio.ui import style, theme
from aigc_studio.ui.train import words
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from aigc_studio.studio.run_view import RunView

_ID = int(Qt.ItemDataRole.UserRole) + 1
_STATE = int(Qt.ItemDataRole.UserRole) + 2
_PART = int(Qt.ItemDataRole.UserRole) + 3
_HIGH, _BAR = 48, 3
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver


class _Painter(QStyledItemDelegate):
    """Two lines, and a bar below a run that goes on."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.px(120), theme.px(_HIGH))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours, where = theme.colours(), option.rect
        painter.save()
        if option.state & _SELECTED:
            painter.fillRect(where, QColor(colours.selected))
        elif option.state & _HOVERED:
            painter.fillRect(where, QColor(colours.hover))
        box: QRect = where.adjusted(
            theme.SPACE[2], theme.SPACE[1], -theme.SPACE[2], -theme.SPACE[1]
        )
        for text, size, colour, side in (
            (index.data(), theme.BODY, colours.text, Qt.AlignmentFlag.AlignTop),
            (index.data(_STATE), theme.CAPTION, colours.secondary, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(style.font(size))
            painter.setPen(QColor(colour))
            fitting = painter.fontMetrics().elidedText(
                str(text), Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignLeft), fitting)
        part = float(index.data(_PART))
        if part:
            bar = QRect(where.left(), where.bottom() - _BAR, where.width(), _BAR)
            painter.fillRect(bar, QColor(colours.field))
            bar.setWidth(round(bar.width() * part))
            painter.fillRect(bar, QColor(colours.accent))
        painter.restore()


class RunList(QListWidget):
    """The runs.

    Signals:
        chosen(str): id of a run; "" when none is chosen any more.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Training runs"))
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.choice))

    @property
    def choice(self) -> str:
        """Id of the chosen run, "" for none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item else ""

    def show_runs(self, views: Sequence[RunView]) -> None:
        """Show these; the choice stays where it is still there."""
        choice = self.choice
        self.blockSignals(True)
        self.clear()
        for view in views:
            item = QListWidgetItem()
            item.setData(_ID, view.id)
            self.addItem(item)
            self.show_run(view)
        self.choose(choice)
        self.blockSignals(False)
        if self.choice != choice:
            self.chosen.emit(self.choice)

    def show_run(self, view: RunView) -> None:
        """Show a run as it is now."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_ID) == view.id:
                item.setText(view.name or view.id)
                item.setData(_STATE, words.state(view))
                item.setData(_PART, view.part if view.going_on else 0.0)

    def choose(self, run_id: str) -> None:
        """Choose a run; "" for none."""
        for row in range(self.count()):
            if self.item(row).data(_ID) == run_id:
                self.setCurrentRow(row)
                return
        self.setCurrentRow(-1)
