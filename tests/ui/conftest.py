"""A window off screen, its settings in the test's own folder, its worker process a fake."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
from typing import TYPE_CHECKING

import pytest

from aigc_studio.studio.studio import Studio
from aigc_studio.ui import style, theme, translate
from aigc_studio.ui.collector import Collector
from aigc_studio.ui.main_window import MainWindow
from tests.studio.helpers import TRAINING, keep_home, put_away, use_worker, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _fake_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    use_worker(monkeypatch, TRAINING)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_home(tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def _collected_here(qapp: QApplication) -> Iterator[None]:
    """Rubbish with widgets in it is collected in this thread only, as in the application."""
    collector = Collector()
    yield
    collector.deleteLater()
    gc.enable()


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the dark theme, speaking English; as it was afterwards."""
    translate.speak("en")
    style.dress(qapp, theme.Look())
    yield qapp
    translate.speak("en")
    theme.wear(theme.Look())


@pytest.fixture
def studio(dressed: QApplication, tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path / "settings.json")
    yield made
    put_away(made)


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(studio, "en")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    studio.wake()
    yield made
    made.retire()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Five pictures in "foxes" and a model."""
    return write_project(tmp_path)
