"""The trail: a strip of what was played last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from aigc_studio.document.canvas import LatentPoint, packed
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.preset_edits import add_preset
from aigc_studio.ui import theme
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played


class TrailStrip(QScrollArea):
    """The newest at the left; a click goes back there, its menu keeps a result."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.tiles: dict[int, Tile] = {}
        self._row = QHBoxLayout()
        self._row.setContentsMargins(theme.SPACE[2], theme.SPACE[0], theme.SPACE[2], 0)
        self._row.setSpacing(theme.SPACE[0])
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._empty = label(tr("What you play gathers here."), "caption")
        self._row.addWidget(self._empty)
        inside = QWidget()
        inside.setLayout(self._row)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Trail: the last results"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(theme.px(theme.THUMBNAIL_SMALL) + theme.SPACE[3])
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        studio.instrument.trail.changed.connect(self.refresh)
        studio.instrument.picture.connect(self._mark)
        self.refresh()

    def refresh(self) -> None:
        """Show the trail as it is now."""
        entries = {entry.number: entry for entry in self._studio.instrument.trail}
        for number in [number for number in self.tiles if number not in entries]:
            gone = self.tiles.pop(number)
            gone.setParent(None)
            gone.deleteLater()
        for number, entry in entries.items():
            if number not in self.tiles:
                self.tiles[number] = self._tile(entry)
                self._row.insertWidget(0, self.tiles[number])
                self.horizontalScrollBar().setValue(0)
            self.tiles[number].starred = entry.starred
            self.tiles[number].update()
        self._empty.setVisible(not entries)
        self._mark()

    def _tile(self, entry: Played) -> Tile:
        made = Tile(entry.picture, entry.name, theme.px(theme.THUMBNAIL_SMALL) - theme.SPACE[0])
        made.setCheckable(True)
        number = entry.number
        made.clicked.connect(lambda: self.go(number))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda at: self._menu(number, made.mapToGlobal(at)))
        return made

    def entry(self, number: int) -> Played | None:
        """A result of the trail by its number."""
        found = (entry for entry in self._studio.instrument.trail if entry.number == number)
        return next(found, None)

    def go(self, number: int) -> None:
        """Go back to a result."""
        entry = self.entry(number)
        if entry:
            self._studio.instrument.go_to(entry)
        self._mark()

    def star(self, number: int) -> None:
        """Keep a result as a preset, or take its star away."""
        entry = self.entry(number)
        if entry:
            starred = not entry.starred
            self._studio.instrument.trail.star(entry, starred=starred)
            if starred:
                keep_preset(self._studio, entry)

    def _mark(self) -> None:
        result = self._studio.instrument.result
        number = result.number if result else 0
        for key, tile in self.tiles.items():
            tile.setChecked(key == number)

    def _menu(self, number: int, at: QPoint) -> None:
        entry = self.entry(number)
        if entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = tr("Take the star away") if entry.starred else tr("Star: keep as a preset")
        menu.addAction(words).triggered.connect(lambda: self.star(number))
        words = tr("Keep in the library")
        menu.addAction(words).triggered.connect(
            lambda: self._studio.instrument.keep(entry, tr("Kept results"))
        )
        menu.popup(at)


def keep_preset(studio: Studio, entry: Played) -> bool:
    """Keep a result as a preset of the project."""
    with studio.session.attempt():
        model = choose_model(studio.session.store, entry.model)
        point = LatentPoint(
            model=model.ref.id,
            space=entry.recipe.space or "z",
            code=packed(entry.code),
            seed=entry.recipe.seed,
            truncation=entry.truncation,
        )
        return studio.session.do(lambda project: add_preset(project, entry.name, point))
    return False
