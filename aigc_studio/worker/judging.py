"""How real pictures look to a model's discriminator."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.device import use_cores
from aigc_studio.worker.playing import on_shelf, prepared, terms

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.jobs.specs import Rank
    from aigc_studio.ml.protocol import Judge
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter


def handle(spec: Rank, reporter: Reporter, control: Control) -> None:
    """Score each input; None for what cannot be read, with the reason among `left_out`.

    Raises:
        StudioError: unusable model, or one that cannot judge.
    """
    use_cores()
    model = on_shelf(spec.model, spec.device)
    if Cap.JUDGE not in model.caps:
        raise StudioError(
            "This model has no discriminator to judge with.",
            kind="input",
            todo="Choose a model of the family image-gan.",
        )
    tell = reporter.parts("judging pictures")
    scores: list[JsonValue] = []
    left_out: list[JsonValue] = []
    for path in spec.inputs:
        try:
            _, seen = prepared(model, path)
        except StudioError as error:
            scores.append(None)
            left_out.append(error.happened)
        else:
            scores.append(cast("Judge", model).judge([seen])[0])
        tell(len(scores), len(spec.inputs) + 1)
        if control.poll() in ("stop", "suspend"):
            raise StudioError("Judging was stopped.", kept="Nothing was changed.")
    reporter.result({**terms(model, spec.device), "scores": scores, "left_out": left_out})
