"""What people do with models: take in, give out, check, rename, remove."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.adoption import model_of, read_card
from aigc_studio.document.bundle import CARD, MODELS
from aigc_studio.document.chosen import PREFIX
from aigc_studio.document.model_files import check_model, export_model, install_from
from aigc_studio.studio.errand import Errand
from aigc_studio.ui.translate import together, tr
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.studio.studio import Studio


class ModelDeeds(QObject):
    """Files are read and written away from the window's thread.

    Signals:
        told(object): words or a StudioError for the message bar.
        taken_in(str): id of a model that came in.
        checked(str, str): id of a model that was read to its last byte, and what is wrong ("").
        busy(str): what goes on, "" for nothing.
    """

    told = Signal(object)
    taken_in = Signal(str)
    checked = Signal(str, str)
    busy = Signal(str)

    def __init__(self, studio: Studio, where: QWidget) -> None:
        super().__init__(where)
        self.studio, self._where = studio, where
        self._errands: list[Errand] = []
        studio.session.closed.connect(self._forget)
        self.destroyed.connect(functools.partial(_leave, self._errands))

    def ask_import(self) -> None:
        """Ask for weights to take in; their card lies beside them."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._where, tr("Weights of a model"), "", tr("Models (*.safetensors)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, source: Path, name: str = "") -> None:
        """Take a model in; it is checked, and never executed."""
        models = self.studio.session.store.folder / MODELS
        self._do(
            tr("Importing a model"),
            lambda: install_from(source, models, name).model,
            self._installed,
        )

    def ask_export(self, model_id: str) -> None:
        """Ask for a folder, and write the model into a new one there."""
        chosen = QFileDialog.getExistingDirectory(self._where, tr("Export the model to"))
        if chosen:
            name = self.studio.session.project.models[model_id].name
            self.export(model_id, Path(chosen) / _plain(name))

    def export(self, model_id: str, out: Path) -> None:
        """Write a model's weights and card."""
        with self.studio.session.attempt():
            folder = self.studio.session.store.model_folder(model_id)
            self._do(
                tr("Exporting a model"),
                lambda: export_model(folder, out),
                lambda _: self.told.emit(tr("The model was written to {folder}.", folder=out)),
            )

    def check(self, model_id: str) -> None:
        """Read a model to its last byte."""
        with self.studio.session.attempt():
            folder = self.studio.session.store.model_folder(model_id)
            self._do(
                tr("Checking the model"),
                lambda: _fault(folder, model_id),
                lambda fault: self.checked.emit(model_id, str(fault)),
            )

    def rename(self, model_id: str, name: str) -> bool:
        """Rename a model; answers whether it was done."""
        if name.startswith(PREFIX) or not name:
            self.told.emit(StudioError(tr("A model needs another name."), kind="input"))
            return False
        return self.studio.session.do(lambda project: changes.rename_model(project, model_id, name))

    def remove(self, model_id: str) -> None:
        """Take a model out of the project; undo brings it back."""
        name = self.studio.session.project.models[model_id].name
        if self.studio.session.do(lambda project: changes.remove_model(project, model_id)):
            self.told.emit(tr('"{name}" was removed. Undo brings it back.', name=name))

    def _installed(self, model_id: object) -> None:
        session, key = self.studio.session, str(model_id)
        if key in session.project.models:
            self.told.emit(tr("This model is in the project already."))
        elif not session.do(lambda project: _added(project, session.store.folder, key)):
            return
        self.taken_in.emit(key)

    def _do(self, words: str, work: Callable[[], object], then: Callable[[object], object]) -> None:
        errand = Errand(work, self)
        errand.done.connect(then)
        errand.failed.connect(self.told)
        errand.ended.connect(lambda: self._over(errand))
        self._errands.append(errand)
        self.busy.emit(words)
        errand.start()

    def _over(self, errand: Errand) -> None:
        if errand in self._errands:
            self._errands.remove(errand)
        errand.deleteLater()
        self.busy.emit("")

    def _forget(self) -> None:
        _leave(self._errands)
        self.busy.emit("")


def _added(project: Project, folder: Path, model_id: str) -> Edit:
    card = read_card(folder / MODELS / model_id / CARD)
    return changes.add_model(project, model_of(card))


def _leave(errands: list[Errand]) -> None:
    while errands:
        errand = errands.pop()
        errand.disarm()
        errand.wait()


def _fault(folder: Path, model_id: str) -> str:
    try:
        check_model(folder, model_id)
    except StudioError as error:
        return together(map(worded, (error.happened, error.todo)))
    return ""


def _plain(name: str) -> str:
    return "".join(sign if sign not in '<>:"/\\|?*' else " " for sign in name).strip() or "model"
