"""The dock moves through a model's space, by pointer, keys, numbers and chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from aigc_studio.studio.presets import recall
from aigc_studio.ui.dock.map import spread
from aigc_studio.ui.widgets.flow_grid import MIME_IDS
from tests.studio.helpers import settled
from tests.ui.playing.test_trail import mime_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

LEFT = Qt.MouseButton.LeftButton


def test_a_drag_on_the_pad_moves_the_picture(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    pad = dock.pad.map
    QTest.mousePress(pad, LEFT, pos=QPoint(10, 10))
    QTest.mouseMove(pad, QPoint(pad.width() - 10, pad.height() // 2))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(pad.width() - 10, pad.height() // 2))
    settled(studio, qtbot)
    x, y = studio.instrument.position
    assert x > 2.5
    assert abs(y) < 0.1
    shown = QColor(dock.preview.image.pixel(3, 3))
    assert shown.red() == round(128 + 40 * x)
    assert dock.pad.across.value == pytest.approx(x, abs=0.01)


def test_arrows_and_numbers_move(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    pad = dock.pad.map
    QTest.keyClick(pad, Qt.Key.Key_Right)
    fine = studio.instrument.position[0]
    QTest.keyClick(pad, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert studio.instrument.position[0] - fine > fine > 0
    dock.pad.up.spin.setValue(-1.5)
    assert studio.instrument.position[1] == pytest.approx(-1.5)
    settled(studio, qtbot)


def test_the_hint_counts_what_the_map_hides(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    code = studio.instrument.code
    assert code is not None
    assert "on the map" in dock.pad.hint.text()
    settled(studio, qtbot)


def test_chance_variations_and_the_way_back(
    dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    first = studio.instrument.trail[0]
    dock.tools["play.random"].click()
    qtbot.waitUntil(lambda: len(studio.instrument.trail) == 2)
    dock.tools["play.nearby"].click()
    qtbot.waitUntil(lambda: len(dock.nearby.tiles) == 9)
    assert dock.pages.currentWidget() is dock.nearby
    dock.show_page("pad")
    assert dock.pages.minimumSizeHint() == dock.pad.minimumSizeHint()
    dock.show_page("nearby")
    dock.nearby.tiles[4].click()
    settled(studio, qtbot)
    assert len(studio.instrument.trail) == 3
    editor.trail.tiles[first.number].click()
    assert studio.instrument.position == pytest.approx((0.0, 0.0))


def test_a_star_keeps_a_preset(
    dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.instrument.move_to(1.0, -1.0)
    settled(studio, qtbot)
    kept = studio.instrument.trail[-1]
    editor.trail.star(kept.number)
    (preset,) = studio.session.project.presets.values()
    studio.instrument.move_to(0.0, 0.0)
    assert recall(studio.instrument, studio.directions, preset)
    np.testing.assert_allclose(studio.instrument.position, (1.0, -1.0), atol=1e-5)
    settled(studio, qtbot)


def test_mix_goes_between_two_results(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.instrument.move_to(-2.0, 0.5)
    settled(studio, qtbot)
    assert dock.mix.take()
    studio.instrument.move_to(2.0, 0.5)
    settled(studio, qtbot)
    assert dock.mix.take()
    dock.mix.slider.setValue(0)
    assert studio.instrument.position[0] == pytest.approx(-2.0)
    settled(studio, qtbot)


def test_a_mix_takes_what_is_dropped(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.instrument.move_to(2.0, 0.5)
    settled(studio, qtbot)
    assert dock.mix.drop(mime_of(2))
    library = QMimeData()
    asset = next(iter(studio.session.project.assets))
    library.setData(MIME_IDS, asset.encode())
    assert dock.mix.drop(library)
    qtbot.waitUntil(dock.mix.slider.isEnabled)
    qtbot.waitUntil(lambda: not dock.mix.rows[1].preview.image.isNull())
    dock.mix.slider.setValue(100)
    assert studio.instrument.position[0] == pytest.approx(0.5)
    assert not dock.mix.drop(QMimeData())
    settled(studio, qtbot)


def test_a_drag_is_taken_back_and_a_double_click_centres(
    dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    pad = dock.pad.map
    studio.instrument.move_to(1.0, 1.0)
    settled(studio, qtbot)
    QTest.mousePress(pad, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(40, 40))
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    assert studio.instrument.position == pytest.approx((1.0, 1.0))
    QTest.mouseMove(pad, QPoint(60, 60))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(60, 60))
    assert studio.instrument.position == pytest.approx((1.0, 1.0))
    QTest.mouseDClick(pad, LEFT, pos=QPoint(60, 60))
    assert studio.instrument.position == pytest.approx((0.0, 0.0))
    settled(studio, qtbot)


def test_the_map_is_looked_at_more_closely(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    pad = dock.pad.map
    about = QPointF(pad.width() * 0.7, pad.height() * 0.3)
    fixed = pad.place(about)
    pad.look(1.0, about)
    assert pad.place(about) == pytest.approx(fixed)
    assert pad.at(*fixed).x() == pytest.approx(about.x())
    pad.see_all()
    assert pad.place(QPointF(pad.width(), 0)) == pytest.approx((3.0, 3.0))
    settled(studio, qtbot)


def test_enter_places_and_several_layers_share_what_they_can(
    dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    QTest.keyClick(dock.pad.map, Qt.Key.Key_Return)
    settled(studio, qtbot)
    assert dock.place_button.text() == "Place a copy"
    QTest.keyClick(dock.pad.map, Qt.Key.Key_Return)  # what is selected is not placed again
    canvas = studio.stage.canvas
    assert canvas is not None
    (first,) = canvas.layers
    dock.place_button.click()
    settled(studio, qtbot)
    canvas = studio.stage.canvas
    assert canvas is not None
    studio.stage.select(layer.id for layer in canvas.layers)
    assert dock.target.text() == "2 layers"
    assert dock.bodies.currentWidget() is dock.several
    dock.several.key.click()
    canvas = studio.stage.canvas
    assert canvas is not None
    assert len(canvas.timeline.keyframes) == 2
    dock.several.ways[-1].click()
    assert studio.stage.selection == (first.id,)
    assert dock.bodies.currentWidget() is not dock.several
    settled(studio, qtbot)


@pytest.mark.parametrize("text", ["", "no recipe", '{"operation": "decode"}'])
def test_a_wrong_paste_is_told_and_changes_nothing(
    dock: Dock, studio: Studio, qtbot: QtBot, text: str
) -> None:
    before = studio.instrument.position
    with qtbot.waitSignal(studio.told) as told:
        assert not studio.explorer.paste(text)
    (error,) = told.args or []
    assert error.kept == "Nothing was changed."
    assert studio.instrument.position == before


def test_a_copied_recipe_repeats(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.instrument.move_to(1.5, 1.0)
    settled(studio, qtbot)
    dock.recipe.fold.click()
    assert studio.instrument.result is not None
    assert "decode" in dock.recipe.json.toPlainText()
    dock.recipe.copy()
    studio.instrument.move_to(0.0, 0.0)
    dock.recipe.paste()
    assert studio.instrument.position == pytest.approx((1.5, 1.0))
    settled(studio, qtbot)
    QGuiApplication.clipboard().clear()


def test_directions_and_truncation(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    dock.directions.sliders[1].setValue(100)
    assert studio.instrument.position[1] == pytest.approx(1.0)
    dock.truncation.setValue(50)
    assert studio.instrument.position[1] == pytest.approx(0.5)
    settled(studio, qtbot)


def test_a_dock_that_is_made_anew_shows_what_is_played(
    studio: Studio, dock: Dock, qtbot: QtBot
) -> None:
    assets = studio.session.project.assets
    qtbot.waitUntil(lambda: None not in map(studio.chart.position, assets), timeout=20_000)
    again = type(dock)(studio)
    qtbot.addWidget(again)
    again.resize(dock.size())
    again.show()
    assert again.preview.image == dock.preview.image
    qtbot.waitUntil(lambda: bool(again.pad.map._ground.shown))  # with its first paint


def test_the_dock_fits_its_room_whatever_its_pages_hold(
    dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    later = type(dock)(studio)
    qtbot.addWidget(later)
    rows, area = QWidget(), QScrollArea()
    rows.setFixedHeight(2000)
    area.setWidget(rows)
    later.pages.addWidget(area)  # a long page that is not shown
    later.resize(320, 760)
    later.show()
    qtbot.waitExposed(later)
    assert not later.pages.hasHeightForWidth()
    assert later.pages.sizeHint() == later.pages.minimumSizeHint()
    lowest = later.recipe.mapTo(later, later.recipe.rect().bottomLeft())
    assert lowest.y() < later.height()


def test_the_map_shows_what_the_model_was_trained_on(dock: Dock, studio: Studio) -> None:
    project = studio.session.project
    (collection,) = project.collections.values()
    fewer = collection.model_copy(update={"items": collection.items[1:3]})
    assert spread(project, 10, fewer) == list(fewer.items)
    assert len(spread(project, 10)) > len(fewer.items)
