"""Which model is played."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.document import changes
from aigc_studio.document.chosen import choose_model
from aigc_studio.jobs.specs import ModelRef
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def adopt(studio: Studio, folder: Path, family: str = "image-vae") -> str:
    """Another model of the project; its id."""
    write_model(folder, value=5.0, name="owls-vae", family=family)
    return studio.session.store.adopt_model(folder).id


def test_the_newest_model_is_played_when_a_project_opens(opened: Studio) -> None:
    model = opened.choice.model
    assert model is not None
    assert model.name == "foxes-vae"
    assert opened.choice.word == model.ref.id
    assert Cap.DECODE in opened.choice.abilities


def test_a_model_that_is_not_there_is_told_and_the_old_one_goes_on(
    playing: Studio, told: list[object]
) -> None:
    before = playing.choice.word
    assert not playing.choice.use("nothing")
    assert isinstance(told[0], StudioError)
    assert playing.choice.word == before
    assert playing.instrument.result is not None


def test_a_broken_model_is_told_when_it_is_asked_for(
    playing: Studio, told: list[object], tmp_path: Path
) -> None:
    other = adopt(playing, tmp_path / "owls")
    weights = choose_model(playing.session.store, other).ref.path
    weights.write_bytes(b"torn")
    before = playing.choice.word
    assert not playing.choice.use(other)
    assert isinstance(told[0], StudioError)
    assert playing.choice.word == before


def test_a_broken_model_is_passed_over_when_a_project_opens(
    opened: Studio, told: list[object], tmp_path: Path, project: Path
) -> None:
    good = opened.choice.word
    other = adopt(opened, tmp_path / "owls")
    weights = choose_model(opened.session.store, other).ref.path
    opened.session.save()
    opened.session.close()
    weights.write_bytes(b"torn")
    opened.session.open(project, wait=True)
    assert opened.choice.word == good
    assert told == []


def test_an_unknown_family_is_not_played_by_itself(
    opened: Studio, tmp_path: Path, told: list[object]
) -> None:
    other = adopt(opened, tmp_path / "owls", family="from-the-future")
    good = opened.choice.word
    opened.choice.use_newest()
    assert opened.choice.word == good
    assert not opened.choice.use(other)
    assert "newer version" in str(told[0])


def test_a_removed_model_is_played_no_more(playing: Studio) -> None:
    gone = playing.choice.word
    playing.session.do(lambda project: changes.remove_model(project, gone))
    assert playing.choice.model is None
    assert playing.choice.abilities == Cap(0)
    assert playing.instrument.code is None
    playing.session.undo()
    assert playing.choice.word == gone


def test_a_renamed_model_goes_on(playing: Studio, qtbot: QtBot) -> None:
    word, changed = playing.choice.word, []
    playing.choice.changed.connect(lambda: changed.append(1))
    with qtbot.waitSignal(playing.choice.renamed):
        playing.session.do(lambda project: changes.rename_model(project, word, "Red foxes"))
    assert changed == []
    playing.instrument.move_to(1.0, 1.0)
    settled(playing, qtbot)
    assert playing.instrument.trail[-1].name == "Red foxes 002"


def test_a_model_from_outside_the_project_is_played(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    model = choose_model(playing.session.store, playing.choice.word)
    assert playing.choice.use_chosen(model)
    settled(playing, qtbot)
    assert playing.choice.model is model


def test_what_a_snapshot_made_is_not_kept_and_the_way_to_keep_it_is_told(
    playing: Studio, told: list[object], qtbot: QtBot
) -> None:
    model = choose_model(playing.session.store, playing.choice.word)
    snapshot = replace(model, ref=ModelRef(id="0" * 64, path=model.ref.path), name="foxes")
    assert playing.choice.use_chosen(snapshot)
    settled(playing, qtbot)
    assert not playing.living.place()
    assert playing.instrument.result is not None
    assert playing.instrument.keep(playing.instrument.result, "Starred") is None
    for each in told:
        assert isinstance(each, StudioError)
        assert "Keep a snapshot" in each.todo
    assert len(told) == 2
    assert not playing.session.project.canvases
