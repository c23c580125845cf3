"""The recipe of a result: in words, and as JSON that repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played


class RecipePage(QWidget):
    """Folded until it is asked for.

    Signals:
        unfolded(): it takes more room now.
    """

    unfolded = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._instrument = studio, studio.instrument
        self.fold = button(tr("Recipe"), self._toggle, kind="quiet", icon="recipe")
        self.fold.setCheckable(True)
        self.rows: dict[str, QLabel] = {}
        self.json = QPlainTextEdit()
        self.json.setReadOnly(True)
        self.json.setTabChangesFocus(True)
        self.json.setAccessibleName(tr("Recipe as JSON"))
        self.json.setFixedHeight(theme.px(96))
        self.copy_button = button(tr("Copy"), self.copy, icon="copy")
        inside = column()
        inside.addLayout(self._table())
        inside.addWidget(self.json)
        inside.addLayout(self._deeds())
        self._inside = QWidget()
        self._inside.setLayout(inside)
        self._inside.hide()
        stack = column()
        stack.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self._inside)
        self.setLayout(stack)
        for changed in (self._instrument.settled, self._instrument.moved):
            changed.connect(self.refresh)

    def _table(self) -> QFormLayout:
        made = QFormLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setVerticalSpacing(theme.SPACE[0])
        for key, words in (
            ("name", tr("Result")),
            ("model", tr("Model")),
            ("source", tr("Made from")),
            ("truncation", tr("Strangeness")),
            ("size", tr("Size")),
        ):
            self.rows[key] = label("", "", wrap=True)
            self.rows[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            made.addRow(label(words, "caption"), self.rows[key])
        return made

    def _deeds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.copy_button)
        row.addWidget(button(tr("Paste and repeat"), self.paste, icon="paste"))
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Show the recipe of what is seen now."""
        if not self._inside.isVisibleTo(self):
            return
        result = self._instrument.result
        self.copy_button.setEnabled(result is not None)
        if result is not None:
            self._show(result)
        elif self._instrument.code is None:
            for row in self.rows.values():
                row.setText("")
            self.rows["name"].setText(tr("Play something first."))
            self.json.setPlainText("")

    def _show(self, result: Played) -> None:
        recipe, model = result.recipe, self._studio.choice.model
        seed = recipe.seed
        high, wide = result.pixels.shape[:2]
        strange = f"{result.truncation:.2f}"
        words = {
            "name": result.name,
            "model": model.name if model else recipe.model,
            "source": tr("a point of the space")
            if seed is None
            else tr("chance, seed {seed}", seed=seed),
            "truncation": tr("{factor} times as far from the typical", factor=strange),
            "size": tr("{wide} x {high} pixels", wide=wide, high=high),
        }
        for key, text in words.items():
            self.rows[key].setText(text)
        self.rows["model"].setToolTip(recipe.model)
        self.json.setPlainText(recipe.model_dump_json(indent=1))

    def copy(self) -> None:
        """Put the JSON on the clipboard."""
        result = self._instrument.result
        if result:
            QGuiApplication.clipboard().setText(result.recipe.model_dump_json())
            self._instrument.told.emit(tr("The recipe is on the clipboard."))

    def paste(self) -> None:
        """Repeat the recipe on the clipboard."""
        self._studio.explorer.paste(QGuiApplication.clipboard().text())

    def _toggle(self) -> None:
        self._inside.setVisible(self.fold.isChecked())
        self.refresh()
        if self.fold.isChecked():
            self.unfolded.emit()
