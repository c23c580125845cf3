"""How a project's folder is told from others; loaded before the window is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".aigc"
MANIFEST = "manifest.json"


def is_bundle(folder: Path) -> bool:
    """Whether a project lies in `folder`."""
    return (folder / MANIFEST).is_file()
