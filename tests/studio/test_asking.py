"""What is asked of the player, and what becomes of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import Probe
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.engine import Player
from aigc_studio.studio.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload


class ScriptedPlayer(Player):
    """Answers when it is told to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.stamp = 0
        self.cancelled: list[str] = []

    def ask(self, spec: AnySpec, slot: str, payload: Payload = b"") -> int:
        """Note a request."""
        self.stamp += 1
        return self.stamp

    def cancel(self, slot: str) -> None:
        """Note that nobody wants to know."""
        self.cancelled.append(slot)


class Listener:
    """An `Asking` and all that it told."""

    def __init__(self, settings: Settings) -> None:
        self.player = ScriptedPlayer(settings)
        self.asking = Asking(self.player, "pad")
        self.came: list[tuple[object, bool]] = []
        self.errors: list[str] = []
        self.asking.came.connect(lambda value, newest: self.came.append((value, newest)))
        self.asking.failed.connect(lambda error: self.errors.append(error.happened))

    def ask(self) -> None:
        """Ask how much comes."""
        self.asking.ask(Probe(), len)

    def answer(self, stamp: int, count: int = 1, slot: str = "pad") -> None:
        """Let an answer of so many messages arrive."""
        self.player.answered.emit(slot, stamp, [None] * count)


@pytest.fixture
def listener(tmp_path: Path) -> Listener:
    return Listener(Settings(tmp_path / "settings.json"))


def test_an_answer_is_read_by_whoever_asked(listener: Listener) -> None:
    listener.ask()
    listener.answer(1, 3)
    assert listener.came == [(3, True)]


def test_only_the_newest_answer_is_the_newest(listener: Listener) -> None:
    listener.ask()
    listener.ask()
    listener.answer(1, 10)
    listener.answer(2, 20)
    assert listener.came == [(10, False), (20, True)]


def test_what_was_replaced_before_it_began_is_not_waited_for(listener: Listener) -> None:
    for _ in range(3):
        listener.ask()
    listener.answer(3, 30)
    listener.answer(2, 20)
    assert listener.came == [(30, True)]


def test_other_slots_are_none_of_its_business(listener: Listener) -> None:
    listener.ask()
    listener.answer(1, 1, slot="chart")
    listener.player.failed.emit("chart", 1, StudioError("No."))
    assert listener.came == []
    assert listener.errors == []


def test_nothing_comes_of_what_was_forgotten(listener: Listener) -> None:
    listener.ask()
    listener.asking.forget()
    listener.answer(1, 1)
    listener.player.failed.emit("pad", 1, StudioError("No."))
    assert listener.player.cancelled == ["pad"]
    assert (listener.came, listener.errors) == ([], [])


@pytest.mark.parametrize("error", [ValueError("torn"), StudioError("A picture is torn.")])
def test_an_answer_that_cannot_be_read_is_an_error(listener: Listener, error: Exception) -> None:
    def read(events: object) -> object:
        raise error

    listener.asking.ask(Probe(), read)
    listener.answer(1)
    assert len(listener.errors) == 1
    assert "torn" in listener.errors[0]


def test_a_failed_request_is_told_once(listener: Listener) -> None:
    listener.ask()
    for _ in range(2):
        listener.player.failed.emit("pad", 1, StudioError("No."))
    assert listener.errors == ["No."]
