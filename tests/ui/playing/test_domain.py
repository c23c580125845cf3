"""The dock's choice of a domain: there for pairs of generators, under their collections' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aigc_studio.document.store import Store
from tests.cli.models import write_model
from tests.studio.helpers import settled
from tests.studio.painting_worker import ALONE

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With two pairs of generators, one of which says what it was learned from."""
    told: dict[str, JsonValue] = {"latent": 8, "width": 16, "domains": ["foxes", "foxes outline"]}
    write_model(tmp_path / "two", value=2.0, name="both", family="cogan", more=told)
    write_model(tmp_path / "old", value=3.0, name="nameless", family="cogan", more={"latent": 8})
    with Store.open(project) as store:
        for name in ("two", "old"):
            store.adopt_model(tmp_path / name)
        store.save()
    return project


@pytest.mark.usefixtures("editor")
def test_a_domain_is_chosen_where_there_are_two(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    box = dock.domain.box
    studio.choice.use("both")
    settled(studio, qtbot)
    assert dock.domain.isVisible()
    words = [box.itemText(at) for at in range(box.count())]
    assert words == ["Both side by side", "foxes", "foxes outline"]
    before = studio.instrument.result
    assert before is not None
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    settled(studio, qtbot)
    assert studio.instrument.telling.heard.domain == "second"
    assert dock.preview.image.pixelColor(3, 3).blue() == ALONE["second"]
    studio.instrument.go_to(before)
    assert box.currentIndex() == 0
    studio.choice.use("nameless")
    assert [box.itemText(at) for at in (1, 2)] == ["First", "Second"]
    studio.choice.use("foxes-vae")
    settled(studio, qtbot)
    assert not dock.domain.isVisible()
