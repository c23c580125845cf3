"""What is known of the chosen pictures, to read and to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.library.shown import made_here, title_of
from aigc_studio.ui.times import size
from aigc_studio.ui.translate import counted, listed, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.line_field import LineField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.model import Asset, Project

_HIGHEST = 320


class Picture(QWidget):
    """One picture as large as fits; small ones are enlarged in whole pixels."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._image = QImage()
        self._icon = "picture"
        self._aspect = 1.0
        self._fills = False

    @property
    def shown(self) -> QImage:
        """The picture that is shown; null for none."""
        return self._image

    def show_picture(self, image: QImage | None) -> None:
        """Show it, or an icon for None."""
        self._image = image if image is not None else QImage()
        self.update()

    def set_aspect(self, aspect: float) -> None:
        """Height by width of the room that is asked for."""
        self._aspect = aspect
        self.updateGeometry()

    def set_fills(self, fills: bool) -> None:
        """Take all room there is, in place of a proportion."""
        self._fills = fills
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return not self._fills

    def heightForWidth(self, width: int) -> int:
        """In the asked proportion."""
        return min(round(width * self._aspect), theme.px(_HIGHEST))

    def sizeHint(self) -> QSize:
        """A middling size."""
        return QSize(theme.px(160), round(theme.px(160) * self._aspect))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle."""
        painter = QPainter(self)
        room = self.rect()
        if self._image.isNull():
            side = theme.px(theme.ICON_EMPTY)
            drawn = icons.picture(
                self._icon, theme.colours().secondary, side, self.devicePixelRatio()
            )
            painter.drawPixmap((room.width() - side) // 2, (room.height() - side) // 2, drawn)
        else:
            fitting = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            smooth = self._image.width() > 96 or fitting.width() < self._image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            target = room.adjusted(0, 0, 0, 0)
            target.setSize(fitting)
            target.moveCenter(room.center())
            painter.drawImage(target, self._image)
        painter.end()


class Details(QWidget):
    """The chosen pictures; a change is told, whoever owns the project makes it.

    Signals:
        changed(str, str): a field ("name", "en", "zh", "tags", "author", "rights") and its text.
        export_wanted(), removal_wanted(): for the chosen pictures.
    """

    changed = Signal(str, str)
    export_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture(tr("The chosen picture"))
        self.title = label("", "heading", wrap=True)
        self.facts = label("", "caption", wrap=True)
        self.fields = {
            "name": LineField(tr("Name")),
            "en": LineField(tr("Caption in English")),
            "zh": LineField(tr("Caption in Chinese")),
            "tags": LineField(tr("Tags"), tr("Words, separated by commas")),
            "author": LineField(tr("Author")),
            "rights": LineField(tr("Rights"), tr("Such as CC BY 4.0, or mine")),
        }
        self._parts = QWidget()
        stack = column(gap=theme.SPACE[1])
        stack.addWidget(self.picture)
        stack.addWidget(self.title)
        stack.addWidget(self.facts)
        for name, field in self.fields.items():
            field.committed.connect(lambda text, name=name: self.changed.emit(name, text))
            stack.addWidget(field)
        stack.addLayout(self._foot())
        self._parts.setLayout(stack)
        self.nothing = label(
            tr("Choose a picture to see and change what is known of it."), "secondary", wrap=True
        )
        around = column(gap=0, margin=theme.SPACE[2])
        around.addWidget(self.nothing)
        around.addWidget(self._parts)
        around.addStretch(1)
        self.setLayout(around)
        self._parts.hide()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.setContentsMargins(0, theme.SPACE[1], 0, 0)
        row.addWidget(button(tr("Export..."), self.export_wanted.emit, icon="export"))
        row.addStretch(1)
        row.addWidget(button(tr("Remove"), self.removal_wanted.emit, kind="danger", icon="trash"))
        return row

    def show_assets(self, assets: Sequence[Asset], project: Project) -> None:
        """Show one asset, or what several have in common."""
        self.nothing.setVisible(not assets)
        self._parts.setVisible(bool(assets))
        if not assets:
            return
        one = assets[0] if len(assets) == 1 else None
        self.picture.setVisible(one is not None)
        self.title.setText(
            title_of(one)
            if one
            else counted(len(assets), "{n} picture chosen", "{n} pictures chosen")
        )
        self.facts.setText(_facts(one, project) if one else _sum(assets))
        for name, field in self.fields.items():
            field.setVisible(one is not None or name in ("tags", "author", "rights"))
            texts = {text_of(asset, name) for asset in assets}
            several = len(texts) > 1
            field.show_text("" if several else texts.pop(), tr("Several") if several else "")


def text_of(asset: Asset, field: str) -> str:
    """What stands in a field of the details."""
    if field in ("en", "zh"):
        return asset.captions.get(field, "")
    if field == "tags":
        return ", ".join(asset.tags)
    return str(getattr(asset, field))


def _facts(asset: Asset, project: Project) -> str:
    parts = [
        f"{asset.width} x {asset.height}",
        asset.extension.upper(),
        size(asset.bytes),
    ]
    lines = [" · ".join(parts)]
    if made_here(asset):
        recipe = project.recipes.get(asset.recipe or "")
        model = project.models.get(recipe.model) if recipe else None
        lines.append(tr("Made by the model {name}", name=model.name) if model else tr("Generated"))
    if asset.source:
        lines.append(tr("From {file}", file=asset.source))
    groups = [c.name for c in project.collections.values() if asset.id in c.items]
    if groups:
        lines.append(tr("In {collections}", collections=listed(groups)))
    return "\n".join(lines)


def _sum(assets: Sequence[Asset]) -> str:
    return size(sum(asset.bytes for asset in assets))
