"""Assets as files for other programs: copies under the names that people gave them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from aigc_studio.base.files import disk_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from aigc_studio.document.model import Asset
    from aigc_studio.document.store import Store

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def hand_out(
    store: Store,
    assets: Iterable[Asset],
    folder: Path,
    advance: Callable[[int], None] | None = None,
) -> list[Path]:
    """Copy payloads to `folder`, beside what is there; no links: nobody writes into the project.

    Args:
        advance: called with the number of files that are done, after each; what it raises ends
            the work, and files that are whole stay.

    Raises:
        StudioError: a payload is missing, or the disk refuses.
    """
    written: list[Path] = []
    taken: set[str] = set()
    with disk_errors(folder, kept="The project is unchanged."):
        folder.mkdir(parents=True, exist_ok=True)
        for asset in assets:
            target = _free(folder, file_name(asset), taken)
            shutil.copyfile(store.asset_path(asset), target)
            written.append(target)
            if advance:
                advance(len(written))
    return written


def file_name(asset: Asset) -> str:
    """A name that every system takes, with the ending of the payload."""
    return f"{safe_name(asset.name)}.{asset.extension}"


def safe_name(name: str) -> str:
    """A name without an ending that every system takes."""
    plain = _FORBIDDEN.sub(" ", name).strip().rstrip(".")[:120] or "picture"
    return f"{plain} picture" if _RESERVED.fullmatch(plain) else plain


def _free(folder: Path, name: str, taken: set[str]) -> Path:
    stem, _, suffix = name.rpartition(".")
    free, number = name, 2
    while free.lower() in taken or (folder / free).exists():
        free, number = f"{stem} {number}.{suffix}", number + 1
    taken.add(free.lower())
    return folder / free
