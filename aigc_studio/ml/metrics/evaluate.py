"""Everything that is measured on an image model, with its terms stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from aigc_studio.base import seeds
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.metrics import distribution, latent
from aigc_studio.ml.metrics.features import Extractor, Features, random_extractor
from aigc_studio.ml.metrics.memorisation import QUANTILE, RULE, memorisation
from aigc_studio.ml.metrics.rebuilding import reconstruction, repair, space_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt
    from pydantic import JsonValue

    from aigc_studio.catalog.latent import Code, Floats
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import LatentModel

MOST = 2000  # items of a set in distances between sets, where tables grow with the square
FEWEST = 16  # items below which distances between sets would only be noise
_AT_ONCE = 32

Scalar = TypeVar("Scalar", bound=np.generic)
Figures = dict[str, "JsonValue"]


def evaluate_images(
    model: LatentModel,
    data: PreparedData,
    reference: PreparedData | None,
    samples: int,
    seed: int,
    progress: Callable[[int, int], None],
    *,
    extractor: Extractor | None = None,
) -> Figures:
    """All figures of an image model by name; those that cannot be had are None.

    Args:
        model: decodes and draws; reconstructions need `Cap.ENCODE`, posterior figures need
            `posterior` on it too.
        data: all its pictures are reconstructed, by a denoising model repaired too, and
            samples are compared with them; they should not have been trained on.
        reference: training pictures, for the memorisation check and `kid_floor`; those of `data`
            that are among them are no new ones.
        samples: pictures to draw from the prior, at least 2.
        seed: of draws, damage and subsets; equal seeds give equal figures.
        progress: called with pictures done and pictures in all.
        extractor: features for distances between sets; the random one when not given.
    """
    through = len(data.pixels) * ((Cap.ENCODE in model.caps) + (Cap.DENOISE in model.caps))
    task = _Task(model, progress, through + samples)
    chosen = extractor or random_extractor()
    names = [seeds.derive(seed, "evaluate", index) for index in range(samples)]
    points = latent.draw(model, names, model.home)
    figures: Figures = dict.fromkeys(("psnr", "ssim"))
    if Cap.ENCODE in model.caps:
        figures |= reconstruction(model, data.pixels, task.tell)
    figures |= repair(model, data.pixels, seed, task.tell)
    made = np.stack([task.decoded(points, index) for index in range(samples)])
    figures |= _latents(task, data.pixels, latent.numbers(points), made)
    figures |= _sets(chosen, data, reference, made, seed)
    stated = _stated(chosen, data, reference, samples, seed)
    return {**figures, "stated": {**stated, "rebuilt_through": space_of(model)} | _told(model)}


def _told(model: LatentModel) -> Figures:
    return {"samples_of": "no words"} if Cap.CONDITION in model.caps else {}


@dataclass
class _Task:
    model: LatentModel
    progress: Callable[[int, int], None]
    total: int
    done: int = 0

    def decoded(self, code: Code, index: int) -> Pixels:
        picture = self.model.decode(code.at(index))[0]
        self.tell()
        return picture

    def tell(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)

    def encoded(self, pixels: Pixels) -> Floats:
        parts = [self.model.encode(part, self.model.home) for part in _parts(pixels)]
        return np.concatenate([latent.numbers(part) for part in parts])


def _latents(task: _Task, pixels: Pixels, drawn: Floats, made: Pixels) -> Figures:
    if not isinstance(task.model, latent.HasPosterior):
        return dict.fromkeys(("kl", "kl_per_dimension", "active_units", "cycle_error"))
    posteriors = [task.model.posterior(part) for part in _parts(pixels)]
    mean, variance = (np.concatenate(arrays) for arrays in zip(*posteriors, strict=True))
    divergence = latent.kl_per_dimension(mean, variance)
    active = latent.active_units(mean)
    cycle = latent.cycle_error(drawn, task.encoded(made), active)
    return {
        "kl": float(divergence.sum()),
        "kl_per_dimension": [float(nats) for nats in divergence],
        "active_units": int(active.sum()),
        "latent_units": len(active),
        "cycle_error": cycle.error,
        "cycle_error_active": cycle.active_error,
    }


def _sets(
    extractor: Extractor,
    data: PreparedData,
    reference: PreparedData | None,
    made: Pixels,
    seed: int,
) -> Figures:
    ours, theirs = extractor(_some(data.pixels, seed)), extractor(_some(made, seed))
    figures = _distribution(ours, theirs, seed)
    training = extractor(reference.pixels) if reference is not None else None
    known = reference.hashes if reference is not None else ()
    new = _some(np.flatnonzero(~np.isin(data.hashes, known)), seed)
    if len(new) == len(ours):
        return figures | _copies(theirs, training, ours) | _floor(training, ours, seed)
    held_out = extractor(data.pixels[new]) if len(new) >= FEWEST else None
    generator = np.random.Generator(np.random.Philox(seeds.derive(seed, "halves")))
    half, other = np.array_split(generator.permutation(ours), 2)
    return figures | _copies(theirs, training, held_out) | _floor(half, other, seed)


def _distribution(real: Features, made: Features, seed: int) -> Figures:
    if min(len(real), len(made)) < FEWEST:
        names = "kid kid_low kid_high frechet_distance precision recall density coverage"
        return dict.fromkeys(names.split())
    kernel = distribution.kid(real, made, seed=seeds.derive(seed, "kid"))
    overlap = distribution.manifolds(real, made)
    return {
        "kid": kernel.value,
        "kid_low": kernel.low,
        "kid_high": kernel.high,
        "frechet_distance": distribution.frechet(real, made),
        **overlap._asdict(),
    }


def _copies(made: Features, training: Features | None, held_out: Features | None) -> Figures:
    """Copies, and how many of them pictures that are certainly new would make: its scale."""
    names = ("memorisation_rate", "memorisation_rate_of_new_pictures")
    if training is None or len(training) < FEWEST:
        return dict.fromkeys(names)
    scale = None
    if held_out is not None and len(held_out) >= FEWEST:
        scale = memorisation(held_out, training).rate
    return dict(zip(names, (memorisation(made, training).rate, scale), strict=True))


def _floor(some: Features | None, others: Features, seed: int) -> Figures:
    """KID between pictures of the collection and others of it."""
    if some is None or min(len(some), len(others)) < FEWEST:
        return {"kid_floor": None}
    floor = distribution.kid(_some(some, seed), others, seed=seeds.derive(seed, "floor"))
    return {"kid_floor": floor.value}


def _some(items: npt.NDArray[Scalar], seed: int) -> npt.NDArray[Scalar]:
    """At most 2,000 items, drawn without replacement and in their order."""
    if len(items) <= MOST:
        return items
    generator = np.random.Generator(np.random.Philox(seeds.derive(seed, "some")))
    return items[np.sort(generator.choice(len(items), MOST, replace=False))]


def _stated(
    extractor: Extractor,
    data: PreparedData,
    reference: PreparedData | None,
    samples: int,
    seed: int,
) -> Figures:
    return {
        "extractor": extractor.name,
        "feature_dims": extractor.dims,
        "seed": seed,
        "psnr": "dB, mean over pictures",
        "pictures": len(data.pixels),
        "samples": samples,
        "training_pictures": 0 if reference is None else len(reference.pixels),
        "most_in_a_set": MOST,
        "fewest_in_a_set": FEWEST,
        "size": data.size,
        "channels": data.channels,
        "kid_subsets": distribution.SUBSETS,
        "k_precision_recall": distribution.K_PRECISION_RECALL,
        "k_density_coverage": distribution.K_DENSITY_COVERAGE,
        "memorisation": RULE,
        "memorisation_quantile": QUANTILE,
    }


def _parts(pixels: Pixels) -> Iterator[Sequence[Pixels]]:
    for start in range(0, len(pixels), _AT_ONCE):
        yield list(pixels[start : start + _AT_ONCE])
