"""A layer in the list: its picture, its name, what it is, and the eye that shows or hides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QIcon, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from aigc_studio.document.canvas import Layer
from aigc_studio.ui import icons, theme
from aigc_studio.ui.editors.canvas.ground import squares
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from aigc_studio.document.canvas import Group

    AnyIndex = QModelIndex | QPersistentModelIndex

ID = int(Qt.ItemDataRole.UserRole)
MARK, NOTE, DEPTH, FOLD, MASK = ID + 1, ID + 2, ID + 3, ID + 4, ID + 5
PICTURE, HEIGHT = 36, 48
_INDENT, _MASK = 16, 24
_DEEPEST = 4  # what lies deeper is not indented any further


def mark_of(layer: Layer | Group, *, model_there: bool) -> tuple[str, str]:
    """The icon that says what a layer is, and the words for it; no icon for a plain picture."""
    if not isinstance(layer, Layer):
        return "", tr("A group of layers")
    if layer.living is None:
        return ("brush", tr("A touch-up layer")) if layer.touch_up else ("", tr("A picture"))
    if not model_there:
        return "warning", tr("Cached: its model is missing, the last picture stays")
    if layer.frozen:
        return "freeze", tr("A living layer, frozen: it does not follow the dock")
    return "wand", tr("A living layer: the dock changes it")


class LayerRow(QStyledItemDelegate):
    """Paints rows; the eye at the right shows or hides, and so does Space."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """High enough for the picture."""
        return QSize(0, theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, picture, name and note, mark, eye."""
        self.initStyleOption(option, index)
        shown = _is_shown(index)
        painter.save()
        self._paint_ground(painter, option)
        row = indented(option.rect, index)
        if index.data(FOLD):
            chevron = "chevron-right" if index.data(FOLD) == "folded" else "chevron-down"
            place = fold_place(row)
            _paint_icon(painter, place, chevron, "text")
            _paint_icon(painter, place.translated(place.width() - 4, 0), "group", "secondary")
        else:
            picture = index.data(Qt.ItemDataRole.DecorationRole)
            self._paint_picture(painter, _picture_place(row), picture, shown)
        self._paint_mask(painter, row, index)
        self._paint_words(painter, option, index, shown)
        mark = index.data(MARK)
        if mark:
            role = "warn" if mark == "warning" else "secondary"
            _paint_icon(painter, mark_place(option.rect), mark, role)
        _paint_icon(
            painter,
            eye_place(option.rect),
            "eye" if shown else "eye-off",
            "text" if shown else "secondary",
        )
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours = theme.colours()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selected))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.hover))

    def _paint_picture(self, painter: QPainter, place: QRect, picture: object, shown: bool) -> None:
        painter.setBrushOrigin(QPointF(place.topLeft()))
        painter.fillRect(place, squares(0.5))
        if isinstance(picture, QIcon):
            painter.setOpacity(1.0 if shown else 0.35)
            picture.paint(painter, place)
            painter.setOpacity(1.0)

    def _paint_mask(self, painter: QPainter, row: QRect, index: AnyIndex) -> None:
        mask = index.data(MASK)
        if isinstance(mask, QIcon):
            place = mask_place(row)
            mask.paint(painter, place)
            painter.setPen(QColor(theme.colours().edge))
            painter.drawRect(place)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, shown: bool
    ) -> None:
        colours = theme.colours()
        place = words_place(indented(option.rect, index), masked=index.data(MASK) is not None)
        note = str(index.data(NOTE) or "")
        name = place.adjusted(0, 0, 0, -place.height() // 2) if note else place
        down = Qt.AlignmentFlag.AlignBottom if note else Qt.AlignmentFlag.AlignVCenter
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text if shown else colours.secondary))
        short = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, down, short)
        if note:
            painter.setPen(QColor(colours.secondary))
            small = option.font
            small.setPixelSize(theme.px(theme.CAPTION))
            painter.setFont(small)
            below = place.adjusted(0, place.height() // 2, 0, 0)
            short = painter.fontMetrics().elidedText(
                note, Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, Qt.AlignmentFlag.AlignTop, short)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """The name is written where it stands."""
        masked = index.data(MASK) is not None
        place = words_place(indented(option.rect, index), masked=masked)
        place.setHeight(theme.px(theme.CONTROL))
        place.moveCenter(QPoint(place.center().x(), option.rect.center().y()))
        editor.setGeometry(place)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Space shows or hides."""
        # The list minds the pointer: a click on the eye is no choice of a row.
        return not isinstance(event, QMouseEvent) and super().editorEvent(
            event, model, option, index
        )

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """What the eye does, and what the layer is."""
        if eye_place(option.rect).contains(event.pos()):
            QToolTip.showText(event.globalPos(), tr("Show or hide"), view)
            return True
        return super().helpEvent(event, view, option, index)


def indented(row: QRect, index: AnyIndex) -> QRect:
    """What of a row belongs to a layer: those in groups begin farther right."""
    depth = min(int(index.data(DEPTH) or 0), _DEEPEST)
    return row.adjusted(depth * theme.px(_INDENT), 0, 0, 0)


def fold_place(row: QRect) -> QRect:
    """Where a click folds a group."""
    side = theme.px(theme.TARGET)
    return QRect(row.left(), row.center().y() - side // 2, side, side)


def mask_place(row: QRect) -> QRect:
    """Where the mask is seen."""
    side = theme.px(_MASK)
    left = _picture_place(row).right() + theme.px(theme.SPACE[1])
    return QRect(left, row.center().y() - side // 2, side, side)


def words_place(row: QRect, *, masked: bool = False) -> QRect:
    """Where the name stands."""
    before = mask_place(row) if masked else _picture_place(row)
    left = before.right() + theme.px(theme.SPACE[2])
    gap = theme.px(theme.SPACE[0])
    return QRect(left, row.top() + gap, mark_place(row).left() - left, row.height() - 2 * gap)


def mark_place(row: QRect) -> QRect:
    """Where it is told what the layer is."""
    return eye_place(row).translated(-theme.px(theme.TARGET), 0)


def eye_place(row: QRect) -> QRect:
    """Where the eye is."""
    side = theme.px(theme.TARGET)
    left = row.right() - side - theme.px(theme.SPACE[0])
    return QRect(left, row.center().y() - side // 2, side, side)


def _picture_place(row: QRect) -> QRect:
    side = theme.px(PICTURE)
    left = row.left() + theme.px(theme.SPACE[1])
    return QRect(left, row.center().y() - side // 2, side, side)


def _paint_icon(painter: QPainter, place: QRect, name: str, role: str) -> None:
    density = painter.device().devicePixelRatioF()
    size = theme.px(theme.ICON)
    drawn = icons.picture(name, getattr(theme.colours(), role), size, density)
    gap = (place.width() - size) // 2
    painter.drawPixmap(place.topLeft() + QPoint(gap, gap), drawn)


def _is_shown(index: AnyIndex) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
