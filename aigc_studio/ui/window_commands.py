"""The commands of the window itself."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aigc_studio.studio.commands import Command
from aigc_studio.ui.library.commands import library_commands
from aigc_studio.ui.parts import DOCK, PLACES
from aigc_studio.ui.translate import titled, tr
from aigc_studio.ui.wording import undo_words

if TYPE_CHECKING:
    from aigc_studio.ui.main_window import MainWindow
    from aigc_studio.ui.places.library import LibraryPlace


def add_commands(window: MainWindow) -> None:
    """Make them known; called again after the language has changed."""
    window.studio.commands.add(
        *_file(window),
        *_edit(window),
        *_go(window),
        *_documents(window),
        *_view(window),
        *_help(window),
        *_library(window),
    )


def _file(window: MainWindow) -> list[Command]:
    session, projects = window.studio.session, window.projects

    def opened() -> bool:
        return session.is_open

    return [
        Command(
            "file.new", tr("New project..."), projects.ask_new, ("Ctrl+N",), icon="folder-plus"
        ),
        Command(
            "file.open", tr("Open a project..."), projects.ask_open, ("Ctrl+O",), icon="folder"
        ),
        Command("file.starter", tr("Open the starter"), lambda: projects.open(None), icon="play"),
        Command("file.save", tr("Save"), session.save, ("Ctrl+S",), enabled=opened, icon="save"),
        Command(
            "file.save_as",
            tr("Save as..."),
            projects.ask_save_as,
            ("Ctrl+Shift+S",),
            enabled=opened,
        ),
        Command("file.close", tr("Close the project"), projects.close, enabled=opened),
        Command("file.quit", tr("Quit"), window.close, ("Ctrl+Q",)),
    ]


def _edit(window: MainWindow) -> list[Command]:
    session = window.studio.session
    return [
        Command(
            "edit.undo",
            tr("Undo"),
            session.undo,
            ("Ctrl+Z",),
            enabled=lambda: bool(session.undo_label),
            icon="undo",
            now=lambda: _step(tr("Undo"), session.undo_label),
        ),
        Command(
            "edit.redo",
            tr("Redo"),
            session.redo,
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            enabled=lambda: bool(session.redo_label),
            icon="redo",
            now=lambda: _step(tr("Redo"), session.redo_label),
        ),
        Command(
            "edit.settings",
            tr("Settings..."),
            window.dialogs.settings,
            ("Ctrl+,",),
            icon="settings",
        ),
    ]


def _step(deed: str, label: str) -> str:
    return titled(deed, undo_words(label)) if label else deed


def _go(window: MainWindow) -> list[Command]:
    made = [
        Command(
            f"go.{place.id}",
            tr(place.title),
            functools.partial(window.show_place, place.id),
            (f"Ctrl+{number}",),
            icon=place.icon,
        )
        for number, place in enumerate(PLACES, start=1)
    ]
    if DOCK:
        words = tr("Between page and dock")
        made.append(Command("go.dock", words, window.dock_place.toggle_focus, ("F6",), icon="dock"))
    return made


def _documents(window: MainWindow) -> list[Command]:
    def open_ones() -> bool:
        return window.top.documents.count() > 0

    def shown() -> bool:
        return window.documents.any_shown

    # The window has no tabs yet while these are made.
    def rename() -> None:
        window.documents.rename_shown()

    def close() -> None:
        window.documents.close_shown()

    return [
        Command(
            "go.next_document",
            tr("Next document"),
            lambda: window.documents.step(1),
            ("Ctrl+Tab", "Ctrl+PgDown"),
            enabled=open_ones,
        ),
        Command(
            "go.previous_document",
            tr("Previous document"),
            lambda: window.documents.step(-1),
            ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
            enabled=open_ones,
        ),
        Command(
            "go.rename_document",
            tr("Rename the document"),
            rename,
            enabled=shown,
            icon="rename",
        ),
        Command(
            "go.close_document",
            tr("Close the document"),
            close,
            ("Ctrl+W",),
            enabled=shown,
            icon="close",
        ),
    ]


def _library(window: MainWindow) -> list[Command]:
    def shown() -> LibraryPlace | None:
        from aigc_studio.ui.places.library import LibraryPlace

        page = window.pages.shown("library")
        return page if isinstance(page, LibraryPlace) else None

    return library_commands(shown, functools.partial(window.show_place, "library"))


def _view(window: MainWindow) -> list[Command]:
    made = [
        Command(
            "view.full_screen",
            tr("Full screen"),
            window.toggle_full_screen,
            ("F11",),
            checked=window.isFullScreen,
        ),
        Command("view.larger", tr("Larger text"), lambda: window.scale_text(0.1), ("Ctrl+=",)),
        Command("view.smaller", tr("Smaller text"), lambda: window.scale_text(-0.1), ("Ctrl+-",)),
    ]
    if DOCK:
        made.append(
            Command(
                "view.dock",
                tr("Dock"),
                window.dock_place.toggle,
                ("Ctrl+D",),
                checked=window.dock_place.is_shown,
                icon="dock",
            )
        )
    return made


def _help(window: MainWindow) -> list[Command]:
    return [
        Command(
            "help.palette",
            tr("Find a command..."),
            window.dialogs.palette,
            ("Ctrl+Shift+P",),
            icon="search",
            in_palette=False,
        ),
        Command("help.manual", tr("Manual"), window.dialogs.help, ("F1",), icon="help"),
        Command(
            "help.shortcuts", tr("Keyboard shortcuts..."), window.dialogs.shortcuts, icon="keyboard"
        ),
        Command("help.about", tr("About AIGC Studio"), window.dialogs.about, icon="about"),
    ]
