"""Bounded kinds of fields that the tables of a project are made of.

They are read from bundles of strangers: each field that becomes part of a path has a pattern
which no path can slip through, and each text and table has a bound.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aigc_studio.catalog.recipe import SHA256

MAX_ENTITIES = 200_000

Hash = Annotated[str, Field(pattern=SHA256)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
Line = Annotated[str, Field(max_length=1000)]
Words = Annotated[str, Field(max_length=20_000)]
FileName = Annotated[str, Field(max_length=400, pattern=r"^[^/\\\x00-\x1f]*$")]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
Extension = Annotated[str, Field(pattern=r"^[a-z0-9]{1,8}$")]
FamilyId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,99}$")]
SpaceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.+-]{0,39}$")]
Size = Annotated[int, Field(ge=0, le=1 << 50)]
Side = Annotated[int, Field(ge=0, le=1 << 20)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
