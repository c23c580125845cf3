"""Wishes to a true training run: whatever it is asked on its way, it ends with the same bytes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from safetensors.numpy import load_file

from aigc_studio.base.files import sha256_of
from aigc_studio.jobs.messages import Snapshot
from tests.e2e.conftest import LONG, STEPS, asked, studio
from tests.e2e.watching import meanwhile, newest, stepping, until

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.messages import Action
    from aigc_studio.jobs.runs import RunFolder
    from tests.cli.conftest import Called
    from tests.e2e.conftest import Undisturbed


def train(project: Path) -> Called:
    return studio("train", project, "--collection", "discs", *LONG)


def train_and_wish(project: Path, wish: Action) -> Called:
    """Train, and wish something once the run has made steps."""

    def ask(run: RunFolder) -> None:
        stepping(run)
        run.request(wish)

    with meanwhile(project, ask):
        return train(project)


def snapshots(run: RunFolder) -> list[Snapshot]:
    return [event.message for event in run.events() if isinstance(event.message, Snapshot)]


def step_of(run: RunFolder) -> int:
    return int(run.checkpoints()[-1].stem)


def test_pause_and_snapshot_change_nothing(project: Path, undisturbed: Undisturbed) -> None:
    def ask(run: RunFolder) -> None:
        stepping(run)
        run.request("snapshot")
        until(lambda: snapshots(run), "a snapshot")
        run.request("pause")
        until(lambda: run.state() == "paused", "a pause")
        before = step_of(run)
        time.sleep(0.5)
        assert (run.state(), step_of(run)) == ("paused", before)
        run.request("snapshot")
        until(lambda: len(snapshots(run)) == 2, "a snapshot while paused")
        until(lambda: run.state() == "paused", "a pause that goes on")
        run.request("resume")

    with meanwhile(project, ask):
        values = train(project).values
    assert values["state"] == "finished"
    assert values["model_id"] == undisturbed.model_id
    run = newest(project)
    for snapshot in snapshots(run):
        assert 0 < snapshot.step < STEPS
        assert sha256_of(run.path / snapshot.file) == snapshot.model
        assert "prior.means" in load_file(run.path / snapshot.file)


def test_a_stopped_run_leaves_a_model_and_goes_on(
    project: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    values = train_and_wish(project, "stop").values
    assert values["state"] == "stopped"
    assert values["adopted"]
    assert 0 < values["steps"] < STEPS
    assert values["model_id"] != undisturbed.model_id
    model = asked("models", project, "show", values["model"])
    assert model["card"]["history"][0]["steps"] == values["steps"]
    out = ("--out", tmp_path / "o")
    assert asked("sample", project, "--model", values["model"], *out)["files"]
    error = studio("runs", project, "stop", values["run"], "--json").error
    assert "not going on" in error["happened"]
    resumed = asked("runs", project, "resume", values["run"])
    assert resumed["resumed_from"] == values["steps"]
    assert (resumed["state"], resumed["steps"]) == ("finished", STEPS)
    assert resumed["model_id"] == undisturbed.model_id
    assert len(asked("models", project, "list")["models"]) == 2


def test_a_suspended_run_goes_on_to_the_same_bytes(project: Path, undisturbed: Undisturbed) -> None:
    values = train_and_wish(project, "suspend").values
    assert (values["state"], values["model"], values["adopted"]) == ("suspended", None, False)
    listed = asked("runs", project, "list")["runs"]
    assert [each["state"] for each in listed] == ["suspended"]
    resumed = asked("runs", project, "resume", values["run"])
    assert 0 < resumed["resumed_from"] < STEPS
    assert resumed["steps"] == STEPS
    assert resumed["model_id"] == undisturbed.model_id
    for name in ("seconds", "items_per_second"):
        assert resumed[name] > 0
    assert set(resumed["losses"]) == {"first", "last"}
    assert resumed["metrics"]["psnr"]
