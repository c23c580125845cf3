"""A project with pictures and models, a fake worker, and the command line called in-process."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.cli.entry import run
from aigc_studio.document.importing import import_files
from aigc_studio.document.store import Store
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.card import ModelCard


@dataclass
class Called:
    """What one call of the command line did."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> dict[str, Any]:
        """Stdout as the one JSON object that it must be."""
        found: dict[str, Any] = json.loads(self.out)
        assert self.out.count("\n") == 1
        return found

    @property
    def error(self) -> dict[str, str]:
        """The error object of a failed call."""
        assert self.code == 1, self.err
        found: dict[str, str] = self.values["error"]
        assert found["happened"] in self.err
        return found


class Studio(Protocol):
    """Calls the command line."""

    def __call__(self, *words: object) -> Called: ...


@pytest.fixture
def studio(capsys: pytest.CaptureFixture[str]) -> Studio:
    def call(*words: object) -> Called:
        capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = capsys.readouterr()
        return Called(code, out, err)

    return call


@pytest.fixture
def fake_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*options: str) -> list[str]:
        return [sys.executable, "-m", "tests.cli.fake_worker", *options]

    # In this order: what is first imported here must not take the fake for the true one.
    for module in ("launch", "runner", "child"):
        monkeypatch.setattr(f"aigc_studio.jobs.{module}.worker_command", command)


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*options: str) -> list[str]:
        raise AssertionError("no worker is needed here")

    # In this order: what is first imported here must not take the fake for the true one.
    for module in ("launch", "runner", "child"):
        monkeypatch.setattr(f"aigc_studio.jobs.{module}.worker_command", command)


def write_picture(path: Path, seed: int = 0, side: int = 40, *, mode: str = "RGBA") -> Path:
    """A picture of noise; each seed another one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    channels = {"L": (), "RGB": (3,), "RGBA": (4,)}[mode]
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, *channels), dtype=np.uint8)
    Pillow.fromarray(pixels).save(path)
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for number in range(12):
        write_picture(folder / f"fox-{number:02d}.png", number)
    return folder


@pytest.fixture
def project(tmp_path: Path, pictures: Path) -> Path:
    """Twelve pictures in "foxes" and no model."""
    folder = tmp_path / "Foxes.aigc"
    with Store.create(folder, author="Ada", rights="all mine") as store:
        import_files(store, [pictures], "foxes")
        store.save()
    return folder


@dataclass
class Models:
    """A project with two models."""

    project: Path
    plain: ModelCard
    repairing: ModelCard


@pytest.fixture
def models(project: Path, tmp_path: Path) -> Models:
    plain = write_model(tmp_path / "plain", value=1.0, name="foxes-vae")
    repairing = write_model(
        tmp_path / "repairing", value=2.0, name="repairer", corruption="noise", parent=plain.model
    )
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "plain")
        store.adopt_model(tmp_path / "repairing")
        store.save()
    return Models(project, plain, repairing)


@pytest.fixture
def shipped(tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project as if it were the one that ships; temporary copies lie in `tmp_path`."""
    target = tmp_path / "resources" / "starter" / "project" / "Starter.aigc"
    target.parent.mkdir(parents=True)
    models.project.rename(target)
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: tmp_path / "resources")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return target


@pytest.fixture
def no_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: tmp_path / "nothing")
