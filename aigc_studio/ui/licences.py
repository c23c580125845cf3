"""Whose work is in the studio, and under which licences: texts for About."""

from __future__ import annotations

import re
from importlib import metadata

from PySide6.QtCore import QLocale

from aigc_studio.base.paths import licence, resources
from aigc_studio.ui.translate import tr

LIBRARIES = (
    "PySide6-Essentials",
    "torch",
    "numpy",
    "pillow",
    "safetensors",
    "pydantic",
    "pyqtgraph",
    "av",
    "typer",
    "rich",
    "psutil",
    "platformdirs",
    "filelock",
    "send2trash",
    "sounddevice",
)
_MOST = 12_000  # letters of one library's text; a few are as long as books
_NAMED = re.compile(r"licen[sc]e|copying", re.IGNORECASE)


def credit() -> str:
    """The credits in the language that is worn, as Markdown."""
    own = resources() / f"CREDITS.{QLocale().name()}.md"
    file = own if own.is_file() else resources() / "CREDITS.md"
    return file.read_text(encoding="utf-8")


def of_studio() -> str:
    """The studio's own licence."""
    return licence().read_text(encoding="utf-8")


def of_pictures() -> str:
    """The licences of the starter's pictures and of their names."""
    return (resources() / "starter" / "LICENSE-emoji.txt").read_text(encoding="utf-8")


def of_libraries() -> str:
    """The licences of the libraries as they are installed here."""
    return "\n\n\n".join(_of_library(name) for name in LIBRARIES)


def _of_library(name: str) -> str:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return name
    named = (key for key in ("License-Expression", "License") if key in found.metadata)
    words = found.metadata[next(named, "Name")]
    texts = (file for file in found.files or () if _NAMED.search(file.name))
    text = next((file.read_text(encoding="utf-8") for file in texts if _is_own(file.parts)), "")
    if len(text) > _MOST:
        text = f"{text[:_MOST]}\n\n" + tr("The rest lies in {folder}", folder=_folder(found))
    return f"{name} {found.version}\n{words[:200]}\n\n{text}".strip()


def _is_own(parts: tuple[str, ...]) -> bool:
    return parts[0].endswith(".dist-info") and len(parts) <= 3


def _folder(found: metadata.Distribution) -> str:
    return str(found.locate_file(""))
