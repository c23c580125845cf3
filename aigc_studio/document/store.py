"""The single door to one open project: its data, its edits, its files."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import ASIDE, disk_errors
from aigc_studio.base.locks import Lock
from aigc_studio.base.log import topic
from aigc_studio.document import adoption, bundle, changes, edits
from aigc_studio.document.history import History
from aigc_studio.document.journal import Journal, Recovered, read_journal, replayed
from aigc_studio.document.model import new_project
from aigc_studio.document.payloads import Payloads
from aigc_studio.document.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Model, Project

log = topic("store")


def _nobody(edit: Edit) -> None:
    """Stands where no one wants to know of changes."""


class Store:
    """One open project; use it from one thread, as a context manager.

    Attributes:
        folder: the bundle's folder, absolute.
        read_only: nothing is locked, written or swept.
        recovered: edits found in the journal of a process that ended without saving.
        missing: ids of the assets whose payload was not there at open.
        adopted: models of finished runs that were taken in at open.
        history: what undo and redo would do, for menus.
        on_changed: called with every edit after it was applied.
    """

    def __init__(self, folder: Path, lock: Lock | None) -> None:
        """Open what lies in `folder`; use `Store.open` or `Store.create`."""
        self.folder = folder
        self.read_only = lock is None
        self.history = History()
        self.adopted: list[Model] = []
        self.on_changed: Callable[[Edit], None] = _nobody
        self._lock = lock
        self._after_save: list[Callable[[], None]] = []
        self._serialiser = bundle.Serialiser()
        self._payloads = Payloads(folder / bundle.ASSETS)
        bundle.check_tree(folder)
        self._project, revision = bundle.read_manifest(folder)
        found = Recovered() if self.read_only else self._recover(revision)
        self.recovered = len(found.edits)
        file = folder / bundle.JOURNAL
        self._journal = Journal(file, revision, found, self._payloads.sync)
        if not self.read_only:
            self._tidy()
        self.missing = self._payloads.missing(self._project)

    @classmethod
    def create(
        cls,
        path: Path,
        name: str = "",
        *,
        author: str = "",
        rights: str = "",
        purpose: str = "command",
    ) -> Self:
        """Make an empty project at `path` (by convention `Name.aigc`) and open it.

        Args:
            path: a folder that does not exist yet, or an empty one.
            name: the project's name; the folder's without its ending when empty.
            author, rights: recorded with the project.
            purpose: what holds the lock, for others' messages.

        Raises:
            StudioError: something is there already, or the disk refuses.
        """
        folder = path.resolve()
        project = _fresh(name or folder.stem, author, rights)
        with disk_errors(folder):
            if folder.exists() and not _is_blank(folder):
                raise StudioError(
                    f"{folder} is there already.",
                    kept="It was not touched.",
                    todo="Choose another name for the project.",
                    kind="input",
                )
            folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder, purpose)
        try:
            bundle.write_manifest(folder, bundle.Serialiser().as_bytes(project))
            return cls(folder, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, purpose: str = "command", read_only: bool = False) -> Self:
        """Open a project.

        Args:
            path: the bundle's folder.
            purpose: what holds the lock, for others' messages ("window", "command").
            read_only: see the last saved state without the lock.

        Raises:
            StudioError: it is no project, in use (kind "busy", naming the holder), newer than
                this studio, or refused as hostile.
        """
        folder = path.resolve()
        bundle.require_bundle(folder)
        if read_only:
            return cls(folder, None)
        lock = _locked(folder, purpose)
        try:
            store = cls(folder, lock)
            store._adopt()
        except BaseException:
            lock.release()
            raise
        return store

    @property
    def project(self) -> Project:
        """The document as it is now."""
        return self._project

    @property
    def modified(self) -> bool:
        """Whether there is something to save."""
        return not self.history.is_clean

    def apply(self, edit: Edit, *, undoable: bool = True) -> None:
        """Do `edit`; it is in the journal within a second.

        Args:
            edit: made for the project as it is.
            undoable: False for what no person did (a training run that finished).

        Raises:
            StudioError: it does not fit the project, or the journal could not be written
                since the last edit (kind "disk"). Nothing was changed then.
        """
        self._require_writable()
        self._journal.raise_failure()
        if edit.changes:
            self._commit(edit)
            if undoable:
                self.history.push(edit)
            else:
                self.history.forget_clean()

    def undo(self) -> Edit | None:
        """Take the newest step back; returns the edit that did it, None without a step."""
        return self.go_to(self.history.position - 1)

    def redo(self) -> Edit | None:
        """Do the step again that was taken back last; None without one."""
        return self.go_to(self.history.position + 1)

    def go_to(self, position: int) -> Edit | None:
        """Undo or redo until `position` of `history.steps` are done, all of it as one edit.

        Raises:
            StudioError: as `apply`; nothing was changed.
        """
        self._require_writable()
        before = self.history.position
        edit = None if self.history.in_gesture else self.history.move(position)
        if edit is not None:
            try:
                self._commit(edit)
            except StudioError:
                self.history.move(before)
                raise
        return edit

    @contextlib.contextmanager
    def gesture(self, label: str) -> Iterator[None]:
        """Edits inside become one step; an exception inside takes them all back.

        A gesture within a gesture is part of the outer one.
        """
        if self.history.in_gesture:
            yield
            return
        self.history.begin(label)
        try:
            yield
        except BaseException:
            back = self.history.cancel()
            if back.changes:
                self._commit(back)
            raise
        self.history.end()

    def save(self) -> None:
        """Commit: payloads durable, then the manifest replaced, then the journal emptied.

        Raises:
            StudioError: the disk refuses; the last save and the journal are still there.
        """
        self._require_writable()
        self._payloads.sync()
        raw = self._serialiser.as_bytes(self._project)
        self._journal.restart(bundle.write_manifest(self.folder, raw))
        self.history.mark_clean()
        waiting, self._after_save = self._after_save, []
        for callback in waiting:
            callback()

    def prepare_save(self) -> None:
        """Do what a save does with what lies unchanged, so that the first one is as quick as all.

        In any thread, before others use the store.
        """
        self._serialiser.as_bytes(self._project)

    def after_save(self, callback: Callable[[], None]) -> None:
        """Call `callback` once, after the next save has committed."""
        self._after_save.append(callback)

    def close(self, *, discard: bool = False) -> None:
        """Let go. What was not saved stays in the journal for the next open unless `discard`.

        Raises:
            StudioError: the journal could not be written; the lock is released all the same.
        """
        if self._lock is None or not self._lock.held:
            return
        try:
            if discard:
                self._journal.restart("")
            self._journal.close()
        finally:
            self._lock.release()

    def add_payload(self, content: Path | bytes, extension: str) -> tuple[str, int]:
        """Take a file or bytes in as a payload; it is durable before anything refers to it.

        For any thread.

        Returns:
            Its sha256 and its size in bytes.

        Raises:
            StudioError: the file cannot be read, or the disk refuses.
        """
        self._require_writable()
        return self._payloads.add(content, extension)

    def sync_payloads(self) -> None:
        """Make what was taken in durable now, in any thread, so that a save has less to do.

        Raises:
            StudioError: the disk refuses.
        """
        self._payloads.sync()

    def asset_path(self, asset: Asset) -> Path:
        """The payload file of an asset.

        Raises:
            StudioError: kind "missing": it is not there.
        """
        return self._payloads.path(asset)

    def model_folder(self, model_id: str) -> Path:
        """The folder with `weights.safetensors` and `card.json` of a model.

        Raises:
            StudioError: kind "missing": the files are not there.
        """
        folder = self.folder / bundle.MODELS / model_id
        if model_id not in self._project.models or not adoption.is_whole(folder):
            raise StudioError(
                f"The files of the model {model_id[:12]} are missing from the project.",
                todo="Import the model again, or take it from a copy of the project.",
                kind="missing",
            )
        return folder

    @property
    def runs_folder(self) -> Path:
        """`runs/` of the bundle."""
        return self.folder / bundle.RUNS

    def adopt_model(
        self, folder: Path, name: str = "", *, link: bool = False, undoable: bool = False
    ) -> Model:
        """Take in a folder with `weights.safetensors` and `card.json`.

        Args:
            folder: may lie anywhere; its files are copied.
            name: for the model; the card's when empty. A taken one gets " 2".
            link: hard-link instead of copying, for files nobody will write to again.
            undoable: whether undo takes the model out again.

        Returns:
            The model, under the name it got; the one that was there if these weights were.

        Raises:
            StudioError: the weights or the card are not what they claim, or the disk refuses.
        """
        self._require_writable()
        card = adoption.install_model(folder, self.folder / bundle.MODELS, name=name, link=link)
        if card.model not in self._project.models:
            model = adoption.model_of(card, name)
            self.apply(changes.add_model(self._project, model), undoable=undoable)
        return self._project.models[card.model]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _commit(self, edit: Edit) -> None:
        self._project = edits.apply(self._project, edit)
        self._journal.append(edit, joins=self.history.goes_on)
        self.on_changed(edit)

    def _recover(self, revision: str) -> Recovered:
        found = read_journal(self.folder / bundle.JOURNAL, revision)
        self._project, fitting = replayed(self._project, found)
        for edit in fitting.edits:
            if edit.changes:  # a drag that came back to where it began leaves none
                self.history.push(edit)
        return fitting

    def _tidy(self) -> None:
        self._journal.trim()
        sweep(self.folder, self._project)
        with disk_errors(self.folder):
            for name in bundle.FOLDERS:
                (self.folder / name).mkdir(exist_ok=True)

    def _adopt(self) -> None:
        self.adopted = adoption.adopt_finished_runs(self)
        # Recovered edits are for a person to keep or take back: adopting must not save them.
        if self.adopted and not self.recovered:
            self.save()

    def _require_writable(self) -> None:
        if self._lock is None or not self._lock.held:
            raise StudioError(
                f"{self.folder.name} is open for reading only.",
                kept="Nothing was changed.",
                todo="Open it for writing.",
                kind="input",
            )


def _fresh(name: str, author: str, rights: str) -> Project:
    try:
        return new_project(name, author=author, rights=rights)
    except ValidationError as error:
        raise edits.invalid(error) from error


def _locked(folder: Path, purpose: str) -> Lock:
    lock = Lock(folder / bundle.LOCK, purpose)
    try:
        with disk_errors(folder, kept="Nothing was changed."):
            lock.acquire()
    except StudioError:
        lock.release()
        raise
    return lock


def _is_blank(folder: Path) -> bool:
    # What a process killed while it made a project leaves behind counts as nothing.
    return folder.is_dir() and all(
        entry.name.startswith((bundle.LOCK, ASIDE)) and entry.is_file()
        for entry in folder.iterdir()
    )
