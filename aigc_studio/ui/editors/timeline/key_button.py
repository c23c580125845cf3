"""The small diamond beside a number: whether it has a key at the play head, and makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from aigc_studio.ui import icons, theme
from aigc_studio.ui.editors.timeline.track_words import track_name
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class KeyButton(QToolButton):
    """Filled where there is a key; outlined in accent where the number has keys elsewhere."""

    def __init__(self, studio: Studio, track: str) -> None:
        super().__init__()
        self._studio, self.track = studio, track
        self.setProperty("kind", "tool")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.setFixedSize(theme.px(theme.TARGET), theme.px(theme.TARGET))
        self.setStyleSheet("min-height: 0; padding: 0; background: transparent;")
        self.setAccessibleName(tr("Key of: {name}", name=track_name(studio, track)))
        self.clicked.connect(self._toggle)
        for signal in (
            studio.stage.canvas_changed, studio.stage.selection_changed,
            studio.head.frame_changed, studio.living.target_changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show whether there is a key here."""
        recorder = self._studio.recorder
        here, keyed = recorder.key_is_here(self.track), recorder.is_keyed(self.track)
        self.setEnabled(bool(recorder.layers_for(self.track)))
        self.setChecked(here)
        icon, role = ("key-filled" if here else "key"), ("accent" if keyed else "secondary")
        if (icon, role) != (self.property("icon_now"), self.property("role_now")):
            self.setProperty("icon_now", icon)
            self.setProperty("role_now", role)
            icons.dress(self, icon, role)
            self.setToolTip(tr("Take the key away") if here else tr("Add a key here"))

    def _toggle(self) -> None:
        self._studio.recorder.toggle_number(self.track)
        self.refresh()
