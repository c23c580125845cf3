"""Embedded colour profiles: pictures are converted to sRGB once, when they are read."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from PIL import ImageCms

if TYPE_CHECKING:
    from PIL import Image as Pillow

MAX_PROFILE_BYTES = 4 << 20
_SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
_OUTPUTS = {"L": "RGB", "RGB": "RGB", "RGBA": "RGBA", "CMYK": "RGB"}


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def to_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """Convert from an embedded profile to sRGB; a missing or odd profile counts as sRGB.

    Args:
        picture: of mode L, RGB, RGBA or CMYK.
        profile: ICC bytes, as found in the file.

    Returns:
        A picture of mode L, RGB or RGBA.
    """
    source = _sane(profile, picture.mode) if profile else None
    converted = _converted(picture, source) if source else None
    if converted is None:
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    return converted.convert("L") if picture.mode == "L" else converted


def _sane(profile: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    if len(profile) > MAX_PROFILE_BYTES:
        return None
    try:
        parsed = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (OSError, TypeError, ValueError):
        return None
    if parsed.profile.xcolor_space.strip() != _SPACES[mode]:
        return None
    # A round trip through the same space would only add rounding errors.
    return None if "sRGB" in (parsed.profile.profile_description or "") else parsed


def _converted(picture: Pillow.Image, source: ImageCms.ImageCmsProfile) -> Pillow.Image | None:
    try:
        return ImageCms.profileToProfile(
            picture, source, _srgb(), outputMode=_OUTPUTS[picture.mode]
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
