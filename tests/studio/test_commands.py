"""Commands and the keys that reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.commands import Command, Commands
from aigc_studio.studio.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.studio.commands import Scope


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    made = Commands(Settings(tmp_path / "settings.json"))
    made.add(
        command("edit.undo", "Ctrl+Z"),
        command("edit.redo", "Ctrl+Y", "Ctrl+Shift+Z"),
        command("canvas.crop", "C", scope="canvas"),
        command("dock.copy", "C", scope="dock"),
    )
    return made


def command(key: str, *keys: str, scope: Scope = "window") -> Command:
    return Command(key, key.title(), lambda: None, keys, scope)


def test_the_same_letter_in_two_places_is_no_conflict(commands: Commands) -> None:
    assert commands.conflicts("canvas.crop", ["C"]) == []


def test_keys_of_the_window_reach_everywhere(commands: Commands) -> None:
    found = commands.conflicts("canvas.crop", ["ctrl+z"])
    assert [each.id for each in found] == ["edit.undo"]


def test_other_keys_are_taken_from_who_had_them(commands: Commands) -> None:
    commands.remap("edit.undo", ["ctrl+y"])
    assert commands.keys_of("edit.undo") == ("Ctrl+Y",)
    assert commands.keys_of("edit.redo") == ("Ctrl+Shift+Z",)
    commands.reset_keys("edit.undo")
    assert commands.keys_of("edit.undo") == ("Ctrl+Z",)
    assert commands.keys_of("edit.redo") == ("Ctrl+Shift+Z",)
    commands.reset_keys()
    assert commands.keys_of("edit.redo") == ("Ctrl+Y", "Ctrl+Shift+Z")


@pytest.mark.parametrize("key", ["Ctrl+Space", "", "A", "Shift+A", "nonsense+"])
def test_keys_that_must_stay_free(commands: Commands, key: str) -> None:
    with pytest.raises(StudioError) as caught:
        commands.remap("edit.undo", [key])
    assert caught.value.kind == "input"
    assert commands.keys_of("edit.undo") == ("Ctrl+Z",)


def test_a_letter_may_act_on_the_canvas(commands: Commands) -> None:
    commands.remap("canvas.crop", ["X"])
    assert commands.keys_of("canvas.crop") == ("X",)


def test_keys_may_be_taken_away(commands: Commands) -> None:
    commands.remap("edit.undo", [])
    assert commands.keys_of("edit.undo") == ()


def test_what_cannot_be_done_is_not_done(commands: Commands) -> None:
    done: list[int] = []
    commands.add(Command("edit.never", "Never", lambda: done.append(1), enabled=lambda: False))
    assert not commands.run("edit.never")
    assert not commands.run("edit.unknown")
    assert done == []


def test_menus_and_the_palette(commands: Commands) -> None:
    assert [each.id for each in commands.in_menu("edit")] == ["edit.undo", "edit.redo"]
    assert [each.id for each in commands.search("cro")] == ["canvas.crop"]
    assert [each.id for each in commands.search("e.do")] == ["edit.undo", "edit.redo"]
    commands.remove("canvas.crop", "unknown")
    assert "canvas.crop" not in commands
