"""Nine variations of a point, to go on with one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, discard, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

_ACROSS = 3


class NearbyPage(QWidget):
    """A grid of three by three; a click goes there."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.tiles: list[Tile] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE[1])
        self.words = label(tr("Nine variations; pick one to go on from there."), "caption")
        self.words.setWordWrap(True)
        stack = column()
        stack.addWidget(self.words)
        stack.addLayout(self._grid)
        stack.addWidget(button(tr("Nine others"), self._again, icon="nearby"))
        stack.addStretch(1)
        self.setLayout(stack)
        studio.explorer.nearby_ready.connect(self.show_results)
        studio.choice.changed.connect(self._forget)

    def show_results(self, results: list[Played]) -> None:
        """Show these variations."""
        for tile in self.tiles:
            discard(tile)
        self.tiles = [self._tile(number, played) for number, played in enumerate(results)]

    def _tile(self, number: int, played: Played) -> Tile:
        side = theme.px(theme.THUMBNAIL_SMALL + theme.SPACE[3])
        made = Tile(played.picture, tr("Variation {number}", number=number + 1), side)
        made.clicked.connect(lambda: self._studio.instrument.go_to(played))
        self._grid.addWidget(
            made, number // _ACROSS, number % _ACROSS, Qt.AlignmentFlag.AlignCenter
        )
        return made

    def _forget(self) -> None:
        self.show_results([])

    def _again(self) -> None:
        self._studio.explorer.nearby()
