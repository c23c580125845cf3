"""Mix: from one point to another, or several with weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.dragging import dragged_result
from aigc_studio.ui.dock.drop_place import DropPlace
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.dock.source_row import SourceRow
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, discard, label
from aigc_studio.ui.widgets.flow_grid import MIME_IDS

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QImage

    from aigc_studio.studio.studio import Studio


class MixPage(QWidget):
    """The sources, and what goes between them: one slider for two, weights for more.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._blend = studio, studio.blend
        self.rows: list[SourceRow] = []
        self._inside = column(gap=theme.SPACE[0])
        self.place = DropPlace(tr("Drop results or pictures here"), self.drop)
        self.slider = Slider(tr("From A to B"), 0.0, 1.0, 0.5)
        self.slider.moved.connect(self._blend.set_part)
        self.slider.held.connect(self.held)
        self.crossover = Slider(tr("Layout from A alone"), 0.0, 1.0, 0.0)
        self.crossover.moved.connect(self._cross)
        self.crossover.held.connect(self.held)
        self.hint = label("", "caption", wrap=True)
        stack = column(gap=theme.SPACE[1])
        stack.addWidget(self._area(), 1)
        self._between = self._line(label("A", "caption"), self.slider, label("B", "caption"))
        self._layers = self._line(label(tr("Layout from A"), "caption"), self.crossover)
        for part in (self._between, self._layers, self.place, self._deeds(), self.hint):
            stack.addWidget(part)
        self.setLayout(stack)
        studio.blend.changed.connect(self.refresh)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        self.refresh()

    def take(self) -> bool:
        """The present result becomes a source."""
        return self._blend.add_here()

    def drop(self, mime: QMimeData) -> bool:
        """What was dropped becomes a source; answers whether it can."""
        played = dragged_result(self._studio, mime)
        if played is not None:
            if played is self._studio.instrument.result:
                return self._blend.add_here()
            return self._blend.add_result(played)
        assets = bytes(mime.data(MIME_IDS).data()).decode("utf-8", "replace").split("\n")
        known = [each for each in assets if each in self._studio.session.project.assets]
        want, side = self._studio.thumbnails.want, theme.px(theme.THUMBNAIL)
        added = [self._blend.add_asset(each, want(each, side)) for each in known]
        return any(added)

    def refresh(self) -> None:
        """Show what is mixed."""
        sources, blend = self._blend.sources, self._blend
        if [row.source.number for row in self.rows] != [each.number for each in sources]:
            for row in self.rows:
                discard(row)
            self.rows = [SourceRow(blend, number) for number in range(len(sources))]
            for row in self.rows:
                row.held.connect(self.held)
                self._inside.insertWidget(self._inside.count() - 1, row)
        for row, source in zip(self.rows, sources, strict=True):
            row.show_source(source, weighed=len(sources) > 2)
        self._between.setVisible(len(sources) == 2)
        self.slider.setEnabled(blend.is_ready and len(sources) == 2)
        if len(sources) == 2:
            self.slider.show_number(blend.part)
        self._layers.setVisible(bool(blend.layers) and len(sources) > 1)
        self.crossover.show_number(blend.crossover / max(blend.layers, 1))
        self.hint.setText(self._told())

    def _told(self) -> str:
        sources = self._blend.sources
        if len(sources) < 2:
            return tr("Mix two or more: drop them above, or add where you are.")
        if not self._blend.is_ready:
            return tr("The model looks at the picture...")
        if len(sources) == 2:
            return tr("Drag from A to B.")
        return tr("Each weighs as much as its slider says.")

    def _deeds(self) -> QWidget:
        add = button(tr("Add this"), self.take, icon="plus")
        add.setToolTip(tr("Take where the dock is now."))
        return self._line(add, button(tr("Take all out"), self._blend.clear, kind="quiet"))

    def _area(self) -> QScrollArea:
        inside = QWidget()
        inside.setLayout(self._inside)
        self._inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _line(self, *parts: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        for part in parts:
            row.addWidget(part, int(isinstance(part, Slider)))
        return made

    def _cross(self, part: float) -> None:
        self._blend.set_crossover(round(part * self._blend.layers))

    def _on_thumbnail(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == theme.px(theme.THUMBNAIL):
            self._blend.show_asset(asset_id, picture)
