"""Wishes from every side, told in the right order."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from aigc_studio.worker.control import FILE_SECONDS, Control, Wish

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.messages import Action


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("posted", "wishes"),
    [
        ([], [None]),
        (["stop"], ["stop", "stop"]),
        (["suspend", "stop"], ["suspend", "suspend"]),
        (["snapshot"], ["snapshot", None]),
        (["pause"], ["pause", "pause"]),
        (["pause", "resume"], [None]),
        (["pause", "snapshot"], ["snapshot", "pause"]),
        (["pause", "snapshot", "stop"], ["stop", "stop"]),
    ],
)
def test_most_urgent_first(posted: list[Action], wishes: list[Wish | None]) -> None:
    control = Control()
    for action in posted:
        control.put(action)
    assert [control.poll() for _ in wishes] == wishes


@pytest.mark.parametrize(
    ("action", "then"), [("resume", None), ("stop", "stop"), ("snapshot", "snapshot")]
)
def test_a_pause_ends_with_any_wish(action: Action, then: Wish | None) -> None:
    control = Control()
    control.put("pause")
    assert control.poll() == "pause"
    poster = threading.Timer(0.01, control.put, [action])
    poster.start()
    control.wait_while_paused()
    poster.join()
    assert control.poll() == then


def test_a_pause_ends_through_the_file(tmp_path: Path) -> None:
    control, file = Control(), tmp_path / "control"
    control.watch(file)
    control.put("pause")
    assert control.poll() == "pause"
    file.write_text("resume")
    control.wait_while_paused()
    assert control.poll() is None


def test_the_file_is_consumed_and_looked_at_seldom(tmp_path: Path) -> None:
    clock, file = Clock(), tmp_path / "control"
    control = Control(clock=clock)
    control.watch(file)
    assert control.poll() is None
    file.write_text("pause\n")
    assert control.poll() is None
    clock.now += FILE_SECONDS
    assert control.poll() == "pause"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "explode", "stop stop", "\x00" * 10])
def test_nonsense_in_the_file_is_no_wish(tmp_path: Path, text: str) -> None:
    control, file = Control(), tmp_path / "control"
    file.write_text(text)
    control.watch(file)
    assert control.poll() is None


def test_bytes_that_are_no_text_are_no_wish(tmp_path: Path) -> None:
    control, file = Control(), tmp_path / "control"
    file.write_bytes(b"\xff\xfe")
    control.watch(file)
    assert control.poll() is None


def test_training_yields_while_the_flag_stands(tmp_path: Path) -> None:
    flag = tmp_path / "busy"
    control = Control(yield_flag=flag)
    assert control.yield_to_engine() == 0.0
    flag.touch()
    remover = threading.Timer(0.1, flag.unlink)
    remover.start()
    assert control.yield_to_engine() > 0.0
    remover.join()


def test_yielding_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_studio.worker.control.YIELD_AT_MOST", 0.05)
    flag = tmp_path / "busy"
    flag.touch()
    assert Control(yield_flag=flag).yield_to_engine() >= 0.05


def test_wishes_and_old_flags_do_not_wait(tmp_path: Path) -> None:
    flag = tmp_path / "busy"
    flag.touch()
    control = Control(yield_flag=flag)
    control.put("stop")
    assert control.yield_to_engine() < 1.0
    an_hour_ago = time.time() - 3600
    os.utime(flag, (an_hour_ago, an_hour_ago))
    assert Control(yield_flag=flag).yield_to_engine() == 0.0
