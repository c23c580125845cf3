"""Where things are: shipped resources and the user's own folders."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]


def resources() -> Path:
    """The shipped `resources` folder: inside the wheel, or at the root of a checkout."""
    inside = _PACKAGE / "_resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def licence() -> Path:
    """The text of the studio's own licence: at the root of a checkout, or beside the wheel."""
    if not (_PACKAGE / "_resources").is_dir():
        return _PACKAGE.parent / "LICENSE"
    from importlib import metadata

    files = metadata.files("aigc-studio") or ()
    return Path(next(str(each.locate()) for each in files if each.name == "LICENSE"))


def user_data() -> Path:
    """The user's own folder for settings, logs and temporary copies; made when first asked."""
    return Path(platformdirs.user_data_dir("aigc-studio", ensure_exists=True))


def user_log() -> Path:
    """The log file of this user, see `base.log`."""
    return Path(platformdirs.user_log_dir("aigc-studio", ensure_exists=True)) / "studio.log"
