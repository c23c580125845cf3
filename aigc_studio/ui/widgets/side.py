"""The left side of a page: a panel, or in a narrow window a rail that opens it over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QToolButton, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.widgets.basics import column, frame, tool
from aigc_studio.ui.widgets.drawer import Drawer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent


class Side(QFrame):
    """Stands in the page's layout; the panel moves into a drawer where there is no room.

    Signals:
        folded(bool): it is a rail now, or the panel again.

    Attributes:
        rail: the narrow column of icons.
        opener: the first of them, which opens the panel.
        drawer: where the panel lies while there is a rail.
    """

    folded = Signal(bool)

    def __init__(
        self,
        page: QWidget,
        panel: QWidget,
        icon: str,
        name: str,
        *,
        widths: tuple[int, int],
        quick: Sequence[QToolButton] = (),
    ) -> None:
        """`widths` are the least and the most of the panel; `quick` stand on the rail too."""
        super().__init__()
        self.setProperty("kind", "panel")
        self.setAccessibleName(name)
        self._panel, self._widths, self._window = panel, widths, None
        self._wished = False
        self.opener = tool(icon, name, self.toggle)
        self.rail = self._rail(quick)
        self.drawer = Drawer(page, "left", beside=self)
        self.drawer.toggled.connect(self.opener.setDown)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addWidget(panel)
        self.rail.hide()
        self._stretch()

    def _rail(self, quick: Sequence[QToolButton]) -> QFrame:
        stack = column(gap=theme.SPACE[0])
        stack.setContentsMargins(0, theme.SPACE[1], 0, theme.SPACE[1])
        for each in (self.opener, *quick):
            stack.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        made = frame("panel", stack)
        made.setFixedWidth(theme.px(theme.RAIL_WIDTH))
        return made

    @property
    def is_rail(self) -> bool:
        """Whether the panel lies in the drawer."""
        return not self.rail.isHidden()

    def toggle(self) -> None:
        """Open or close the panel; where there is room it stands beside the page or not."""
        if self._is_narrow():
            self.drawer.toggle()
        else:
            self._wished = not self.is_rail
            self._arrange()

    def reveal(self) -> None:
        """Let the panel be seen."""
        if self.is_rail and not self.drawer.is_open:
            self.toggle()

    def _is_narrow(self) -> bool:
        return self.window().width() < theme.px(theme.RAIL_BELOW)

    def _arrange(self) -> None:
        rail = self._is_narrow() or self._wished
        if rail == self.is_rail:
            return
        if rail:
            self.drawer.hold(self._panel, self._widths[0])
        elif self.drawer.let_go():
            self._row.addWidget(self._panel)
            self._panel.show()
        self.rail.setVisible(rail)
        self._stretch()
        self.folded.emit(rail)

    def _stretch(self) -> None:
        low, high = (theme.px(theme.RAIL_WIDTH),) * 2 if self.is_rail else self._widths
        self.setMinimumWidth(low)
        self.setMaximumWidth(high)
        around = self.parentWidget()
        if isinstance(around, QSplitter):  # which keeps what it gave, even above the most
            sizes = around.sizes()
            sizes[around.indexOf(self)] = low
            around.setSizes(sizes)

    def showEvent(self, event: QShowEvent) -> None:
        """Mind how wide the window is."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is shown; a drawer does not wait for this one."""
        super().hideEvent(event)
        self.drawer.close_again()
        self.window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window became narrower or wider."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False


def reveal(widget: QWidget) -> None:
    """Let a widget be seen that may lie on a folded side."""
    around: QWidget | None = widget
    while around is not None and not isinstance(around, (Side, Drawer)):
        around = around.parentWidget()
    if isinstance(around, Side):
        around.reveal()
    elif isinstance(around, Drawer):
        around.open()
