"""The settings: how the window looks and speaks; each acts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)

from aigc_studio.base.errors import StudioError
from aigc_studio.base.paths import user_data
from aigc_studio.ui import theme
from aigc_studio.ui.times import size
from aigc_studio.ui.translate import CHINESE, ENGLISH, LANGUAGES, tr
from aigc_studio.ui.widgets.basics import button, column, label, rule
from aigc_studio.ui.widgets.segmented import Segmented
from aigc_studio.ui.wording import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from aigc_studio.studio.settings import Settings

_STEP = 5  # per cent
_MEMORIES = (64, 128, 256, 512, 1024, 2048, 4096)  # megabytes
_MOTIONS = {"system": None, "full": False, "none": True}


class SettingsDialog(QDialog):
    """Appearance, language, what moves, where models are played."""

    def __init__(
        self, settings: Settings, parent: QWidget, *, shortcuts: Callable[[], object]
    ) -> None:
        """`shortcuts` opens their page."""
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH))
        self.theme = self._theme()
        self.language = self._language()
        self.scale = self._scale()
        self.percent = label("", "secondary")
        self.percent.setMinimumWidth(theme.px(48))
        self.motion = self._motion()
        self.device = self._device()
        self.memory = self._memory()
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        stack = column(gap=theme.SPACE[3], margin=theme.SPACE[4])
        self._add(stack, tr("Appearance"), self._appearance())
        stack.addWidget(rule())
        self._add(stack, tr("Work"), self._work())
        stack.addWidget(self.wrong)
        stack.addStretch(1)
        stack.addLayout(self._foot(shortcuts))
        self.setLayout(stack)
        self._show_percent()

    def _add(self, stack: QVBoxLayout, heading: str, form: QFormLayout) -> None:
        stack.addWidget(label(heading, "heading"))
        stack.addLayout(form)

    def _appearance(self) -> QFormLayout:
        size = QHBoxLayout()
        size.setSpacing(theme.SPACE[2])
        size.addWidget(self.scale, 1)
        size.addWidget(self.percent)
        form = _form()
        form.addRow(_name(tr("Theme"), self.theme), self.theme)
        form.addRow(_name(tr("Language"), self.language), self.language)
        form.addRow(_name(tr("Size of text"), self.scale), size)
        form.addRow(_name(tr("Movement"), self.motion), self.motion)
        return form

    def _work(self) -> QFormLayout:
        form = _form()
        form.addRow(_name(tr("Play models on"), self.device), self.device)
        form.addRow(_name(tr("Memory for films"), self.memory), self.memory)
        place = QLineEdit(str(user_data()))
        place.setReadOnly(True)
        place.setAccessibleName(tr("Settings are kept in"))
        form.addRow(_name(tr("Settings are kept in"), place), place)
        return form

    def _foot(self, shortcuts: Callable[[], object]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("Keyboard shortcuts..."), shortcuts, icon="keyboard"))
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.accept, kind="primary"))
        return row

    def _theme(self) -> Segmented:
        choices = {"system": tr("As the system"), "dark": tr("Dark"), "light": tr("Light")}
        made = Segmented(choices, tr("Theme"))
        made.choose(self._settings.values.theme)
        made.chosen.connect(lambda key: self._change(theme=key))
        return made

    def _language(self) -> Segmented:
        choices = {"system": tr("As the system")}
        choices |= {key: LANGUAGES[key] for key in (ENGLISH, CHINESE)}
        made = Segmented(choices, tr("Language"))
        made.choose(self._settings.values.language)
        made.chosen.connect(lambda key: self._change(language=key))
        return made

    def _scale(self) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setAccessibleName(tr("Size of text"))
        made.setRange(round(100 * theme.SMALLEST_TEXT), round(100 * theme.LARGEST_TEXT))
        made.setSingleStep(_STEP)
        made.setPageStep(5 * _STEP)
        made.setTracking(False)
        made.setValue(round(100 * self._settings.values.text_scale))
        made.sliderMoved.connect(self._show_percent)
        made.valueChanged.connect(self._rescale)
        return made

    def _rescale(self, percent: int) -> None:
        self._show_percent(percent)
        self._change(text_scale=round(percent / _STEP) * _STEP / 100)

    def _show_percent(self, percent: int | None = None) -> None:
        value = self.scale.value() if percent is None else percent
        self.percent.setText(f"{round(value / _STEP) * _STEP} %")

    def _motion(self) -> Segmented:
        choices = {"system": tr("As the system"), "full": tr("Full"), "none": tr("None")}
        kept = self._settings.values.reduced_motion
        made = Segmented(choices, tr("Movement"))
        made.choose("system" if kept is None else "none" if kept else "full")
        made.chosen.connect(lambda key: self._change(reduced_motion=_MOTIONS[key]))
        return made

    def _device(self) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(tr("Play models on"))
        made.addItem(tr("The fastest there is"), "auto")
        made.addItem(tr("The processor"), "cpu")
        made.addItem(tr("The first NVIDIA GPU"), "cuda:0")
        made.addItem(tr("The Apple GPU (untested)"), "mps")
        made.setCurrentIndex(max(0, made.findData(self._settings.values.device)))
        made.activated.connect(lambda: self._change(device=made.currentData()))
        return made

    def _memory(self) -> QComboBox:
        """How much of what was shown is kept, to be shown again at once."""
        made = QComboBox()
        made.setAccessibleName(tr("Memory for films"))
        kept = self._settings.values.film_memory
        for megabytes in sorted({*_MEMORIES, kept}):
            made.addItem(size(megabytes * 1e6), megabytes)
        made.setCurrentIndex(made.findData(kept))
        made.activated.connect(lambda: self._change(film_memory=made.currentData()))
        return made

    def _change(self, **fields: object) -> None:
        try:
            self._settings.change(**fields)
        except StudioError as error:
            self.wrong.setText(told(error))
            self.wrong.show()
        else:
            self.wrong.hide()


def _form() -> QFormLayout:
    made = QFormLayout()
    made.setHorizontalSpacing(theme.SPACE[4])
    made.setVerticalSpacing(theme.SPACE[2])
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def _name(words: str, buddy: QWidget) -> QLabel:
    made = label(words, "secondary")
    made.setBuddy(buddy)
    made.setMinimumHeight(theme.px(theme.CONTROL))
    made.setMinimumWidth(theme.px(140))
    return made
