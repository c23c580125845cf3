"""The map of the pad: where we are among the pictures a model learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QToolTip, QWidget

from aigc_studio.catalog.latent import Cap
from aigc_studio.document.measuring import training_collection
from aigc_studio.ui import theme
from aigc_studio.ui.dock.ground import Ground
from aigc_studio.ui.dock.marker import paint_axes, paint_marker, paint_names
from aigc_studio.ui.keys import with_keys, would_be_shortcut
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import tool

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QImage,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.model import Collection, Project
    from aigc_studio.studio.studio import Studio

REACH = 3.0  # standard deviations from the middle to an edge
_NEAREST, _FARTHEST = 0.5, 6.0
MOST_ON_MAP = 240
FINE, COARSE = 0.05, 0.5
MODE = "play.map"
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Map(QWidget):
    """A drag moves, Esc takes it back; the wheel looks closer, a double click goes to the middle.

    Signals:
        held(bool): a drag began or ended.
        given_up(): the drag that is about to end went back to where it began.
    """

    held = Signal(bool)
    given_up = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._ground = Ground(studio.thumbnails.want)
        self._began: Floats | None = None  # where the drag began
        self._centre, self._reach = QPointF(0, 0), REACH
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
        studio.atlas.changed.connect(self._on_atlas)
        self.modes = self._mode_button()
        self._on_model()

    def sizeHint(self) -> QSize:
        """As low as it may be; it takes what room there is."""
        return QSize(theme.px(288), theme.px(160))

    # Between the space and the screen

    def at(self, x: float, y: float) -> QPointF:
        """Where a place of the space lies on the widget."""
        across, up = (x - self._centre.x()) / self._reach, (y - self._centre.y()) / self._reach
        return QPointF(self.width() / 2 * (1 + across), self.height() / 2 * (1 - up))

    def place(self, at: QPointF) -> tuple[float, float]:
        """What place of the space lies there on the widget, or at its edge."""
        across = min(max(2 * at.x() / max(self.width(), 1) - 1, -1), 1)
        up = min(max(1 - 2 * at.y() / max(self.height(), 1), -1), 1)
        centre = self._centre
        return centre.x() + across * self._reach, centre.y() + up * self._reach

    def look(self, reach: float, about: QPointF) -> None:
        """Look closer or from further away; the place at `about` stays where it is."""
        reach = min(max(reach, _NEAREST), _FARTHEST)
        fixed, part = QPointF(*self.place(about)), reach / self._reach
        self._centre = fixed + (self._centre - fixed) * part
        self._reach = reach
        self.update()

    def see_all(self) -> None:
        """Look at the middle, as far as pictures commonly lie."""
        self._centre, self._reach = QPointF(0, 0), REACH
        self.update()

    # Pictures on the map

    def _on_model(self) -> None:
        self._on_cleared()
        model = self._studio.choice.model
        if self._studio.session.is_open and model is not None:
            project = self._studio.session.project
            wanted = spread(project, MOST_ON_MAP, training_collection(project, model))
            self._on_placed(wanted)  # what is known already is not told again
            self._studio.chart.fill(wanted)

    def _mode_button(self) -> QToolButton:
        words = with_keys(
            tr("Map by likeness (t-SNE): like beside like"), self._studio.commands, MODE
        )
        made = tool("likeness", words, lambda: self._studio.commands.run(MODE))
        made.setParent(self)
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.ArrowCursor)
        return made

    def _on_atlas(self) -> None:
        self.modes.setChecked(self._studio.atlas.wish == "likeness")
        self._ground.clear()
        self._on_placed(list(self._studio.chart.codes))

    def _on_cleared(self) -> None:
        self._ground.clear()
        self._centre, self._reach = QPointF(0, 0), REACH
        self.update()

    def _on_placed(self, asset_ids: list[str]) -> None:
        places = ((each, self._studio.atlas.place(each)) for each in asset_ids)
        self._ground.add({each: QPointF(*place) for each, place in places if place is not None})
        self.update()

    def _on_thumbnail(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == self._ground.side and asset_id in self._ground.shown:
            self._ground.draw([asset_id])
            self.update()

    def _lay_out(self) -> None:
        def at(place: QPointF) -> QPointF:
            return self.at(place.x(), place.y())

        view = (self._centre.x(), self._centre.y(), self._reach)
        self._ground.lay_out(self.size(), self.devicePixelRatio(), view, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays in its corner; the pictures are laid out when they are painted."""
        size = self.modes.sizeHint()
        self.modes.setGeometry(self.width() - size.width() - 2, 2, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, axes, pictures, marker."""
        painter = QPainter(self)
        colours = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.field))
        directions = self._studio.atlas.mode == "directions"
        if directions:
            paint_axes(painter, self.at(0, 0), self.size())
        self._lay_out()
        self._ground.paint(painter)
        if self._studio.instrument.code is not None:
            paint_marker(painter, self.at(*self._studio.atlas.position), self.size())
        if directions:
            paint_names(painter, self.size())
        self._paint_note(painter)
        edge = colours.accent if self.hasFocus() else colours.edge
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), theme.FOCUS_WIDTH if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @property
    def note(self) -> str:
        """Why no pictures are on the map; "" where that needs no words."""
        able = self._studio.choice.abilities
        if not able or Cap.ENCODE in able:
            return ""
        return tr("This model finds no pictures, so none are on the map.")

    def _paint_note(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.colours().secondary))
        room = self.rect().adjusted(*(theme.SPACE[1],) * 2, *(-theme.SPACE[1],) * 2)
        place = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, place | Qt.TextFlag.TextWordWrap, self.note)

    # Moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there, and follow."""
        code = self._studio.instrument.code
        if event.button() == Qt.MouseButton.LeftButton and code is not None:
            self._began = code
            self.held.emit(True)
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow."""
        if self._began is not None:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the most typical point."""
        self._to_typical()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not outlive the focus."""
        super().focusOutEvent(event)
        self._let_go()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look closer, or from further away."""
        self.look(self._reach * 0.999 ** event.angleDelta().y(), event.position())
        event.accept()

    def _let_go(self) -> None:
        if self._began is not None:
            self._began = None
            self.held.emit(False)

    def _go(self, at: QPointF) -> None:
        self._studio.atlas.go(*self.place(at))

    def _to_typical(self) -> None:
        steering = self._studio.choice.steering
        if steering is not None:
            self._back_to(steering.typical())

    def _back_to(self, code: Floats) -> None:
        word, instrument = self._studio.choice.word, self._studio.instrument
        instrument.play_at(word, code, instrument.truncation)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the drag; a picture tells its name."""
        if self._began is not None and would_be_shortcut(event, (Qt.Key.Key_Escape,)):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._told(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Esc takes a drag back."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            by = COARSE if coarse else FINE
            x, y = self._studio.atlas.position
            self._studio.atlas.go(x + step[0] * by, y + step[1] * by)
        elif event.key() == Qt.Key.Key_Escape and self._began is not None:
            self.given_up.emit()
            self._back_to(self._began)
            self._let_go()
        else:
            super().keyPressEvent(event)

    # Pictures that lie there

    def _told(self, at: QPointF) -> str:
        asset = self._asset_at(at)
        name = self._studio.session.project.assets[asset].name if asset else ""
        hint = tr("Drag: move. Double-click: typical. Wheel: closer. Right click: more.")
        return f"{name}\n{hint}" if name else hint

    def _asset_at(self, at: QPointF) -> str:
        found = self._ground.nearest(at)
        known = self._studio.session.is_open and found in self._studio.session.project.assets
        return found if known else ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Go to a picture, to the middle, or see all."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asset = self._asset_at(QPointF(event.pos()))
        code = self._studio.chart.code(asset) if asset else None
        if code is not None:
            name = self._studio.session.project.assets[asset].name
            menu.addAction(tr("Go to {name}", name=name)).triggered.connect(
                lambda: self._studio.instrument.play_at(self._studio.choice.word, code)
            )
        menu.addAction(tr("Go to the most typical point")).triggered.connect(self._to_typical)
        menu.addAction(tr("See all of the map")).triggered.connect(self.see_all)
        menu.popup(event.globalPos())


def spread(project: Project, most: int, within: Collection | None = None) -> list[str]:
    """Ids of at most so many pictures, evenly over those of a collection, else of the project."""
    pictures = [
        asset.id
        for asset in (
            map(project.assets.__getitem__, within.items) if within else project.assets.values()
        )
        if asset.kind == "image" and not asset.render and asset.recipe is None
    ]
    step = max(len(pictures) / most, 1.0)
    count = min(len(pictures), most)
    return [pictures[int(index * step)] for index in range(count)]
