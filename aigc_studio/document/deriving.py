"""A second collection made from a first one: the same pictures in another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Modality
from aigc_studio.document.importing import Credits, Import, clean_name
from aigc_studio.document.sources import Picture
from aigc_studio.media.captions import CaptionEntry
from aigc_studio.media.clean import Finding
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.outline import outlined

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.importing import ImportReport
    from aigc_studio.document.model import Asset, Collection
    from aigc_studio.document.store import Store

Look = Literal["outline"]


def derive(
    store: Store,
    collection: Collection,
    look: Look,
    name: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Make a collection of every picture in another look, as one edit; the caller saves.

    Words, author and rights are those of the picture that each was made from; a tag tells the
    look, and the name the picture.

    Args:
        store: open for writing.
        look: "outline" is a clean line drawing, see `media.outline`.
        name: of the new collection, extended when it is there; made of the first one's when "".
        progress: called with pictures done and pictures in all.

    Raises:
        StudioError: the collection holds no pictures, or the disk refuses.
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
    coming = Import(store, name.strip() or f"{collection.name} {look}", Credits(entries))
    for number, asset in enumerate(assets, start=1):
        coming.take(_made(store, asset, names[asset.id]))
        if progress:
            progress(number, len(assets))
    return coming.finish()


def _name(asset: Asset, look: Look) -> str:
    return f"{clean_name(asset.name)[:150]} {look} {asset.id[:8]}.png"


def _entry(store: Store, asset: Asset, look: Look) -> CaptionEntry:
    project = store.project
    return CaptionEntry(
        caption=asset.captions.get("en", ""),
        caption_zh=asset.captions.get("zh", ""),
        tags=tuple(dict.fromkeys((*asset.tags, look))),
        author=asset.author or project.author,
        rights=asset.rights or project.rights,
    )


def _made(store: Store, asset: Asset, name: str) -> Picture | Finding:
    path = store.asset_path(asset)
    try:
        drawn = outlined(decode_image(path))
    except StudioError as error:
        return Finding(path, "broken", error.happened)
    return Picture(encode_bytes(drawn, "png"), "png", drawn.width, drawn.height, name)
