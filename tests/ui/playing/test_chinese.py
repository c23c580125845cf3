"""In Chinese nothing that the window shows has stayed English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import translate as packaging
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTreeWidget, QWidget
from source_words import STEPS, WINDOW

from aigc_studio.document.layer_edits import rename_layer
from aigc_studio.ui import translate
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.menus import MENUS
from aigc_studio.ui.parts import PLACES
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

KEYS = {"Home", "End"}  # what stands on the keyboard
DIALOGS = ["settings", "shortcuts", "help", "about", "palette"]


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that speaks Chinese."""
    translate.speak(translate.CHINESE)
    made = MainWindow(studio, translate.CHINESE)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.retire()


@pytest.fixture
def playing(window: MainWindow, editor: CanvasEditor, studio: Studio, qtbot: QtBot) -> MainWindow:
    """A window in the midst of work."""
    assert studio.living.place()
    settled(studio, qtbot)
    assert studio.commands.run("timeline.key")
    return window


def shown(top: QWidget) -> Iterator[str]:
    """All words of a window's widgets, hidden ones too: they may be shown at any time."""
    for widget in [top, *top.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        text = getattr(widget, "text", None)
        yield from (widget.windowTitle(), text() if callable(text) else "")
        match widget:
            case QLineEdit():
                yield widget.placeholderText()
            case QComboBox():
                yield from (widget.itemText(row) for row in range(widget.count()))
            case QTreeWidget():
                items = [widget.topLevelItem(row) for row in range(widget.topLevelItemCount())]
                yield from (item.text(0) for item in items if item)


def english(top: QWidget) -> set[str]:
    """Of these words, those that have a Chinese which is not what is shown."""
    known = packaging.translations(packaging.FOLDER / "zh_CN.ts")
    sources = {
        source for name in (WINDOW, STEPS) for source, said in known[name].items() if said != source
    }
    return {words for words in shown(top) if words.partition("  ")[0] in sources - KEYS}


def test_the_walk_finds_what_is_english(qtbot: QtBot) -> None:
    left = QLabel("Undo")
    qtbot.addWidget(left)
    assert english(left) == {"Undo"}


def test_every_place_and_the_canvas(playing: MainWindow) -> None:
    for place in PLACES:
        playing.show_place(place.id)
    assert english(playing) == set()


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog(playing: MainWindow, name: str) -> None:
    dialog = getattr(playing.dialogs, name)()
    assert english(dialog) == set()
    dialog.close()


def test_every_command_and_what_undo_takes_back(playing: MainWindow, studio: Studio) -> None:
    known = packaging.translations(packaging.FOLDER / "zh_CN.ts")[WINDOW]
    assert {command.title for command in studio.commands.all()} & set(known) == set()
    layer = studio.stage.selected[0].id
    canvas = studio.stage.canvas
    assert canvas
    studio.session.do(lambda project: rename_layer(project, canvas.id, layer, "fox"))
    undo = studio.commands["edit.undo"].now
    assert undo
    assert undo() == "\u64a4\u9500\uff1a\u91cd\u547d\u540d\u56fe\u5c42"
    assert set(MENUS) >= {command.menu for command in studio.commands.all()}
