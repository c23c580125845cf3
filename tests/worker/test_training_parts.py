"""Training jobs with the real loop: starting, hooks, forecast, figures and the card."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.card import ModelCard
from aigc_studio.jobs.messages import Progress, Result, StateChanged
from aigc_studio.jobs.messages import Snapshot as Shot
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.jobs.specs import DataSet, Evaluate, Forecast, ModelRef, Train, TrainItem
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml import device
from aigc_studio.ml.data import prepare_data
from aigc_studio.worker import measuring
from aigc_studio.worker.cards import limits_of
from aigc_studio.worker.control import Control
from aigc_studio.worker.hooks import RunHooks
from aigc_studio.worker.reporter import Reporter
from aigc_studio.worker.starting import build_learner, start, steps_for
from aigc_studio.worker.training import handle
from tests.ml.helpers import discs, options, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.jobs.messages import AnyAnswer
    from aigc_studio.jobs.wire import Payload


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is tiny is quicker so, above all where others compute too."""
    before = torch.get_num_threads()
    monkeypatch.setattr(device, "_allowed", lambda whole: 1)
    yield
    torch.set_num_threads(before)


class Heard:
    """What a reporter has sent."""

    def __init__(self) -> None:
        self.messages: list[AnyAnswer] = []
        self.reporter = Reporter(self._take)

    def _take(self, message: AnyAnswer, payload: Payload) -> bool:
        self.messages.append(message)
        return True

    @property
    def values(self) -> dict[str, Any]:
        """Of the result."""
        return next(m.values for m in self.messages if isinstance(m, Result))

    @property
    def states(self) -> list[str]:
        """In order."""
        return [m.state for m in self.messages if isinstance(m, StateChanged)]


def training(project: Path, count: int = 24, **changes: Any) -> Train:
    """A tiny run on discs in a project's folder; its own folder is there."""
    assets, items = project / "assets", []
    assets.mkdir(parents=True, exist_ok=True)
    for pixels in discs(count, 32):
        data = encode_bytes(Image(pixels), "png")
        path = assets / f"{hashlib.sha256(data).hexdigest()}.png"
        path.write_bytes(data)
        items.append(TrainItem(path=path, sha256=path.stem, author="Ada"))
    wishes = {"latent": 4, "width": 8, "components": 2}
    spec = Train(
        run="r1",
        folder=project / "runs" / "r1",
        name="discs",
        family="image-vae",
        preset="tiny",
        config={**wishes, **changes.pop("config", {})},
        options=options(),
        data=DataSet(name="discs", items=tuple(items), preparation=Preparation()),
        **{"steps": 6, "seed": 1, "device": "cpu", **changes},
    )
    RunFolder.create(spec)
    return spec


def carried_out(spec: Train, control: Control | None = None) -> Heard:
    """A run, trained for real."""
    heard = Heard()
    handle(spec, heard.reporter, control or Control())
    return heard


def test_a_run_leaves_a_model_with_its_card_and_no_prepared_pictures(tmp_path: Path) -> None:
    spec = training(tmp_path)
    values = carried_out(spec).values
    card = ModelCard.model_validate_json((spec.folder / "model" / "card.json").read_bytes())
    assert (values["steps"], values["state"], values["resumed_from"]) == (6, "finished", 0)
    assert card.model == values["model"]
    assert card.metrics == values["metrics"]
    assert card.data is not None
    assert card.data.authors == ("Ada",)
    assert [note.steps for note in card.history] == [6]
    assert values["metrics"]["measured_on"] == "held-out pictures"
    assert "psnr_repaired" not in values["metrics"]
    assert not (spec.folder / "data").exists()


def test_a_denoising_run_tells_what_its_repairs_gain_as_evaluate_does(tmp_path: Path) -> None:
    spec = training(tmp_path, 48, config={"corruption": "noise"}, steps=30)
    values = carried_out(spec).values
    figures = values["metrics"]
    assert 13 < figures["psnr_damaged"] < 19
    assert figures["repair_gain"] == figures["psnr_repaired"] - figures["psnr_damaged"]
    assert figures["repair_gain"] > 2
    assert "sigma 0.2" in figures["damage"]
    data = prepare_data(spec.data, tmp_path / "again", lambda done, total: None)
    held_out = tuple(spec.data.items[index] for index in data.held_out)
    again = Heard()
    wish = Evaluate(
        model=ModelRef(id=values["model"], path=spec.folder / "model" / "weights.safetensors"),
        data=spec.data.model_copy(update={"items": held_out}),
        samples=16,
        device="cpu",
    )
    measuring.evaluate(wish, again.reporter)
    told = ("psnr", "ssim", "psnr_damaged", "psnr_repaired", "repair_gain", "damage")
    assert {name: again.values["metrics"][name] for name in told} == {
        name: figures[name] for name in told
    }


def test_threads_are_settled_once_and_kept_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = training(tmp_path)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    monkeypatch.setattr(device, "_allowed", lambda whole: 3)
    assert start(spec, Heard().reporter).spec.threads == 3
    monkeypatch.setattr(device, "_allowed", lambda whole: 1)
    stored = RunFolder(spec.folder).spec()
    assert start(stored, Heard().reporter).spec.threads == 3
    assert torch.get_num_threads() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert start(stored, Heard().reporter).spec.threads == 2


def test_a_pause_and_a_snapshot_in_it_change_no_byte(tmp_path: Path) -> None:
    plain = carried_out(training(tmp_path / "plain")).values["model"]
    control = Control()
    for action in ("pause", "snapshot", "resume"):
        control.put(action)
    heard = carried_out(training(tmp_path / "paused"), control)
    assert heard.values["model"] == plain
    shots = [message for message in heard.messages if isinstance(message, Shot)]
    assert [shot.step for shot in shots] == [1]
    assert (tmp_path / "paused/runs/r1" / shots[0].file).is_file()


def test_a_suspended_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    whole = carried_out(training(tmp_path / "whole")).values["model"]
    spec = training(tmp_path / "halves")

    class Suspending(Control):
        polls = 0

        def poll(self) -> Any:
            self.polls += 1
            if self.polls == 4:
                self.put("suspend")
            return super().poll()

    first = carried_out(spec, Suspending())
    assert first.values == {"state": "suspended", "step": 3}
    assert first.states[-1] == "suspended"
    second = carried_out(RunFolder(spec.folder).spec()).values
    assert second["resumed_from"] == 3
    assert second["model"] == whole


def test_polling_waits_while_paused_and_tells_its_states(tmp_path: Path) -> None:
    heard, control = Heard(), Control()
    hooks = RunHooks(start(training(tmp_path), heard.reporter), heard.reporter, control)
    assert hooks.poll() is None
    control.put("pause")
    control.put("stop")
    assert hooks.poll() == "stop"
    assert heard.states == ["stopping"]

    class Resumed(Control):
        def wait_while_paused(self) -> None:
            assert heard.states[-1] == "paused"
            self.put("resume")

    control = Resumed()
    control.put("pause")
    assert (
        RunHooks(start(training(tmp_path / "2"), heard.reporter), heard.reporter, control).poll()
        is None
    )
    assert heard.states[-2:] == ["paused", "running"]


def test_a_snapshot_that_cannot_be_written_costs_only_itself(tmp_path: Path) -> None:
    heard = Heard()
    hooks = RunHooks(start(training(tmp_path), heard.reporter), heard.reporter, Control())
    (tmp_path / "runs" / "r1" / "snapshots").write_text("in the way")
    hooks.snapshot(3)
    assert not any(isinstance(message, Shot) for message in heard.messages)


def test_a_forecast_measures_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigc_studio.worker.forecasting.FORECAST_SECONDS", 0.01)
    spec = training(tmp_path, steps=None, minutes=2.0)
    heard = Heard()
    before = set(tmp_path.rglob("*"))
    handle(Forecast(train=spec), heard.reporter, Control())
    values = heard.values
    assert values["steps"] == steps_for(2.0, values["seconds_per_step"])
    assert values["items_per_second"] == pytest.approx(4 / values["seconds_per_step"])
    assert values["memory_bytes"] > 50_000_000  # torch alone takes more
    assert "gpu_memory_bytes" not in values
    # Three checkpoints with weights, average and two moments, and the pictures.
    assert values["disk_bytes"] > 3 * 16 * values["parameters"] + 24 * 32 * 32
    assert (values["size"], values["channels"], values["items"]) == (32, 1, 24)
    assert set(tmp_path.rglob("*")) == before


def test_minutes_become_steps_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_studio.worker.starting.PROBE_SECONDS", 0.01)
    spec = training(tmp_path, steps=None, minutes=0.001)
    first = start(spec, Heard().reporter)
    stored = RunFolder(spec.folder).spec()
    assert stored.steps == first.steps == first.spec.steps
    assert first.probe_seconds > 0
    assert start(stored, Heard().reporter).probe_seconds == 0
    assert steps_for(1.0, 0.5) == 120
    assert steps_for(0.001, 10.0) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"config": {"latent": 0}}, "latent"),
        ({"family": "image-cat"}, "image-cat"),
        ({"device": "cuda:77"}, "cuda:77"),
    ],
)
def test_settings_that_do_not_fit_are_told(changes: dict[str, Any], told: str) -> None:
    spec = _spec_without_files(**changes)
    with pytest.raises(StudioError, match=told):
        build_learner(spec, prepared())


def test_a_size_that_does_not_halve_is_told() -> None:
    with pytest.raises(StudioError, match="size") as caught:
        build_learner(_spec_without_files(), prepared(size=88))
    assert caught.value.kind == "input"


def _spec_without_files(**changes: Any) -> Train:
    wishes: dict[str, Any] = {
        "run": "r",
        "folder": "/nowhere/runs/r",
        "name": "n",
        "family": "image-vae",
        "preset": "tiny",
        "config": {"latent": 4, "width": 8},
        "options": options(),
        "data": DataSet(name="d", items=(), preparation=Preparation()),
        "device": "cpu",
    }
    return Train.model_validate({**wishes, **changes})


def test_pictures_left_out_are_told(tmp_path: Path) -> None:
    spec = training(tmp_path)
    assert carried_out(spec).values["left_out_count"] == 0
    spec = training(tmp_path / "spoilt")
    for item in spec.data.items[:12]:
        item.path.write_bytes(b"no picture")
    values = carried_out(spec).values
    assert (values["left_out_count"], len(values["left_out"])) == (12, 10)
    assert all("cannot be read" in reason for reason in values["left_out"])


def test_one_picture_can_be_measured(tmp_path: Path) -> None:
    spec, heard = training(tmp_path), Heard()
    wish = Evaluate(
        model=ModelRef(
            id=str(carried_out(spec).values["model"]),
            path=spec.folder / "model" / "weights.safetensors",
        ),
        data=spec.data.model_copy(update={"items": spec.data.items[:1]}),
        reference=spec.data.items[1:2],
        samples=16,
        device="cpu",
    )
    measuring.evaluate(wish, heard.reporter)
    assert heard.values["metrics"]["stated"]["pictures"] == 1
    assert heard.values["metrics"]["psnr"] > 0
    spec.data.items[0].path.unlink()
    with pytest.raises(StudioError, match="at least 1 are needed"):
        measuring.evaluate(wish, Heard().reporter)


def test_limits_are_honest() -> None:
    few, none_held_out = limits_of(prepared(24, 16)), limits_of(prepared(5, 16))
    assert few[0] == "It makes squares of 16 pixels."
    assert any("24 pictures" in limit for limit in few)
    assert not any("held out" in limit for limit in few)
    assert any("held out" in limit for limit in none_held_out)


def test_parts_never_look_like_the_end_of_the_job() -> None:
    heard = Heard()
    tell = heard.reporter.parts("preparing pictures")
    for done in range(5):
        tell(done, 4)
    heard.reporter.result()
    steps = [(m.step, m.total) for m in heard.messages if isinstance(m, Progress)]
    assert steps[-1] == (3, 4)


@pytest.mark.skipif(os.name == "nt", reason="no limits on file sizes there")
def test_prepared_pictures_on_a_disk_that_refuses(tmp_path: Path) -> None:
    import resource

    spec = training(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(StudioError) as caught:
            prepare_data(spec.data, spec.folder / "data", lambda done, total: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.kind == "disk"
    again = prepare_data(spec.data, spec.folder / "data", lambda done, total: None).pixels.shape
    assert again == (24, 32, 32, 1)
