"""Which pictures lie nearest, and whether one is what is played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document import changes
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
