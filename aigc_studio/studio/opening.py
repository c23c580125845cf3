"""Opening projects away from the window's thread: one at a time, the last wish wins."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.studio.errand import Errand, LeftErrands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.document.model import Model
    from aigc_studio.document.store import Store

log = topic("studio")


class Opening(QObject):
    """Brings stores; one that nobody waits for any more is closed again.

    Signals:
        busy: whether a project is being opened just now.
        failed: the StudioError that opening ended with.
    """

    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errand: Errand | None = None
        self._last: Errand | None = None
        self._wish: _Wish | None = None
        self._left = LeftErrands()

    def start(
        self, work: Callable[[], Store], take: Callable[[Store], None], *, wait: bool = False
    ) -> None:
        """Open in place of what is being opened.

        Args:
            work: opens; called in a thread, after those that were given up have ended, since
                they may hold the lock of the same project.
            take: gets the store, in the window's thread.
            wait: block until it was taken.
        """
        self.give_up()
        wish = self._wish = _Wish(work, take, self._last)
        errand = self._errand = self._last = Errand(wish.run, self)
        errand.done.connect(self._on_done)
        errand.failed.connect(self.failed)
        errand.ended.connect(self._on_ended)
        self.busy.emit(True)
        errand.start()
        if wait:
            errand.wait()
            errand.deliver()

    def give_up(self) -> None:
        """Want nothing any more; never waits."""
        errand, self._errand = self._errand, None
        if errand:
            assert self._wish is not None
            self._wish.give_up()
            self._left.add(errand)
            self.busy.emit(False)

    def close(self) -> None:
        """Give up, and wait until every thread is over."""
        self.give_up()
        self._left.join()

    @Slot()
    def _on_done(self) -> None:
        assert self._wish is not None
        self._wish.hand_over()

    @Slot()
    def _on_ended(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            errand.deleteLater()
            self.busy.emit(False)


class _Wish:
    """One store on its way: it is taken, or closed by whoever comes last."""

    def __init__(
        self, work: Callable[[], Store], take: Callable[[Store], None], earlier: Errand | None
    ) -> None:
        self._work, self._take, self._earlier = work, take, earlier
        self._lock = threading.Lock()
        self._given_up = False
        self._store: Store | None = None

    def run(self) -> None:
        """Open; in a thread."""
        earlier, self._earlier = self._earlier, None  # or each would keep all before it
        if earlier:
            earlier.wait()
        if self._given_up:
            return
        store = self._work()
        with self._lock:
            self._store = store
            if self._given_up:
                self._drop()

    def give_up(self) -> None:
        """The store is not wanted any more."""
        with self._lock:
            self._given_up = True
            self._drop()

    def hand_over(self) -> None:
        """Let the store be taken; in the window's thread."""
        store, self._store = self._store, None
        if store:
            self._take(store)

    def _drop(self) -> None:
        store, self._store = self._store, None
        if store:
            try:
                store.close()
            except StudioError as error:
                log.warning("a project that nobody waits for: %s", error)


def news_of(store: Store) -> Iterator[str]:
    """What a person should hear of a project that was just opened."""
    if store.recovered:
        one = _words("One unsaved edit of an earlier session was recovered.")
        many = _words("{count} unsaved edits of an earlier session were recovered.")
        yield _counted(store.recovered, one, many)
    yield from map(taken_in, store.adopted)
    if store.missing:
        one = _words("One file of this project is missing.")
        many = _words("{count} files of this project are missing.")
        yield _counted(len(store.missing), one, many)


def taken_in(model: Model) -> str:
    """What is told of a model that training brought."""
    told = _words('The model "{name}" of a finished training was taken in.')
    return told.format(name=model.name)


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(count=number)


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
