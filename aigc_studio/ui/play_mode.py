"""Play mode: the result and the pad alone, on a whole display; or the result alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.map import REACH, Map
from aigc_studio.ui.keys import Keys, would_be_shortcut
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.framing import fitted, is_pixel_art

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent, QResizeEvent, QScreen

    from aigc_studio.studio.studio import Studio

_PAD_PART, _PAD_LEAST, _PAD_MOST = 0.28, 160, 360
_WINDOW = QSize(720, 720)


def scaled_room(image: QImage, room: QRect, density: float) -> QRect:
    """Where a picture goes, as large as it fits; pixel art by whole pixels of the screen."""
    box = fitted(image, room)
    if image.isNull() or not is_pixel_art(image):
        return box
    times = int(box.width() * density) // image.width()
    if times < 1:
        return box
    sharp = QRect(box)
    sharp.setSize(
        QSize(round(image.width() * times / density), round(image.height() * times / density))
    )
    sharp.moveCenter(room.center())
    return sharp


class ResultView(QWidget):
    """The result alone, as large as it fits; Esc closes it."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.studio = studio
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Result"))
        self.setAccessibleName(tr("Result"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if studio.instrument.result:
            self._image = studio.instrument.result.picture
        Keys(studio.commands, "dock", self)
        studio.instrument.picture.connect(self.show_picture)
        studio.session.closed.connect(self.close)

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_picture(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def show_on(self, screen: QScreen, *, whole: bool = True) -> None:
        """Fill a display, or stand on it as a window."""
        if whole:
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        else:
            self.resize(_WINDOW.boundedTo(screen.availableSize()))
            self.show()
        self.activateWindow()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on an empty ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().window))
        if not self._image.isNull():
            smooth = not is_pixel_art(self._image)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            room = scaled_room(self._image, self.rect(), self.devicePixelRatioF())
            painter.drawImage(room, self._image)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Esc is meant for it."""
        if would_be_shortcut(event, (Qt.Key.Key_Escape,)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose a display."""
        self.display_menu().popup(event.globalPos())

    def display_menu(self) -> QMenu:
        """The displays there are, and the way out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(tr("Show here"))
        self.add_displays(menu)
        menu.addSeparator()
        menu.addAction(tr("Leave")).triggered.connect(self.close)
        return menu

    def add_displays(self, menu: QMenu) -> None:
        """One entry for each display."""
        for number, screen in enumerate(QGuiApplication.screens(), start=1):
            action = menu.addAction(display_name(number, screen))
            action.setCheckable(True)
            action.setChecked(screen is self.screen())
            action.triggered.connect(partial(self.show_on, screen))


class PlayMode(ResultView):
    """The same with the pad in a corner; a drag anywhere moves, as far as on the pad."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(studio, parent)
        self._from: tuple[QPointF, tuple[float, float]] | None = None
        self.setWindowTitle(tr("Play mode"))
        self.setAccessibleName(tr("Play mode: drag anywhere, Esc leaves"))
        self.map = Map(studio)
        self.map.setParent(self)
        self.map.held.connect(studio.living.hold)
        self.setFocusProxy(self.map)  # arrows move on the pad
        studio.picking.shown.connect(self._on_nearby)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pad keeps to its corner."""
        part = round(min(self.width(), self.height()) * _PAD_PART)
        side = min(max(part, theme.px(_PAD_LEAST)), theme.px(_PAD_MOST))
        edge = theme.SPACE[3]
        self.map.setGeometry(self.width() - side - edge, self.height() - side - edge, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag begins, from where we are."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (event.position(), self.studio.instrument.position)
            self.studio.living.hold(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move as far as the pointer did; from edge to edge of the display is the whole pad."""
        if self._from is not None:
            began, (x, y) = self._from
            way = (event.position() - began) * (
                2 * REACH / max(min(self.width(), self.height()), 1)
            )
            self.studio.instrument.move_to(x + way.x(), y - way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        if self._from is not None:
            self._from = None
            self.studio.living.hold(False)

    def hideEvent(self, event: QEvent) -> None:
        """A drag does not outlive what is dragged on."""
        if self._from is not None:
            self._from = None
            self.studio.living.hold(False)

    def display_menu(self) -> QMenu:
        """Also where the result shall be seen alone."""
        menu = super().display_menu()
        alone = menu.addMenu(tr("The result alone"))
        for number, screen in enumerate(QGuiApplication.screens(), start=1):
            action = alone.addAction(display_name(number, screen))
            action.triggered.connect(partial(show_result, self.studio, self, screen))
        return menu

    def _on_nearby(self) -> None:
        # There are no nine to be picked from here: the first of them is gone to.
        now = self.studio.picking.now
        if now is not None and now.shown and self.isActiveWindow():
            self.studio.instrument.go_to(now.shown[0])


def display_name(number: int, screen: QScreen) -> str:
    """A display in words."""
    size = screen.size() * screen.devicePixelRatio()
    return tr(
        "Display {number} ({wide} x {high})", number=number, wide=size.width(), high=size.height()
    )


def play_mode(studio: Studio, parent: QWidget) -> PlayMode:
    """Play mode on the display where the window stands."""
    made = PlayMode(studio, parent)
    made.show_on(parent.screen())
    return made


def show_result(studio: Studio, parent: QWidget, screen: QScreen | None = None) -> ResultView:
    """The result alone: on another display where there is one, else in a window."""
    here, every = parent.screen(), QGuiApplication.screens()
    wanted = screen or next((each for each in every if each is not here), here)
    made = ResultView(studio, parent.window() if parent.isWindow() else parent)
    made.show_on(wanted, whole=wanted is not here)
    return made
