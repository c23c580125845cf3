"""The pictures of the data that lie nearest to what is played."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, discard, label, rekind

if TYPE_CHECKING:
    from aigc_studio.studio.likeness import Neighbour
    from aigc_studio.studio.studio import Studio

_SIDE = 36


class NeighbourStrip(QWidget):
    """The nearest first; a click finds one in the model, its menu shows it in the library."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._likeness = studio, studio.likeness
        self.tiles: dict[str, Tile] = {}
        self.words = label("", "caption")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACE[0])
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        stack = column(gap=2)
        stack.addWidget(self.words)
        stack.addLayout(self._row)
        self.setLayout(stack)
        self.setAccessibleName(tr("Nearest pictures of your data"))
        room = self.words.fontMetrics().lineSpacing() + theme.px(_SIDE) + 2
        self.setFixedHeight(room)  # or the map would jump when the first ones come
        studio.likeness.changed.connect(self.refresh)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        self.refresh()

    def refresh(self) -> None:
        """Show what is nearest now."""
        near = self._likeness.nearest
        self._lay(near)
        for each in near:
            self._name(self.tiles[each.asset], each)
        copied = bool(near) and near[0].is_itself
        rekind(self.words, "warn" if copied else "caption")
        self.words.setText(self._told(near[0] if copied else None))
        self.words.setToolTip(
            tr("Far nearer than your pictures lie to each other: the result may be a copy of it.")
            if copied
            else tr("By how far they lie apart in the model's space")
        )

    def _lay(self, near: tuple[Neighbour, ...]) -> None:
        """Tiles of these in this order; those that stay are not made anew."""
        wanted = [each.asset for each in near]
        for gone in [asset for asset in self.tiles if asset not in wanted]:
            discard(self.tiles.pop(gone))
        tiles = {each.asset: self.tiles.get(each.asset) or self._tile(each) for each in near}
        if list(tiles) != list(self.tiles):
            for at, tile in enumerate(tiles.values()):
                self._row.insertWidget(at, tile)
        self.tiles = tiles

    def _told(self, copied: Neighbour | None) -> str:
        seen, count = self._likeness.looked
        if copied is None and seen < count:
            return tr("Nearest of {seen} of {count} looked at so far", seen=seen, count=count)
        if copied is None:
            return tr("Nearest in your data")
        return tr("Almost a copy of {name}", name=self._name_of(copied.asset))

    def _tile(self, near: Neighbour) -> Tile:
        side = theme.px(_SIDE)
        picture = self._studio.thumbnails.want(near.asset, self._pixels) or QImage()
        made = Tile(picture, "", side)
        made.clicked.connect(partial(self._likeness.visit, near))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(partial(self._menu, near, made))
        return made

    def _name(self, tile: Tile, near: Neighbour) -> None:
        words = tr(
            "{name}: {far} standard deviations away",
            name=self._name_of(near.asset),
            far=f"{near.far:.2f}",
        )
        tile.setAccessibleName(words)
        tile.setToolTip(words)

    def _name_of(self, asset_id: str) -> str:
        assets = self._studio.session.project.assets if self._studio.session.is_open else {}
        return assets[asset_id].name if asset_id in assets else ""

    def _menu(self, near: Neighbour, tile: Tile, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self._name_of(near.asset)
        there = menu.addAction(tr("Go to {name}", name=name))
        there.triggered.connect(partial(self._likeness.visit, near))
        library = menu.addAction(tr("Show in the library"))
        library.triggered.connect(partial(self._show_in_library, near.asset))
        menu.popup(tile.mapToGlobal(at))

    def _show_in_library(self, asset_id: str) -> None:
        if self._studio.commands.run("go.library"):
            self._likeness.asset_wanted.emit(asset_id)

    @property
    def _pixels(self) -> int:
        return round(theme.px(_SIDE) * self.devicePixelRatio())

    def _on_thumbnail(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == self._pixels and asset_id in self.tiles:
            self.tiles[asset_id].show_picture(picture)
