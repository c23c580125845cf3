"""Numbered pictures: all of them or none, one recipe beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.provenance import Provenance
from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.media.sequence import names_of, recipe_name, save_sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGIN = Provenance(recipe_json='{"a":1}', author="Ada", title="fox")


def frames(count: int) -> list[Image]:
    """Each of another grey."""
    return [Image(np.full((8, 8, 3), number, np.uint8)) for number in range(count)]


def test_names_have_room_for_every_number() -> None:
    assert names_of("fox-####.png", 2) == ["fox-0001.png", "fox-0002.png"]
    assert names_of("#.png", 12)[-1] == "12.png"
    assert recipe_name("fox-####.png") == "fox.json"
    assert recipe_name("####.png") == "recipe.json"
    with pytest.raises(StudioError, match="where the number goes"):
        names_of("fox.png", 2)


def test_pictures_and_one_recipe(tmp_path: Path) -> None:
    path = tmp_path / "film" / "fox-####.png"
    report = save_sequence(frames(12), 12, path, 24.0, ORIGIN)
    names = sorted(each.name for each in path.parent.iterdir())
    assert names == [*(f"fox-{number:04}.png" for number in range(1, 13)), "fox.json"]
    assert report.beside == (path.parent / "fox.json",)
    told = json.loads((path.parent / "fox.json").read_bytes())
    assert (told["fps"], told["recipe_json"], len(told["frames"])) == (24.0, '{"a":1}', 12)
    assert decode_image(report.path.with_name("fox-0007.png")).pixels[0, 0, 0] == 6
    found = read_provenance(report.path)
    assert found is not None
    assert (found.author, found.recipe_json) == ("Ada", "")


def test_an_earlier_and_longer_one_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "fox-notes.txt").write_text("mine")
    path = tmp_path / "fox-####.png"
    save_sequence(frames(9), 9, path, 24.0, ORIGIN)
    save_sequence(frames(4), 4, path, 24.0, ORIGIN)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "fox-0001.png", "fox-0002.png", "fox-0003.png", "fox-0004.png", "fox-notes.txt", "fox.json",
    ]  # fmt: skip


def test_what_ends_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "fox-####.png"
    save_sequence(frames(3), 3, path, 24.0)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    def broken() -> Iterator[Image]:
        yield frames(8)[7]
        raise StudioError("The model is gone.")

    with pytest.raises(StudioError, match="gone"):
        save_sequence(broken(), 3, path, 24.0)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
    with pytest.raises(StudioError, match="gone"):
        save_sequence(broken(), 3, tmp_path / "new" / "fox-####.png", 24.0)
    assert not (tmp_path / "new").exists()


def test_giving_up_leaves_nothing(tmp_path: Path) -> None:
    def stop(part: float) -> None:
        if part > 0.5:
            raise StudioError("It was cancelled.")

    with pytest.raises(StudioError, match="cancelled"):
        save_sequence(frames(6), 6, tmp_path / "out" / "#.png", 24.0, advance=stop)
    assert list(tmp_path.iterdir()) == []
