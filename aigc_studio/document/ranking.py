"""A discriminator's verdicts as an order, the most real first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import JsonValue

    from aigc_studio.jobs.specs import Rank


class Ranked(NamedTuple):
    """A picture and how real it looks; scores of one model can be compared, no others."""

    path: Path
    score: float


def ranking(spec: Rank, values: Mapping[str, JsonValue]) -> list[Ranked]:
    """The inputs of a job from what it answered, best first; equal ones stay in their order.

    What could not be judged is not among them.
    """
    scores = values.get("scores")
    told = scores if isinstance(scores, list) else []
    judged = [
        Ranked(path, float(score))
        for path, score in zip(spec.inputs, told, strict=True)
        if isinstance(score, int | float)
    ]
    return sorted(judged, key=lambda each: -each.score)
