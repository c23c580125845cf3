"""The session: the single door between the window and the one open project."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.opening import Opening, news_of, taken_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.history import Step
    from aigc_studio.document.model import Model, Project
    from aigc_studio.document.store import Store
    from aigc_studio.studio.settings import Settings

    Way = Callable[[Project, Callable[[Project], Edit]], Edit]

PURPOSE = "window"


class Session(QObject):
    """One open project at a time: edits in, signals out. Use it from the window's thread.

    Nothing here shows a dialog: what a person should know comes by `told`. Every edit lies in
    the journal within a second, so closing without saving loses nothing.

    Signals:
        opening: whether a project is being opened just now.
        opened: another project is open.
        closed: no project is open any more; also before another one is opened.
        changed: the `Edit` that was applied, by a person, an undo or a redo; views update what
            its changes name and nothing else.
        history_changed: undo, redo, saved or modified may be otherwise than before.
        saved: the project was saved.
        told: a StudioError or a str for the status bar.
    """

    opening = Signal(bool)
    opened = Signal()
    closed = Signal()
    changed = Signal(object)
    history_changed = Signal()
    saved = Signal()
    told = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._store: Store | None = None
        self._opening = Opening(self)
        self._opening.busy.connect(self.opening)
        self._opening.failed.connect(self._on_not_opened)
        self._gesture: contextlib.ExitStack | None = None
        self._saved_at: float | None = None
        self._temporary = self._unwanted = False
        self._way: Way | None = None
        self._since: list[Edit] | None = None  # edits while a copy is made

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._store is not None

    @property
    def store(self) -> Store:
        """The open project's store.

        Raises:
            StudioError: kind "missing", no project is open.
        """
        if self._store is None:
            raise StudioError("No project is open.", todo="Open a project first.", kind="missing")
        return self._store

    @property
    def project(self) -> Project:
        """The document as it is now; raises as `store` does."""
        return self.store.project

    @property
    def title(self) -> str:
        """The project's name; "" when none is open."""
        return self._store.project.name if self._store else ""

    @property
    def is_temporary(self) -> bool:
        """Whether the open project is a copy of the starter, see `document.starter_copies`."""
        return self._temporary and self.is_open

    @property
    def is_touched(self) -> bool:
        """Whether something was made in the starter's copy, now or before a crash."""
        from aigc_studio.document import starter_copies

        return self.modified or starter_copies.is_touched(self.store.folder)

    @property
    def modified(self) -> bool:
        """Whether there is something to save."""
        return self._store is not None and self._store.modified

    @property
    def undo_label(self) -> str:
        """What undo would take back; "" for nothing."""
        return self._store.history.undo_label if self._store else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again; "" for nothing."""
        return self._store.history.redo_label if self._store else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that can be undone or done again, the oldest first."""
        return self._store.history.steps if self._store else ()

    @property
    def position(self) -> int:
        """How many of `steps` are done."""
        return self._store.history.position if self._store else 0

    @property
    def saved_at(self) -> float | None:
        """When it was last saved in this session, seconds since 1970."""
        return self._saved_at

    def open(self, path: Path, *, wait: bool = False) -> None:
        """Open a project in place of the one that is open; `opened` or `told` follows.

        Args:
            path: the bundle's folder.
            wait: block until it is open.
        """
        if self._store and self._store.folder == path.resolve():
            return
        self._opening.start(lambda: _open(path), self._take, wait=wait)

    def open_starter(self, *, wait: bool = False) -> None:
        """Open a copy of the project that ships; what a crash leaves of it, Home offers."""
        self._opening.start(_open_starter, self._take, wait=wait)

    def let_go(self) -> None:
        """Nobody wants the starter's copy any more: it goes when it is closed."""
        self._unwanted = self.is_temporary

    def create(
        self, path: Path, name: str = "", *, author: str = "", rights: str = "", wait: bool = False
    ) -> None:
        """Make an empty project at `path` and open it."""

        def work() -> Store:
            from aigc_studio.document.store import Store

            return Store.create(path, name, author=author, rights=rights, purpose=PURPOSE)

        self._opening.start(work, self._take, wait=wait)

    def save_as(self, path: Path, name: str = "", *, wait: bool = False) -> None:
        """Save, copy the project to `path` (which must not exist yet) and go on there.

        Args:
            path: folder of the copy.
            name: of the copy; the folder's without its ending when empty.
            wait: block until it is open.
        """
        if not self.save():
            return
        folder = self.store.folder
        since: list[Edit] = []
        self._since = since

        def work() -> Store:
            from aigc_studio.studio.copying import copy_bundle

            copy_bundle(folder, path, name or path.stem)
            return _open(path)

        self._opening.start(work, lambda store: self._go_on_in(store, since), wait=wait)

    def close(self, *, discard: bool = False) -> None:
        """Let the project go; unsaved edits stay in its journal unless `discard`."""
        self._opening.close()
        self._leave(discard=discard)

    def save(self) -> bool:
        """Save; answers whether it went well, what went wrong is told."""
        with self.attempt():
            self.store.save()
            self._saved_at = time.time()
            self.saved.emit()
            self.history_changed.emit()
            return True
        return False

    def apply(self, edit: Edit, *, undoable: bool = True) -> None:
        """Do an edit.

        Raises:
            StudioError: it does not fit the project, or the disk refuses; nothing was changed.
        """
        self.store.apply(edit, undoable=undoable)
        self.history_changed.emit()

    def do(self, make: Callable[[Project], Edit]) -> bool:
        """Make an edit for the project as it is and do it; an error is told.

        `session.do(lambda project: changes.rename_model(project, model_id, "Foxes"))`

        Returns:
            Whether it was done.
        """
        with self.attempt():
            self.apply(self._way(self.project, make) if self._way else make(self.project))
            return True
        return False

    def make_edits_by(self, way: Way) -> None:
        """Let `do` ask this for the edit: it may show `make` another state than the saved one."""
        self._way = way

    def undo(self) -> None:
        """Take the newest step back."""
        with self.attempt():
            self.store.undo()
            self.history_changed.emit()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        with self.attempt():
            self.store.redo()
            self.history_changed.emit()

    def go_to(self, position: int) -> None:
        """Undo or redo until `position` of `steps` are done."""
        with self.attempt():
            self.store.go_to(position)
            self.history_changed.emit()

    @contextlib.contextmanager
    def gesture(self, label: str) -> Iterator[None]:
        """Edits inside become one step; a StudioError inside takes them back and is told."""
        with self.attempt():
            if not self.is_open:
                yield  # what is done inside tells that no project is open
                return
            with self.store.gesture(label):
                yield
        self.history_changed.emit()

    def begin_gesture(self, label: str) -> None:
        """Like `gesture`, for a drag: until `end_gesture` or `cancel_gesture`."""
        self._end_gesture()
        self._gesture = contextlib.ExitStack()
        self._gesture.enter_context(self.store.gesture(label))

    def end_gesture(self) -> None:
        """The drag ended: its edits are one step. Nothing happens without a beginning."""
        self._end_gesture()
        self.history_changed.emit()

    def cancel_gesture(self) -> None:
        """The drag was given up: its edits are taken back."""
        stack, self._gesture = self._gesture, None
        if stack:
            with contextlib.suppress(_GaveUpError), stack:
                raise _GaveUpError
            self.history_changed.emit()

    @contextlib.contextmanager
    def attempt(self) -> Iterator[None]:
        """Tell a StudioError that is raised inside, and go on behind."""
        try:
            yield
        except StudioError as error:
            self.told.emit(error)

    def adopt(self, run: Path, name: str = "") -> Model | None:
        """Take in the finished model of a run, and save unless a person has unsaved edits.

        Returns:
            The model; None when the run has none or it was taken in before.
        """
        from aigc_studio.document import adoption

        with self.attempt():
            untouched = not self.modified
            model = adoption.adopt_run(self.store, run, name)
            if model is not None:
                self.told.emit(taken_in(model))
                self.history_changed.emit()
                if untouched:
                    self.save()
            return model
        return None

    @Slot(object)
    def _on_not_opened(self, error: StudioError) -> None:
        self._unwanted, self._since = False, None  # we go on with it
        self.told.emit(error)

    def _go_on_in(self, copy: Store, since: list[Edit]) -> None:
        """Take the copy, with what was done while it was made; else stay in the original."""
        from aigc_studio.studio.copying import carry

        self._end_gesture()
        with self.attempt():
            try:
                carry(since, self.store, copy)
            except BaseException:
                copy.close()
                raise
            self.let_go()  # the starter's copy has done its service
            self._take(copy)

    def _take(self, store: Store) -> None:
        from aigc_studio.document import starter_copies

        self._leave(discard=False)
        self._store = store
        self._temporary, self._unwanted = starter_copies.is_copy(store.folder), False
        self._since = None
        store.on_changed = self._on_changed
        self.opened.emit()
        self.history_changed.emit()
        for news in news_of(store):
            self.told.emit(news)
        self._remember(store)

    def _on_changed(self, edit: Edit) -> None:
        if self._since is not None:
            self._since.append(edit)
        self.changed.emit(edit)

    def _leave(self, *, discard: bool) -> None:
        store = self._store
        if store is None:
            return
        self._end_gesture()
        self._store = None
        with self.attempt():
            store.close(discard=discard)
            if self._temporary and self._unwanted:
                from aigc_studio.document import starter_copies

                starter_copies.let_go(store.folder)
        store.on_changed = _nobody
        self._saved_at = None
        self.closed.emit()
        self.history_changed.emit()

    def _remember(self, store: Store) -> None:
        if self._settings and not self._temporary:
            with self.attempt():
                self._settings.remember(store.folder, store.project.name)

    def _end_gesture(self) -> None:
        stack, self._gesture = self._gesture, None
        if stack:
            stack.close()


class _GaveUpError(Exception):
    """Leaves a gesture so that it is taken back."""


def _open(path: Path) -> Store:
    # Loaded here, after the first paint and mostly in the thread that opens.
    from aigc_studio.document.store import Store

    return _ready(Store.open(path, purpose=PURPOSE))


def _open_starter() -> Store:
    from aigc_studio.document import starter_copies

    return _ready(starter_copies.open_fresh(PURPOSE))


def _ready(store: Store) -> Store:
    store.prepare_save()
    return store


def _nobody(edit: Edit) -> None:
    """Stands where no one wants to know of changes."""
