"""Presets: points of the dock under names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidgetItem, QToolButton

from aigc_studio.document.preset_edits import remove_preset, rename_preset
from aigc_studio.studio.presets import keep_preset, recall
from aigc_studio.ui import theme
from aigc_studio.ui.keys import would_be_shortcut
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label, tool
from aigc_studio.ui.widgets.name_list import NameList

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_ID = Qt.ItemDataRole.UserRole
_WIDE, _ROWS = 260, 8


class PresetsPopover(QFrame):
    """Keep, apply, rename and remove presets."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self._studio = studio
        self.setProperty("kind", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(_WIDE))
        self.keep = button(tr("Keep this as a preset"), self._keep, icon="star")
        self.list = NameList()
        self.list.setAccessibleName(tr("Presets"))
        self.list.setEditTriggers(NameList.EditTrigger.EditKeyPressed)
        self.list.itemClicked.connect(self._apply)
        self.list.itemActivated.connect(self._apply)
        self.list.itemChanged.connect(self._rename)
        self.list.typed.connect(self.refresh)
        self.list.installEventFilter(self)
        self.hint = label("", "caption", wrap=True)
        self.edit = tool("rename", tr("Rename"), self._edit)
        self.remove = tool("trash", tr("Remove"), self._remove)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.edit)
        foot.addWidget(self.remove)
        stack = column(margin=theme.SPACE[1])
        stack.addWidget(self.keep)
        stack.addWidget(self.list)
        stack.addLayout(foot)
        self.setLayout(stack)
        self.list.currentRowChanged.connect(self._enable)
        self.refresh()

    def refresh(self) -> None:
        """Show what the project has now."""
        if self.list.is_typed:
            return  # done when the name is there
        result = self._studio.instrument.result
        self.keep.setEnabled(result is not None and bool(result.number))
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for preset in self._studio.session.project.presets.values():
            item = QListWidgetItem(preset.name)
            item.setData(_ID, preset.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setSizeHint(QSize(0, theme.px(theme.CONTROL)))
            self.list.addItem(item)
        self.list.blockSignals(False)
        count = self.list.count()
        self.list.setCurrentRow(min(max(row, 0), count - 1))
        self.list.setFixedHeight(theme.px(theme.CONTROL) * min(max(count, 1), _ROWS) + 4)
        self.list.setVisible(bool(count))
        self.hint.setText(
            tr("A click goes there.") if count else tr("What you keep or star is found here.")
        )
        self._enable()
        self.adjustSize()

    def _enable(self) -> None:
        for part in (self.edit, self.remove):
            part.setEnabled(self.list.currentItem() is not None)

    def _keep(self) -> None:
        result = self._studio.instrument.result
        if result:
            keep_preset(self._studio.session, result, self._studio.lock.names)
            self.refresh()

    def _apply(self, item: QListWidgetItem) -> None:
        preset = self._studio.session.project.presets.get(item.data(_ID))
        if preset:
            recall(self._studio.instrument, self._studio.directions, preset)

    def _edit(self) -> None:
        self.list.edit_row(self.list.currentItem())

    def _rename(self, item: QListWidgetItem) -> None:
        key, name = item.data(_ID), item.text().strip()
        if name:
            self._studio.session.do(lambda project: rename_preset(project, key, name))

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item:
            key = item.data(_ID)
            self._studio.session.do(lambda project: remove_preset(project, key))
            self.refresh()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Delete removes."""
        if would_be_shortcut(event, (Qt.Key.Key_Delete,)):
            event.accept()
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self._remove()
            return True
        return False


def presets_button(studio: Studio) -> QToolButton:
    """A button that shows the presets below it."""

    def show() -> None:
        if studio.session.is_open:
            popover = PresetsPopover(studio)
            corner = made.mapToGlobal(QPoint(made.width(), made.height() + theme.SPACE[0]))
            popover.move(corner - QPoint(popover.width(), 0))
            popover.show()
            popover.list.setFocus()

    made = tool("star", tr("Presets"), show)
    return made
