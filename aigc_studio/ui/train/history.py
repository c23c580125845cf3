"""Samples at fixed points: the newest live, older ones under a slider, first against latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.library.details import Picture
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, frame, label

if TYPE_CHECKING:
    from aigc_studio.studio.run_view import PreviewView, RunView

_ASPECT = 0.5


class History(QWidget):
    """A picture and a slider over time; a finished run shows its first samples beside."""

    def __init__(self) -> None:
        super().__init__()
        self._previews: list[PreviewView] = []
        self._run = ""
        self._newest: QImage | None = None
        self.first, self.picture = Picture(tr("First samples")), Picture(tr("Samples"))
        for each in (self.first, self.picture):
            each.set_aspect(_ASPECT)
        self.when = label("", "caption")
        self.when_first = label("", "caption")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Samples over the course of the training"))
        self.slider.valueChanged.connect(self._show)
        self.card_first = self._card(self.first, self.when_first)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.card_first, 1)
        row.addWidget(self._card(self.picture, self.when), 1)
        stack = column(gap=theme.SPACE[1])
        self.title = label(tr("Samples"), "strong")
        stack.addWidget(self.title)
        stack.addLayout(row)
        stack.addWidget(self.slider)
        self.setLayout(stack)

    def _card(self, picture: Picture, words: QWidget) -> QWidget:
        inner = column(gap=theme.SPACE[0], margin=theme.SPACE[1])
        inner.addWidget(picture, 1)
        inner.addWidget(words)
        return frame("card", inner)

    def show_run(self, view: RunView) -> None:
        """Show a run; where the slider stands at its end it follows what is new."""
        follows = view.id != self._run or self.slider.value() == self.slider.maximum()
        self._run, self._newest = view.id, view.preview
        self._previews = [each for each in view.previews if each.path.is_file()]
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(self._previews) - 1))
        if follows:
            self.slider.setValue(self.slider.maximum())
        self.slider.blockSignals(False)
        self.slider.setVisible(len(self._previews) > 1)
        over = view.state in ("finished", "stopped") and len(self._previews) > 1
        self.card_first.setVisible(over)
        self.title.setText(tr("From the first samples to the latest") if over else tr("Samples"))
        if over:
            self.first.show_picture(_read(self._previews[0]))
            self.when_first.setText(tr("step {step:,}", step=self._previews[0].step))
        self._show(self.slider.value())

    def postcard(self) -> QImage:
        """The first samples above the latest; null when there are none."""
        if not self._previews:
            return QImage()
        return stacked(_read(self._previews[0]), _read(self._previews[-1]))

    def _show(self, place: int) -> None:
        if place < len(self._previews):
            last = place == len(self._previews) - 1
            newest = self._newest if last and self._newest is not None else None
            self.picture.show_picture(newest or _read(self._previews[place]))
            self.when.setText(tr("step {step:,}", step=self._previews[place].step))
        else:
            self.picture.show_picture(self._newest)
            self.when.setText(tr("The first samples come within a minute."))


def _read(preview: PreviewView) -> QImage:
    return QImage(str(preview.path))


def stacked(above: QImage, below: QImage) -> QImage:
    """Two pictures, one above the other, with a gap."""
    gap = 2 * theme.SPACE[3]
    width, height = max(above.width(), below.width()), above.height() + gap + below.height()
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage((width - above.width()) // 2, 0, above)
    painter.drawImage((width - below.width()) // 2, above.height() + gap, below)
    painter.end()
    return made
