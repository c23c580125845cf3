"""Judging the project's pictures in the background, a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document.store import Store
from aigc_studio.studio import judging
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from tests.studio.conftest import Told


@pytest.fixture
def judged(studio: Studio, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a model that judges, in the open project; two pictures are asked about at once."""
    monkeypatch.setattr(judging, "AT_ONCE", 2)
    card = write_model(tmp_path / "gan", value=7.0, name="foxes-gan", family="image-gan")
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "gan")
        store.save()
    studio.session.open(project, wait=True)
    return card.model


def test_only_models_with_a_discriminator_are_offered(studio: Studio, judged: str) -> None:
    assert [model.id for model in studio.judging.models()] == [judged]


def test_all_are_judged_in_parts_and_once_only(studio: Studio, judged: str, qtbot: QtBot) -> None:
    parts: list[tuple[int, int]] = []
    studio.judging.progressed.connect(lambda done, total: parts.append((done, total)))
    assets = list(studio.session.project.assets)
    with qtbot.waitSignal(studio.judging.ended, timeout=20_000):
        studio.judging.judge(judged, assets)
    assert parts == [(0, 5), (2, 5), (4, 5)]
    assert set(studio.judging.verdicts(judged)) == set(assets)
    assert len(set(studio.judging.verdicts(judged).values())) == 5
    studio.judging.judge(judged, assets)
    assert not studio.judging.running
    assert len(parts) == 3


def test_what_is_given_up_is_asked_again_only_when_somebody_asks(
    studio: Studio, judged: str, qtbot: QtBot
) -> None:
    assets = list(studio.session.project.assets)
    ended: list[int] = []
    studio.judging.ended.connect(lambda: ended.append(1))
    studio.judging.judge(judged, assets)
    assert studio.judging.running
    studio.judging.cancel()
    assert ended == [1]
    studio.judging.judge(judged, assets)
    assert not studio.judging.running
    with qtbot.waitSignal(studio.judging.ended, timeout=20_000):
        studio.judging.judge(judged, assets, again=True)
    assert len(studio.judging.verdicts(judged)) == 5


def test_a_picture_that_cannot_be_read_does_not_stop_the_others(
    studio: Studio, judged: str, qtbot: QtBot
) -> None:
    assets = list(studio.session.project.assets)
    path = studio.session.store.asset_path(studio.session.project.assets[assets[0]])
    path.write_bytes(b"torn")
    with qtbot.waitSignal(studio.judging.ended, timeout=20_000):
        studio.judging.judge(judged, assets)
    assert set(studio.judging.verdicts(judged)) == set(assets[1:])


def test_a_model_that_is_gone_is_told_and_not_asked_for_ever(
    studio: Studio, judged: str, told: Told
) -> None:
    studio.judging.judge("0" * 64, list(studio.session.project.assets))
    assert len(told) == 1
    assert not studio.judging.running
