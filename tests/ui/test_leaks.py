"""What is opened and closed again and again leaves nothing behind."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QStyle

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.application import Face
from aigc_studio.ui.parts import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ROUNDS = 30 if os.environ.get("AIGC_SOAK", "1") != "1" else 2
WARM_UP = 2
PATIENCE = 10.0
pytestmark = pytest.mark.soak


@pytest.fixture
def face(dressed: QApplication, tmp_path: Path, project: Path, qtbot: QtBot) -> Iterator[Face]:
    """The whole application, a project with a canvas open in it."""
    made = Face(dressed, Studio(tmp_path / "settings.json"))
    made.begin(str(project))
    session = made.studio.session
    qtbot.waitUntil(lambda: session.is_open, timeout=20_000)
    session.apply(add_canvas(session.project, "Foxes", 64, 64))
    session.save()
    made.studio.player.start()
    qtbot.waitUntil(lambda: resources()["processes"] == 1, timeout=20_000)
    make_all(made)
    yield made
    made.window.retire()
    made.end()
    made.studio.deleteLater()
    made.deleteLater()
    settle()


def make_all(face: Face) -> None:
    """Have the places that the window makes in its own time made now."""
    while face.window.pages.make_ahead():
        settle()


def settle() -> None:
    """Let everything that was to be deleted be deleted."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def objects(studio: Studio) -> Counter[str]:
    """How many there are of each: widgets, what else belongs to windows and studio."""
    owners: list[QObject] = [studio, *QApplication.topLevelWidgets()]
    found = [child for owner in owners for child in owner.findChildren(QObject)]
    return Counter(type(each).__name__ for each in (*owners, *found))


def wrappers() -> Counter[str]:
    """Python's side of them; what lives on here without a widget behind it is a leak, too."""
    # Of types, since `isinstance` would ask objects of strangers. Qt makes a style of each style
    # sheet; the shell of an old one stays.
    types = (type(each) for each in gc.get_objects())
    found = (each for each in types if issubclass(each, QObject) and not issubclass(each, QStyle))
    return Counter(each.__name__ for each in found)


def resources() -> Counter[str]:
    process = psutil.Process()
    return Counter(
        threads=threading.active_count(),
        processes=len(process.children(recursive=True)),
        files=process.num_fds() if os.name != "nt" else len(process.open_files()),
    )


def leaked(face: Face, once: Callable[[], None]) -> dict[str, int]:
    """What a number of rounds adds to what a few have made."""
    rounds(once, WARM_UP)
    looks = (wrappers, resources, lambda: objects(face.studio))
    # One after the other: to look at the objects makes wrappers of them.
    more: dict[str, int] = {}
    for look in looks:
        before = look()
        rounds(once, ROUNDS)
        more |= left(look, before)
    return more


def left(look: Callable[[], Counter[str]], before: Counter[str]) -> Counter[str]:
    """What is more than before after a little patience; what is about to end is no leak."""
    deadline = time.monotonic() + PATIENCE
    while (more := look() - before) and time.monotonic() < deadline:
        rounds(QApplication.processEvents, 5)
    return more


def rounds(once: Callable[[], None], count: int) -> None:
    for _ in range(count):
        once()
    for _ in range(3):
        settle()
        gc.collect()


def test_a_project(face: Face, project: Path) -> None:
    def once() -> None:
        face.studio.session.close()
        face.studio.session.open(project, wait=True)
        settle()

    assert leaked(face, once) == {}


def test_a_document(face: Face) -> None:
    (canvas,) = face.studio.session.project.canvases

    def once() -> None:
        face.window.documents.close("canvas", canvas)
        settle()
        face.window.documents.open("canvas", canvas)

    once()
    assert leaked(face, once) == {}


def test_dialogs(face: Face) -> None:
    dialogs = face.window.dialogs

    def once() -> None:
        for show in (
            dialogs.settings,
            dialogs.shortcuts,
            dialogs.help,
            dialogs.about,
            dialogs.palette,
        ):
            show().close()
            settle()

    assert leaked(face, once) == {}


def test_places(face: Face) -> None:
    def once() -> None:
        for place in PLACES:
            face.window.show_place(place.id)
            settle()

    assert leaked(face, once) == {}


def test_another_language(face: Face) -> None:
    languages = ["zh_CN", "en"]

    def once() -> None:
        for language in languages:
            face.studio.settings.change(language=language)
            make_all(face)
            settle()

    assert leaked(face, once) == {}
