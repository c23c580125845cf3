"""The lock's button, and the menu of what can be held."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from aigc_studio.studio.directions import KEPT
from aigc_studio.ui import icons
from aigc_studio.ui.dock.direction_row import name_of
from aigc_studio.ui.translate import counted, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from aigc_studio.studio.studio import Studio

_STRONGEST = (1, 2, 4, 8)


class LockButton(QToolButton):
    """Says how much is held; its menu changes it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.setProperty("kind", "tool")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.show_menu)
        studio.lock.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show whether something is held."""
        count = self._studio.lock.count
        icons.dress(self, "lock" if count else "unlock", "accent" if count else "text")
        words = counted(count, "Lock: {n} thing is held", "Lock: {n} things are held")
        self.setToolTip(words if count else tr("Lock: hold something while exploring"))
        self.setAccessibleName(self.toolTip())

    def show_menu(self) -> None:
        """Show what can be held."""
        lock_menu(self._studio, self).popup(self.mapToGlobal(QPoint(0, self.height())))


def lock_menu(studio: Studio, parent: QWidget) -> QMenu:
    """What can be held, ticked where it is."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addSection(tr("Hold while exploring"))
    _strongest(studio, menu)
    steering = studio.choice.steering
    if steering is not None and steering.layers:
        _tick(menu, tr("Layout (coarse layers)"), studio.lock.layers == "coarse").toggled.connect(
            lambda on: studio.lock.hold_layers("coarse" if on else "")
        )
        _tick(menu, tr("Colours (fine layers)"), studio.lock.layers == "fine").toggled.connect(
            lambda on: studio.lock.hold_layers("fine" if on else "")
        )
    kept = studio.directions.of(KEPT)
    if kept:
        menu.addSeparator()
    for heading in kept:
        ticked = _tick(menu, name_of(heading), studio.directions.is_held(heading))
        ticked.toggled.connect(partial(studio.directions.hold, heading))
    menu.addSeparator()
    free = menu.addAction(tr("Let everything go"))
    free.setEnabled(studio.lock.count > 0)
    free.triggered.connect(studio.lock.let_go)
    return menu


def _strongest(studio: Studio, menu: QMenu) -> None:
    steering = studio.choice.steering
    most = len(steering.axes) if steering is not None else 0
    for count in (each for each in _STRONGEST if each <= most):
        words = counted(count, "The strongest direction", "The {n} strongest directions")
        ticked = _tick(menu, words, studio.lock.strongest == count)
        ticked.toggled.connect(partial(_hold_strongest, studio, count))


def _hold_strongest(studio: Studio, count: int, held: bool) -> None:
    studio.lock.hold_strongest(count if held else 0)


def _tick(menu: QMenu, words: str, ticked: bool) -> QAction:
    made = menu.addAction(words)
    made.setCheckable(True)
    made.setChecked(ticked)
    return made
