"""Goals, presets, states and curves in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigc_studio.ui.times import span
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.studio.run_view import RunView


@dataclass(frozen=True)
class Goal:
    """What somebody wants of a model.

    Attributes:
        id: for code.
        title, words: in English, for `tr`.
        family: that serves it.
        sets: settings that make it so.
    """

    id: str
    title: str
    words: str
    family: str
    sets: Mapping[str, str] = field(default_factory=dict)


GOALS = (
    Goal(
        "explore",
        later("Explore shapes"),
        later("A smooth map of your pictures to wander through."),
        "image-vae",
    ),
    Goal(
        "repair",
        later("Repair pictures"),
        later("The same map, and it takes away noise, blur and gaps."),
        "image-vae",
        {"corruption": "mixed"},
    ),
    Goal(
        "sharp",
        later("Sharp samples"),
        later("New pictures with crisp detail, steered by styles. It needs more time."),
        "image-gan",
    ),
    Goal(
        "pairs",
        later("Matching pairs"),
        later("One picture in two looks, such as outline and colour; from two collections."),
        "cogan",
    ),
    Goal(
        "enlarge",
        later("Enlarge pictures"),
        later("Makes pictures four times as large, with the detail that yours have."),
        "image-upscale",
        {"factor": "4"},
    ),
    Goal(
        "words",
        later("Words to pictures"),
        later("New pictures by what you write; it learns from the captions."),
        "image-flow",
    ),
)
PRESETS = {
    "tiny": (later("Quick"), later("Small model: learns fast, soft pictures.")),
    "desk": (later("Balanced"), later("Middle-sized model: sharper, takes longer.")),
    "large": (later("Fine"), later("Large model: best with a graphics card or a night.")),
}
CURVES = {
    "generator": later("How well made pictures pass (generator)"),
    "critic": later("How well the critic tells them apart"),
    "loss": later("Loss: what training makes smaller"),
    "mse": later("Error of rebuilt pictures"),
    "kl": later("How much the space holds (KL)"),
    "nll": later("Surprise at the pictures (NLL)"),
    "discriminator": later("Loss of the discriminator"),
    "real": later("Verdict on your pictures"),
    "made": later("Verdict on made pictures"),
    "penalty": later("Steepness of the verdicts"),
    "path": later("Unevenness of the space"),
    "augmentation": later("Share of varied pictures"),
    "encoder": later("Error of finding pictures"),
    "rebuilt": later("Error of rebuilt pictures"),
    "apart": later("How far drawn points lie from found ones"),
    "error": later("Error of rebuilt pictures, fine and coarse"),
    "flow": later("Error of the way from noise to pictures"),
}


def state(view: RunView) -> str:
    """How a run stands, in a few words."""
    if view.problem:
        return tr("cannot be read")
    if view.waiting:
        return tr("waits, number {place}", place=view.waiting)
    words = {
        "queued": later("waits"),
        "starting": later("starting"),
        "running": later("training"),
        "paused": later("paused"),
        "stopping": later("saving and stopping"),
        "finished": later("finished"),
        "stopped": later("stopped early"),
        "suspended": later("interrupted, can go on"),
        "failed": later("failed"),
        "crashed": later("broken off, can go on"),
    }
    return tr(words[view.state])


def how_far(view: RunView) -> str:
    """Steps, time left and speed."""
    parts = []
    if view.state == "finished":
        parts.append(tr("{steps:,} steps", steps=view.step))
    elif view.step and view.total:  # before the first, how many there will be is not known
        parts.append(tr("step {step:,} of {total:,}", step=view.step, total=view.total))
    if view.going_on and view.seconds_left is not None:
        parts.append(tr("{span} left", span=span(view.seconds_left)))
    elif view.seconds:
        parts.append(tr("{span} of training", span=span(view.seconds)))
    if view.going_on and view.items_per_second:
        parts.append(tr("{speed:,.0f} pictures a second", speed=view.items_per_second))
    return "  ·  ".join(parts) or worded(view.activity)
