"""A name that is being typed in a list: what comes meanwhile takes nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from aigc_studio.document.changes import add_collection, edit_collection
from aigc_studio.ui.dock.presets import PresetsPopover
from aigc_studio.ui.library.collections import CollectionList
from tests.studio.helpers import settled
from tests.ui.playing.test_canvas import canvas_of, layer

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QListWidgetItem
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.widgets.name_list import NameList

__all__ = ["layer"]


def field_of(names: NameList, item: QListWidgetItem) -> QLineEdit:
    names.setCurrentItem(item)
    names.edit_row(item)
    field = names.findChild(QLineEdit)
    assert names.is_typed
    assert field is not None
    return field


def test_a_layer(layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    names = editor.layers.list
    field = field_of(names, names.item(0))
    field.setText("moss")
    names.edit_row(names.item(0))  # no second field, and no warning of Qt
    studio.commands.run("canvas.duplicate")
    assert (names.is_typed, field.text(), names.count()) == (True, "moss", 1)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names.count() == 2)
    kept = canvas_of(studio).layer(layer.id)
    assert kept is not None
    assert kept.name == "moss"
    assert "moss" in (names.item(0).text(), names.item(1).text())


def test_a_layer_that_goes_meanwhile(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    names = editor.layers.list
    field = field_of(names, names.item(0))
    field.setText("moss")
    studio.commands.run("canvas.remove")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names.count() == 0)
    studio.session.undo()
    assert names.item(0).text() == layer.name


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_preset(dock: Dock, studio: Studio, key: Qt.Key, qtbot: QtBot) -> None:
    studio.commands.run("play.random")
    settled(studio, qtbot)
    popover = PresetsPopover(studio)
    qtbot.addWidget(popover)
    popover.show()
    popover.keep.click()
    names = popover.list
    before = names.item(0).text()
    field = field_of(names, names.item(0))
    field.setText("moss")
    popover.edit.click()
    studio.commands.run("play.random")
    settled(studio, qtbot)
    popover.keep.click()
    assert (names.is_typed, names.count()) == (True, 1)
    QTest.keyClick(field, key)
    qtbot.waitUntil(lambda: names.count() == 2)
    wanted = "moss" if key == Qt.Key.Key_Return else before
    assert names.item(0).text() == wanted
    assert next(iter(studio.session.project.presets.values())).name == wanted


def test_a_collection(studio: Studio, project: Path, qtbot: QtBot) -> None:
    session = studio.session
    session.open(project, wait=True)
    names = CollectionList()
    qtbot.addWidget(names)
    names.show_project(session.project)
    session.changed.connect(lambda _edit: names.show_project(session.project))
    names.renamed.connect(
        lambda key, name: session.apply(edit_collection(session.project, key, name=name))
    )
    names.show()
    first = next(iter(session.project.collections))
    names.edit_name(first)
    field = names.findChild(QLineEdit)
    assert field is not None
    field.setText("moss")
    session.apply(add_collection(session.project, "more", []))
    assert (names.is_typed, field.text(), names.count()) == (True, "moss", 2)
    second = list(session.project.collections)[1]
    names.edit_name(second)  # what was typed is kept
    qtbot.waitUntil(lambda: session.project.collections[first].name == "moss")
    assert (names.choice, names.is_typed) == (second, True)


def test_another_project_while_a_name_is_typed(
    studio: Studio, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = studio.session
    session.open(project, wait=True)
    names, renamed = CollectionList(), []
    qtbot.addWidget(names)
    names.renamed.connect(lambda *name: renamed.append(name))
    names.show_project(session.project)
    names.show()
    names.edit_name(next(iter(session.project.collections)))
    field = names.findChild(QLineEdit)
    assert field is not None
    field.setText("moss")
    names.show_project(session.project)  # waits for the name, and is not shown later
    session.create(tmp_path / "Other.aigc", wait=True)
    names.show_project(session.project)
    assert (names.is_typed, names.count()) == (False, 1)
    qtbot.wait(20)
    assert names.count() == 1
    assert not renamed
