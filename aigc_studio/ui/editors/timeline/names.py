"""The left part of the tracks: names, what folds, numbers and their keys at the play head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from aigc_studio.document.tracks import POINT
from aigc_studio.ui import icons, style, theme
from aigc_studio.ui.editors.timeline.scale import NAMES
from aigc_studio.ui.editors.timeline.track_words import (
    number_words,
    suit,
    track_name,
    unit_of,
)
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.timeline.rows import Row
    from aigc_studio.ui.editors.timeline.tracks import Tracks

_FOLD, _NUMBER, _KEY = 20, 80, 24
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class Names(QObject):
    """Paints into the tracks and hears their pointer; a number that is clicked can be typed."""

    def __init__(self, studio: Studio, tracks: Tracks) -> None:
        super().__init__(tracks)
        self._studio, self._tracks = studio, tracks
        self._edited: tuple[str, str] | None = None
        self.field = NumberField("", 0, 1)
        self.field.setParent(tracks)
        self.field.hide()
        self.field.spin.editingFinished.connect(self._end)
        self.field.changed.connect(self._write)

    def refresh(self) -> None:
        """What was typed belongs to a row that may lie elsewhere now."""
        if self._edited and not any(self._is(row) for row in self._tracks.rows):
            self._end()

    def paint(self, painter: QPainter, rows: Iterable[Row], width: int) -> None:
        """Names at the left of the rows, and hairlines between them."""
        for row in rows:
            self._paint_ground(painter, row, width)
            if row.track == POINT:
                self._paint_layer(painter, row)
            else:
                self._paint_number(painter, row)

    def _paint_ground(self, painter: QPainter, row: Row, width: int) -> None:
        colours = theme.colours()
        if row.layer.id in self._studio.stage.selection:
            room = QRectF(0, row.top, theme.px(NAMES), row.height)
            painter.fillRect(room, QColor(colours.selected))
        painter.setPen(QPen(QColor(colours.line)))
        left = 0 if row.track == POINT else theme.px(_FOLD) + theme.SPACE[2]
        painter.drawLine(QPointF(left, row.top), QPointF(width, row.top))

    def _paint_layer(self, painter: QPainter, row: Row) -> None:
        colours, chosen = theme.colours(), row.layer.id in self._studio.stage.selection
        if row.has_more:
            icon = "chevron-right" if row.folded else "chevron-down"
            _paint_icon(painter, icon, "text", fold_place(row))
        painter.setFont(style.font(theme.CAPTION, semibold=chosen))
        painter.setPen(QColor(colours.text if chosen else colours.secondary))
        left = theme.SPACE[0] + theme.px(_FOLD)
        room = QRectF(left, row.top, theme.px(NAMES) - left - theme.SPACE[1], row.height)
        _paint_words(painter, room, row.layer.name)

    def _paint_number(self, painter: QPainter, row: Row) -> None:
        colours = theme.colours()
        painter.setFont(style.font(theme.CAPTION))
        painter.setPen(QColor(colours.secondary))
        left = theme.px(_FOLD) + theme.SPACE[3]
        number = number_place(row)
        _paint_words(
            painter,
            QRectF(left, row.top, number.left() - left, row.height),
            track_name(self._studio, row.track),
        )
        painter.setPen(QColor(colours.text))
        value = self._studio.recorder.number(row.layer, row.track)
        words = number_words(row.track, value)
        right = _MIDDLE | int(Qt.AlignmentFlag.AlignRight)
        if not self._is(row):
            painter.drawText(number.adjusted(0, 0, -theme.SPACE[0], 0), right, words)
        icon = "key-filled" if self._here(row) else "key"
        _paint_icon(painter, icon, "accent", key_place(row))

    def _here(self, row: Row) -> bool:
        film, frame = self._studio.head.film, self._studio.head.frame
        return film is not None and (row.layer.id, frame, row.track) in film.places

    def press(self, at: QPointF, row: Row | None) -> bool:
        """What a press on a name does; answers whether it was one of these."""
        if at.x() > theme.px(NAMES) or row is None:
            return False
        if row.track == POINT:
            folds = row.has_more and fold_place(row).contains(at)
            if folds:
                self._tracks.fold(row.layer.id)
            return folds
        self._studio.stage.select((row.layer.id,))
        if key_place(row).contains(at):
            self._studio.recorder.toggle_number(row.track)
        elif number_place(row).contains(at):
            self._edit(row)
        return True

    def told(self, at: QPointF, row: Row | None) -> str:
        """What lies there, in words; "" for no name."""
        if at.x() > theme.px(NAMES) or row is None:
            return ""
        if row.track == POINT:
            return row.layer.name
        if key_place(row).contains(at):
            return tr("Take the key away") if self._here(row) else tr("Add a key here")
        return tr(
            "{name} of {layer}", name=track_name(self._studio, row.track), layer=row.layer.name
        )

    def _edit(self, row: Row) -> None:
        self._edited = None
        spin = self.field.spin
        suit(self.field, row.track)
        value = self._studio.recorder.number(row.layer, row.track)
        self.field.show_value(value * unit_of(row.track).factor)
        spin.setAccessibleName(track_name(self._studio, row.track))
        self._edited = (row.layer.id, row.track)
        self.field.setGeometry(number_place(row).toRect().adjusted(-theme.SPACE[1], 1, 0, -1))
        self.field.show()
        spin.setFocus()
        spin.selectAll()
        self._tracks.update()

    def _is(self, row: Row) -> bool:
        return self._edited == (row.layer.id, row.track)

    def _write(self, value: float) -> None:
        if self._edited:
            layer, track = self._edited
            self._studio.recorder.set_number(layer, track, value / unit_of(track).factor)

    def _end(self) -> None:
        self._edited = None
        self.field.hide()
        self._tracks.update()


def fold_place(row: Row) -> QRectF:
    """Where a layer's tracks are hidden and shown."""
    side = theme.px(_FOLD)
    return QRectF(theme.SPACE[0], row.middle - side / 2, side, side)


def key_place(row: Row) -> QRectF:
    """Where a row's key at the play head is."""
    side = theme.px(_KEY)
    return QRectF(theme.px(NAMES) - side, row.middle - side / 2, side, side)


def number_place(row: Row) -> QRectF:
    """Where a row's number is."""
    wide = theme.px(_NUMBER)
    return QRectF(key_place(row).left() - wide, row.top, wide, row.height)


def _paint_words(painter: QPainter, room: QRectF, words: str) -> None:
    shown = Qt.TextElideMode.ElideRight
    painter.drawText(
        room, _MIDDLE, painter.fontMetrics().elidedText(words, shown, int(room.width()))
    )


def _paint_icon(painter: QPainter, name: str, role: str, place: QRectF) -> None:
    size, density = theme.px(theme.ICON), painter.device().devicePixelRatioF()
    drawn = icons.picture(name, getattr(theme.colours(), role), size, density)
    painter.drawPixmap(place.center() - QPointF(size / 2, size / 2), drawn)
