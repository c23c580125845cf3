"""Everything a person should know of one model, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.library.details import Picture
from aigc_studio.ui.models import words
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, frame, label
from aigc_studio.ui.widgets.line_field import LineField
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from aigc_studio.catalog.card import ModelCard
    from aigc_studio.document.model import Model


class Sheet(QWidget):
    """Samples, name, buttons, facts, figures, limits.

    Signals:
        renamed(str), play_wanted(), train_wanted(), export_wanted(), check_wanted(),
        removal_wanted(): for the model that is shown.
    """

    renamed = Signal(str)
    play_wanted = Signal()
    train_wanted = Signal()
    export_wanted = Signal()
    check_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.samples = Picture(tr("Samples of the model"))
        self.samples.set_aspect(0.625)
        self.name = LineField(tr("Name"))
        self.name.committed.connect(self.renamed)
        self.play = button(tr("Play"), self.play_wanted.emit, kind="primary", icon="play")
        self.train = button(tr("Train further"), self.train_wanted.emit, icon="train")
        self.export = button(tr("Export..."), self.export_wanted.emit, icon="export")
        self.check = button(tr("Check"), self.check_wanted.emit, icon="check")
        self.remove = button(tr("Remove"), self.removal_wanted.emit, kind="danger", icon="trash")
        self.told = label("", wrap=True)
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(theme.SPACE[2])
        self.facts.setVerticalSpacing(theme.SPACE[1])
        self.facts.setColumnStretch(1, 1)
        self.figures = column(gap=theme.SPACE[1])
        self.limits = label("", wrap=True)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[3])
        stack.addWidget(frame("stage", _around(self.samples)))
        stack.addWidget(self.name)
        for row in ((self.play, self.train), (self.export, self.check, self.remove)):
            line = QHBoxLayout()
            line.setSpacing(theme.SPACE[1])
            for each in row:
                line.addWidget(each, 1)
            stack.addLayout(line)
        stack.addWidget(self.told)
        stack.addLayout(self.facts)
        self.measured = label(tr("How good it measured"), "strong")
        stack.addWidget(self.measured)
        stack.addLayout(self.figures)
        self.limited = label(tr("Honest limits"), "strong")
        stack.addWidget(self.limited)
        stack.addWidget(self.limits)
        stack.addStretch(1)
        self.setLayout(stack)

    def show_model(
        self, model: Model, card: ModelCard | None, disk: str, parent: str, known: bool
    ) -> None:
        """Show a model; without a card its files are missing."""
        self.name.show_text(model.name)
        self.told.setText("")
        self.told.hide()
        playable = card is not None and known
        for each in (self.play, self.train):
            each.setEnabled(playable)
        for each in (self.export, self.check):
            each.setEnabled(card is not None)
        _clear(self.facts)
        _clear(self.figures)
        if card is None or not known:
            self.tell(_unusable(card is None), "warn")
        if card is not None:
            self._show_card(card, disk, parent)
        self.measured.setVisible(bool(self.figures.count()))
        limits = card.limits if card else ()
        self.limited.setVisible(bool(limits))
        self.limits.setText("\n".join(map(worded, limits)))

    def show_samples(self, image: QImage | None) -> None:
        """Show what it makes."""
        self.samples.show_picture(image)

    def tell(self, what: str, kind: str = "") -> None:
        """Say something about this model."""
        self.told.setProperty("kind", kind)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(what)
        self.told.show()

    def _show_card(self, card: ModelCard, disk: str, parent: str) -> None:
        for row, (what, value) in enumerate(words.facts(card, disk, parent)):
            top = Qt.AlignmentFlag.AlignTop
            self.facts.addWidget(label(what, "caption"), row, 0, top)
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.facts.addWidget(shown, row, 1)
        for name, value, tells in words.figures(card):
            line = QHBoxLayout()
            line.addWidget(label(name, wrap=True), 1)
            line.addWidget(label(value, "strong"))
            inner = column(gap=2)
            inner.addLayout(line)
            inner.addWidget(label(tells, "caption", wrap=True))
            part = QWidget()
            part.setLayout(inner)
            self.figures.addWidget(part)


def _unusable(missing: bool) -> str:
    if missing:
        return tr("Its files are missing. Import the model again, or remove it.")
    return tr("This version does not know its family. It is kept as it is and can be exported.")


def _around(widget: QWidget) -> QLayout:
    made = column(margin=theme.SPACE[1])
    made.addWidget(widget)
    return made


def _clear(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget:
            widget.hide()
            widget.deleteLater()
