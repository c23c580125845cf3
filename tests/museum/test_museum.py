"""Every bundle that was ever released opens, is whole, and says what it said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.document.check import check
from aigc_studio.document.model import SCHEMA_VERSION
from aigc_studio.document.pack import unpack
from aigc_studio.document.store import Store
from aigc_studio.document.tracks import Beats
from aigc_studio.media.placing import Adjust, Crop

HERE = Path(__file__).parent
BUNDLES = sorted(HERE.glob("v*.aigcz"))


def test_every_version_has_a_bundle() -> None:
    assert [path.stem for path in BUNDLES] == [f"v{n}" for n in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("packed", BUNDLES, ids=lambda path: path.stem)
def test_it_opens_is_saved_and_stays_whole(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "old.aigc")
    with Store.open(folder) as store:
        before = store.project
        store.save()
    with Store.open(folder) as store:
        assert store.project == before
    assert [problem for problem in check(folder) if problem.weight == "error"] == []


def test_version_1_says_what_it_said(tmp_path: Path) -> None:
    with Store.open(unpack(HERE / "v1.aigcz", tmp_path / "old.aigc"), read_only=True) as store:
        project = store.project
        (group,) = project.collections.values()
        drawn, generated = (project.assets[item] for item in group.items)
        (model,) = project.models.values()
        assert (project.name, project.author, project.rights) == ("museum", "Ada", "CC BY 4.0")
        assert drawn.captions == {"en": "a fox", "zh": "狐狸"}
        assert (drawn.tags, drawn.source) == (("red", "animal"), "fox.png")
        assert generated.recipe
        assert project.recipes[generated.recipe].code == b"\x00\xff code"
        assert (model.name, model.family) == ("my foxes", "someday-gan")  # kept as a placeholder
        assert store.model_folder(model.id).is_dir()
        assert store.asset_path(drawn).stat().st_size == drawn.bytes


def test_version_2_says_what_it_said(tmp_path: Path) -> None:
    with Store.open(unpack(HERE / "v2.aigcz", tmp_path / "old.aigc"), read_only=True) as store:
        project = store.project
        (canvas,), (preset,) = project.canvases.values(), project.presets.values()
        plain, living = canvas.layers
        assert (canvas.name, canvas.width, canvas.height) == ("night", 64, 48)
        assert canvas.background == "#102030"
        assert (plain.x, plain.y, plain.rotation, plain.opacity) == (10.5, 12.0, 30.0, 0.5)
        assert (plain.sampling, plain.living) == ("pixels", None)
        assert plain.crop == Crop(left=1, top=2, width=5, height=4)
        assert plain.adjust == Adjust(brightness=0.25, hue=-40.0)
        assert living.living
        np.testing.assert_array_equal(
            living.living.numbers, np.array([0.5, -1.25, 3.0, 0.1], np.float32)
        )
        assert (living.living.seed, living.living.truncation) == (7, 0.7)
        assert project.assets[living.asset].render
        timeline = canvas.timeline
        assert (timeline.fps, timeline.frames, timeline.loop) == (12.0, 24, True)
        assert [(key.frame, key.easing) for key in timeline.keyframes] == [
            (0, "ease-out"),
            (12, "ease-out"),
        ]
        assert (preset.name, preset.lock, preset.axes) == ("calm", ("colour",), (0, 1))
        assert preset.point == living.living


def test_version_3_says_what_it_said(tmp_path: Path) -> None:
    with Store.open(unpack(HERE / "v3.aigcz", tmp_path / "old.aigc"), read_only=True) as store:
        project = store.project
        (canvas,), (direction,) = project.canvases.values(), project.directions.values()
        plain, living = canvas.layers
        (group,) = canvas.groups
        assert (group.name, plain.parent, living.parent) == ("both", group.id, group.id)
        assert [each.kind for each in plain.filters] == ["levels", "blur", "noise"]
        assert [each.enabled for each in plain.filters] == [True, False, True]
        assert plain.mask
        assert store.asset_path(project.assets[plain.mask.asset]).is_file()
        assert living.blend == "multiply"
        assert living.living
        assert living.living.conditions == Conditions(words="a red fox", guidance=4.0)
        timeline = canvas.timeline
        numbers = {(key.layer, key.track): (key.frame, key.value) for key in timeline.numbers}
        assert numbers == {(plain.id, "x"): (6, 20.0), (living.id, "guidance"): (3, 2.0)}
        assert [(each.frame, each.name) for each in timeline.markers] == [(5, "chorus")]
        assert timeline.beats == Beats(bpm=90.0, snap=True)
        assert (direction.name, direction.space) == ("brighter", "z")
