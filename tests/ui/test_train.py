"""The place Train: a run from the form to its model, by a fake worker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from aigc_studio.document import changes
from aigc_studio.document.training import TrainingWish, train_spec
from aigc_studio.studio.run_view import Curve, PreviewView, RunView, SnapshotView
from aigc_studio.ui.places.train import TrainPlace
from aigc_studio.ui.train import words
from aigc_studio.ui.train.advice import advice
from tests.cli.models import write_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.model import Collection
    from aigc_studio.studio.studio import Studio


@pytest.fixture
def place(studio: Studio, project: Path, qtbot: QtBot) -> Iterator[TrainPlace]:
    studio.session.open(project, wait=True)
    made = TrainPlace(studio)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    yield made
    studio.forecaster.cancel()


def _trained(place: TrainPlace, qtbot: QtBot, name: str = "owls") -> str:
    place.form.name.setText(name)
    with qtbot.waitSignal(place.studio.desk.rested, timeout=20_000):
        place.forecast.begin_wanted.emit()
    return place.runs.choice


def test_a_forecast_before_the_button(place: TrainPlace, studio: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.forecaster.ready, timeout=20_000):
        place.came()
    assert place.forecast.values["time"].text() == "10 s, 100 steps"
    assert place.forecast.values["memory"].text() == "5 MB"
    assert place.forecast.begin.isEnabled()


def test_the_form_says_what_is_wished(place: TrainPlace, studio: Studio) -> None:
    form = place.form
    form.goals["repair"].setChecked(True)
    form.preset.choose("desk")
    form.minutes.spin.setValue(3)
    form.rarer.flip.setChecked(True)
    form.rarer.shift.spin.setValue(10)
    wish = form.wish()
    assert wish is not None
    assert wish.preset == "desk"
    assert wish.minutes == 3
    assert wish.sets == {"corruption": "mixed", "flip": "0.5", "shift": "0.1"}
    model = next(iter(studio.session.project.models))
    studio.desk.propose(parent=model)
    again = form.wish()
    assert again is not None
    assert again.parent == model


def test_variations_are_shown(place: TrainPlace, qtbot: QtBot) -> None:
    shown = place.form.rarer.variations
    place.form.rarer.fold.click()
    assert not shown.isVisible()
    place.form.rarer.rotate.spin.setValue(20)
    assert shown.isVisible()
    qtbot.waitUntil(lambda: not shown.picture.shown.isNull())
    place.form.rarer.rotate.spin.setValue(0)
    assert not shown.isVisible()


def test_a_run_is_shown_and_its_model_taken_in(
    place: TrainPlace, studio: Studio, qtbot: QtBot
) -> None:
    run = _trained(place, qtbot)
    view = studio.runs.get(run)
    assert view is not None
    assert view.state == "finished"
    qtbot.waitUntil(lambda: place.page.state.text() == "finished")
    assert place.middle.currentIndex() == 1
    assert place.page.curves.isVisible()
    assert view.model in studio.session.project.models
    assert place.page.buttons["further"].isVisible()
    assert not place.page.buttons["pause"].isVisible()
    place.page.deed_wanted.emit("further", run)
    wish = place.form.wish()
    assert wish is not None
    assert wish.parent == view.model


def test_a_run_that_was_broken_off_is_offered(
    place: TrainPlace, studio: Studio, qtbot: QtBot
) -> None:
    wish = TrainingWish("foxes", "image-vae", steps=40, name="dies")
    with qtbot.waitSignal(studio.desk.rested, timeout=20_000):
        run = studio.desk.start(wish)
        place.runs.choose(run)
    qtbot.waitUntil(place.page.buttons["resume"].isVisible)
    assert place.page.buttons["resume"].property("kind") == "primary"
    place.page.deed_wanted.emit("resume", run)
    with qtbot.waitSignal(studio.desk.rested, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: place.page.state.text() == "finished")


def test_first_against_latest_and_the_postcard(
    place: TrainPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = RunView("r", tmp_path, name="owls", state="finished", step=20, total=20)
    for step in (1, 20):
        path = tmp_path / f"{step}.png"
        picture = QImage(20, 10, QImage.Format.Format_RGB32)
        picture.fill(step)
        picture.save(str(path))
        view.previews.append(PreviewView(step, path))
    place.middle.setCurrentIndex(1)
    place.page.show_run(view)
    history = place.page.history
    assert history.card_first.isVisible()
    assert history.when.text() == "step 20"
    history.slider.setValue(0)
    assert history.when.text() == "step 1"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "card.png"), ""))
    place.deeds.save_postcard()
    assert QImage(str(tmp_path / "card.png")).width() == 20


def test_a_snapshot_is_kept_as_a_model(
    place: TrainPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    view = RunView("r", tmp_path, name="owls", state="running", step=7, total=20)
    place.deeds._await(view, "keep")
    card = write_model(tmp_path / "snapshots", value=5.0)
    weights = tmp_path / "snapshots" / "00000007.safetensors"
    (tmp_path / "snapshots" / "weights.safetensors").rename(weights)
    place.deeds.look_for_snapshot(view)  # none has come yet
    view.snapshots.append(SnapshotView(7, card.model, weights))
    with qtbot.waitSignal(place.deeds.models.taken_in):
        place.deeds.look_for_snapshot(view)
    assert studio.session.project.models[card.model].name == "owls, step 7"


def test_nothing_to_learn_from(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    studio.session.create(tmp_path / "New.aigc", wait=True)
    place = TrainPlace(studio)
    qtbot.addWidget(place)
    place.show()
    place.came()
    assert place.middle.currentIndex() == 2
    assert place.form.wish() is None


def _run(values: list[float], **fields: object) -> RunView:
    curve = Curve()
    for step, value in enumerate(values):
        curve.add(step, value)
    given: dict[str, object] = {"state": "running", "items": 500, "total": 200, **fields}
    view = RunView("r", Path(os.devnull), curves={"loss": curve})
    for name, given_value in given.items():
        setattr(view, name, given_value)
    return view


def test_advice() -> None:
    falling = [1 - 0.004 * step for step in range(200)]
    flat = [1.0, *[0.1] * 150]
    rising = [1 - 0.005 * step for step in range(100)] + [0.5 + 0.006 * s for s in range(60)]
    cases = {
        "": _run(falling, step=150),
        "stop": _run(flat, step=150),
        "gentler": _run(rising, step=150),
        "longer": _run(falling, step=200, state="finished"),
        "pictures": _run(falling, step=150, items=12),
        "resume": _run(falling, step=150, state="crashed"),
    }
    for mend, view in cases.items():
        said = advice(view)
        assert (said.mend if said else "") == mend
    broken = advice(_run([*falling, float("nan")], step=150))
    assert broken is not None
    assert broken.mend == "gentler"


def test_advice_on_two_players() -> None:
    rising = [0.5 + 0.01 * step for step in range(150)]
    for verdict, mend in ((0.01, "pictures"), (0.4, "")):
        curve = Curve()
        for step in range(150):
            curve.add(step, verdict)
        view = _run(rising, step=150)
        view.curves["discriminator"] = curve
        said = advice(view)
        assert (said.mend if said else "") == mend


def test_no_number_of_steps_is_told_before_the_first(tmp_path: Path) -> None:
    view = RunView("r", tmp_path, state="running", total=1, activity="looking at the pictures")
    assert words.how_far(view) == "looking at the pictures"
    view.step, view.total = 3, 90
    assert words.how_far(view).startswith("step 3 of 90")


def _pairs(place: TrainPlace) -> None:
    place.form.goals["pairs"].click()


def _collection(studio: Studio, name: str) -> Collection:
    there = studio.session.project.collections.values()
    return next(each for each in there if each.name == name)


def test_only_pairs_need_a_second_collection(place: TrainPlace, studio: Studio) -> None:
    second = place.form.second
    assert not second.isVisible()
    _pairs(place)
    assert second.isVisible()
    assert second.many.text() == "No other collection holds pictures yet."
    assert place.form.wish() is None
    assert not place.forecast.begin.isEnabled()
    assert not place.forecast.bar.isVisible()
    assert place.forecast.said.text() == "Matching pairs are learned from two collections."
    place.form.goals["explore"].click()
    assert not second.isVisible()
    wish = place.form.wish()
    assert wish is not None
    assert wish.pair is None
    assert place.forecast.begin.isEnabled()


def test_outlines_are_drawn_and_chosen(place: TrainPlace, studio: Studio, qtbot: QtBot) -> None:
    _pairs(place)
    second = place.form.second
    assert second.offer.isVisible()
    second.offer.click()
    qtbot.waitUntil(lambda: bool(second.choice))
    qtbot.waitUntil(lambda: not studio.importer.running)
    made = _collection(studio, "foxes outline")
    assert second.choice == made.id
    assert len(made.items) == 5
    assert second.many.text() == "5 pictures"
    assert not second.offer.isVisible()
    assert not second.line.isVisible()
    assert place.forecast.begin.isEnabled()
    wish = place.form.wish()
    assert wish is not None
    ours = train_spec(studio.session.store, wish)
    said = TrainingWish("foxes", "cogan", preset="tiny", minutes=wish.minutes, pair=made.name)
    apart = {"run", "folder"}
    theirs = train_spec(studio.session.store, said)
    assert ours.model_dump(exclude=apart) == theirs.model_dump(exclude=apart)
    assert ours.pair is not None
    assert ours.pair.name == "foxes outline"
    studio.session.undo()
    assert second.choice == ""
    assert second.offer.isVisible()


def test_a_second_collection_that_was_chosen_stays(place: TrainPlace, studio: Studio) -> None:
    session, foxes = studio.session, _collection(studio, "foxes")
    for name, items in (("owls", foxes.items[:3]), ("bears", foxes.items[3:]), ("none", ())):
        session.apply(changes.add_collection(session.project, name, items))
    _pairs(place)
    second = place.form.second
    assert [second.box.itemText(at) for at in range(second.box.count())] == ["owls", "bears"]
    assert second.choice == ""  # which of them only a person knows
    second.box.setCurrentIndex(1)
    second.box.activated.emit(1)
    bears = _collection(studio, "bears")
    assert second.choice == bears.id
    session.do(lambda p: changes.rename_collection(p, bears.id, "brown bears"))
    assert second.box.currentText() == "brown bears"
    session.do(lambda p: changes.remove_collection(p, bears.id))
    assert second.choice == ""  # that owls match foxes only a person knows
    owls = _collection(studio, "owls")
    place.form.collection.setCurrentIndex(place.form.collection.findData(owls.id))
    assert [second.box.itemData(at) for at in range(second.box.count())] == [foxes.id]
    assert second.choice == ""


def test_a_parent_brings_its_goal(place: TrainPlace, studio: Studio, tmp_path: Path) -> None:
    write_model(tmp_path / "both", value=3.0, name="both", family="cogan")
    model = studio.session.store.adopt_model(tmp_path / "both")
    place.refresh()
    studio.desk.propose(parent=model.id)
    assert place.form.goals["pairs"].isChecked()
    assert place.form.parent_model.currentData() == model.id
    assert place.form.second.isVisible()
