"""The window with the real worker: drag on the pad, set two keys, export a GIF."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow
from PIL import ImageSequence
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.dock.dock import Dock
from aigc_studio.ui.editors.canvas.export_dialog import ExportDialog
from aigc_studio.ui.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tests.e2e.conftest import Trained

LEFT = Qt.MouseButton.LeftButton


def test_from_the_pad_to_a_film(
    trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    project = tmp_path / "Discs.aigc"
    shutil.copytree(trained.project, project)
    studio = Studio(tmp_path / "settings.json")
    window = MainWindow(studio, "en")
    window.resize(1440, 900)
    window.show()
    try:
        studio.session.open(project, wait=True)
        _play(studio, window, qtbot)
        _export(studio, tmp_path / "loop.gif", qtbot)
    finally:
        window.retire()
        studio.close()
        studio.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    film = tmp_path / "loop.gif"
    with Pillow.open(film) as opened:
        frames = [np.asarray(each.convert("RGBA")) for each in ImageSequence.Iterator(opened)]
    assert len(frames) == 48
    assert not (frames[0] == frames[24]).all()
    origin = read_provenance(film)
    assert origin is not None
    assert "keyframes" in origin.recipe_json


def _play(studio: Studio, window: MainWindow, qtbot: QtBot) -> None:
    _settled(studio, qtbot)
    assert studio.living.place()
    _settled(studio, qtbot)
    dock = window.dock
    assert isinstance(dock, Dock)
    pad = dock.pad.map
    for frame, x in ((0, 10), (24, pad.width() - 10)):
        studio.head.show_frame(frame)
        before = len(studio.instrument.trail)
        QTest.mousePress(pad, LEFT, pos=QPoint(pad.width() // 2, pad.height() // 2))
        QTest.mouseMove(pad, QPoint(x, pad.height() // 3))
        QTest.mouseRelease(pad, LEFT, pos=QPoint(x, pad.height() // 3))
        _settled(studio, qtbot)
        assert len(studio.instrument.trail) > before
        assert studio.commands.run("timeline.key")
    canvas = studio.stage.canvas
    assert canvas is not None
    assert [key.frame for key in canvas.timeline.keyframes] == [0, 24]


def _export(studio: Studio, film: Path, qtbot: QtBot) -> None:
    assert studio.commands.run("timeline.loop")
    canvas = studio.stage.canvas
    assert canvas is not None
    dialog = ExportDialog(studio, canvas)
    with qtbot.waitSignal(dialog.export.done, timeout=60_000):
        dialog.write(film)
    dialog.deleteLater()


def _settled(studio: Studio, qtbot: QtBot) -> None:
    def rests() -> bool:
        result = studio.instrument.result
        return result is not None and result.number > 0

    qtbot.waitUntil(rests, timeout=60_000)
