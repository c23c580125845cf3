"""A studio without a window, its settings in the test's own folder."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.studio.studio import Studio
from tests.studio.helpers import PAINTING, keep_home, put_away, settled, use_worker, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Canvas, Layer

    Told = list[object]


@pytest.fixture(autouse=True)
def _aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_worker(monkeypatch, PAINTING)
    keep_home(tmp_path, monkeypatch)


@pytest.fixture
def studio(qapp: QApplication, tmp_path: Path) -> Iterator[Studio]:
    """All its parts are made; no project is open."""
    made = Studio(tmp_path / "settings.json")
    made.wake()
    yield made
    put_away(made)


@pytest.fixture
def told(studio: Studio) -> Told:
    """Everything that was told since."""
    heard: Told = []
    studio.told.connect(heard.append)
    return heard


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture
def opened(studio: Studio, project: Path) -> Studio:
    """The project is open."""
    studio.session.open(project, wait=True)
    return studio


@pytest.fixture
def playing(opened: Studio, qtbot: QtBot) -> Studio:
    """Its model is played, the first result stands in the trail."""
    settled(opened, qtbot)
    return opened


@pytest.fixture
def staged(playing: Studio) -> Studio:
    """An empty canvas is worked on."""
    edit = add_canvas(playing.session.project, "Foxes", 64, 64)
    playing.session.apply(edit)
    playing.stage.work_on(edit.changes[0].key)
    return playing


@pytest.fixture
def layer(staged: Studio) -> Layer:
    """A living layer that is what the instrument changes."""
    assert staged.living.place()
    (made,) = staged.stage.selected
    return made


def canvas_of(studio: Studio) -> Canvas:
    """The canvas that is worked on."""
    found = studio.stage.canvas
    assert found is not None
    return found
