"""Filters of a layer: plain values in an ordered list, each bounded, and what they do.

Colours are straight; where pixels are mixed with their neighbours it is done premultiplied, so
that nothing bleeds out of what is clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Field

from aigc_studio.base.frozen import Frozen
from aigc_studio.base.seeds import MAX_SEED, derive
from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aigc_studio.media.image import Pixels

    Values = npt.NDArray[np.float32]

MAX_FILTERS = 32
MAX_RADIUS = 200.0
Amount = Annotated[float, Field(ge=-1, le=1)]
Radius = Annotated[float, Field(ge=0, le=MAX_RADIUS)]
_REACH = 4.0  # of a kernel, in deviations
_LEAST_RADIUS = 0.05  # a narrower kernel is one pixel
_VALUES_AT_ONCE = 1 << 18  # stay in the processor's cache


class Levels(Frozen):
    """What is `black` or darker becomes black, what is `white` or brighter white.

    Attributes:
        black, white: 0 to 1; white counts as a 255th above black where it is not.
        gamma: above 1 brightens what lies between, v ** (1 / gamma).
    """

    kind: Literal["levels"] = "levels"
    enabled: bool = True
    black: float = Field(default=0.0, ge=0, le=1)
    white: float = Field(default=1.0, ge=0, le=1)
    gamma: float = Field(default=1.0, ge=0.1, le=10)


class Colours(Frozen):
    """Hue in degrees, saturation and brightness, see `finish.adjust`."""

    kind: Literal["colours"] = "colours"
    enabled: bool = True
    hue: float = Field(default=0.0, ge=-180, le=180)
    saturation: Amount = 0.0
    brightness: Amount = 0.0


class Blur(Frozen):
    """A Gaussian of the standard deviation `radius`, in pixels of the picture."""

    kind: Literal["blur"] = "blur"
    enabled: bool = True
    radius: Radius = 4.0


class Sharpen(Frozen):
    """An unsharp mask: the difference from a blurred picture, `amount` times, is added."""

    kind: Literal["sharpen"] = "sharpen"
    enabled: bool = True
    radius: Radius = 1.5
    amount: float = Field(default=0.5, ge=0, le=5)


class Noise(Frozen):
    """Gaussian noise of the standard deviation `amount` (1 is white against black)."""

    kind: Literal["noise"] = "noise"
    enabled: bool = True
    amount: float = Field(default=0.1, ge=0, le=1)
    monochrome: bool = True
    seed: int = Field(default=0, ge=0, le=MAX_SEED)


Filter = Annotated[Levels | Colours | Blur | Sharpen | Noise, Field(discriminator="kind")]
Filters = Annotated[tuple[Filter, ...], Field(max_length=MAX_FILTERS)]


def filtered(image: Image, filters: Iterable[Filter]) -> Image:
    """A picture after its filters, the first one first; those that are off do nothing."""
    for each in filters:
        if each.enabled:
            image = _applied(image, each)
    return image


def _applied(image: Image, each: Filter) -> Image:
    match each:
        case Levels():
            return levels(image, each)
        case Colours():
            parts = {"brightness": each.brightness, "saturation": each.saturation}
            return adjust(image, hue=each.hue, **parts)
        case Blur():
            return blur(image, each.radius)
        case Sharpen():
            return sharpen(image, each.radius, each.amount)
        case Noise():
            return noise(image, each)


def scaled(filters: Iterable[Filter], factor: float) -> tuple[Filter, ...]:
    """The filters for the same picture in another size, so that it looks alike."""
    return tuple(
        each.model_copy(update={"radius": each.radius * factor})
        if isinstance(each, Blur | Sharpen)
        else each
        for each in filters
    )


def is_pointwise(each: Filter) -> bool:
    """Whether a pixel's colour after it depends on that pixel's colour alone."""
    return isinstance(each, Levels | Colours)


def levels(image: Image, given: Levels) -> Image:
    """Colours stretched between black and white, then bent by gamma; alpha stays."""
    span = max(given.white - given.black, 1 / 255)
    places = np.clip((np.arange(256) / 255 - given.black) / span, 0, 1)
    table = np.rint(255 * places ** (1 / given.gamma)).astype(np.uint8)
    return _recoloured(image, table[_colours(image)])


def blur(image: Image, radius: float) -> Image:
    """A Gaussian; beyond its edge a picture goes on in the colour of the edge."""
    if radius < _LEAST_RADIUS:
        return image
    return _from_values(_smooth(_premultiplied(image), radius))


def sharpen(image: Image, radius: float, amount: float) -> Image:
    """An unsharp mask on premultiplied colours; alpha stays."""
    if radius < _LEAST_RADIUS or amount <= 0:
        return image
    sharp = _premultiplied(image)
    sharp[..., :3] += np.float32(amount) * (sharp - _smooth(sharp, radius))[..., :3]
    return _recoloured(image, _colours(_from_values(sharp)))


def noise(image: Image, given: Noise) -> Image:
    """Noise in the picture's own grid of pixels, drawn from `seed` alone; alpha stays."""
    colours = _colours(image)
    channels = 1 if given.monochrome else colours.shape[2]
    generator = np.random.default_rng(derive(given.seed, "noise filter"))
    grain = generator.standard_normal((*colours.shape[:2], channels), np.float32)
    grain *= np.float32(given.amount * 255)
    noisy = np.clip(np.rint(colours + grain), 0, 255).astype(np.uint8)
    return _recoloured(image, noisy)


def _colours(image: Image) -> Pixels:
    return image.pixels[..., : min(image.channels, 3)]


def _recoloured(image: Image, colours: Pixels) -> Image:
    if image.channels != 4:
        return Image(colours)
    return Image(np.concatenate([colours, image.pixels[..., 3:]], axis=2))


def _premultiplied(image: Image) -> Values:
    """Colours times alpha, float32 (H, W, C), 0 to 255: finer than bytes."""
    values = image.pixels.astype(np.float32)
    if image.channels == 4:
        values[..., :3] *= values[..., 3:] / np.float32(255)
    return values


def _from_values(values: Values) -> Image:
    values = values.copy()
    if values.shape[2] == 4:
        alpha = values[..., 3:]
        values[..., :3] *= 255 / np.where(alpha > 0, alpha, 1)
        values[np.rint(alpha[..., 0]) == 0] = 0
    return Image(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _smooth(values: Values, radius: float) -> Values:
    """The Gaussian, cut off at four deviations, along both axes."""
    along = _smooth_rows(values, radius)
    return np.ascontiguousarray(_smooth_rows(along.swapaxes(0, 1), radius).swapaxes(0, 1))


def _smooth_rows(values: Values, radius: float) -> Values:
    # By Fourier transforms: as exact as the kernel itself, and equally fast at every radius.
    width, reach = values.shape[1], max(round(radius * _REACH), 1)
    length = _fast_length(width + 2 * reach)
    spectrum = np.fft.rfft(_kernel(radius, reach, length)).astype(np.complex64)
    smooth = np.empty(values.shape, np.float32)
    rows = max(_VALUES_AT_ONCE // (length * values.shape[2]), 1)
    for top in range(0, len(values), rows):
        part = values[top : top + rows].swapaxes(1, 2)
        wide = np.pad(part, ((0, 0), (0, 0), (reach, reach)), "edge")
        soft = np.fft.irfft(np.fft.rfft(wide, length) * spectrum, length)
        smooth[top : top + rows] = soft[..., reach : reach + width].swapaxes(1, 2)
    return smooth


def _kernel(radius: float, reach: int, length: int) -> Values:
    """The kernel about place 0 of a ring."""
    places = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (places / radius) ** 2)
    ring = np.zeros(length, np.float32)
    ring[places] = weights / weights.sum()
    return ring


def _fast_length(least: int) -> int:
    """The next length of small prime factors, which transforms like."""
    length = least
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1
