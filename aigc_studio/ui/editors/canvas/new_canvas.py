"""Make a new canvas: its name, its size, its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QWidget

from aigc_studio.studio.commands import Command
from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.studio import Studio

_SIDES = (64, 256, 512, 1024)
_WHITE = QColor(Qt.GlobalColor.white).name()


class NewCanvasDialog(QDialog):
    """Makes one and tells its id.

    Signals:
        made(str): the id of the new canvas.
    """

    made = Signal(str)

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        from aigc_studio.document.canvas import MAX_SIDE

        super().__init__(parent)
        self._studio = studio
        self.setWindowTitle(tr("New canvas"))
        self.name = QLineEdit(tr("Canvas"))
        self.name.setAccessibleName(tr("Name"))
        self.name.selectAll()
        self.sizes = Segmented({str(side): str(side) for side in _SIDES}, tr("Size"))
        self.sizes.choose("512")
        self.sizes.chosen.connect(self._on_size)
        self.width_field = NumberField(tr("Width"), 1, MAX_SIDE, 512, unit=" px")
        self.height_field = NumberField(tr("Height"), 1, MAX_SIDE, 512, unit=" px")
        self.clear = QCheckBox(tr("Transparent ground"))
        self.clear.setChecked(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        self.ok = button(tr("Make the canvas"), self._make, kind="primary")
        self.ok.setDefault(True)
        foot.addWidget(self.ok)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[4])
        stack.addWidget(label(tr("New canvas"), "heading"))
        parts = (self.name, self.sizes, self.width_field, self.height_field, self.clear)
        for part in parts:
            stack.addWidget(part)
        stack.addLayout(foot)
        self.setLayout(stack)

    def _on_size(self, side: str) -> None:
        self.width_field.show_value(int(side))
        self.height_field.show_value(int(side))

    def _make(self) -> None:
        from aigc_studio.document.canvas_edits import add_canvas

        session = self._studio.session
        with session.attempt():
            edit = add_canvas(
                session.project,
                self.name.text().strip() or tr("Canvas"),
                int(self.width_field.value),
                int(self.height_field.value),
                background=None if self.clear.isChecked() else _WHITE,
            )
            session.apply(edit)
            self.accept()
            self.made.emit(edit.changes[0].key)


def new_canvas_command(
    studio: Studio, parent: QWidget, opened: Callable[[str, str], object]
) -> Command:
    """The command behind the "+" beside the tabs."""

    def ask() -> NewCanvasDialog:
        dialog = NewCanvasDialog(studio, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(lambda key: opened("canvas", key))
        dialog.open()
        return dialog

    return Command(
        "canvas.new",
        tr("New canvas..."),
        ask,
        ("Ctrl+Shift+N",),
        enabled=lambda: studio.session.is_open,
        icon="canvas",
    )
