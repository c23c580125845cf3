"""From wishes to specs; most refusals are tested through the command line."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import DEFAULT_PRESET, family
from aigc_studio.catalog.latent import Cap, Modality
from aigc_studio.catalog.split import held_out, is_held_out
from aigc_studio.document import changes
from aigc_studio.document.chosen import ChosenModel, abilities, choose_model
from aigc_studio.document.measuring import evaluate_spec
from aigc_studio.document.requests import (
    interpolate_spec,
    point,
    reconstruct_spec,
    sample_spec,
)
from aigc_studio.document.store import Store
from aigc_studio.document.training import DEFAULT_MINUTES, TrainingWish, train_spec
from aigc_studio.jobs.specs import FilePoint, SeedPoint
from tests.cli.models import write_model
from tests.document.helpers import add_picture, sha

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Thirty pictures in "foxes" and a model of them."""
    with Store.create(tmp_path / "P.aigc", author="Ada", rights="mine") as store:
        assets = [add_picture(store, colour) for colour in range(30)]
        ids = [asset.id for asset in assets]
        store.apply(changes.add_collection(store.project, "foxes", ids))
        store.apply(changes.edit_asset(store.project, ids[0], author="Grace"))
        write_model(tmp_path / "m")
        store.adopt_model(tmp_path / "m")
        yield store


@pytest.fixture
def model(store: Store) -> ChosenModel:
    return choose_model(store, "foxes-vae")


def test_train_spec_has_everything(store: Store) -> None:
    spec = train_spec(store, TrainingWish("foxes", "image-vae", seed=4))
    assert spec.folder == store.runs_folder / spec.run
    assert (spec.minutes, spec.steps, spec.preset) == (DEFAULT_MINUTES, None, DEFAULT_PRESET)
    preset = family("image-vae").presets[DEFAULT_PRESET]
    assert spec.config == {name: preset[name] for name in ("width", "latent")}
    assert spec.options.learning_rate == preset["learning_rate"]
    assert [item.author for item in spec.data.items[:2]] == ["Grace", "Ada"]
    assert all(item.path.is_file() for item in spec.data.items)
    assert spec.name == "foxes-vae"


def test_train_spec_keeps_the_parents_shape_unless_told(store: Store) -> None:
    wish = TrainingWish("foxes", "image-vae", parent="foxes-vae", sets={"latent": "9"})
    spec = train_spec(store, wish)
    assert spec.config["latent"] == 9
    assert spec.config["width"] == 16
    assert (spec.data.preparation.size, spec.data.preparation.colour) == (32, "rgba")
    assert spec.parent_card is not None
    assert spec.parent_card.name == "foxes-vae"


def test_patches_are_of_the_pictures_full_size(store: Store) -> None:
    collection = next(iter(store.project.collections.values()))
    wishes = collection.preparation.model_copy(update={"size": 16, "colour": "rgb"})
    store.apply(changes.edit_collection(store.project, collection.id, preparation=wishes))
    spec = train_spec(store, TrainingWish("foxes", "image-upscale", sets={"factor": "4"}))
    assert spec.data.patches == family("image-upscale").patches
    assert (spec.data.preparation.size, spec.data.preparation.colour) == (None, "rgb")
    assert spec.config["factor"] == 4
    told = train_spec(store, TrainingWish("foxes", "image-upscale", sets={"size": "64"}))
    assert told.data.preparation.size == 64
    assert train_spec(store, TrainingWish("foxes", "image-vae")).data.patches == 0


def test_a_pair_of_domains(store: Store, tmp_path: Path) -> None:
    ids = list(store.project.assets)
    store.apply(changes.add_collection(store.project, "lines", ids[:20]))
    spec = train_spec(store, TrainingWish("foxes", "cogan", pair="lines", sets={"size": "32"}))
    assert spec.pair is not None
    assert (spec.pair.name, len(spec.pair.items)) == ("lines", 20)
    assert spec.pair.preparation.size == 32
    assert spec.config["domains"] == ["foxes", "lines"]
    for wish, words in (
        (TrainingWish("foxes", "cogan"), "only one was named"),
        (TrainingWish("foxes", "cogan", pair="foxes"), "the same one"),
        (TrainingWish("foxes", "image-vae", pair="lines"), "not from two"),
    ):
        with pytest.raises(StudioError, match=words):
            train_spec(store, wish)


@pytest.mark.parametrize(
    "wish",
    [
        TrainingWish("nothing", "image-vae"),
        TrainingWish("sounds", "image-vae"),
        TrainingWish("foxes", "image-vae", steps=1, minutes=1),
        TrainingWish("foxes", "image-vae", parent="dream"),
    ],
)
def test_trainings_that_cannot_be(store: Store, tmp_path: Path, wish: TrainingWish) -> None:
    store.apply(changes.add_collection(store.project, "nothing"))
    store.apply(changes.add_collection(store.project, "sounds", modality=Modality.AUDIO))
    write_model(tmp_path / "d", family="image-dream", name="dream")
    store.adopt_model(tmp_path / "d")
    with pytest.raises(StudioError) as caught:
        train_spec(store, wish)
    assert caught.value.kind == "input"
    assert caught.value.todo


def test_one_seed_per_result(model: ChosenModel) -> None:
    assert sample_spec(model, 3, 10).seeds == (10, 11, 12)
    assert sample_spec(model, 1, 12).seeds == (12,)


def test_points(store: Store, model: ChosenModel, tmp_path: Path) -> None:
    asset = next(iter(store.project.assets.values()))
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    assert point(store, model, "seed:12") == SeedPoint(seed=12)
    assert point(store, model, asset.id) == FilePoint(path=store.asset_path(asset))
    assert point(store, model, str(file)) == FilePoint(path=file)
    for wrong in ("text:a fox", "seed:", "nothing", str(tmp_path)):
        with pytest.raises(StudioError):
            point(store, model, wrong)


def test_relative_inputs_become_absolute(
    store: Store, model: ChosenModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    assert reconstruct_spec(store, model, ["a.png"]).inputs == (Path.cwd() / "a.png",)
    spec = interpolate_spec(store, model, "a.png", "seed:1", steps=2)
    assert isinstance(spec.start, FilePoint)
    assert spec.start.path.is_absolute()


def test_evaluate_takes_what_was_held_out(store: Store, model: ChosenModel) -> None:
    spec = evaluate_spec(store, model)
    marks = held_out([asset.sha256 for asset in store.project.assets.values()])
    assert len(spec.data.items) == sum(marks)
    assert not {item.sha256 for item in spec.data.items} & {i.sha256 for i in spec.reference}
    assert len(spec.data.items) + len(spec.reference) == 30
    assert (spec.data.preparation.size, spec.data.preparation.colour) == (32, "rgba")


def test_evaluate_of_a_model_that_enlarges_takes_patches(store: Store, tmp_path: Path) -> None:
    more = {"factor": 2, "channels": 3, "width": 8, "blocks": 1}
    write_model(tmp_path / "up", name="sharper", family="image-upscale", more={**more})
    store.adopt_model(tmp_path / "up")
    spec = evaluate_spec(store, choose_model(store, "sharper"))
    assert spec.data.patches == family("image-upscale").patches
    assert spec.data.items == evaluate_spec(store, choose_model(store, "foxes-vae")).data.items
    assert (spec.data.preparation.size, spec.data.preparation.colour) == (None, "rgb")
    assert spec.reference == ()
    assert len(evaluate_spec(store, choose_model(store, "sharper"), "foxes").data.items) == 30


def test_evaluate_of_a_small_collection_needs_another(store: Store, model: ChosenModel) -> None:
    collection = next(iter(store.project.collections.values()))
    fewer = collection.items[:9]
    store.apply(changes.edit_collection(store.project, collection.id, items=fewer))
    with pytest.raises(StudioError, match="Nothing was held out"):
        evaluate_spec(store, model)
    assert len(evaluate_spec(store, model, "foxes").data.items) == 9


def test_evaluate_believes_a_card_that_nothing_was_held_out(
    store: Store, model: ChosenModel
) -> None:
    assert model.card.data is not None
    note = model.card.data.model_copy(update={"items": 9, "held_out": 0})
    few = dataclasses.replace(model, card=model.card.model_copy(update={"data": note}))
    with pytest.raises(StudioError, match="can be used"):
        evaluate_spec(store, few)
    assert len(evaluate_spec(store, few, "foxes").data.items) == 30


def test_abilities_follow_the_card(tmp_path: Path) -> None:
    plain = write_model(tmp_path / "a")
    repairing = write_model(tmp_path / "b", corruption="mixed")
    unknown = write_model(tmp_path / "c", family="image-dream")
    assert Cap.DENOISE not in abilities(plain)
    assert Cap.DENOISE in abilities(repairing)
    assert abilities(unknown) == Cap(0)
    for rebuild, finds in ((30.0, True), (0.0, False)):
        pair = write_model(tmp_path / "d", family="cogan", more={"size": 32, "rebuild": rebuild})
        assert (Cap.ENCODE in abilities(pair)) == (Cap.INVERT in abilities(pair)) == finds


def test_the_split_follows_content_alone() -> None:
    hashes = [sha(str(number)) for number in range(1000)]
    assert 60 < sum(held_out(hashes)) < 140
    assert held_out(hashes[::-1]) == held_out(hashes)[::-1]


def test_the_split_of_few() -> None:
    inside = [h for n in range(300) if not is_held_out(h := sha(str(n)))]
    outside = [h for n in range(600) if is_held_out(h := sha(str(n)))]
    assert held_out(inside[:9]) == [False] * 9
    for hashes in (inside[:20], outside[:20]):
        marks = held_out(hashes)
        assert sum(marks) == 1
        assert hashes[marks.index(True)] == min(hashes)
