"""Which pictures of a collection are fit for training, and why the others are not.

`survey` alone decides: `prepare` shows what it says, training keeps to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import decode_image, kind_of
from aigc_studio.media.kind import PICTURE_SUFFIXES
from aigc_studio.media.prepare import info_of
from aigc_studio.media.similar import print_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aigc_studio.media.image import Image
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.media.prepare import PictureInfo
    from aigc_studio.media.similar import Print

    Progress = Callable[[int, int], None]

Verdict = Literal["ok", "broken", "tiny", "duplicate", "empty", "unsupported"]


@dataclass(frozen=True)
class Finding:
    """What is known of one file.

    Attributes:
        verdict: "ok" is fit for training, everything else is left out.
        reason: why, in words; empty when "ok".
        same_as: of a duplicate, the earlier file with the same pixels.
        info: of one that is "ok", what `prepare.resolve` needs to know, so that no file is
            read twice for it.
        print: of one that is "ok", for finding others that look almost the same; see `survey`.
    """

    path: Path
    verdict: Verdict
    reason: str = ""
    same_as: Path | None = None
    info: PictureInfo | None = None
    print: Print | None = None


def survey(
    paths: Sequence[Path],
    preparation: Preparation,
    progress: Progress | None = None,
    *,
    prints: bool = False,
) -> list[Finding]:
    """Look at every file; one finding a path, in order. No file is ever fatal.

    Args:
        preparation: its `smallest` decides what is tiny.
        progress: called with (files done, files in all).
        prints: whether findings that are "ok" have a print.
    """
    seen: dict[str, Path] = {}
    findings: list[Finding] = []
    for path in paths:
        findings.append(_look(path, preparation, seen, prints=prints))
        if progress:
            progress(len(findings), len(paths))
    return findings


def content_hash(image: Image) -> str:
    """Hex SHA-256 of what can be seen: the same pixels in PNG and BMP give the same."""
    digest = hashlib.sha256(f"{image.width} x {image.height} ".encode())
    digest.update(image.premultiplied().tobytes())
    return digest.hexdigest()


def _look(path: Path, preparation: Preparation, seen: dict[str, Path], *, prints: bool) -> Finding:
    try:
        unfit = _unsupported(path)
        if unfit:
            return unfit
        image = decode_image(path)
    except StudioError as error:
        return Finding(path, "broken", error.happened)
    unfit = _small_or_empty(path, image, preparation)
    found = unfit or _twin(path, image, seen)
    return replace(found, print=print_of(image)) if prints and found.info else found


def _unsupported(path: Path) -> Finding | None:
    kind = kind_of(path)
    if kind == "video":
        return Finding(path, "unsupported", "It is a film: take pictures from it first.")
    if kind == "archive":
        return Finding(path, "unsupported", "It is an archive: unpack it first.")
    if kind is None and path.suffix.lower() not in PICTURE_SUFFIXES:
        return Finding(
            path, "unsupported", "It is not a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF picture."
        )
    return None


def _small_or_empty(path: Path, image: Image, preparation: Preparation) -> Finding | None:
    if min(image.size) < preparation.smallest:
        reason = (
            f"It is {image.width} x {image.height} pixels; the shorter side has at least "
            f"{preparation.smallest}."
        )
        return Finding(path, "tiny", reason)
    if not image.alpha().any():
        return Finding(path, "empty", "It is transparent all over.")
    ink = image.premultiplied()
    if np.array_equal(ink, np.broadcast_to(ink[0, 0], ink.shape)):
        return Finding(path, "empty", "It is one colour all over.")
    return None


def _twin(path: Path, image: Image, seen: dict[str, Path]) -> Finding:
    key = content_hash(image)
    first = seen.get(key)
    if first is None:
        seen[key] = path
        return Finding(path, "ok", info=info_of(image))
    return Finding(path, "duplicate", f"It has the same pixels as {first.name}.", first)
