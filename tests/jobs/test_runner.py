"""One job from start to end, and the ways it can be ended early."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs import runner
from aigc_studio.jobs.messages import Progress
from aigc_studio.jobs.runner import Event, run_job

if TYPE_CHECKING:
    from tests.jobs.conftest import Deeds


def test_pictures_are_collected(fake_worker: list[str], do: Deeds) -> None:
    seen: list[Event] = []
    outcome = run_job(do("frames", 3), on_event=seen.append, command=fake_worker)
    assert outcome.state == "finished"
    assert [message.seed for message, _ in outcome.media] == [0, 1, 2]
    for _, picture in outcome.media:
        assert picture.shape == (512, 512, 3)
        assert np.all(picture == 7)
    assert [event.message.type for event in seen] == ["media", "media", "media", "result"]


def test_pictures_can_be_left_to_the_listener(fake_worker: list[str], do: Deeds) -> None:
    assert run_job(do("frames", 2), keep_media=False, command=fake_worker).media == []


def test_values_and_payload(fake_worker: list[str], do: Deeds) -> None:
    outcome = run_job(do("echo", "x"), b"123", command=fake_worker)
    assert outcome.values == {"payload": 3, "argument": "x"}


def test_a_failure_is_raised_in_its_own_words(fake_worker: list[str], do: Deeds) -> None:
    with pytest.raises(StudioError) as caught:
        run_job(do("studio-error"), command=fake_worker)
    assert str(caught.value) == "A. B. C."
    assert caught.value.kind == "input"


def test_a_crash_is_raised(fake_worker: list[str], do: Deeds) -> None:
    with pytest.raises(StudioError, match="SIGKILL") as caught:
        run_job(do("sigkill"), command=fake_worker)
    assert caught.value.kind == "crashed"


def test_an_unexpected_error_brings_its_traceback(fake_worker: list[str], do: Deeds) -> None:
    with pytest.raises(StudioError, match="boom") as caught:
        run_job(do("raise"), command=fake_worker)
    assert "Traceback" in caught.value.__notes__[0]


def test_cancel_stops_politely(fake_worker: list[str], do: Deeds) -> None:
    cancel = threading.Event()
    outcome = run_job(
        do("until-wished"), on_event=lambda _: cancel.set(), cancel=cancel, command=fake_worker
    )
    assert outcome.state == "stopped"
    assert outcome.values == {"wish": "stop"}


def test_cancel_ends_a_deaf_job(
    fake_worker: list[str], do: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "JOB_GRACE", 0.1)
    monkeypatch.setattr("aigc_studio.jobs.child.TERMINATE_SECONDS", 0.2)
    cancel = threading.Event()
    outcome = run_job(
        do("deaf"), on_event=lambda _: cancel.set(), cancel=cancel, command=fake_worker
    )
    assert (outcome.state, outcome.values) == ("stopped", {})


def _ctrl_c(event: Event) -> None:
    if isinstance(event.message, Progress):
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_stops_politely(fake_worker: list[str], do: Deeds) -> None:
    before = signal.getsignal(signal.SIGINT)
    outcome = run_job(do("until-wished"), on_event=_ctrl_c, command=fake_worker)
    assert (outcome.state, outcome.values) == ("stopped", {"wish": "stop"})
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_on_a_deaf_job_is_raised(
    fake_worker: list[str], do: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "JOB_GRACE", 0.1)
    monkeypatch.setattr("aigc_studio.jobs.child.TERMINATE_SECONDS", 0.2)
    with pytest.raises(KeyboardInterrupt):
        run_job(do("deaf"), on_event=_ctrl_c, command=fake_worker)


def test_a_second_ctrl_c_does_not_wait(fake_worker: list[str], do: Deeds) -> None:
    def twice(event: Event) -> None:
        _ctrl_c(event)
        _ctrl_c(event)

    with pytest.raises(KeyboardInterrupt):
        run_job(do("until-wished"), on_event=twice, command=fake_worker)


def test_niceness_reaches_the_worker(fake_worker: list[str], do: Deeds) -> None:
    usual = run_job(do("nice"), command=fake_worker).values["nice"]
    values = run_job(do("nice"), nice=3, command=fake_worker).values
    nicer = values["nice"]
    assert values["session"] in ("3", "")
    assert isinstance(usual, int)
    assert nicer == min(usual + 3, 19)


def test_a_damaged_picture_is_refused() -> None:
    from aigc_studio.jobs.messages import MediaOut

    with pytest.raises(StudioError, match="damaged"):
        runner.pixels(MediaOut(index=0, count=1, shape=(2, 2, 3)), b"123")
