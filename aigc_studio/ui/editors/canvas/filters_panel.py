"""The filters of the selected layer: added from a menu, reordered, switched, dragged."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu

from aigc_studio.document.filter_edits import add_filter, edit_filter, move_filter, remove_filter
from aigc_studio.media.filters import MAX_RADIUS, Blur, Colours, Levels, Noise, Sharpen
from aigc_studio.ui import theme
from aigc_studio.ui.one_step import OneStep
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, discard, frame, label, tool
from aigc_studio.ui.widgets.fold import Fold
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.filters import Filter
    from aigc_studio.studio.studio import Studio

    Make = Callable[[Project, str, str], Edit]

_LABEL = "Change a filter"
_WIDTH = 104


class _Number(NamedTuple):
    """How a number of a filter is shown: its words, bounds, unit, and its factor."""

    words: str
    low: float
    high: float
    unit: str = " %"
    factor: float = 100
    decimals: int = 0


NAMES = {
    "levels": later("Levels"),
    "colours": later("Hue and saturation"),
    "blur": later("Blur"),
    "sharpen": later("Sharpen"),
    "noise": later("Noise"),
}
_NEW: dict[str, Callable[[], Filter]] = {
    "levels": Levels,
    "colours": Colours,
    "blur": Blur,
    "sharpen": Sharpen,
    "noise": lambda: Noise(seed=secrets.randbelow(1 << 31)),
}
_RADIUS = _Number(later("Radius"), 0, MAX_RADIUS, " px", 1, 1)
_NUMBERS: dict[str, dict[str, _Number]] = {
    "levels": {
        "black": _Number(later("Black"), 0, 100),
        "white": _Number(later("White"), 0, 100),
        "gamma": _Number(later("Gamma"), 0.1, 10, "", 1, 2),
    },
    "colours": {
        "hue": _Number(later("Hue"), -180, 180, "°", 1),
        "saturation": _Number(later("Saturation"), -100, 100),
        "brightness": _Number(later("Brightness"), -100, 100),
    },
    "blur": {"radius": _RADIUS},
    "sharpen": {"radius": _RADIUS, "amount": _Number(later("Amount"), 0, 500)},
    "noise": {"amount": _Number(later("Amount"), 0, 100)},
}


class FilterCard(QFrame):
    """One filter: its switch, its place in the list, its numbers."""

    def __init__(self, panel: FiltersPanel, at: int, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.kind, self._panel, self._at = kind, panel, at
        name = tr(NAMES[kind])
        self.on = QCheckBox(name)
        self.on.toggled.connect(lambda on: panel.change(at, enabled=on))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.on, 1)
        for icon, words, then in (
            ("chevron-up", tr("Earlier"), partial(panel.move_by, at, -1)),
            ("chevron-down", tr("Later"), partial(panel.move_by, at, 1)),
            ("trash", tr("Remove the filter"), partial(panel.take, at)),
        ):
            made = tool(icon, words, then)
            made.setAccessibleName(f"{words}: {name}")
            head.addWidget(made)
        stack = column(gap=theme.SPACE[0], margin=theme.SPACE[1])
        stack.addLayout(head)
        self.fields = {key: self._field(key) for key in _NUMBERS[kind]}
        for field in self.fields.values():
            stack.addWidget(field)
        self.monochrome: QCheckBox | None = None
        if kind == "noise":
            self.monochrome = QCheckBox(tr("Grey grain"))
            self.monochrome.toggled.connect(lambda on: panel.change(at, monochrome=on))
            stack.addWidget(self.monochrome)
        self.setLayout(stack)

    def _field(self, key: str) -> NumberField:
        told = _NUMBERS[self.kind][key]
        step = 10.0**-told.decimals
        made = NumberField(
            tr(told.words), told.low, told.high, step=step, decimals=told.decimals, unit=told.unit
        )
        made.spin.setFixedWidth(theme.px(_WIDTH))
        made.changed.connect(
            lambda value: self._panel.change(self._at, **{key: value / told.factor})
        )
        OneStep(made, self._panel.session, _LABEL, made.drag_began, made.drag_ended)
        return made

    def show_filter(self, given: Filter) -> None:
        """Show the numbers that it has."""
        for key, field in self.fields.items():
            field.show_value(getattr(given, key) * _NUMBERS[self.kind][key].factor)
        _tick(self.on, given.enabled)
        if self.monochrome is not None and isinstance(given, Noise):
            _tick(self.monochrome, given.monochrome)


class FiltersPanel(Fold):
    """Of one layer at a time; the first filter is done first."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr("Filters"), "filter")
        self._studio, self.session = studio, studio.session
        self.cards: list[FilterCard] = []
        self.add = button(tr("Add a filter"), icon="plus")
        self.menu = QMenu(self.add)
        for kind, words in NAMES.items():
            self.menu.addAction(tr(words), partial(self.put_filter, kind))
        self.add.setMenu(self.menu)
        self.hint = label(tr("Select one layer to give it filters."), "caption", wrap=True)
        self._list = column(gap=theme.SPACE[1])
        holder = frame("")
        holder.setLayout(self._list)
        for part in (self.hint, holder, self.add):
            self.put(part)
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self.refresh)
        self.refresh()

    @property
    def _layer(self) -> Layer | None:
        chosen = self._studio.stage.selected
        return chosen[0] if len(self._studio.stage.selection) == len(chosen) == 1 else None

    def refresh(self) -> None:
        """Show the filters of the selected layer."""
        layer = self._layer
        self.hint.setVisible(layer is None)
        self.add.setEnabled(layer is not None)
        filters = layer.filters if layer else ()
        if [card.kind for card in self.cards] != [each.kind for each in filters]:
            for card in self.cards:
                discard(card)
            self.cards = [FilterCard(self, at, each.kind) for at, each in enumerate(filters)]
            for card in self.cards:
                self._list.addWidget(card)
        for card, each in zip(self.cards, filters, strict=True):
            card.show_filter(each)

    def put_filter(self, kind: str) -> None:
        """Add one of this kind behind the others."""
        given = _NEW[kind]()
        self._do(lambda project, canvas, layer: add_filter(project, canvas, layer, given))

    def change(self, at: int, **fields: object) -> None:
        """Change numbers of a filter, or switch it."""
        self._do(lambda project, canvas, layer: edit_filter(project, canvas, layer, at, **fields))

    def move_by(self, at: int, by: int) -> None:
        """Do a filter earlier or later."""
        if 0 <= at + by < len(self.cards):
            self._do(
                lambda project, canvas, layer: move_filter(project, canvas, layer, at, at + by)
            )

    def take(self, at: int) -> None:
        """Remove a filter."""
        self._do(lambda project, canvas, layer: remove_filter(project, canvas, layer, at))

    def _do(self, make: Make) -> None:
        layer, canvas = self._layer, self._studio.stage.canvas
        if layer is not None and canvas is not None:
            key, where = layer.id, canvas.id
            self.session.do(lambda project: make(project, where, key))


def _tick(box: QCheckBox, on: bool) -> None:
    before = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(before)
