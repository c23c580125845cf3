"""What the right button offers on the tracks, and what a key says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from aigc_studio.document.tracks import NumberKey
from aigc_studio.ui.editors.timeline.commands import EASINGS
from aigc_studio.ui.editors.timeline.track_words import number_words, track_name
from aigc_studio.ui.menus import fill
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aigc_studio.document.canvas import Key
    from aigc_studio.studio.studio import Studio

_KEYS = ("key", "", "copy_keys", "paste_keys", "all_keys", "", "even", "", "remove_keys")


def key_menu(studio: Studio, parent: QWidget, *, on_key: bool) -> QMenu:
    """A menu for the moment; on a key it begins with the ways to go on."""
    made = QMenu(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    ways = (*EASINGS, "") if on_key else ()
    ids = [f"timeline.{name}" if name else "" for name in (*ways, *_KEYS)]
    fill(made, studio.commands, ids)
    return made


def told(studio: Studio, key: Key | None, fps: float) -> str:
    """A key in words; None for the tracks themselves."""
    if key is None:
        return tr("Drag beside keys to select several. Double-click: a key.")
    words = tr(
        "Frame {frame}, {seconds} s. Way to the next key: {easing}. Alt + drag copies.",
        frame=key.frame,
        seconds=f"{key.frame / fps:.2f}",
        easing=tr(EASINGS[key.easing]),
    )
    if isinstance(key, NumberKey):
        return f"{track_name(studio, key.track)}: {number_words(key.track, key.value)}\n{words}"
    return words
