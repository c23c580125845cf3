"""The pad's two maps: by directions, and by likeness where it can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.studio.atlas import WIDE
from aigc_studio.studio.studio import Studio
from tests.studio.helpers import put_away, settled, use_worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def charted(playing: Studio, qtbot: QtBot) -> Studio:
    """All five pictures are placed."""
    assets = list(playing.session.project.assets)
    playing.chart.fill(assets)
    qtbot.waitUntil(lambda: len(playing.chart.codes) == len(assets), timeout=20_000)
    return playing


@pytest.fixture
def mapped(charted: Studio, qtbot: QtBot) -> Studio:
    """They lie on a map by likeness."""
    charted.atlas.show("likeness")
    qtbot.waitUntil(lambda: charted.atlas.mode == "likeness", timeout=20_000)
    return charted


def test_directions_are_what_the_instrument_says(playing: Studio, qtbot: QtBot) -> None:
    playing.atlas.go(1.0, -0.5)
    assert playing.instrument.position == pytest.approx((1.0, -0.5))
    assert playing.atlas.position == playing.instrument.position
    settled(playing, qtbot)


def test_a_picture_is_met_where_it_lies(mapped: Studio, qtbot: QtBot) -> None:
    for asset, code in mapped.chart.codes.items():
        place = mapped.atlas.place(asset)
        assert place is not None
        assert np.hypot(*place) == pytest.approx(WIDE, rel=0.2)
        mapped.atlas.go(*place)
        assert mapped.atlas.position == place
        assert mapped.instrument.code is not None
        np.testing.assert_allclose(mapped.instrument.code, code, atol=1e-6)
    settled(mapped, qtbot)


def test_between_pictures_lies_a_mix_of_their_points(mapped: Studio, qtbot: QtBot) -> None:
    mapped.atlas.go(0.0, 0.0)
    code = mapped.instrument.code
    assert code is not None
    codes = list(mapped.chart.codes.values())
    assert not any(np.allclose(code, each, atol=1e-3) for each in codes)
    low, high = np.min(codes, axis=0), np.max(codes, axis=0)
    assert (code <= high * 1.5 + 1e-3).all()
    assert (code >= low - 1e-3).all()
    settled(mapped, qtbot)


def test_who_goes_there_otherwise_is_shown_beside_the_nearest(mapped: Studio, qtbot: QtBot) -> None:
    asset, code = list(mapped.chart.codes.items())[2]
    mapped.instrument.play_at(mapped.choice.word, code)
    place = mapped.atlas.place(asset)
    assert place is not None
    np.testing.assert_allclose(mapped.atlas.position, place, atol=1e-3)
    settled(mapped, qtbot)


def test_a_map_is_kept(mapped: Studio, qtbot: QtBot) -> None:
    mapped.atlas.show("directions")
    assert mapped.atlas.place(next(iter(mapped.chart.codes))) == pytest.approx((0.5, 0.5))
    mapped.atlas.show("likeness")
    assert mapped.atlas.mode == "likeness"  # at once


def test_without_the_extra_the_directions_stay(
    charted: Studio, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    use_worker(monkeypatch, "tests.worker.without_maps")
    charted.atlas.show("likeness")
    qtbot.waitUntil(lambda: charted.atlas.trouble is not None, timeout=20_000)
    trouble = charted.atlas.trouble
    assert trouble is not None
    assert trouble.kind == "missing"
    assert "aigc-studio[map]" in trouble.todo
    assert charted.atlas.mode == "directions"
    assert not charted.atlas.is_working
    charted.atlas.show("directions")
    assert charted.atlas.trouble is None


def reopened(studio: Studio, tmp_path: Path) -> Iterator[Studio]:
    """Another window on the same project."""
    folder = studio.session.store.folder
    studio.session.save()
    studio.session.close()
    other = Studio(tmp_path / "others.json")
    other.wake()
    other.session.open(folder, wait=True)
    yield other
    put_away(other)


@pytest.fixture
def again(mapped: Studio, tmp_path: Path, qtbot: QtBot) -> Iterator[Studio]:
    """The project is opened once more, after a map was made."""
    settled(mapped, qtbot)
    yield from reopened(mapped, tmp_path)


def test_a_map_is_there_at_once_when_the_project_is_opened_again(
    mapped: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    assets = list(mapped.session.project.assets)
    places = {asset: mapped.atlas.place(asset) for asset in assets}
    codes = dict(mapped.chart.codes)
    settled(mapped, qtbot)
    for other in reopened(mapped, tmp_path):
        settled(other, qtbot)
        other.chart.fill(assets)
        other.atlas.show("likeness")
        assert other.atlas.mode == "likeness"
        assert not other.atlas.is_working
        for asset, place in places.items():
            assert other.atlas.place(asset) == pytest.approx(place, abs=1e-6)
            np.testing.assert_array_equal(other.chart.codes[asset], codes[asset])
        qtbot.wait(700)
        assert not other.atlas.is_working  # nor is another one made


def test_a_map_of_other_data_or_a_broken_one_is_made_anew(again: Studio, qtbot: QtBot) -> None:
    settled(again, qtbot)
    (path,) = (again.session.store.folder / "cache").iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    again.chart.fill(again.session.project.assets)
    again.atlas.show("likeness")
    assert again.atlas.mode == "directions"
    qtbot.waitUntil(lambda: again.atlas.mode == "likeness", timeout=20_000)
