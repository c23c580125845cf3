"""The engine: newest wins, one at a time, and a crash costs nothing but time."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.engine import Engine
from aigc_studio.jobs.messages import MediaOut, Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.jobs.child import Event
    from tests.jobs.conftest import Deeds

Told = tuple[int, str, object]


class Listener:
    """Collects what the engine tells; `next` waits for it."""

    def __init__(self) -> None:
        self.told: queue.Queue[Told] = queue.Queue()

    def result(self, stamp: int, slot: str, messages: list[Event]) -> None:
        last = messages[-1].message
        assert isinstance(last, Result)
        self.told.put((stamp, slot, last.values.get("argument", len(messages))))

    def error(self, stamp: int, slot: str, error: StudioError) -> None:
        self.told.put((stamp, slot, error))

    def next(self) -> Told:
        return self.told.get(timeout=60)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    return tmp_path / "busy"


@pytest.fixture
def engine(listener: Listener, fake_worker: list[str], busy: Path) -> Iterator[Engine]:
    engine = Engine(listener.result, listener.error, command=fake_worker, yield_flag=busy)
    yield engine
    engine.close()


def test_the_newest_wins(
    engine: Engine, listener: Listener, do: Deeds, tmp_path: Path, busy: Path
) -> None:
    gate = tmp_path / "gate"
    first = engine.submit(do("until", gate))
    while not busy.exists():
        threading.Event().wait(0.002)
    stamps = [engine.submit(do("echo", index)) for index in range(200)]
    gate.touch()
    assert listener.next() == (first, "pad", str(gate))
    assert listener.next() == (stamps[-1], "pad", "199")
    assert listener.told.empty()


def test_a_drag_keeps_showing_pictures(engine: Engine, listener: Listener, do: Deeds) -> None:
    stamps = [engine.submit(do("echo", index)) for index in range(200)]
    seen = [listener.next()[0]]
    while seen[-1] != stamps[-1]:
        seen.append(listener.next()[0])
    assert seen == sorted(set(seen))


def test_slots_do_not_replace_each_other(engine: Engine, listener: Listener, do: Deeds) -> None:
    for slot in ("pad", "inspector", "pad"):
        engine.submit(do("echo", slot), slot=slot)
    seen = {listener.next()[1] for _ in range(2)}
    assert seen == {"pad", "inspector"}


def test_all_messages_come_together(engine: Engine, listener: Listener, do: Deeds) -> None:
    stamp = engine.submit(do("frames", 3))
    assert listener.next() == (stamp, "pad", 4)


def test_events_come_one_by_one(listener: Listener, fake_worker: list[str], do: Deeds) -> None:
    seen: list[tuple[int, str, Event]] = []
    engine = Engine(
        listener.result,
        listener.error,
        command=fake_worker,
        on_event=lambda *told: seen.append(told),
    )
    engine.submit(do("frames", 2), slot="film")
    listener.next()
    engine.close()
    assert [isinstance(event.message, MediaOut) for _, _, event in seen] == [True, True]


def test_a_failure_is_told(engine: Engine, listener: Listener, do: Deeds) -> None:
    stamp = engine.submit(do("studio-error"))
    told, _, error = listener.next()
    assert told == stamp
    assert isinstance(error, StudioError)
    assert error.kind == "input"


def test_a_crash_is_repeated_once_in_a_fresh_worker(
    engine: Engine, listener: Listener, do: Deeds, tmp_path: Path
) -> None:
    stamp = engine.submit(do("die-once", tmp_path / "died"))
    assert listener.next() == (stamp, "pad", 1)


def test_a_request_that_always_crashes_is_told(
    engine: Engine, listener: Listener, do: Deeds
) -> None:
    engine.submit(do("sigkill"))
    _, _, error = listener.next()
    assert isinstance(error, StudioError)
    assert error.kind == "crashed"
    stamp = engine.submit(do("echo", "alive"))
    assert listener.next() == (stamp, "pad", "alive")


def test_cancel_drops_waiting_and_running(
    engine: Engine, listener: Listener, do: Deeds, busy: Path
) -> None:
    engine.submit(do("until-wished"))
    engine.submit(do("echo", "never"), slot="other")
    engine.cancel("other")
    while not busy.exists():
        threading.Event().wait(0.002)
    # The wish may overtake the request, which then has nobody to reach: wish until it lands.
    stamp = engine.submit(do("echo", "next"), slot="next")
    while listener.told.empty():
        engine.cancel("pad")
        threading.Event().wait(0.01)
    assert listener.next() == (stamp, "next", "next")


def test_a_listener_that_fails_does_not_end_the_engine(
    fake_worker: list[str], do: Deeds, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(stamp: int, slot: str, messages: list[Event]) -> None:
        listener.result(stamp, slot, messages)
        raise RuntimeError("the widget is gone")

    engine = Engine(fail, listener.error, command=fake_worker)
    for word in ("one", "two"):
        engine.submit(do("echo", word))
        assert listener.next()[2] == word
    engine.close()
    assert "the widget is gone" in caplog.text


def test_the_flag_stands_while_somebody_is_served(
    engine: Engine, listener: Listener, do: Deeds, tmp_path: Path, busy: Path
) -> None:
    gate = tmp_path / "gate"
    engine.submit(do("until", gate))
    while not busy.exists():
        threading.Event().wait(0.002)
    gate.touch()
    listener.next()
    engine.close()
    assert not busy.exists()


def test_close_ends_a_request_in_hand(
    fake_worker: list[str],
    do: Deeds,
    listener: Listener,
    busy: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aigc_studio.jobs.engine.CLOSE_GRACE", 0.1)
    engine = Engine(listener.result, listener.error, command=fake_worker, yield_flag=busy)
    engine.submit(do("deaf"))
    while not busy.exists():
        threading.Event().wait(0.002)
    engine.close()
    engine.close()
    assert listener.told.empty()


def test_a_worker_that_cannot_start_is_told(do: Deeds, listener: Listener) -> None:
    engine = Engine(listener.result, listener.error, command=["/does/not/exist"])
    engine.submit(do("echo"))
    assert "cannot be started" in str(listener.next()[2])
    engine.close()
