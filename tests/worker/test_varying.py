"""How training would vary pictures, through a real worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.training import Augmentation
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import Vary
from aigc_studio.media.preparation import Preparation
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from pathlib import Path


def test_each_picture_is_varied_as_often_as_asked(tmp_path: Path) -> None:
    inputs = tuple(write_picture(tmp_path / f"{n}.png", n, side=48, mode="RGB") for n in range(2))
    spec = Vary(
        inputs=inputs,
        preparation=Preparation(size=32),
        augmentation=Augmentation(shift=0.25),
        times=3,
    )
    pictures = [pixels for _, pixels in run_job(spec).media]
    assert [each.shape for each in pictures] == [(32, 32, 3)] * 6
    assert any(not np.array_equal(pictures[0], each) for each in pictures[1:3])
    plain = run_job(spec.model_copy(update={"augmentation": Augmentation()})).media
    assert all(np.array_equal(plain[0][1], each) for _, each in plain[1:3])
