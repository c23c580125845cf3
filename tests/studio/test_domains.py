"""A pair of generators that is played: one domain or both, in all that becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.document.store import Store
from aigc_studio.document.timeline_edits import set_timeline
from aigc_studio.media.decode import decode_frames, decode_image
from aigc_studio.studio.export_work import Wish
from aigc_studio.studio.exporting import CanvasExport
from aigc_studio.studio.presets import keep_preset, recall
from tests.cli.models import write_model
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled
from tests.studio.painting_worker import ALONE

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.catalog.conditions import Domain
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

FRAMES = 4
LOSS = 12  # levels, of a film that is not whole to the bit


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With a pair of generators, and a model that listens to words."""
    write_model(tmp_path / "two", value=2.0, name="foxes-both", family="cogan")
    write_model(tmp_path / "flow", value=3.0, name="foxes-flow", family="image-flow")
    with Store.open(project) as store:
        for name in ("two", "flow"):
            store.adopt_model(tmp_path / name)
        store.save()
    return project


@pytest.fixture
def pair(staged: Studio, qtbot: QtBot) -> Studio:
    staged.choice.use("foxes-both")
    settled(staged, qtbot)
    return staged


def show(studio: Studio, qtbot: QtBot, domain: Domain) -> Played:
    studio.instrument.telling.show_domain(domain)
    return now(studio, qtbot)


def now(studio: Studio, qtbot: QtBot) -> Played:
    settled(studio, qtbot)
    assert studio.instrument.result is not None
    return studio.instrument.result


def shown(played: Played) -> int:
    return int(played.pixels[0, 0, 2])


def test_the_domain_is_that_of_every_picture(pair: Studio, qtbot: QtBot) -> None:
    instrument = pair.instrument
    both = now(pair, qtbot)
    assert (shown(both), both.conditions.domain) == (ALONE["both"], "both")
    second = show(pair, qtbot, "second")
    assert shown(second) == ALONE["second"]
    assert second.recipe.settings["conditions"] == {"domain": "second"}
    instrument.move_to(1.0, 0.5)
    moved = now(pair, qtbot)
    instrument.random(5)
    drawn = now(pair, qtbot)
    assert [shown(each) for each in (moved, drawn)] == [ALONE["second"]] * 2
    pair.picking.begin()
    qtbot.waitUntil(lambda: bool(pair.picking.now and pair.picking.now.shown))
    assert pair.picking.now is not None
    assert {shown(each) for each in pair.picking.now.shown} == {ALONE["second"]}
    instrument.go_to(both)
    assert instrument.telling.heard.domain == "both"


def test_what_is_kept_carries_its_domain(pair: Studio, qtbot: QtBot) -> None:
    first = show(pair, qtbot, "first")
    asset = pair.instrument.keep(first, "kept")
    assert asset is not None
    kept = decode_image(pair.session.store.asset_path(asset))
    assert kept.pixels[0, 0, 2] == ALONE["first"]
    text = first.recipe.model_dump_json()
    show(pair, qtbot, "both")
    assert pair.explorer.paste(text)
    assert shown(now(pair, qtbot)) == ALONE["first"]


def test_other_models_are_told_no_domain_and_keep_their_words(pair: Studio, qtbot: QtBot) -> None:
    telling = pair.instrument.telling
    show(pair, qtbot, "second")
    pair.choice.use("foxes-flow")
    telling.tell(Conditions(words="fox"))
    flow = now(pair, qtbot)
    assert flow.conditions == Conditions(words="fox")
    assert "domain" not in str(flow.recipe.settings["conditions"])
    pair.choice.use("foxes-vae")
    assert "conditions" not in now(pair, qtbot).recipe.settings
    pair.choice.use("foxes-both")
    again = now(pair, qtbot)
    assert again.conditions == Conditions(domain="second")
    assert telling.conditions.words == "fox"


def test_a_preset_brings_its_domain_back(pair: Studio, qtbot: QtBot) -> None:
    for domain in ("first", "second"):
        assert keep_preset(pair.session, show(pair, qtbot, domain))
    presets = list(pair.session.project.presets.values())
    assert [each.point.conditions.domain for each in presets] == ["first", "second"]
    assert recall(pair.instrument, pair.directions, presets[0])
    assert shown(now(pair, qtbot)) == ALONE["first"]


def test_a_layer_has_a_domain_of_its_own(pair: Studio, qtbot: QtBot) -> None:
    show(pair, qtbot, "first")
    assert pair.living.place()
    (one,) = pair.stage.selected
    pair.stage.select(())
    show(pair, qtbot, "second")
    assert pair.living.place()
    domains = [each.living.conditions.domain for each in canvas_of(pair).layers if each.living]
    assert domains == ["first", "second"]
    pair.stage.select([one.id])
    assert shown(now(pair, qtbot)) == ALONE["first"]
    show(pair, qtbot, "both")
    before = canvas_of(pair).layer(one.id)
    assert before is not None
    assert before.living is not None
    assert before.living.conditions.domain == "both"
    pair.session.undo()
    assert pair.instrument.telling.heard.domain == "first"


def test_frames_and_films_show_the_layers_domain(
    pair: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    show(pair, qtbot, "second")
    assert pair.living.place()
    (layer,) = pair.stage.selected
    for frame, x in ((0, -2.0), (FRAMES - 1, 2.0)):
        pair.head.show_frame(frame)
        pair.instrument.move_to(x, 0.0)
        settled(pair, qtbot)
        pair.recorder.add_key()
    key = canvas_of(pair).id
    pair.session.do(lambda project: set_timeline(project, key, frames=FRAMES))
    # What the dock shows of another layer, or of none, is no matter of this one.
    pair.stage.select(())
    show(pair, qtbot, "first")
    pair.head.show_frame(1)
    there = canvas_of(pair).layer(layer.id)
    assert there is not None
    qtbot.waitUntil(lambda: pair.head.picture(there) is not None)
    picture = pair.head.picture(there)
    assert picture is not None
    assert picture.pixelColor(0, 0).blue() == ALONE["second"]
    export = CanvasExport(pair.session, pair.player, pair.head, pair)
    with qtbot.waitSignal(export.done, timeout=20_000):
        export.start(canvas_of(pair), Wish(tmp_path / "film.webp", film=True))
    export.close()
    seen = [frame.pixels for frame in decode_frames(tmp_path / "film.webp")]
    assert len(seen) == FRAMES
    for pixels in seen:
        middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]
        assert abs(int(middle[2]) - ALONE["second"]) < LOSS
