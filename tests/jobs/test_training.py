"""Training runs in a real child: states, wishes by pipe and by file, deaths and resumes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.child import Child
from aigc_studio.jobs.launch import training_command
from aigc_studio.jobs.messages import Action, Progress, Snapshot, StateChanged
from aigc_studio.jobs.runner import Event, resume_training, run_training
from aigc_studio.jobs.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.jobs.messages import AnyAnswer
    from tests.jobs.conftest import Trainings

PARENT = """
import sys
from aigc_studio.jobs.child import Child
child = Child(sys.argv[1:])
for event in child.events():
    print(event.message.type, flush=True)
"""


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    return tmp_path / "busy"


def _states(run: RunFolder) -> list[str]:
    return [e.message.state for e in run.events() if isinstance(e.message, StateChanged)]


def _on_first_progress(act: Callable[[], None]) -> Callable[[Event], None]:
    done = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event.message, Progress) and not done.is_set():
            done.set()
            act()

    return listen


def _heard(child: Child, wanted: Callable[[AnyAnswer], bool]) -> AnyAnswer:
    """The first answer of a sort; the limit of the whole test is the only clock."""
    while True:
        event = child.receive()
        if event is not None and wanted(event.message):
            return event.message


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "never happened"
        time.sleep(0.01)


def test_a_run_from_start_to_end(training: Trainings, fake_worker: list[str], flag: Path) -> None:
    spec = training(steps=20)
    outcome = run_training(spec, command=fake_worker, yield_flag=flag)
    run = RunFolder(spec.folder)
    assert outcome.state == run.state() == "finished"
    assert outcome.values == {"steps": 20, "resumed_from": 0}
    assert _states(run) == ["starting", "running", "finished"]
    last = run.last_progress()
    assert last is not None
    assert (last.step, last.losses) == (20, {"loss": 0.05})


@pytest.mark.parametrize(("wish", "state"), [("stop", "stopped"), ("suspend", "suspended")])
def test_wishes_through_the_control_file_and_resume(
    training: Trainings, fake_worker: list[str], flag: Path, wish: Action, state: str
) -> None:
    spec = training()
    run = RunFolder(spec.folder)
    outcome = run_training(
        spec,
        command=fake_worker,
        yield_flag=flag,
        on_event=_on_first_progress(lambda: run.request(wish)),
    )
    assert outcome.state == run.state() == state
    steps = outcome.values["steps"]
    assert isinstance(steps, int)
    run.write_spec(run.spec().model_copy(update={"steps": steps + 5}))
    run.request("stop")  # of yesterday: it must not stop today's session
    again = resume_training(run, command=fake_worker, yield_flag=flag)
    assert again.state == "finished"
    assert again.values == {"steps": steps + 5, "resumed_from": steps}


def test_cancel_stops_and_saves(training: Trainings, fake_worker: list[str], flag: Path) -> None:
    spec, cancel = training(), threading.Event()
    outcome = run_training(
        spec,
        command=fake_worker,
        yield_flag=flag,
        cancel=cancel,
        on_event=_on_first_progress(cancel.set),
    )
    assert outcome.state == "stopped"
    assert RunFolder(spec.folder).checkpoints()


def test_pause_snapshot_and_resume_through_the_pipe(
    training: Trainings, fake_worker: list[str], flag: Path
) -> None:
    run = RunFolder.create(training())
    command = training_command(run.path, gpus=1, yield_flag=flag, worker=fake_worker)
    with Child(command) as child:
        _heard(child, lambda message: message == StateChanged(state="running"))
        child.command("pause")
        _heard(child, lambda message: message == StateChanged(state="paused"))
        child.command("snapshot")
        taken = _heard(child, lambda message: isinstance(message, Snapshot))
        assert isinstance(taken, Snapshot)
        child.command("resume")
        # A pause that went on would let one step pass after the snapshot, never two.
        _heard(child, lambda m: isinstance(m, Progress) and m.step > taken.step + 1)
        child.command("suspend")
        assert [event.message.type for event in child.events()][-1] == "result"
    assert run.state() == "suspended"
    assert any(isinstance(event.message, Snapshot) for event in run.events())


def test_the_end_of_stdin_suspends(training: Trainings, fake_worker: list[str], flag: Path) -> None:
    run = RunFolder.create(training())
    with Child(training_command(run.path, gpus=1, yield_flag=flag, worker=fake_worker)) as child:
        while (event := child.receive()) and not isinstance(event.message, Progress):
            pass
        assert child.close(grace=60) == 0
    assert run.state() == "suspended"


def test_sigterm_suspends(training: Trainings, fake_worker: list[str], flag: Path) -> None:
    run = RunFolder.create(training())
    with Child(training_command(run.path, gpus=1, yield_flag=flag, worker=fake_worker)) as child:
        while (event := child.receive()) and not isinstance(event.message, Progress):
            pass
        os.kill(child.pid, signal.SIGINT)
        os.kill(child.pid, signal.SIGTERM)
        assert [e.message.type for e in child.events()][-1] == "result"
    assert run.state() == "suspended"


def test_a_killed_run_is_crashed_and_resumes(
    training: Trainings, fake_worker: list[str], flag: Path
) -> None:
    spec = training(name="dies")
    with pytest.raises(StudioError, match="SIGKILL"):
        run_training(spec, command=fake_worker, yield_flag=flag)
    run = RunFolder(spec.folder)
    assert run.state() == "crashed"
    run.write_spec(run.spec().model_copy(update={"steps": 5, "name": "lives"}))
    assert resume_training(run, command=fake_worker, yield_flag=flag).state == "finished"


def test_a_failed_run_says_so(training: Trainings, fake_worker: list[str], flag: Path) -> None:
    spec = training(name="fails")
    with pytest.raises(StudioError, match="boom"):
        run_training(spec, command=fake_worker, yield_flag=flag)
    run = RunFolder(spec.folder)
    assert run.state() == "failed"
    assert [event.message.type for event in run.events()][-1] == "failed"


def test_two_workers_never_train_one_run(
    training: Trainings, fake_worker: list[str], flag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunFolder.create(training())
    with run.lock("somebody"), pytest.raises(StudioError, match="somebody") as caught:
        resume_training(run, command=[*fake_worker, "--lock-wait", "0.1"], yield_flag=flag)
    assert caught.value.kind == "busy"
    assert run.state() == "queued"


def test_a_worker_outlives_its_killed_parent_only_to_save(
    training: Trainings, fake_worker: list[str], flag: Path
) -> None:
    run = RunFolder.create(training())
    worker = training_command(run.path, gpus=1, yield_flag=flag, worker=fake_worker)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *worker], stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        while parent.stdout.readline().strip() != b"progress":
            pass
        parent.kill()
    _until(lambda: run.state() not in ("running", "stopping"))
    assert run.state() == "suspended"
    assert run.checkpoints()
