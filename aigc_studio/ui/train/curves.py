"""Loss curves, live."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aigc_studio.ui import style, theme
from aigc_studio.ui.train.words import CURVES
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, label

if TYPE_CHECKING:
    from aigc_studio.studio.run_view import Curve

_LINE = 2
# It comes without types; loaded by name its parts are of any type, and nothing else is.
pyqtgraph = importlib.import_module("pyqtgraph")


class Curves(QWidget):
    """One curve at a time, since their scales have nothing in common."""

    def __init__(self) -> None:
        super().__init__()
        self._curves: dict[str, Curve] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Which curve"))
        self.choice.currentIndexChanged.connect(self._draw)
        self.plot: Any = None
        self.line: Any = None
        # A turn of its own: to make a plot takes as long as all the rest of a run's page.
        self._make_later = QTimer(self)
        self._make_later.setSingleShot(True)
        self._make_later.setInterval(0)
        self._make_later.timeout.connect(self._make)
        head = QHBoxLayout()
        head.addWidget(label(tr("Learning"), "strong"))
        head.addStretch(1)
        head.addWidget(self.choice)
        stack = column(gap=theme.SPACE[1])
        stack.addLayout(head)
        self.setLayout(stack)

    def show_curves(self, curves: dict[str, Curve]) -> None:
        """Show these; the choice stays."""
        self._curves = curves
        names = [self.choice.itemData(row) for row in range(self.choice.count())]
        if names != list(curves):
            chosen = self.choice.currentData()
            self.choice.blockSignals(True)
            self.choice.clear()
            for name in curves:
                self.choice.addItem(tr(CURVES[name]) if name in CURVES else name, name)
            self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
            self.choice.blockSignals(False)
        if self.plot is not None:
            self._draw()
        elif curves:
            self._make_later.start()

    def _make(self) -> None:
        self.plot = pyqtgraph.PlotWidget()
        self.plot.setAccessibleName(tr("Curve over the steps of the training"))
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMinimumHeight(theme.px(160))
        # As high as there is room; its own wish would push it out of sight.
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.line = self.plot.plot([], [])
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.plot, 1)
        self._dress()
        self._draw()

    def _draw(self) -> None:
        if self.plot is None:
            return
        curve = self._curves.get(str(self.choice.currentData()))
        self.line.setData(curve.steps if curve else [], curve.values if curve else [])
        self.choice.setVisible(len(self._curves) > 1)

    def _dress(self) -> None:
        colours = theme.colours()
        self.plot.setBackground(colours.panel)
        self.line.setPen(pyqtgraph.mkPen(colours.plots[0], width=_LINE))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(colours.line)
            axis.setTextPen(colours.secondary)
            axis.setStyle(tickFont=style.font(theme.CAPTION))
        self.plot.showGrid(x=False, y=True, alpha=0.15)

    def changeEvent(self, event: QEvent) -> None:
        """The theme changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "plot", None) is not None:
            self._dress()
