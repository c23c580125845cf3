"""What a command found out: figures for scripts, words and tables for people."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@dataclass(frozen=True)
class Grid:
    """A table for people."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    title: str = ""


@dataclass(frozen=True)
class Report:
    """The outcome of a command.

    Attributes:
        values: the JSON object of `--json`; paths become absolute.
        words: the same for people, in order.
    """

    values: Mapping[str, object]
    words: Sequence[str | Grid] = ()


def as_json(values: Mapping[str, object]) -> str:
    """One line of pure ASCII JSON, so that no terminal's encoding can spoil it."""
    return json.dumps(_plain(values), allow_nan=False)


def error_values(error: StudioError) -> dict[str, object]:
    """The JSON of a command that failed."""
    parts = ("happened", "kept", "todo", "kind")
    return {"error": {part: getattr(error, part) for part in parts}}


def _plain(value: object) -> object:
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Path():
            return str(value.absolute())
        case BaseModel():
            return value.model_dump(mode="json")
        case float() if not math.isfinite(value):
            return None  # JSON has no infinity
        case str() | int() | float() | None:
            return value
        case list() | tuple():
            return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def show(report: Report, console: "Console") -> None:
    """Print a report for people."""
    for part in report.words:
        if isinstance(part, Grid):
            console.print(_table(part))
        else:
            console.print(part, markup=False, highlight=False, soft_wrap=True)


def _table(grid: Grid) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=grid.title or None, title_justify="left", box=box.SIMPLE)
    for column in grid.columns:
        table.add_column(column, overflow="fold")  # a path is of no use when it is cut
    for row in grid.rows:
        table.add_row(*(_escaped(cell) for cell in row))
    return table


def _escaped(cell: object) -> str:
    from rich.markup import escape

    return escape(figure(cell) if isinstance(cell, float) else str(cell))


def figure(number: float) -> str:
    """A number for people: four significant digits, no exponent for everyday sizes."""
    if not math.isfinite(number):
        return "-"
    large = abs(number) >= 1000
    return f"{number:,.0f}" if large else f"{number:.4g}"


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("bytes", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def span(seconds: float) -> str:
    """A time for people: "12 s", "3 min 20 s", "1 h 05 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
