"""Times, sizes and spans in words."""

from __future__ import annotations

import time

from aigc_studio.ui.translate import counted, tr

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def ago(moment: float, now: float | None = None) -> str:
    """How long ago a moment was, in seconds since 1970."""
    seconds = max(0.0, (time.time() if now is None else now) - moment)
    if seconds < 1:
        return tr("just now")
    if seconds < _MINUTE:
        return counted(int(seconds), "{n} s ago", "{n} s ago")
    if seconds < _HOUR:
        return counted(int(seconds // _MINUTE), "{n} min ago", "{n} min ago")
    if seconds < _DAY:
        return counted(int(seconds // _HOUR), "{n} hour ago", "{n} hours ago")
    return counted(int(seconds // _DAY), "{n} day ago", "{n} days ago")


def span(seconds: float) -> str:
    """A stretch of time, as exact as it is known."""
    if seconds < _MINUTE:
        return counted(max(1, round(seconds)), "{n} s", "{n} s")
    if seconds < _HOUR:
        return counted(round(seconds / _MINUTE), "{n} min", "{n} min")
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return tr("{hours} h {minutes:02d} min", hours=hours, minutes=minutes)


def size(count: float) -> str:
    """A number of bytes."""
    if count < 1e6:
        return tr("{size:.0f} kB", size=max(1, count / 1e3) if count else 0)
    if count < 1e9:
        return tr("{size:.0f} MB", size=count / 1e6)
    return tr("{size:.1f} GB", size=count / 1e9)
