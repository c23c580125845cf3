"""What reaches the parent and the run's folder, and how often."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import AnyAnswer, Failed, MediaOut, Preview, Progress, Result
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.worker.reporter import Reporter

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.wire import Payload


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Parent:
    """Takes what is sent, unless it has gone."""

    def __init__(self) -> None:
        self.heard: list[tuple[AnyAnswer, Payload]] = []
        self.gone = False

    def __call__(self, message: AnyAnswer, payload: Payload) -> bool:
        if not self.gone:
            self.heard.append((message, payload))
        return not self.gone

    def types(self) -> list[str]:
        return [message.type for message, _ in self.heard]

    def steps(self) -> list[int]:
        return [m.step for m, _ in self.heard if isinstance(m, Progress)]


@pytest.fixture
def parent() -> Parent:
    return Parent()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reporter(parent: Parent, clock: Clock) -> Reporter:
    return Reporter(parent, clock=clock)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = tmp_path / "r1"
    folder.mkdir()
    return RunFolder(folder)


def test_progress_is_held_back_but_the_last_is_told(
    reporter: Reporter, parent: Parent, clock: Clock
) -> None:
    for step in range(1, 31):
        reporter.progress(step, 1000, seconds=0.0)
        clock.now += 1 / 64  # exact in binary, and no multiple of it is the limit itself
    reporter.state("paused")
    assert parent.steps() == [1, 8, 15, 22, 29, 30]
    assert parent.types()[-1] == "state"


def test_the_final_step_is_always_told(reporter: Reporter, parent: Parent) -> None:
    for step in (1, 2, 3):
        reporter.progress(step, 3, seconds=0.0)
    assert parent.steps() == [1, 3]


def test_losses_that_are_no_numbers_are_left_out(reporter: Reporter, parent: Parent) -> None:
    reporter.progress(1, 1, seconds=0.0, losses={"a": 1.0, "b": math.nan, "c": math.inf})
    message = parent.heard[0][0]
    assert isinstance(message, Progress)
    assert message.losses == {"a": 1.0}


def test_the_folder_gets_less_progress_and_all_else(
    reporter: Reporter, clock: Clock, run: RunFolder
) -> None:
    reporter.record_in(run)
    reporter.state("running")
    for step in range(1, 31):
        reporter.progress(step, 1000, seconds=0.0)
        clock.now += 0.125
    reporter.result({"steps": 30})
    written = [event.message for event in run.events()]
    assert [m.step for m in written if isinstance(m, Progress)] == [1, 9, 17, 25, 30]
    assert written[-1] == Result(values={"steps": 30})
    assert run.state() == "finished"


@pytest.mark.parametrize("state", ["stopped", "suspended", "finished"])
def test_a_result_keeps_the_state_that_was_told(
    reporter: Reporter, run: RunFolder, state: str
) -> None:
    reporter.record_in(run)
    reporter.state(state)  # type: ignore[arg-type]
    reporter.result()
    assert run.state() == state


def test_a_failure_is_recorded(reporter: Reporter, run: RunFolder) -> None:
    reporter.record_in(run)
    reporter.failed(Failed(happened="Oh."))
    assert run.state() == "failed"
    assert reporter.ended


def test_pictures_travel_as_payload(reporter: Reporter, parent: Parent) -> None:
    picture = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    reporter.media(0, 1, picture[:, ::-1], seed=5, code=b"abc")
    message, payload = parent.heard[0]
    assert message == MediaOut(index=0, count=1, shape=(2, 4, 3), seed=5, code=b"abc")
    assert bytes(payload) == picture[:, ::-1].tobytes()


@pytest.mark.parametrize("picture", [np.zeros((2, 2, 3)), np.zeros((2, 2), np.uint8)])
def test_only_pictures_are_pictures(reporter: Reporter, picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8"):
        reporter.media(0, 1, picture)


def test_without_a_listener_pictures_end_the_job_and_training_goes_on(
    reporter: Reporter, parent: Parent, run: RunFolder
) -> None:
    parent.gone = True
    reporter.record_in(run)
    reporter.state("running")
    reporter.progress(1, 2, seconds=0.0)
    reporter.snapshot(1, "0" * 64, "snapshots/1")
    with pytest.raises(StudioError, match="gone"):
        reporter.media(0, 1, np.zeros((1, 1, 3), np.uint8))
    with pytest.raises(StudioError, match="gone"):
        reporter.code("0" * 64, "z", b"")
    assert "snapshot" in [event.message.type for event in run.events()]


def test_previews_are_kept(reporter: Reporter, parent: Parent, run: RunFolder) -> None:
    from PIL import Image

    picture = np.full((4, 6, 3), 200, np.uint8)
    reporter.record_in(run)
    reporter.preview(12, picture)
    message = parent.heard[0][0]
    assert message == Preview(step=12, shape=(4, 6, 3), file="previews/00000012.png")
    with Image.open(run.path / message.file) as kept:
        assert np.array_equal(np.asarray(kept.convert("RGB")), picture)


def test_a_disk_that_refuses_costs_the_record_only(
    reporter: Reporter, parent: Parent, run: RunFolder, caplog: pytest.LogCaptureFixture
) -> None:
    reporter.record_in(run)
    (run.path / "events.jsonl").mkdir()
    reporter.state("running")
    assert parent.types() == ["state"]
    assert "not recorded" in caplog.text
