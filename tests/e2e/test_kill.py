"""Kills at random moments: the parent is told in words, and the run ends with the same bytes."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.conftest import LONG, SOAK, STEPS, asked, studio
from tests.e2e.watching import meanwhile, newest, stepping, until, worker_of

if TYPE_CHECKING:
    from aigc_studio.jobs.runs import RunFolder
    from tests.cli.conftest import Called
    from tests.e2e.conftest import Undisturbed

KILLS = SOAK
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


def ends(called: Called) -> bool:
    """Whether a run ended; what was killed must say so, and how to go on."""
    if called.code == 0:
        return True
    assert called.error["kind"] == "crashed"
    assert "SIGKILL" in called.error["happened"]
    assert called.error["kept"]
    return False


def killed_after(project: Path, seconds: float, *words: object) -> Called:
    """Call the command line, and kill the worker it starts after some time of work."""

    def kill(run: RunFolder) -> None:
        worker = worker_of(run)
        time.sleep(seconds)
        with contextlib.suppress(psutil.NoSuchProcess):  # it may have finished
            worker.kill()

    with meanwhile(project, kill):
        return studio(*words)


@pytest.mark.soak
def test_a_run_killed_at_any_moment_ends_with_the_same_bytes(
    project: Path, undisturbed: Undisturbed
) -> None:
    dice = random.Random(20261123)
    kills = finished = 0
    words: tuple[object, ...] = ("train", project, "--collection", "discs", *LONG)
    while kills < KILLS:
        called = killed_after(project, dice.uniform(0, 0.8 * undisturbed.seconds), *words)
        if ends(called):
            assert called.values["model_id"] == undisturbed.model_id
            finished += 1
            assert finished < 3 * KILLS, "it is always too late"
            words = ("train", project, "--collection", "discs", *LONG)
            continue
        kills += 1
        listed = asked("runs", project, "list")["runs"][-1]
        assert listed["state"] == "crashed"
        assert asked("project", "check", project)["problems"] == []
        words = ("runs", project, "resume", listed["run"], "--json")
    values = asked(*words[:-1])
    assert (values["state"], values["steps"]) == ("finished", STEPS)
    assert values["model_id"] == undisturbed.model_id


def test_a_kill_amid_training_goes_on_from_a_checkpoint(
    project: Path, undisturbed: Undisturbed
) -> None:
    def kill(run: RunFolder) -> None:
        stepping(run)
        worker_of(run).kill()

    with meanwhile(project, kill):
        called = studio("train", project, "--collection", "discs", *LONG)
    run = newest(project)
    assert not ends(called)
    assert f"resume {run.id}" in called.error["todo"]
    values = asked("runs", project, "resume", run.id)
    assert 0 < values["resumed_from"] < STEPS
    assert values["model_id"] == undisturbed.model_id


def test_a_worker_whose_parent_is_killed_ends_itself_and_can_go_on(
    project: Path, undisturbed: Undisturbed
) -> None:
    words = [str(word) for word in ("train", project, "--collection", "discs", *LONG)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "aigc_studio", *words]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        run = newest(project)
        stepping(run)
        worker = worker_of(run)
        parent.kill()
    # At once: the resumed session waits until the orphan has let go.
    values = asked("runs", project, "resume", run.id)
    assert values["resumed_from"] > 0
    assert values["model_id"] == undisturbed.model_id
    until(lambda: not worker.is_running() or worker.status() == "zombie", "the orphan's end")


def test_everything_killed_at_once_can_go_on(project: Path, undisturbed: Undisturbed) -> None:
    words = [str(word) for word in ("train", project, "--collection", "discs", *LONG)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "aigc_studio", *words]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        run = newest(project)
        stepping(run)
        worker = worker_of(run)
        parent.kill()
        worker.kill()
    until(lambda: run.state() == "crashed", "a crashed run")
    values = asked("runs", project, "resume", run.id)
    assert 0 < values["resumed_from"] < STEPS
    assert values["model_id"] == undisturbed.model_id
