"""Plain advice on a run, with the mend one click away."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigc_studio.ui.translate import counted, tr

if TYPE_CHECKING:
    from aigc_studio.studio.run_view import Curve, RunView

Mend = Literal["", "stop", "pictures", "longer", "gentler", "resume"]
FEW, FLAT, EARLY = 30, 0.005, 0.15
WINNING = 0.05  # of the discriminator's loss: chance is at 0.69, and at 1.39 for the logistic one
_POINTS = 12


@dataclass(frozen=True)
class Advice:
    """One sentence; `words` say what `mend` does."""

    sentence: str
    mend: Mend = ""
    words: str = ""


def advice(view: RunView) -> Advice | None:
    """The most useful thing to say about a run now; None when all goes its way."""
    curve = view.curves.get("loss")
    if view.can_go_on and view.state in ("crashed", "suspended", "queued"):
        return Advice(
            tr("It ended before its time. Nothing is lost: it goes on from its last checkpoint."),
            "resume",
            tr("Go on"),
        )
    if curve and curve.values and not math.isfinite(curve.values[-1]):
        sentence = tr("The loss is no number any more: it learned too fast.")
        return Advice(sentence, "gentler", tr("Try again, more gently"))
    if 0 < view.items < FEW:
        few = counted(view.items, "{n} picture is", "{n} pictures are")
        sentence = tr("{few} few: it will mostly repeat them. 30 to 5,000 are better.", few=few)
        return Advice(sentence, "pictures", tr("Add pictures"))
    if curve is None or len(curve.values) < 2 * _POINTS:
        return (
            Advice(tr("It has just begun: the first samples are blurs.")) if early(view) else None
        )
    return _of_two_players(view) if "discriminator" in view.curves else _by_curve(view, curve)


def _of_two_players(view: RunView) -> Advice | None:
    """Their losses rise and fall with each other's, so neither tells what has been learned."""
    loss = _late(view.curves["discriminator"])
    if view.going_on and view.part > EARLY and 0 <= loss < WINNING:
        sentence = tr(
            "The discriminator is winning: it tells made pictures from yours at a glance. More "
            "pictures, or more varied ones, help the other side."
        )
        return Advice(sentence, "pictures", tr("Add pictures"))
    return Advice(tr("It has just begun: the first samples are blurs.")) if early(view) else None


def _late(curve: Curve) -> float:
    """The mean of a curve's last points; -1 while there are too few."""
    late = curve.values[-_POINTS:]
    return sum(late) / len(late) if len(late) == _POINTS else -1.0


def early(view: RunView) -> bool:
    """Whether a run goes on and has hardly begun."""
    return view.going_on and view.part < EARLY


def _by_curve(view: RunView, curve: Curve) -> Advice | None:
    gain = _recent_gain(curve)
    if view.going_on and view.part > 2 * EARLY and gain < -4 * FLAT:
        sentence = tr("The loss has been rising for a while: it learns too fast.")
        return Advice(sentence, "gentler", tr("Try again, more gently"))
    if view.going_on and EARLY < view.part < 1 - EARLY and gain < FLAT:
        sentence = tr("It hardly learns anything new. It can stop here and be played.")
        return Advice(sentence, "stop", tr("Stop and keep it"))
    if view.state == "finished" and gain > 4 * FLAT:
        sentence = tr("It was still learning when its time was over.")
        return Advice(sentence, "longer", tr("Train further"))
    return Advice(tr("It has just begun: the first samples are blurs.")) if early(view) else None


def _recent_gain(curve: Curve) -> float:
    """What the last quarter gained, as a part of everything gained so far."""
    values = curve.values
    quarter = max(_POINTS, len(values) // 4)
    late, before = values[-quarter // 2 :], values[-quarter : -quarter // 2]
    start = sum(values[:3]) / 3
    now, then = sum(late) / len(late), sum(before) / len(before)
    whole = max(start - now, 1e-9)
    return (then - now) / whole
