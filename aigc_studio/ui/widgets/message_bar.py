"""The bar above the page: what happened, what was kept, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import together, tr
from aigc_studio.ui.widgets.basics import button, column, discard, label, picture_label, tool
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.base.errors import StudioError

Weight = Literal["ok", "info", "warn", "error"]
_ICONS: dict[Weight, tuple[str, str]] = {
    "ok": ("check", "ok"),
    "info": ("info", "accent"),
    "warn": ("warning", "warn"),
    "error": ("error", "error"),
}
_MOST = 3
_PASSING = 6000


class Message(QFrame):
    """One message; it stays until it is closed, unless it only says that all is well."""

    def __init__(
        self,
        happened: str,
        more: str = "",
        *,
        weight: Weight = "info",
        details: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """`more` is said in a second line, `details` on demand; `action` is words and deed."""
        super().__init__()
        self.setProperty("kind", "message")
        self.setAccessibleName(f"{happened} {more}".strip())
        self.happened, self.more, self.weight = happened, more, weight
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(theme.px(160))
        self._details.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        icon, role = _ICONS[weight]
        row.addWidget(picture_label(icon, role=role))
        row.addLayout(self._words(), 1)
        if details:
            row.addWidget(button(tr("Details"), self._fold, kind="quiet"))
        if action:
            row.addWidget(button(action[0], lambda: self._act(action[1])))
        row.addWidget(tool("close", tr("Close this message"), self.leave))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[1], theme.SPACE[1])
        stack.addLayout(row)
        stack.addWidget(self._details)
        if weight == "ok":
            QTimer.singleShot(_PASSING, self, self.leave)

    def _words(self) -> QVBoxLayout:
        words = column(gap=2)
        words.addWidget(label(self.happened, "strong", wrap=True))
        if self.more:
            words.addWidget(label(self.more, "secondary", wrap=True))
        return words

    def leave(self) -> None:
        """Take the message away."""
        discard(self)

    def _fold(self) -> None:
        self._details.setVisible(not self._details.isVisible())

    def _act(self, deed: Callable[[], object]) -> None:
        deed()
        self.leave()


class MessageBar(QWidget):
    """The messages, newest first; the same one is not said twice."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = column(gap=0)
        self.setLayout(self._stack)

    def messages(self) -> list[Message]:
        """What is said now, newest first."""
        items = (self._stack.itemAt(index) for index in range(self._stack.count()))
        found = (item.widget() for item in items if item)
        return [each for each in found if isinstance(each, Message)]

    def say(
        self,
        happened: str,
        more: str = "",
        *,
        weight: Weight = "info",
        details: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> Message:
        """Say something; see `Message`."""
        for old in self.messages():
            if old.happened == happened:
                old.leave()
        made = Message(happened, more, weight=weight, details=details, action=action)
        self._stack.insertWidget(0, made)
        for old in self.messages()[_MOST:]:
            old.leave()
        return made

    def fail(
        self, error: StudioError, action: tuple[str, Callable[[], object]] | None = None
    ) -> Message:
        """Say what went wrong, what was kept and what to do."""
        more = together(map(worded, (error.kept, error.todo)))
        cause = error.__cause__
        because = [f"{type(cause).__name__}: {cause}"] if cause else []
        details = "\n".join([*because, *getattr(error, "__notes__", ())])
        weight: Weight = "warn" if error.kind in ("input", "busy", "missing") else "error"
        return self.say(worded(error.happened), more, weight=weight, details=details, action=action)
