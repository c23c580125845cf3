"""Two ranks under torchrun, as `train --gpus 2` starts them, here with processes on the CPU."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs import launch
from aigc_studio.jobs.messages import Progress
from aigc_studio.jobs.runner import JobOutcome, resume_training
from aigc_studio.jobs.runs import RunFolder
from tests.ml.helpers import options
from tests.worker.test_training_parts import training

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigc_studio.jobs.child import Event

STEPS = 30
pytestmark = pytest.mark.skipif(os.name == "nt", reason="torchrun on Windows is not supported")


@pytest.fixture(autouse=True)
def without_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "require_gpus", lambda wanted: None)


def begun(project: Path) -> RunFolder:
    """A run for two ranks that no worker has seen yet."""
    spec = training(project, gpus=2, steps=STEPS)
    run = RunFolder(spec.folder)
    wishes = options(batch=8, checkpoint_seconds=0.2)
    run.write_spec(spec.model_copy(update={"options": wishes}))
    return run


def gone_on(run: RunFolder, act: Callable[[], object] | None = None, **ways: Any) -> JobOutcome:
    """A session of a run; `act` is called once it makes steps."""
    left = [act] if act else []

    def heard(event: Event) -> None:
        message = event.message
        if left and isinstance(message, Progress) and message.activity == "training":
            left.pop()()

    try:
        return resume_training(run, on_event=heard, **ways)
    finally:
        assert not ranks(run)


def ranks(run: RunFolder) -> dict[str, psutil.Process]:
    """The processes that train a run, by their ranks."""
    found = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if str(run.path) in process.cmdline() and "RANK" in process.environ():
                found[process.environ()["RANK"]] = process
    return found


def test_a_team_stopped_and_bereft_ends_with_the_bytes_of_an_undisturbed_one(
    tmp_path: Path,
) -> None:
    whole = gone_on(begun(tmp_path / "whole"))
    assert (whole.state, whole.values["steps"]) == ("finished", STEPS)
    assert (tmp_path / "whole/runs/r1/model/card.json").is_file()

    run, stop = begun(tmp_path / "parts"), threading.Event()

    def bereave() -> None:
        ranks(run)["1"].kill()

    stopped = gone_on(run, stop.set, cancel=stop)
    assert stopped.state == "stopped"
    assert stopped.values["model"] != whole.values["model"]
    with pytest.raises(StudioError, match="Another process") as caught:
        gone_on(run, bereave)
    assert caught.value.kind == "crashed"
    assert run.state() == "failed"
    last = gone_on(run)
    assert (last.state, last.values["model"]) == ("finished", whole.values["model"])
    assert 0 < int(str(last.values["resumed_from"])) < STEPS
