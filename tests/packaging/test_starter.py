"""The starter project is whole, light, and made by the recipes that stand beside its builder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigc_studio.catalog.split import held_out
from aigc_studio.document.check import check
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.starter import shipped, shipped_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.document.store import Store

ROOT = Path(__file__).parents[2]
RECIPES = sorted((ROOT / "packaging" / "starter").glob("*.json"))
LIMIT_ALL, LIMIT_FILE = 40 << 20, 15 << 20


@pytest.fixture(scope="module")
def starter() -> Iterator[Store]:
    """The project that ships, for reading."""
    with shipped() as store:
        yield store


def test_every_picture_has_words_author_and_rights(starter: Store) -> None:
    assets = [asset for asset in starter.project.assets.values() if not asset.render]
    assert len(assets) >= 1400
    for asset in assets:
        assert asset.captions["en"]
        assert asset.captions.get("zh") or "item" in asset.tags or "monster" in asset.tags
        assert asset.author
        assert asset.rights
    marks = held_out([asset.sha256 for asset in assets])
    assert 0.05 < sum(marks) / len(marks) < 0.15


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_model_was_made_by_its_recipe(starter: Store, path: Path) -> None:
    recipe: dict[str, Any] = json.loads(path.read_text("utf-8"))
    card = choose_model(starter, recipe["name"]).card
    assert card.family == recipe["family"]
    assert card.data is not None
    assert card.data.collection == recipe["collection"]
    done = [(note.preset, note.steps, note.seed) for note in card.history]
    assert done == [(stage["preset"], stage["steps"], stage["seed"]) for stage in recipe["stages"]]
    assert card.metrics["psnr"]


def test_it_opens_on_a_canvas_that_can_be_played(starter: Store) -> None:
    canvas = next(iter(starter.project.canvases.values()))
    model = choose_model(starter, "emoji-vae").ref.id
    assert canvas.layers
    for layer in canvas.layers:
        assert layer.living is not None
        assert layer.living.model == model
        assert starter.asset_path(starter.project.assets[layer.asset]).is_file()


def test_it_is_whole() -> None:
    assert check(shipped_project()) == []


def test_it_is_light() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert sum(sizes) < LIMIT_ALL
    assert max(sizes) < LIMIT_FILE


def test_nothing_of_the_machine_it_was_made_on_travels() -> None:
    folder = shipped_project()
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "assets", "models"}
    for card in folder.glob("models/*/card.json"):
        assert "/tmp" not in card.read_text("utf-8")


def test_pixel_tiles_are_all_surely_free_and_hard(starter: Store) -> None:
    collections = {each.name: each for each in starter.project.collections.values()}
    tiles = [starter.project.assets[item] for item in collections["tiles"].items]
    assert len(tiles) in range(300, 601)
    assert {tile.rights for tile in tiles} == {"CC0-1.0"}
    assert {(tile.width, tile.height) for tile in tiles} == {(32, 32)}
    chosen = (ROOT / "packaging" / "starter" / "tiles.txt").read_text("utf-8").split()
    assert {tile.source for tile in tiles} == {
        path.replace("/", "-").replace("_", "-") for path in chosen
    }
    assert len(collections["emoji"].items) == 1585
