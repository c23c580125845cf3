"""The project as plain frozen data: tables of entities by id, nothing that knows a disk."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from aigc_studio.base import strict_json
from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.latent import Modality
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.canvas import MAX_CANVASES, Canvas, Preset
from aigc_studio.document.fields import (
    MAX_ENTITIES,
    Extension,
    FamilyId,
    FileName,
    Hash,
    Id,
    Language,
    Line,
    Name,
    Side,
    Size,
    Words,
)
from aigc_studio.media.preparation import Preparation

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION: Literal[3] = 3
ASSET_ID_LENGTH = 16

Table = Literal["assets", "collections", "models", "recipes", "canvases", "presets"]
TABLES: tuple[Table, ...] = ("assets", "collections", "models", "recipes", "canvases", "presets")


class Asset(Frozen):
    """One immutable payload and what people said of it.

    Attributes:
        id: the first 16 hex digits of `sha256`, more where two assets would collide.
        kind: its medium.
        extension: of the payload file, without a dot.
        name: shown to people.
        bytes: size of the payload.
        width, height: in pixels; 0 where there are none.
        captions: words by language ("en", "zh").
        source: name of the file it came from, never a path.
        recipe: id of the recipe that made it; None for what was imported.
        generated: models made parts of it, although no one recipe tells how.
        render: it is there for layers alone: the library leaves it out, and it goes with the
            last layer that shows it.
        created: ISO 8601, UTC.
    """

    id: Id
    kind: Modality
    sha256: Hash
    extension: Extension
    name: Name
    bytes: Size
    width: Side = 0
    height: Side = 0
    captions: dict[Language, Words] = Field(default_factory=dict, max_length=100)
    tags: tuple[Name, ...] = Field(default=(), max_length=200)
    author: Line = ""
    rights: Line = ""
    source: FileName = ""
    recipe: Id | None = None
    generated: bool = False
    render: bool = False
    created: Line = ""

    @property
    def caption(self) -> str:
        """The English caption, else that of the first language in the alphabet, else ""."""
        first = min(self.captions, key=lambda language: (language != "en", language), default="")
        return self.captions.get(first, "")

    @property
    def file_name(self) -> str:
        """Name of the payload file below `assets/`."""
        return f"{self.sha256}.{self.extension}"

    @model_validator(mode="after")
    def _id_follows_hash(self) -> Self:
        if not self.sha256.startswith(self.id):
            raise ValueError("the id of an asset must be the beginning of its sha256")
        return self


class Collection(Frozen):
    """Assets of one medium, in order, with how they become training items."""

    id: Id
    name: Name
    modality: Modality = Modality.IMAGE
    items: tuple[Id, ...] = Field(default=(), max_length=MAX_ENTITIES)
    preparation: Preparation = Preparation()


class Model(Frozen):
    """A model of the project; `models/<id>` holds its weights and its card.

    Attributes:
        id: sha256 of the weights.
        family: id of the family; one this studio does not know is kept as a placeholder.
        parent: id of the model it was trained from, which need not be in the project.
        created: ISO 8601, UTC.
    """

    id: Hash
    name: Name
    family: FamilyId
    modality: Modality = Modality.IMAGE
    created: Line = ""
    parent: Hash | None = None


Entity = Asset | Collection | Model | Recipe | Canvas | Preset


class Project(Frozen):
    """A whole document; `manifest.json` is this value."""

    schema_version: Literal[3] = SCHEMA_VERSION
    id: Id
    name: Name
    created: Line = ""
    author: Line = ""
    rights: Line = ""
    assets: dict[Id, Asset] = Field(default_factory=dict, max_length=MAX_ENTITIES)
    collections: dict[Id, Collection] = Field(default_factory=dict, max_length=MAX_ENTITIES)
    models: dict[Id, Model] = Field(default_factory=dict, max_length=MAX_ENTITIES)
    recipes: dict[Id, Recipe] = Field(default_factory=dict, max_length=MAX_ENTITIES)
    canvases: dict[Id, Canvas] = Field(default_factory=dict, max_length=MAX_CANVASES)
    presets: dict[Id, Preset] = Field(default_factory=dict, max_length=MAX_CANVASES)

    def table(self, name: Table) -> Mapping[str, Entity]:
        """One of the entity tables by name."""
        table: Mapping[str, Entity] = getattr(self, name)
        return table

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        fault = inconsistency(self)
        if fault:
            raise ValueError(fault)
        return self


def inconsistency(project: Project) -> str:
    """What does not fit together in a project, in words; "" when all does."""
    for table in TABLES:
        for key, entity in project.table(table).items():
            if not isinstance(entity, Recipe) and entity.id != key:
                return f"the entry {key} of {table} calls itself otherwise"
    for named in (project.collections, project.models, project.canvases, project.presets):
        names = [entity.name for entity in named.values()]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            return f'the name "{twice}" is taken twice'
    return _dangling(project)


def _dangling(project: Project) -> str:
    assets = project.assets
    for collection in project.collections.values():
        if any(item not in assets for item in collection.items):
            return f'the collection "{collection.name}" holds an asset that is not there'
    for asset in assets.values():
        if asset.recipe is not None and asset.recipe not in project.recipes:
            return f'the recipe of the asset "{asset.name}" is not there'
    # Models that layers and presets name may be missing: the last render stays.
    for canvas in project.canvases.values():
        for layer in canvas.layers:
            if layer.asset not in assets or assets[layer.asset].kind is not Modality.IMAGE:
                return f'a layer of the canvas "{canvas.name}" shows a picture that is not there'
    return ""


def new_id() -> str:
    """An id for something that has no hash of its own."""
    return secrets.token_hex(8)


def now() -> str:
    """This moment, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_project(name: str, *, author: str = "", rights: str = "") -> Project:
    """An empty project."""
    return Project(id=new_id(), name=name, created=now(), author=author, rights=rights)


def asset_id(project: Project, sha256: str) -> str:
    """The id of the asset with this payload: of the one that is there, or for a new one."""
    for length in range(ASSET_ID_LENGTH, len(sha256) + 1):
        there = project.assets.get(sha256[:length])
        if there is None or there.sha256 == sha256:
            return sha256[:length]
    return sha256


def recipe_id(recipe: Recipe) -> str:
    """The key of a recipe: equal recipes share one."""
    return hashlib.sha256(strict_json.dumps(recipe.model_dump(mode="json"))).hexdigest()[:32]
