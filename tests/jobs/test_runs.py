"""A run's folder: what is kept, what its state is, and that it may move."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import Progress, Result, State, StateChanged
from aigc_studio.jobs.queue import next_queued
from aigc_studio.jobs.runs import RunFolder, list_runs, new_run_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.jobs.conftest import Trainings


def _with_state(run: RunFolder, state: State) -> None:
    run.event_log().append(StateChanged(state=state))


def test_spec_round_trip(training: Trainings) -> None:
    spec = training()
    assert RunFolder.create(spec).spec() == spec


def test_spec_holds_no_absolute_path(training: Trainings, project: Path) -> None:
    text = (RunFolder.create(training()).path / "spec.json").read_text()
    assert str(project) not in text
    assert f"assets/{'ab' * 32}.png" in text


def test_a_moved_project_resumes_where_it_lies(
    training: Trainings, project: Path, tmp_path: Path
) -> None:
    RunFolder.create(training())
    moved = tmp_path / "elsewhere" / "B.aigc"
    shutil.move(project, moved)
    spec = RunFolder(moved / "runs" / "r1").spec()
    assert spec.folder == moved / "runs" / "r1"
    assert spec.data.items[0].path.parent == moved / "assets"
    assert spec.parent is not None
    assert spec.parent.path.is_relative_to(moved / "models")


def test_files_outside_the_project_are_refused(training: Trainings, tmp_path: Path) -> None:
    spec = training()
    item = spec.data.items[0].model_copy(update={"path": tmp_path / "mine.png"})
    outside = spec.model_copy(update={"data": spec.data.model_copy(update={"items": (item,)})})
    with pytest.raises(StudioError, match="not part of the project"):
        RunFolder.create(outside)
    assert not spec.folder.exists()


@pytest.mark.parametrize("path", ["../../secret", "/etc/passwd", "assets/../../x"])
def test_hostile_paths_in_a_spec_are_refused(training: Trainings, path: str) -> None:
    run = RunFolder.create(training())
    file = run.path / "spec.json"
    spec = json.loads(file.read_bytes())
    spec["data"]["items"][0]["path"] = path
    file.write_text(json.dumps(spec))
    with pytest.raises(StudioError) as caught:
        run.spec()
    assert caught.value.kind == "hostile"


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"kind": NaN}'])
def test_a_damaged_spec_is_refused_in_words(training: Trainings, text: str) -> None:
    run = RunFolder.create(training())
    (run.path / "spec.json").write_text(text)
    with pytest.raises(StudioError):
        run.spec()


def test_a_spec_of_another_run_is_refused(training: Trainings, project: Path) -> None:
    run = RunFolder.create(training())
    run.path.rename(project / "runs" / "r2")
    with pytest.raises(StudioError, match="belongs to"):
        RunFolder(project / "runs" / "r2").spec()


def test_missing_and_doubled_runs_are_told(training: Trainings, project: Path) -> None:
    with pytest.raises(StudioError, match="no run"):
        RunFolder(project / "runs" / "none").spec()
    RunFolder.create(training())
    with pytest.raises(StudioError, match="exists already"):
        RunFolder.create(training())


def test_write_spec_replaces(training: Trainings) -> None:
    run = RunFolder.create(training())
    run.write_spec(run.spec().model_copy(update={"steps": 77}))
    assert run.spec().steps == 77


@pytest.mark.parametrize("state", ["finished", "stopped", "suspended", "failed"])
def test_ended_states_are_told_by_the_last_event(training: Trainings, state: State) -> None:
    run = RunFolder.create(training())
    assert run.state() == "queued"
    _with_state(run, "running")
    assert run.state() == "crashed"
    _with_state(run, state)
    assert run.state() == state


@pytest.mark.parametrize("state", ["starting", "running", "paused", "stopping"])
def test_living_states_need_the_lock(training: Trainings, state: State) -> None:
    run = RunFolder.create(training())
    with run.lock():
        assert run.state() == "starting"
        _with_state(run, state)
        assert run.state() == state
    assert run.state() == "crashed"


def test_a_resumed_run_is_not_its_old_state(training: Trainings) -> None:
    run = RunFolder.create(training())
    _with_state(run, "stopped")
    with run.lock():
        assert run.state() == "starting"


def test_torn_lines_are_passed_over_and_mended(training: Trainings) -> None:
    run = RunFolder.create(training())
    run.event_log().append(StateChanged(state="running"))
    file = run.path / "events.jsonl"
    with file.open("ab") as torn:
        torn.write(file.read_bytes()[:30])
    assert [event.message for event in run.events()] == [StateChanged(state="running")]
    run.event_log().append(Result(values={"steps": 3}))
    assert [event.message.type for event in run.events()] == ["state", "result"]


def test_last_progress_is_found_far_back(training: Trainings) -> None:
    run = RunFolder.create(training())
    assert run.last_progress() is None
    log = run.event_log()
    progress = Progress(step=5, total=10, seconds=1.0, losses={"loss": 0.5})
    log.append(progress)
    for _ in range(100):
        log.append(Result(values={"text": "x" * 1000}))
    assert run.last_progress() == progress


def test_checkpoints_by_step_without_unfinished_ones(training: Trainings) -> None:
    run = RunFolder.create(training())
    for name in ("900", "1000", ".part-7"):
        (run.checkpoints_folder / name).mkdir()
    assert [path.name for path in run.checkpoints()] == ["900", "1000"]


def test_queue_is_the_oldest_run_that_has_not_started(training: Trainings, project: Path) -> None:
    runs = project / "runs"
    assert next_queued(runs) is None
    first, second = (
        RunFolder.create(training(name)) for name in ("20260101-0000-b", "20260101-0001-a")
    )
    assert [run.id for run in list_runs(runs)] == [first.id, second.id]
    _with_state(first, "finished")
    queued = next_queued(runs)
    assert queued is not None
    assert queued.id == second.id


@pytest.mark.parametrize(
    ("name", "slug"),
    [("My Foxes!", "my-foxes"), ("狐狸", "run"), ("../../x", "x"), ("a" * 99, "a" * 24)],
)
def test_run_ids_are_readable_and_harmless(name: str, slug: str) -> None:
    first, second = new_run_id(name), new_run_id(name)
    assert f"-{slug}-" in first
    assert first != second
    assert set(first) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_requests_are_written_and_forgotten(training: Trainings) -> None:
    run = RunFolder.create(training())
    run.request("stop")
    assert run.control_file.read_text() == "stop"
    run.forget_requests()
    run.forget_requests()
    assert not run.control_file.exists()
