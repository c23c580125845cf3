"""One run: how far it is, its samples and curves, advice, and what can be done."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.train import words
from aigc_studio.ui.train.advice import Advice, advice
from aigc_studio.ui.train.curves import Curves
from aigc_studio.ui.train.history import History
from aigc_studio.ui.translate import counted, later, tr
from aigc_studio.ui.widgets.basics import button, column, frame, label, picture_label, rekind
from aigc_studio.ui.widgets.flow_layout import FlowLayout
from aigc_studio.ui.wording import told, worded

if TYPE_CHECKING:
    from aigc_studio.studio.run_view import RunView

# Deed, words, icon, kind.
_DEEDS = (
    ("resume", later("Go on"), "play", "primary"),
    ("play", later("Play it now"), "pad", "primary"),
    ("pause", later("Pause"), "pause", ""),
    ("stop", later("Stop and keep it"), "stop", ""),
    ("snapshot", later("Keep a snapshot"), "star", ""),
    ("further", later("Train further"), "train", ""),
    ("model", later("Show the model"), "models", ""),
    ("postcard", later("Save the postcard..."), "share", ""),
    ("remove", later("Delete the run"), "trash", "quiet"),
)


class RunPage(QWidget):
    """Shows a run.

    Signals:
        deed_wanted(str, str): what to do ("pause", "go_on", "stop" ...), and the run's id.
    """

    deed_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._view: RunView | None = None
        self._advice: Advice | None = None
        self.name = label("", "title")
        self.about = label("", "caption", wrap=True)
        self.state = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.far = label("", "secondary")
        self.buttons: dict[str, QPushButton] = {}
        self.sentence = label("", wrap=True)
        self.mend = button("", self._mend)
        self.history, self.curves = History(), Curves()
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[3])
        stack.addLayout(self._head())
        stack.addWidget(self.bar)
        stack.addWidget(self.far)
        stack.addWidget(self._deeds())
        self.advice_box = self._advice_box()
        stack.addWidget(self.advice_box)
        stack.addWidget(self.history)
        stack.addWidget(self.curves, 1)
        self.setLayout(stack)

    def _head(self) -> QHBoxLayout:
        titles = column(gap=2)
        titles.addWidget(self.name)
        titles.addWidget(self.about)
        row = QHBoxLayout()
        row.addLayout(titles, 1)
        row.addWidget(self.state)
        return row

    def _deeds(self) -> QWidget:
        made = QWidget()
        flow = FlowLayout(made, gap=theme.SPACE[1])
        for deed, text, icon, kind in _DEEDS:
            each = button(tr(text), functools.partial(self._wish, deed), kind=kind, icon=icon)
            self.buttons[deed] = each
            flow.addWidget(each)
        return made

    def _advice_box(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[1], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(picture_label("info", role="accent"))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.mend)
        return frame("card", row)

    @property
    def run(self) -> str:
        """Id of the run that is shown."""
        return self._view.id if self._view else ""

    def show_run(self, view: RunView) -> None:
        """Show a run as it is now."""
        self._view = view
        self.name.setText(view.name or view.id)
        self.about.setText(_about(view))
        self.state.setText(words.state(view))
        self.bar.setValue(round(1000 * view.part))
        self.bar.setVisible(view.state != "finished")
        self.bar.setAccessibleName(tr("Training of {name}", name=view.name))
        self.far.setText(words.how_far(view))
        self._show_deeds(view)
        self._show_advice(view)
        self.history.show_run(view)
        self.curves.show_curves(view.curves)
        self.curves.setVisible(bool(view.curves))

    def _show_deeds(self, view: RunView) -> None:
        running = view.state in ("running", "paused")
        over = view.state in ("finished", "stopped")
        shown = {
            "resume": view.can_go_on,
            "play": running or over or bool(view.snapshots),
            "pause": running,
            "stop": view.going_on or bool(view.waiting),
            "snapshot": running,
            "further": over and bool(view.model),
            "model": over and bool(view.model),
            "postcard": over and len(view.previews) > 1,
            "remove": not view.going_on and not view.waiting,
        }
        for deed, each in self.buttons.items():
            each.setVisible(shown[deed])
        cut_off = view.can_go_on and view.state != "stopped"
        rekind(self.buttons["resume"], "primary" if cut_off else "")
        rekind(self.buttons["play"], "" if cut_off else "primary")
        for deed, first in (("resume", cut_off), ("play", not cut_off)):
            icon = next(icon for each, _, icon, _ in _DEEDS if each == deed)
            icons.dress(self.buttons[deed], icon, "on_accent" if first else "text")
        paused = view.state == "paused"
        pause = self.buttons["pause"]
        pause.setText(tr("Go on") if paused else tr("Pause"))
        icons.dress(pause, "play" if paused else "pause")

    def _show_advice(self, view: RunView) -> None:
        if view.error:
            self._advice = Advice(told(view.error))
        else:
            self._advice = Advice(worded(view.problem)) if view.problem else advice(view)
        self.advice_box.setVisible(self._advice is not None)
        if self._advice:
            self.sentence.setText(self._advice.sentence)
            self.mend.setText(self._advice.words)
            self.mend.setVisible(bool(self._advice.mend))

    def _wish(self, deed: str) -> None:
        if self._view:
            going_on = deed == "pause" and self._view.state == "paused"
            self.deed_wanted.emit("go_on" if going_on else deed, self._view.id)

    def _mend(self) -> None:
        if self._advice and self._view:
            deed = "further" if self._advice.mend == "longer" else self._advice.mend
            self.deed_wanted.emit(deed, self._view.id)


def _about(view: RunView) -> str:
    items = counted(view.items, "{n} picture", "{n} pictures")
    preset = tr(words.PRESETS[view.preset][0]) if view.preset in words.PRESETS else view.preset
    return tr(
        "{items} of {collection}, {family}, {preset}",
        items=items,
        collection=view.collection,
        family=view.family,
        preset=preset,
    )
