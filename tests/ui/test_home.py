"""Home: ways to begin, recent projects, training to go on with, prompts."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import delete

from aigc_studio.document import canvas_edits, changes, laying
from aigc_studio.document.store import Store
from aigc_studio.document.training import TrainingWish, train_spec
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.ui import prompts, times
from aigc_studio.ui.places.glance import glance
from aigc_studio.ui.places.home import HomePlace
from aigc_studio.ui.prompts import PROMPTS, Prompts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow


def queue_run(project: Path) -> str:
    """Leave a run in a project that never began."""
    with Store.open(project) as store:
        spec = train_spec(store, TrainingWish(collection="foxes", family="image-vae", steps=20))
        return RunFolder.create(spec).id


def home(studio: Studio, qtbot: QtBot) -> HomePlace:
    studio.wake()
    made = HomePlace(studio)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_a_glance_shows_pictures_and_what_could_go_on(project: Path) -> None:
    run = queue_run(project)
    seen = glance(project)
    assert seen.there
    assert (seen.pictures, seen.models) == (5, 1)
    assert not seen.picture.isNull()
    assert [view.id for view in seen.unfinished] == [run]


def test_a_glance_sees_what_a_kill_left_unsaved(project: Path) -> None:
    with Store.open(project) as store:
        store.apply(changes.remove_assets(store.project, [next(iter(store.project.assets))]))
    before = sorted(project.rglob("*"))
    assert glance(project).pictures == 4
    assert sorted(project.rglob("*")) == before
    with Store.open(project) as store:
        assert store.recovered == 1


def test_a_glance_shows_the_canvas_that_was_worked_on_last(project: Path) -> None:
    with Store.open(project) as store:
        red, blue = (_coloured(store, colour) for colour in ("#ff0000", "#0000ff"))
        store.save()
        store.apply(canvas_edits.rename_canvas(store.project, blue, "Blue"))
    assert glance(project).picture.pixelColor(0, 0) == QColor("#0000ff")
    with Store.open(project) as store:
        store.apply(canvas_edits.edit_canvas(store.project, red, width=60, height=30))
    seen = glance(project).picture
    assert (seen.width(), seen.height()) == (60, 30)
    assert seen.pixelColor(0, 0) == QColor("#ff0000")
    with Store.open(project) as store:
        layer = store.project.canvases[blue].layers[0]
        store.asset_path(store.project.assets[layer.asset]).unlink()
        assert not glance(project).picture.isNull()


def _coloured(store: Store, colour: str) -> str:
    """A canvas with a small picture on a ground of this colour."""
    store.apply(canvas_edits.add_canvas(store.project, colour, 64, 64))
    key = list(store.project.canvases)[-1]
    store.apply(canvas_edits.edit_canvas(store.project, key, background=colour))
    asset = next(iter(store.project.assets))
    store.apply(laying.add_layer(store.project, key, asset, x=40, y=40))
    return key


def test_a_glance_at_nothing_or_rubbish(tmp_path: Path, project: Path) -> None:
    assert not glance(tmp_path / "nowhere").there
    (project / "manifest.json").write_text("rubbish")
    assert not glance(project).there


def test_recent_projects_come_with_pictures(studio: Studio, project: Path, qtbot: QtBot) -> None:
    studio.settings.remember(project, "Foxes")
    studio.settings.remember(project.parent / "Gone.aigc", "Gone")
    made = home(studio, qtbot)
    foxes, gone = made._cards[str(project)], made._cards[str(project.parent / "Gone.aigc")]
    qtbot.waitUntil(lambda: "5 pictures" in foxes.accessibleDescription())
    qtbot.waitUntil(lambda: "not there" in gone.accessibleDescription())
    with qtbot.waitSignal(made.project_wanted) as wanted:
        foxes.click()
    assert wanted.args == [project]
    studio.settings.forget(str(project.parent / "Gone.aigc"))
    assert list(made._cards) == [str(project)]
    made._glances.close()


def test_the_open_project_is_shown_as_it_is_now(
    studio: Studio, project: Path, qtbot: QtBot
) -> None:
    studio.session.open(project, wait=True)
    first = next(iter(studio.session.project.assets))
    studio.session.do(lambda p: changes.remove_assets(p, [first]))
    made = home(studio, qtbot)
    card = made._cards[str(project)]
    qtbot.waitUntil(lambda: "4 pictures" in card.accessibleDescription())
    made._glances.close()


def test_unfinished_training_is_offered_and_goes_on(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    run = queue_run(project)
    window.studio.settings.remember(project, "Foxes")
    place = window.pages.currentWidget()
    assert isinstance(place, HomePlace)
    qtbot.waitUntil(place.unfinished_part.isVisible)
    go_on = next(b for b in place.unfinished_part.findChildren(QPushButton) if b.text() == "Go on")
    go_on.click()
    runs = window.studio.runs

    def finished() -> bool:
        view = runs.get(run)
        return view is not None and view.state == "finished"

    qtbot.waitUntil(finished, timeout=20_000)
    assert window.studio.session.is_open


def test_the_status_bar_shows_the_job_that_runs(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    studio = window.studio
    studio.session.open(project, wait=True)
    run = studio.desk.start(TrainingWish(collection="foxes", family="image-vae", steps=4000))
    qtbot.waitUntil(lambda: "%" in window.status.name.text(), timeout=20_000)
    qtbot.waitUntil(window.status.stop.isEnabled)
    assert window.status.job.isVisible()
    window.status.stop.click()
    qtbot.waitUntil(lambda: not studio.desk.busy, timeout=20_000)
    view = studio.runs.get(run)
    assert view is not None
    assert view.state == "stopped"
    assert not window.status.job.isVisible()


def test_the_starter_is_one_click_away(
    studio: Studio,
    project: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "shipped" / "starter" / "project" / "Starter.aigc"
    shutil.copytree(project, target)
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: tmp_path / "shipped")
    made = home(studio, qtbot)
    assert made.starter.isVisible()
    with qtbot.waitSignal(made.project_wanted) as wanted:
        made.starter.click()
    assert wanted.args == [None]


def test_prompts_come_one_after_the_other_and_only_once(window: MainWindow) -> None:
    control = window.status
    (shown,) = window.findChildren(Prompts)
    for prompt in PROMPTS:
        prompts.offer(control, prompt)
    for prompt in PROMPTS:
        assert shown.bubble is not None
        assert shown.bubble.prompt == prompt
        prompts.did(control, prompt)
    assert shown.bubble is None
    assert set(window.studio.settings.values.prompts_seen) == set(PROMPTS)


def test_a_prompt_goes_on_to_the_control_that_came_last(window: MainWindow) -> None:
    (shown,) = window.findChildren(Prompts)
    first, second = QWidget(window), QWidget(window)
    for control in (first, second):
        control.show()
        prompts.offer(control, "drag")
    assert shown.bubble is not None
    assert shown.bubble.control is second
    delete(first)
    window.resize(window.width() + 1, window.height())
    assert shown.bubble.isVisible()


def test_prompts_can_be_skipped(window: MainWindow) -> None:
    (shown,) = window.findChildren(Prompts)
    prompts.offer(window.status, "drag")
    assert shown.bubble is not None
    skip = next(b for b in shown.bubble.findChildren(QPushButton) if b.text() == "Skip all")
    skip.click()
    assert shown.bubble is None
    prompts.offer(window.status, "star")
    assert shown.bubble is None


def test_times_in_words(dressed: object) -> None:
    now = time.time()
    told = [times.ago(now - seconds, now) for seconds in (0, 5, 61, 3700, 90_000, 200_000)]
    assert told == ["just now", "5 s ago", "1 min ago", "1 hour ago", "1 day ago", "2 days ago"]
    assert [times.span(each) for each in (0.2, 90, 3660)] == ["1 s", "2 min", "1 h 01 min"]
    assert [times.size(each) for each in (0, 5e5, 2e6, 3.2e9)] == [
        "0 kB",
        "500 kB",
        "2 MB",
        "3.2 GB",
    ]
