"""The left side of a canvas: its layers or its history, and the numbers of what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.adjust import AdjustPanel
from aigc_studio.ui.editors.canvas.filters_panel import FiltersPanel
from aigc_studio.ui.editors.canvas.history_panel import HistoryPanel
from aigc_studio.ui.editors.canvas.layers_panel import LayersPanel
from aigc_studio.ui.editors.canvas.place_panel import PlacePanel
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, rule
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.view import CanvasView


class SidePanel(QFrame):
    """Layers and history take turns; the numbers stay below."""

    def __init__(self, studio: Studio, view: CanvasView) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.layers, self.history = LayersPanel(studio), HistoryPanel(studio, view)
        self.place, self.adjust = PlacePanel(studio), AdjustPanel(studio)
        self.filters = FiltersPanel(studio)
        words = {"layers": tr("Layers"), "history": tr("History")}
        self.choice = Segmented(words, tr("Panel on the left"))
        self.choice.chosen.connect(self.show_page)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.layers)
        self.pages.addWidget(self.history)
        head = QHBoxLayout()
        head.setContentsMargins(*(theme.SPACE[1],) * 4)
        head.addWidget(self.choice)
        stack = column(gap=0)
        stack.addLayout(head)
        stack.addWidget(self.pages, 1)
        stack.addWidget(rule())
        folds = column(gap=0, margin=theme.SPACE[1])
        folds.addWidget(self.place)
        folds.addWidget(self.adjust)
        folds.addWidget(self.filters)
        holder = self._inside = QWidget()
        holder.setLayout(folds)
        # Open folds scroll; the list of layers keeps its room.
        self.folds = QScrollArea()
        self.folds.setWidget(holder)
        self.folds.setWidgetResizable(True)
        self.folds.setFrameShape(QFrame.Shape.NoFrame)
        self.folds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.folds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder.installEventFilter(self)
        stack.addWidget(self.folds)
        self.setLayout(stack)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The folds take the room they need, up to half of the side."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit_folds()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As above."""
        super().resizeEvent(event)
        self._fit_folds()

    def _fit_folds(self) -> None:
        wanted = self._inside.sizeHint().height()
        self.folds.setFixedHeight(min(wanted, max(self.height() // 2, 1)))

    def show_page(self, key: str) -> None:
        """Show the layers, or the history."""
        self.choice.choose(key)
        page = self.layers if key == "layers" else self.history
        self.pages.setCurrentWidget(page)
        (self.layers.list if key == "layers" else self.history).setFocus()
