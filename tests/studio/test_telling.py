"""Words in the window: taken up when typing rests, remembered with every result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.document.store import Store
from tests.cli.conftest import write_picture
from tests.cli.models import write_model
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With a model that listens, the newest."""
    write_model(tmp_path / "flow", value=2.0, name="foxes-flow", family="image-flow")
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "flow")
        store.save()
    return project


@pytest.fixture
def listening(playing: Studio, qtbot: QtBot) -> Studio:
    playing.choice.use("foxes-flow")
    settled(playing, qtbot)
    return playing


def blue(studio: Studio) -> int:
    """How many letters the model heard."""
    assert studio.instrument.result is not None
    return int(studio.instrument.result.pixels[0, 0, 2])


def test_words_are_taken_up_once_typing_rests(listening: Studio, qtbot: QtBot) -> None:
    telling = listening.instrument.telling
    wished: list[str] = []
    telling.wished.connect(lambda: wished.append(telling.conditions.words))
    for words in ("r", "re", "red  fox "):
        telling.type_words(words)
    assert telling.conditions == ANYTHING
    qtbot.waitUntil(lambda: bool(wished))
    settled(listening, qtbot)
    assert wished == ["red fox"]
    assert blue(listening) == 7
    result = listening.instrument.result
    assert result is not None
    assert result.conditions == Conditions(words="red fox")


def test_guidance_and_steps_have_bounds(listening: Studio) -> None:
    telling = listening.instrument.telling
    telling.guide(99.0)
    telling.take_steps(999)
    assert (telling.conditions.guidance, telling.conditions.steps) == (20.0, 200)


def test_who_does_not_listen_is_told_nothing(listening: Studio, qtbot: QtBot) -> None:
    telling = listening.instrument.telling
    telling.tell(Conditions(words="fox"))
    settled(listening, qtbot)
    listening.choice.use("foxes-vae")
    settled(listening, qtbot)
    assert telling.heard == ANYTHING
    assert blue(listening) == 0
    assert telling.conditions.words == "fox"  # for when one listens again


def test_the_same_point_told_otherwise_is_another_result(listening: Studio, qtbot: QtBot) -> None:
    instrument = listening.instrument
    before = len(instrument.trail)
    for words in ("fox", "cat", "fox"):
        instrument.telling.tell(Conditions(words=words))
        settled(listening, qtbot)
    assert len(instrument.trail) == before + 2
    first = instrument.trail[before - 1]
    instrument.go_to(first)
    assert instrument.telling.conditions == ANYTHING


def test_a_layer_remembers_what_was_told(listening: Studio, qtbot: QtBot) -> None:
    instrument, told = listening.instrument, Conditions(words="red fox", guidance=5.0)
    instrument.telling.tell(told)
    settled(listening, qtbot)
    assert listening.living.place()
    (layer,) = canvas_of(listening).layers
    assert layer.living is not None
    assert layer.living.conditions == told
    instrument.telling.tell(Conditions(words="cat"))
    settled(listening, qtbot)
    (changed,) = canvas_of(listening).layers
    assert changed.living is not None
    assert changed.living.conditions.words == "cat"
    listening.session.undo()
    assert instrument.telling.conditions == told


def test_a_recipe_brings_its_words(listening: Studio, qtbot: QtBot) -> None:
    instrument = listening.instrument
    instrument.telling.tell(Conditions(words="red fox"))
    instrument.random(3)
    settled(listening, qtbot)
    assert instrument.result is not None
    text = instrument.result.recipe.model_dump_json()
    instrument.telling.tell(ANYTHING)
    settled(listening, qtbot)
    assert listening.explorer.paste(text)
    settled(listening, qtbot)
    assert instrument.telling.conditions.words == "red fox"
    assert blue(listening) == 7


def test_what_is_coming_is_shown(listening: Studio, qtbot: QtBot) -> None:
    seen: list[int] = []

    def look(picture: QImage) -> None:
        seen.append(picture.pixelColor(0, 0).blue())

    listening.instrument.telling.keep(Conditions(words="red fox"))
    listening.instrument.picture.connect(look)
    listening.instrument.random(3)
    settled(listening, qtbot)
    assert seen == [200, 7]


def test_a_search_is_told_the_words_of_the_dock(
    listening: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    shown: list[int] = []
    listening.instrument.telling.tell(Conditions(words="fox"))
    settled(listening, qtbot)
    listening.explorer.find(write_picture(tmp_path / "slow.png"))
    closer, picture = listening.closer, listening.instrument.picture
    qtbot.waitUntil(lambda: closer.is_looking and closer.part > 0, timeout=20_000)
    picture.connect(lambda seen: shown.append(seen.pixelColor(0, 0).blue()))
    qtbot.waitUntil(lambda: len(shown) > 1, timeout=20_000)
    closer.stop()
    settled(listening, qtbot)
    assert set(shown) == {3}
    assert blue(listening) == 3
