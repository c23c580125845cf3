"""A drag of a slider or a number: all that it changes is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from aigc_studio.studio.session import Session


class OneStep(QObject):
    """Belongs to the widget that is dragged.

    A widget that is hidden or unmade in the midst never hears that the pointer is let go; left
    open, the step would swallow all that is done later.
    """

    def __init__(
        self,
        widget: QWidget,
        session: Session,
        label: str,
        began: SignalInstance,
        ended: SignalInstance,
    ) -> None:
        """`began` and `ended` are the widget's signals about a drag; `label` names the step."""
        super().__init__(widget)
        self._session, self._label, self._goes_on = session, label, False
        began.connect(self._begin)
        ended.connect(self._end)
        widget.installEventFilter(self)

    def _begin(self) -> None:
        self._goes_on = True
        self._session.begin_gesture(self._label)

    def _end(self) -> None:
        if self._goes_on:
            self._goes_on = False
            self._session.end_gesture()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who is seen no more is dragged no more."""
        if event.type() == QEvent.Type.Hide:
            self._end()
        return False
