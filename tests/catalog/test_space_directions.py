"""Directions read from a weights file: both kinds, none, and files that lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.spaces import read_directions, read_space
from aigc_studio.catalog.whitening import alike

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from pydantic import JsonValue

LAYERS = 8
Arrays = dict[str, "npt.NDArray[np.float32]"]


def written(
    path: Path, config: dict[str, JsonValue] | None = None, **changes: npt.NDArray[np.float32]
) -> Path:
    tensors: Arrays = {
        "space.mean": np.arange(8, dtype=np.float32),
        "space.std": np.ones(8, np.float32),
        "space.axes": np.eye(8, dtype=np.float32)[:3],
        "directions.axes": 2 * np.eye(8, dtype=np.float32)[1:3],
        **{name.replace("_", "."): array for name, array in changes.items()},
    }
    config = {"size": 32, "latent": 8, **(config or {})}
    note = strict_json.dumps({"family": "image-gan", "config": config}).decode()
    save_file({k: v for k, v in tensors.items() if v.size}, path, metadata={"aigc": note})
    return path


def test_both_kinds_have_unit_length(tmp_path: Path) -> None:
    found = read_directions(written(tmp_path / "w.safetensors"))
    assert list(found) == ["pca", "closed-form"]
    assert found["pca"].shape == (3, LAYERS, 8)
    assert found["closed-form"].shape == (2, LAYERS, 8)
    wanted = np.eye(8)[1:3, None] / np.sqrt(LAYERS)
    np.testing.assert_allclose(
        found["closed-form"], np.broadcast_to(wanted, (2, LAYERS, 8)), atol=1e-6
    )


def test_statistics_of_one_row_are_those_of_all(tmp_path: Path) -> None:
    space = read_space(written(tmp_path / "w.safetensors"))
    assert (space.name, space.shape, space.layers) == ("w+", (LAYERS, 8), LAYERS)
    assert space.mean is not None
    assert np.array_equal(space.mean, np.tile(np.arange(8), (LAYERS, 1)))
    assert alike(space) == LAYERS
    bare = written(tmp_path / "bare.safetensors", space_mean=np.zeros(0, np.float32))
    assert (read_space(bare).shape, read_space(bare).mean) == ((LAYERS, 8), None)


@pytest.mark.parametrize(
    "config", [{"size": 1 << 20}, {"size": 33}, {"latent": 1 << 20}, {"layers": 5}]
)
def test_a_configuration_that_cannot_be_is_refused(
    tmp_path: Path, config: dict[str, JsonValue]
) -> None:
    path = written(tmp_path / "w.safetensors", config)
    for read in (read_space, read_directions):
        with pytest.raises(StudioError, match="configuration") as caught:
            read(path)
        assert caught.value.kind == "hostile"


def test_what_is_not_there_is_not_offered(tmp_path: Path) -> None:
    none = np.zeros(0, np.float32)
    path = written(tmp_path / "w.safetensors", directions_axes=none)
    assert list(read_directions(path)) == ["pca"]
    path = written(tmp_path / "w.safetensors", directions_axes=none, space_mean=none)
    assert read_directions(path) == {}


@pytest.mark.parametrize(
    "axes", [np.ones((2, 5)), np.ones(8), np.ones((600, 8)), np.full((1, 8), np.nan)]
)
def test_directions_that_cannot_be_are_refused(
    tmp_path: Path, axes: npt.NDArray[np.float64]
) -> None:
    path = written(tmp_path / "w.safetensors", directions_axes=axes.astype(np.float32))
    with pytest.raises(StudioError) as caught:
        read_directions(path)
    assert caught.value.kind == "hostile"
