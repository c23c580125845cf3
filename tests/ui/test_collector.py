"""Rubbish is collected in the window's thread; what takes a window's place leaves none of it."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.studio.commands import Command
from aigc_studio.ui.application import Face
from aigc_studio.ui.collector import Collector
from aigc_studio.ui.keys import Keys
from aigc_studio.ui.parts import PLACES
from aigc_studio.ui.widgets.basics import discard

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


class Knot(QWidget):
    """A widget that only the collector can free."""

    def __init__(self, ends: list[str]) -> None:
        super().__init__()
        self.itself = self
        direct = Qt.ConnectionType.DirectConnection
        self.destroyed.connect(lambda: ends.append(threading.current_thread().name), direct)


def delete_later() -> None:
    """Delete what waits for it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_widgets_among_the_rubbish_end_in_the_windows_thread(qapp: QApplication) -> None:
    collector, ends = Collector(), list[str]()
    assert not gc.isenabled()
    Knot(ends)
    busy = threading.Thread(target=lambda: [[] for _ in range(50_000)])
    busy.start()
    busy.join()
    assert ends == []
    kept: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 10)]
    collector.look()
    assert ends == ["MainThread"]
    assert kept
    collector.deleteLater()


def test_what_is_discarded_lives_until_its_click_is_over(qtbot: QtBot) -> None:
    around, ends = QWidget(), list[bool]()
    qtbot.addWidget(around)
    inside = QWidget(around)
    inside.destroyed.connect(lambda: ends.append(True))
    discard(inside)
    assert inside.isHidden()
    del inside
    gc.collect()
    assert ends == []
    delete_later()
    assert ends == [True]


def test_keys_can_be_bound_anew_by_what_they_do(studio: Studio, qtbot: QtBot) -> None:
    where, ends, alive = QWidget(), list[bool](), list[bool]()
    qtbot.addWidget(where)

    def run() -> None:
        studio.commands.remap("go.x", ["Ctrl+K"])
        alive.append(not ends)

    studio.commands.add(Command("go.x", "X", run, ("Ctrl+J",)))
    keys = Keys(studio.commands, "window", where)
    for shortcut in keys._shortcuts.values():
        shortcut.destroyed.connect(lambda: ends.append(True))
    where.show()
    where.activateWindow()
    qtbot.waitUntil(where.isActiveWindow)
    for key in (Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(where, key, Qt.KeyboardModifier.ControlModifier)
    assert alive[0]
    assert len(alive) == 2
    qtbot.waitUntil(lambda: bool(ends))


def test_keys_that_stay_the_same_are_not_bound_anew(studio: Studio, qtbot: QtBot) -> None:
    where = QWidget()
    qtbot.addWidget(where)
    studio.commands.add(Command("go.x", "X", bool, ("Ctrl+J",)))
    keys = Keys(studio.commands, "window", where)
    before = dict(keys._shortcuts)
    studio.commands.add(Command("go.x", "X", bool, ("Ctrl+J",)))
    assert keys._shortcuts == before
    studio.commands.remap("go.x", ["Ctrl+J", "Ctrl+K"])
    assert keys._shortcuts.items() > before.items()


def test_a_window_that_was_replaced_is_gone(
    dressed: QApplication, studio: Studio, project: Path, qtbot: QtBot
) -> None:
    studio.settings.change(language="en")
    face = Face(dressed, studio)
    face.begin()
    qtbot.waitExposed(face.window)
    studio.session.open(project, wait=True)
    edit = add_canvas(studio.session.project, "Foxes", 64, 64)
    studio.session.apply(edit)
    old = weakref.ref(face.window)
    for place in PLACES:
        face.window.show_place(place.id)
    face.window.documents.open("canvas", edit.changes[0].key)
    qtbot.wait(10)
    studio.settings.change(language="zh_CN")
    delete_later()
    gc.collect()
    studio.living.placed.emit(edit.changes[0].key)
    studio.importer.begun.emit()
    studio.importer.ended.emit()
    studio.choice.changed.emit()
    studio.picking.shown.emit()
    qtbot.wait(10)
    assert old() is None
    face.window.retire()
    face.end()
