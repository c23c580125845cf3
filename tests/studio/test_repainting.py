"""A selection is painted anew: laid as one step, seen while it comes, given up without a trace."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import MAX_DEPTH
from aigc_studio.document.changes import set_project
from aigc_studio.document.group_edits import group_layers
from aigc_studio.document.laying import add_layer
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.document.stacking import outermost
from aigc_studio.document.store import Store
from aigc_studio.media.placing import Crop
from aigc_studio.media.provenance import COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA
from aigc_studio.media.provenance_reading import read_provenance
from tests.cli.models import write_model
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled
from tests.studio.painting_worker import CLEAR, ENDLESS, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.media.image import Pixels
    from aigc_studio.studio.studio import Studio

PART = Crop(left=20, top=24, width=16, height=12)


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With a model that repaints and listens, the newest."""
    write_model(tmp_path / "flow", value=2.0, name="foxes-flow", family="image-flow")
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "flow")
        store.save()
    return project


@pytest.fixture(autouse=True)
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def chosen(staged: Studio, qtbot: QtBot) -> Studio:
    """A living layer lies on the canvas, a rectangle is selected."""
    settled(staged, qtbot)
    assert staged.living.place()
    settled(staged, qtbot)
    staged.stage.choose_region(PART)
    return staged


def drawn(studio: Studio) -> Pixels:
    project = studio.session.project
    return rendered(project, canvas_of(studio), Pictures(studio.session.store.asset_path)).pixels


def repaint(studio: Studio, qtbot: QtBot, seed: int) -> None:
    with qtbot.waitSignal(studio.repainting.done, timeout=20_000):
        studio.repainting.repaint(seed)


def test_it_lies_over_the_selection_as_one_step(chosen: Studio, qtbot: QtBot, aside: Path) -> None:
    before, steps, layers = drawn(chosen), len(chosen.session.steps), canvas_of(chosen).layers
    chosen.repainting.change(words="red fox", strength=0.5, feather=0.0)
    repaint(chosen, qtbot, 77)
    after = drawn(chosen)
    assert tuple(after[30, 28]) == (77, 50, 7, 255)
    other = (after != before).any(2)
    rows, columns = np.where(other)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (24, 35, 20, 35)
    assert len(chosen.session.steps) == steps + 1
    assert canvas_of(chosen).layers[:-1] == layers
    assert not list(aside.iterdir())
    assert not chosen.repainting.busy
    chosen.session.undo()
    assert canvas_of(chosen).layers == layers
    assert (drawn(chosen) == before).all()
    chosen.session.redo()
    assert (drawn(chosen) == after).all()


def test_it_says_where_it_comes_from(chosen: Studio, qtbot: QtBot) -> None:
    chosen.repainting.change(words="red fox", strength=0.5)
    repaint(chosen, qtbot, 77)
    project = chosen.session.project
    layer = canvas_of(chosen).layers[-1]
    asset = project.assets[layer.asset]
    assert (asset.author, asset.rights) == ("Ada; Grace", "CC0")
    assert asset.recipe is not None
    recipe = project.recipes[asset.recipe]
    assert (recipe.operation, recipe.seed, recipe.settings["strength"]) == ("repaint", 77, 0.5)
    assert recipe.settings["conditions"]["words"] == "red fox"  # type: ignore[index, call-overload]
    assert len(recipe.inputs) == 2
    assert layer.name == "red fox"


def test_again_takes_the_place_of_the_last(chosen: Studio, qtbot: QtBot) -> None:
    assert not chosen.repainting.can_vary
    count = len(canvas_of(chosen).layers)
    repaint(chosen, qtbot, 1)
    first, steps = drawn(chosen), len(chosen.session.steps)
    recipe = recipe_on_top(chosen)
    assert chosen.repainting.can_vary
    with qtbot.waitSignal(chosen.repainting.done, timeout=20_000):
        chosen.repainting.vary(2)
    assert len(canvas_of(chosen).layers) == count + 1
    assert len(chosen.session.steps) == steps + 1
    assert drawn(chosen)[30, 28, 0] == 2
    # It was made of the same picture, not of what was painted there before.
    assert recipe_on_top(chosen).inputs == recipe.inputs
    chosen.session.undo()
    assert (drawn(chosen) == first).all()
    chosen.stage.choose_region(Crop(left=1, top=1, width=9, height=9))
    assert not chosen.repainting.can_vary


def test_a_clear_picture_takes_the_place_of_what_was_there(
    chosen: Studio, qtbot: QtBot, told: list[object]
) -> None:
    before, start, steps = drawn(chosen), canvas_of(chosen), len(chosen.session.steps)
    assert before.shape[2] == 4
    assert (before[24:36, 20:36, 3] == 255).all()
    chosen.repainting.change(words=CLEAR, feather=0.0)
    repaint(chosen, qtbot, 1)
    expected = before.copy()
    expected[24:36, 20:36] = 0
    assert (drawn(chosen) == expected).all()
    group = canvas_of(chosen).groups[0]
    assert (group.name, len(chosen.session.steps)) == ("Beneath", steps + 1)
    with qtbot.waitSignal(chosen.repainting.done, timeout=20_000):
        chosen.repainting.vary(2)
    assert (drawn(chosen) == expected).all()
    assert [each.name for each in canvas_of(chosen).groups] == ["Beneath"]
    chosen.repainting.change(words="fox")
    with qtbot.waitSignal(chosen.repainting.done, timeout=20_000):
        chosen.repainting.vary(3)
    assert tuple(drawn(chosen)[30, 28]) == (3, 100, 3, 255)
    assert canvas_of(chosen).groups == ()
    for _ in range(3):
        chosen.session.undo()
    assert canvas_of(chosen) == start
    assert not told


def test_where_no_group_can_be_made_it_is_laid_all_the_same(
    chosen: Studio, qtbot: QtBot, told: list[object]
) -> None:
    for _ in range(MAX_DEPTH):
        canvas = canvas_of(chosen)
        tops = [each.id for each in outermost(canvas, [each.id for each in canvas.members])]
        chosen.session.apply(group_layers(chosen.session.project, canvas.id, tops))
    chosen.repainting.change(words=CLEAR, feather=0.0)
    repaint(chosen, qtbot, 1)
    assert len(canvas_of(chosen).groups) == MAX_DEPTH
    assert canvas_of(chosen).layers[-1].parent is None
    (error,) = told
    assert isinstance(error, StudioError)
    assert "Flatten" in error.todo


def test_it_owes_to_what_it_saw_too(chosen: Studio, qtbot: QtBot) -> None:
    session = chosen.session
    session.apply(set_project(session.project, author="Mia", rights="All rights reserved"))
    asset = next(each for each in session.project.assets.values() if not each.render)
    canvas = canvas_of(chosen)
    for x in (28.0, 500.0):  # the other one lies far from the selection
        session.apply(add_layer(session.project, canvas.id, asset.id, x=x, y=30.0))
    repaint(chosen, qtbot, 77)
    layer = canvas_of(chosen).layers[-1]
    made = session.project.assets[layer.asset]
    assert made.author.split("; ") == ["Ada", "Grace", "Mia"]
    assert made.rights.split("; ") == ["All rights reserved", "CC0"]
    below = [session.project.assets[each.asset].sha256 for each in canvas_of(chosen).layers[:-2]]
    assert recipe_on_top(chosen).settings["sources"] == below
    kept = read_provenance(session.store.asset_path(made))
    assert kept is not None
    assert kept.author == made.author
    assert kept.digital_source_type == COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA


def recipe_on_top(studio: Studio) -> Recipe:
    project = studio.session.project
    key = project.assets[canvas_of(studio).layers[-1].asset].recipe
    assert key is not None
    return project.recipes[key]


def test_it_is_seen_while_it_comes_and_given_up_without_a_trace(
    chosen: Studio, qtbot: QtBot, aside: Path
) -> None:
    before, steps = chosen.session.project, len(chosen.session.steps)
    chosen.repainting.change(words=ENDLESS, feather=0.0)
    with qtbot.waitSignal(chosen.repainting.glimpsed, timeout=20_000):
        chosen.repainting.repaint()
    glimpse = chosen.repainting.glimpse
    assert glimpse is not None
    assert glimpse.box == Crop(left=16, top=20, width=24, height=20)
    assert glimpse.picture.pixelColor(12, 10).getRgb() == (99, 99, 99, 255)
    assert glimpse.picture.pixelColor(2, 2).alpha() == 0
    assert len(list(aside.iterdir())) == 1
    chosen.repainting.cancel()
    assert not chosen.repainting.busy
    assert chosen.repainting.glimpse is None
    assert not list(aside.iterdir())
    assert chosen.session.project == before
    assert len(chosen.session.steps) == steps
    chosen.repainting.change(words="")
    repaint(chosen, qtbot, 5)  # the worker is free again
    assert drawn(chosen)[30, 28, 0] == 5


def test_given_up_at_once_and_closed_in_the_midst(
    chosen: Studio, aside: Path, qtbot: QtBot
) -> None:
    chosen.repainting.repaint()
    chosen.repainting.cancel()
    chosen.repainting.change(words=ENDLESS)
    with qtbot.waitSignal(chosen.repainting.glimpsed, timeout=20_000):
        chosen.repainting.repaint()
    chosen.session.close()
    assert not chosen.repainting.busy
    chosen.repainting.close()
    assert not list(aside.iterdir())


def test_an_error_is_told_and_nothing_is_left(
    chosen: Studio, qtbot: QtBot, told: list[object], aside: Path
) -> None:
    before = chosen.session.project
    chosen.repainting.change(words=REFUSED)
    chosen.repainting.repaint()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert isinstance(told[0], StudioError)
    assert told[0].happened == "The brush is dry."
    assert not chosen.repainting.busy
    assert not list(aside.iterdir())
    assert chosen.session.project == before


def test_the_canvas_is_gone_meanwhile(chosen: Studio, qtbot: QtBot, told: list[object]) -> None:
    from aigc_studio.document.canvas_edits import remove_canvas

    chosen.repainting.repaint(1)
    chosen.session.apply(remove_canvas(chosen.session.project, canvas_of(chosen).id))
    before = chosen.session.project
    qtbot.waitUntil(lambda: not chosen.repainting.busy, timeout=20_000)
    assert len(told) == 1
    assert chosen.session.project == before


def test_which_model_paints(chosen: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    heard: list[bool] = []
    chosen.repainting.changed.connect(lambda: heard.append(True))
    chosen.choice.use("foxes-vae")  # plays on, and cannot repaint
    settled(chosen, qtbot)
    assert heard
    assert chosen.repainting.model is not None
    assert chosen.repainting.model.name == "foxes-flow"
    assert chosen.repainting.listens
    write_model(tmp_path / "other", value=3.0, name="owls-flow", family="image-flow")
    chosen.session.store.adopt_model(tmp_path / "other")
    chosen.choice.use("foxes-flow")
    assert chosen.repainting.model.name == "foxes-flow"


def test_wishes_have_bounds(studio: Studio) -> None:
    studio.repainting.change(words="x" * 999, strength=0.0, feather=1e9)
    wish = studio.repainting.wish
    assert (len(wish.words), wish.strength, wish.feather) == (500, 0.05, 128.0)
    assert studio.repainting.model is None
    studio.repainting.repaint()
    assert not studio.repainting.busy
