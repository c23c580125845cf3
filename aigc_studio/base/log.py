"""Topic loggers: `log = topic("bundle")`; silent unless `AIGC_STUDIO_LOG` names a level."""

from __future__ import annotations

import logging
import os
import sys

ROOT = "aigc_studio"


def topic(name: str) -> logging.Logger:
    """The logger of one topic (bundle, jobs, train ...)."""
    return logging.getLogger(f"{ROOT}.{name}")


def start(level: str | None = None) -> None:
    """Send this process's log to stderr at `level`, or at the level of `AIGC_STUDIO_LOG`."""
    chosen = level or os.environ.get("AIGC_STUDIO_LOG", "WARNING")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger(ROOT)
    root.handlers[:] = [handler]
    root.setLevel(chosen.upper())
