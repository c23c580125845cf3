"""From a wish to make a picture anew to the spec that a worker carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import ANYTHING
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import require_able
from aigc_studio.document.requests import input_file
from aigc_studio.jobs.specs import Repaint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.store import Store

GENTLY, WHOLLY = 0.6, 1.0


def repaint_spec(
    store: Store,
    model: ChosenModel,
    word: str,
    *,
    seeds: Sequence[int],
    mask: str | None = None,
    strength: float | None = None,
    conditions: Conditions = ANYTHING,
    device: str = "auto",
) -> Repaint:
    """Make a picture anew, given as path or asset id, all of it or where a mask is white.

    Args:
        mask: a path or asset id; None for the whole picture.
        strength: how much is made anew; None is 0.6, and 1 where a mask says where.

    Raises:
        StudioError: the model cannot, no such picture, or strength out of range.
    """
    require_able(model, Cap.REPAINT, "repaint pictures")
    usual = GENTLY if mask is None else WHOLLY
    chosen = usual if strength is None else strength
    if not 0 <= chosen <= 1:
        raise StudioError(
            f"A picture cannot be repainted with strength {chosen:g}.",
            todo="Choose a strength from 0 to 1.",
            kind="input",
        )
    return Repaint(
        model=model.ref,
        input=input_file(store, model, word),
        mask=None if mask is None else input_file(store, model, mask),
        strength=chosen,
        seeds=tuple(seeds),
        conditions=conditions,
        device=device,
    )
