"""What people do to the pictures of the library: edits, files in, files out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aigc_studio.document import changes
from aigc_studio.document.handing import hand_out
from aigc_studio.ui.library.edits import set_field
from aigc_studio.ui.translate import counted, together, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aigc_studio.document.model import Asset
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.library.collections import CollectionList
    from aigc_studio.ui.widgets.flow_grid import FlowGrid

_MOST_DRAGGED = 500
_COPIED_AT_ONCE = 16 << 20  # bytes that take no time one would notice


class Deeds(QObject):
    """Acts on the collection and the pictures that are chosen.

    Signals:
        told(object): words for the message bar.
    """

    told = Signal(object)

    def __init__(
        self, studio: Studio, collections: CollectionList, grid: FlowGrid, where: QWidget
    ) -> None:
        super().__init__(where)
        self.studio, self.collections, self.grid, self._where = studio, collections, grid, where
        self._dragged: tempfile.TemporaryDirectory[str] | None = None
        self._ready: tuple[list[str], list[Path]] = ([], [])

    def set_field(self, field: str, text: str) -> bool:
        """Change a field of the chosen pictures; answers whether it was done."""
        chosen = self.grid.selected()
        return self.studio.session.do(lambda project: set_field(project, chosen, field, text))

    def set_preparation(self, wished: Preparation) -> None:
        """Change how the collection is prepared."""
        key = self.collections.choice
        self.studio.session.do(
            lambda project: changes.edit_collection(
                project, key, label="Change the preparation", preparation=wished
            )
        )

    def new_collection(self) -> None:
        """Make a collection of the chosen pictures, and let a person name it."""
        chosen, session = self.grid.selected(), self.studio.session
        before = set(session.project.collections)
        if session.do(lambda p: changes.add_collection(p, tr("New collection"), chosen)):
            made = set(session.project.collections) - before
            self.collections.edit_name(made.pop())

    def rename(self, key: str, name: str) -> None:
        """Rename a collection."""
        session = self.studio.session
        if not session.do(lambda project: changes.rename_collection(project, key, name)):
            self.collections.show_project(session.project)

    def remove_collection(self, key: str) -> None:
        """Remove a collection; its pictures stay."""
        self.studio.session.do(lambda project: changes.remove_collection(project, key))

    def add_to(self, key: str, ids: list[str]) -> None:
        """Add pictures to a collection."""
        self.studio.session.do(lambda project: changes.extend_collection(project, key, ids))

    def take_out(self, key: str) -> None:
        """Take the chosen pictures out of a collection."""
        gone = set(self.grid.selected())
        there = self.studio.session.project.collections[key].items
        left = tuple(item for item in there if item not in gone)
        self.studio.session.do(
            lambda project: changes.edit_collection(
                project, key, label="Take out of a collection", items=left
            )
        )

    def remove(self) -> None:
        """Remove the chosen pictures from the project."""
        chosen = self.grid.selected()
        if chosen and self.studio.session.do(lambda p: changes.remove_assets(p, chosen)):
            words = counted(len(chosen), "{n} picture was removed.", "{n} pictures were removed.")
            self.told.emit(together([words, tr("Undo brings them back.")]))

    def take_files(self, paths: list[Path], collection: str = "") -> bool:
        """Bring files, folders and zips into the collection that is shown, or a named one."""
        session = self.studio.session
        if not session.is_open or not paths:
            return False
        shown = session.project.collections.get(self.collections.choice)
        name = collection or (shown.name if shown else _name_for(paths))
        self.studio.importer.start(paths, name)
        return True

    def ask_files(self) -> None:
        """Ask for files to bring in."""
        chosen, _ = QFileDialog.getOpenFileNames(self._where, tr("Pictures, zips, films"))
        self.take_files([Path(each) for each in chosen])

    def ask_folder(self) -> None:
        """Ask for a folder to bring in."""
        chosen = QFileDialog.getExistingDirectory(self._where, tr("Folder with pictures"))
        if chosen:
            self.take_files([Path(chosen)])

    def _chosen_assets(self, ids: list[str]) -> list[Asset]:
        assets = self.studio.session.project.assets
        return [assets[each] for each in ids if each in assets]

    def files_of(self, ids: list[str]) -> list[Path]:
        """Copies under proper names, in a folder that lives as long as this place.

        What takes long to copy is made ready in a thread, for the next drag of the same.
        """
        chosen, session = self._chosen_assets(ids), self.studio.session
        if len(chosen) > _MOST_DRAGGED:
            return []
        if self._ready[0] == ids and all(path.exists() for path in self._ready[1]):
            return self._ready[1]
        if sum(asset.bytes for asset in chosen) > _COPIED_AT_ONCE:
            self._make_ready(chosen)
            return []
        with session.attempt():
            return hand_out(session.store, chosen, self._place_to_drag_from())
        return []

    def _make_ready(self, chosen: list[Asset]) -> None:
        def then(written: list[Path]) -> None:
            self._ready = ([asset.id for asset in chosen], written)
            self.told.emit(tr("These pictures are ready now: drag them out again."))

        if not self.studio.handing_out.running:
            self.studio.handing_out.start(chosen, self._place_to_drag_from(), then)

    def _place_to_drag_from(self) -> Path:
        if self._dragged is None:
            self._dragged = tempfile.TemporaryDirectory(prefix="aigc-drag-")
            self.destroyed.connect(self._dragged.cleanup)
        return Path(tempfile.mkdtemp(dir=self._dragged.name))

    def export(self) -> None:
        """Write the chosen pictures to a folder, beside what is there."""
        chosen = self._chosen_assets(self.grid.selected())
        folder = QFileDialog.getExistingDirectory(self._where, tr("Export to this folder"))
        if not folder or not chosen:
            return
        self.studio.handing_out.start(
            chosen,
            Path(folder),
            lambda written: self.told.emit(
                counted(len(written), "{n} file was written.", "{n} files were written.")
            ),
        )


def _name_for(paths: list[Path]) -> str:
    first = paths[0]
    if len(paths) == 1 and (first.is_dir() or first.suffix.lower() == ".zip"):
        return first.stem
    return first.parent.name or tr("Pictures")
