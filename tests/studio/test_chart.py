"""Where pictures lie on the pad, and samples for cards: asked for while nobody plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document import changes
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def test_pictures_are_placed(playing: Studio, qtbot: QtBot) -> None:
    assets = list(playing.session.project.assets)
    playing.chart.fill([*assets, *assets, "nothing"])
    qtbot.waitUntil(lambda: all(map(playing.chart.position, assets)), timeout=20_000)
    assert {playing.chart.position(asset) for asset in assets} == {(0.5, 0.5)}
    assert playing.chart.position("nothing") is None


def test_what_is_known_is_not_asked_again(playing: Studio, qtbot: QtBot) -> None:
    assets = list(playing.session.project.assets)
    playing.chart.fill(assets)
    qtbot.waitUntil(lambda: all(map(playing.chart.position, assets)), timeout=20_000)
    playing.chart.fill(assets)
    assert not playing.player.is_working("chart")


def test_another_model_knows_nothing_of_it(playing: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    assets = list(playing.session.project.assets)
    playing.chart.fill(assets)
    qtbot.waitUntil(lambda: all(map(playing.chart.position, assets)), timeout=20_000)
    write_model(tmp_path / "owls", value=5.0, name="owls-vae")
    other = playing.session.store.adopt_model(tmp_path / "owls").id
    with qtbot.waitSignal(playing.chart.cleared):
        assert playing.choice.use(other)
    assert not any(map(playing.chart.position, assets))


def test_samples_are_drawn_once(playing: Studio, qtbot: QtBot) -> None:
    model = playing.choice.word
    with qtbot.waitSignal(playing.showcase.drawn, timeout=20_000) as drawn:
        assert playing.showcase.picture(model) is None
        assert playing.showcase.picture(model) is None
    assert drawn.args == [model]
    sheet = playing.showcase.picture(model)
    assert sheet is not None
    assert not sheet.isNull()
    assert not playing.player.is_working("showcase")


def test_a_model_that_cannot_be_sampled_has_an_empty_picture(playing: Studio) -> None:
    for word in ("nothing", playing.choice.word):
        if word != "nothing":
            playing.session.do(lambda project: changes.remove_model(project, playing.choice.word))
        playing.showcase.picture(word)
        picture = playing.showcase.picture(word)
        assert picture is not None
        assert picture.isNull()


def test_closing_the_project_forgets_the_samples(playing: Studio, qtbot: QtBot) -> None:
    model = playing.choice.word
    with qtbot.waitSignal(playing.showcase.drawn, timeout=20_000):
        playing.showcase.picture(model)
    playing.session.close()
    assert playing.showcase.picture(model) is None
