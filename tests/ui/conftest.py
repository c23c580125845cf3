"""A window off screen, its settings in the test's own folder, its worker process a fake."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from aigc_studio.document.importing import import_files
from aigc_studio.document.store import Store
from aigc_studio.studio.studio import Studio
from aigc_studio.ui import style, theme, translate
from aigc_studio.ui.collector import Collector
from aigc_studio.ui.main_window import MainWindow
from tests.cli.conftest import write_picture
from tests.cli.models import write_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _fake_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*options: str) -> list[str]:
        return [sys.executable, "-m", "tests.cli.fake_worker", *options]

    for module in ("child", "runner", "launch"):
        monkeypatch.setattr(f"aigc_studio.jobs.{module}.worker_command", command)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


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
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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
    folder = tmp_path / "Foxes.aigc"
    for number in range(5):
        write_picture(tmp_path / "pictures" / f"fox-{number}.png", number)
    write_model(tmp_path / "model", value=1.0, name="foxes-vae")
    with Store.create(folder, author="Ada") as store:
        import_files(store, [tmp_path / "pictures"], "foxes")
        store.adopt_model(tmp_path / "model")
        store.save()
    return folder
