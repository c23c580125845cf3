"""What training would make of a collection: left out, found twice, changed, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from aigc_studio.catalog.split import held_out
from aigc_studio.media.clean import Finding, survey
from aigc_studio.media.prepare import PictureInfo, resolve
from aigc_studio.media.similar import near_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from aigc_studio.document.model import Asset
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.media.similar import Print


@dataclass(frozen=True)
class Note:
    """What would happen to one asset, and why.

    Attributes:
        verdict: "broken", "tiny", "empty", "unsupported", "duplicate", or how it is changed:
            "scaled down", "padded", "cropped", "colour".
        same_as: of a duplicate, id of the asset with the same pixels.
    """

    asset: str
    name: str
    verdict: str
    reason: str
    same_as: str = ""


@dataclass(frozen=True)
class Alike:
    """Pictures of a collection that look almost the same.

    Attributes:
        keep: id of the one that is best kept: most pixels, of these most bytes, then the earliest.
        assets: ids of all of them, in the collection's order.
    """

    keep: str
    assets: tuple[str, ...]


@dataclass(frozen=True)
class Outlook:
    """A collection as training would see it.

    Attributes:
        usable: pictures that training takes, each once.
        held_out: of these, how many are kept for measuring.
        preparation: with size and colour settled; None when nothing is usable.
        left_out: what training does not take, but for duplicates.
        duplicates: what it does not take either, since it has the same pixels already.
        changed: what becomes of usable ones.
        alike: groups of usable ones that look almost the same; training takes them all.
    """

    items: int
    usable: int = 0
    held_out: int = 0
    preparation: Preparation | None = None
    left_out: tuple[Note, ...] = ()
    duplicates: tuple[Note, ...] = ()
    changed: tuple[Note, ...] = ()
    alike: tuple[Alike, ...] = ()


def outlook(
    assets: Sequence[Asset],
    folder: Path,
    preparation: Preparation,
    progress: Callable[[int, int], None],
) -> Outlook:
    """Look at every picture of a collection; nothing is written.

    Args:
        folder: where the payloads lie.
        progress: called with pictures done and pictures in all.
    """
    paths = [folder / asset.file_name for asset in assets]
    findings = survey(paths, preparation, progress, prints=True)
    by_path = {folder / asset.file_name: asset for asset in assets}
    notes = [_note(asset, found, by_path) for asset, found in zip(assets, findings, strict=True)]
    seen = Outlook(
        items=len(assets),
        left_out=tuple(note for note in notes if note.verdict not in ("ok", "duplicate")),
        duplicates=tuple(note for note in notes if note.verdict == "duplicate"),
    )
    fit = [(a, f.info) for a, f in zip(assets, findings, strict=True) if f.info]
    if not fit:
        return seen
    alike = _alike([(a, f.print) for a, f in zip(assets, findings, strict=True) if f.print])
    return replace(_with_usable(seen, fit, preparation), alike=alike)


def _alike(printed: Sequence[tuple[Asset, Print]]) -> tuple[Alike, ...]:
    groups = near_groups([each for _, each in printed])
    return tuple(_group([printed[index][0] for index in group]) for group in groups)


def _group(assets: Sequence[Asset]) -> Alike:
    best = max(assets, key=lambda asset: (asset.width * asset.height, asset.bytes))
    return Alike(best.id, tuple(asset.id for asset in assets))


def _with_usable(
    seen: Outlook, fit: Sequence[tuple[Asset, PictureInfo]], preparation: Preparation
) -> Outlook:
    settled = resolve(preparation, [info for _, info in fit])
    return replace(
        seen,
        usable=len(fit),
        held_out=sum(held_out([asset.sha256 for asset, _ in fit])),
        preparation=settled,
        changed=tuple(_changes(fit, settled)),
    )


def _note(asset: Asset, found: Finding, by_path: dict[Path, Asset]) -> Note:
    twin = by_path[found.same_as] if found.same_as else None
    reason = f'It has the same pixels as "{twin.name}".' if twin else found.reason
    return Note(asset.id, asset.name, found.verdict, reason, twin.id if twin else "")


def _changes(fit: Sequence[tuple[Asset, PictureInfo]], settled: Preparation) -> Iterator[Note]:
    for asset, info in fit:
        for change in _changes_of(info, settled):
            yield Note(asset.id, asset.name, change.verdict, change.reason)


class _Change(NamedTuple):
    verdict: str
    reason: str


def _changes_of(info: PictureInfo, settled: Preparation) -> Iterator[_Change]:
    wide, high, side = info.width, info.height, settled.size or 0
    longest, shortest = max(wide, high), min(wide, high)
    if (shortest if settled.fit == "crop" else longest) > side:
        yield _Change(
            "scaled down", f"It is {wide} x {high} pixels, training sees {side} x {side}."
        )
    if settled.fit == "crop" and longest > shortest >= side:
        yield _Change("cropped", f"It is {wide} x {high} pixels, which is no square.")
    elif (settled.fit == "pad" and longest != shortest) or shortest < side:
        yield _Change("padded", f"It is {wide} x {high} pixels; a margin makes it {side} x {side}.")
    if info.has_alpha and settled.colour != "rgba":
        yield _Change("colour", "Its transparency is laid over a background.")
    if settled.colour == "grey" and not info.is_grey:
        yield _Change("colour", "It becomes grey.")
