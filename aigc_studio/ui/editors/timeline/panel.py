"""The timeline's panel: a bar, and below it ruler, markers and tracks once there is a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.editors.timeline.bar import Bar
from aigc_studio.ui.editors.timeline.marks import Marks
from aigc_studio.ui.editors.timeline.ruler import Ruler
from aigc_studio.ui.editors.timeline.scale import Scale
from aigc_studio.ui.editors.timeline.tracks import Tracks
from aigc_studio.ui.widgets.basics import column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aigc_studio.studio.studio import Studio

_MOST_HIGH = 4  # tracks


class TimelinePanel(QFrame):
    """Folded to its bar until the first key, marker or beat."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._stage, self._head, self._keys = studio.stage, studio.head, studio.keys
        self.scale = Scale()
        self.bar = Bar(studio)
        self.ruler = Ruler(studio, self.scale)
        self.marks = Marks(studio, self.scale)
        self.tracks = Tracks(studio, self.scale)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.tracks)
        self.unfolded = QWidget()
        inside = column(gap=0)
        inside.addWidget(self.ruler)
        inside.addWidget(self.marks)
        inside.addWidget(self._area)
        self.unfolded.setLayout(inside)
        stack = column(gap=0)
        stack.addWidget(self.bar)
        stack.addWidget(self.unfolded)
        self.setLayout(stack)
        self._stage.canvas_changed.connect(self.refresh)
        self._head.frame_changed.connect(self._reveal)
        self.tracks.resized.connect(self._show_rows)
        self.refresh()

    def refresh(self) -> None:
        """Show the timeline as it is now."""
        timeline = self._stage.canvas.timeline if self._stage.canvas else None
        used = timeline and (timeline.all_keys or timeline.markers or timeline.beats)
        self.unfolded.setVisible(bool(used))
        self._show_rows()
        self._measure()

    def _show_rows(self) -> None:
        most = _MOST_HIGH * theme.px(theme.TIMELINE_TRACK)
        self._area.setFixedHeight(min(self.tracks.sizeHint().height(), most))

    def _measure(self) -> None:
        canvas, keys = self._stage.canvas, self._keys.keys
        frames = canvas.timeline.frames if canvas else 1
        last = keys[-1].frame + 1 if keys else 1
        self.scale.measure(max(frames, last), self.width())

    def _reveal(self) -> None:
        self.scale.reveal(self._head.frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Frames share the width."""
        super().resizeEvent(event)
        self._measure()
