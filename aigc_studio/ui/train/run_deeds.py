"""What people do with a run: pause, stop, play it while it trains, keep, delete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from aigc_studio.document.model_files import snapshot_model
from aigc_studio.ui.models.deeds import ModelDeeds
from aigc_studio.ui.playing import play, play_chosen
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from aigc_studio.studio.run_view import RunView, SnapshotView
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.train.run_page import RunPage


class RunDeeds(QObject):
    """Acts on runs by the words of the page's buttons.

    Signals:
        told(object): words or a StudioError for the message bar.
        place_wanted(str): show another place.
        gentler_wanted(): try again, learning more gently.
    """

    told = Signal(object)
    place_wanted = Signal(str)
    gentler_wanted = Signal()

    def __init__(self, studio: Studio, page: RunPage, where: QWidget) -> None:
        super().__init__(where)
        self.studio, self.page, self._where = studio, page, where
        self._awaited: dict[str, str] = {}
        self._snapshots: dict[str, int] = {}
        self.models = ModelDeeds(studio, where)
        self.models.told.connect(self.told)

    def forget(self) -> None:
        """Nothing is waited for any more."""
        self._awaited.clear()

    def do(self, deed: str, run_id: str) -> None:
        """Do what a button says."""
        view = self.studio.runs.get(run_id)
        if view is None:
            return
        desk = self.studio.desk
        deeds: dict[str, Callable[[], object]] = {
            "resume": lambda: desk.resume(run_id),
            "pause": lambda: desk.pause(run_id),
            "go_on": lambda: desk.go_on(run_id),
            "stop": lambda: desk.stop(run_id),
            "snapshot": lambda: self._await(view, "keep"),
            "play": lambda: self._play(view),
            "further": lambda: desk.propose(parent=view.model),
            "gentler": lambda: self._gentler(view),
            "pictures": lambda: self.place_wanted.emit("library"),
            "model": lambda: self.place_wanted.emit("models"),
            "postcard": self.save_postcard,
            "remove": lambda: self._remove(view),
        }
        deeds[deed]()

    def _gentler(self, view: RunView) -> None:
        if view.going_on:
            self.studio.desk.stop(view.id)
        self.gentler_wanted.emit()

    def _play(self, view: RunView) -> None:
        models = self.studio.session.project.models
        if view.state in ("running", "paused"):
            self._await(view, "play")
        elif view.model in models:
            if play(self.studio, view.model):
                self._tell_played(models[view.model].name)
        elif view.snapshots:
            self._play_snapshot(view, view.snapshots[-1])

    def _await(self, view: RunView, purpose: str) -> None:
        self._awaited[view.id] = purpose
        self._snapshots[view.id] = len(view.snapshots)
        self.studio.desk.snapshot(view.id)
        self.told.emit(tr("A snapshot is made after the step that is being done."))

    def look_for_snapshot(self, view: RunView) -> None:
        """Use a snapshot that was asked for, once it is there."""
        if view.id in self._awaited and len(view.snapshots) > self._snapshots[view.id]:
            purpose, newest = self._awaited.pop(view.id), view.snapshots[-1]
            if purpose == "play":
                self._play_snapshot(view, newest)
            else:
                self.models.take_in(newest.path, _name(view, newest))

    def _play_snapshot(self, view: RunView, snapshot: SnapshotView) -> None:
        with self.studio.session.attempt():
            model = snapshot_model(snapshot.path, snapshot.model, _name(view, snapshot))
            if play_chosen(self.studio, model):
                self._tell_played(model.name)

    def _tell_played(self, name: str) -> None:
        self.told.emit(tr("The dock plays {name} now.", name=name))

    def save_postcard(self) -> None:
        """Write the first samples above the latest."""
        proposed = f"{self.page.name.text()}.png"
        chosen, _ = QFileDialog.getSaveFileName(self._where, tr("Save the postcard"), proposed)
        if chosen:
            path = Path(chosen)
            target = path if path.suffix else path.with_suffix(".png")
            if self.page.history.postcard().save(str(target)):
                self.told.emit(tr("The postcard was written to {file}.", file=target))

    def _remove(self, view: RunView) -> None:
        box = QMessageBox(self._where)
        box.setWindowTitle(tr("Delete the run"))
        box.setText(tr('Delete the run "{name}" with its checkpoints?', name=view.name))
        box.setInformativeText(tr("A model that came of it stays. This cannot be undone."))
        delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: self.studio.desk.remove(view.id))
        box.open()


def _name(view: RunView, snapshot: SnapshotView) -> str:
    return tr("{name}, step {step:,}", name=view.name, step=snapshot.step)
