"""The pad: a map of the two strongest directions, with the pictures a model learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import fitted
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from aigc_studio.document.model import Project
    from aigc_studio.studio.studio import Studio

REACH = 3.0  # standard deviations from the middle to an edge
MOST_ON_MAP = 240
FINE, COARSE = 0.05, 0.5
HIDDEN_FROM = 0.5
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Map(QWidget):
    """The map itself.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._ground = QPixmap()
        self._placed: dict[str, QPointF] = {}
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Pad: a map of the model's space"))
        self.setAccessibleDescription(tr("Arrows move; with Shift in larger steps."))
        self.setMinimumHeight(theme.px(160))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        studio.instrument.moved.connect(self.update)
        studio.choice.changed.connect(self._on_model)
        studio.chart.placed.connect(self._on_placed)
        studio.chart.cleared.connect(self._on_cleared)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        self._on_model()

    def sizeHint(self) -> QSize:
        """As low as it may be; it takes what room there is."""
        return QSize(theme.px(288), theme.px(160))

    # Between the space and the screen

    def at(self, x: float, y: float) -> QPointF:
        """Where a place of the space lies on the widget."""
        half_wide, half_high = self.width() / 2, self.height() / 2
        return QPointF(half_wide * (1 + x / REACH), half_high * (1 - y / REACH))

    def place(self, at: QPointF) -> tuple[float, float]:
        """What place of the space lies there on the widget."""
        half_wide, half_high = max(self.width() / 2, 1), max(self.height() / 2, 1)
        x, y = (at.x() / half_wide - 1) * REACH, (1 - at.y() / half_high) * REACH
        return min(max(x, -REACH), REACH), min(max(y, -REACH), REACH)

    # Pictures on the map

    def _on_model(self) -> None:
        self._placed.clear()
        self._ground = QPixmap()
        if self._studio.session.is_open and self._studio.choice.model is not None:
            self._studio.chart.fill(spread(self._studio.session.project, MOST_ON_MAP))
        self.update()

    def _on_cleared(self) -> None:
        self._placed.clear()
        self._ground = QPixmap()
        self.update()

    def _on_placed(self, asset_ids: list[str]) -> None:
        for asset_id in asset_ids:
            place = self._studio.chart.position(asset_id)
            if place is not None:
                self._placed[asset_id] = QPointF(*place)
                self._draw(asset_id)
        self.update()

    def _on_thumbnail(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == self._side() and asset_id in self._placed:
            self._draw(asset_id)
            self.update()

    def _side(self) -> int:
        return theme.px(theme.THUMBNAIL_PAD)

    def _draw(self, asset_id: str) -> None:
        """Put one picture on the ground, if it is at hand."""
        picture = self._studio.thumbnails.want(asset_id, self._side())
        if picture is None or picture.isNull():
            return
        if self._ground.isNull():
            self._ground = QPixmap(self.size() * self.devicePixelRatio())
            self._ground.setDevicePixelRatio(self.devicePixelRatio())
            self._ground.fill(Qt.GlobalColor.transparent)
        place = self._placed[asset_id]
        box = QRect(0, 0, self._side(), self._side())
        box.moveCenter(self.at(place.x(), place.y()).toPoint())
        painter = QPainter(self._ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.85)
        painter.drawImage(fitted(picture, box), picture)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pictures out anew."""
        self._ground = QPixmap()
        for asset_id in self._placed:
            self._draw(asset_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, axes, pictures, marker."""
        painter = QPainter(self)
        colours = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.field))
        painter.setPen(QPen(QColor(colours.line)))
        middle = self.at(0, 0)
        painter.drawLine(QPointF(0, middle.y()), QPointF(self.width(), middle.y()))
        painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        if not self._ground.isNull():
            painter.drawPixmap(0, 0, self._ground)
        if self._studio.instrument.code is not None:
            self._paint_marker(painter)
        edge = colours.accent if self.hasFocus() else colours.edge
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), theme.FOCUS_WIDTH if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_marker(self, painter: QPainter) -> None:
        colours = theme.colours()
        at = self.at(*self._studio.instrument.position)
        within = QPointF(
            min(max(at.x(), 6), self.width() - 6), min(max(at.y(), 6), self.height() - 6)
        )
        radius = theme.px(8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.window), 5))
        painter.drawEllipse(within, radius, radius)
        off = within != at
        line = Qt.PenStyle.DotLine if off else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colours.accent), 3, line))
        painter.drawEllipse(within, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(within, 2, 2)

    # Moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there, and follow."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self.held.emit(True)
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow."""
        if self._dragging:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        if self._dragging:
            self._dragging = False
            self.held.emit(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not outlive the focus."""
        super().focusOutEvent(event)
        if self._dragging:
            self._dragging = False
            self.held.emit(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        by = COARSE if coarse else FINE
        x, y = self._studio.instrument.position
        self._studio.instrument.move_to(x + step[0] * by, y + step[1] * by)

    def _go(self, at: QPointF) -> None:
        self._studio.instrument.move_to(*self.place(at))


class PadPage(QWidget):
    """The map, its two numbers, and what the map does not show."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._instrument = studio.instrument
        self.map = Map(studio)
        self.across = NumberField(tr("Across"), -9, 9, step=0.1, decimals=2)
        self.up = NumberField(tr("Up"), -9, 9, step=0.1, decimals=2)
        for field in (self.across, self.up):
            field.changed.connect(self._on_number)
            field.setToolTip(tr("In standard deviations from the middle"))
        self.hint = label("", "caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.across)
        row.addWidget(self.up)
        stack = column()
        stack.addWidget(self.map, 1)
        stack.addLayout(row)
        stack.addWidget(self.hint)
        self.setLayout(stack)
        studio.instrument.moved.connect(self._on_moved)
        self._on_moved()

    def _on_moved(self) -> None:
        x, y = self._instrument.position
        self.across.show_value(x)
        self.up.show_value(y)
        hidden = sum(abs(amount) > HIDDEN_FROM for amount in self._instrument.amounts[2:])
        self.hint.setText(
            counted(
                hidden,
                "It also lies away from the map in {n} direction that is not shown.",
                "It also lies away from the map in {n} directions that are not shown.",
            )
            if hidden
            else tr("It lies on the map.")
        )

    def _on_number(self) -> None:
        self._instrument.move_to(self.across.value, self.up.value)


def spread(project: Project, most: int) -> list[str]:
    """Ids of at most so many pictures, evenly over those of the project."""
    pictures = [
        asset.id
        for asset in project.assets.values()
        if asset.kind == "image" and not asset.render and asset.recipe is None
    ]
    step = max(len(pictures) / most, 1.0)
    count = min(len(pictures), most)
    return [pictures[int(index * step)] for index in range(count)]
