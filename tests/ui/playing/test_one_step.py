"""A drag that loses its widget ends; what comes later is a step of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow


@pytest.mark.parametrize("way", ["another page", "its tab is closed"])
@pytest.mark.parametrize("what", ["opacity", "brightness", "x"])
def test_a_drag_ends_with_its_widget(
    window: MainWindow,
    editor: CanvasEditor,
    dock: Dock,
    studio: Studio,
    qtbot: QtBot,
    way: str,
    what: str,
) -> None:
    dock.place_button.click()
    settled(studio, qtbot)
    if what == "opacity":
        editor.layers.opacity.setSliderDown(True)
    else:
        place = editor.panel.place
        place.heading.click()
        editor.adjust.heading.click()
        fields = {**place.fields, **editor.adjust.fields}
        assert fields[what].isVisible()
        fields[what].drag_began.emit()
    assert studio.session.store.history.in_gesture
    if way == "another page":
        window.show_place("library")
    else:
        window.documents.close("canvas", editor.view.canvas_id)
    assert not studio.session.store.history.in_gesture
