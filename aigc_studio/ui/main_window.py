"""The window: top bar, messages, page and dock, status bar; no feature lives in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from aigc_studio.base.errors import StudioError
from aigc_studio.ui import parts, theme
from aigc_studio.ui.dialogs import Dialogs
from aigc_studio.ui.dock_place import DockPlace, state_of, text_of
from aigc_studio.ui.documents import Documents
from aigc_studio.ui.editors.canvas.new_canvas import new_canvas_command
from aigc_studio.ui.keys import Keys
from aigc_studio.ui.menus import Menus
from aigc_studio.ui.pages import Pages
from aigc_studio.ui.parts import PLACES, Place
from aigc_studio.ui.projects import Projects, is_project
from aigc_studio.ui.qt_types import know_all
from aigc_studio.ui.status_bar import StatusBar
from aigc_studio.ui.top_bar import TopBar
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, pressed_by_enter
from aigc_studio.ui.widgets.focus_ring import FocusRing
from aigc_studio.ui.widgets.message_bar import MessageBar
from aigc_studio.ui.widgets.progress_line import ProgressLine
from aigc_studio.ui.window_commands import add_commands

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.document_tabs import Document
    from aigc_studio.ui.part import Part

WIDTH, HEIGHT, NARROWEST, LOWEST = 1440, 900, 800, 560
_AHEAD_MS = 400


class MainWindow(QMainWindow):
    """Shows one studio; another one can take its place when the language changes.

    Signals:
        painted(): it was seen for the first time.
        ended(): it was closed by a person or by the system, and everything behind it may end.
    """

    painted = Signal()
    ended = Signal()

    def __init__(self, studio: Studio, language: str) -> None:
        super().__init__()
        self.studio = studio
        self._painted = self._retiring = False
        # The engine starts after the paint that shows the project.
        self._warm = QTimer(self)
        self._warm.setSingleShot(True)
        self._ahead = QTimer(self)
        self._ahead.setInterval(_AHEAD_MS)
        self.setMinimumSize(NARROWEST, LOWEST)
        self.setAcceptDrops(True)
        self.projects = Projects(studio, self)
        self.dialogs = Dialogs(studio, language, self)
        self.pages = Pages(studio)
        self.dock_place = DockPlace(studio, self.pages, self)
        add_commands(self)
        self.top = TopBar(studio.commands)
        self.messages = MessageBar()
        self.progress = ProgressLine()
        self.status = StatusBar(studio)
        self.documents = Documents(studio, self.top, self.pages)
        self._assemble()
        Menus(self.top.menus, studio.commands)
        Keys(studio.commands, "window", self)
        FocusRing(self)
        self._connect()
        studio.when_awake(self._listen)
        self._restore()
        self._show_project()

    def _assemble(self) -> None:
        page = QWidget()
        stack = column(gap=0)
        for part in (self.top, self.messages, self.progress):
            stack.addWidget(part)
        stack.addWidget(self.dock_place.split, 1)
        stack.addWidget(self.status)
        page.setLayout(stack)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        studio = self.studio
        studio.told.connect(self.tell)
        studio.session.opening.connect(self._on_opening)
        self.projects.pictures_given.connect(self.give_files)
        self.pages.made.connect(self._connect_part)
        self.pages.starter_wanted.connect(lambda: self.projects.open(None))
        self.top.place_chosen.connect(self.show_place)
        self.painted.connect(lambda: studio.wake_soon(parts.load, know_all))
        self.documents.shown.connect(lambda: self.dock_place.want(True))
        self.documents.gone.connect(self._show_place_of_project)
        studio.commands.add(new_canvas_command(studio, self, self.documents.open))

    def _listen(self) -> None:
        from aigc_studio.ui.prompts import Prompts

        Prompts(self.studio.settings, self)
        session = self.studio.session
        self._warm.timeout.connect(self.studio.player.start)
        self._ahead.timeout.connect(self._make_ahead)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.history_changed.connect(self._show_title)
        self.studio.living.placed.connect(self._on_placed)
        self.studio.variations.made.connect(self._on_placed)
        QTimer.singleShot(0, self, lambda: self.dock)  # while nobody waits for it

    def _connect_part(self, part: Part) -> None:
        part.place_wanted.connect(self.show_place)
        part.document_wanted.connect(self.documents.open)
        part.project_wanted.connect(self.projects.open)
        part.run_wanted.connect(self.projects.resume)
        part.keeping_wanted.connect(self.projects.keep)
        part.files_given.connect(self.give_files)
        part.told.connect(self.tell)

    # What is shown

    def show_place(self, place_id: str) -> None:
        """Show a place."""
        place = _place(place_id)
        self.top.show_place(place.id)
        self.pages.show_place(place)
        self.dock_place.want(place.dock and self.studio.session.is_open)

    @property
    def shown_page(self) -> str | Document:
        """The place that is shown, or the document."""
        return self.top.shown

    def show_page(self, page: str | Document) -> None:
        """Show a place or a document that was shown before, if it is still there."""
        if isinstance(page, str):
            self.show_place(page)
        else:
            self.documents.open(*page)

    def tell(self, message: object) -> None:
        """Say something above the page: a StudioError, or words that all went well."""
        if isinstance(message, StudioError):
            self.messages.fail(message)
        else:
            self.messages.say(str(message), weight="ok")

    def give_files(self, paths: list[Path], collection: str = "") -> bool:
        """Bring files in, where they belong on the page that is shown or else to the library."""
        return self.pages.give(paths, collection)

    def _show_something(self) -> None:
        if not self.documents.open_first():
            self._show_place_of_project()

    def _show_place_of_project(self) -> None:
        busy = self.studio.session.is_open and len(PLACES) > 1
        self.show_place(PLACES[1 if busy else 0].id)

    @property
    def dock(self) -> QWidget | None:
        """The dock; see `DockPlace`."""
        return self.dock_place.dock

    # What happens

    def _show_project(self) -> None:
        if self.studio.session.is_open:
            self._on_opened()
        else:
            self._show_something()
            self._show_title()

    def _on_opened(self) -> None:
        self._show_something()
        self._show_title()
        if self.studio.session.project.models:
            self._warm.start()
        self._ahead.start()

    def _on_closed(self) -> None:
        self.show_place(PLACES[0].id)

    def _make_ahead(self) -> None:
        # One place at a time while nobody holds anything: the first look at one is quick then.
        held = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if parts.loaded.is_set() and not held and not self.pages.make_ahead():
            self._ahead.stop()

    # A method, so that the connection ends with this window: what placed it outlives it.
    def _on_placed(self, canvas_id: str) -> None:
        if self.shown_page != ("canvas", canvas_id):  # else the keys stay where they are
            self.documents.open("canvas", canvas_id)

    def _on_opening(self, begun: bool) -> None:
        if begun:
            self.progress.start(tr("Opening the project"))
        else:
            self.progress.stop()

    def _show_title(self) -> None:
        session = self.studio.session
        name = f"{session.title}[*] - " if session.is_open else ""
        self.setWindowTitle(f"{name}AIGC Studio")
        self.setWindowModified(session.modified and not session.is_temporary)

    def scale_text(self, by: float) -> None:
        """Make all text larger or smaller."""
        wanted = round(self.studio.settings.values.text_scale + by, 2)
        low, high = theme.SMALLEST_TEXT, theme.LARGEST_TEXT
        with self.studio.session.attempt():
            self.studio.settings.change(text_scale=min(max(wanted, low), high))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, unless it means more there."""
        if not pressed_by_enter(self.focusWidget(), event):
            super().keyPressEvent(event)

    # Files from outside

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from outside are welcome; what is dragged from here and slips is not."""
        if event.source() is None and _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project, bring pictures in, or begin a project of them."""
        paths = _paths(event.mimeData())
        event.acceptProposedAction()
        if len(paths) == 1 and is_project(paths[0]):
            self.projects.open(paths[0])
        elif self.studio.session.is_open:
            self.give_files(paths)
        elif len(paths) == 1 and paths[0].is_dir():
            self.projects.ask_new(paths[0])
        else:
            self.messages.say(
                tr("No project is open to bring these files into."),
                tr("Open a project or make one, then drop them again."),
                weight="warn",
            )

    # Coming and going

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when it is seen for the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything; ask only about the starter."""
        if not self._retiring and not self.projects.leave(self.close):
            event.ignore()
            return
        self.keep_state()
        self._rest()
        event.accept()
        if not self._retiring:
            self.ended.emit()

    def end(self) -> None:
        """End without a question: nobody may be there to answer it.

        A project is saved; what cannot be saved, and a starter's copy, is gone on with later.
        """
        session, self._retiring = self.studio.session, True
        try:
            if session.modified and not session.is_temporary:
                session.save()
            self.keep_state()
            self.hide()
        finally:
            self._rest()
            self.ended.emit()

    def _rest(self) -> None:
        self._warm.stop()
        self._ahead.stop()

    def retire(self) -> None:
        """Give way to another window; what is behind it lives on."""
        self._retiring = True
        self.close()
        self.deleteLater()

    def keep_state(self) -> None:
        """Remember where the window is and how it is divided."""
        with self.studio.session.attempt():
            self.studio.settings.change(
                geometry=text_of(self.saveGeometry()), layout=self.dock_place.state()
            )

    def _restore(self) -> None:
        kept = self.studio.settings.values
        if not (kept.geometry and self.restoreGeometry(state_of(kept.geometry))):
            self.resize(self.screen().availableSize().boundedTo(QSize(WIDTH, HEIGHT)))


def _place(place_id: str) -> Place:
    return next(place for place in PLACES if place.id == place_id)


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
