"""Import: files become payloads and assets, with words, author and rights, in one edit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Modality
from aigc_studio.document import changes
from aigc_studio.document.edits import Change, Edit, merge
from aigc_studio.document.edits import apply as applied
from aigc_studio.document.model import Asset, Collection, asset_id, now
from aigc_studio.document.sources import Picture, VideoFrames, files_of, pictures_of
from aigc_studio.media.captions import CaptionEntry, caption_from_name
from aigc_studio.media.clean import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from aigc_studio.document.store import Store

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
_CHINESE = re.compile("[\u3400-\u9fff]")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Credits:
    """What is recorded with every imported file that its captions say nothing of.

    Attributes:
        captions: by file name, see `media.captions.read_captions`.
        author, rights: of all files.
    """

    captions: Mapping[str, CaptionEntry] = field(default_factory=dict)
    author: str = ""
    rights: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What became of an import.

    Attributes:
        added: new assets, in order.
        already_there: assets that the project had with the same bytes.
        left_out: files that are none, with the reason.
        collection: the collection they are in now; None when nothing came in.
    """

    added: tuple[Asset, ...] = ()
    already_there: tuple[Asset, ...] = ()
    left_out: tuple[Finding, ...] = ()
    collection: Collection | None = None


@dataclass
class _Taken:
    """What has come in so far: assets by id, in order, and those of them that are new."""

    assets: dict[str, Asset] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    left_out: list[Finding] = field(default_factory=list)


def import_files(
    store: Store,
    paths: Iterable[Path],
    collection_name: str,
    *,
    captions: Mapping[str, CaptionEntry] | None = None,
    author: str = "",
    rights: str = "",
    progress: Callable[[int, int], None] | None = None,
    video_frames: VideoFrames | None = None,
    skip: Iterable[Path] = (),
) -> ImportReport:
    """Bring pictures into the project and a collection, as one edit; the caller saves.

    Args:
        store: open for writing.
        paths: files, folders, zips; animations and films give one asset a frame.
        collection_name: extended when it is there, made when not.
        captions: words, tags, author and rights by file name.
        author, rights: for every file that `captions` says nothing of.
        progress: called with files done and files in all.
        video_frames: yields the pictures of a film, decoded in a child process.
        skip: files that are not meant although they lie among the others, such as the captions.

    Raises:
        StudioError: a path does not exist, the collection is of another medium, or the disk
            refuses. The project is as it was then.
    """
    coming = Import(store, collection_name, Credits(captions or {}, author, rights))
    beside = {path.resolve() for path in skip}
    files = [path for path in files_of(paths) if path.resolve() not in beside]
    for number, path in enumerate(files, start=1):
        for found in pictures_of(path, store.folder, video_frames):
            coming.take(found)
        if progress:
            progress(number, len(files))
    return coming.finish()


class Import:
    """An import in the making, for who reads the files elsewhere (`document.sources`).

    Until `finish` nothing is in the project; one that is given up leaves only payloads, which
    the next open sweeps away. Use it from the store's thread.
    """

    def __init__(self, store: Store, collection_name: str, credit: Credits) -> None:
        """Begin.

        Raises:
            StudioError: the collection is of another medium.
        """
        self._store, self._name, self._credit = store, collection_name, credit
        _collection(store, collection_name)
        self._taken = _Taken()

    def take(self, found: Picture | Finding) -> None:
        """Take one picture in, or note why a file is none.

        Raises:
            StudioError: the disk refuses.
        """
        if isinstance(found, Finding):
            self._taken.left_out.append(found)
        else:
            _take(self._store, found, self._credit, self._taken)

    def finish(self) -> ImportReport:
        """Put all of it into the project, as one edit.

        Raises:
            StudioError: the disk refuses; the project is as it was.
        """
        collection = _collection(self._store, self._name)
        return _finish(self._store, self._taken, collection, self._name)


def _collection(store: Store, name: str) -> Collection | None:
    named = (group for group in store.project.collections.values() if group.name == name.strip())
    collection = next(named, None)
    if collection and collection.modality is not Modality.IMAGE:
        raise StudioError(
            f'The collection "{name}" holds {collection.modality}, not pictures.',
            kept="Nothing was imported.",
            todo="Choose another collection.",
            kind="input",
        )
    return collection


def _take(store: Store, picture: Picture, credit: Credits, taken: _Taken) -> None:
    sha256, size = picture.stored or store.add_payload(picture.data, picture.extension)
    key = asset_id(store.project, sha256)
    entry = credit.captions.get(picture.source)
    there = taken.assets.get(key) or store.project.assets.get(key)
    if there is None:
        taken.new.add(key)
        taken.assets[key] = _asset(picture, key, sha256, size, credit)
    else:
        taken.assets[key] = _amended(there, entry or CaptionEntry())


def _asset(picture: Picture, key: str, sha256: str, size: int, credit: Credits) -> Asset:
    entry = credit.captions.get(picture.source, CaptionEntry())
    source = clean_name(picture.source)
    stem = PurePath(source).stem or source
    return changes.made(
        Asset,
        id=key,
        kind=Modality.IMAGE,
        sha256=sha256,
        extension=picture.extension,
        name=f"{stem} {picture.frame:04d}" if picture.frame else stem,
        bytes=size,
        width=picture.width,
        height=picture.height,
        captions=_captions(entry) or _named(caption_from_name(source)),
        tags=tuple(filter(None, (clean_name(tag) for tag in entry.tags))),
        author=entry.author or credit.author,
        rights=entry.rights or credit.rights,
        source=source,
        created=now(),
    )


def _captions(entry: CaptionEntry) -> dict[str, str]:
    chinese = {"zh": entry.caption_zh} if entry.caption_zh else {}
    if chinese and entry.caption:
        return {"en": entry.caption, **chinese}
    return chinese or _named(entry.caption)


def _named(words: str) -> dict[str, str]:
    """Words under the language they are written in, as far as their letters tell."""
    return {"zh" if _CHINESE.search(words) else "en": words} if words else {}


def _amended(asset: Asset, entry: CaptionEntry) -> Asset:
    """An asset that is there already, in the library, with what a captions file says anew."""
    said = {
        "captions": {**asset.captions, **_captions(entry)},
        "tags": entry.tags,
        "author": entry.author,
        "rights": entry.rights,
    }
    fresh = {key: value for key, value in said.items() if value}
    return changes.revised(asset, **fresh, render=False)


def clean_name(name: str) -> str:
    """A file's name as it may stand in a project: any system's letters, no control characters."""
    plain = name.encode("utf-8", "replace").decode()
    return _CONTROL.sub(" ", plain).strip()[: LONGEST_NAME - 10].strip() or "unnamed"


def _finish(store: Store, taken: _Taken, collection: Collection | None, name: str) -> ImportReport:
    left_out = tuple(taken.left_out)
    if not taken.assets:
        return ImportReport(left_out=left_out, collection=collection)
    before = store.project
    edit = Edit(label="Import pictures", changes=_changes(store, taken))
    after = applied(before, edit)
    if collection:
        grouped = changes.extend_collection(after, collection.id, taken.assets)
    else:
        grouped = changes.add_collection(after, name, tuple(taken.assets), modality=Modality.IMAGE)
    store.apply(merge(edit, grouped))
    key = collection.id if collection else grouped.changes[0].key
    return ImportReport(
        added=tuple(asset for key, asset in taken.assets.items() if key in taken.new),
        already_there=tuple(asset for key, asset in taken.assets.items() if key not in taken.new),
        left_out=left_out,
        collection=store.project.collections[key],
    )


def _changes(store: Store, taken: _Taken) -> tuple[Change, ...]:
    there = store.project.assets
    return tuple(
        Change(table="assets", key=key, before=there.get(key), after=asset)
        for key, asset in taken.assets.items()
        if there.get(key) != asset
    )
