"""Near duplicates side by side, with what to keep; the others leave the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from aigc_studio.document import changes
from aigc_studio.ui import theme
from aigc_studio.ui.library.shown import title_of
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import button, column, frame, label
from aigc_studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.document.preparing import Alike
    from aigc_studio.studio.studio import Studio

_SIZE, _SIDE = (640, 560), 96
_ROUND, _LINE = 16, 20  # around a picture, and for the words below it
_SHOWN = 200  # groups at once; the rest comes when these are done


class NearDuplicates(QDialog):
    """One row a group; a picture that is pressed down is kept.

    Signals:
        removal_wanted(object): ids of pictures that are to leave the collection.
    """

    removal_wanted = Signal(object)

    def __init__(
        self, studio: Studio, groups: Sequence[Alike], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setWindowTitle(tr("Near duplicates"))
        self.pictures: dict[str, QToolButton] = {}
        self.words = label("", "secondary", wrap=True)
        self.remove = button(tr("Take out"), self._take_out, kind="primary")
        self._assemble(groups[:_SHOWN])
        self.resize(*(theme.px(side) for side in _SIZE))
        studio.thumbnails.ready.connect(self._on_thumbnail)
        self._count()

    def _assemble(self, groups: Sequence[Alike]) -> None:
        stack = QVBoxLayout(self)
        stack.setSpacing(theme.SPACE[2])
        found = counted(len(groups), "{n} group of pictures", "{n} groups of pictures")
        stack.addWidget(label(found, "heading"))
        stack.addWidget(
            label(
                tr("They look almost the same, and teach a model the same again. Keep which?"),
                "secondary",
                wrap=True,
            )
        )
        rows = column(gap=theme.SPACE[2])
        for group in groups:
            rows.addWidget(self._row(group))
        rows.addStretch(1)
        inside = QWidget()
        inside.setLayout(rows)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        stack.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.remove)
        stack.addLayout(foot)

    def _row(self, group: Alike) -> QWidget:
        side_by_side = QWidget()
        row = FlowLayout(side_by_side, gap=theme.SPACE[1])
        assets = self._studio.session.project.assets
        for key in group.assets:
            row.addWidget(self._picture(assets[key], kept=key == group.keep))
        inside = column(gap=0, margin=theme.SPACE[1])
        inside.addWidget(side_by_side)
        return frame("card", inside)

    def _picture(self, asset: Asset, *, kept: bool) -> QToolButton:
        made = self.pictures[asset.id] = QToolButton()
        made.setProperty("kind", "picture")
        made.setCheckable(True)
        made.setChecked(kept)
        made.setIconSize(QSize(theme.px(_SIDE), theme.px(_SIDE)))
        made.setFixedSize(theme.px(_SIDE + _ROUND), theme.px(_SIDE + _ROUND + _LINE))
        made.setText(tr("{wide} x {high} pixels", wide=asset.width, high=asset.height))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setToolTip(title_of(asset))
        made.setAccessibleName(tr("Keep {name}", name=title_of(asset)))
        made.toggled.connect(self._count)
        self._show(asset.id, self._studio.thumbnails.want(asset.id, self._pixels))
        return made

    @property
    def _pixels(self) -> int:
        return round(theme.px(_SIDE) * self.devicePixelRatioF())

    def _on_thumbnail(self, asset_id: str, side: int, image: QImage) -> None:
        if side == self._pixels:
            self._show(asset_id, image)

    def _show(self, asset_id: str, image: QImage | None) -> None:
        picture = self.pictures.get(asset_id)
        if picture and image:
            picture.setIcon(QIcon(QPixmap.fromImage(image)))

    @property
    def going(self) -> list[str]:
        """Those that are not kept."""
        return [key for key, picture in self.pictures.items() if not picture.isChecked()]

    def _count(self) -> None:
        going = len(self.going)
        self.remove.setEnabled(going > 0)
        self.words.setText(
            counted(
                going,
                "{n} picture leaves the collection; it stays in the project.",
                "{n} pictures leave the collection; they stay in the project.",
            )
        )

    def _take_out(self) -> None:
        self.removal_wanted.emit(self.going)
        self.accept()


def without(project: Project, collection_id: str, gone: Sequence[str]) -> Edit:
    """A collection without some of its pictures, as one step."""
    left = set(gone)
    items = project.collections[collection_id].items
    return changes.edit_collection(
        project,
        collection_id,
        label="Take out near duplicates",
        items=tuple(item for item in items if item not in left),
    )
