"""Teams: one that is alone, and two true processes that train the same model."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.parallel import Team, joined
from aigc_studio.worker.failures import as_failure
from tests.ml.helpers import learner_for, prepared
from tests.ml.two_ranks import STEPS, trained

pytestmark = pytest.mark.usefixtures("one_thread")
ROOT = Path(__file__).parents[2]


def test_a_team_of_one_changes_nothing() -> None:
    items, learner = torch.arange(5), learner_for(prepared())
    with joined("cpu", as_failure) as team, team.in_turn(), team.averaging(learner.net, 1):
        assert team == Team(0, 1)
        assert team.first
        assert team.share(items) is items
        assert team.seed(7) == 7
        assert (team.said(3), team.wished("stop"), team.wished(None)) == (3, "stop", None)
        team.level(learner.net)
        assert not any(p._post_accumulate_grad_hooks for p in learner.net.parameters())


def test_shares_are_the_whole_batch_and_seeds_are_their_own() -> None:
    items = torch.arange(11)
    shares = [Team(rank, 3).share(items) for rank in range(3)]
    assert sorted(torch.cat(shares).tolist()) == items.tolist()
    assert shares[1].tolist() == [1, 4, 7, 10]
    assert len({Team(rank, 3).seed(7) for rank in range(3)}) == 3
    assert Team(0, 3).seed(7) == 7


def test_a_batch_that_leaves_a_rank_without_items_is_told() -> None:
    Team(3, 4).require_items(4)
    with pytest.raises(StudioError, match="batch of 3 cannot") as caught:
        Team(1, 4).require_items(3)
    assert "batch=4" in caught.value.todo


def test_a_gradient_is_the_whole_batchs(monkeypatch: pytest.MonkeyPatch) -> None:
    items, whole = torch.tensor([1.0, 5.0, 9.0]), torch.nn.Linear(1, 1, bias=False)
    seen: list[torch.Tensor] = []
    monkeypatch.setattr("torch.distributed.all_reduce", seen.append)
    for rank in range(2):  # with two items and with one
        team, net = Team(rank, 2), torch.nn.Linear(1, 1, bias=False)
        with team.averaging(net, len(items)):
            net(team.share(items)[:, None]).mean().backward()
        assert not net.weight._post_accumulate_grad_hooks
    whole(items[:, None]).mean().backward()
    assert whole.weight.grad is not None
    assert float(seen[0] + seen[1]) == pytest.approx(float(whole.weight.grad))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What two ranks that trained together have written down."""
    folder = tmp_path_factory.mktemp("team")
    team = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port()), "WORLD_SIZE": "2"}
    ranks = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ml.two_ranks", str(folder)],
            cwd=ROOT,
            env=os.environ | team | {"RANK": str(rank), "LOCAL_RANK": str(rank)},
        )
        for rank in range(2)
    ]
    assert [rank.wait(120) for rank in ranks] == [0, 0]
    return [json.loads((folder / f"{rank}.json").read_text()) for rank in range(2)]


def test_both_ranks_end_with_the_same_weights(notes: list[dict[str, Any]]) -> None:
    ours, theirs = (note["whole"] for note in notes)
    assert ours["state"] == theirs["state"]
    assert ours["ending"] == theirs["ending"] == "finished"


def test_the_first_alone_is_asked_and_looks(notes: list[dict[str, Any]]) -> None:
    ours, theirs = (note["whole"] for note in notes)
    assert (ours["polls"], ours["snapshots"]) == (STEPS, [4])
    assert ours["previews"] >= 1
    assert (theirs["polls"], theirs["snapshots"], theirs["previews"]) == (0, [], 0)


def test_a_suspended_team_goes_on_to_the_same_bytes(notes: list[dict[str, Any]]) -> None:
    for note in notes:
        assert (note["half"]["ending"], note["rest"]["resumed_from"]) == ("suspended", 5)
        assert note["rest"]["state"] == note["whole"]["state"] != note["half"]["state"]


def test_two_come_near_one_with_the_same_batch(notes: list[dict[str, Any]], tmp_path: Path) -> None:
    one, two = trained(Team(), tmp_path), notes[0]["whole"]
    assert one["first"] == pytest.approx(two["first"], abs=0.15)
    assert one["last"] == pytest.approx(two["last"], abs=0.15)
    assert one["state"] != two["state"]


def test_the_first_rank_learns_what_another_failed_with(notes: list[dict[str, Any]]) -> None:
    told = "A rank failed: out of sorts. Something is kept."
    assert notes[0]["failure"] == ["StudioError", told]
    assert notes[1]["failure"] == ["ValueError", "out of sorts"]
