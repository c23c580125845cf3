"""Jobs in order; wishes reach those that are not done."""

from __future__ import annotations

from aigc_studio.jobs.messages import Request
from aigc_studio.jobs.specs import Probe
from aigc_studio.worker.inbox import Inbox


def _request(stamp: int) -> Request:
    return Request(stamp=stamp, spec=Probe())


def test_jobs_come_in_order() -> None:
    inbox = Inbox()
    for stamp in (1, 2):
        inbox.put(_request(stamp), bytes([stamp]))
    jobs = [inbox.next(), inbox.next()]
    assert [(job.stamp, job.payload) for job in jobs if job] == [(1, b"\x01"), (2, b"\x02")]


def test_a_wish_concerns_what_was_asked_before_it() -> None:
    inbox = Inbox()
    inbox.put(_request(1))
    done = inbox.next()
    assert done is not None
    done.done = True
    inbox.put(_request(2))
    inbox.command("stop")
    inbox.put(_request(3))
    second, third = inbox.next(), inbox.next()
    assert second is not None
    assert third is not None
    assert [job.control.poll() for job in (done, second, third)] == [None, "stop", None]


def test_closing_suspends_what_is_in_hand_and_drops_what_waits() -> None:
    inbox = Inbox()
    for stamp in (1, 2):
        inbox.put(_request(stamp))
    job = inbox.next()
    assert job is not None
    inbox.close()
    assert job.control.poll() == "suspend"
    assert inbox.next() is None
