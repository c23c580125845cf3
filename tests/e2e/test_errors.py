"""What cannot be done is told in words with exit code 1, and nothing is lost."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from aigc_studio.base import strict_json
from aigc_studio.base.seeds import MAX_SEED
from aigc_studio.document import changes
from aigc_studio.document.store import Store
from tests.e2e.conftest import TINY, Trained, asked, studio, write_discs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from tests.cli.conftest import Called

TRAIN = (*TINY, "--steps", 3, "--json")


def told(called: Called, *words: str) -> dict[str, str]:
    """The error of a call that failed; it must name these and no inner workings."""
    error = called.error
    whole = " ".join(error.values())
    assert error["todo"]
    assert "Traceback" not in called.err
    assert "unexpectedly" not in whole
    for word in words:
        assert word in whole
    return error


def sound(project: Path, pictures: int = 40) -> bool:
    """Whether the project has all its pictures and no problem."""
    with Store.open(project, read_only=True) as store:
        assert len(store.project.assets) == pictures
    return bool(asked("project", "check", project)["problems"] == [])


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("sample", ()),
        ("evaluate", ()),
        ("interpolate", ("--from", "seed:1", "--to", "seed:2", "--steps", 3)),
    ],
)
def test_a_model_that_is_not_there(
    trained: Trained, tmp_path: Path, verb: str, words: tuple[object, ...]
) -> None:
    out = () if verb == "evaluate" else ("--out", tmp_path / "o")
    called = studio(verb, trained.project, "--model", "nobody", *words, *out, "--json")
    assert told(called, "nobody")["kind"] == "missing"
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--collection", "discs", "--family", "image-cat"),
        ("--family", "image-vae", "--collection", "wolves"),
        ("--family", "image-vae", "--collection", "discs", "--from", "nobody"),
        ("--family", "image-vae", "--collection", "discs", "--set", "size=88"),
        ("--family", "image-vae", "--collection", "discs", "--set", "width=-1"),
        ("--family", "image-vae", "--collection", "empty"),
    ],
)
def test_what_cannot_be_trained_starts_nothing(project: Path, words: tuple[str, ...]) -> None:
    with Store.open(project) as store:
        store.apply(changes.add_collection(store.project, "empty"))
        store.save()
    told(studio("train", project, *words, "--json"), words[-1].partition("=")[0])
    assert not list((project / "runs").glob("*"))
    assert sound(project)


def test_another_medium_is_told(trained: Trained, tmp_path: Path) -> None:
    words = ("--model", "round", "--from", "seed:1", "--to", "seed:2", "--steps", 3)
    out = tmp_path / "walk.wav"
    told(studio("interpolate", trained.project, *words, "--out", out, "--json"), "sound")
    poem = tmp_path / "poem.txt"
    poem.write_text("roses", encoding="utf-8")
    given = ("--model", "round", poem, "--out", tmp_path / "o")
    told(studio("reconstruct", trained.project, *given, "--json"), "poem.txt", "text")
    assert not out.exists()


def test_the_largest_seed_draws_and_a_larger_one_is_told(trained: Trained, tmp_path: Path) -> None:
    words = ("--model", "round", "--out", tmp_path / "o")
    seed = ("-n", 3, "--seed", MAX_SEED)
    assert len(asked("sample", trained.project, *words, *seed)["files"]) == 3
    called = studio("sample", trained.project, *words, "--seed", MAX_SEED + 1, "--json")
    assert called.code == 2
    assert "seed" in called.err
    ends = ("--from", "seed:1", "--to", f"seed:{MAX_SEED + 1}", "--steps", 3)
    told(studio("interpolate", trained.project, *words, *ends, "--json"), "seed:")


def test_one_picture_is_too_few(project: Path, tmp_path: Path) -> None:
    asked("import", project, *write_discs(tmp_path / "in", 1, seed=5), "--collection", "lonely")
    called = studio("train", project, "--collection", "lonely", *TRAIN)
    assert told(called, "lonely", "1 usable")["kind"] == "input"
    listed = asked("runs", project, "list")["runs"]
    assert [each["state"] for each in listed] == ["failed"]
    assert sound(project, 41)


def test_pictures_that_broke_later_are_told(project: Path) -> None:
    for path in (project / "assets").iterdir():
        path.write_bytes(b"\x89PNG rubbish")
    told(studio("train", project, "--collection", "discs", *TRAIN), "discs", "0 usable")
    with Store.open(project, read_only=True) as store:
        assert len(store.project.assets) == 40


def test_importing_only_broken_pictures_changes_nothing(project: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg"):
        (tmp_path / name).write_bytes(b"rubbish")
    files = [tmp_path / "a.png", tmp_path / "b.jpg"]
    told(studio("import", project, *files, "--collection", "new", "--json"), "a.png")
    with Store.open(project, read_only=True) as store:
        assert [each.name for each in store.project.collections.values()] == ["discs"]
    assert sound(project)


def test_some_broken_pictures_cost_only_themselves(project: Path) -> None:
    for path in sorted((project / "assets").iterdir())[:5]:
        path.write_bytes(b"\x89PNG rubbish")
    values = asked("train", project, "--collection", "discs", *TRAIN[:-1])
    assert asked("models", project, "show", values["model"])["card"]["data"]["items"] == 35


def export(trained: Trained, folder: Path) -> Path:
    """Weights and card of the trained model, outside of any project."""
    asked("models", trained.project, "export", "round", folder)
    return folder


def cut(weights: Path) -> None:
    weights.write_bytes(weights.read_bytes()[:-64])


def text(weights: Path) -> None:
    weights.write_text("these are my weights\n" * 99, encoding="utf-8")


def pickled(weights: Path) -> None:
    weights.write_bytes(b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R.")


def boastful(weights: Path) -> None:
    data = weights.read_bytes()
    weights.write_bytes((2**62).to_bytes(8, "little") + data[8:])


@pytest.mark.parametrize("spoil", [cut, text, pickled, boastful])
def test_hostile_weights_are_not_imported(
    trained: Trained, project: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = export(trained, tmp_path / "model")
    spoil(folder / "weights.safetensors")
    error = told(studio("models", project, "import", folder, "--json"))
    assert error["kind"] == "hostile"
    assert asked("models", project, "list")["models"] == []
    assert sound(project)


def changed(weights: Path, change: Callable[[dict[str, Tensor]], object]) -> None:
    tensors = load_file(weights)
    note = {"config": json.loads((weights.parent / "card.json").read_bytes())["config"]}
    change(tensors)
    metadata = {"aigc": strict_json.dumps({**note, "family": "image-vae"}).decode()}
    save_file(tensors, weights, metadata=metadata)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda tensors: tensors["prior.means"].fill_(np.nan), id="nan"),
        pytest.param(lambda tensors: tensors.pop("net.mean"), id="one is missing"),
        pytest.param(
            lambda tensors: tensors.update({"prior.means": torch.zeros(1, 3)}), id="other shape"
        ),
    ],
)
def test_weights_that_hide_nonsense_are_refused_when_played(
    trained: Trained,
    project: Path,
    tmp_path: Path,
    change: Callable[[dict[str, Tensor]], object],
) -> None:
    folder = export(trained, tmp_path / "model")
    changed(folder / "weights.safetensors", change)
    called = studio("models", project, "import", folder, "--name", "bad", "--json")
    if called.code == 0:  # only whoever computes with them can tell
        words = ("--model", "bad", "--out", tmp_path / "o", "--json")
        called = studio("sample", project, *words)
    assert told(called)["kind"] == "hostile"
    assert sound(project)


def test_a_run_whose_checkpoints_are_all_spoilt_waits_for_a_person(
    trained: Trained, tmp_path: Path
) -> None:
    project = tmp_path / "Discs.aigc"
    shutil.copytree(trained.project, project)
    run = trained.values["run"]
    checkpoints = list((project / "runs" / run / "checkpoints").iterdir())
    for path in checkpoints:
        path.write_bytes(b"rubbish")
    told(studio("runs", project, "resume", run, "--json"), "finished")
    with (project / "runs" / run / "events.jsonl").open("ab") as events:
        line = {"at": 1.0, "state": "stopped", "message": {"type": "state", "state": "stopped"}}
        events.write(json.dumps(line).encode() + b"\n")
    told(studio("runs", project, "resume", run, "--json"), "checkpoints")
    for path in checkpoints:
        path.unlink()
    values = asked("runs", project, "resume", run)
    assert values["resumed_from"] == 0
    assert values["model_id"] == trained.values["model_id"]
