"""What the model is told: shown where the model listens to words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aigc_studio.studio.telling import MOST_WORDS
from aigc_studio.ui import theme
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_MOST_GUIDANCE, _USUAL_GUIDANCE = 8.0, 3.0
_MOST_STEPS = 100


class WordsPanel(QWidget):
    """Words, how strictly they are followed, and how finely the picture is worked out."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._telling = studio.instrument.telling
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Words"))
        self.line.setPlaceholderText(tr("Words: a red heart"))
        self.line.setToolTip(tr("What is to be seen; empty for anything"))
        self.line.setMaxLength(MOST_WORDS)
        self.guidance = Slider(tr("Guidance"), 0.0, _MOST_GUIDANCE, _USUAL_GUIDANCE)
        self.guidance.setToolTip(
            tr("How strictly words are followed (guidance); a double click goes back to 3")
        )
        self.steps = NumberField(tr("Steps"), 0, _MOST_STEPS, kind="caption")
        self.steps.spin.setSpecialValueText(tr("auto"))
        self.steps.setToolTip(tr("Steps of the sampler: more is finer, 0 is the model's own"))
        self.setLayout(self._stack())
        self._connect()
        self._show()

    def _stack(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(label(tr("Freely"), "caption"))
        row.addWidget(self.guidance, 1)
        row.addWidget(label(tr("Strictly"), "caption"))
        row.addWidget(self.steps)
        stack = column()
        stack.addWidget(self.line)
        stack.addLayout(row)
        return stack

    def _connect(self) -> None:
        telling = self._telling
        self.line.textEdited.connect(telling.type_words)
        self.line.returnPressed.connect(telling.take_up_words)
        self.guidance.moved.connect(telling.guide)
        self.guidance.held.connect(self._studio.living.hold)
        self.steps.changed.connect(lambda steps: telling.take_steps(int(steps)))
        telling.changed.connect(self._show)
        self._studio.choice.changed.connect(self._show)

    def _show(self) -> None:
        told = self._telling.conditions
        self.setVisible(self._telling.can_hear)
        # Spaces that are just being typed are no reason to set the line anew.
        if " ".join(self.line.text().split()) != told.words:
            self.line.setText(told.words)
        self.guidance.show_number(told.guidance)
        self.guidance.setEnabled(bool(told.words or told.label))
        self.steps.show_value(told.steps)
