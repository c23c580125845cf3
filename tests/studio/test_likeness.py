"""Which pictures lie nearest, and whether one is what is played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document import changes
from aigc_studio.studio import chart, likeness
from aigc_studio.studio.likeness import Likeness
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


@pytest.fixture
def charted(playing: Studio, qtbot: QtBot) -> Studio:
    """All pictures are placed."""
    assets = list(playing.session.project.assets)
    with qtbot.waitSignal(playing.likeness.changed, timeout=20_000):
        playing.chart.fill(assets)
    qtbot.waitUntil(lambda: len(playing.likeness.nearest) == len(assets), timeout=20_000)
    return playing


def test_the_nearest_come_first_and_follow(charted: Studio, qtbot: QtBot) -> None:
    near = charted.likeness.nearest
    assert [each.far for each in near] == sorted(each.far for each in near)
    assert not near[0].is_itself
    farthest = near[-1].asset
    assert charted.likeness.visit(near[-1])
    qtbot.waitUntil(lambda: charted.likeness.nearest[0].asset == farthest)
    assert charted.likeness.nearest[0].far == pytest.approx(0, abs=1e-5)
    assert charted.likeness.nearest[0].is_itself
    assert not charted.likeness.nearest[1].is_itself
    settled(charted, qtbot)


def test_what_is_removed_is_near_no_more(charted: Studio, qtbot: QtBot) -> None:
    gone = charted.likeness.nearest[0].asset
    charted.session.do(lambda project: changes.remove_assets(project, {gone}))
    with qtbot.waitSignal(charted.likeness.changed):
        pass
    assert gone not in {each.asset for each in charted.likeness.nearest}
    charted.session.close()
    charted.likeness.refresh()
    assert charted.likeness.nearest == ()


def test_it_says_how_much_was_looked_at_until_all_was(
    playing: Studio, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(chart, "AT_ONCE", 1)
    monkeypatch.setattr(likeness, "_FILLING_MS", 1)
    assets = list(playing.session.project.assets)
    seen: list[tuple[int, int]] = []
    found = Likeness(playing.session, playing.instrument, playing.chart, playing)
    found.changed.connect(lambda: seen.append(found.looked))
    playing.chart.fill(assets)
    found.refresh()
    assert seen[0] == (0, len(assets))
    qtbot.waitUntil(lambda: found.looked == (len(assets),) * 2, timeout=20_000)
    assert len(found.nearest) == len(assets)
    assert seen == sorted(seen)
    assert all(count == len(assets) for _, count in seen)


def test_while_more_comes_the_strip_stands_still_for_a_moment(
    playing: Studio, qtbot: QtBot
) -> None:
    heard: list[int] = []
    playing.likeness.changed.connect(lambda: heard.append(playing.likeness.looked[0]))
    playing.chart.fill(playing.session.project.assets)
    qtbot.waitUntil(lambda: len(playing.likeness.nearest) == 5, timeout=20_000)
    assert heard == [5]


def test_pictures_that_cannot_be_read_are_not_waited_for(playing: Studio, qtbot: QtBot) -> None:
    assets = list(playing.session.project.assets)
    playing.chart.fill([*assets, "nothing"])
    qtbot.waitUntil(lambda: playing.likeness.looked == (5, 5), timeout=20_000)
