"""The application behind the window: how it looks and speaks, how it begins and ends."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Slot
from PySide6.QtWidgets import QApplication

from aigc_studio.base.log import topic
from aigc_studio.base.memory import give_back_early
from aigc_studio.studio.studio import Studio
from aigc_studio.ui import icons, style, theme, translate
from aigc_studio.ui.collector import Collector
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.system_motion import SystemMotion
from aigc_studio.ui.translate import CHINESE, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from aigc_studio.studio.settings import Settings

log = topic("window")
STARTER = "starter"
_SWITCH_SECONDS = 0.0005
_LOOKS = {"theme", "reduced_motion"}
_REMAKES = {"language", "text_scale"}


def run(project: str = "") -> int:
    """Show the window until it is closed; the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("AIGC Studio")
    app.setDesktopFileName("aigc-studio")
    face = Face(app, Studio())
    with _shown_exceptions(face), _signals(face):
        face.studio.when_awake(face.collect)
        face.begin(project)
        code = app.exec()
    face.end()
    return code


class Face(QObject):
    """Dresses the application, and makes the window anew when it speaks another language."""

    def __init__(self, app: QApplication, studio: Studio) -> None:
        super().__init__()
        # Qt asks for Python's lock at each call into our code, fifty times in a paint of the
        # library; a thread that is in Python just then keeps it for this long, by default 5 ms.
        sys.setswitchinterval(_SWITCH_SECONDS)
        give_back_early()
        self._app, self.studio = app, studio
        self.language = translate.speak(studio.settings.values.language)
        self._motion = SystemMotion(self)
        self._motion.changed.connect(self._dress)
        self._dress()
        self.window = self._made()
        studio.settings.changed.connect(self._on_settings)
        studio.session.history_changed.connect(studio.commands.state_changed)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def begin(self, project: str = "") -> None:
        """Show the window; the project is opened once it was seen and everything is made."""
        self.window.show()
        self.studio.when_awake(self._motion.ask)
        self.studio.when_awake(lambda: self._open(project))

    def end(self) -> None:
        """End what is behind the window: threads, processes, the project's lock."""
        self._motion.close()
        self.studio.close()

    def collect(self) -> None:
        """Look for rubbish from now on; what is there stays to the end."""
        gc.freeze()
        Collector(self)

    def _open(self, project: str) -> None:
        if project == STARTER:
            self.studio.session.open_starter()
        elif project:
            self.studio.session.open(Path(project))

    def _made(self) -> MainWindow:
        made = MainWindow(self.studio, self.language)
        made.setWindowIcon(icons.icon("about", "accent"))
        # Not `quit`, which closes every window first and so may be refused by a dialog.
        made.ended.connect(lambda: self._app.exit(0))
        return made

    def _on_settings(self, fields: frozenset[str]) -> None:
        if fields & _LOOKS:
            self._dress()
        if fields & _REMAKES:
            self._remake()

    @Slot()
    def _dress(self) -> None:
        scheme = self._app.styleHints().colorScheme()
        dark = scheme != Qt.ColorScheme.Light
        look = look_of(
            self.studio.settings,
            system_is_dark=dark,
            system_is_still=self._motion.reduced,
            chinese=self.language == CHINESE,
        )
        style.dress(self._app, look)

    def _remake(self) -> None:
        """Another language or size of text: every word and every measure is another one."""
        self.language = translate.speak(self.studio.settings.values.language)
        old, dialogs, page = self.window, self.window.dialogs.opened(), self.window.shown_page
        focused = old.dialogs.focused()
        old.keep_state()
        self._dress()
        self.window = self._made()
        self.window.show()
        self.window.activateWindow()  # keys go on in it
        self.window.show_page(page)
        old.retire()
        for name in dialogs:
            self.window.dialogs.show(name)
        self.window.dialogs.focus(*focused)


def look_of(
    settings: Settings, *, system_is_dark: bool, chinese: bool, system_is_still: bool = False
) -> theme.Look:
    """The look that the settings and the system ask for."""
    wished = settings.values
    still = system_is_still if wished.reduced_motion is None else wished.reduced_motion
    dark = system_is_dark if wished.theme == "system" else wished.theme == "dark"
    return theme.Look(
        colours=theme.DARK if dark else theme.LIGHT,
        text_scale=wished.text_scale,
        reduced_motion=still,
        chinese=chinese,
    )


@contextlib.contextmanager
def _shown_exceptions(face: Face) -> Iterator[None]:
    """A fault of ours costs the one thing that was tried, never the session."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected: %s", details)
        face.window.messages.say(
            tr("Something went wrong that should not have."),
            tr("Your project is as it was. Try it another way; report it with the details."),
            weight="error",
            details=details,
        )

    before, sys.excepthook = sys.excepthook, show
    try:
        yield
    finally:
        sys.excepthook = before


@contextlib.contextmanager
def _signals(face: Face) -> Iterator[None]:
    """Ctrl+C in the terminal and an end of the system's session end the window, unasked."""
    mine, woken = socket.socketpair()
    for end in (mine, woken):
        end.setblocking(False)
    notifier = QSocketNotifier(mine.fileno(), QSocketNotifier.Type.Read)

    def end_window() -> None:
        mine.recv(64)
        face.window.end()

    notifier.activated.connect(end_window)
    before = signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    handlers = {each: signal.signal(each, _ignore) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        mine.close()
        woken.close()


def _ignore(number: int, frame: object) -> None:
    """The wake-up file tells; see `_signals`."""
