"""Opening, making, saving and leaving projects: the questions around `Session`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from aigc_studio.document.manifest import ENDING, is_bundle
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.studio import Studio

FOLDER = "AIGC Studio"


class Projects(QObject):
    """Asks what must be asked, and calls the session.

    Signals:
        pictures_given(object, str): a new project is open; bring this folder in, as a collection
            of this name.
    """

    pictures_given = Signal(object, str)

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        self._pictures: Path | None = None
        self._run = ""
        self._kept: Path | None = None
        self._again: Callable[[], object] | None = None
        studio.when_awake(self._listen)

    def _listen(self) -> None:
        self._studio.session.opened.connect(self._on_opened)
        self._studio.session.opening.connect(self._on_opening)
        self._studio.runs.changed.connect(self._on_runs)

    def open(self, path: Path | None) -> None:
        """Open the project in a folder, or the starter for None."""
        session = self._studio.session
        if not self.leave(lambda: self.open(path)):
            return
        if path is None:
            session.open_starter()
        else:
            session.open(path)

    def resume(self, path: Path, run: str) -> None:
        """Open a project, and go on with one of its runs."""
        self._run = run
        session = self._studio.session
        if session.is_open and session.store.folder == path.resolve():
            self._on_runs()
        else:
            self.open(path)

    def keep(self, path: Path) -> None:
        """Open what was left of the starter, and ask where to keep it."""
        self._kept = path
        self.open(path)

    def ask_open(self) -> None:
        """Ask which."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("Open a project: a folder that ends with .aigc"), str(home())
        )
        if chosen:
            self.open(Path(chosen))

    def ask_new(self, pictures: Path | None = None) -> None:
        """Ask for a folder of pictures and a name, then make the project."""
        from aigc_studio.ui.new_project import NewProject

        dialog = NewProject(home(), self._window)
        if pictures:
            dialog.fill(pictures)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            self._make(dialog.folder, dialog.name, dialog.author, dialog.pictures)

    def _make(self, folder: Path, name: str, author: str, pictures: Path | None) -> None:
        if not self.leave(lambda: self._make(folder, name, author, pictures)):
            return
        self._pictures = pictures
        with self._studio.session.attempt():
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._studio.session.create(folder, name, author=author)

    def ask_save_as(self) -> bool:
        """Ask for a place, and go on with a copy there; answers whether one was chosen."""
        session = self._studio.session
        proposed = home() / f"{session.title}{ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, tr("Save as"), str(proposed))
        if chosen:
            target = Path(chosen)
            if target.suffix != ENDING:
                target = target.with_name(f"{target.name}{ENDING}")
            session.save_as(target, target.stem)
        return bool(chosen)

    def close(self) -> None:
        """Close the project."""
        if self.leave(self.close):
            self._studio.session.close()

    def leave(self, again: Callable[[], object] | None = None) -> bool:
        """Make sure that nothing is lost; answers whether the project may be left.

        What was changed is saved without a question: undo is there for second thoughts. Only
        the starter, a temporary copy, needs an answer.

        Args:
            again: what asked to leave; called once more when the starter was kept elsewhere.
        """
        session, self._again = self._studio.session, None
        if not session.is_open:
            return True
        if not session.is_temporary:
            return session.save() if session.modified else True
        return self._ask_about_starter(again) if session.is_touched else True

    def _ask_about_starter(self, again: Callable[[], object] | None) -> bool:
        box = QMessageBox(self._window)
        box.setWindowTitle(tr("Starter"))
        box.setText(tr("Keep what you made with the starter?"))
        box.setInformativeText(
            tr("The starter is a temporary copy. Save it as a project to keep it.")
        )
        keep = box.addButton(tr("Save as..."), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(tr("Let it go"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        if chosen is keep:
            # What is kept is opened in its place; `again` then leaves it without a question.
            self._again = again if self.ask_save_as() else None
            return False
        if chosen is drop:
            self._studio.session.let_go()
        return chosen is drop

    def _on_opened(self) -> None:
        pictures, self._pictures = self._pictures, None
        kept, self._kept = self._kept, None
        if pictures:
            self.pictures_given.emit([pictures], pictures.name)
        if kept and kept.resolve() == self._studio.session.store.folder:
            QTimer.singleShot(0, self, self.ask_save_as)

    def _on_opening(self, begun: bool) -> None:
        if begun:
            return
        again, self._again = self._again, None
        if again and not self._studio.session.is_temporary:
            QTimer.singleShot(0, self, again)

    def _on_runs(self) -> None:
        view = self._studio.runs.get(self._run) if self._run else None
        if view is not None:
            self._run = ""
            self._studio.desk.resume(view.id)


def home() -> Path:
    """Where projects lie by default."""
    try:
        return Path.home() / FOLDER
    except RuntimeError:
        return Path.cwd()


def is_project(path: Path) -> bool:
    """Whether a dropped path is a project."""
    return path.is_dir() and is_bundle(path)
