"""A fake worker in a real process, and a project to train in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from aigc_studio.catalog.training import TrainOptions
from aigc_studio.jobs.child import Child
from aigc_studio.jobs.specs import DataSet, Denoise, ModelRef, Train, TrainItem
from aigc_studio.media.preparation import Preparation

if TYPE_CHECKING:
    from collections.abc import Iterator

FAKE_WORKER = Path(__file__).parents[1] / "worker" / "fake_worker.py"


class Deeds(Protocol):
    """Makes a spec that tells the fake worker what to do."""

    def __call__(self, name: str, argument: object = "") -> Denoise: ...


class Trainings(Protocol):
    """Makes a spec of a fake training run."""

    def __call__(self, run: str = "r1", *, steps: int = 1_000_000, name: str = "n") -> Train: ...


@pytest.fixture
def fake_worker() -> list[str]:
    return [sys.executable, str(FAKE_WORKER)]


@pytest.fixture
def child(fake_worker: list[str]) -> Iterator[Child]:
    with Child(fake_worker) as child:
        yield child


@pytest.fixture
def do() -> Deeds:
    def make(name: str, argument: object = "") -> Denoise:
        model = ModelRef(id="0" * 64, path=Path("/nowhere"))
        return Denoise(model=model, inputs=(Path(f"{name}:{argument}"),))

    return make


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "Foxes.aigc"
    (project / "runs").mkdir(parents=True)
    return project


@pytest.fixture
def training(project: Path) -> Trainings:
    def make(run: str = "r1", *, steps: int = 1_000_000, name: str = "n") -> Train:
        sha = "ab" * 32
        item = TrainItem(path=project / "assets" / f"{sha}.png", sha256=sha)
        return Train(
            run=run,
            folder=project / "runs" / run,
            name=name,
            family="image-vae",
            preset="tiny",
            config={},
            options=TrainOptions(),
            data=DataSet(name="foxes", items=(item,), preparation=Preparation()),
            steps=steps,
            parent=ModelRef(id=sha, path=project / "models" / sha / "weights.safetensors"),
        )

    return make
