"""Prepared data: the same bytes every time, a split by content, an order by seed and step."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import DataSet, TrainItem
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.data import fingerprint_of, load_prepared, prepare_data, prepare_pair, split
from tests.ml.helpers import discs, prepared

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData

HASHES = st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=60, unique=True).map(
    lambda numbers: tuple(f"{number:064x}" for number in numbers)
)
COUNT = 14


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


def collection(folder: Path, side: int = 32, channels: int = 3, **wishes: object) -> DataSet:
    """Discs as PNG files."""
    folder.mkdir(exist_ok=True)
    items = []
    for number, pixels in enumerate(discs(COUNT, side, channels)):
        path = folder / f"{number}.png"
        Pillow.fromarray(pixels[..., 0] if channels == 1 else pixels).save(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        items.append(TrainItem(path=path, sha256=sha256, caption=f"disc {number}"))
    preparation = Preparation.model_validate(wishes)
    return DataSet(name="discs", items=tuple(items), preparation=preparation)


@given(HASHES, st.randoms())
def test_the_split_follows_content_alone(hashes: tuple[str, ...], dice: Random) -> None:
    training, held_out = split(hashes)
    assert sorted([*training, *held_out]) == list(range(len(hashes)))
    assert len(training) > 0
    assert (len(held_out) > 0) == (len(hashes) >= 10)
    shuffled = tuple(dice.sample(hashes, len(hashes)))
    apart = {hashes[index] for index in held_out}
    assert apart == {shuffled[index] for index in split(shuffled)[1]}


def test_an_item_keeps_its_side_when_others_come() -> None:
    hashes = tuple(hashlib.sha256(bytes([number])).hexdigest() for number in range(200))
    few = {hashes[index] for index in split(hashes[:100])[1]}
    many = {hashes[index] for index in split(hashes)[1]}
    assert few == many & set(hashes[:100])
    assert 8 <= len(many) <= 32


def test_preparing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    data = collection(tmp_path / "files")
    seen: list[tuple[int, int]] = []
    one = prepare_data(data, tmp_path / "a", lambda done, total: seen.append((done, total)))
    prepare_data(data, tmp_path / "b", silent)
    for name in ("pixels.npy", "prepared.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert seen[-1] == (2 * COUNT, 2 * COUNT)
    seen.clear()
    again = prepare_data(data, tmp_path / "a", lambda done, total: seen.append((done, total)))
    assert not seen  # what an earlier call left is taken
    assert np.array_equal(again.pixels, one.pixels)
    assert again.hashes == tuple(item.sha256 for item in data.items)
    assert again.fingerprint == fingerprint_of(data)


@pytest.mark.parametrize(
    ("side", "channels", "shape", "colour"),
    [(28, 1, (32, 32, 1), "grey"), (40, 3, (32, 32, 3), "rgb"), (48, 3, (48, 48, 3), "rgb")],
)
def test_size_and_colour_follow_the_pictures(
    tmp_path: Path, side: int, channels: int, shape: tuple[int, int, int], colour: str
) -> None:
    data = prepare_data(collection(tmp_path / "files", side, channels), tmp_path / "a", silent)
    assert data.pixels.shape == (COUNT, *shape)
    assert data.pixels.dtype == np.uint8
    assert (data.size, data.channels) == (shape[0], shape[2])
    assert (data.preparation.size, data.preparation.colour) == (shape[0], colour)


def test_small_pictures_are_padded_not_scaled(tmp_path: Path) -> None:
    data = prepare_data(collection(tmp_path / "files", 28, 1), tmp_path / "a", silent)
    assert np.array_equal(data.pixels[:, 2:30, 2:30], discs(COUNT, 28, 1))


def test_colours_are_premultiplied_by_alpha(tmp_path: Path) -> None:
    data = collection(tmp_path / "files", 32, 3)
    pixels = np.full((32, 32, 4), (200, 100, 50, 128), np.uint8)
    pixels[:16, :, 3] = 0
    for number, item in enumerate(data.items):
        pixels[30, number] = 255  # no two are alike
        Pillow.fromarray(pixels).save(item.path)
    made = prepare_data(data, tmp_path / "a", silent)
    assert made.pixels.shape == (COUNT, 32, 32, 4)
    assert not made.pixels[:, :16].any()
    np.testing.assert_allclose(made.pixels[0, 20, 20], (100, 50, 25, 128), atol=1)
    batch = made.batch(np.arange(2))
    assert bool((batch[:, :3] <= batch[:, 3:] + 1e-6).all())


def test_a_batch_is_the_pictures_in_zero_to_one() -> None:
    data = prepared(12, 16, 3)
    batch = data.batch(torch.tensor([5, 0]))
    assert batch.shape == (2, 3, 16, 16)
    assert batch.dtype == torch.float32
    np.testing.assert_array_equal(
        (batch * 255).round().permute(0, 2, 3, 1).numpy(), data.pixels[[5, 0]]
    )


def order(data: PreparedData, seed: int, steps: range, batch: int) -> list[int]:
    """The items of some steps, one after the other."""
    return [int(item) for step in steps for item in data.batch_items(seed, step, batch)]


@given(st.integers(0, 2**63 - 1), st.integers(1, 40), st.integers(0, 10**6))
def test_items_follow_seed_and_step_alone(seed: int, batch: int, step: int) -> None:
    data = prepared(12)
    once = data.batch_items(seed, step, batch)
    data.batch_items(seed + 1, step + 7, batch)
    assert once.tolist() == data.batch_items(seed, step, batch).tolist()
    assert once.shape == (batch,)
    assert set(once.tolist()) <= set(data.training.tolist())


@pytest.mark.parametrize("batch", [1, 4, 7, 50])
def test_every_epoch_shows_each_item_once(batch: int) -> None:
    data = prepared(30)
    count = len(data.training)
    drawn = order(data, 3, range(3 * count), batch)
    for epoch in range(3):
        assert sorted(drawn[epoch * count : (epoch + 1) * count]) == data.training.tolist()
    assert drawn[:count] != drawn[count : 2 * count]
    assert drawn[:count] != order(data, 4, range(count), batch)[:count]
    assert max(Counter(drawn[: 2 * count]).values()) == 2


def test_unfit_and_double_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    data = collection(tmp_path / "files", smallest=20)
    data.items[3].path.write_bytes(b"rubbish")
    data.items[4].path.unlink()
    Pillow.new("RGB", (32, 12)).save(data.items[5].path)
    data.items[6].path.write_bytes(data.items[7].path.read_bytes())
    made = prepare_data(data, tmp_path / "a", silent)
    assert len(made.pixels) == len(made.hashes) == COUNT - 4
    named = [words.split(":")[0] for words in made.left_out]
    assert named == [f"disc {number}" for number in (3, 4, 5, 7)]


def test_too_few_usable_pictures_are_told(tmp_path: Path) -> None:
    data = collection(tmp_path / "files")
    for item in data.items[1:]:
        item.path.write_bytes(b"rubbish")
    with pytest.raises(StudioError, match='"discs" has 1 usable') as caught:
        prepare_data(data, tmp_path / "a", silent)
    assert caught.value.kind == "input"
    assert load_prepared(data, tmp_path / "a") is None


@pytest.mark.parametrize("name", ["pixels.npy", "prepared.json"])
@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_what_is_spoilt_is_prepared_anew(tmp_path: Path, name: str, content: bytes | None) -> None:
    data = collection(tmp_path / "files")
    before = prepare_data(data, tmp_path / "a", silent).pixels.copy()
    spoilt = tmp_path / "a" / name
    spoilt.write_bytes(spoilt.read_bytes()[:-50] if content is None else content)
    assert load_prepared(data, tmp_path / "a") is None
    assert np.array_equal(prepare_data(data, tmp_path / "a", silent).pixels, before)


@pytest.mark.parametrize("strange", [np.zeros((COUNT, 32)), np.zeros((COUNT, 16, 16, 3), np.uint8)])
def test_an_array_of_another_kind_is_not_taken(tmp_path: Path, strange: Pixels) -> None:
    data = collection(tmp_path / "files")
    prepare_data(data, tmp_path / "a", silent)
    np.save(tmp_path / "a" / "pixels.npy", strange)
    assert load_prepared(data, tmp_path / "a") is None


def test_other_wishes_are_another_fingerprint(tmp_path: Path) -> None:
    data = collection(tmp_path / "files")
    prepare_data(data, tmp_path / "a", silent)
    other = data.model_copy(update={"preparation": Preparation(size=16)})
    fewer = data.model_copy(update={"items": data.items[1:]})
    assert len({fingerprint_of(each) for each in (data, other, fewer)}) == 3
    assert load_prepared(other, tmp_path / "a") is None
    assert prepare_data(other, tmp_path / "a", silent).size == 16


def test_patches_of_originals_keep_each_picture_on_one_side(tmp_path: Path) -> None:
    data = collection(tmp_path / "files", 70, 3).model_copy(update={"patches": 4})
    made = prepare_data(data, tmp_path / "a", silent)
    assert made.size == 64
    assert made.pictures == len(data.items)
    assert len(made.pixels) == len(made.hashes) > made.pictures
    trained = {made.hashes[index] for index in made.training}
    held = {made.hashes[index] for index in made.held_out}
    assert not trained & held
    assert len(held) == made.pictures_held_out > 0
    again = load_prepared(data, tmp_path / "a")
    assert again is not None
    assert np.array_equal(again.pixels, made.pixels)
    assert load_prepared(data.model_copy(update={"patches": 5}), tmp_path / "a") is None
    assert fingerprint_of(data) != fingerprint_of(data.model_copy(update={"patches": 0}))


def test_a_pair_is_prepared_alike(tmp_path: Path) -> None:
    grey, colour = collection(tmp_path / "g", 40, 1), collection(tmp_path / "c", 70, 4)
    made = prepare_pair(grey, colour, tmp_path / "a", silent)
    assert made.pair is not None
    assert (made.size, made.channels) == (made.pair.size, made.pair.channels) == (32, 4)
    assert prepare_pair(grey, None, tmp_path / "b", silent).pair is None
