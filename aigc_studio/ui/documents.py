"""The open documents: tabs in step with the project, a page behind each."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aigc_studio.ui.parts import EDITORS, Editor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.document_tabs import Document
    from aigc_studio.ui.pages import Pages
    from aigc_studio.ui.top_bar import TopBar

MOST_TABS = 8


class Documents(QObject):
    """Opens, renames and closes tabs.

    Signals:
        shown(): a document is shown now.
        gone(): the document that was shown has no tab any more, and there is no other one.
    """

    shown = Signal()
    gone = Signal()

    def __init__(self, studio: Studio, top: TopBar, pages: Pages) -> None:
        super().__init__(pages)
        self._session, self._top, self._pages = studio.session, top, pages
        self._tabs = top.documents
        self._changed: set[Document] = set()
        top.document_chosen.connect(self.open)
        self._tabs.closed.connect(self.close)
        self._tabs.renamed.connect(self.rename)
        self._tabs.removal_wanted.connect(self.remove)
        studio.when_awake(self._listen)

    def _listen(self) -> None:
        self._session.changed.connect(self._on_edit)
        self._session.history_changed.connect(self._on_history)
        self._session.closed.connect(self._drop_all)

    @property
    def any_shown(self) -> bool:
        """Whether a document is shown rather than a place."""
        return self._tabs.shown is not None

    def open(self, kind: str, key: str) -> None:
        """Show a document, in a new tab when it has none yet; passes over what is not there."""
        document = (kind, key)
        if not self._add(document):
            return
        self._top.show_document(document)
        self._pages.show_document(_editor(kind), key)
        self.shown.emit()

    def close(self, kind: str, key: str) -> None:
        """Take a document's tab away; the document stays in the project."""
        document, shown = (kind, key), self._tabs.shown
        self._drop(document)
        if document == shown:
            self._show_neighbour()

    def close_shown(self) -> None:
        """Take the tab of the document away that is shown."""
        if self._tabs.shown:
            self.close(*self._tabs.shown)

    def rename_shown(self) -> None:
        """Let a person type another name for the document that is shown."""
        if self._tabs.shown:
            self._tabs.edit(self._tabs.opened().index(self._tabs.shown))

    def step(self, by: int) -> None:
        """Show the next document or the one before."""
        self._tabs.step(by)

    def rename(self, kind: str, key: str, name: str) -> None:
        """Give a document another name."""
        if name != self._name((kind, key)):
            edit = _edits(kind, "rename")
            self._session.do(lambda project: edit(project, key, name))

    def remove(self, kind: str, key: str) -> None:
        """Take a document out of the project; undo brings it back."""
        edit = _edits(kind, "remove")
        self._session.do(lambda project: edit(project, key))

    def open_first(self) -> bool:
        """Give the project's documents tabs and show the first; answers whether there is one."""
        for document in list(self._there())[:MOST_TABS]:
            self._add(document)
        opened = self._tabs.opened()
        if opened:
            self.open(*opened[0])
        return bool(opened)

    def _there(self) -> Iterator[Document]:
        if self._session.is_open:
            for editor in EDITORS:
                for key in getattr(self._session.project, editor.table):
                    yield editor.kind, key

    def _add(self, document: Document) -> bool:
        name = self._name(document)
        if name is not None and document not in self._tabs.opened():
            self._tabs.add(document, name, _editor(document[0]).icon)
            self._refresh(document)
            self._offer()
        return name is not None

    def _drop(self, document: Document) -> None:
        if document in self._tabs.opened():
            self._tabs.remove(document)
            self._pages.drop_document(document)
            self._offer()

    def _drop_all(self) -> None:
        self._changed.clear()
        for document in self._tabs.opened():
            self._drop(document)

    def _show_neighbour(self) -> None:
        opened = self._tabs.opened()
        if opened:
            self.open(*opened[max(0, self._tabs.currentIndex())])
        else:
            self.gone.emit()

    def _offer(self) -> None:
        """What has no tab can be had again from the "+"."""
        opened = self._tabs.opened()
        named = {document: self._name(document) for document in self._there()}
        self._top.offer({d: name for d, name in named.items() if name and d not in opened})

    def _on_edit(self, edit: Edit) -> None:
        touched = {(str(change.table), change.key) for change in edit.changes}
        kinds = {editor.table: editor.kind for editor in EDITORS}
        changed = {(kinds[table], key) for table, key in touched if table in kinds}
        if not changed:
            return
        self._changed |= changed
        for document in self._tabs.opened():
            if document in changed:
                self._refresh(document)
        self._offer()

    def _on_history(self) -> None:
        """After saving, or back where it was saved, nothing is marked."""
        if self._changed and not self._session.modified:
            marked, self._changed = self._changed, set()
            for document in marked & set(self._tabs.opened()):
                self._refresh(document)

    def _refresh(self, document: Document) -> None:
        name = self._name(document)
        if name is None:
            self.close(*document)
        else:
            self._tabs.show_name(document, name, modified=document in self._changed)

    def _name(self, document: Document) -> str | None:
        if not self._session.is_open:
            return None
        table = getattr(self._session.project, _editor(document[0]).table)
        found = table.get(document[1])
        return str(found.name) if found else None


def _editor(kind: str) -> Editor:
    return next(editor for editor in EDITORS if editor.kind == kind)


def _edits(kind: str, verb: str) -> Callable[..., Edit]:
    module = importlib.import_module(f"aigc_studio.document.{_editor(kind).edits}")
    found: Callable[..., Edit] = getattr(module, f"{verb}_{kind}")
    return found
