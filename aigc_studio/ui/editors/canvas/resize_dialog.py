"""Another size for a canvas: more room round what lies on it, or all of it larger or smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from aigc_studio.document.canvas import MAX_SIDE
from aigc_studio.document.turning import resize_canvas, resize_picture
from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.studio import Studio

_ANCHORS = {"corner": (0.0, 0.0), "middle": (0.5, 0.5), "end": (1.0, 1.0)}


class ResizeDialog(QDialog):
    """Changes one canvas, as one step."""

    def __init__(self, studio: Studio, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._canvas = studio, canvas
        self.setWindowTitle(tr("Size of the canvas"))
        self.what = Segmented(
            {"room": tr("The canvas alone"), "all": tr("All that lies on it")}, tr("Resize")
        )
        self.what.chosen.connect(self._on_what)
        self.width_field = NumberField(tr("Width"), 1, MAX_SIDE, canvas.width, unit=" px")
        self.height_field = NumberField(tr("Height"), 1, MAX_SIDE, canvas.height, unit=" px")
        self.width_field.changed.connect(self._on_width)
        words = {
            "corner": tr("Left and top"),
            "middle": tr("The middle"),
            "end": tr("Right and bottom"),
        }
        self.anchor = Segmented(words, tr("What stays in place"))
        self.anchor.choose("middle")
        self.ok = button(tr("Resize"), self.apply, kind="primary")
        self.ok.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.ok)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[4])
        stack.addWidget(label(tr("Size of the canvas"), "heading"))
        for part in (self.what, self.width_field, self.height_field):
            stack.addWidget(part)
        self.stays = label(tr("What stays in place"), "caption")
        stack.addWidget(self.stays)
        stack.addWidget(self.anchor)
        stack.addLayout(foot)
        self.setLayout(stack)

    def _on_what(self, key: str) -> None:
        alone = key == "room"
        self.height_field.setEnabled(alone)
        self.stays.setEnabled(alone)
        self.anchor.setEnabled(alone)
        self._on_width()

    def _on_width(self) -> None:
        """The height follows where proportions stay."""
        if self.what.choice == "all":
            height = self._canvas.height * self.width_field.value / self._canvas.width
            self.height_field.show_value(max(round(height), 1))

    def apply(self) -> None:
        """Resize it."""
        key, width = self._canvas.id, round(self.width_field.value)
        height, anchor = round(self.height_field.value), _ANCHORS[self.anchor.choice]
        if self.what.choice == "all":
            done = self._studio.session.do(lambda project: resize_picture(project, key, width))
        else:
            done = self._studio.session.do(
                lambda project: resize_canvas(project, key, width, height, anchor)
            )
        if done:
            self.accept()
