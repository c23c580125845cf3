"""The window ended by the system: it asks nothing, it goes, and everything is kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aigc_studio.document import starter_copies
from aigc_studio.document.store import Store
from tests.e2e.ended_window import NAME
from tests.e2e.watching import PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signal")


def ended(project: str, folder: Path, state: str, number: signal.Signals) -> int:
    """Let the window come into a state, then tell it to end; its exit code."""
    variables = {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder),
        "HOME": str(folder),
    }
    line = [sys.executable, "-m", "tests.e2e.ended_window", project, str(folder), state]
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=os.environ | variables) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().decode().strip() == state
            process.send_signal(number)
            return process.wait(PATIENCE)
        finally:
            process.kill()


def collection_of(project: Path) -> str:
    """The name of its first collection, and that it is open nowhere else."""
    with Store.open(project) as store:
        return next(iter(store.project.collections.values())).name


@pytest.mark.parametrize("state", ["changed", "asking", "naming"])
def test_a_starter_stays_to_go_on_with(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    shutil.copytree(fresh, tmp_path / "starter" / "project" / "Starter.aigc")
    assert ended("starter", tmp_path, state, signal.SIGTERM) == 0
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (left,) = starter_copies.left()
    assert left.unsaved == 1
    assert collection_of(left.folder) == NAME


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_project_is_saved(project: Path, tmp_path: Path, number: signal.Signals) -> None:
    assert ended(str(project), tmp_path, "changed", number) == 0
    with Store.open(project) as store:
        assert store.recovered == 0
    assert collection_of(project) == NAME
