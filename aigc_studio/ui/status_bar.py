"""The bottom line: the machine, the job that runs, when it was saved."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.times import ago, size, span
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import label, rule, tool
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from aigc_studio.studio.run_view import RunView
    from aigc_studio.studio.studio import Studio

_TICK = 2000


class StatusBar(QFrame):
    """Looks at the machine every two seconds, and only while it is seen."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._process = psutil.Process()
        self.setProperty("kind", "foot")
        self.setFixedHeight(theme.px(theme.STATUS_BAR))
        self.machine = label("", "caption")
        self.machine.setToolTip(tr("Processor cores, and memory that the studio uses"))
        self.saved = label("", "caption")
        self.job = self._job()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[2], 0, theme.SPACE[2], 0)
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.machine)
        row.addWidget(self.job)
        row.addStretch(1)
        row.addWidget(self.saved)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        studio.when_awake(self._listen)
        self._show_saved()

    def _listen(self) -> None:
        self._studio.runs.run_changed.connect(self._show_job)
        self._studio.runs.changed.connect(self._show_job)
        self._studio.session.history_changed.connect(self._show_saved)
        self._tick()

    def _job(self) -> QWidget:
        self.name = label("", "caption")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(120))
        self.left = label("", "caption")
        self.pause = tool("pause", tr("Pause the training"), self._toggle)
        self.stop = tool("stop", tr("Stop the training and keep what it learned"), self._stop)
        for made in (self.pause, self.stop):
            made.setFixedSize(theme.px(theme.TARGET), theme.px(theme.TARGET))
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        for each in (rule(vertical=True), self.name, self.bar, self.left, self.pause, self.stop):
            row.addWidget(each)
        part.hide()
        return part

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        super().hideEvent(event)
        self._timer.stop()

    def _tick(self) -> None:
        cores = counted(os.cpu_count() or 1, "{n} core", "{n} cores")
        self.machine.setText(f"{cores}  \u00b7  {size(self._memory())}")
        self._show_saved()

    def _memory(self) -> float:
        used = 0
        try:
            for process in (self._process, *self._process.children()):
                used += process.memory_info().rss
        except psutil.Error:
            pass  # a worker ended while we looked
        return used

    def _show_job(self) -> None:
        view = self._studio.runs.current
        self.job.setVisible(view is not None)
        if view is None:
            return
        self.name.setText(f"{view.name}  {round(100 * view.part)} %")
        self.bar.setValue(round(1000 * view.part))
        self.bar.setAccessibleName(tr("Training of {name}", name=view.name))
        self.left.setText(_how_far(view))
        paused = view.state == "paused"
        icons.dress(self.pause, "play" if paused else "pause")
        tip = tr("Go on with the training") if paused else tr("Pause the training")
        self.pause.setToolTip(tip)
        self.pause.setAccessibleName(tip)
        self.pause.setEnabled(view.state in ("running", "paused"))
        self.stop.setEnabled(view.state != "stopping")

    def _toggle(self) -> None:
        desk = self._studio.desk
        if view := self._studio.runs.current:
            desk.go_on(view.id) if view.state == "paused" else desk.pause(view.id)

    def _stop(self) -> None:
        if view := self._studio.runs.current:
            self._studio.desk.stop(view.id)

    def _show_saved(self) -> None:
        session = self._studio.session
        words = ""
        if session.is_temporary:
            words = tr("Starter: keep what you make with Save as")
        elif session.is_open and session.modified:
            words = tr("Changes are kept; not saved yet")
        elif session.is_open and session.saved_at:
            words = tr("Saved {ago}", ago=ago(session.saved_at))
        elif session.is_open:
            words = tr("Saved")
        self.saved.setText(words)


def _how_far(view: RunView) -> str:
    match view.state:
        case "starting":
            return tr("starting")
        case "paused":
            return tr("paused")
        case "stopping":
            return tr("stopping, saving what it learned")
        case _ if view.seconds_left is not None:
            return tr("{span} left", span=span(view.seconds_left))
    return worded(view.activity)
