"""The window killed while it edits and trains: its last second is lost at most, and no training."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from aigc_studio.base.locks import is_held
from aigc_studio.document.store import Store
from aigc_studio.jobs.runs import list_runs
from aigc_studio.studio.settings import load
from aigc_studio.ui.places.glance import OFFERED
from tests.e2e.conftest import SOAK, WISH, asked
from tests.e2e.driven_window import TICK_MS, digest
from tests.e2e.watching import PATIENCE, gone, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.jobs.runs import RunFolder
    from tests.e2e.conftest import Trained, Undisturbed

KILLS = SOAK if SOAK > 1 else 2
MOST_LOST = 1.0
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


@dataclass(frozen=True)
class Told:
    """One line of the driven window: when (monotonic), and what the project was then."""

    at: float
    digest: str


@dataclass
class Window:
    """The driven window's process."""

    process: subprocess.Popen[bytes]
    output: Path

    def told(self) -> list[Told]:
        """Every whole line so far."""
        lines = self.output.read_bytes().split(b"\n")[:-1]
        return [Told(line["at"], line["is"]) for line in map(json.loads, lines)]

    def kill(self) -> float:
        """SIGKILL; answers when."""
        assert self.process.poll() is None, "it ended by itself"
        now = time.monotonic()
        self.process.kill()
        self.process.wait()
        return now


@contextlib.contextmanager
def driven(project: Path, folder: Path, seed: int) -> Iterator[Window]:
    """The window, driven by this seed; its settings lie in `folder`."""
    output = folder / f"told-{seed}.jsonl"
    variables = {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    words = [str(project), json.dumps(WISH), str(seed)]
    line = [sys.executable, "-m", "tests.e2e.driven_window", *words]
    with (
        output.open("wb") as told,
        (folder / f"log-{seed}").open("wb") as log,
        subprocess.Popen(line, stdout=told, stderr=log, env=os.environ | variables) as process,
    ):
        try:
            yield Window(process, output)
        finally:
            process.kill()


def lost(found: str, told: list[Told], killed: float) -> float:
    """How many seconds of edits are missing; what is there must have been there before."""
    index = max((n for n, each in enumerate(told) if each.digest == found), default=None)
    assert index is not None, "the project is as it never was"
    return killed - told[index + 1].at if index + 1 < len(told) else 0.0


def stalled(told: list[Told]) -> float:
    """How long the machine let the window itself wait, at worst: so may it the journal."""
    pauses = (after.at - before.at for before, after in itertools.pairwise(told))
    return max(max(pauses, default=0.0) - TICK_MS / 1000, 0.0)


@pytest.fixture
def playable(trained: Trained, tmp_path: Path) -> Path:
    """A project with discs and a model to play."""
    return shutil.copytree(trained.project, tmp_path / "Discs.aigc")


@pytest.mark.soak
@pytest.mark.timeout(PATIENCE * (KILLS + 3))
def test_a_killed_window_loses_a_second_at_most_and_no_training(
    playable: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    dice = random.Random(20261124)
    runs: set[str] = set()
    for seed in range(KILLS):
        with driven(playable, tmp_path, seed) as window:
            until(lambda: len(window.told()) > 5, "edits")
            if seed == 0:
                until(lambda: any(map(steps, list_runs(playable / "runs"))), "a run with steps")
            time.sleep(dice.uniform(0, 4))
            children = psutil.Process(window.process.pid).children(recursive=True)
            killed = window.kill()
        until(functools.partial(all_gone, children), "no orphan")
        check_edits(playable, window.told(), killed)
        check_settings(playable, tmp_path)
        runs = check_runs(playable, runs)
    for run in list_runs(playable / "runs"):
        if run.state() != "finished":
            values = asked("runs", playable, "resume", run.id)
            assert values["model_id"] == undisturbed.model_id
    found = asked("project", "check", playable)["problems"]
    assert [each for each in found if each["weight"] != "note"] == []


def all_gone(children: list[psutil.Process]) -> bool:
    """Whether nothing is left of what the window had started."""
    return all(gone(child) for child in children)


def steps(run: RunFolder) -> bool:
    """Whether a run goes on and has a checkpoint to lose."""
    return run.state() == "running" and bool(run.checkpoints())


def check_edits(project: Path, told: list[Told], killed: float) -> None:
    """The project opens as it was at most a second before; told is what the machine added."""
    with Store.open(project) as store:
        found = digest(store.project)
        assert not store.missing
    missing, stall = lost(found, told, killed), stalled(told)
    print(f"{len(told)} edits, lost {missing:.2f} s, longest stall {stall:.2f} s")  # noqa: T201
    assert missing <= MOST_LOST + stall


def check_settings(project: Path, folder: Path) -> None:
    """They are whole."""
    file = folder / "aigc-studio" / "settings.json"
    assert not file.with_name("settings.json.broken").exists()
    assert load(file).recent[0].path == str(project)


def check_runs(project: Path, known: set[str]) -> set[str]:
    """Every run is there, and finished or offered to go on; answers their ids."""
    found = list_runs(project / "runs")
    assert known <= {run.id for run in found}
    for run in found:
        assert not is_held(run.path / "lock")
        assert run.state() in {"finished"} | OFFERED
    return {run.id for run in found}
