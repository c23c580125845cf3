"""Preferences: kept whole, and never a reason not to start."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.settings import MOST_RECENT, Preferences, Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "settings.json"


def test_what_was_changed_is_there_again(file: Path) -> None:
    Settings(file).change(theme="dark", text_scale=1.5, shortcuts={"edit.undo": ("Ctrl+U",)})
    values = Settings(file).values
    assert (values.theme, values.text_scale) == ("dark", 1.5)
    assert values.shortcuts == {"edit.undo": ("Ctrl+U",)}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b'{"text_scale": 1e999}',
        b'{"text_scale": NaN}',
        b'{"theme": "dark", "theme": "light"}',
        b'{"theme": {"__import__": "os"}}',
        b"[" * 200_000,
        b'{"layout": "' + b"x" * (5 << 20) + b'"}',
    ],
    ids=range(9),
)
def test_a_broken_file_is_set_aside(file: Path, raw: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(raw)
    settings = Settings(file)
    assert settings.values == Preferences()
    assert file.with_name("settings.json.broken").read_bytes() == raw
    settings.change(theme="light")
    assert Settings(file).values.theme == "light"


def test_what_a_newer_version_added_is_passed_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"theme": "dark", "hologram": True}))
    assert Settings(file).values.theme == "dark"


def test_a_value_that_does_not_fit_changes_nothing(file: Path) -> None:
    settings = Settings(file)
    settings.change(theme="dark")
    with pytest.raises(StudioError) as caught:
        settings.change(text_scale=9)
    assert caught.value.kind == "input"
    assert settings.values.text_scale == 1
    assert Settings(file).values.theme == "dark"


def test_only_what_changed_is_told(file: Path) -> None:
    settings = Settings(file)
    told: list[object] = []
    settings.changed.connect(told.append)
    settings.change(theme="dark", language="system")
    settings.change(theme="dark")
    assert told == [frozenset({"theme"})]


def test_a_disk_that_refuses_keeps_the_older_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(file)
    settings.change(theme="dark")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aigc_studio.studio.settings.write_atomic", full)
    with pytest.raises(StudioError) as caught:
        settings.change(theme="light")
    assert caught.value.kind == "disk"
    assert settings.values.theme == "light"
    assert Settings(file).values.theme == "dark"


def test_recent_projects_are_bounded_and_named_once(file: Path) -> None:
    settings = Settings(file)
    for number in range(MOST_RECENT + 5):
        settings.remember(file.parent / f"{number}.aigc", str(number))
    settings.remember(file.parent / "20.aigc", "Again")
    names = [recent.name for recent in settings.values.recent]
    assert len(names) == MOST_RECENT
    assert names[0] == "Again"
    assert names.count("20") == 0
    settings.forget(settings.values.recent[0].path)
    assert Settings(file).values.recent[0].name == str(MOST_RECENT + 4)
