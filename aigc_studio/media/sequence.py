"""Numbered pictures of a film in a folder, with one recipe file beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import Aside, disk_errors
from aigc_studio.media.encode import EncodeReport, encode_bytes
from aigc_studio.media.gif import unheard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigc_studio.media.gif import Advance
    from aigc_studio.media.image import Image
    from aigc_studio.media.provenance import Provenance

_NUMBER = re.compile(r"#+")
_FEWEST_DIGITS = 4
_MAX_NOTE = 4 << 20


def is_pattern(name: str) -> bool:
    """Whether a file name stands for many: "fox-####.png"."""
    return "#" in name


def names_of(pattern: str, count: int) -> list[str]:
    """ "fox-####.png" as "fox-0001.png" and so on; with more digits where they are needed."""
    found = _NUMBER.search(pattern)
    if found is None:
        raise StudioError(
            f'"{pattern}" does not say where the number goes.',
            todo="Write # for each digit: fox-####.png.",
            kind="input",
        )
    before, after = pattern[: found.start()], pattern[found.end() :]
    digits = max(len(found.group()), len(str(count)))
    return [f"{before}{number:0{digits}}{after}" for number in range(1, count + 1)]


def recipe_name(pattern: str) -> str:
    """The file beside the pictures: "fox-####.png" has "fox.json"."""
    stem = _NUMBER.split(pattern.rpartition(".")[0])[0].rstrip(" -_.")
    return f"{stem or 'recipe'}.json"


def save_sequence(
    frames: Iterable[Image],
    count: int,
    path: Path,
    fps: float,
    provenance: Provenance | None = None,
    *,
    advance: Advance = unheard,
) -> EncodeReport:
    """Write frames as numbered PNGs; all of them are there in the end, or none.

    Pictures of an earlier and longer film of this name go.

    Args:
        frames: `count` of them, taken one at a time.
        path: its name has a # for each digit; its folder is made where there is none.
        advance: called with the part that is done, 0 to 1; what it raises ends the work.

    Raises:
        StudioError: kind "input" for a name without a number, "disk".
    """
    names, folder = names_of(path.name, count), path.parent
    plain = replace(provenance, recipe_json="") if provenance else None
    note = folder / recipe_name(path.name)
    with disk_errors(folder, kept="The project is unchanged."):
        fresh = _made(folder)
        aside = Aside(note)
        try:
            for number, (name, frame) in enumerate(zip(names, frames, strict=True)):
                (aside.folder / name).write_bytes(encode_bytes(frame, "png", plain))
                advance((number + 1) / count)
            aside.path.write_bytes(strict_json.dumps(_told(names, fps, provenance)))
            stale = set(_earlier(note)) - set(names)
            aside.keep(names)
        except BaseException:
            aside.drop()
            if fresh:
                folder.rmdir()
            raise
        for name in stale:
            (folder / name).unlink(missing_ok=True)
    held = plain.items() if plain else ()
    return EncodeReport(folder / names[0], held, beside=(note,))


def _made(folder: Path) -> bool:
    """Make a folder; answers whether it was not there."""
    there = folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return not there


def _told(names: list[str], fps: float, provenance: Provenance | None) -> dict[str, object]:
    told: dict[str, object] = {"frames": names, "fps": fps}
    if provenance:
        told |= {name: getattr(provenance, name) for name in provenance.items()}
        if provenance.recipe_json:
            told["recipe_json"] = provenance.recipe_json
    return told


def _earlier(note: Path) -> list[str]:
    """The pictures that an earlier film of this name has, as its own file tells."""
    try:
        raw = note.read_bytes() if note.is_file() else b"{}"
        found = strict_json.loads(raw, note.name, max_bytes=_MAX_NOTE)
    except (OSError, StudioError):
        return []
    names = found.get("frames") if isinstance(found, dict) else None
    wanted = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return [
        name for name in wanted if name.endswith(".png") and "/" not in name and "\\" not in name
    ]
