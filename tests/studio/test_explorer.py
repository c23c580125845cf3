"""Pictures that are found, and recipes that are repeated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.explorer import parse_recipe
from tests.cli.conftest import write_picture
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def test_a_picture_is_found(playing: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    playing.explorer.find(write_picture(tmp_path / "fox.png"))
    qtbot.waitUntil(lambda: playing.instrument.position == (0.5, 0.5), timeout=20_000)
    settled(playing, qtbot)


def test_who_moves_on_is_not_carried_off_by_what_is_found(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    playing.explorer.find(write_picture(tmp_path / "fox.png"))
    playing.instrument.move_to(2.0, 2.0)
    settled(playing, qtbot)
    qtbot.wait(200)
    assert playing.instrument.position == pytest.approx((2.0, 2.0))


def test_a_recipe_of_a_point_is_repeated(playing: Studio, qtbot: QtBot) -> None:
    playing.instrument.move_to(1.5, -0.5)
    settled(playing, qtbot)
    result = playing.instrument.result
    assert result is not None
    playing.instrument.move_to(0.0, 0.0)
    assert playing.explorer.paste(f"  {result.recipe.model_dump_json(indent=2)}\n")
    settled(playing, qtbot)
    assert playing.instrument.result is result


def test_a_recipe_of_a_seed_is_repeated_with_its_truncation(playing: Studio, qtbot: QtBot) -> None:
    playing.instrument.set_truncation(0.5)
    playing.instrument.random(11)
    settled(playing, qtbot)
    result = playing.instrument.result
    assert result is not None
    text = result.recipe.model_dump_json()
    playing.instrument.set_truncation(1.0)
    playing.instrument.move_to(0.0, 0.0)
    assert playing.explorer.paste(text)
    settled(playing, qtbot)
    assert playing.instrument.truncation == 0.5
    assert playing.instrument.result is result


GOOD = {"operation": "sample", "model": "0" * 64, "family": "image-vae", "seed": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a fox",
        "[1, 2]",
        json.dumps(GOOD)[:-5],
        json.dumps({**GOOD, "model": "../../etc/passwd"}),
        json.dumps({**GOOD, "operation": "erase"}),
        json.dumps({**GOOD, "seed": "many"}),
        json.dumps({**GOOD, "run": "rm -rf"}),
        '{"operation": "sample", "operation": "sample"}',
        "[" * 100_000,
        "\ud800",
        " " * (5 << 20) + "{" + '"a": 1, ' * 700_000 + "}",
    ],
    ids=range(12),
)
def test_what_is_no_recipe_is_told_and_changes_nothing(
    playing: Studio, told: list[object], text: str
) -> None:
    assert not playing.explorer.paste(text)
    (error,) = told
    assert isinstance(error, StudioError)
    assert error.kind == "input"
    assert playing.instrument.position == (0.0, 0.0)
    assert playing.instrument.result is not None


def test_a_recipe_that_needs_files_is_refused(playing: Studio, told: list[object]) -> None:
    assert not playing.explorer.paste(json.dumps({**GOOD, "operation": "reconstruct"}))
    assert "files" in str(told[0])


def test_a_recipe_of_an_unknown_model_is_told(playing: Studio, told: list[object]) -> None:
    assert not playing.explorer.paste(json.dumps(GOOD))
    (error,) = told
    assert isinstance(error, StudioError)
    assert error.kind == "missing"


def test_a_recipe_with_a_broken_point_is_told(playing: Studio, told: list[object]) -> None:
    model = playing.choice.word
    broken = {**GOOD, "operation": "decode", "model": model, "seed": None, "code": "rubbish"}
    assert not playing.explorer.paste(json.dumps(broken))
    assert "cannot be repeated" in str(told[0])


def test_a_recipe_is_read_as_it_was_written(playing: Studio) -> None:
    recipe = playing.instrument.trail[0].recipe
    assert parse_recipe(recipe.model_dump_json()) == recipe
