"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBitmap, QKeyEvent, QPainter, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from aigc_studio.ui import theme
from aigc_studio.ui.keys import shown_keys
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, frame, label, picture_label

if TYPE_CHECKING:
    from aigc_studio.studio.commands import Command, Commands

_TO_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """Every command that can be done now, found by its words."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(tr("Commands"))
        self._commands = commands
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("What would you like to do?"))
        self.field.setAccessibleName(tr("Search commands"))
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._run_current)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self._run_current())
        self.nothing = label(tr("Nothing is called like this."), "secondary")
        inside = column(gap=theme.SPACE[1], margin=theme.SPACE[1])
        for part in (self.field, self.list, self.nothing):
            inside.addWidget(part)
        around = column()
        around.addWidget(frame("popover", inside))
        self.setLayout(around)
        self._place(parent)
        self._search("")

    def _place(self, parent: QWidget) -> None:
        width = min(theme.px(theme.DIALOG_WIDTH), parent.width() - 2 * theme.SPACE[5])
        self.setFixedWidth(width)
        top = theme.px(theme.TOOLBAR) + theme.SPACE[3]
        self.move(parent.mapToGlobal(QPoint((parent.width() - width) // 2, top)))

    def _search(self, words: str) -> None:
        self.list.clear()
        for command in self._commands.search(words):
            if command.enabled():
                self._add(command)
        self.list.setCurrentRow(0)
        found = self.list.count()
        self.list.setVisible(found > 0)
        self.nothing.setVisible(found == 0)
        row = theme.px(theme.CONTROL) + theme.SPACE[0]
        self.list.setFixedHeight(row * min(found, 10) + theme.SPACE[0])
        self.adjustSize()

    def _add(self, command: Command) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, command.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, command.title)
        item.setSizeHint(QSize(0, theme.px(theme.CONTROL) + theme.SPACE[0]))
        self.list.addItem(item)
        self.list.setItemWidget(item, _row(command, self._commands.keys_of(command.id)))

    def _run_current(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        chosen = str(item.data(Qt.ItemDataRole.UserRole))
        self.close()
        self._commands.run(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave its corners out: where nothing blends windows they would be black."""
        super().resizeEvent(event)
        self.setMask(_rounded(self.size()))

    def changeEvent(self, event: QEvent) -> None:
        """Leave as soon as something else is used."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows act on the list while the words have the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            to_list = event.key() in _TO_LIST
            if to_list:
                QApplication.sendEvent(self.list, event)
            return to_list
        return False


def _rounded(size: QSize) -> QRegion:
    """Every pixel that a popover of this size touches."""
    touched = QBitmap(size)
    touched.clear()
    painter = QPainter(touched)
    painter.setPen(Qt.GlobalColor.color1)
    painter.setBrush(Qt.GlobalColor.color1)
    radius = theme.RADIUS_CARD
    painter.drawRoundedRect(QRectF(0, 0, size.width() - 1, size.height() - 1), radius, radius)
    painter.end()
    return QRegion(touched)


def _row(command: Command, keys: tuple[str, ...]) -> QWidget:
    row = QHBoxLayout()
    row.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
    row.setSpacing(theme.SPACE[1])
    row.addWidget(picture_label(command.icon or "command"))
    row.addWidget(label(command.title))
    row.addStretch(1)
    row.addWidget(label(shown_keys(keys), "caption"))
    made = QWidget()
    made.setLayout(row)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
