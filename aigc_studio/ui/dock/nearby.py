"""Nine variations of a point; what is picked of them leads to the next nine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import button, column, discard, label, tool

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

_ACROSS = 3


class NearbyPage(QWidget):
    """A grid of three by three; a click goes there and picks it, another one picks it no more.

    Signals:
        left(): a person has finished.
    """

    left = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._picking = studio, studio.picking
        self.tiles: list[Tile] = []
        self._seen: tuple[Played, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE[1])
        self.words = label("", "caption", wrap=True)
        self.back = tool("back", tr("The nine before"), self._picking.go_back, kind="")
        self.on = button("", self._picking.go_on)
        self.done = button(tr("Play this"), self._finish, kind="primary")
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE[1])
        foot.addWidget(self.back)
        foot.addWidget(self.on, 1)
        foot.addWidget(self.done)
        stack = column()
        stack.addWidget(self.words)
        stack.addLayout(self._grid)
        stack.addLayout(foot)
        stack.addStretch(1)
        self.setLayout(stack)
        studio.picking.shown.connect(self.refresh)
        studio.picking.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the present generation, and what is picked of it."""
        now = self._picking.now
        shown, picked = (now.shown, now.picked) if now else ((), ())
        if shown is not self._seen and (shown or now is None):
            self._fill(shown)  # the last ones stay until the next have come
        for index, tile in enumerate(self.tiles):
            tile.setChecked(index in picked and bool(shown))
            tile.setEnabled(bool(shown))
        self.back.setEnabled(self._picking.number > 1)
        self.on.setEnabled(bool(shown))
        self.on.setText(tr("Nine like these") if picked else tr("Nine others"))
        self.done.setEnabled(bool(shown))
        self.words.setText(self._told(len(picked)))

    def _told(self, picked: int) -> str:
        if not picked:
            return tr("Pick those you like: the next nine follow them.")
        return counted(
            picked,
            "{n} picked; the next nine follow it.",
            "{n} picked; the next nine follow them.",
        )

    def _fill(self, shown: tuple[Played, ...]) -> None:
        for tile in self.tiles:
            discard(tile)
        self._seen = shown
        self.tiles = [self._tile(index, played) for index, played in enumerate(shown)]

    def _tile(self, index: int, played: Played) -> Tile:
        side = theme.px(theme.THUMBNAIL_SMALL + theme.SPACE[3])
        made = Tile(played.picture, tr("Variation {number}", number=index + 1), side)
        made.setCheckable(True)
        made.clicked.connect(partial(self._on_click, index, played))
        self._grid.addWidget(made, index // _ACROSS, index % _ACROSS, Qt.AlignmentFlag.AlignCenter)
        return made

    def _on_click(self, index: int, played: Played) -> None:
        self._picking.pick(index)
        if self._picking.now and index in self._picking.now.picked:
            self._studio.instrument.go_to(played)

    def _finish(self) -> None:
        self._picking.finish()
        self.left.emit()
