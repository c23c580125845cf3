"""Where the dock stands: beside the page, or in a narrow window in a drawer over it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.parts import DOCK, build
from aigc_studio.ui.widgets.drawer import Drawer

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.pages import Pages


class DockPlace(QObject):
    """Makes the dock when it is first needed, and shows it where there is room.

    In a narrow window it lies in a drawer. On a page that it belongs to the drawer opens by
    itself, and the page makes room for it, until a person closes it.

    Attributes:
        split: the page, and the dock while it stands beside it.
    """

    def __init__(self, studio: Studio, pages: Pages, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._pages, self._window = studio, pages, window
        self._dock: QWidget | None = None
        self._drawer: Drawer | None = None
        self._wanted = self._belongs = self._put_away = False
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(pages)
        self.split.setStretchFactor(0, 1)
        window.installEventFilter(self)

    @property
    def dock(self) -> QWidget | None:
        """The dock, made when it is first needed: after the first paint, or with a project."""
        if self._dock is None and DOCK:
            self._dock = build(DOCK, self._studio)
            self._dock.hide()
            self._stand_beside()
            self._arrange()
        return self._dock

    @property
    def drawer(self) -> Drawer:
        """Where the dock lies in a narrow window."""
        if self._drawer is None:
            around = self.split.parentWidget() or self._window
            self._drawer = Drawer(around, "right", over=self.split)
            self._drawer.toggled.connect(self._on_drawer)
        return self._drawer

    def is_shown(self) -> bool:
        """Whether the dock can be seen."""
        if self._in_drawer():
            return self.drawer.is_open
        return self._dock is not None and not self._dock.isHidden()

    def want(self, wanted: bool) -> None:
        """A page is shown that the dock belongs to, or one that it does not."""
        self._wanted = self._belongs = wanted
        dock = self.dock if wanted else self._dock
        if self._in_drawer():
            self._settle()
        elif dock:
            dock.setVisible(wanted)

    def toggle(self) -> None:
        """Show or hide the dock."""
        if self.dock is None:
            return
        if self._in_drawer():
            self.drawer.toggle(stay=self._may_stay())
            self._wanted = self.drawer.is_open
            self._put_away = self._belongs and not self._wanted
        else:
            self._wanted = not self.is_shown()
            self.dock.setVisible(self._wanted)

    def toggle_focus(self) -> None:
        """Move the focus from the page to the dock, or back."""
        if self.dock is None:
            return
        inside = self.dock.isAncestorOf(self._window.focusWidget() or self._window)
        if inside or self.dock is QApplication.focusWidget():
            if self._in_drawer() and not self.drawer.stays:
                self.drawer.close_again()
            _focus(self._pages.currentWidget() or self._pages)
            return
        if not self.is_shown():
            self.toggle()
        _focus(self.dock)

    def state(self) -> str:
        """How page and dock share the width, as text; as it was before they had to stop."""
        if self._dock is None or self._in_drawer():
            return self._studio.settings.values.layout
        return text_of(self.split.saveState())

    def _settle(self) -> None:
        """Open the drawer on a page that the dock belongs to; else it covers nothing unasked."""
        stay = self._wanted and not self._put_away and self._may_stay()
        if self.drawer.stays != stay or not stay:
            self.drawer.close_again()
        if stay:
            self.drawer.open(stay=True)

    def _may_stay(self) -> bool:
        room = self._window.width() - self.drawer.room
        return self._belongs and room >= self._pages.minimumSizeHint().width()

    def _on_drawer(self) -> None:
        taken = self.drawer.room if self.drawer.stays else 0
        self.split.setContentsMargins(0, 0, taken, 0)
        self._studio.commands.state_changed.emit()

    def _is_narrow(self) -> bool:
        return self._window.width() < theme.px(theme.DRAWER_BELOW)

    def _in_drawer(self) -> bool:
        return self._dock is not None and self.split.indexOf(self._dock) < 0

    def _stand_beside(self) -> None:
        dock = self._dock
        if dock is None:
            return
        dock.setMinimumWidth(theme.px(theme.DOCK_NARROWEST))
        dock.setMaximumWidth(theme.px(theme.DOCK_WIDEST))
        self.split.addWidget(dock)
        kept = self._studio.settings.values.layout
        if not (kept and self.split.restoreState(state_of(kept))):
            width = theme.px(theme.DOCK_WIDTH)
            self.split.setSizes([self._window.width() - width, width])
        dock.setVisible(self._wanted)

    def _arrange(self) -> None:
        if self._dock is None:
            return
        if self._is_narrow() and not self._in_drawer():
            self.drawer.hold(self._dock, theme.px(theme.DOCK_WIDTH))
            self._settle()
        elif self._in_drawer() and not self._is_narrow():
            self.drawer.let_go()
            self._stand_beside()
        elif self._in_drawer() and (self.drawer.stays or not self.drawer.is_open):
            self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window became narrower or wider."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._arrange()
        return False


def _focus(part: QWidget) -> None:
    """Go on in it where the keys were last."""
    last = part.focusWidget()
    there = last if last is not None and last.isVisible() and last.isEnabled() else part
    there.setFocus(Qt.FocusReason.ShortcutFocusReason)


def text_of(state: QByteArray) -> str:
    """What Qt keeps of a window, as text."""
    return base64.b64encode(state.data()).decode()


def state_of(text: str) -> QByteArray:
    """What Qt keeps of a window, from its text."""
    return QByteArray.fromBase64(text.encode())
