"""One rank of a team of two: train tiny models, and write down what became of them."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import Failed
from aigc_studio.ml.parallel import Team, joined
from aigc_studio.ml.train import train
from tests.ml.helpers import learner_for, options, prepared, state_of
from tests.ml.test_train import Script

if TYPE_CHECKING:
    from aigc_studio.jobs.messages import Action

STEPS = 12
DATA = prepared(48, 16)
WISHES = options(batch=8, checkpoint_seconds=1e-9, augmentation={"flip": 0.5})


def trained(team: Team, folder: Path, wishes: dict[int, Action] | None = None) -> dict[str, Any]:
    """What becomes of a run: weights as a hash, ending, losses, and what the hooks were told."""
    learner, script = learner_for(DATA, WISHES, seed=1 + team.rank), Script(wishes or {})
    session = train(
        learner, DATA, WISHES, seed=5, total=STEPS, checkpoints=folder, hooks=script, team=team
    )
    state = b"".join(t.numpy().tobytes() for _, t in sorted(state_of(learner).items()))
    return {
        "state": hashlib.sha256(state).hexdigest(),
        "ending": session.ending,
        "resumed_from": session.resumed_from,
        "first": session.counters.first["loss"],
        "last": session.counters.last["loss"],
        "polls": script.polls,
        "snapshots": script.snapshots,
        "previews": len(script.previews),
    }


def _told(error: Exception) -> Failed:
    return Failed(happened=f"A rank failed: {error}.", kept="Something is kept.", kind="memory")


def _noted(folder: Path) -> dict[str, Any]:
    notes: dict[str, Any] = {}
    try:
        with joined("cpu", _told) as team:
            notes["rank"] = team.rank
            notes["whole"] = trained(team, folder / "whole", {3: "snapshot"})
            notes["half"] = trained(team, folder / "half", {5: "suspend"})
            notes["rest"] = trained(team, folder / "half")
            if team.rank == 1:
                raise ValueError("out of sorts")
            team.said(0)
    except (StudioError, ValueError) as error:
        notes["failure"] = [type(error).__name__, str(error)]
    return notes


if __name__ == "__main__":
    torch.set_num_threads(1)
    place = Path(sys.argv[1])
    result = _noted(place)
    (place / f"{result['rank']}.json").write_text(json.dumps(result))
