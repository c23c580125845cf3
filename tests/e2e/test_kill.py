"""Kills at random moments: the parent is told in words, and the run ends with the same bytes."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.conftest import LONG, SOAK, STEPS, asked, studio
from tests.e2e.watching import (
    A_MOMENT,
    PATIENCE,
    gone,
    meanwhile,
    newest,
    stepping,
    until,
    worker_of,
)

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
        end = time.monotonic() + seconds
        while time.monotonic() < end and not gone(worker):  # it may finish before
            time.sleep(A_MOMENT)
        with contextlib.suppress(psutil.NoSuchProcess):
            worker.kill()

    with meanwhile(project, kill):
        return studio(*words)


@pytest.mark.soak
def test_a_run_killed_at_any_moment_ends_with_the_same_bytes(
    fresh: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    dice = random.Random(20261123)
    kills = runs = 0
    share = 0.8  # of the undisturbed run's time, which other work may have made longer
    while kills < KILLS:
        assert runs < 3 * KILLS + 4, "it is always too late"
        before = kills
        project = shutil.copytree(fresh, tmp_path / f"{runs}.aigc")
        words: tuple[object, ...] = ("train", project, "--collection", "discs", *LONG)
        seconds = share * undisturbed.seconds
        while not ends(called := killed_after(project, dice.uniform(0, seconds), *words)):
            kills += 1
            words = ("runs", project, "resume", crashed(project, called), "--json")
            seconds = seconds if kills < KILLS else PATIENCE
        runs += 1
        share = share if kills > before else share / 2
        assert (called.values["state"], called.values["steps"]) == ("finished", STEPS)
        assert called.values["model_id"] == undisturbed.model_id


def crashed(project: Path, called: Called) -> str:
    """The run that a kill ended: it is listed as one that can go on, and the project is sound."""
    listed = asked("runs", project, "list")["runs"]
    assert [each["state"] for each in listed] == ["crashed"]
    assert asked("project", "check", project)["problems"] == []
    if newest(project).checkpoints():
        assert f"resume {listed[0]['run']}" in called.error["todo"]
    return str(listed[0]["run"])


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
    until(lambda: gone(worker), "the orphan's end")


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
