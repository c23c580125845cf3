"""The timeline's bar: play, keys, recording, loop, length, speed, film."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.editors.timeline.beats_menu import beats_menu
from aigc_studio.ui.editors.timeline.commands import EASINGS
from aigc_studio.ui.editors.timeline.track_words import suit, unit_of
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import label, rekind, tool
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_MOST_FRAMES, _FASTEST, _VALUE = 10_000, 60, 96
_BUTTONS = (
    ("play", "timeline.play"),
    ("key-add", "timeline.key"),
    ("record", "timeline.record"),
    ("key", "timeline.auto_key"),
    ("loop", "timeline.loop"),
    ("marker", "timeline.marker"),
)


class Bar(QWidget):
    """What stands over the tracks."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._stage = studio, studio.stage
        self.buttons: dict[str, QToolButton] = {}
        self.place = label("", "caption")
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.easing = QComboBox()
        for key, words in EASINGS.items():
            self.easing.addItem(tr(words), key)
        self.easing.setAccessibleName(tr("Way to the next key"))
        self.easing.setToolTip(tr("Way to the next key"))
        self.easing.setPlaceholderText(tr("Easing"))
        self.easing.setMinimumContentsLength(10)
        self.easing.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.easing.activated.connect(lambda at: studio.keys.ease(self.easing.itemData(at)))
        self.frames = NumberField(tr("Frames"), 1, _MOST_FRAMES)
        self.fps = NumberField(tr("Per second"), 1, _FASTEST)
        self.value = NumberField(tr("Value"), 0, 1)
        self.value.changed.connect(self._set_value)
        self.value.spin.setFixedWidth(theme.px(_VALUE))
        self.frames.changed.connect(lambda value: studio.keys.set_film(frames=int(value)))
        self.fps.changed.connect(lambda value: studio.keys.set_film(fps=float(value)))
        tip = with_keys(tr("Export the film..."), studio.commands, "canvas.export")
        self.beats = tool("beats", tr("Beats and bars..."), self._show_beats)
        self.film = tool("film", tip, lambda: studio.commands.run("canvas.export"))
        self.setLayout(self._row())
        for signal in (
            studio.head.playing_changed, studio.recorder.changed, studio.living.target_changed,
            self._stage.canvas_changed, self._stage.selection_changed, self._stage.keys_chosen,
        ):  # fmt: skip
            signal.connect(self.refresh)
        self._studio.head.frame_changed.connect(self._tell)
        studio.instrument.moved.connect(self._tell)
        studio.instrument.settled.connect(self._tell)
        self.refresh()

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[0], theme.SPACE[2], theme.SPACE[0])
        row.setSpacing(theme.SPACE[0])
        commands = self._studio.commands
        for icon, key in _BUTTONS:
            words = with_keys(commands[key].title, commands, key)
            self.buttons[key] = tool(icon, words, partial(commands.run, key))
            self.buttons[key].setCheckable(commands[key].checked is not None)
            row.addWidget(self.buttons[key])
        row.addSpacing(theme.SPACE[1])
        row.addWidget(self.place, 1)
        for field in (self.value, self.frames, self.fps):
            field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        for part in (self.value, self.easing, self.frames, self.fps, self.beats, self.film):
            row.addWidget(part)
        return row

    def refresh(self) -> None:
        """Show the timeline as it is now."""
        canvas = self._stage.canvas
        has_keys = bool(canvas and canvas.timeline.all_keys)
        for part in (self.frames, self.fps, self.film):
            part.setVisible(has_keys)
        self._show_buttons()
        chosen = {key.easing for key in self._studio.keys.chosen}
        self.easing.setVisible(bool(chosen))  # the words beside it need the room
        shown = self.easing.findData(chosen.pop()) if len(chosen) == 1 else -1
        self.easing.setCurrentIndex(shown)
        self._show_value()
        if canvas:
            self.frames.show_value(canvas.timeline.frames)
            self.fps.show_value(canvas.timeline.fps)
        self._tell()

    def _show_beats(self) -> None:
        """The popover opens above its button."""
        menu = beats_menu(self._studio, self)
        place = self.beats.mapToGlobal(self.beats.rect().topRight())
        menu.popup(place - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    def _show_value(self) -> None:
        numbers = self._studio.keys.numbers
        self.value.setVisible(bool(numbers))
        if numbers:
            suit(self.value, numbers[0].track)
            self.value.show_value(numbers[0].value * unit_of(numbers[0].track).factor)

    def _set_value(self, shown: float) -> None:
        numbers = self._studio.keys.numbers
        if numbers:
            self._studio.keys.set_numbers(shown / unit_of(numbers[0].track).factor)

    def _show_buttons(self) -> None:
        for key, made in self.buttons.items():
            command = self._studio.commands[key]
            made.setEnabled(command.enabled())
            made.setChecked(bool(command.checked and command.checked()))
        icons.dress(self.buttons["timeline.play"], "pause" if self._studio.head.playing else "play")
        armed = "error" if self._studio.recorder.armed else "text"
        icons.dress(self.buttons["timeline.record"], "record", armed)
        auto = "error" if self._studio.recorder.auto_key else "text"
        icons.dress(self.buttons["timeline.auto_key"], "key", auto)

    def _tell(self) -> None:
        words = self._words()
        if words != self.place.text():
            self.place.setText(words)
            self.place.setToolTip(words)
        kind, role = ("warn", "warn") if self._studio.living.astray else ("caption", "text")
        if self.place.property("kind") != kind:
            rekind(self.place, kind)
            icons.dress(self.buttons["timeline.key"], "key-add", role)

    def _words(self) -> str:
        canvas = self._stage.canvas
        if canvas is None:
            return ""
        if self._studio.recorder.armed:
            return tr("Drag on the pad: the move is recorded from the play head on.")
        if not canvas.timeline.all_keys:
            if not self._studio.recorder.can_key:
                return tr("A film begins with a living layer: select one.")
            return tr("A film begins with a key: press Add key, go on, and add another.")
        place = tr(
            "frame {frame}, {seconds} s",
            frame=self._studio.head.frame,
            seconds=f"{self._studio.head.frame / canvas.timeline.fps:.2f}",
        )
        return (
            tr("{place}: not kept without a key", place=place)
            if self._studio.living.astray
            else place
        )
