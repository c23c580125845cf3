"""The one error type that reaches an artist."""

from __future__ import annotations

from typing import Literal

Kind = Literal["input", "missing", "busy", "disk", "memory", "hostile", "crashed", "failed"]


class StudioError(Exception):
    """An expected failure in words an artist can act on.

    Attributes:
        happened: what went wrong, one sentence.
        kept: what is safe all the same; empty when nothing was at stake.
        todo: what to do next; empty when nothing can be done.
        kind: the sort of failure, for code that reacts to it (a busy project, a full disk).
    """

    def __init__(self, happened: str, *, kept: str = "", todo: str = "", kind: Kind = "failed"):
        super().__init__(happened)
        self.happened = happened
        self.kept = kept
        self.todo = todo
        self.kind: Kind = kind

    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.kept, self.todo) if part)

    def __reduce__(self) -> tuple[object, ...]:
        state = {"kept": self.kept, "todo": self.todo, "kind": self.kind}
        return (StudioError, (self.happened,), state)
