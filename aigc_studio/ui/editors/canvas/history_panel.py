"""History: every step since the project was opened; a click or Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from aigc_studio.ui import icons, theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.wording import undo_words

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.view import CanvasView

_REST_MS = 150
_SIDE = 32
_NUMBER = int(Qt.ItemDataRole.UserRole)
_WHEN = _NUMBER + 1  # -1 done, 0 the present one, 1 undone


class HistoryPanel(QListWidget):
    """The newest step last; the present one is marked, those that were undone are grey."""

    def __init__(self, studio: Studio, view: CanvasView) -> None:
        super().__init__()
        self._studio, self._view = studio, view
        self.setAccessibleName(tr("History"))
        self.setIconSize(QSize(theme.px(_SIDE), theme.px(_SIDE)))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)
        # A picture is taken when nothing has changed for a moment, of what is shown then.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._take_picture)
        studio.session.history_changed.connect(self.refresh)
        studio.thumbnails.ready.connect(self._on_picture)
        self.refresh()

    def refresh(self) -> None:
        """Show the steps as they are now."""
        steps, position = self._studio.session.steps, self._studio.session.position
        numbers = [steps[0].number - 1 if steps else 0, *(step.number for step in steps)]
        shown = [self.item(row).data(_NUMBER) for row in range(self.count())]
        same = next(
            (at for at, pair in enumerate(zip(shown, numbers, strict=False)) if pair[0] != pair[1]),
            min(len(shown), len(numbers)),
        )
        while self.count() > same:
            self.takeItem(self.count() - 1)
        for row in range(same, len(numbers)):
            label = undo_words(steps[row - 1].edit.label) if row else tr("As it was opened")
            self._add(label, numbers[row])
        for row in range(self.count()):
            self._show_state(self.item(row), row, position)
        self.setCurrentRow(position)
        self._rest.start()

    def _add(self, words: str, number: int) -> None:
        item = QListWidgetItem(_blank(), words)
        item.setData(_NUMBER, number)
        item.setSizeHint(QSize(0, theme.px(_SIDE + 8)))
        self.addItem(item)

    def _show_state(self, item: QListWidgetItem, row: int, position: int) -> None:
        when = (row > position) - (row < position)
        if item.data(_WHEN) == when:
            return
        item.setData(_WHEN, when)
        colours, font = theme.colours(), self.font()
        font.setItalic(row > position)
        font.setBold(row == position)
        item.setFont(font)
        item.setForeground(QColor(colours.secondary if row > position else colours.text))
        words = item.text()
        if row > position:
            words = tr("{step} (undone)", step=words)
        elif row == position:
            words = tr("{step} (now)", step=words)
        item.setToolTip(words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def _go(self, item: QListWidgetItem) -> None:
        self._studio.session.go_to(self.row(item))

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        self._rest.start()

    def _take_picture(self) -> None:
        canvas = self._view.canvas
        item = self.item(self._studio.session.position)
        if canvas is None or item is None or self._studio.stage.canvas is not canvas:
            return
        side = round(theme.px(_SIDE) * self.devicePixelRatioF())
        pixmap = QPixmap.fromImage(self._view.layers.snapshot(canvas, side))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        item.setIcon(_icon(pixmap))


def _icon(pixmap: QPixmap) -> QIcon:
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made


def _blank() -> QIcon:
    return QIcon(icons.picture("dot", theme.colours().edge, theme.px(_SIDE)))
