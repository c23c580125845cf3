"""A second collection made from a first one: the same pictures in another look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Modality
from aigc_studio.document.bundle import ASSETS
from aigc_studio.document.importing import Credits, Import, clean_name
from aigc_studio.document.sources import Picture
from aigc_studio.media.captions import CaptionEntry
from aigc_studio.media.clean import Finding
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.outline import outlined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aigc_studio.document.importing import ImportReport
    from aigc_studio.document.model import Asset, Collection, Project
    from aigc_studio.document.store import Store

Look = Literal["outline"]


@dataclass(frozen=True)
class Derivation:
    """A collection in another look that is still to be drawn; for any thread.

    Attributes:
        name: of the new collection, extended when it is there.
        credit: words, tags, author and rights of each of its pictures.
        sources: the name of each new picture and the file it is made from, in order.
    """

    name: str
    credit: Credits
    sources: tuple[tuple[str, Path], ...]

    def pictures(self) -> Iterator[Picture | Finding]:
        """Draw one after the other; of one that cannot be read, why."""
        for name, path in self.sources:
            yield _made(path, name)


def derivation(store: Store, collection: Collection, look: Look, name: str = "") -> Derivation:
    """What is to be drawn for a collection of every picture in another look.

    Words, author and rights are those of the picture that each is made from; a tag tells the
    look, and the name the picture.

    Args:
        look: "outline" is a clean line drawing, see `media.outline`.
        name: of the new collection; made of the first one's when "".

    Raises:
        StudioError: the collection holds no pictures.
    """
    if collection.modality is not Modality.IMAGE or not collection.items:
        raise StudioError(
            f'"{collection.name}" holds no pictures to make another look of.',
            todo="Choose a collection of pictures.",
            kind="input",
        )
    assets = [store.project.assets[item] for item in collection.items]
    names = {asset.id: _name(asset, look) for asset in assets}
    entries = {names[asset.id]: _entry(store, asset, look) for asset in assets}
    return Derivation(
        name.strip() or f"{collection.name} {look}",
        Credits(entries),
        # A payload that is missing costs its own picture, not all of them.
        tuple((names[asset.id], store.folder / ASSETS / asset.file_name) for asset in assets),
    )


def derive(
    store: Store,
    collection: Collection,
    look: Look,
    name: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Make the collection of a `derivation`, as one edit; the caller saves.

    Args:
        store: open for writing.
        progress: called with pictures done and pictures in all.

    Raises:
        StudioError: the collection holds no pictures, or the disk refuses.
    """
    wanted = derivation(store, collection, look, name)
    coming = Import(store, wanted.name, wanted.credit)
    for number, picture in enumerate(wanted.pictures(), start=1):
        coming.take(picture)
        if progress:
            progress(number, len(wanted.sources))
    return coming.finish()


def derived_from(project: Project, first: Collection) -> Collection | None:
    """The collection that `derive` made of another one; None where there is none.

    Its pictures are known by the names they were given; when several hold such, it is the one
    with most of them.
    """
    return _likeliest(project, first, lambda other: _drawn_of(project, other, first))


def original_of(project: Project, derived: Collection) -> Collection | None:
    """The collection that another one was made of, as `derived_from` knows it."""
    return _likeliest(project, derived, lambda other: _drawn_of(project, derived, other))


def _likeliest(
    project: Project, than: Collection, count: Callable[[Collection], int]
) -> Collection | None:
    counts = {each.id: count(each) for each in project.collections.values() if each.id != than.id}
    best = max(counts, key=lambda key: counts[key], default="")
    return project.collections[best] if best and counts[best] else None


def _drawn_of(project: Project, derived: Collection, first: Collection) -> int:
    """How many pictures of a collection were drawn of those of another one."""
    count = 0
    for look in get_args(Look):
        marks = {_mark(item, look) for item in first.items}
        length = len(_mark("-" * 8, look))
        names = (project.assets[item].name for item in derived.items)
        count += sum(name[-length:] in marks for name in names)
    return count


def _mark(asset_id: str, look: str) -> str:
    return f"{look} {asset_id[:8]}"


def _name(asset: Asset, look: Look) -> str:
    return f"{clean_name(asset.name)[:150]} {_mark(asset.id, look)}.png"


def _entry(store: Store, asset: Asset, look: Look) -> CaptionEntry:
    project = store.project
    return CaptionEntry(
        caption=asset.captions.get("en", ""),
        caption_zh=asset.captions.get("zh", ""),
        tags=tuple(dict.fromkeys((*asset.tags, look))),
        author=asset.author or project.author,
        rights=asset.rights or project.rights,
    )


def _made(path: Path, name: str) -> Picture | Finding:
    try:
        drawn = outlined(decode_image(path))
    except StudioError as error:
        return Finding(path, "broken", error.happened)
    return Picture(encode_bytes(drawn, "png"), "png", drawn.width, drawn.height, name)
