"""Blend modes of the W3C's "Compositing and Blending Level 1", in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from aigc_studio.media.image import Pixels

    Light = npt.NDArray[np.float32]

Blend = Literal["normal", "multiply", "screen", "overlay", "darken", "lighten"]
# Rows at once: what is worked on then stays in the processor's cache.
_ROWS = 64


def blended(backdrop: Pixels, source: Pixels, mode: Blend, opacity: float = 1.0) -> Pixels:
    """A picture laid over another one.

    Colours of the source become (1 - ab) Cs + ab B(Cb, Cs) (section 10, "Blending"), then they
    are laid over by "source-over" (section 9.1.4): co = as Cs + (1 - as) ab Cb,
    ao = as + (1 - as) ab; the result is rounded once, at its end.

    Args:
        backdrop, source: uint8 (H, W, 4), straight alpha, of one shape.
        opacity: of the source, 0 to 1.

    Returns:
        uint8 (H, W, 4), straight alpha; clear pixels are black.
    """
    result = np.empty_like(backdrop)
    for top in range(0, len(backdrop), _ROWS):
        rows = slice(top, top + _ROWS)
        result[rows] = _rows(backdrop[rows], source[rows], _FUNCTIONS[mode], opacity)
    return result


def _rows(
    backdrop: Pixels, source: Pixels, mix: Callable[[Light, Light], Light], opacity: float
) -> Pixels:
    below, above = _unit(backdrop), _unit(source)
    colour_b, alpha_b = below[..., :3], below[..., 3:]
    colour_s, alpha_s = above[..., :3], above[..., 3:] * np.float32(opacity)
    colour_s = (1 - alpha_b) * colour_s + alpha_b * mix(colour_b, colour_s)
    colour = alpha_s * colour_s + (1 - alpha_s) * alpha_b * colour_b
    alpha = alpha_s + (1 - alpha_s) * alpha_b
    straight = colour / np.where(alpha > 0, alpha, 1)
    return _bytes(np.concatenate([straight, alpha], axis=2))


def _multiply(below: Light, above: Light) -> Light:
    return below * above


def _screen(below: Light, above: Light) -> Light:
    return below + above - below * above


def _hard_light(below: Light, above: Light) -> Light:
    return np.where(above <= 0.5, _multiply(below, 2 * above), _screen(below, 2 * above - 1))


def _overlay(below: Light, above: Light) -> Light:
    return _hard_light(above, below)


def _normal(below: Light, above: Light) -> Light:
    return above


_FUNCTIONS: dict[Blend, Callable[[Light, Light], Light]] = {
    "normal": _normal,
    "multiply": _multiply,
    "screen": _screen,
    "overlay": _overlay,
    "darken": np.minimum,
    "lighten": np.maximum,
}


def _unit(pixels: Pixels) -> Light:
    return pixels.astype(np.float32) / np.float32(255)


def _bytes(values: Light) -> Pixels:
    return np.clip(np.rint(values * 255), 0, 255).astype(np.uint8)
