"""Library: every picture of the project, its collections, and what training would make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QStackedWidget

from aigc_studio.ui import theme
from aigc_studio.ui.keys import Keys
from aigc_studio.ui.library.deeds import Deeds
from aigc_studio.ui.library.import_line import (
    export_line,
    import_line,
    judging_line,
    told,
)
from aigc_studio.ui.library.look import LARGEST, Look
from aigc_studio.ui.library.shown import GridItems, shown_assets, title_of
from aigc_studio.ui.library.similar import NearDuplicates, without
from aigc_studio.ui.library.view import PANEL_WIDTH, PANELS, LibraryView, import_menu
from aigc_studio.ui.part import Part
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import column
from aigc_studio.ui.widgets.empty_place import EmptyPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.importing import ImportReport
    from aigc_studio.document.preparing import Alike
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.study import Studied

_SEARCH_MS = 120


class LibraryPlace(Part):
    """Shows the project's pictures; what is done to them lies in `Deeds`."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.view = view = LibraryView(self, studio.thumbnails.want, studio.judging)
        self.collections, self.search, self.grid = view.collections, view.search, view.grid
        self.details, self.prepare = view.details, view.prepare
        self.deeds = Deeds(studio, self.collections, self.grid, self)
        self.grid.items.files_of = self.deeds.files_of
        import_menu(view.bring, self.deeds.ask_files, self.deeds.ask_folder)
        self.coming = import_line(studio.importer)
        self.going = export_line(studio.handing_out)
        self.judged = judging_line(studio.judging)
        self._alike_wished = False
        self._items = GridItems()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SEARCH_MS)
        self._later.timeout.connect(self._show_items)
        self._assemble()
        self.closer = Look(self)
        self._connect()
        self.refresh()

    def _assemble(self) -> None:
        self.empty = EmptyPlace(
            "library",
            tr("No pictures yet. Drop files, folders or zips anywhere on this window."),
            (tr("Import a folder..."), self.deeds.ask_folder),
            (tr("Use the starter"), lambda: self.project_wanted.emit(None)),
        )
        self.whole = QStackedWidget()
        self.whole.addWidget(self.view)
        self.whole.addWidget(self.empty)
        stack = column(gap=0)
        stack.addWidget(self.whole, 1)
        stack.addWidget(self.coming)
        stack.addWidget(self.going)
        stack.addWidget(self.judged)
        self.setLayout(stack)

    def _connect(self) -> None:
        studio, session = self.studio, self.studio.session
        session.opened.connect(self.refresh)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_edit)
        studio.thumbnails.ready.connect(self._on_thumbnail)
        studio.importer.done.connect(self._on_imported)
        studio.likeness.asset_wanted.connect(self._show_asset)
        studio.study.progressed.connect(self.prepare.show_progress)
        studio.study.done.connect(self._on_studied)
        studio.judging.ended.connect(self._later.start)
        self.deeds.told.connect(self.told)
        self.search.textChanged.connect(self._later.start)
        self.view.order.chosen.connect(self._show_items)
        self.view.sides.chosen.connect(self.view.resize_pictures)
        self.view.panels.chosen.connect(self.show_panel)
        self.view.new_collection.clicked.connect(self.deeds.new_collection)
        self.collections.chosen.connect(self._on_collection)
        self.collections.renamed.connect(self.deeds.rename)
        self.collections.removal_wanted.connect(self.deeds.remove_collection)
        self.collections.dropped.connect(self.deeds.add_to)
        self.collections.training_wanted.connect(self._train)
        self.grid.selection_changed.connect(self._show_details)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.opened.connect(lambda _id: self.show_panel("details"))
        self.details.changed.connect(self._edit_field)
        self.details.export_wanted.connect(self.deeds.export)
        self.details.removal_wanted.connect(self.deeds.remove)
        self.prepare.changed.connect(self.deeds.set_preparation)
        self.prepare.asset_chosen.connect(self._show_asset)
        self.prepare.training_wanted.connect(lambda: self._train(self.collections.choice))
        self.prepare.alike_wanted.connect(self.show_alike)
        self.closer.stepped.connect(self._step)
        self.closer.left.connect(self.grid.setFocus)
        Keys(studio.commands, "library", self.grid)

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
        assets = self.view.order.arranged([*shown_assets(project, self.collections.choice, words)])
        self.grid.show_items(self._items.of(assets, missing))
        self.view.counted.setText(counted(len(assets), "{n} picture", "{n} pictures"))
        self.view.shown.setCurrentWidget(self.grid if assets else self.view.none)
        self.view.none.sentence.setText(
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
        return round(theme.px(PANEL_WIDTH) * self.devicePixelRatio())

    def _on_thumbnail(self, asset_id: str, side: int, image: QImage) -> None:
        if side == self.grid.pixels:
            self.grid.show_picture(asset_id)
        if side == self._large and self.grid.selected() == [asset_id]:
            self.details.picture.show_picture(image)
        if side == LARGEST and self.closer.isVisible() and self.grid.current() == asset_id:
            self.closer.picture.show_picture(image)

    def _on_closed(self) -> None:
        self.search.clear()
        self._items.forget()
        self.grid.show_items([])

    def _on_edit(self, edit: Edit) -> None:
        if {change.table for change in edit.changes} & {"assets", "collections"}:
            project = self.studio.session.project
            self.collections.show_project(project)
            self._show_items()
            if any(change.table == "collections" for change in edit.changes):
                self._study()

    def show_panel(self, key: str) -> None:
        """Show the details or the preparation; of the only collection where there is no choice."""
        only = [*self.studio.session.project.collections]
        if key == "prepare" and not self.collections.choice and len(only) == 1:
            self.collections.choose(only[0])
        self.view.show_panel(key)
        self._study()

    def look(self) -> None:
        """Show the picture that keys act on as large as fits."""
        key = self.grid.current()
        asset = self.studio.session.project.assets.get(key)
        if asset is not None:
            image = self.studio.thumbnails.want(key, LARGEST)
            self.closer.show_picture(image, title_of(asset))

    def _step(self, way: int) -> None:
        rows, items = self.grid.items.rows, self.grid.items.items
        row = rows.get(self.grid.current(), 0) + way
        if 0 <= row < len(items):
            self.grid.select([items[row].id], items[row].id)
            self.grid.scrollTo(self.grid.items.index(row))
            self.look()

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
        wanted = (
            self.view.panel.currentIndex() == PANELS.index("prepare")
            and bool(key)
            and session.is_open
        )
        self.prepare.show_collection(session.project.collections.get(key) if wanted else None)
        if wanted:
            study.look_at(key)
        else:
            study.cancel()

    def _on_studied(self, studied: Studied) -> None:
        if studied.collection != self.collections.choice:
            return
        self.prepare.show_study(studied)
        if self._alike_wished:
            self._alike_wished = False
            self.show_alike(studied.outlook.alike)

    # Deeds

    def find_alike(self) -> None:
        """Look for near duplicates in the chosen collection, and show them."""
        self.show_panel("prepare")
        if not self.collections.choice:
            self.told.emit(tr("Choose a collection first; near duplicates are sought in it."))
            return
        self._alike_wished = True
        self._study()

    def show_alike(self, groups: Sequence[Alike]) -> NearDuplicates | None:
        """Show groups of near duplicates side by side."""
        key = self.collections.choice
        if not groups:
            self.told.emit(tr("No two pictures of this collection look almost the same."))
            return None
        made = NearDuplicates(self.studio, groups, self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.removal_wanted.connect(
            lambda gone: self.studio.session.do(lambda project: without(project, key, gone))
        )
        made.open()
        return made

    def _edit_field(self, field: str, text: str) -> None:
        if not self.deeds.set_field(field, text):
            self._show_details(self.grid.selected())

    def edit_name(self) -> None:
        """Let a person type another name."""
        self.show_panel("details")
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
        self.told.emit(told(report))
        if report.collection:
            self.collections.choose(report.collection.id)
