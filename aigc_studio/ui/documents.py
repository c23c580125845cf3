"""The open documents: tabs in step with the project, a page behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aigc_studio.ui.parts import EDITORS, Editor

if TYPE_CHECKING:
    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.pages import Pages
    from aigc_studio.ui.top_bar import Document, TopBar

MOST_TABS = 8


class Documents(QObject):
    """Opens, renames and closes tabs.

    Signals:
        shown(): a document is shown now.
        gone(): the document that was shown has no tab any more.
    """

    shown = Signal()
    gone = Signal()

    def __init__(self, studio: Studio, top: TopBar, pages: Pages) -> None:
        super().__init__(pages)
        self._session, self._top, self._pages = studio.session, top, pages
        top.document_chosen.connect(self.open)
        top.document_closed.connect(self.close)
        studio.when_awake(self._listen)

    def _listen(self) -> None:
        self._session.changed.connect(self._on_edit)
        self._session.closed.connect(self._drop_all)

    def open(self, kind: str, key: str) -> None:
        """Show a document, in a new tab when it has none yet; passes over what is not there."""
        editor, document = _editor(kind), (kind, key)
        name = self._name(document)
        if name is None:
            return
        if document not in self._top.opened():
            self._top.add_document(document, name, editor.icon)
        self._top.show_document(document)
        self._pages.show_document(editor, key)
        self.shown.emit()

    def close(self, kind: str, key: str) -> None:
        """Take a document's tab away; the document stays in the project."""
        self._drop((kind, key))
        self.gone.emit()

    def open_first(self) -> bool:
        """Give the project's documents tabs and show the first; answers whether there is one."""
        if self._session.is_open:
            for editor in EDITORS:
                for key in list(getattr(self._session.project, editor.table))[:MOST_TABS]:
                    self._add((editor.kind, key))
        opened = self._top.opened()
        if opened:
            self.open(*opened[0])
        return bool(opened)

    def _add(self, document: Document) -> None:
        name = self._name(document)
        if document not in self._top.opened() and name is not None:
            self._top.add_document(document, name, _editor(document[0]).icon)

    def _drop(self, document: Document) -> None:
        if document in self._top.opened():
            self._top.remove_document(document)
            self._pages.drop_document(document)

    def _drop_all(self) -> None:
        for document in self._top.opened():
            self._drop(document)

    def _on_edit(self, edit: Edit) -> None:
        tables = {str(change.table) for change in edit.changes}
        for document in self._top.opened():
            if _editor(document[0]).table in tables:
                self._rename(document)

    def _rename(self, document: Document) -> None:
        name = self._name(document)
        if name is None:
            self.close(*document)
        else:
            self._top.rename_document(document, name)

    def _name(self, document: Document) -> str | None:
        if not self._session.is_open:
            return None
        table = getattr(self._session.project, _editor(document[0]).table)
        found = table.get(document[1])
        return str(found.name) if found else None


def _editor(kind: str) -> Editor:
    return next(editor for editor in EDITORS if editor.kind == kind)
