"""What a training would take, measured before the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar

from aigc_studio.ui import theme
from aigc_studio.ui.times import size, span
from aigc_studio.ui.translate import listed, together, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from aigc_studio.base.errors import StudioError


class ForecastBox(QFrame):
    """Time, memory, disk; the button that begins.

    Signals:
        measure_wanted(): measure now.
        begin_wanted(): train.
    """

    measure_wanted = Signal()
    begin_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.said = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Measuring what it takes"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.SPACE[3])
        self.grid.setVerticalSpacing(theme.SPACE[1])
        self.grid.setColumnStretch(1, 1)
        self.values = {}
        for row, (key, words) in enumerate(
            (
                ("time", tr("Time")),
                ("memory", tr("Memory")),
                ("disk", tr("Disk")),
                ("data", tr("Data")),
                ("model", tr("Model")),
            )
        ):
            self.values[key] = label("", "strong", wrap=True)
            self.grid.addWidget(label(words, "secondary"), row, 0)
            self.grid.addWidget(self.values[key], row, 1)
        self.measure = button(tr("Measure"), self.measure_wanted.emit)
        self.begin = button(
            tr("Start training"), self.begin_wanted.emit, kind="primary", icon="train"
        )
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[3])
        stack.addWidget(label(tr("What it takes"), "heading"))
        stack.addWidget(self.said)
        stack.addWidget(self.bar)
        stack.addLayout(self.grid)
        stack.addWidget(self.measure)
        stack.addWidget(self.begin)
        self.setLayout(stack)
        self.ask()

    def ask(self, why: str = "") -> None:
        """Nothing is known yet."""
        self._show(why or tr("A few real steps are tried, to tell how long it would take."))
        self.measure.show()

    def lack(self, what: str) -> None:
        """Nothing can be measured before something is chosen; `what` says so."""
        self._show(what)

    def wait(self) -> None:
        """It is being measured."""
        self._show(tr("Measuring: a few real steps are tried."))
        self.bar.show()

    def show_values(self, values: Mapping[str, JsonValue]) -> None:
        """Show what was measured."""
        self._show("")
        number = {key: v for key, v in values.items() if isinstance(v, int | float)}
        steps = int(number.get("steps", 0))
        seconds = number.get("seconds", steps * number.get("seconds_per_step", 0.0))
        self._put("time", span(seconds), tr("{steps:,} steps", steps=steps) if steps else "")
        for key, name in (("memory", "memory_bytes"), ("disk", "disk_bytes")):
            self._put(key, size(number[name]) if name in number else "")
        if "items" in number:
            side = int(number.get("size", 0))
            items = tr("{items:,} pictures", items=int(number["items"]))
            self._put("data", items, f"{side} x {side}" if side else "")
        if "parameters" in number:
            millions = number["parameters"] / 1e6
            self._put("model", tr("{millions:.1f} million numbers", millions=millions))
        self._fit()

    def show_fault(self, error: StudioError) -> None:
        """It could not be measured."""
        self._show(together(map(worded, (error.happened, error.todo))), "warn")
        self.measure.show()

    def _put(self, key: str, *parts: str) -> None:
        self.values[key].setText(listed(filter(None, parts)))

    def _show(self, words: str, kind: str = "secondary") -> None:
        self.said.setProperty("kind", kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.bar.hide()
        self.measure.hide()
        for value in self.values.values():
            value.clear()
        self._fit()

    def _fit(self) -> None:
        for row, value in enumerate(self.values.values()):
            name = self.grid.itemAtPosition(row, 0)
            shown = bool(value.text())
            value.setVisible(shown)
            widget = name.widget() if name else None
            if widget:
                widget.setVisible(shown)
