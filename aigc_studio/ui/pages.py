"""The pages below the tabs: each place and document is made when it is first shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from aigc_studio.ui.part import Part
from aigc_studio.ui.parts import PLACES, Editor, Place, build
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.empty_place import EmptyPlace

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.document_tabs import Document

Key = str | tuple[str, str]


class Pages(QStackedWidget):
    """Places by id, documents by kind and id.

    Signals:
        made(object): a `Part` was made; whoever minds it connects to it.
        starter_wanted(): from the page that says that no project is open.
    """

    made = Signal(object)
    starter_wanted = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._pages: dict[Key, QWidget] = {}

    def show_place(self, place: Place) -> None:
        """Show a place, or that it needs a project."""
        if place.needs_project and not self._studio.session.is_open:
            self.setCurrentWidget(self._nothing)
            return
        self._show(self.place(place))

    @cached_property
    def _nothing(self) -> EmptyPlace:
        made = EmptyPlace(
            "folder",
            tr("No project is open."),
            (tr("Open a project"), lambda: self._studio.commands.run("file.open")),
            (tr("Use the starter"), self.starter_wanted.emit),
        )
        self.addWidget(made)
        return made

    def place(self, place: Place) -> QWidget:
        """A place, made when it was not yet."""
        if place.id not in self._pages:
            self._add(place.id, build(place.where, self._studio))
        return self._pages[place.id]

    def make_ahead(self) -> bool:
        """Make the next place that nobody has seen yet; whether there was one."""
        left = next((place for place in PLACES if place.id not in self._pages), None)
        if left is not None:
            self.place(left)
        return left is not None

    def shown(self, place_id: str) -> QWidget | None:
        """A place, if it is what is shown now."""
        page = self._pages.get(place_id)
        return page if page is not None and page is self.currentWidget() else None

    def show_document(self, editor: Editor, key: str) -> None:
        """Show a document."""
        document = (editor.kind, key)
        if document not in self._pages:
            self._add(document, build(editor.where, self._studio, key))
        self._show(self._pages[document])

    def drop_document(self, document: Document) -> None:
        """Unmake the page of a document."""
        page = self._pages.pop(document, None)
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def give(self, paths: list[Path], collection: str = "") -> bool:
        """Give files to the page that is shown, else to the first place that takes any."""
        shown = self.currentWidget()
        if not collection and isinstance(shown, Part) and shown.take_files(paths):
            return True
        for place in PLACES:
            page = self.place(place) if place.takes_files else None
            if isinstance(page, Part) and page.take_files(paths, collection):
                return True
        return False

    def _add(self, key: Key, page: QWidget) -> None:
        self._pages[key] = page
        self.addWidget(page)
        if isinstance(page, Part):
            self.made.emit(page)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        page.setFocus()
        if isinstance(page, Part):
            page.came()
