"""Training from the window: one after the other, and nothing is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.training import TrainingWish

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.run_view import RunView
    from aigc_studio.studio.studio import Studio

LONG = 4000
PATIENCE = 60_000  # a busy machine takes its time to start processes


def wish(steps: int = 12, name: str = "owls") -> TrainingWish:
    return TrainingWish(collection="foxes", family="image-vae", steps=steps, name=name)


def view_of(studio: Studio, run: str) -> RunView:
    found = studio.runs.get(run)
    assert found is not None
    return found


def wait_for(studio: Studio, qtbot: QtBot, run: str, state: str) -> None:
    """Wait until a run is in a state."""
    qtbot.waitUntil(lambda: view_of(studio, run).state == state, timeout=PATIENCE)


def rest(studio: Studio, qtbot: QtBot) -> None:
    """Wait until nothing is trained."""
    qtbot.waitUntil(lambda: not studio.desk.busy, timeout=PATIENCE)


def test_a_finished_run_brings_its_model(opened: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.desk.finished, timeout=PATIENCE) as finished:
        run = opened.desk.start(wish())
    assert (finished.args or [""])[0] == run
    assert sorted(m.name for m in opened.session.project.models.values()) == ["foxes-vae", "owls"]
    rest(opened, qtbot)
    view = view_of(opened, run)
    assert (view.state, view.step, view.ours) == ("finished", 12, False)


def test_what_cannot_be_trained_is_told(opened: Studio, told: list[object]) -> None:
    assert opened.desk.start(TrainingWish(collection="nothing", family="image-vae")) == ""
    assert isinstance(told[0], StudioError)
    assert opened.runs.all == []


def test_runs_wait_for_one_another(opened: Studio, qtbot: QtBot) -> None:
    runs = [opened.desk.start(wish(name=f"owls-{number}")) for number in range(3)]
    assert [view_of(opened, run).waiting for run in runs] == [0, 1, 2]
    assert opened.runs.current is view_of(opened, runs[0])
    with qtbot.waitSignal(opened.desk.rested, timeout=PATIENCE):
        opened.desk.stop(runs[1])
        assert [view_of(opened, run).waiting for run in runs] == [0, 0, 1]
    assert [view_of(opened, run).state for run in runs] == ["finished", "queued", "finished"]


def test_stopped_early_and_gone_on(opened: Studio, qtbot: QtBot) -> None:
    run = opened.desk.start(wish(LONG))
    wait_for(opened, qtbot, run, "running")
    opened.desk.stop(run)
    rest(opened, qtbot)
    assert view_of(opened, run).state == "stopped"
    before = len(opened.session.project.models)
    opened.desk.resume(run)
    wait_for(opened, qtbot, run, "running")
    opened.desk.stop(run)
    rest(opened, qtbot)
    assert len(opened.session.project.models) >= before


def test_a_crash_is_told_and_offered(opened: Studio, told: list[object], qtbot: QtBot) -> None:
    run = opened.desk.start(wish(40, name="dies"))
    rest(opened, qtbot)
    view = view_of(opened, run)
    assert view.state == "crashed"
    assert view.error is not None
    assert told == [view.error]
    assert opened.runs.offers == [view]
    opened.desk.resume(run)
    assert view.error is None
    rest(opened, qtbot)
    assert view_of(opened, run).state == "finished"
    assert opened.runs.offers == []


def test_closing_the_project_suspends_and_it_is_offered_again(
    opened: Studio, project: Path, qtbot: QtBot
) -> None:
    run, waits = opened.desk.start(wish(LONG)), opened.desk.start(wish())
    wait_for(opened, qtbot, run, "running")
    opened.session.close()
    assert opened.runs.all == []
    rest(opened, qtbot)
    opened.session.open(project, wait=True)
    qtbot.waitUntil(lambda: len(opened.runs.offers) == 2, timeout=PATIENCE)
    assert {view.id: view.state for view in opened.runs.offers} == {
        run: "suspended",
        waits: "queued",
    }


def test_closing_the_studio_suspends(opened: Studio, qtbot: QtBot) -> None:
    run = opened.desk.start(wish(LONG))
    wait_for(opened, qtbot, run, "running")
    view = view_of(opened, run)
    opened.close()
    assert view.state == "suspended"
    assert not opened.desk.busy


def test_a_run_that_goes_on_is_not_removed(opened: Studio, qtbot: QtBot) -> None:
    run = opened.desk.start(wish(LONG))
    wait_for(opened, qtbot, run, "running")
    folder = view_of(opened, run).folder
    opened.desk.remove(run)
    assert folder.is_dir()
    opened.desk.stop(run)
    rest(opened, qtbot)
    opened.desk.remove(run)
    assert not folder.exists()
    assert opened.runs.get(run) is None


def test_a_broken_run_is_shown_with_its_problem(opened: Studio, qtbot: QtBot) -> None:
    run = opened.desk.start(wish())
    rest(opened, qtbot)
    (view_of(opened, run).folder / "spec.json").write_text("{torn")
    with qtbot.waitSignal(opened.runs.changed, timeout=PATIENCE):
        opened.runs.refresh()
    view = view_of(opened, run)
    assert view.problem
    assert not view.can_go_on


def test_what_is_unknown_is_passed_over(opened: Studio, told: list[object]) -> None:
    desk = opened.desk
    for deed in (desk.resume, desk.pause, desk.go_on, desk.snapshot, desk.stop, desk.remove):
        deed("nothing")
    assert told == []


def test_the_newest_forecast_wins(opened: Studio, qtbot: QtBot) -> None:
    ready: list[object] = []
    opened.forecaster.ready.connect(ready.append)
    for _ in range(3):
        opened.forecaster.ask(wish())
    qtbot.waitUntil(lambda: bool(ready), timeout=PATIENCE)
    opened.forecaster.close()
    assert len(ready) == 1


def test_a_forecast_that_is_given_up_is_not_told(opened: Studio, qtbot: QtBot) -> None:
    heard: list[object] = []
    opened.forecaster.ready.connect(heard.append)
    opened.forecaster.failed.connect(heard.append)
    opened.forecaster.ask(wish())
    opened.forecaster.cancel()
    opened.forecaster.close()
    assert heard == []
    opened.forecaster.ask(TrainingWish(collection="nothing", family="image-vae"))
    assert isinstance(heard[0], StudioError)


def test_a_proposal_is_taken_once(opened: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.desk.proposed):
        opened.desk.propose(parent="model")
    assert opened.desk.take_proposal().parent == "model"
    assert opened.desk.take_proposal().parent == ""
