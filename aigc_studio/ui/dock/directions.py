"""Directions: the model's own and those that were learned, a slider for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from aigc_studio.document.tracks import axis_track, direction_track
from aigc_studio.studio.directions import KEPT
from aigc_studio.ui import theme
from aigc_studio.ui.dock.direction_row import DirectionRow
from aigc_studio.ui.dock.lessons import Lessons
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, discard, label
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from aigc_studio.studio.directions import Heading
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.slider import Slider

_LOW = 340
_KINDS = {
    "pca": later("Strongest"),
    "closed-form": later("Built in"),
    KEPT: later("Yours"),
}
_ABOUT = {
    "pca": later("In these your pictures vary most. A double click puts one in the middle."),
    "closed-form": later("In these the model changes most, by its own weights."),
    KEPT: later("Learned or kept; they are saved with the project."),
}


class DirectionsPage(QWidget):
    """Sliders of one kind at a time; below them what learning takes.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._instrument, self._choice = studio.instrument, studio.choice
        self._directions, self._lock = studio.directions, studio.lock
        self._kind = "pca"
        self.rows: list[DirectionRow] = []
        self.kinds: Segmented | None = None
        self._inside = column(gap=theme.SPACE[0])
        self.words = label("", "caption", wrap=True)
        self.lessons = Lessons(studio)
        self.lessons.learned.connect(lambda: self.show_kind(KEPT))
        self._stack = column()
        self._stack.addWidget(self.words)
        self._stack.addWidget(self._area(), 1)
        self._stack.addWidget(button(tr("All to the middle"), self._reset, kind="quiet"))
        self._stack.addWidget(self.lessons)
        self.setLayout(self._stack)
        studio.choice.changed.connect(self._on_model)
        studio.directions.changed.connect(self._refill)
        studio.instrument.moved.connect(self._on_moved)
        studio.lock.changed.connect(self._show_state)
        self._on_model()

    @property
    def sliders(self) -> list[Slider]:
        """Those that are shown, the strongest direction first."""
        return [row.slider for row in self.rows]

    @property
    def numbers(self) -> list[QLabel]:
        """What stands beside them."""
        return [row.number for row in self.rows]

    def show_kind(self, kind: str) -> None:
        """Show the strongest, the closed-form ones, or the kept."""
        self._kind = kind
        if self.kinds is not None:
            self.kinds.choose(kind)
        self._refill()

    def _area(self) -> QScrollArea:
        inside = QWidget()
        inside.setLayout(self._inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _on_model(self) -> None:
        if self.kinds is not None:
            discard(self.kinds)
        kinds = self._directions.kinds
        self.kinds = Segmented({kind: tr(_KINDS.get(kind, kind)) for kind in kinds}, tr("Kind"))
        self.kinds.chosen.connect(self.show_kind)
        self._stack.insertWidget(0, self.kinds)
        self.show_kind(self._kind if self._kind in kinds else kinds[0])

    def _refill(self) -> None:
        while self._inside.count():
            item = self._inside.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                discard(widget)
        headings = self._directions.of(self._kind)
        self.rows = [self._row(heading) for heading in headings]
        self._inside.addStretch(1)
        self.words.setText(self._told(len(headings)))
        self._fold()
        self._show_state()

    def _told(self, count: int) -> str:
        if self._choice.steering is None:
            return ""
        if self._kind == KEPT and not count:
            return tr("None yet. Learn one from what you like, or keep one with its star.")
        return tr(_ABOUT.get(self._kind, ""))

    def _row(self, heading: Heading) -> DirectionRow:
        made = DirectionRow(self._directions, heading, self._technical(heading))
        made.slider.held.connect(self.held)
        if heading.kind == "pca":  # the timeline knows directions by their axis or id
            made.add(KeyButton(self._studio, axis_track(heading.number - 1)))
        elif heading.direction_id:
            made.add(KeyButton(self._studio, direction_track(heading.direction_id)))
        self._inside.addWidget(made)
        return made

    def _technical(self, heading: Heading) -> str:
        steering = self._choice.steering
        if heading.kind != "pca" or steering is None:
            return tr("In standard deviations from the middle")
        strength = steering.spread**2
        share = 100 * float(strength[heading.number - 1] / strength.sum())
        return tr(
            "Principal component {number}: {share} % of what the named directions vary. "
            "In standard deviations from the middle.",
            number=heading.number,
            share=f"{share:.0f}",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, sliders come before words."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.words.setVisible(not self.rows or self.height() > theme.px(_LOW))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what went on meanwhile."""
        super().showEvent(event)
        self._show_state()

    def _on_moved(self) -> None:
        if self.isVisible():  # else each step of a drag on the pad would cost more
            self._show_state()

    def _show_state(self) -> None:
        for row in self.rows:
            row.show_state(
                self._directions.amount(row.heading), self._directions.is_held(row.heading)
            )

    def _reset(self) -> None:
        self._directions.go({row.heading: 0.0 for row in self.rows})
