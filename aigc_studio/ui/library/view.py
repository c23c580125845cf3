"""What Library is put together of: bars, grid, panels; nothing here acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from aigc_studio.ui import theme
from aigc_studio.ui.library.collections import CollectionList
from aigc_studio.ui.library.details import Details
from aigc_studio.ui.library.order import OrderButton
from aigc_studio.ui.library.prepare import PreparePanel
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, frame, label, tool
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.flow_grid import FlowGrid
from aigc_studio.ui.widgets.segmented import Segmented
from aigc_studio.ui.widgets.side import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage

    from aigc_studio.studio.judging import Judging

SIZES = {"S": theme.THUMBNAIL_SMALL, "M": theme.THUMBNAIL, "L": theme.THUMBNAIL_LARGE}
PANELS = ("details", "prepare")
PANEL_WIDTH, _COLLECTIONS = 304, 200


class LibraryView(QSplitter):
    """Collections on the left, thumbnails in the middle, details or preparation on the right."""

    def __init__(
        self, page: QWidget, wanted: Callable[[str, int], QImage | None], judging: Judging
    ) -> None:
        """`page` is what the collections slide over; `wanted` asks for a thumbnail."""
        super().__init__(Qt.Orientation.Horizontal)
        self.collections = CollectionList()
        self.new_collection = tool("plus", tr("New collection of what is chosen"))
        self.search = QLineEdit()
        self.order = OrderButton(judging)
        self.sides = Segmented({key: key for key in SIZES}, tr("Size of thumbnails"))
        self.sides.choose("M")
        words: Mapping[str, str] = {"details": tr("Details"), "prepare": tr("Prepare")}
        self.panels = Segmented(words, tr("Panel on the right"))
        self.grid = FlowGrid(wanted=wanted)
        self.grid.setAccessibleName(tr("Pictures"))
        self.none = EmptyPlace("search", tr("Nothing here matches."))
        self.details, self.prepare = Details(), PreparePanel()
        self.counted = label("", "caption")
        self.bring = button(tr("Import"), icon="import")
        self.side = self._left(page)
        self.setChildrenCollapsible(False)
        for part in (self.side, self._middle(), self._right()):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setSizes([theme.px(_COLLECTIONS), 10_000, theme.px(PANEL_WIDTH)])

    def _left(self, page: QWidget) -> Side:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[1], 0)
        head.addWidget(label(tr("Collections"), "strong"), 1)
        head.addWidget(self.new_collection)
        stack = column(gap=theme.SPACE[0])
        stack.addLayout(head)
        stack.addWidget(self.collections, 1)
        widths = theme.px(_COLLECTIONS), theme.px(theme.SIDE_WIDTH + 80)
        panel = frame("panel", stack)
        return Side(page, panel, "collection", tr("Collections"), widths=widths)

    def _middle(self) -> QWidget:
        self.search.setPlaceholderText(tr("Search names, captions, tags"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(64))
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.search, 1)
        row.addWidget(self.counted)
        row.addWidget(self.order)
        row.addWidget(self.sides)
        row.addWidget(self.bring)
        self.shown = QStackedWidget()
        self.shown.addWidget(self.grid)
        self.shown.addWidget(self.none)
        stack = column(gap=0)
        stack.addWidget(frame("bar", row))
        stack.addWidget(self.shown, 1)
        made = QWidget()
        made.setLayout(stack)
        return made

    def _right(self) -> QFrame:
        self.panel = QStackedWidget()
        for part in (self.details, self.prepare):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(part)
            self.panel.addWidget(area)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], 0)
        head.addWidget(self.panels, 1)
        stack = column(gap=0)
        stack.addLayout(head)
        stack.addWidget(self.panel, 1)
        made = frame("panel", stack)
        made.setMinimumWidth(theme.px(PANEL_WIDTH - 32))
        made.setMaximumWidth(theme.px(theme.DOCK_WIDEST))
        return made

    def resize_pictures(self, key: str) -> None:
        """Show thumbnails of another size; the small ones without names."""
        self.grid.names = key != "S"
        self.grid.set_side(SIZES[key])

    def show_panel(self, key: str) -> None:
        """Show the details or the preparation."""
        self.panels.choose(key)
        self.panel.setCurrentIndex(PANELS.index(key))


def import_menu(
    bring: QPushButton, files: Callable[[], object], folder: Callable[[], object]
) -> None:
    """Give the button its menu."""
    menu = QMenu(bring)
    menu.addAction(tr("Pictures, zips, films...")).triggered.connect(lambda _on: files())
    menu.addAction(tr("A folder...")).triggered.connect(lambda _on: folder())
    bring.setMenu(menu)
