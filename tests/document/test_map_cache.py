"""Maps in a project's cache: found again by what they were made of, passed over when damaged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.document import map_cache
from aigc_studio.document.map_cache import KeptMap, key_of
from aigc_studio.jobs.specs import Map

if TYPE_CHECKING:
    from pathlib import Path

HOW = Map(points=b"")
KEY = "0" * 64


def a_map(count: int = 3) -> KeptMap:
    dice = np.random.default_rng(count)
    places = dice.uniform(-1, 1, (count, 2)).astype(np.float32)
    points = dice.standard_normal((count, 5)).astype(np.float32)
    return KeptMap(tuple(f"{number:016x}" for number in range(count)), places, points)


def only(folder: Path) -> Path:
    """The one file."""
    (path,) = (folder / map_cache.FOLDER).iterdir()
    return path


def test_a_map_is_found_again_bit_for_bit(tmp_path: Path) -> None:
    map_cache.write(tmp_path, KEY, kept := a_map())
    found = map_cache.read(tmp_path, KEY)
    assert found is not None
    assert found.assets == kept.assets
    np.testing.assert_array_equal(found.places, kept.places)
    np.testing.assert_array_equal(found.points, kept.points)
    assert map_cache.read(tmp_path, "1" * 64) is None


def test_the_key_knows_model_data_and_parameters_and_no_order() -> None:
    key = key_of("a" * 64, ["1", "2"], HOW)
    assert key == key_of("a" * 64, ["2", "1"], HOW)
    others = {
        key_of("b" * 64, ["1", "2"], HOW),
        key_of("a" * 64, ["1", "2", "3"], HOW),
        key_of("a" * 64, ["1", "2"], Map(points=b"", perplexity=21.0)),
        key_of("a" * 64, ["1", "2"], Map(points=b"", rounds=301)),
        key_of("a" * 64, ["1", "2"], Map(points=b"", seed=1)),
    }
    assert len({key, *others}) == 6


@pytest.mark.parametrize("at", [0, 40, 60, -1])
def test_a_damaged_map_is_passed_over(tmp_path: Path, at: int) -> None:
    map_cache.write(tmp_path, KEY, a_map())
    path = only(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert map_cache.read(tmp_path, KEY) is None
    path.write_bytes(b"")
    assert map_cache.read(tmp_path, KEY) is None
    map_cache.write(tmp_path, KEY, a_map())  # made again
    assert map_cache.read(tmp_path, KEY) is not None


@pytest.mark.parametrize(
    "head", [b"[]", b"{", b'{"assets":[],"numbers":5}', b'{"assets":["0"],"numbers":9}', b"\xff"]
)
def test_a_stranger_s_map_is_passed_over(tmp_path: Path, head: bytes) -> None:
    import hashlib

    body = head + b"\n" + np.zeros(7, "<f4").tobytes()
    (tmp_path / map_cache.FOLDER).mkdir()
    path = tmp_path / map_cache.FOLDER / f"{KEY}.map"
    path.write_bytes(hashlib.sha256(body).digest() + body)
    assert map_cache.read(tmp_path, KEY) is None


def test_the_newest_maps_stay(tmp_path: Path) -> None:
    for number in range(map_cache.MOST_FILES + 3):
        key = f"{number:064x}"
        map_cache.write(tmp_path, key, a_map())
        os.utime(tmp_path / map_cache.FOLDER / f"{key}.map", (number, number))
    map_cache.write(tmp_path, KEY[:-1] + "f", a_map())
    there = [number for number in range(20) if map_cache.read(tmp_path, f"{number:064x}")]
    assert len(there) == map_cache.MOST_FILES
    assert 0 not in there


def test_all_maps_together_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    map_cache.write(tmp_path, KEY, a_map())
    size = only(tmp_path).stat().st_size
    monkeypatch.setattr(map_cache, "MOST_BYTES", 2 * size + 1)
    for number in range(4):
        map_cache.write(tmp_path, f"{number + 1:064x}", a_map())
    assert len(list((tmp_path / map_cache.FOLDER).iterdir())) <= 2
    map_cache.write(tmp_path, "f" * 64, a_map(30))  # larger than half of it: not kept at all
    assert map_cache.read(tmp_path, "f" * 64) is None


def test_a_disk_that_refuses_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / map_cache.FOLDER).write_bytes(b"in the way")
    map_cache.write(tmp_path, KEY, a_map())
    assert map_cache.read(tmp_path, KEY) is None
