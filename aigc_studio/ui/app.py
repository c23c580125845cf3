"""`aigc-studio [PROJECT]`: refuse in words where no window can be, else run one to its end."""

from __future__ import annotations

import builtins
import ctypes
import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHERWISE = "Everything also works on the command line: aigc-studio --help."
_KEPT = "Nothing was changed."


def main(project: str = "") -> int:
    """Open the window; the exit code once it was closed.

    Args:
        project: folder to open, "starter" for a copy of what ships, "" for none.

    Raises:
        StudioError: kind "missing": no display, or a library of the system is missing.
    """
    require_display()
    return loaded()(project)


def loaded() -> Callable[[str], int]:
    """What runs the window; loading it is most of the time until the first paint.

    Raises:
        StudioError: kind "missing": a library of the system is missing.
    """
    # Loading makes many things and no rubbish: looking for some took a sixth of the time. The
    # window collects by itself once it was painted, see `collector.py`.
    gc.disable()
    try:
        _load_qt()
        from aigc_studio.ui.application import run
    except ImportError as error:
        raise _missing(str(error)) from error
    return run


def _load_qt() -> None:
    # PySide puts an import of its own in the place of Python's, which from then on reads the
    # source of every module that is loaded, in search of its own name. That is for its other
    # ways of spelling (`from __feature__ import snake_case`), which nobody uses here.
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain


def require_display() -> None:
    """Refuse where Qt would abort without a word.

    Raises:
        StudioError: kind "missing".
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if not wayland and not os.environ.get("DISPLAY"):
        raise StudioError(
            "There is no display to show a window on.",
            kept=_KEPT,
            todo=f"Start it from a desktop session. {_OTHERWISE}",
            kind="missing",
        )
    if not wayland:
        _require("libxcb-cursor.so.0", "libxcb-cursor0")


def _require(library: str, package: str) -> None:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        command = f"On Debian and Ubuntu: sudo apt-get install {package}"
        raise _missing(library, command) from error


def _missing(what: str, command: str = "") -> StudioError:
    install = command or "On Debian and Ubuntu: sudo apt-get install libegl1 libgl1 libxkbcommon0"
    return StudioError(
        f"The window needs a library that is missing here: {what}.",
        kept=_KEPT,
        todo=f"{install}. {_OTHERWISE}",
        kind="missing",
    )
