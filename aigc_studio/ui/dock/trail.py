"""The trail: a strip of what was played last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from aigc_studio.studio.presets import dislike, star
from aigc_studio.ui import theme
from aigc_studio.ui.dock.dragging import drag_out
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.keys import would_be_shortcut
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import discard, label

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent

    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999}
_STARS = (Qt.Key.Key_S, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
_GOES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class TrailStrip(QScrollArea):
    """The newest at the left; a click goes back there, a star keeps, a drag places.

    Signals:
        starred(bool): a person gave a result a star, or took it away.
    """

    starred = Signal(bool)

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
        self.setAccessibleDescription(
            tr("Arrows walk, Enter goes back there, S stars, - dislikes.")
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(theme.px(theme.THUMBNAIL_SMALL) + theme.SPACE[3])
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pointed = 0
        studio.instrument.trail.changed.connect(self.refresh)
        studio.instrument.picture.connect(self._mark)
        self.refresh()

    def refresh(self) -> None:
        """Show the trail as it is now."""
        entries = {entry.number: entry for entry in self._studio.instrument.trail}
        for number in [number for number in self.tiles if number not in entries]:
            discard(self.tiles.pop(number))
        for number, entry in entries.items():
            if number not in self.tiles:
                self.tiles[number] = self._tile(entry)
                self._row.insertWidget(0, self.tiles[number])
                self.horizontalScrollBar().setValue(0)
            tile, judged = self.tiles[number], (entry.starred, entry.disliked)
            if (tile.starred, tile.disliked) != judged:
                tile.starred, tile.disliked = judged
                tile.update()
        self._empty.setVisible(not entries)
        self._mark()

    def _tile(self, entry: Played) -> Tile:
        side = theme.px(theme.THUMBNAIL_SMALL) - theme.SPACE[0]
        made = Tile(entry.picture, entry.name, side, can_star=True)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the strip is walked with arrows
        number = entry.number
        made.clicked.connect(lambda: self.go(number))
        made.star_asked.connect(lambda: self.star(number))
        made.pulled.connect(lambda: drag_out(made, entry.picture, number))
        made.twice.connect(lambda: self._on_twice(number))
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

    def star(self, number: int, *, starred: bool | None = None) -> None:
        """Keep a result as a preset, or take its star away; without a word the other of both."""
        entry = self.entry(number)
        if entry:
            wanted = not entry.starred if starred is None else starred
            star(self._studio.session, self._studio.instrument, entry, starred=wanted)
            self.starred.emit(wanted)

    def dislike(self, number: int) -> None:
        """Dislike a result, or no longer."""
        entry = self.entry(number)
        if entry:
            dislike(self._studio.session, self._studio.instrument, entry)

    def _judge(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Minus:
            self.dislike(self._pointed)
        else:
            self.star(self._pointed, starred=True if key == Qt.Key.Key_Plus else None)

    def _on_twice(self, number: int) -> None:
        # The first click went back there; a layer that followed is not laid down twice.
        if self._studio.living.target is None:
            self._studio.living.place(played=self.entry(number))

    def _mark(self) -> None:
        result = self._studio.instrument.result
        number = result.number if result else 0
        for key, tile in self.tiles.items():
            if tile.isChecked() != (key == number):
                tile.setChecked(key == number)

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Its letters act here, whatever they mean elsewhere."""
        if would_be_shortcut(event, (*_STEPS, *_STARS, *_GOES)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter goes back there, S stars, + likes, - dislikes."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._point(_STEPS[key])
        elif key in _GOES:
            self.go(self._pointed)
        elif key in _STARS:
            self._judge(key)
        elif key == Qt.Key.Key_Menu and self._pointed in self.tiles:
            tile = self.tiles[self._pointed]
            self._menu(self._pointed, tile.mapToGlobal(tile.rect().center()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._point(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is elsewhere."""
        super().focusOutEvent(event)
        self._show_pointed(0)

    def _point(self, by: int) -> None:
        numbers = sorted(self.tiles, reverse=True)
        if not numbers:
            return
        result = self._studio.instrument.result
        now = self._pointed if self._pointed in self.tiles else (result.number if result else 0)
        at = numbers.index(now) if now in self.tiles else 0
        self._pointed = numbers[min(max(at + by, 0), len(numbers) - 1)]
        self._show_pointed(self._pointed)
        self.ensureWidgetVisible(self.tiles[self._pointed])

    def _show_pointed(self, number: int) -> None:
        for key, tile in self.tiles.items():
            if tile.pointed != (key == number):
                tile.pointed = key == number
                tile.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns to and fro."""
        by = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (by.x() or by.y()))
        event.accept()

    def _menu(self, number: int, at: QPoint) -> None:
        entry = self.entry(number)
        if entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = tr("Take the star away") if entry.starred else tr("Star: keep as a preset")
        menu.addAction(words).triggered.connect(lambda: self.star(number))
        words = tr("Dislike no longer") if entry.disliked else tr("Dislike: learn from it")
        menu.addAction(words).triggered.connect(lambda: self.dislike(number))
        menu.addAction(tr("Place on the canvas")).triggered.connect(
            lambda: self._studio.living.place(played=entry)
        )
        words = tr("Keep in the library")
        menu.addAction(words).triggered.connect(
            lambda: self._studio.instrument.keep(entry, tr("Kept results"))
        )
        menu.popup(at)
