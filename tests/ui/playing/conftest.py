"""An open project with a model that can be played, and a canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document.canvas_edits import add_canvas
from tests.studio.helpers import PAINTING, settled, use_worker

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow

STILL = 20  # looks, 10 ms apart


@pytest.fixture(autouse=True)
def _painting_worker(_fake_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    use_worker(monkeypatch, PAINTING)


@pytest.fixture
def editor(window: MainWindow, studio: Studio, project: Path, qtbot: QtBot) -> CanvasEditor:
    """The editor of an empty canvas, the dock beside it with its first picture."""
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

    window.resize(1440, 900)
    studio.session.open(project, wait=True)
    qtbot.waitUntil(lambda: studio.choice.model is not None)
    edit = add_canvas(studio.session.project, "Foxes", 64, 64)
    studio.session.apply(edit)
    window.documents.open("canvas", edit.changes[0].key)
    settled(studio, qtbot)
    page = window.pages.currentWidget()
    assert isinstance(page, CanvasEditor)
    lies_still(page, qtbot)
    return page


def lies_still(page: CanvasEditor, qtbot: QtBot) -> None:
    """Wait until the canvas has its place: what comes after the first paint makes it smaller."""
    seen: list[tuple[object, ...]] = []

    def same() -> bool:
        view = page.view
        seen.append((view.viewport().size(), view.transform(), page.window().size()))
        return len(seen) > STILL and all(each == seen[-1] for each in seen[-STILL:])

    qtbot.waitUntil(same)


@pytest.fixture
def dock(window: MainWindow, editor: CanvasEditor) -> Dock:
    """The dock of that window."""
    from aigc_studio.ui.dock.dock import Dock

    assert isinstance(window.dock, Dock)
    return window.dock


@pytest.fixture
def keyed(dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot) -> CanvasEditor:
    """A living layer with a key at each end of a second."""
    dock.place_button.click()
    settled(studio, qtbot)
    assert not editor.timeline.unfolded.isVisible()
    for frame, x in ((0, -2.0), (24, 2.0)):
        studio.head.show_frame(frame)
        studio.instrument.move_to(x, 0.0)
        settled(studio, qtbot)
        editor.timeline.bar.buttons["timeline.key"].click()
    assert studio.stage.canvas is not None
    assert [key.frame for key in studio.stage.canvas.timeline.keyframes] == [0, 24]
    assert editor.timeline.unfolded.isVisible()
    return editor
