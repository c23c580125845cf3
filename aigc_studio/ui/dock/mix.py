"""Mix: from one point to another, round the sphere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.dragging import dragged_result
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.flow_grid import MIME_IDS

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played


@dataclass(frozen=True, eq=False)
class Source:
    """One end of a mix; a picture of the library has no point until the model has seen it."""

    picture: QImage
    code: Floats | None
    asset: str = ""


class MixPage(QWidget):
    """Two sources and a slider between them.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._instrument = studio, studio.instrument
        self.sources: dict[str, Source] = {}
        self.previews: dict[str, Preview] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        for side, name in (("a", tr("Source A")), ("b", tr("Source B"))):
            row.addLayout(self._side(side, name))
        self.slider = Slider(tr("From A to B"), 0.0, 1.0, 0.5)
        self.slider.moved.connect(self._mix)
        self.slider.held.connect(self.held)
        self.hint = label("", "caption", wrap=True)
        ends = QHBoxLayout()
        ends.addWidget(label("A", "caption"))
        ends.addWidget(self.slider, 1)
        ends.addWidget(label("B", "caption"))
        stack = column(gap=theme.SPACE[2])
        stack.addLayout(row)
        stack.addLayout(ends)
        stack.addWidget(self.hint)
        stack.addStretch(1)
        self.setLayout(stack)
        studio.choice.changed.connect(self._forget)
        studio.chart.placed.connect(self._on_located)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        self._forget()

    def _side(self, side: str, name: str) -> QVBoxLayout:
        preview = Preview(name)
        preview.setFixedHeight(theme.px(theme.THUMBNAIL))
        preview.setToolTip(tr("Drop a result of the trail or a picture of the library here."))
        preview.take = lambda mime: self.drop(side, mime)
        self.previews[side] = preview
        made = column()
        made.addWidget(preview)
        words = tr("Here as A") if side == "a" else tr("Here as B")
        take = button(words, lambda: self.take(side))
        take.setToolTip(tr("Take where the dock is now."))
        made.addWidget(take)
        return made

    def take(self, side: str) -> None:
        """The present result becomes a source."""
        played = self._instrument.result
        if played is not None:
            self._take_result(side, played, here=True)

    def drop(self, side: str, mime: QMimeData) -> bool:
        """What was dropped becomes a source; answers whether it can."""
        played = dragged_result(self._studio, mime)
        if played is not None:
            if played.model == self._studio.choice.word:
                self._take_result(side, played, here=played is self._instrument.result)
                return True
            self._instrument.told.emit(tr("This result is of another model: mix within one."))
            return False
        assets = bytes(mime.data(MIME_IDS).data()).decode().split("\n")
        if assets[0] not in self._studio.session.project.assets:
            return False
        self._take_asset(side, assets[0])
        return True

    def _take_result(self, side: str, played: Played, *, here: bool) -> None:
        self._put(side, Source(played.picture, played.code))
        if here:
            self.slider.show_number(1.0 if side == "b" else 0.0)
        else:
            self._mix()

    def _take_asset(self, side: str, asset_id: str) -> None:
        chart = self._studio.chart
        picture = self._studio.thumbnails.want(asset_id, theme.px(theme.THUMBNAIL)) or QImage()
        self._put(side, Source(picture, chart.code(asset_id), asset_id))
        chart.find(asset_id)
        self._mix()

    def _put(self, side: str, source: Source) -> None:
        self.sources[side] = source
        self.previews[side].show_picture(source.picture)
        self.previews[side].show_dashed(False)
        self._refresh()

    def _on_located(self, asset_ids: list[str]) -> None:
        for side, source in list(self.sources.items()):
            if source.asset in asset_ids and source.code is None:
                code = self._studio.chart.code(source.asset)
                self._put(side, Source(source.picture, code, source.asset))
                self._mix()

    def _on_thumbnail(self, asset_id: str, side_length: int, picture: QImage) -> None:
        for side, source in list(self.sources.items()):
            if source.asset == asset_id and side_length == theme.px(theme.THUMBNAIL):
                self._put(side, Source(picture, source.code, asset_id))

    def _ends(self) -> tuple[Floats, Floats] | None:
        a, b = self.sources.get("a"), self.sources.get("b")
        if a is None or b is None or a.code is None or b.code is None:
            return None
        return a.code, b.code

    def _refresh(self) -> None:
        ready = self._ends() is not None
        self.slider.setEnabled(ready)
        if ready:
            words = tr("Drag from A to B.")
        elif len(self.sources) == len(self.previews):
            words = tr("The model looks at the picture...")
        else:
            words = tr("Drop two results or pictures here, or go somewhere and press Here.")
        self.hint.setText(words)

    def _forget(self) -> None:
        self.sources.clear()
        for preview in self.previews.values():
            preview.show_picture(QImage())
            preview.show_dashed(True)
        self.slider.show_number(0.5)
        self._refresh()

    def _mix(self) -> None:
        ends = self._ends()
        if ends:
            self._instrument.mix(*ends, self.slider.number)
