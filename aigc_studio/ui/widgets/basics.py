"""Labels and buttons in the manners of the theme, each made in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aigc_studio.ui import icons, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLayout


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label; `kind` is title, heading, strong, caption, secondary, ok, warn or error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


def picture_label(icon: str, size: int = theme.ICON, role: str = "secondary") -> QLabel:
    """A label that shows an icon."""
    made = QLabel()
    icons.dress_label(made, icon, size, role)
    return made


def pressed_by_enter(focused: QWidget | None, event: QKeyEvent) -> bool:
    """Let Enter press a button, as Space does; answers whether it was that.

    Qt leaves it to the desktop, and in dialogs to a default button, which ours have none of.
    """
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not enter or event.isAutoRepeat() or not isinstance(focused, QAbstractButton):
        return False
    focused.animateClick()
    return True


class _Button(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def button(
    text: str, then: Callable[[], object] | None = None, *, kind: str = "", icon: str = ""
) -> QPushButton:
    """A button with words; `kind` is primary, quiet or danger."""
    made = _Button(text)
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    if icon:
        role = {"primary": "on_accent", "quiet": "accent", "danger": "error"}.get(kind, "text")
        icons.dress(made, icon, role)
    if then:
        made.clicked.connect(lambda _checked: then())
    return made


def tool(
    icon: str, tip: str, then: Callable[[], object] | None = None, *, kind: str = "tool"
) -> QToolButton:
    """A button with an icon only; `tip` is its tooltip and its accessible name."""
    made = QToolButton()
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    icons.dress(made, icon)
    if then:
        made.clicked.connect(lambda _checked: then())
    return made


def frame(kind: str, layout: QLayout | None = None) -> QFrame:
    """A frame; `kind` is panel, card, raised, popover, stage, bar, foot or message."""
    made = QFrame()
    made.setProperty("kind", kind)
    if layout is not None:
        made.setLayout(layout)
    return made


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    made = frame("line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def column(*, gap: int = theme.SPACE[1], margin: int = 0) -> QVBoxLayout:
    """A vertical layout with gaps of the tokens."""
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def discard(widget: QWidget) -> None:
    """Take a widget away for good, once what goes on is over.

    It keeps its parent so long: without one it would belong to Python alone, which would delete
    it in the middle of its own click as soon as nobody there names it any more.
    """
    widget.hide()
    around = widget.parentWidget()
    layout = around.layout() if around else None
    if layout is not None:
        layout.removeWidget(widget)
    widget.deleteLater()


def rekind(widget: QWidget, kind: str) -> None:
    """Change a widget's `kind`, and so how it looks."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
