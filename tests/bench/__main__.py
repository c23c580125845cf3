"""Run benchmarks by name, or all the short ones: `python -m tests.bench [NAME...] [--all]`.

A benchmark is a module `bench_*.py` here with `measure() -> list[Row]`; `LONG = True` keeps it
out of the default run. One without `measure` is run as a script and prints for itself.
"""

from __future__ import annotations

import argparse
import importlib
import runpy
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.table import Row, show

if TYPE_CHECKING:
    from types import ModuleType

PREFIX = "bench_"


def main() -> int:
    """Measure what was asked for and print one table; exit code 1 when a target is missed."""
    there = sorted(path.stem.removeprefix(PREFIX) for path in Path(__file__).parent.glob("bench_*"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(there))
    parser.add_argument("--all", action="store_true", help="the long ones too")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(there))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(there)}")
    modules = [importlib.import_module(f"tests.bench.{PREFIX}{n}") for n in asked.names or there]
    chosen = [m for m in modules if asked.names or asked.all or not getattr(m, "LONG", False)]
    measured = [_rows(module) for module in chosen]
    met = show([row for rows in measured for row in rows or ()])
    return 0 if met and None not in measured else 1


def _rows(module: ModuleType) -> list[Row] | None:
    print(f"{module.__name__.rpartition('.')[2]} ...", file=sys.stderr, flush=True)
    try:
        if not hasattr(module, "measure"):
            runpy.run_module(module.__name__, run_name="__main__")
            return []
        rows: list[Row] = module.measure()
    except Exception:  # noqa: BLE001  one broken benchmark must not hide the others' figures
        traceback.print_exc()
        return None
    return rows


if __name__ == "__main__":
    sys.exit(main())
