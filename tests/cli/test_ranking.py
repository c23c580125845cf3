"""`rank`, `mix` and `reconstruct --search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_image
from tests.cli.conftest import write_picture
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Models, Studio

pytestmark = pytest.mark.usefixtures("fake_worker")


@pytest.fixture
def gan(models: Models, tmp_path: Path) -> str:
    """The id of a model that judges and has layers."""
    card = write_model(tmp_path / "gan", value=9.0, name="foxes-gan", family="image-gan")
    with Store.open(models.project) as store:
        store.adopt_model(tmp_path / "gan")
        store.save()
    return card.model


def test_the_best_come_first(studio: Studio, models: Models, gan: str, tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{n}.png", n) for n in range(4)]
    wanted = sorted(paths, key=lambda path: -float(decode_image(path).pixels.mean()))
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"torn")
    called = studio("rank", models.project, "--model", "foxes-gan", *paths, torn, "--json")
    assert called.code == 0, called.err
    assert [each["path"] for each in called.values["ranking"]] == [str(path) for path in wanted]
    scores = [each["score"] for each in called.values["ranking"]]
    assert scores == sorted(scores, reverse=True)
    assert "torn.png" in called.values["left_out"][0]
    assert called.values["model_id"] == gan
    table = studio("rank", models.project, "--model", gan, *paths).out
    assert table.index(wanted[0].name) < table.index(wanted[-1].name)


def test_a_collection_and_assets(studio: Studio, models: Models, gan: str) -> None:
    words = ("rank", models.project, "--model", gan)
    values = studio(*words, "--collection", "foxes", "--json").values
    with Store.open(models.project) as store:
        (collection,) = store.project.collections.values()
        files = {str(store.asset_path(store.project.assets[key])) for key in collection.items}
    assert {each["path"] for each in values["ranking"]} == files
    one = studio(*words, collection.items[0], "--json").values["ranking"]
    assert len(one) == 1


def test_who_cannot_judge_or_has_nothing_to_judge_says_so(
    studio: Studio, models: Models, gan: str, tmp_path: Path
) -> None:
    path = write_picture(tmp_path / "a.png", 1)
    called = studio("rank", models.project, "--model", "foxes-vae", path, "--json")
    assert "cannot judge" in called.error["happened"]
    called = studio("rank", models.project, "--model", gan, "--json")
    assert called.error["happened"] == "There is nothing to judge."
    path.write_bytes(b"torn")
    called = studio("rank", models.project, "--model", gan, path, "--json")
    assert called.error["kind"] == "input"


def test_mixing(studio: Studio, models: Models, gan: str, tmp_path: Path) -> None:
    words = ("mix", models.project, "--from", "seed:1", "--to", "seed:2", "--layers", "0-3")
    out = tmp_path / "deep" / "mixed.png"
    called = studio(*words, "--model", gan, "--out", out, "--json")
    assert called.code == 0, called.err
    assert called.values["files"] == [str(out)]
    recipe = Recipe.model_validate(called.values["recipe"])
    assert (recipe.operation, recipe.space, recipe.code) == ("mix", "w+", b"a point")
    told = {"from": "seed:1", "to": "seed:2", "layers": "0-3"}
    assert told.items() <= recipe.settings.items()
    assert out.is_file()
    assert (
        "cannot mix layers"
        in studio(*words, "--model", "foxes-vae", "--out", out, "--json").error["happened"]
    )
    assert studio(*words, "--model", gan, "--out", tmp_path / "a.tiff", "--json").error
    assert studio(*words[:-1], "x", "--model", gan, "--out", out).code == 2


def test_a_search_keeps_the_last_picture_and_its_quality(
    studio: Studio, models: Models, gan: str, tmp_path: Path
) -> None:
    paths = [write_picture(tmp_path / f"{n}.png", n) for n in range(2)]
    out = tmp_path / "out"
    words = ("--model", gan, *paths, "--search", 50, "--out", out, "--json")
    called = studio("reconstruct", models.project, *words)
    assert called.code == 0, called.err
    assert called.values["files"] == [str(out / "0.png"), str(out / "1.png")]
    assert called.values["psnr"] == [31.0, 31.0]
    assert (decode_image(out / "1.png").pixels == decode_image(paths[1]).pixels).all()
    recipes = [Recipe.model_validate(each) for each in called.values["recipes"]]
    assert [recipe.operation for recipe in recipes] == ["invert", "invert"]
    assert recipes[0].settings["steps"] == 50
    assert len({recipe.inputs for recipe in recipes}) == 2
