"""What is known of a model, in words: its data, its training, what its figures tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import abilities
from aigc_studio.document.results import factor_of
from aigc_studio.ui.times import span
from aigc_studio.ui.translate import counted, later, listed, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.catalog.card import ModelCard
    from aigc_studio.document.model import Model

CHANNELS = {1: later("grey"), 3: later("colour"), 4: later("colour with transparency")}
_CAPS = (
    (Cap.SAMPLE, later("makes new pictures")),
    (Cap.ENCODE, later("finds your pictures")),
    (Cap.DECODE, later("can be played on the pad")),
    (Cap.DENOISE, later("repairs pictures")),
    (Cap.UPSCALE, later("enlarges pictures")),
    (Cap.PAIR, later("makes matching pairs")),
    (Cap.CONDITION, later("makes pictures of words")),
    (Cap.REPAINT, later("repaints pictures")),
    (Cap.LAYERS, later("mixes styles layer by layer")),
    (Cap.JUDGE, later("judges how real pictures look")),
)
# What each figure tells; those that are not listed are shown by their names.
FIGURES = {
    "psnr": (
        later("Likeness of rebuilt pictures (PSNR)"),
        later("In dB, on pictures it never saw: above 20 recognisable, above 30 close."),
    ),
    "ssim": (
        later("Likeness of structure (SSIM)"),
        later("0 to 1, on pictures it never saw: 1 is the same."),
    ),
    "kid": (
        later("Distance of samples from real pictures (KID)"),
        later("Lower is better; the lowest that can be reached is the floor."),
    ),
    "kid_floor": (
        later("Floor of that distance"),
        later("How far real pictures lie from each other."),
    ),
    "frechet_distance": (
        later("Frechet distance"),
        later("Lower is better; only for comparing models on the same pictures."),
    ),
    "precision": (later("Precision"), later("Part of samples that look like real pictures.")),
    "recall": (later("Recall"), later("Part of real pictures that samples come near to.")),
    "density": (later("Density"), later("As precision, counted more finely.")),
    "coverage": (later("Coverage"), later("Part of real pictures with a sample beside them.")),
    "active_units": (
        later("Directions that do something"),
        later("Axes of the space along which pictures change."),
    ),
    "memorisation_rate": (
        later("Copies among samples"),
        later("Part of samples that all but repeat a training picture."),
    ),
    "psnr_lanczos": (
        later("Likeness without a model"),
        later("The same pictures enlarged by plain interpolation (Lanczos), in dB."),
    ),
    "gain": (later("Lead over plain interpolation"), later("In dB; above 0 the model helps.")),
    "psnr_noisy": (later("Likeness of damaged pictures"), later("Before the repair, in dB.")),
    "psnr_denoised": (later("Likeness of repaired pictures"), later("After the repair, in dB.")),
}


def headline(model: Model, card: ModelCard | None) -> str:
    """What it makes, in a few words."""
    if card is None:
        return tr("Its files are missing")
    if model.family not in FAMILIES:
        return tr('Family "{family}", not known here', family=model.family)
    size, channels = card.config.get("size"), card.config.get("channels")
    words = [f"{size} x {size}"] if size else []
    if factor_of(card) > 1:
        words.append(tr("enlarges {factor} times", factor=factor_of(card)))
    if isinstance(channels, int) and channels in CHANNELS:
        words.append(tr(CHANNELS[channels]))
    return listed(words) or model.family


def can_do(card: ModelCard) -> str:
    """What it can do."""
    able = abilities(card)
    return listed(tr(words) for cap, words in _CAPS if cap in able)


def facts(card: ModelCard, disk: str, parent: str) -> Iterator[tuple[str, str]]:
    """Rows for the details: what, and what it is."""
    family = FAMILIES.get(card.family)
    yield tr("Family"), card.family
    if family:
        yield tr("It"), can_do(card)
    if card.data:
        held = card.data.held_out
        yield (
            tr("Data"),
            tr(
                "{items} of {collection}, {held:,} kept for measuring",
                items=counted(card.data.items, "{n} picture", "{n} pictures"),
                collection=card.data.collection,
                held=held,
            ),
        )
        yield tr("Authors"), "; ".join(card.data.authors) or tr("nobody named")
        yield tr("Rights"), "; ".join(card.data.rights) or tr("nothing stated")
    for stage in card.history:
        yield (
            tr("Trained"),
            tr(
                "{steps:,} steps in {time} on {device}, seed {seed}",
                steps=stage.steps,
                time=span(stage.seconds),
                device=stage.device,
                seed=stage.seed,
            ),
        )
    if parent:
        yield tr("Trained from"), parent
    yield tr("On disk"), disk
    if card.created:
        yield tr("Made"), card.created[:16].replace("T", " ")


def figures(card: ModelCard) -> Iterator[tuple[str, str, str]]:
    """Name, value and what it tells, of each figure that is known."""
    for key, (name, tells) in FIGURES.items():
        value = card.metrics.get(key)
        if isinstance(value, int | float):
            yield tr(name), figure(value), tr(tells)


def figure(value: float) -> str:
    """A number with three digits that matter."""
    return f"{value:,}" if isinstance(value, int) else f"{value:.3g}"
