"""The recipe of a result: in words, and as JSON that repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class RecipePage(QWidget):
    """Folded until it is asked for."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.fold = button(tr("Recipe"), self._toggle, kind="quiet", icon="recipe")
        self.fold.setCheckable(True)
        self.words = label("", "caption", wrap=True)
        self.json = QPlainTextEdit()
        self.json.setReadOnly(True)
        self.json.setAccessibleName(tr("Recipe as JSON"))
        self.json.setFixedHeight(theme.px(96))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(button(tr("Copy"), self.copy, icon="copy"))
        row.addWidget(button(tr("Paste and repeat"), self.paste, icon="paste"))
        row.addStretch(1)
        inside = column()
        for part in (self.words, self.json):
            inside.addWidget(part)
        inside.addLayout(row)
        self._inside = QWidget()
        self._inside.setLayout(inside)
        self._inside.hide()
        stack = column()
        stack.addWidget(self.fold)
        stack.addWidget(self._inside)
        self.setLayout(stack)
        studio.instrument.settled.connect(self.refresh)

    def refresh(self) -> None:
        """Show the recipe of what is seen now."""
        result = self._studio.instrument.result
        if not self._inside.isVisibleTo(self):
            return
        if result is None:
            self.words.setText(tr("Play something first."))
            self.json.setPlainText("")
            return
        recipe = result.recipe
        seed = tr("seed {seed}", seed=recipe.seed) if recipe.seed is not None else tr("a point")
        model = self._studio.choice.model
        self.words.setText(
            tr(
                "{model}, {seed}, {truncation} times as far from the typical",
                model=model.name if model else "",
                seed=seed,
                truncation=f"{result.truncation:.2f}",
            )
        )
        self.json.setPlainText(recipe.model_dump_json(indent=1))

    def copy(self) -> None:
        """Put the JSON on the clipboard."""
        result = self._studio.instrument.result
        if result:
            QGuiApplication.clipboard().setText(result.recipe.model_dump_json())

    def paste(self) -> None:
        """Repeat the recipe on the clipboard."""
        self._studio.explorer.paste(QGuiApplication.clipboard().text())

    def _toggle(self) -> None:
        self._inside.setVisible(self.fold.isChecked())
        self.refresh()
