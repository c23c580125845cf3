"""Palette, shortcuts, settings, manual, about."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from aigc_studio.studio.commands import Command
from aigc_studio.ui.about import PAGES, AboutDialog, details
from aigc_studio.ui.help_viewer import HelpViewer, pages
from aigc_studio.ui.licences import LIBRARIES
from aigc_studio.ui.palette import Palette
from aigc_studio.ui.settings_dialog import SettingsDialog
from aigc_studio.ui.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]


def titles(palette: Palette) -> list[str]:
    """What the palette offers, from above."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [palette.list.item(row).data(role) for row in range(palette.list.count())]


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    made = Palette(window.studio.commands, window)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_palette_has_no_black_corners(palette: Palette) -> None:
    shape, area = palette.mask(), palette.rect()
    assert not shape.contains(area.topLeft())
    assert not shape.contains(area.bottomRight())
    assert shape.contains(QPoint(area.center().x(), area.bottom()))
    assert shape.contains(QPoint(area.right(), area.center().y()))


def test_the_palette_offers_what_can_be_done_now(palette: Palette) -> None:
    assert "Settings..." in titles(palette)
    assert "Save" not in titles(palette)
    palette.field.setText("larger")
    assert titles(palette) == ["Larger text"]
    palette.field.setText("qqq")
    assert titles(palette) == []
    assert palette.nothing.isVisible()


def test_the_palette_runs_what_is_chosen_with_keys(palette: Palette, window: MainWindow) -> None:
    done: list[str] = []
    for name in ("one", "two"):
        run = functools.partial(done.append, name)
        window.studio.commands.add(Command(f"view.{name}", f"Zebra {name}", run))
    palette.field.setText("zebra")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["two"]
    assert not palette.isVisible()


@pytest.fixture
def shortcuts(window: MainWindow, qtbot: QtBot) -> ShortcutsDialog:
    made = ShortcutsDialog(window.studio.commands, window)
    qtbot.addWidget(made)
    return made


def test_keys_can_be_changed_and_given_back(shortcuts: ShortcutsDialog, window: MainWindow) -> None:
    commands = window.studio.commands
    shortcuts.choose("file.save")
    shortcuts.keys.setKeySequence(QKeySequence("Ctrl+Z"))
    assert "Undo" in shortcuts.note.text()
    shortcuts.give.click()
    assert commands.keys_of("file.save") == ("Ctrl+Z",)
    assert commands.keys_of("edit.undo") == ()
    assert shortcuts.current() == "file.save"
    shortcuts.clear.click()
    assert commands.keys_of("file.save") == ()
    shortcuts.reset.click()
    assert commands.keys_of("file.save") == ("Ctrl+S",)


def test_keys_that_must_stay_free_are_refused(shortcuts: ShortcutsDialog) -> None:
    shortcuts.choose("file.save")
    shortcuts.keys.setKeySequence(QKeySequence("S"))
    shortcuts.give.click()
    assert "cannot be a shortcut" in shortcuts.note.text()


def test_shortcuts_are_found_by_their_keys(shortcuts: ShortcutsDialog) -> None:
    shortcuts.search.setText("ctrl+shift+s")
    assert [row.text(0) for row in shortcuts._rows() if not row.isHidden()] == ["Save as..."]


def test_settings_act_at_once(window: MainWindow, qtbot: QtBot) -> None:
    settings = window.studio.settings
    dialog = SettingsDialog(settings, window, shortcuts=window.dialogs.shortcuts)
    qtbot.addWidget(dialog)
    dialog.theme._buttons["light"].click()
    dialog.scale.setValue(152)
    dialog.motion.chosen.emit("none")
    dialog.device.setCurrentIndex(1)
    dialog.device.activated.emit(1)
    kept = settings.values
    assert (kept.theme, kept.text_scale, kept.reduced_motion) == ("light", 1.5, True)
    assert kept.device == "cpu"
    assert dialog.percent.text() == "150 %"


def test_the_manual_turns_to_what_is_asked_for(window: MainWindow) -> None:
    made = window.dialogs.help("keys")
    assert isinstance(made, HelpViewer)
    assert "Ctrl+Shift+P" in made.text.toPlainText()
    assert window.dialogs.help() is made
    made.turn_to("nothing like this")
    assert "Ctrl+Shift+P" in made.text.toPlainText()
    made.close()
    assert window.dialogs.opened() == []


def test_every_link_of_the_manual_leads_to_a_page(window: MainWindow, qtbot: QtBot) -> None:
    for language in ("en", "zh_CN"):
        keys = {page.key for page in pages(language)}
        for page in pages(language):
            for target in page.text.split("](")[1:]:
                assert target.partition(")")[0].removesuffix(".md").partition("-")[2] in keys


def test_about_has_the_credits_and_all_licences(window: MainWindow, qtbot: QtBot) -> None:
    dialog = AboutDialog(window)
    qtbot.addWidget(dialog)
    told = {}
    for key in PAGES:
        dialog.which.chosen.emit(key)
        told[key] = dialog.text.toPlainText()
    assert "Fluent Emoji" in told["credits"]
    assert "Apache License" in told["studio"]
    assert "Microsoft Corporation" in told["pictures"]
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.split("[^A-Za-z0-9-]", each)[0] for each in wanted} == set(LIBRARIES)
    assert all(name in told["libraries"] for name in LIBRARIES)
    assert "Redistribution" in told["libraries"]
    assert "PySide6" in details()


def test_credits_are_the_same_in_both_languages() -> None:
    english, chinese = (ROOT / "resources" / f"CREDITS{end}.md" for end in ("", ".zh_CN"))
    one, other = english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8")
    assert one.count("\n- ") == other.count("\n- ")
    assert sorted(re.findall(r"\d[\d.]*\d", one)) == sorted(re.findall(r"\d[\d.]*\d", other))
