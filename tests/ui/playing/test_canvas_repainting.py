"""The bar of a selected rectangle: words, strength, again, Esc; by pointer and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.document import telling
from aigc_studio.document.store import Store
from aigc_studio.media.placing import Crop
from aigc_studio.ui import theme
from tests.cli.models import write_model
from tests.studio.painting_worker import ENDLESS
from tests.ui.playing.test_accessible import faults
from tests.ui.playing.test_canvas import canvas_of, layer
from tests.ui.playing.test_canvas_painting import drawn, stroke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow

__all__ = ["layer"]
PART = Crop(left=20, top=24, width=16, height=12)


@pytest.fixture
def project(tmp_path: Path, project: Path, request: pytest.FixtureRequest) -> Path:
    """With a model that repaints and listens, but for those who go without."""
    if "without" not in request.fixturenames:
        write_model(tmp_path / "flow", value=2.0, name="foxes-flow", family="image-flow")
        with Store.open(project) as store:
            store.adopt_model(tmp_path / "flow")
            store.save()
    return project


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model ships that could."""
    monkeypatch.setattr(telling, "_shipped", lambda: iter(()))


def test_the_bar_comes_with_a_rectangle_and_moves_nothing(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    bar = editor.repaint_bar
    assert not bar.isVisible()
    assert not studio.commands["canvas.repaint"].enabled()
    studio.commands.run("canvas.region")
    before = editor.view.from_scene(QPointF(0, 0))
    stroke(editor, (20, 24), (36, 36))
    assert bar.isVisible()
    assert editor.view.from_scene(QPointF(0, 0)) == before
    assert studio.commands["canvas.repaint"].enabled()
    studio.commands.run("canvas.brush")
    assert not bar.isVisible()
    studio.commands.run("canvas.select_tool")
    assert bar.isVisible()
    studio.stage.choose_region(None)
    assert not bar.isVisible()


def test_words_are_typed_and_painted(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    bar, before = editor.repaint_bar, drawn(studio).pixels
    studio.stage.choose_region(PART)
    bar.words.setFocus()
    QTest.keyClicks(bar.words, "red fox")
    bar.strength.setValue(50)
    bar.feather.spin.setValue(0)
    with qtbot.waitSignal(studio.repainting.done, timeout=20_000):
        QTest.keyClick(bar.words, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: studio.repainting.busy)
        assert not bar.ok.isEnabled()
        assert bar.cancel.isVisible()
    assert drawn(studio).pixels[30, 28, 1:3].tolist() == [50, 7]
    (made,) = studio.stage.selected
    assert made.name == "red fox"
    assert bar.ok.isEnabled()
    seen = drawn(studio).pixels
    bar.again.setFocus()
    with qtbot.waitSignal(studio.repainting.done, timeout=20_000):
        bar.again.click()
        assert editor.window().focusWidget() is bar.cancel
    qtbot.waitUntil(lambda: not studio.repainting.busy)
    assert editor.window().focusWidget() is bar.again
    assert (drawn(studio).pixels != seen).any()
    assert len(canvas_of(studio).layers) == 2
    for _ in range(2):
        studio.session.undo()
    assert (drawn(studio).pixels == before).all()
    assert not bar.again.isVisible()


def test_what_comes_is_seen_and_escape_gives_it_up(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    before = studio.session.project
    studio.repainting.change(words=ENDLESS, feather=0.0)
    ways: tuple[Callable[[], object], ...] = (
        lambda: QTest.keyClick(editor.view, Qt.Key.Key_Escape),
        lambda: QTest.keyClick(editor.repaint_bar.words, Qt.Key.Key_Escape),
        editor.repaint_bar.cancel.click,
    )
    for give_up in ways:
        studio.stage.choose_region(PART)
        editor.repaint_bar.words.setFocus()
        with qtbot.waitSignal(studio.repainting.glimpsed, timeout=20_000):
            studio.commands.run("canvas.repaint")
        at = editor.view.from_scene(QPointF(28, 30)).toPoint()
        shown = editor.view.viewport().grab().toImage().pixelColor(at)
        assert (shown.red(), shown.green(), shown.blue()) == (99, 99, 99)
        give_up()
        assert not studio.repainting.busy
        assert editor.view.viewport().grab().toImage().pixelColor(at) != shown
        assert studio.stage.region == PART
        assert studio.session.project == before
    QTest.keyClick(editor.repaint_bar.words, Qt.Key.Key_Escape)
    assert studio.stage.region is None


def test_what_comes_hides_what_was_there(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.repainting.change(words=ENDLESS, feather=0.0)
    studio.stage.choose_region(PART)
    places = [editor.view.from_scene(QPointF(*at)).toPoint() for at in ((28, 30), (28, 22))]
    ground = {theme.colours().panel.lower(), theme.colours().hover.lower()}

    def seen() -> list[str]:
        shown = editor.view.viewport().grab().toImage()
        return [shown.pixelColor(at).name() for at in places]

    before = seen()
    assert not ground.intersection(before)
    with qtbot.waitSignal(studio.repainting.glimpsed, timeout=20_000):
        studio.commands.run("canvas.repaint")
    glimpse = studio.repainting.glimpse
    assert glimpse is not None
    glimpse.picture.fill(Qt.GlobalColor.transparent)  # as a model of cut-out pictures
    inside, outside = seen()
    assert inside in ground
    assert outside == before[1]
    studio.repainting.cancel()
    assert seen() == before


def test_a_rectangle_is_selected_by_keys(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    studio.commands.run("canvas.region")
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(editor.view, Qt.Key.Key_Return)
    assert studio.stage.region == Crop(left=16, top=16, width=32, height=32)
    QTest.keyClick(editor.view, Qt.Key.Key_Left, shift)
    QTest.keyClick(editor.view, Qt.Key.Key_Right, ctrl)
    QTest.keyClick(editor.view, Qt.Key.Key_Up, ctrl | shift)
    assert studio.stage.region == Crop(left=6, top=16, width=33, height=22)
    for _ in range(9):
        QTest.keyClick(editor.view, Qt.Key.Key_Up, ctrl | shift)
        QTest.keyClick(editor.view, Qt.Key.Key_Right, ctrl | shift)
    assert studio.stage.region == Crop(left=6, top=16, width=58, height=1)


@pytest.mark.usefixtures("without")
def test_without_an_able_model_the_bar_says_what_to_train(
    layer: Layer, editor: CanvasEditor, studio: Studio
) -> None:
    studio.stage.choose_region(PART)
    bar = editor.repaint_bar
    assert bar.advice.isVisible()
    assert "image-flow" in bar.advice.text()
    assert not bar.controls.isVisible()
    assert not studio.commands["canvas.repaint"].enabled()


def test_its_controls_have_names_and_are_reached_by_keys(
    layer: Layer, editor: CanvasEditor, window: MainWindow, studio: Studio, qtbot: QtBot
) -> None:
    studio.stage.choose_region(PART)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert faults(window) == []
    bar, met = editor.repaint_bar, []
    bar.words.setFocus()
    for _ in range(4):
        focused = window.focusWidget()
        met.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert met == [bar.words, bar.ok, bar.strength, bar.feather.spin]
