"""The dock's header: what it changes, the model that it plays, and the presets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from aigc_studio.ui import theme
from aigc_studio.ui.dock.presets import presets_button
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class Header(QFrame):
    """One line, whatever is selected."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.setProperty("kind", "bar")
        self.setFixedHeight(theme.px(theme.DOCK_HEADER))
        self.target = label("", "strong")
        self.models = QComboBox()
        self.models.setAccessibleName(tr("Model"))
        self.models.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.models.activated.connect(
            lambda index: studio.choice.use(str(self.models.itemData(index)))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[2], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.target, 1)
        row.addWidget(self.models, 2)
        row.addWidget(presets_button(studio))
        for changed in (studio.session.opened, studio.session.closed):
            changed.connect(self._on_models)
        for changed in (studio.choice.changed, studio.choice.renamed):
            changed.connect(self._on_model)
        studio.session.changed.connect(self._on_edit)
        self._on_models()

    def show_target(self) -> None:
        """Say what the dock changes."""
        target, chosen = self._studio.living.target, self._studio.stage.selected
        if target:
            self._name(target.name, tr("The dock changes this layer."))
        elif len(chosen) > 1:
            self._name(
                counted(len(chosen), "{n} layer", "{n} layers"),
                tr("The dock changes one living layer at a time."),
            )
        elif chosen:
            self._name(tr("Preview"), tr("The selected layer does not follow a model."))
        else:
            self._name(tr("Preview"), tr("Nothing is selected."))

    def _name(self, words: str, tip: str) -> None:
        self.target.setText(words)
        self.target.setToolTip(f"{words}\n{tip}")

    def _on_models(self) -> None:
        session = self._studio.session
        self.models.clear()
        if session.is_open:
            for model in session.project.models.values():
                self.models.addItem(model.name, model.id)
        self._on_model()

    def _on_edit(self, edit: object) -> None:
        if any(change.table == "models" for change in getattr(edit, "changes", ())):
            self._on_models()

    def _on_model(self) -> None:
        choice = self._studio.choice
        # A snapshot is not in the list.
        name = choice.model.name if choice.model else ""
        self.models.setPlaceholderText(name)
        self.models.setToolTip(name)
        self.models.setCurrentIndex(self.models.findData(choice.word))
