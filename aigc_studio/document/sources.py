"""Pictures out of what people drop on the studio: files, folders, zips, animations, films."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import ASIDE
from aigc_studio.base.natural import natural
from aigc_studio.media.archive import extract_pictures
from aigc_studio.media.clean import Finding
from aigc_studio.media.decode import decode_frames, decode_image, kind_of
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.kind import HEAD_BYTES, picture_format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.media.image import Image

VideoFrames = Callable[[Path], Iterator["Image"]]
# Finder, Explorer and version control leave such files among the pictures; nobody means them.
_BY_PRODUCTS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_EXTENSIONS = {
    "PNG": "png",
    "JPEG": "jpg",
    "WEBP": "webp",
    "GIF": "gif",
    "BMP": "bmp",
    "TIFF": "tif",
    "AVIF": "avif",
}


@dataclass(frozen=True)
class Picture:
    """One picture on its way in.

    Attributes:
        data: the payload: the original bytes, or a frame as PNG.
        extension: of the payload, by its content.
        width, height: upright, in pixels.
        source: name of the file it came from.
        frame: number of the frame, from 1; 0 for a still.
        stored: sha256 and size of a payload that the project has taken in already.
    """

    data: bytes
    extension: str
    width: int
    height: int
    source: str
    frame: int = 0
    stored: tuple[str, int] | None = None


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Every file that is meant: folders are searched to their depths, hidden ones skipped.

    What lies in a folder comes in the order of a file manager; given paths stay in theirs.

    Raises:
        StudioError: kind "missing" for a path that does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _inside(path)
        elif path.exists():
            found.append(path)
        else:
            raise StudioError(
                f"{path} does not exist.",
                kept="Nothing was imported.",
                todo="Check the path.",
                kind="missing",
            )
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> Iterator[Path]:
    # Links to folders are not followed: one that leads upwards would never end.
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(filter(_is_meant, folders), key=natural)
        for name in sorted(names, key=natural):
            path = Path(place, name)
            if _is_meant(name) and path.is_file():
                yield path


def _is_meant(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _BY_PRODUCTS


def pictures_of(
    path: Path, scratch: Path, video_frames: VideoFrames | None = None
) -> Iterator[Picture | Finding]:
    """The pictures in one file; what cannot be taken is a finding, never an exception.

    Args:
        path: a picture, an animation, a film or a zip.
        scratch: a folder on a disk with room, for what zips hold.
        video_frames: decodes films, in a child process; without it they are left out.

    Raises:
        StudioError: kind "disk": there is no room to unpack a zip.
    """
    try:
        match kind_of(path):
            case "image":
                yield _still(path)
            case "animation":
                yield from _frames(path, decode_frames(path))
            case "video" if video_frames is not None:
                yield from _frames(path, video_frames(path))
            case "archive":
                yield from _unpacked(path, scratch, video_frames)
            case "video":
                yield Finding(path, "unsupported", "Films cannot be read here.")
            case None:
                yield Finding(path, "unsupported", "It holds no picture that can be read.")
    except StudioError as error:
        if _is_full_disk(error):
            raise
        yield Finding(path, "broken", error.happened)


def _is_full_disk(error: StudioError) -> bool:
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)


def _still(path: Path) -> Picture:
    image = decode_image(path)
    data = path.read_bytes()
    extension = _EXTENSIONS[picture_format(data[:HEAD_BYTES]) or "PNG"]
    return Picture(data, extension, image.width, image.height, path.name)


def _frames(path: Path, images: Iterator[Image]) -> Iterator[Picture]:
    for number, image in enumerate(images, start=1):
        data = encode_bytes(image, "png")
        yield Picture(data, "png", image.width, image.height, path.name, number)


def _unpacked(
    path: Path, scratch: Path, video_frames: VideoFrames | None
) -> Iterator[Picture | Finding]:
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=scratch) as place:
        extract_pictures(path, Path(place))
        for inner in _inside(Path(place)):
            for found in pictures_of(inner, scratch, video_frames):
                if isinstance(found, Finding):
                    where = path / inner.relative_to(place)
                    yield Finding(where, found.verdict, found.reason.replace(place, str(path)))
                else:
                    yield found
