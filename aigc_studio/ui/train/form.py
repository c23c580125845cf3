"""What somebody wants to train: pictures, goal, preset, length, and the rarer things folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from aigc_studio.catalog.families import family
from aigc_studio.document.training import DEFAULT_MINUTES, TrainingWish
from aigc_studio.ui import theme
from aigc_studio.ui.train.rarer import Rarer
from aigc_studio.ui.train.second import SecondCollection
from aigc_studio.ui.train.words import GOALS, PRESETS, Goal
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.document.model import Project
    from aigc_studio.studio.studio import Studio

_LONGEST = 6000.0


class WishForm(QWidget):
    """The fields of a new training.

    Signals:
        changed(): something is asked for otherwise.
        told(object): words for the message bar.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._collection_name = ""
        self._stack = column(gap=theme.SPACE[1])
        self.collection = self._box(tr("Pictures to learn from"))
        self.many = self._caption()
        self.goals: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._part(tr("What should it do?"))
        for goal in GOALS:
            self._add_goal(goal)
        self.second = SecondCollection(studio)
        self._stack.addWidget(self.second)
        self._part(tr("How large?"))
        self.preset = Segmented(
            {key: tr(words) for key, (words, _) in PRESETS.items()}, tr("How large?")
        )
        self._stack.addWidget(self.preset)
        self.preset_words = self._caption(tr(PRESETS["tiny"][1]))
        self.minutes = NumberField(
            tr("How long?"),
            0.5,
            _LONGEST,
            DEFAULT_MINUTES,
            decimals=1,
            unit=tr(" min"),
            kind="strong",
        )
        self._stack.addSpacing(theme.SPACE[1])
        self._stack.addWidget(self.minutes)
        self.parent_model = self._box(tr("Start from"))
        self._part(tr("Name of the model"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the model"))
        self._stack.addWidget(self.name)
        self.rarer = Rarer(studio)
        self._stack.addWidget(self.rarer)
        self.setLayout(self._stack)
        self._connect()

    def _part(self, words: str) -> None:
        self._stack.addSpacing(theme.SPACE[1])
        self._stack.addWidget(label(words, "strong"))

    def _box(self, words: str) -> QComboBox:
        self._part(words)
        made = QComboBox()
        made.setAccessibleName(words)
        made.setMinimumContentsLength(8)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._stack.addWidget(made)
        return made

    def _caption(self, words: str = "") -> QLabel:
        made = label(words, "caption", wrap=True)
        self._stack.addWidget(made)
        return made

    def _add_goal(self, goal: Goal) -> None:
        made = QRadioButton(tr(goal.title))
        made.setAccessibleDescription(tr(goal.words))
        made.setChecked(not self.goals)
        self._group.addButton(made)
        self.goals[goal.id] = made
        inner = QVBoxLayout()
        inner.setSpacing(0)
        inner.addWidget(made)
        words = label(tr(goal.words), "caption", wrap=True)
        words.setIndent(theme.px(24))
        inner.addWidget(words)
        self._stack.addLayout(inner)

    def _connect(self) -> None:
        self.collection.currentIndexChanged.connect(self._on_collection)
        self._group.buttonClicked.connect(self._on_goal)
        self.preset.chosen.connect(self._on_preset)
        self.minutes.changed.connect(lambda _value: self.changed.emit())
        self.parent_model.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.rarer.changed.connect(self.changed)
        self.second.changed.connect(self.changed)
        self.second.told.connect(self.told)

    def show_project(self, project: Project) -> None:
        """Offer its collections and models; choices stay where they are still there."""
        collection, parent = self.collection.currentData(), self.parent_model.currentData()
        for box in (self.collection, self.parent_model):
            box.blockSignals(True)
            box.clear()
        for each in project.collections.values():
            self.collection.addItem(each.name, each.id)
        self.parent_model.addItem(tr("Nothing: from the beginning"), "")
        for model in project.models.values():
            if any(goal.family == model.family for goal in GOALS):
                self.parent_model.addItem(model.name, model.id)
        self.choose(str(collection or ""), str(parent or ""))
        for box in (self.collection, self.parent_model):
            box.blockSignals(False)
        chosen = project.collections.get(str(self.collection.currentData()))
        self.second.show_for(project, family(self._goal.family), chosen)
        self.rarer.variations.show_for(chosen, self.rarer.sets())
        items = len(chosen.items) if chosen else 0
        self.many.setText(counted(items, "{n} picture", "{n} pictures"))
        self._collection_name = chosen.name if chosen else ""
        self._propose_name()

    def _propose_name(self) -> None:
        kind = self._goal.family.rpartition("-")[2]
        name = self._collection_name
        self.name.setPlaceholderText(f"{name}-{kind}" if name else "")

    @property
    def _goal(self) -> Goal:
        return next(goal for goal in GOALS if self.goals[goal.id].isChecked())

    @property
    def lacks_second(self) -> bool:
        """Whether a second collection has to be chosen yet."""
        return family(self._goal.family).pairs and not self.second.choice

    def choose(self, collection: str = "", parent: str = "") -> None:
        """Choose by ids; "" leaves the choice."""
        for box, key in ((self.collection, collection), (self.parent_model, parent)):
            place = box.findData(key) if key else -1
            if place >= 0:
                box.setCurrentIndex(place)

    def propose(self, project: Project, collection: str = "", parent: str = "") -> None:
        """Choose by ids, and with a model to start from also what its family is for."""
        self.choose(collection, parent)
        model = project.models.get(parent)
        goals = [goal.id for goal in GOALS if model and goal.family == model.family]
        if goals and self._goal.id not in goals:
            self.goals[goals[0]].setChecked(True)
        self.show_project(project)

    def wish(self) -> TrainingWish | None:
        """What is asked for; None without a collection, or without a second one it needs."""
        collection = self.collection.currentData()
        if not collection or self.lacks_second:
            return None
        goal = self._goal
        return TrainingWish(
            str(collection),
            goal.family,
            preset=self.preset.choice,
            sets={**goal.sets, **self.rarer.sets()},
            minutes=self.minutes.value,
            seed=self.rarer.seed,
            parent=str(self.parent_model.currentData()) or None,
            device=self.rarer.device_word,
            name=self.name.text().strip(),
            pair=self.second.choice if family(goal.family).pairs else None,
        )

    def _on_goal(self) -> None:
        self._propose_name()
        self.changed.emit()

    def _on_collection(self) -> None:
        self.name.clear()
        self.changed.emit()

    def _on_preset(self, key: str) -> None:
        self.preset_words.setText(tr(PRESETS[key][1]))
        self.changed.emit()
