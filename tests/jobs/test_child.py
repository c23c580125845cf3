"""A worker process of ours: what it prints, how it dies, and that nothing is left of it."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.child import Child
from aigc_studio.jobs.messages import AnyAnswer, Failed, Result

if TYPE_CHECKING:
    from tests.jobs.conftest import Deeds


def _answer(child: Child) -> AnyAnswer:
    event = child.receive()
    assert event is not None
    return event.message


def test_answers_carry_the_stamp_of_their_request(child: Child, do: Deeds) -> None:
    stamps = [child.send(do("echo"), b"12345"), child.send(do("nothing"))]
    first, second = child.receive(), child.receive()
    assert first is not None
    assert second is not None
    assert [first.stamp, second.stamp] == stamps
    assert first.message == Result(values={"payload": 5, "argument": ""})
    assert second.message == Result()


def test_prints_become_log_and_spoil_nothing(child: Child, do: Deeds) -> None:
    child.send(do("prints"))
    assert _answer(child) == Result()
    child.close()
    assert child.log_lines() == ["from python", "from a C library", "from a grandchild"]


def test_requests_cannot_be_eaten_through_stdin(child: Child, do: Deeds) -> None:
    child.send(do("stdin"))
    assert _answer(child) == Result(values={"read": "", "descriptor": ""})


@pytest.mark.parametrize("deed", ["raise", "memory", "torch-memory", "cpu-memory", "studio-error"])
def test_the_worker_outlives_a_failed_request(child: Child, do: Deeds, deed: str) -> None:
    child.send(do(deed))
    failed = _answer(child)
    assert isinstance(failed, Failed)
    assert failed.kind == {"raise": "failed", "studio-error": "input"}.get(deed, "memory")
    assert bool(failed.detail) is (deed != "studio-error")
    child.send(do("nothing"))
    assert _answer(child) == Result()


@pytest.mark.parametrize(
    ("deed", "words"),
    [("sigkill", "SIGKILL"), ("sigsegv", "SIGSEGV"), ("exit", "exit code 7")],
)
def test_death_is_told_in_words(child: Child, do: Deeds, deed: str, words: str) -> None:
    child.send(do(deed))
    for _ in range(2):
        with pytest.raises(StudioError, match=words) as caught:
            child.receive()
        assert caught.value.kind == "crashed"
        assert caught.value.kept
        assert caught.value.todo
    with pytest.raises(StudioError, match=words):
        child.send(do("nothing"))
    child.command("stop")


def test_last_log_lines_come_with_the_crash(child: Child, do: Deeds) -> None:
    child.send(do("sigkill"))
    with pytest.raises(StudioError) as caught:
        child.receive()
    assert "last words" in caught.value.__notes__[0]


def test_a_segfault_leaves_a_trace(child: Child, do: Deeds) -> None:
    child.send(do("sigsegv"))
    with pytest.raises(StudioError) as caught:
        child.receive()
    assert "_fail" in caught.value.__notes__[0]


def test_events_end_with_the_worker(fake_worker: list[str], do: Deeds) -> None:
    with Child([*fake_worker, "--once"]) as child:
        child.send(do("frames", 3))
        kinds = [event.message.type for event in child.events()]
        assert kinds == ["media", "media", "media", "result"]
        assert list(child.events()) == []


@pytest.mark.parametrize("deed", ["until-wished", "deaf", "deaf-to-all"])
def test_close_leaves_nothing_behind(
    fake_worker: list[str], do: Deeds, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigc_studio.jobs.child.TERMINATE_SECONDS", 0.2)
    before = threading.active_count()
    with Child(fake_worker) as child:
        child.send(do(deed))
        child.receive()
        child.close(grace=5.0 if deed == "until-wished" else 0.1)
        assert not child.alive
    assert not psutil.pid_exists(child.pid)
    assert threading.active_count() == before


@pytest.mark.skipif(os.name == "nt", reason="no sessions there")
def test_force_reaches_processes_in_sessions_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aigc_studio.jobs.child.TERMINATE_SECONDS", 0.2)
    sleeper = "[sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True"
    code = f"import signal, subprocess, sys; signal.signal(15, 1); subprocess.run({sleeper})"
    with Child([sys.executable, "-c", code]) as child:
        while not (others := psutil.Process(child.pid).children()):
            time.sleep(0.01)
        child.close(grace=0.1)
    assert psutil.wait_procs(others, timeout=5)[1] == []


def test_close_wakes_who_waits_and_drops_what_nobody_takes(
    fake_worker: list[str], do: Deeds
) -> None:
    with Child(fake_worker) as child:
        child.send(do("frames", 200))
        child.close(grace=20.0)
        # A reader that slept through it wakes up to an end, not to silence.
        assert all(event.message.type == "media" for event in child.events())


def test_a_worker_that_cannot_start_is_told() -> None:
    with pytest.raises(StudioError, match="cannot be started"):
        Child(["/does/not/exist"])


def test_a_program_that_is_no_worker_is_told() -> None:
    with Child([sys.executable, "-c", "print('hello, this is not a frame')"]) as child:
        with pytest.raises(StudioError) as caught:
            child.receive()
        assert "refused" in caught.value.__notes__[0]
