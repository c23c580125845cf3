"""Work in threads, and jobs in worker processes that threads carry."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import Probe
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.job_thread import JobThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


class Heard:
    """All that an errand told, with the thread in which it was told."""

    def __init__(self, errand: Errand) -> None:
        self.told: list[tuple[str, object]] = []
        errand.done.connect(lambda value: self.note("done", value))
        errand.failed.connect(lambda error: self.note("failed", error))
        errand.ended.connect(lambda: self.note("ended", None))

    def note(self, what: str, value: object) -> None:
        """Note a signal."""
        assert threading.current_thread() is threading.main_thread()
        self.told.append((what, value))


def ran(work: Callable[[], object], qtbot: QtBot) -> list[tuple[str, object]]:
    """What came of a piece of work."""
    errand = Errand(work)
    heard = Heard(errand)
    with qtbot.waitSignal(errand.ended, timeout=20_000):
        errand.start()
    assert errand.wait()
    assert not errand.running
    return heard.told


def test_its_value_is_told_in_the_windows_thread(qtbot: QtBot) -> None:
    assert ran(lambda: 3, qtbot) == [("done", 3), ("ended", None)]


def test_an_error_in_words_is_passed_on(qtbot: QtBot) -> None:
    error = StudioError("No.")

    def work() -> None:
        raise error

    assert ran(work, qtbot) == [("failed", error), ("ended", None)]


def test_a_bug_is_told_too(qtbot: QtBot) -> None:
    (what, error), end = ran(lambda: 1 / 0, qtbot)
    assert what == "failed"
    assert isinstance(error, StudioError)
    assert "ZeroDivisionError" in error.happened
    assert end == ("ended", None)


def test_what_was_disarmed_tells_nothing(qtbot: QtBot) -> None:
    gate = threading.Event()
    errand = Errand(gate.wait)
    heard = Heard(errand)
    errand.start()
    errand.disarm()
    gate.set()
    assert errand.wait(20)
    qtbot.wait(50)
    errand.deliver()
    assert heard.told == []


def test_waiting_has_an_end_and_delivering_is_at_once(qapp: QApplication) -> None:
    gate = threading.Event()
    errand = Errand(gate.wait)
    heard = Heard(errand)
    assert errand.wait()  # not started yet
    errand.start()
    assert not errand.wait(0.01)
    errand.deliver()
    assert heard.told == []
    gate.set()
    assert errand.wait(20)
    errand.deliver()
    errand.deliver()
    qapp.processEvents()
    assert heard.told == [("done", True), ("ended", None)]


def test_what_nobody_wants_to_hear_of_never_begins() -> None:
    begun: list[None] = []
    errand = Errand(lambda: begun.append(None))
    errand.disarm()
    errand.start()
    assert errand.wait()
    assert not begun
    assert not errand.running


def test_left_errands_end_by_themselves() -> None:
    left, gates = LeftErrands(), [threading.Event() for _ in range(3)]
    for gate in gates:
        errand = Errand(gate.wait)
        errand.start()
        left.add(errand)
    for gate in gates:
        gate.set()
    left.join()
    assert not [thread for thread in threading.enumerate() if thread.name == "errand"]


def test_a_job_is_carried(qtbot: QtBot) -> None:
    job = JobThread.job(Probe())
    messages: list[object] = []
    job.message.connect(messages.append)
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start()
    assert job.wait(20)
    (outcome,) = done.args or []
    assert outcome.values["threads"] == 2
    assert messages


def test_a_cancelled_job_ends(qtbot: QtBot) -> None:
    job = JobThread.job(Probe())
    with qtbot.waitSignal(job.ended, timeout=20_000):
        job.start()
        job.cancel()
    assert job.wait(20)
