"""Library: every picture of the project, its collections, and what training would make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from aigc_studio.ui import theme
from aigc_studio.ui.library import import_line
from aigc_studio.ui.library.collections import CollectionList
from aigc_studio.ui.library.deeds import Deeds
from aigc_studio.ui.library.details import Details
from aigc_studio.ui.library.import_line import ImportLine
from aigc_studio.ui.library.prepare import PreparePanel
from aigc_studio.ui.library.shown import grid_item, shown_assets
from aigc_studio.ui.part import Part
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import button, column, frame, label, tool
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.flow_grid import FlowGrid
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.importing import ImportReport
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.study import Studied

_SIZES = {"S": theme.THUMBNAIL_SMALL, "M": theme.THUMBNAIL, "L": theme.THUMBNAIL_LARGE}
_SEARCH_MS = 120
_PANEL, _SIDE = 304, 200


class LibraryPlace(Part):
    """Collections on the left, thumbnails in the middle, details or preparation on the right."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.collections = CollectionList()
        self.search = QLineEdit()
        self.sizes = Segmented({key: key for key in _SIZES}, tr("Size of thumbnails"))
        self.panels = Segmented(
            {"details": tr("Details"), "prepare": tr("Prepare")}, tr("Panel on the right")
        )
        self.grid = FlowGrid(wanted=studio.thumbnails.want)
        self.deeds = Deeds(studio, self.collections, self.grid, self)
        self.grid.items.files_of = self.deeds.files_of
        self.details, self.prepare = Details(), PreparePanel()
        self.coming = ImportLine(studio.importer)
        self.count = label("", "caption")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SEARCH_MS)
        self._later.timeout.connect(self._show_items)
        self._assemble()
        self._connect()
        self.sizes.choose("M")
        self.refresh()

    # How it is put together

    def _assemble(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part in (self._left(), self._middle(), self._right()):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(_SIDE), 10_000, theme.px(_PANEL)])
        self.whole = QStackedWidget()
        self.whole.addWidget(split)
        self.empty = EmptyPlace(
            "library",
            tr("No pictures yet. Drop files, folders or zips anywhere on this window."),
            (tr("Import a folder..."), self.deeds.ask_folder),
            (tr("Use the starter"), lambda: self.project_wanted.emit(None)),
        )
        self.whole.addWidget(self.empty)
        stack = column(gap=0)
        stack.addWidget(self.whole, 1)
        stack.addWidget(self.coming.frame)
        self.setLayout(stack)

    def _left(self) -> QFrame:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[1], 0)
        head.addWidget(label(tr("Collections"), "strong"), 1)
        head.addWidget(
            tool("plus", tr("New collection of what is chosen"), self.deeds.new_collection)
        )
        stack = column(gap=theme.SPACE[0])
        stack.addLayout(head)
        stack.addWidget(self.collections, 1)
        made = frame("panel", stack)
        made.setMinimumWidth(theme.px(_SIDE - 40))
        made.setMaximumWidth(theme.px(theme.SIDE_WIDTH + 80))
        return made

    def _middle(self) -> QWidget:
        self.search.setPlaceholderText(tr("Search names, captions, tags"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(120))
        self.bring = button(tr("Import"), icon="import")
        self.bring.setMenu(self._import_menu())
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.search, 1)
        row.addWidget(self.count)
        row.addWidget(self.sizes)
        row.addWidget(self.bring)
        self.none = EmptyPlace("search", tr("Nothing here matches."))
        self.shown = QStackedWidget()
        self.shown.addWidget(self.grid)
        self.shown.addWidget(self.none)
        stack = column(gap=0)
        stack.addWidget(frame("bar", row))
        stack.addWidget(self.shown, 1)
        made = QWidget()
        made.setLayout(stack)
        self.grid.setAccessibleName(tr("Pictures"))
        return made

    def _import_menu(self) -> QMenu:
        menu = QMenu(self.bring)
        menu.addAction(tr("Pictures, zips, films...")).triggered.connect(self.deeds.ask_files)
        menu.addAction(tr("A folder...")).triggered.connect(self.deeds.ask_folder)
        return menu

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
        made.setMinimumWidth(theme.px(_PANEL - 32))
        made.setMaximumWidth(theme.px(theme.DOCK_WIDEST))
        return made

    def _connect(self) -> None:
        studio, session = self.studio, self.studio.session
        session.opened.connect(self.refresh)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_edit)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        studio.importer.begun.connect(self.coming.begin)
        studio.importer.progressed.connect(self.coming.show_progress)
        studio.importer.ended.connect(self.coming.end)
        studio.importer.done.connect(self._on_imported)
        studio.study.progressed.connect(self.prepare.show_progress)
        studio.study.done.connect(self._on_studied)
        self.deeds.told.connect(self.told)
        self.search.textChanged.connect(self._later.start)
        self.sizes.chosen.connect(self._resize)
        self.panels.chosen.connect(self._show_panel)
        self.collections.chosen.connect(self._on_collection)
        self.collections.renamed.connect(self.deeds.rename)
        self.collections.removal_wanted.connect(self.deeds.remove_collection)
        self.collections.dropped.connect(self.deeds.add_to)
        self.collections.training_wanted.connect(self._train)
        self.grid.selection_changed.connect(self._show_details)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.opened.connect(lambda _id: self._show_panel("details"))
        self.details.changed.connect(self._edit_field)
        self.details.export_wanted.connect(self.deeds.export)
        self.details.removal_wanted.connect(self.deeds.remove)
        self.prepare.changed.connect(self.deeds.set_preparation)
        self.prepare.asset_chosen.connect(self._show_asset)
        self.prepare.training_wanted.connect(lambda: self._train(self.collections.choice))
        for keys, where, deed in (
            (QKeySequence(Qt.Key.Key_Delete), self.grid, self.deeds.remove),
            (QKeySequence(Qt.Key.Key_F2), self.grid, self._focus_name),
            (QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus),
        ):
            shortcut = QShortcut(keys, where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # What is shown

    def came(self) -> None:
        """Keys go to the thumbnails."""
        if self.studio.session.is_open:
            self.grid.setFocus()

    def refresh(self) -> None:
        """Show the project as it is."""
        session = self.studio.session
        if not session.is_open:
            return
        self.collections.show_project(session.project)
        self._show_items()
        self._study()

    def _show_items(self) -> None:
        session = self.studio.session
        if not session.is_open:
            return
        project, words = session.project, self.search.text()
        missing = frozenset(session.store.missing)
        assets = list(shown_assets(project, self.collections.choice, words))
        self.grid.show_items(grid_item(asset, missing) for asset in assets)
        self.count.setText(counted(len(assets), "{n} picture", "{n} pictures"))
        self.shown.setCurrentWidget(self.grid if assets else self.none)
        self.none.sentence.setText(
            tr("Nothing here matches.") if words else tr("This collection is empty.")
        )
        anything = bool(project.assets) or bool(project.collections)
        self.whole.setCurrentIndex(0 if anything else 1)
        self._show_details(self.grid.selected())

    def _show_details(self, ids: list[str]) -> None:
        if not self.studio.session.is_open:
            return
        project = self.studio.session.project
        chosen = [project.assets[each] for each in ids if each in project.assets]
        self.details.show_assets(chosen, project)
        if len(chosen) == 1:
            self.details.picture.show_picture(
                self.studio.thumbnails.want(chosen[0].id, self._large)
            )

    @property
    def _large(self) -> int:
        return round(theme.px(_PANEL) * self.devicePixelRatio())

    def _on_thumbnail(self, asset_id: str, side: int, image: QImage) -> None:
        if side == self.grid.pixels:
            self.grid.show_picture(asset_id)
        if side == self._large and self.grid.selected() == [asset_id]:
            self.details.picture.show_picture(image)

    def _on_closed(self) -> None:
        self.search.clear()
        self.grid.show_items([])

    def _on_edit(self, edit: Edit) -> None:
        if {change.table for change in edit.changes} & {"assets", "collections"}:
            project = self.studio.session.project
            self.collections.show_project(project)
            self._show_items()
            if any(change.table == "collections" for change in edit.changes):
                self._study()

    def _resize(self, key: str) -> None:
        self.grid.names = key != "S"
        self.grid.set_side(_SIZES[key])

    def _show_panel(self, key: str) -> None:
        self.panels.choose(key)
        self.panel.setCurrentIndex(("details", "prepare").index(key))
        self._study()

    def _on_collection(self) -> None:
        self._show_items()
        self._study()

    def _show_asset(self, asset_id: str) -> None:
        self.search.clear()
        self._show_items()
        self.grid.select([asset_id], asset_id)
        if asset_id in self.grid.items.rows:
            self.grid.scrollTo(self.grid.items.index(self.grid.items.rows[asset_id]))

    def _study(self) -> None:
        session, study = self.studio.session, self.studio.study
        key = self.collections.choice
        wanted = self.panel.currentIndex() == 1 and bool(key) and session.is_open
        self.prepare.show_collection(session.project.collections.get(key) if wanted else None)
        if wanted:
            study.look_at(key)
        else:
            study.cancel()

    def _on_studied(self, studied: Studied) -> None:
        if studied.collection == self.collections.choice:
            self.prepare.show_study(studied)

    # Deeds

    def _edit_field(self, field: str, text: str) -> None:
        if not self.deeds.set_field(field, text):
            self._show_details(self.grid.selected())

    def _focus_name(self) -> None:
        self._show_panel("details")
        self.details.fields["name"].edit.setFocus()
        self.details.fields["name"].edit.selectAll()

    def _menu(self, at: QPoint) -> None:
        if not self.grid.selected():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add = menu.addMenu(tr("Add to collection"))
        for key, collection in self.studio.session.project.collections.items():
            add.addAction(collection.name).triggered.connect(
                lambda _=False, key=key: self.deeds.add_to(key, self.grid.selected())
            )
        add.addSeparator()
        add.addAction(tr("New collection")).triggered.connect(self.deeds.new_collection)
        if key := self.collections.choice:
            menu.addAction(tr("Take out of this collection")).triggered.connect(
                lambda: self.deeds.take_out(key)
            )
        menu.addAction(tr("Export...")).triggered.connect(self.deeds.export)
        menu.addSeparator()
        menu.addAction(tr("Remove from the project")).triggered.connect(self.deeds.remove)
        menu.popup(at)

    def _train(self, key: str) -> None:
        self.studio.desk.propose(key)
        self.place_wanted.emit("train")

    # Files

    def take_files(self, paths: list[Path], collection: str = "") -> bool:
        """Bring files, folders and zips into the collection that is shown, or a named one."""
        return self.deeds.take_files(paths, collection)

    def _on_imported(self, report: ImportReport) -> None:
        self.told.emit(import_line.told(report))
        if report.collection:
            self.collections.choose(report.collection.id)
