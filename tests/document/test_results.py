"""From a worker's results to recipes and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.chosen import ChosenModel
from aigc_studio.document.export_files import (
    free_paths,
    is_ours,
    named_after,
    numbered_names,
    provenance_of,
    save_frames,
    save_picture,
    video_job,
)
from aigc_studio.document.keeping import keep_exports
from aigc_studio.document.results import Scaling, images_of, recipes_of, whole_recipe
from aigc_studio.document.store import Store
from aigc_studio.jobs.messages import MediaOut
from aigc_studio.jobs.runner import JobOutcome
from aigc_studio.jobs.specs import Interpolate, ModelRef, Reconstruct, Sample, SeedPoint
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from tests.cli.models import write_model
from tests.document.helpers import png, sha

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

VALUES: dict[str, JsonValue] = {"versions": {"torch": "9"}, "device": "cpu", "space": "z"}


@pytest.fixture
def model(tmp_path: Path) -> ChosenModel:
    card = write_model(tmp_path / "m")
    ref = ModelRef(id=card.model, path=tmp_path / "m" / "weights.safetensors")
    return ChosenModel(ref, "foxes-vae", tmp_path / "m", card)


def outcome(count: int, *, seeds: Sequence[int | None], code: bytes | None = None) -> JobOutcome:
    """A finished job with small pictures."""
    media = []
    for index in range(count):
        pixels = np.full((8, 8, 4), index * 20, np.uint8)
        message = MediaOut(index=index, count=count, shape=(8, 8, 4), seed=seeds[index], code=code)
        media.append((message, pixels))
    return JobOutcome("finished", {**VALUES}, media)


def test_a_sample_needs_only_its_seed(model: ChosenModel) -> None:
    spec = Sample(model=model.ref, seeds=(4, 5), truncation=0.5)
    first, second = recipes_of(spec, outcome(2, seeds=(4, 5), code=b"c"), model)
    assert (first.seed, second.seed, first.code) == (4, 5, None)
    assert first.settings == {"truncation": 0.5, "device": "cpu"}
    assert first.versions == {"studio": __version__, "torch": "9"}
    alone = recipes_of(
        Sample(model=model.ref, seeds=(5,), truncation=0.5), outcome(1, seeds=(5,)), model
    )
    assert alone == [second]


def test_a_reconstruction_names_its_input(model: ChosenModel, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(png(number))
    spec = Reconstruct(model=model.ref, inputs=(tmp_path / "1.png", tmp_path / "2.png"))
    recipes = recipes_of(spec, outcome(2, seeds=(None, None), code=b"c"), model)
    assert [recipe.inputs for recipe in recipes] == [(sha(png(1)),), (sha(png(2)),)]
    assert recipes[0].code == b"c"
    assert str(tmp_path) not in recipes[0].model_dump_json()


def test_a_walk_as_a_whole_and_frame_by_frame(model: ChosenModel) -> None:
    spec = Interpolate(model=model.ref, start=SeedPoint(seed=1), end=SeedPoint(seed=2), steps=3)
    done = outcome(3, seeds=(None, None, None))
    assert [recipe.settings["index"] for recipe in recipes_of(spec, done, model)] == [0, 1, 2]
    whole = whole_recipe(spec, done.values, model, {"fps": 5.0})
    assert whole.settings["from"] == "seed:1"
    assert whole.settings["fps"] == 5.0
    assert "index" not in whole.settings


def test_author_and_rights_come_from_the_models_data(model: ChosenModel) -> None:
    recipe = Recipe(operation="sample", model=model.ref.id, family="image-vae")
    provenance = provenance_of(recipe, model)
    assert (provenance.author, provenance.rights) == ("Ada; Grace", "CC0")
    assert Recipe.model_validate_json(provenance.recipe_json) == recipe


def test_names() -> None:
    assert numbered_names(2, ".png") == ["0001.png", "0002.png"]
    assert numbered_names(10_000, ".png")[-1] == "10000.png"
    assert named_after([Path("/x/a.b.jpg")], ".png") == ["a.b.png"]


def test_paths_never_meet(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    spared = free_paths(tmp_path, ["a.png", "a.png", "b.png"], lambda path: False)
    assert [path.name for path in spared] == ["a 2.png", "a 3.png", "b.png"]
    names = ["a.png", "A.png", "a.png", "b.png"]
    replaced = [path.name for path in free_paths(tmp_path, names, lambda path: True)]
    assert replaced == ["a.png", "A 2.png", "a 3.png", "b.png"]


def test_scaling() -> None:
    image = Image(np.arange(16, dtype=np.uint8).reshape(2, 2, 4))
    nearest = Scaling(3, "nearest").of(image)
    assert nearest.size == (6, 6)
    assert np.array_equal(nearest.pixels[::3, ::3], image.pixels)
    assert Scaling(3).of(image).size == (6, 6)
    assert Scaling().of(image) is image
    with pytest.raises(StudioError):
        Scaling(64).of(Image(np.zeros((400, 4, 1), np.uint8)))


def test_exports_are_known_again(model: ChosenModel, tmp_path: Path) -> None:
    recipe = Recipe(operation="sample", model=model.ref.id, family="image-vae")
    frames = images_of(outcome(3, seeds=(1, 2, 3)))
    export = save_picture(frames[0], tmp_path / "deep" / "a.png", recipe, model)
    assert export.path.is_file()
    assert is_ours(export.path)
    for suffix in ("gif", "webp"):
        film = save_frames(frames, tmp_path / f"a.{suffix}", recipe, model, fps=10)
        assert is_ours(film.path)
    sheet = save_frames(frames, tmp_path / "s.png", recipe, model, fps=10, sheet=True)
    assert sheet.beside == (tmp_path / "s.json",)
    (tmp_path / "other.png").write_bytes(png(1))
    assert not is_ours(tmp_path / "other.png")
    assert not is_ours(tmp_path / "none.png")


def test_a_jpeg_says_that_it_has_no_alpha(model: ChosenModel, tmp_path: Path) -> None:
    recipe = Recipe(operation="sample", model=model.ref.id, family="image-vae")
    image = images_of(outcome(1, seeds=(1,)))[0]
    assert save_picture(image, tmp_path / "a.jpg", recipe, model).notes
    assert not save_picture(image, tmp_path / "a.png", recipe, model).notes


def test_a_video_job_holds_opaque_frames(model: ChosenModel, tmp_path: Path) -> None:
    recipe = Recipe(operation="interpolate", model=model.ref.id, family="image-vae")
    frames = images_of(outcome(3, seeds=(1, 2, 3)))
    spec, payload = video_job(frames, tmp_path / "v" / "a.mp4", recipe, model, fps=12)
    assert spec.shape == (3, 8, 8, 3)
    assert len(payload) == 3 * 8 * 8 * 3
    assert (spec.author, spec.rights) == ("Ada; Grace", "CC0")
    assert payload[:3] == b"\xff\xff\xff"  # clear all over: white shows


def test_results_stay_with_their_recipes(model: ChosenModel, tmp_path: Path) -> None:
    spec = Sample(model=model.ref, seeds=(1, 2))
    done = outcome(2, seeds=(1, 2))
    with Store.create(tmp_path / "P.aigc") as store:
        kept = keep_exports(store, images_of(done), recipes_of(spec, done, model), model, "made")
        store.save()
        store.undo()
        assert not store.project.assets
        store.redo()
        found = store.project.assets[kept[1].id]
        assert found.recipe is not None
        assert store.project.recipes[found.recipe].seed == 2
        assert decode_image(store.asset_path(found)).size == (8, 8)
        assert found.author == "Ada; Grace"
