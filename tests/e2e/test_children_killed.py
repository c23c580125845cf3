"""The processes beside a window die: the window stays, with its unsaved work, and goes on."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import signal
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from aigc_studio.document import changes
from aigc_studio.document.training import TrainingWish
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.studio import chart
from aigc_studio.studio.instrument import SLOT
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.main_window import MainWindow
from aigc_studio.ui.places.train import TrainPlace
from tests.e2e.conftest import WISH
from tests.e2e.watching import worker_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.e2e.conftest import Trained, Undisturbed

PATIENCE = 60_000
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs signals")


@pytest.fixture
def window(
    trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[MainWindow]:
    """A window with a model that plays, and a change that was not saved."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    project = shutil.copytree(trained.project, tmp_path / "Discs.aigc")
    studio = Studio(tmp_path / "settings.json")
    made = MainWindow(studio, "en")
    made.show()
    studio.session.open(project, wait=True)
    key = next(iter(studio.session.project.collections))
    studio.session.do(lambda project: changes.rename_collection(project, key, "unsaved"))
    yield made
    made.retire()
    studio.close()
    studio.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def unsaved_work_is_there(window: MainWindow) -> bool:
    session = window.studio.session
    names = [collection.name for collection in session.project.collections.values()]
    return session.modified and names == ["unsaved"] and window.isVisible()


def engines() -> list[psutil.Process]:
    """The workers that play."""
    return [child for child in psutil.Process().children() if _plays(child)]


def _plays(child: psutil.Process) -> bool:
    try:
        words = child.cmdline()
    except psutil.Error:
        return False  # it ended while we looked
    return "aigc_studio.worker" in words and "--run" not in words


def played(window: MainWindow, qtbot: QtBot, x: float) -> None:
    """Move on the pad, and wait for the picture of that very point."""
    instrument = window.studio.instrument
    instrument.move_to(x, 0.0)
    qtbot.waitUntil(lambda: instrument.result is not None, timeout=PATIENCE)


def said(window: MainWindow) -> str:
    return " ".join(message.happened for message in window.messages.messages())


@pytest.mark.parametrize("death", [signal.SIGSEGV, signal.SIGKILL], ids=lambda each: each.name)
def test_an_engine_that_dies_is_started_again_by_the_next_wish(
    window: MainWindow, qtbot: QtBot, death: signal.Signals
) -> None:
    played(window, qtbot, 0.5)
    (first,) = engines()
    first.send_signal(death)
    played(window, qtbot, 1.0)
    (second,) = engines()
    assert second.pid != first.pid
    # In the middle of a request, too: it holds still, so that it is asked and does not answer.
    second.suspend()
    window.studio.instrument.move_to(1.5, 0.0)
    second.send_signal(death)
    second.resume() if death is not signal.SIGKILL else None
    played(window, qtbot, 2.0)
    assert said(window) == ""
    assert unsaved_work_is_there(window)


def test_an_engine_that_dies_each_time_is_told_and_not_started_for_ever(
    window: MainWindow, qtbot: QtBot
) -> None:
    played(window, qtbot, 0.5)
    player, seen, failures = window.studio.player, set[int](), list[str]()
    player.failed.connect(lambda slot, stamp, error: failures.append(slot))

    def all_are_killed() -> bool:
        for engine in engines():
            seen.add(engine.pid)
            engine.kill()
        return "SIGKILL" in said(window) and not any(map(player.is_working, (SLOT, chart.SLOT)))

    engines()[0].suspend()
    window.studio.instrument.move_to(1.0, 0.0)
    qtbot.waitUntil(all_are_killed, timeout=PATIENCE)
    assert SLOT in failures
    assert len(seen) <= 2 * len(failures) + 1  # each wish is tried twice, and no more
    assert unsaved_work_is_there(window)
    played(window, qtbot, 2.0)


def test_a_training_that_dies_is_offered_and_ends_with_the_same_bytes(
    window: MainWindow, undisturbed: Undisturbed, qtbot: QtBot
) -> None:
    studio = window.studio
    run = studio.desk.start(TrainingWish(**{**WISH, "collection": "unsaved"}))
    window.show_place("train")
    place = window.pages.currentWidget()
    assert isinstance(place, TrainPlace)
    view = studio.runs.get(run)
    assert view is not None
    for death in (signal.SIGSEGV, signal.SIGKILL):
        killed_while_it_steps(view.folder, death, qtbot)
        qtbot.waitUntil(lambda: view.state == "crashed", timeout=PATIENCE)
        qtbot.waitUntil(lambda: place.page.run == run)
        assert death.name in said(window)
        assert unsaved_work_is_there(window)
        resume = place.page.buttons["resume"]
        qtbot.waitUntil(resume.isVisible)
        qtbot.waitUntil(lambda: not studio.desk.busy)
        assert "last checkpoint" in place.page.sentence.text()
        resume.click()
        qtbot.waitUntil(lambda: studio.desk.busy)
    # Nobody disturbs it any more, so a busy machine takes about as long as it took before.
    patience = PATIENCE + int(3e3 * undisturbed.seconds)
    qtbot.waitUntil(lambda: not studio.desk.busy, timeout=patience)
    assert view.state == "finished"
    assert undisturbed.model_id in studio.session.project.models
    assert unsaved_work_is_there(window)


def killed_while_it_steps(folder: Path, death: signal.Signals, qtbot: QtBot) -> None:
    """Let the worker of a run die after it has made a checkpoint of its own."""
    run = RunFolder(folder)
    before = run.checkpoints()[-1:]

    def steps() -> bool:
        return run.state() == "running" and run.checkpoints()[-1:] != before

    qtbot.waitUntil(steps, timeout=PATIENCE)
    worker_of(run).send_signal(death)
