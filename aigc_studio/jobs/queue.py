"""The queue of training runs: it is nothing but the runs on disk that have not started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.jobs.runs import RunFolder, list_runs

if TYPE_CHECKING:
    from pathlib import Path


def next_queued(runs_folder: Path) -> RunFolder | None:
    """The run that has waited longest, or None when none waits."""
    queued = (run for run in list_runs(runs_folder) if run.state() == "queued")
    return next(queued, None)
