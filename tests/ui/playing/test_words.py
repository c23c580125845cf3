"""The dock's words: there for models that listen, told when typing rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.document.store import Store
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With a model that listens, the newest."""
    write_model(tmp_path / "flow", value=2.0, name="foxes-flow", family="image-flow")
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "flow")
        store.save()
    return project


@pytest.mark.usefixtures("editor")
def test_words_are_there_where_the_model_listens(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.choice.use("foxes-flow")
    settled(studio, qtbot)
    assert dock.words.isVisible()
    studio.choice.use("foxes-vae")
    settled(studio, qtbot)
    assert not dock.words.isVisible()


def test_typing_tells_and_going_back_shows(
    dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.choice.use("foxes-flow")
    settled(studio, qtbot)
    assert not dock.words.guidance.isEnabled()
    plain = studio.instrument.result
    assert plain is not None
    QTest.keyClicks(dock.words.line, "red fox ")
    assert dock.words.line.text() == "red fox "
    qtbot.waitUntil(lambda: studio.instrument.telling.conditions.words == "red fox")
    settled(studio, qtbot)
    assert dock.preview.image.pixelColor(3, 3).blue() == len("red fox")
    assert dock.words.line.text() == "red fox "  # a space that is being typed stays
    assert dock.words.guidance.isEnabled()
    studio.instrument.go_to(plain)
    assert dock.words.line.text() == ""


@pytest.mark.usefixtures("editor")
def test_guidance_and_steps(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.choice.use("foxes-flow")
    studio.instrument.telling.tell(Conditions(words="fox", guidance=5.0, steps=12))
    assert (dock.words.guidance.number, dock.words.steps.value) == (5.0, 12)
    QTest.keyClick(dock.words.guidance, Qt.Key.Key_Right)
    dock.words.steps.spin.setValue(30)
    told = studio.instrument.telling.conditions
    assert told == Conditions(words="fox", guidance=5.05, steps=30)
    settled(studio, qtbot)
