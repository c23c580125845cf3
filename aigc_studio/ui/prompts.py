"""Three prompts for the first minute, each on the real control: drag, star, make a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QMargins,
    QObject,
    QPoint,
    QRect,
    QSize,
    Signal,
    SignalInstance,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, discard, label

if TYPE_CHECKING:
    from aigc_studio.studio.settings import Settings

# In the order they come.
PROMPTS = {
    "drag": later("Drag here: the picture follows."),
    "star": later("Star what you like: it stays in the trail."),
    "loop": later("Make a loop: your way becomes a film without an end."),
}
_COMES = (QEvent.Type.Show, QEvent.Type.EnabledChange)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Prompts(QObject):
    """Shows the first prompt that was not seen yet, beside the control that was offered for it.

    The window has one; a control is offered with `offer(widget, "drag")`, and `did(widget,
    "drag")` tells that a person has done it.
    """

    shown = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self._controls: dict[str, QWidget] = {}
        self.bubble: Bubble | None = None

    def offer(self, prompt: str, control: QWidget) -> None:
        """This control is what a prompt speaks of."""
        if self._controls.get(prompt) is not control:  # it is offered whenever it is shown
            self._controls[prompt] = control
            control.destroyed.connect(lambda: self._forget(prompt, control))
        self._show_next()

    def did(self, prompt: str) -> None:
        """A person has done it, or does not want to be told."""
        seen = self._settings.values.prompts_seen
        if prompt not in seen:
            self._settings.change(prompts_seen=(*seen, prompt))
        self._show_next()

    def skip(self) -> None:
        """No more prompts."""
        self._settings.change(prompts_seen=tuple(PROMPTS))
        self._show_next()

    def _forget(self, prompt: str, control: QWidget) -> None:
        if self._controls.get(prompt) is control:
            del self._controls[prompt]
            self._show_next()

    def _show_next(self) -> None:
        seen = self._settings.values.prompts_seen
        prompt = next((each for each in PROMPTS if each not in seen), "")
        control = self._controls.get(prompt)
        if self.bubble and self.bubble.prompt == prompt and self.bubble.control is control:
            return
        if self.bubble:
            self.bubble.leave()
            self.bubble = None
        if control:
            self.bubble = Bubble(prompt, control, self)
            self.shown.emit(prompt)


class Bubble(QFrame):
    """One prompt, beside its control."""

    def __init__(self, prompt: str, control: QWidget, prompts: Prompts) -> None:
        super().__init__(control.window())
        self.prompt, self.control = prompt, control
        self.setProperty("kind", "popover")
        number = list(PROMPTS).index(prompt) + 1
        place = tr("{number} of {all}", number=number, all=len(PROMPTS))
        foot = QHBoxLayout()
        foot.addWidget(label(place, "caption"))
        foot.addStretch(1)
        foot.addWidget(button(tr("Skip all"), prompts.skip, kind="quiet"))
        foot.addWidget(button(tr("Got it"), lambda: prompts.did(prompt)))
        stack = column(gap=theme.SPACE[1], margin=theme.SPACE[2])
        stack.addWidget(label(tr(PROMPTS[prompt]), "strong", wrap=True))
        stack.addLayout(foot)
        self.setLayout(stack)
        self.setFixedWidth(theme.px(280))
        self._place()

    def leave(self) -> None:
        """Go."""
        discard(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the control."""
        if event.type() in _MOVES and isValid(self.control):
            self._place()
        return False

    def _place(self) -> None:
        control, window = self.control, self.control.window()
        if not control.isVisible() or window is control:
            self.hide()
            return
        self._watch()
        self.adjustSize()
        place = _beside(QRect(control.mapTo(window, QPoint(0, 0)), control.size()), self.size())
        inside = window.rect().marginsRemoved(QMargins(*[theme.SPACE[1]] * 4))
        right = max(inside.left(), inside.right() - self.width())
        lowest = max(inside.top(), inside.bottom() - self.height())
        self.move(
            min(max(place.x(), inside.left()), right), min(max(place.y(), inside.top()), lowest)
        )
        self.show()
        self.raise_()

    def _watch(self) -> None:
        # A control that stands still in what moves does not hear of it.
        around: QWidget | None = self.control
        while around is not None:
            around.installEventFilter(self)
            around = around.parentWidget()


def _beside(control: QRect, bubble: QSize) -> QPoint:
    """To the left of what is tall; above what is flat, or else below it."""
    gap = theme.SPACE[1]
    if control.height() > bubble.height() and control.left() > bubble.width() + gap:
        return QPoint(control.left() - bubble.width() - gap, control.top())
    above = control.top() - bubble.height() - gap
    return QPoint(control.left(), above if above > gap else control.bottom() + gap)


class Proposal(QObject):
    """Offers a control for a prompt whenever it comes into sight and can be used."""

    def __init__(self, prompt: str, control: QWidget, done: SignalInstance) -> None:
        """`done` tells that a person has done it; lives as long as `control`."""
        super().__init__(control)
        self._prompt, self._control = prompt, control
        control.installEventFilter(self)
        done.connect(self._on_done)

    def _on_done(self) -> None:
        self._control.removeEventFilter(self)
        did(self._control, self._prompt)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It came, or can be used from now on."""
        if event.type() in _COMES and self._control.isVisible() and self._control.isEnabled():
            offer(self._control, self._prompt)
        return False


def offer(control: QWidget, prompt: str) -> None:
    """Offer a control of a window for one of its prompts; windows without prompts let it be."""
    for prompts in control.window().findChildren(Prompts):
        prompts.offer(prompt, control)


def did(control: QWidget, prompt: str) -> None:
    """Tell that a person has done what a prompt asks for."""
    for prompts in control.window().findChildren(Prompts):
        prompts.did(prompt)
