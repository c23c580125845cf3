"""`train`, `forecast` and `runs`, against a fake worker in a real process."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from aigc_studio.catalog.families import family
from aigc_studio.document.store import Store
from aigc_studio.jobs.runs import list_runs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Called, Models, Studio

pytestmark = pytest.mark.usefixtures("fake_worker")
BASICS = ("--collection", "foxes", "--family", "image-vae")


def train(studio: Studio, project: Path | str, *more: object) -> Called:
    """Train in the project."""
    return studio("train", project, *BASICS, *more, "--json")


def test_train_brings_a_model(studio: Studio, project: Path) -> None:
    called = train(studio, project, "--steps", 20, "--seed", 3, "--name", "red")
    values = called.values
    assert called.code == 0, called.err
    assert values["model"] == "red"
    assert values["steps"] == 20
    assert values["losses"] == {"first": 1.0, "last": 0.05}
    assert values["adopted"]
    assert values["state"] == "finished"
    assert values["items_per_second"] == 640.0
    assert values["startup_seconds"] == 0.5
    with Store.open(project) as store:
        assert store.project.models[values["model_id"]].name == "red"
        assert [run.id for run in list_runs(store.runs_folder)] == [values["run"]]
        assert store.adopted == []


def test_pictures_left_out_are_told(studio: Studio, project: Path) -> None:
    values = train(studio, project, "--steps", 2, "--name", "untidy").values
    assert (values["left_out_count"], values["left_out"][0]) == (5, "picture 0: damaged")
    assert values["notes"] == [
        "5 pictures were left out: picture 0: damaged; picture 1: damaged; picture 2: damaged; "
        "and 2 more."
    ]
    words = studio("train", project, *BASICS, "--steps", 2, "--name", "untidy").out
    assert "5 pictures were left out" in words
    tidy = train(studio, project, "--steps", 2).values
    assert (tidy["left_out_count"], tidy["left_out"], tidy["notes"]) == (0, [], [])


def test_a_taken_name_gets_a_number(studio: Studio, project: Path) -> None:
    assert train(studio, project, "--steps", 2).values["model"] == "foxes-vae"
    assert train(studio, project, "--steps", 3).values["model"] == "foxes-vae 2"


def test_settings_reach_the_spec(studio: Studio, project: Path) -> None:
    sets = ("--set", "latent=12", "--set", "size=48", "--set", "flip=0.5", "--set", "channels=1")
    called = train(studio, project, "--minutes", 0.1, "--preset", "desk", *sets)
    spec = list_runs(project / "runs")[0].spec()
    assert called.code == 0, called.err
    preset = family("image-vae").presets["desk"]
    assert spec.config == {"latent": 12, "width": preset["width"]}
    assert spec.options.batch == preset["batch"]
    assert spec.options.augmentation.flip == 0.5
    assert (spec.data.preparation.size, spec.data.preparation.colour) == (48, "grey")
    assert (spec.minutes, spec.steps, spec.preset) == (0.1, None, "desk")
    assert {item.author for item in spec.data.items} == {"Ada"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--set", "nonsense=1"), "nonsense"),
        (("--set", "latent=many"), "latent"),
        (("--set", "size=17000"), "size"),
        (("--set", "size=88"), "size"),
        (("--set", "channels=7"), "colour"),
        (("--preset", "huge"), "huge"),
        (("--freeze", "decoder"), "frozen"),
        (("--freeze", "tail"), "tail"),
        (("--gpus", "64"), "64 GPUs"),
        (("--from", "nobody"), "nobody"),
        (("--name", "starter:x"), "starter:"),
        (("--name", "a\nb"), "name"),
        (("--family", "image-cat"), "image-cat"),
        (("--collection", "wolves"), "wolves"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_starts(
    studio: Studio, project: Path, words: tuple[str, str], told: str
) -> None:
    error = train(studio, project, "--steps", 2, *words).error
    assert told in error["happened"]
    assert list_runs(project / "runs") == []


def test_train_from_a_model_keeps_its_shape(studio: Studio, models: Models) -> None:
    words = ("--from", "foxes-vae", "--freeze", "decoder", "--set", "corruption=noise")
    values = train(studio, models.project, "--steps", 5, *words).values
    assert values["parent"] == models.plain.model
    spec = list_runs(models.project / "runs")[0].spec()
    assert spec.config == {"latent": 8, "width": 16, "corruption": "noise"}
    assert spec.data.preparation.size == 32
    assert spec.freeze == ("decoder",)
    line = studio("models", models.project, "lineage", values["model"], "--json").values
    assert [each["model"] for each in line["lineage"]] == ["foxes-vae 2", "foxes-vae"]


def test_while_the_project_is_held_the_model_waits(studio: Studio, project: Path) -> None:
    held: list[Store] = []

    def hold() -> None:
        wait_for(lambda: bool(list_runs(project / "runs")) and is_free(project))
        held.append(Store.open(project, purpose="window"))

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        values = train(studio, project, "--steps", 150).values
    finally:
        holder.join()
        held[0].close()
    assert not values["adopted"]
    assert "window" in values["notes"][0]
    with Store.open(project) as store:
        assert [model.id for model in store.adopted] == [values["model_id"]]


def is_free(project: Path) -> bool:
    """Whether nobody holds the project."""
    return not (project / "lock.holder").exists()


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something holds, ten seconds at most."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)


def test_a_held_project_starts_nothing(studio: Studio, project: Path) -> None:
    with Store.open(project, purpose="window"):
        assert train(studio, project, "--steps", 2).error["kind"] == "busy"
    assert list_runs(project / "runs") == []


def after_first_steps(project: Path, do: Callable[[], None]) -> threading.Thread:
    """Do something once a run of the project makes progress."""

    def wait_and_do() -> None:
        def going() -> bool:
            runs = list_runs(project / "runs")
            return any(run.state() == "running" and run.last_progress() for run in runs)

        wait_for(going)
        do()

    thread = threading.Thread(target=wait_and_do)
    thread.start()
    return thread


def test_ctrl_c_stops_politely_and_says_how_to_go_on(studio: Studio, project: Path) -> None:
    thread = after_first_steps(project, lambda: os.kill(os.getpid(), signal.SIGINT))
    called = train(studio, project, "--steps", 5000)
    thread.join()
    run = list_runs(project / "runs")[0]
    assert "Ctrl+C" in called.error["happened"]
    assert f"resume {run.id}" in called.error["todo"]
    assert run.state() == "stopped"
    assert run.checkpoints()
    with Store.open(project) as store:
        assert [model.name for model in store.project.models.values()] == ["foxes-vae"]


def test_stop_from_outside_then_resume(studio: Studio, project: Path) -> None:
    stopped: list[Called] = []

    def stop() -> None:
        run = list_runs(project / "runs")[0]
        run.request("stop")

    thread = after_first_steps(project, stop)
    values = train(studio, project, "--steps", 150).values
    thread.join()
    assert values["state"] == "stopped"
    assert 0 < values["steps"] < 150
    resumed = studio("runs", project, "resume", values["run"], "--json").values
    assert resumed["resumed_from"] == values["steps"]
    assert (resumed["steps"], resumed["state"]) == (150, "finished")
    assert resumed["model"] == "foxes-vae 2"
    assert resumed["model_id"] != values["model_id"]
    assert not stopped


def test_a_crash_says_how_to_resume(studio: Studio, project: Path) -> None:
    error = train(studio, project, "--steps", 30, "--name", "dies").error
    assert error["kind"] == "crashed"
    run = list_runs(project / "runs")[0]
    assert run.id in error["todo"]
    listed = studio("runs", project, "list", "--json").values["runs"]
    assert [each["state"] for each in listed] == ["crashed"]
    resumed = studio("runs", project, "resume", run.id[:14], "--json").values
    assert resumed["resumed_from"] == 10
    again = studio("runs", project, "resume", "dies", "--json").error
    assert "has finished" in again["happened"]


def test_runs_list_and_show(studio: Studio, project: Path) -> None:
    assert studio("runs", project, "list", "--json").values["runs"] == []
    values = train(studio, project, "--steps", 12).values
    listed = studio("runs", project, "list", "--json").values["runs"][0]
    assert (listed["run"], listed["state"], listed["step"]) == (values["run"], "finished", 12)
    shown = studio("runs", project, "show", "foxes-vae", "--json").values
    assert (shown["collection"], shown["items"]) == ("foxes", 12)
    assert shown["losses"]["loss"] == pytest.approx(1 / 12)
    assert values["run"] in studio("runs", project, "list").out
    assert "checkpoints" in studio("runs", project, "show", values["run"]).out


def test_runs_that_are_not_there(studio: Studio, project: Path) -> None:
    assert studio("runs", project, "show", "x", "--json").error["kind"] == "missing"
    run = train(studio, project, "--steps", 2).values["run"]
    assert "finished" in studio("runs", project, "stop", run, "--json").error["happened"]
    assert run in studio("runs", project, "stop", "x", "--json").error["todo"]
    assert studio("runs", project.parent / "none", "list", "--json").error["kind"] == "missing"


def test_forecast_leaves_nothing_behind(studio: Studio, project: Path) -> None:
    values = studio("forecast", project, *BASICS, "--steps", 100, "--json").values
    assert values["steps"] == 100
    assert values["memory_bytes"] == 5_000_000
    assert list_runs(project / "runs") == []
    assert "5 MB" in studio("forecast", project, *BASICS).out
