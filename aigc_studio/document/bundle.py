"""The bundle on disk: where everything lies, and the manifest, which is the one commit point."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.document.manifest import MANIFEST, is_bundle
from aigc_studio.document.migrations import migrated
from aigc_studio.document.model import TABLES, Entity, Project, recipe_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JOURNAL = "journal.jsonl"
LOCK = "lock"
ASSETS = "assets"
MODELS = "models"
RUNS = "runs"
WEIGHTS = "weights.safetensors"
CARD = "card.json"
SPEC = "spec.json"
PACKED = ".aigcz"
FOLDERS = (ASSETS, MODELS, RUNS)
MAX_FILES = 2_000_000
MAX_DEPTH = 12
MAX_MANIFEST = strict_json.MAX_BYTES
_PROJECT: TypeAdapter[Project] = TypeAdapter(Project)


def require_bundle(folder: Path) -> None:
    """Refuse what is no project.

    Raises:
        StudioError: kind "missing"; the message tells a packed project from nothing at all.
    """
    if is_bundle(folder):
        return
    if folder.is_file() and folder.suffix == PACKED:
        raise StudioError(
            f"{folder.name} is a packed project.",
            todo="Unpack it first: aigc-studio project unpack.",
            kind="input",
        )
    raise StudioError(
        f"{folder} is not a project: it has no {MANIFEST}.",
        todo="Check the path, or make a new project there.",
        kind="missing",
    )


class Serialiser:
    """Writes manifests; remembers each entity's JSON, so that a save costs what changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Entity, bytes]] = {}

    def as_bytes(self, project: Project) -> bytes:
        """The manifest of a project; equal projects give equal bytes."""
        head = (
            project.model_dump_json(exclude={str(name) for name in TABLES})
            .encode()
            .removesuffix(b"}")
        )
        fresh: dict[str, tuple[Entity, bytes]] = {}
        tables = [self._table(name, project.table(name), fresh) for name in TABLES]
        self._known = fresh
        return b",".join([head, *tables]) + b"}"

    def _table(
        self, name: str, table: Mapping[str, Entity], fresh: dict[str, tuple[Entity, bytes]]
    ) -> bytes:
        rows = []
        for key in sorted(table):
            entity, place = table[key], name + key
            known = self._known.get(place)
            if known is None or known[0] is not entity:
                known = (entity, f'"{key}":{entity.model_dump_json()}'.encode())
            fresh[place] = known
            rows.append(known[1])
        return f'"{name}":{{'.encode() + b",".join(rows) + b"}"


def parse(raw: bytes, what: str = MANIFEST) -> Project:
    """Read a manifest of any version, strictly.

    Raises:
        StudioError: kind "hostile" for what no studio ever wrote, "input" for a newer format.
    """
    document = strict_json.loads(raw, what, max_bytes=MAX_MANIFEST)
    current = migrated(document, what)
    try:
        if current is not document:
            raw = strict_json.dumps(current)
        # From JSON, not from the parsed dict: only there pydantic is strict and still reads
        # tuples, enumerations and base64.
        project = _PROJECT.validate_json(raw, strict=True)
        _check_recipes(project)
    except ValueError as error:
        raise _malformed(what, error) from error
    return project


def _check_recipes(project: Project) -> None:
    # recipe_id also refuses infinities, which a long enough exponent would smuggle in.
    for key, recipe in project.recipes.items():
        if recipe_id(recipe) != key:
            raise ValueError(f"the recipe {key} has been altered")


def _malformed(what: str, error: ValueError) -> StudioError:
    reason = str(error)
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part)[:80] for part in first["loc"][:6])
        reason = f"{place}: {first['msg']}" if place else first["msg"]
    return StudioError(
        f"{what} is not a valid project ({reason}).",
        kept="Nothing was changed.",
        todo="Use a copy from a source you trust.",
        kind="hostile",
    )


def read_bytes(file: Path, limit: int) -> bytes:
    """A whole small file.

    Raises:
        StudioError: it cannot be read, or is larger than `limit`.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        raise StudioError(
            f"{file} cannot be read: {error.strerror or error}.",
            kept="Nothing was changed.",
            kind="missing" if isinstance(error, FileNotFoundError) else "disk",
        ) from error
    if len(raw) > limit:
        raise StudioError(
            f"{file} is larger than {limit >> 20} MB, which no studio writes.",
            kept="Nothing was changed.",
            kind="hostile",
        )
    return raw


def read_manifest(folder: Path) -> tuple[Project, str]:
    """The last saved state, and the hash of the manifest it was read from.

    Raises:
        StudioError: no project is there, or none that may be read.
    """
    require_bundle(folder)
    raw = read_bytes(folder / MANIFEST, MAX_MANIFEST)
    return parse(raw, f"{folder.name}/{MANIFEST}"), revision(raw)


def revision(raw: bytes) -> str:
    """What a journal entry names as its base: the hash of the manifest it follows."""
    return hashlib.sha256(raw).hexdigest()


def write_manifest(folder: Path, raw: bytes) -> str:
    """Commit: replace the manifest, durably. Returns its revision.

    Raises:
        StudioError: the disk refuses; the old manifest is still there.
    """
    target = folder / MANIFEST
    with disk_errors(target, kept="The project is as it was at the last save."):
        write_atomic(target, raw)
    return revision(raw)


def check_tree(folder: Path) -> None:
    """Refuse a bundle that holds links, devices or more files than any studio makes.

    Raises:
        StudioError: kind "hostile", naming what was found.
    """
    left = MAX_FILES
    waiting = [(os.fspath(folder), 0)]
    while waiting:
        path, depth = waiting.pop()
        inside, files = _listed(path, folder)
        left -= files
        if left < 0 or depth > MAX_DEPTH:
            raise hostile(folder, "it holds more files or deeper folders than any studio makes")
        waiting += [(deeper, depth + 1) for deeper in inside]


def _listed(path: str, folder: Path) -> tuple[list[str], int]:
    inside, files = [], 0
    with disk_errors(folder), os.scandir(path) as entries:
        for entry in entries:
            files += 1
            if entry.is_dir(follow_symlinks=False):
                inside.append(entry.path)
            elif not entry.is_file(follow_symlinks=False):
                raise hostile(folder, f'"{entry.name}" in it is a link or no plain file')
    return inside, files


def hostile(folder: Path, reason: str) -> StudioError:
    """The refusal of a whole bundle."""
    return StudioError(
        f"{folder.name} was refused: {reason}.",
        kept="Nothing was changed.",
        todo="Use a copy from a source you trust.",
        kind="hostile",
    )
