"""Unpack a project from a stranger: every entry is refused until it has proved itself."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import ASIDE, CHUNK, disk_errors, sync_folder
from aigc_studio.document import bundle
from aigc_studio.document.adoption import read_card
from aigc_studio.document.payloads import sync_all

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.model import Project

MAX_ENTRIES = 500_000
MAX_TOTAL = 1 << 40
MAX_RATIO = 200
_PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}"
# Only what a studio packs gets through; a name that matches cannot leave the folder, because
# no part of it begins with a dot.
_NAMES = re.compile(
    rf"manifest\.json|assets/([0-9a-f]{{64}})\.[a-z0-9]{{1,8}}"
    rf"|models/([0-9a-f]{{64}})/weights\.safetensors|models/[0-9a-f]{{64}}/card\.json"
    rf"|runs/{_PART}(?:/{_PART}){{1,4}}"
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unpack(packed: Path, folder: Path) -> Path:
    """Unpack a project; every payload and model is checked against its hash.

    Args:
        packed: an `.aigcz` file.
        folder: where the project shall lie; must not exist, or be empty.

    Returns:
        `folder`.

    Raises:
        StudioError: kind "hostile" naming what is wrong with the file, "input" when `folder`
            is taken, "disk" when it cannot be written. Nothing is left behind then.
    """
    _require_free(folder)
    aside = folder.with_name(f"{ASIDE}{secrets.token_hex(8)}")
    with disk_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir()
        try:
            _unpack_into(packed, aside)
            if folder.exists():
                folder.rmdir()
            aside.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return folder


def _require_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudioError(
            f"{folder} is there already.",
            kept="It was not touched.",
            todo="Choose another folder.",
            kind="input",
        )


def _unpack_into(packed: Path, aside: Path) -> None:
    try:
        with packed.open("rb") as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(packed, entries)
            _check_room(sum(entry.file_size for entry in entries), aside)
            for entry in entries:
                _extract(packed, archive, entry, aside)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise _refused(packed, f"it is not a whole zip file ({error})") from error
    except ValueError as error:  # zipfile on fields that make no sense
        raise _refused(packed, f"its directory makes no sense ({error})") from error
    project, _ = bundle.read_manifest(aside)
    _check_complete(packed, aside, project)
    _make_durable(aside)


def _make_durable(folder: Path) -> None:
    paths = list(folder.rglob("*"))
    sync_all([path for path in paths if path.is_file()])
    for path in (*paths, folder):
        if path.is_dir():
            sync_folder(path)


def _check_directory(packed: Path, entries: list[zipfile.ZipInfo]) -> None:
    size = packed.stat().st_size
    if len(entries) > MAX_ENTRIES or len({entry.filename.lower() for entry in entries}) < len(
        entries
    ):
        raise _refused(packed, "it has too many entries, or several of one name")
    total = sum(entry.file_size for entry in entries)
    # More compressed bytes than the file has: entries overlap, which is how bombs are built.
    if sum(entry.compress_size for entry in entries) > size:
        raise _refused(packed, "its entries overlap")
    if total > MAX_TOTAL or total > MAX_RATIO * size:
        raise _refused(packed, f"it would unpack to {total >> 20} MB")
    for entry in entries:
        _check_entry(packed, entry)


def _check_room(total: int, aside: Path) -> None:
    free = shutil.disk_usage(aside).free
    if total > free:
        raise StudioError(
            f"The project needs {total >> 20} MB, and {free >> 20} MB are free on that disk.",
            kept="Nothing was unpacked.",
            todo="Free some space or choose another disk.",
            kind="disk",
        )


def _check_entry(packed: Path, entry: zipfile.ZipInfo) -> None:
    if not _NAMES.fullmatch(entry.filename):
        raise _refused(packed, f"{entry.filename[:80]!r} has no place in a project")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _refused(packed, f"{entry.filename[:80]!r} is a link or no plain file")
    if entry.compress_type not in _METHODS or entry.flag_bits & 1:
        raise _refused(packed, "it is encrypted or packed in a way that is not read")


def _extract(packed: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, aside: Path) -> None:
    named = _NAMES.fullmatch(entry.filename)
    expected = (named[1] or named[2]) if named else None
    target = aside / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), entry.file_size
    with archive.open(entry) as source, target.open("xb") as file:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _refused(packed, f"{entry.filename} is larger than it says")
            digest.update(chunk)
            file.write(chunk)
    if expected not in (None, digest.hexdigest()):
        raise _refused(packed, f"the content of {entry.filename} does not match its name")


def _check_complete(packed: Path, aside: Path, project: Project) -> None:
    wanted = [aside / bundle.ASSETS / asset.file_name for asset in project.assets.values()]
    for model_id in project.models:
        folder = aside / bundle.MODELS / model_id
        wanted += [folder / bundle.WEIGHTS, folder / bundle.CARD]
    for path in wanted:
        if not path.is_file():
            raise _refused(packed, f"{path.relative_to(aside).as_posix()} is missing from it")
    for card in (aside / bundle.MODELS).glob(f"*/{bundle.CARD}"):
        if read_card(card).model != card.parent.name:
            raise _refused(packed, f"the card of {card.parent.name[:12]} is that of another model")


def _refused(packed: Path, reason: str) -> StudioError:
    return StudioError(
        f"{packed.name} was refused: {reason}.",
        kept="Nothing was unpacked.",
        todo="Use a copy from a source you trust.",
        kind="hostile",
    )
