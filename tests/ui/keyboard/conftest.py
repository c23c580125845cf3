"""A starter with a canvas, a window at Home, and a hand on its keys."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.store import Store
from tests.studio.helpers import PAINTING, use_worker
from tests.ui.keyboard.hand import Hand

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def _painting_worker(_fake_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    use_worker(monkeypatch, PAINTING)


@pytest.fixture(autouse=True)
def _shipped(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter is the tests' project, with an empty canvas."""
    with Store.open(project) as store:
        store.apply(add_canvas(store.project, "Foxes", 64, 64))
        store.save()
    shipped = tmp_path / "shipped"
    shutil.copytree(project, shipped / "starter" / "project" / "Starter.aigc")
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: shipped)


@pytest.fixture(autouse=True)
def _not_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question about the starter, which comes when the test is over, is cancelled."""
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    """Somebody at the window as it comes."""
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Hand(window, qtbot)


@pytest.fixture
def opened(hand: Hand, studio: Studio) -> Hand:
    """The starter was chosen at Home, and its canvas is there."""
    hand.tab_to("Try the starter")
    hand.press("Return")
    hand.wait(lambda: studio.session.is_open and studio.choice.model is not None)
    hand.wait(lambda: hand.at("Canvas"))
    return hand
