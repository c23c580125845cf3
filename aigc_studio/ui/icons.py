"""Icons: the SVGs of `resources/icons`, drawn in colours of the theme, sharp at any density."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from aigc_studio.base.paths import resources
from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

_NAME, _ROLE = "icon_name", "icon_role"
_GAP = theme.SPACE[0]


def folder() -> Path:
    """Where the icons lie."""
    return resources() / "icons"


@cache
def source(name: str) -> str:
    """The SVG of an icon, its colour still `currentColor`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return (folder() / f"{name}.svg").read_text(encoding="utf-8")


def picture(name: str, colour: str, size: int = theme.ICON, density: float = 1.0) -> QPixmap:
    """One icon in one colour.

    Args:
        colour: `#rrggbb`.
        size: of a side, in logical pixels.
        density: device pixels of a logical one.
    """
    return _picture(name, colour, size, density)


@cache
def _picture(name: str, colour: str, size: int, density: float) -> QPixmap:
    side = round(size * density)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = QSvgRenderer(QByteArray(source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def icon(name: str, role: str = "text", gap: int = 0) -> QIcon:
    """An icon for buttons and menus, in the colours that are worn now.

    Args:
        role: name of a colour of the theme.
        gap: clear pixels to the right of it.
    """
    colours = theme.colours()
    made = QIcon()
    fades = {QIcon.Mode.Normal: getattr(colours, role), QIcon.Mode.Disabled: colours.edge}
    densities = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    for size in (theme.px(theme.ICON), theme.px(theme.ICON_TOOLBAR)):
        for mode, colour in fades.items():
            for density in densities:
                made.addPixmap(_with_gap(picture(name, colour, size, density), gap), mode)
    return made


def dress(target: QAbstractButton | QAction, name: str, role: str = "text") -> None:
    """Give a button or an action an icon that follows the theme."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, role)
    _put_on(target)


def dress_label(label: QLabel, name: str, size: int = theme.ICON, role: str = "secondary") -> None:
    """Give a label an icon that follows the theme."""
    label.setProperty(_NAME, name)
    label.setProperty(_ROLE, role)
    label.setProperty("icon_size", size)
    _draw(label)


def redress(app: QApplication) -> None:
    """Draw every icon anew that `dress` gave, after the theme has changed."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    _picture.cache_clear()  # nobody asks for the colours and sizes of before
    QPixmapCache.clear()
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property(_NAME):
            _put_on(widget)
        elif isinstance(widget, QLabel) and widget.property(_NAME):
            _draw(widget)
        for action in widget.actions():
            if action.property(_NAME):
                _put_on(action)


def _put_on(target: QAbstractButton | QAction) -> None:
    # Qt puts words right beside a button's icon: the icon brings the distance along.
    gap = _GAP if not isinstance(target, QAction) and _has_words(target) else 0
    target.setIcon(icon(str(target.property(_NAME)), str(target.property(_ROLE)), gap))
    if not isinstance(target, QAction):
        side = theme.px(theme.ICON)
        target.setIconSize(QSize(side + gap, side))


def _has_words(button: QAbstractButton) -> bool:
    from PySide6.QtWidgets import QToolButton

    if isinstance(button, QToolButton):
        return button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    return bool(button.text())


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    density = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * density), drawn.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(density)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


def _draw(label: QLabel) -> None:
    colour = getattr(theme.colours(), str(label.property(_ROLE)))
    size = theme.px(int(label.property("icon_size")))
    label.setPixmap(picture(str(label.property(_NAME)), colour, size, label.devicePixelRatio()))


@cache
def _drawn_files() -> Path:
    made = tempfile.mkdtemp(prefix="aigc-icons-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


@cache
def file(name: str, colour: str) -> str:
    """An icon in one colour as a file, which style sheets ask for; as a path with slashes."""
    target = _drawn_files() / f"{name}-{colour[1:]}.svg"
    target.write_text(source(name).replace("currentColor", colour), encoding="utf-8")
    return target.as_posix()
