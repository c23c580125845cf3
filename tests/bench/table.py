"""One way to state a measured figure beside its target."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

Aim = Literal["at most", "at least"]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: what was measured.
        value: the figure.
        target: its limit; None for a figure that is only told.
        unit: of both ("%", "ms", "dB", "x").
        aim: on which side of the target the figure should lie.
        note: what it was compared with.
    """

    name: str
    value: float
    target: float | None = None
    unit: str = ""
    aim: Aim = "at most"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure as a part of its target."""
        return self.value / self.target if self.target else None

    @property
    def met(self) -> bool:
        """Whether the target is reached; true where there is none."""
        if self.target is None:
            return True
        return self.value <= self.target if self.aim == "at most" else self.value >= self.target


def show(rows: Sequence[Row]) -> bool:
    """Print the table and the machine it was measured on; whether every target is met."""
    table = Table("name", "measured", "target", "ratio", "met?", "note", highlight=False)
    for row in rows:
        table.add_row(*_cells(row))
    # Not cut to the terminal's width: these lines are read in logs.
    Console(width=170, highlight=False).print(table)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} cores, load {load:.1f}, {platform.machine()}, {platform.system()}")
    return all(row.met for row in rows)


def _cells(row: Row) -> tuple[str, ...]:
    measured = f"{row.value:.3g} {row.unit}".strip()
    if row.target is None:
        return row.name, measured, "", "", "", row.note
    target = f"{row.aim} {row.target:.3g} {row.unit}".strip()
    return row.name, measured, target, f"{row.ratio:.2f}", "yes" if row.met else "NO", row.note
