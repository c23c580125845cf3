"""The monkey's eyes: what there is to touch, and one of it by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.application import Face
    from aigc_studio.ui.main_window import MainWindow
    from tests.ui.monkey.watch import Watch

Keys = Qt.KeyboardModifier
NONE = Keys.NoModifier
W = TypeVar("W", bound=QWidget)
TEXTS = (
    "fox", "", " ", "\u72d0\u72f8", "\U0001f98a\U0001f43e", "a'b\"c`d", "<b>&amp;</b>", "{n} %s %1",
    "x" * 300, "-1", "0", "1e999", "99999999999", "3,5", "../..", "tag, tag, \u6807\u7b7e",
    "\u200f\u0301",
)  # fmt: skip


class Eyes:
    """See what a person sees; everything that is random comes from `dice`.

    Attributes:
        brought: ids of models that trainings brought; they stay, whatever is undone.
    """

    def __init__(self, face: Face, dice: Random, watch: Watch, files: Sequence[str]) -> None:
        """`files` are pictures that can be dropped."""
        self.face, self.dice, self.watch, self.files = face, dice, watch, files
        self.brought: set[str] = set()

    @property
    def window(self) -> MainWindow:
        """The window that is shown now."""
        return self.face.window

    @property
    def studio(self) -> Studio:
        """What is behind the window."""
        return self.face.studio

    @property
    def place(self) -> QWidget | None:
        """The page that is shown."""
        return self.window.pages.currentWidget()

    def front(self) -> QWidget:
        """The window that takes events: a popup, a dialog, or the main window."""
        active: QWidget | None = QApplication.activePopupWidget()
        if active is None:
            active = QApplication.activeModalWidget()
        if active is None:
            active = QApplication.activeWindow()
        if active is not None and active.isVisible():
            return active
        self.window.activateWindow()  # as a window manager does when a dialog is closed
        QApplication.processEvents()
        return self.window

    def seen(self, kind: type[W], where: QWidget | None = None) -> list[W]:
        """Widgets of a kind that can be seen and used."""
        found = (where or self.front()).findChildren(kind)
        # Scroll bars and such that Qt made and unmade: their wrappers are told of it too late.
        there = [w for w in found if isValid(w)]
        return [w for w in there if w.isVisible() and w.isEnabled() and w.width() > 0]

    def any_of(self, kind: type[W], where: QWidget | None = None) -> W | None:
        """One of them."""
        found = self.seen(kind, where)
        return self.dice.choice(found) if found else None

    def point(self, widget: QWidget) -> QPoint:
        """Anywhere in a widget."""
        return QPoint(
            self.dice.randrange(max(widget.width(), 1)),
            self.dice.randrange(max(widget.height(), 1)),
        )

    def keys(self) -> Keys:
        """Mostly none."""
        return self.dice.choice((NONE, NONE, NONE, Keys.ShiftModifier, Keys.ControlModifier))

    def text(self) -> str:
        """Something to type."""
        return self.dice.choice(TEXTS)


def show(widget: QWidget) -> None:
    """Scroll to a widget, as somebody would who looks for it."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and not isinstance(widget, QAbstractSlider):
            around.ensureWidgetVisible(widget)
        around = None if isinstance(around, QAbstractItemView) else around.parentWidget()


def words(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (str(text()) if callable(text) else "")
    return f"{type(widget).__name__} {said[:40]!r}"
