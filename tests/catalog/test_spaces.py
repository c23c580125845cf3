"""Statistics of latent spaces of any shape, read without torch from files of strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.spaces import read_space

if TYPE_CHECKING:
    from pathlib import Path


def written(path: Path, family: str, **arrays: np.ndarray) -> Path:
    """A weights file that holds nothing but these statistics."""
    note = strict_json.dumps({"family": family, "config": {"latent": 8}}).decode()
    tensors = {f"space.{name}": array.astype(np.float32) for name, array in arrays.items()}
    save_file(tensors, path, metadata={"aigc": note})
    return path


@pytest.mark.parametrize("shape", [(8,), (3, 4), (2, 4, 4)])
def test_points_may_have_sides(tmp_path: Path, shape: tuple[int, ...]) -> None:
    axes = np.random.default_rng(1).normal(size=(5, *shape))
    path = written(
        tmp_path / "w", "image-flow", mean=np.zeros(shape), std=np.ones(shape), axes=axes
    )
    space = read_space(path)
    assert (space.name, space.shape, space.geometry) == ("noise", shape, "gaussian")
    assert space.axes is not None
    lengths = np.linalg.norm(space.axes.reshape(5, -1), axis=1)
    np.testing.assert_allclose(lengths, 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("mean", "std", "axes"),
    [
        ((8,), (8,), (2, 9)),
        ((8,), (9,), (2, 8)),
        ((2, 2), (2, 2), (2, 4)),
        ((2, 2), (2, 2), (5, 2, 2)),  # more axes than numbers
        ((2, 2), (2, 2), (0, 2, 2)),
        ((1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1, 1)),
        ((300, 300), (300, 300), (1, 300, 300)),
        ((0,), (0,), (0, 0)),
    ],
)
def test_shapes_that_do_not_fit(
    tmp_path: Path, mean: tuple[int, ...], std: tuple[int, ...], axes: tuple[int, ...]
) -> None:
    arrays = {"mean": np.zeros(mean), "std": np.ones(std), "axes": np.ones(axes)}
    with pytest.raises(StudioError) as caught:
        read_space(written(tmp_path / "w", "image-flow", **arrays))
    assert caught.value.kind == "hostile"


def test_numbers_that_are_none(tmp_path: Path) -> None:
    good = {"mean": np.zeros(4), "std": np.ones(4), "axes": np.eye(4)}
    for name, bad in (("mean", np.nan), ("std", -1.0), ("axes", np.inf)):
        arrays = {**good, name: np.full_like(good[name], bad)}
        with pytest.raises(StudioError):
            read_space(written(tmp_path / "w", "image-flow", **arrays))


def test_a_model_without_statistics(tmp_path: Path) -> None:
    space = read_space(written(tmp_path / "w", "image-vae", other=np.zeros(1)))
    assert (space.name, space.shape, space.mean) == ("z", (8,), None)
