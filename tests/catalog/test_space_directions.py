"""Directions read from a weights file: both kinds, none, and files that lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.spaces import read_directions

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

Arrays = dict[str, "npt.NDArray[np.float32]"]


def written(path: Path, **changes: npt.NDArray[np.float32]) -> Path:
    tensors: Arrays = {
        "space.mean": np.zeros(4, np.float32),
        "space.std": np.ones(4, np.float32),
        "space.axes": np.eye(4, dtype=np.float32)[:3],
        "directions.axes": 2 * np.eye(4, dtype=np.float32)[1:3],
        **{name.replace("_", "."): array for name, array in changes.items()},
    }
    note = strict_json.dumps({"family": "image-gan", "config": {"latent": 4}}).decode()
    save_file({k: v for k, v in tensors.items() if v.size}, path, metadata={"aigc": note})
    return path


def test_both_kinds_have_unit_length(tmp_path: Path) -> None:
    found = read_directions(written(tmp_path / "w.safetensors"))
    assert list(found) == ["pca", "closed-form"]
    assert np.array_equal(found["closed-form"], np.eye(4, dtype=np.float32)[1:3])
    assert found["pca"].shape == (3, 4)


def test_what_is_not_there_is_not_offered(tmp_path: Path) -> None:
    none = np.zeros(0, np.float32)
    path = written(tmp_path / "w.safetensors", directions_axes=none)
    assert list(read_directions(path)) == ["pca"]
    path = written(tmp_path / "w.safetensors", directions_axes=none, space_mean=none)
    assert read_directions(path) == {}


@pytest.mark.parametrize(
    "axes", [np.ones((2, 5)), np.ones(4), np.ones((600, 4)), np.full((1, 4), np.nan)]
)
def test_directions_that_cannot_be_are_refused(
    tmp_path: Path, axes: npt.NDArray[np.float64]
) -> None:
    path = written(tmp_path / "w.safetensors", directions_axes=axes.astype(np.float32))
    with pytest.raises(StudioError) as caught:
        read_directions(path)
    assert caught.value.kind == "hostile"
