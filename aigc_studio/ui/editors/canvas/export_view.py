"""The picture as a file would hold it: pixel for pixel, or as large as it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.ground import squares
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QResizeEvent, QWheelEvent

_LEAST = 360
_FARTHEST, _CLOSEST = 0.05, 32.0


class ExportView(QGraphicsView):
    """Dragged it moves, the wheel zooms; pixels stay sharp."""

    def __init__(self) -> None:
        super().__init__()
        scene = QGraphicsScene(self)
        self.setScene(scene)
        self._picture = scene.addPixmap(QPixmap())
        self._fits = False
        self._times, self._tile = 1, QImage()
        self.setAccessibleName(tr("The picture as it will be written"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(theme.px(_LEAST), theme.px(_LEAST))

    @property
    def shown(self) -> QImage:
        """What is shown."""
        return self._picture.pixmap().toImage()

    def repeat(self, times: int) -> None:
        """Show it so many times beside and below itself, as a tile."""
        if times != self._times:
            self._times = times
            self.show_picture(self._tile)

    def _repeated(self, picture: QImage) -> QImage:
        if self._times == 1 or picture.isNull():
            return picture
        whole = QImage(picture.size() * self._times, QImage.Format.Format_ARGB32_Premultiplied)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.drawTiledPixmap(whole.rect(), QPixmap.fromImage(picture))
        painter.end()
        return whole

    def show_picture(self, picture: QImage) -> None:
        """Show another picture at the same zoom."""
        self._tile = picture
        picture = self._repeated(picture)
        anew = picture.size() != self._picture.pixmap().size()
        self._picture.setPixmap(QPixmap.fromImage(picture))
        self.setSceneRect(QRectF(picture.rect()))
        if anew:
            self.show_fitted(self._fits)
            self.centerOn(self._picture)

    def show_fitted(self, fits: bool) -> None:
        """As large as it fits, or one pixel of the screen for one of the file."""
        self._fits = fits
        self.resetTransform()
        if fits:
            self.fitInView(self._picture, Qt.AspectRatioMode.KeepAspectRatio)
        else:
            density = self.devicePixelRatioF()
            self.scale(1 / density, 1 / density)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits goes on to fit."""
        super().resizeEvent(event)
        if self._fits:
            self.show_fitted(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        factor = 1.0015 ** event.angleDelta().y()
        if _FARTHEST < self.transform().m11() * factor < _CLOSEST:
            self.scale(factor, factor)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The stage; squares where the picture is clear."""
        painter.fillRect(rect, QColor(theme.colours().stage))
        scale = 1 / max(self.transform().m11(), 1e-6)
        painter.fillRect(self._picture.boundingRect(), squares(scale))
