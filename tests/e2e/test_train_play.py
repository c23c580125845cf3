"""Train a tiny model on true files and play it: every promise of the command line's JSON."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.base.files import sha256_of
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_image
from tests.e2e.conftest import TINY, Trained, asked, studio, write_discs

if TYPE_CHECKING:
    from aigc_studio.media.image import Pixels


def pixels(path: str | Path) -> Pixels:
    return decode_image(Path(path)).pixels


def numbers(values: dict[str, Any], *names: str) -> bool:
    """Whether all these are finite numbers."""
    return all(math.isfinite(values[name]) for name in names)


def test_train_answers_what_it_promises(trained: Trained) -> None:
    values = trained.values
    assert values["model"] == "round"
    assert values["steps"] == 20
    assert values["run"]
    assert numbers(values, "seconds", "items_per_second", "startup_seconds", "probe_seconds")
    assert numbers(values["losses"], "first", "last")
    assert numbers(values["metrics"], "psnr", "ssim")
    assert values["metrics"]["measured_on"] == "held-out pictures"
    assert values["adopted"]
    weights = trained.project / "models" / values["model_id"] / "weights.safetensors"
    assert sha256_of(weights) == values["model_id"]


def test_the_card_tells_data_training_and_limits(trained: Trained) -> None:
    card = asked("models", trained.project, "show", "round")["card"]
    assert card["config"]["latent"] == 8
    assert (card["config"]["size"], card["config"]["channels"]) == (32, 3)
    assert (card["data"]["collection"], card["data"]["items"]) == ("discs", 40)
    assert card["data"]["held_out"] >= 1
    assert (card["data"]["authors"], card["data"]["rights"]) == (["Ada"], ["CC0"])
    assert (card["history"][0]["steps"], card["history"][0]["seed"]) == (20, 1)
    assert any("32 pixels" in limit for limit in card["limits"])


def test_a_finished_run_cleans_up_and_its_project_is_sound(trained: Trained) -> None:
    run = trained.project / "runs" / trained.values["run"]
    assert not (run / "data").exists()
    assert sorted(path.name for path in (run / "checkpoints").iterdir())
    assert asked("project", "check", trained.project)["problems"] == []
    listed = asked("runs", trained.project, "list")["runs"]
    assert [(each["state"], each["step"]) for each in listed] == [("finished", 20)]


def test_samples_depend_on_their_seed_alone(trained: Trained, tmp_path: Path) -> None:
    words = ("sample", trained.project, "--model", "round", "--out")
    first = asked(*words, tmp_path / "a", "-n", 4, "--seed", 5)
    again = asked(*words, tmp_path / "b", "-n", 4, "--seed", 5)
    alone = asked(*words, tmp_path / "c", "-n", 1, "--seed", 7)
    sums = [[sha256_of(Path(file)) for file in each["files"]] for each in (first, again, alone)]
    assert sums[0] == sums[1]
    assert sums[2] == [sums[0][2]]
    assert len(set(sums[0])) == 4
    assert {pixels(file).shape for file in first["files"]} == {(32, 32, 3)}
    assert first["recipe"]["seed"] == 5
    assert first["recipe"]["model"] == trained.values["model_id"]
    assert first["seeds"] == [5, 6, 7, 8]


def test_an_interpolation_ends_at_its_ends(trained: Trained, tmp_path: Path) -> None:
    picture = write_discs(tmp_path / "in", 1, seed=8)[0]
    model = ("--model", "round", "--out")
    words = ("--from", "seed:5", "--to", picture, "--steps", 5)
    walk = asked("interpolate", trained.project, *words, *model, tmp_path / "walk")
    start = asked("sample", trained.project, "--seed", 5, *model, tmp_path / "start")
    end = asked("reconstruct", trained.project, picture, *model, tmp_path / "end")
    frames = [pixels(file) for file in walk["files"]]
    assert len(frames) == 5
    assert np.array_equal(frames[0], pixels(start["files"][0]))
    assert np.array_equal(frames[-1], pixels(end["files"][0]))
    assert not np.array_equal(frames[2], frames[0])
    assert walk["recipe"]["operation"] == "interpolate"


def test_a_film_has_a_frame_for_each_step(trained: Trained, tmp_path: Path) -> None:
    out = tmp_path / "walk.gif"
    words = ("--from", "seed:1", "--to", "seed:2", "--steps", 6, "--method", "lerp", "--out", out)
    values = asked("interpolate", trained.project, "--model", "round", *words)
    assert values["files"] == [str(out)]
    assert values["recipe"]
    with Pillow.open(out) as film:
        assert (getattr(film, "n_frames", 1), film.size) == (6, (32, 32))


def test_reconstructions_have_their_inputs_sizes(trained: Trained, tmp_path: Path) -> None:
    inputs = [write_discs(tmp_path / str(side), 1, side)[0] for side in (20, 32, 50)]
    wide = tmp_path / "wide.png"
    Pillow.new("L", (44, 20), 90).save(wide)
    words = ("--model", "round", "--out", tmp_path / "o")
    values = asked("reconstruct", trained.project, *inputs, wide, *words)
    sizes = [decode_image(Path(file)).size for file in values["files"]]
    assert sizes == [(20, 20), (32, 32), (50, 50), (44, 20)]
    assert len(values["psnr"]) == 4
    assert min(values["psnr"][:3]) > 12
    assert values["recipe"]["operation"] == "reconstruct"


def test_a_denoising_model_repairs_at_the_inputs_size(project: Path, tmp_path: Path) -> None:
    words = ("--collection", "discs", *TINY, "--set", "corruption=noise", "--name", "mend")
    asked("train", project, *words, "--steps", 20)
    noisy = tmp_path / "noisy.png"
    clean = pixels(write_discs(tmp_path / "in", 1, 28, seed=9)[0])
    noise = np.random.default_rng(0).normal(0, 70, clean.shape)
    Pillow.fromarray(np.clip(clean + noise, 0, 255).astype(np.uint8)).save(noisy)
    values = asked("denoise", project, noisy, "--model", "mend", "--out", tmp_path / "o")
    repaired = pixels(values["files"][0])
    assert repaired.shape == clean.shape

    def error(other: Pixels) -> float:
        return float(np.square(other.astype(float) - clean).mean())

    assert error(repaired) < 0.7 * error(pixels(noisy))
    assert values["recipe"]["operation"] == "denoise"


def test_a_plain_model_is_not_asked_to_repair(trained: Trained, tmp_path: Path) -> None:
    picture = write_discs(tmp_path, 1)[0]
    words = ("--model", "round", "--out", tmp_path / "o", "--json")
    assert studio("denoise", trained.project, picture, *words).error["kind"] == "input"


def test_evaluate_measures_what_was_held_out(trained: Trained) -> None:
    values = asked("evaluate", trained.project, "--model", "round", "--samples", 16)
    metrics = values["metrics"]
    assert values["held_out"]
    assert values["items"] == metrics["stated"]["pictures"] >= 1
    assert numbers(metrics, "psnr", "ssim", "kl", "cycle_error")
    assert metrics["stated"]["seed"] == values["seed"] == 0


def test_forecast_tells_time_memory_and_disk(trained: Trained) -> None:
    words = ("--collection", "discs", *TINY[:2], "--steps", 1000)
    values = asked("forecast", trained.project, *words)
    assert values["steps"] == 1000
    assert values["seconds"] == pytest.approx(1000 * values["seconds_per_step"])
    for name in ("seconds_per_step", "items_per_second", "memory_bytes", "disk_bytes"):
        assert values[name] > 0
    assert values["items"] == 40
    assert len(asked("runs", trained.project, "list")["runs"]) == 1


def test_a_child_starts_from_its_parent(trained: Trained, tmp_path: Path) -> None:
    project = tmp_path / "Discs.aigc"
    shutil.copytree(trained.project, project)
    words = (
        "--from",
        "round",
        "--freeze",
        "decoder",
        "--set",
        "batch=8",
        "--steps",
        5,
        "--name",
        "child",
    )
    values = asked("train", project, "--collection", "discs", "--family", "image-vae", *words)
    assert values["parent"] == trained.values["model_id"]
    lineage = asked("models", project, "lineage", "child")["lineage"]
    assert [each["steps"] for each in lineage] == [[20, 5], [20]]
    with Store.open(project, read_only=True) as store:
        assert {model.name for model in store.project.models.values()} == {"round", "child"}
