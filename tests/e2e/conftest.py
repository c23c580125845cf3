"""Forty discs in a project, and the command line called in-process with the real worker."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Pillow

from aigc_studio.cli.entry import run
from tests.cli.conftest import Called
from tests.ml.helpers import discs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOAK = int(os.environ.get("AIGC_SOAK", "1"))
STEPS = 200
TINY = ("--family", "image-vae", "--set", "width=8", "--set", "latent=8", "--set", "batch=8")
LONG = (*TINY, "--steps", STEPS, "--seed", 7, "--set", "checkpoint_seconds=0.1", "--json")
# The same, as the window wishes it.
WISH: dict[str, Any] = {
    "collection": "discs",
    "family": "image-vae",
    "sets": {"width": "8", "latent": "8", "batch": "8", "checkpoint_seconds": "0.1"},
    "steps": STEPS,
    "seed": 7,
}


@dataclass(frozen=True)
class Trained:
    """A project with one model, and what `train` said of it."""

    project: Path
    values: dict[str, Any]


def studio(*words: object) -> Called:
    """Call the command line."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(word) for word in words])
    return Called(code, out.getvalue(), err.getvalue())


def asked(*words: object) -> dict[str, Any]:
    """What a call that must go well answers."""
    called = studio(*words, "--json")
    assert called.code == 0, called.err
    return called.values


def write_discs(folder: Path, count: int, side: int = 32, seed: int = 0) -> list[Path]:
    """Discs as PNG files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"disc-{number:02d}.png" for number in range(count)]
    for path, pixels in zip(paths, discs(count, side, 3, seed), strict=True):
        Pillow.fromarray(pixels).save(path)
    return paths


@pytest.fixture(scope="package", autouse=True)
def one_thread() -> Iterator[None]:
    """Let workers compute on one core, as tiny networks do best; the long counts use all."""
    with pytest.MonkeyPatch.context() as patch:
        if SOAK == 1:
            patch.setenv("OMP_NUM_THREADS", "1")
        yield


@pytest.fixture(scope="package")
def fresh(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with forty discs; to be copied, not used."""
    folder = tmp_path_factory.mktemp("fresh")
    write_discs(folder / "pictures", 40)
    project = folder / "Discs.aigc"
    asked("project", "new", project)
    words = ("--collection", "discs", "--author", "Ada", "--rights", "CC0")
    values = asked("import", project, folder / "pictures", *words)
    assert (values["added"], values["left_out"]) == (40, [])
    return project


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Path:
    """A copy of the project that a test may do with as it likes."""
    target = tmp_path / "Discs.aigc"
    shutil.copytree(fresh, target)
    return target


@pytest.fixture(scope="package")
def trained(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A project with a model of twenty steps; only to be read."""
    project = tmp_path_factory.mktemp("trained") / "Discs.aigc"
    shutil.copytree(fresh, project)
    words = ("--collection", "discs", *TINY, "--steps", 20, "--seed", 1, "--name", "round")
    return Trained(project, asked("train", project, *words))


@dataclass(frozen=True)
class Undisturbed:
    """A long run that nobody disturbed.

    Attributes:
        model_id: sha256 of its weights; every disturbed run must end with the same.
        seconds: how long the whole call took.
    """

    model_id: str
    seconds: float


@pytest.fixture(scope="package")
def undisturbed(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    project = tmp_path_factory.mktemp("undisturbed") / "Discs.aigc"
    shutil.copytree(fresh, project)
    began = time.monotonic()
    values = asked("train", project, "--collection", "discs", *LONG)
    assert (values["state"], values["steps"]) == ("finished", STEPS)
    return Undisturbed(values["model_id"], time.monotonic() - began)
