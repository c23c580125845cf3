"""Models: a card for each, and everything a person should know of the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import folder_bytes
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.document.adoption import read_card
from aigc_studio.document.bundle import CARD
from aigc_studio.ui import theme
from aigc_studio.ui.models.deeds import ModelDeeds
from aigc_studio.ui.models.sheet import Sheet
from aigc_studio.ui.models.words import headline
from aigc_studio.ui.part import Part
from aigc_studio.ui.playing import play
from aigc_studio.ui.times import size
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import button, column, discard, frame, label
from aigc_studio.ui.widgets.card import Card
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.card import ModelCard
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Model
    from aigc_studio.studio.studio import Studio

_SHEET = 360


class ModelsPlace(Part):
    """Cards on the left, the chosen model on the right."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.deeds = ModelDeeds(studio, self)
        self.cards: dict[str, Card] = {}
        self.choice = ""
        self.count = label("", "caption")
        self.busy = label("", "secondary")
        self.sheet = Sheet()
        self._assemble()
        self._connect()
        self.refresh()

    def _assemble(self) -> None:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), 1)
        row.addWidget(self._right())
        self.empty = EmptyPlace(
            "models",
            tr("No models yet. Train one on your pictures, or import one."),
            (tr("Train a model"), lambda: self.place_wanted.emit("train")),
            (tr("Import a model..."), self.deeds.ask_import),
        )
        self.whole = QStackedWidget()
        self.whole.addWidget(page)
        self.whole.addWidget(self.empty)
        stack = column()
        stack.addWidget(self.whole)
        self.setLayout(stack)

    def _left(self) -> QWidget:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[1])
        head.setSpacing(theme.SPACE[2])
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.busy)
        head.addWidget(button(tr("Import a model..."), self.deeds.ask_import, icon="import"))
        cards = QWidget()
        self.flow = FlowLayout(cards)
        around = column(margin=theme.SPACE[3])
        around.addWidget(cards)
        around.addStretch(1)
        inside = QWidget()
        inside.setLayout(around)
        stack = column(gap=0)
        stack.addWidget(frame("bar", head))
        stack.addWidget(_scrolled(inside), 1)
        made = QWidget()
        made.setLayout(stack)
        return made

    def _right(self) -> QFrame:
        stack = column()
        stack.addWidget(_scrolled(self.sheet))
        made = frame("panel", stack)
        made.setFixedWidth(theme.px(_SHEET))
        return made

    def _connect(self) -> None:
        session = self.studio.session
        session.opened.connect(self.refresh)
        session.changed.connect(self._on_edit)
        self.studio.showcase.drawn.connect(self._on_drawn)
        self.deeds.told.connect(self.told)
        self.deeds.taken_in.connect(self.choose)
        self.deeds.checked.connect(self._on_checked)
        self.deeds.busy.connect(self.busy.setText)
        self.sheet.renamed.connect(self._rename)
        self.sheet.play_wanted.connect(self._play)
        self.sheet.train_wanted.connect(self._train)
        self.sheet.export_wanted.connect(lambda: self.deeds.ask_export(self.choice))
        self.sheet.check_wanted.connect(lambda: self.deeds.check(self.choice))
        self.sheet.removal_wanted.connect(self._remove)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self)
        remove.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        remove.activated.connect(self._remove)

    # What is shown

    def refresh(self) -> None:
        """Show the project as it is."""
        if not self.studio.session.is_open:
            return
        models = self.studio.session.project.models
        for card in self.cards.values():
            discard(card)
        while self.flow.count():
            self.flow.takeAt(0)
        self.cards = {key: self._card(model) for key, model in models.items()}
        for card in self.cards.values():
            self.flow.addWidget(card)
            card.show()
        self.count.setText(counted(len(models), "{n} model", "{n} models"))
        self.whole.setCurrentIndex(0 if models else 1)
        if models:
            self.choose(self.choice if self.choice in models else next(reversed(models)))

    def choose(self, model_id: str) -> None:
        """Show everything about a model."""
        model = self.studio.session.project.models.get(model_id)
        if model is None:
            return
        self.choice = model_id
        for key, each in self.cards.items():
            each.setChecked(key == model_id)
        card = self._read(model)
        self.sheet.show_model(
            model, card, self._disk(model), self._parent(model), model.family in FAMILIES
        )
        self.sheet.show_samples(self.studio.showcase.picture(model_id) if card else None)

    def _card(self, model: Model) -> Card:
        known = model.family in FAMILIES
        read = self._read(model)
        words = f"{headline(model, read)}\n{self._parent_words(model, read)}"
        made = Card(model.name, words, icon="models" if known and read else "warning")
        made.setCheckable(True)
        made.setToolTip(model.name)
        made.clicked.connect(lambda: self.choose(model.id))
        picture = self.studio.showcase.picture(model.id) if known and read else None
        if picture is not None:
            made.set_picture(picture)
        return made

    def _parent_words(self, model: Model, card: ModelCard | None) -> str:
        if card and card.data:
            return tr("of {collection}", collection=card.data.collection)
        parent = self._parent(model)
        return tr("from {parent}", parent=parent) if parent else model.family

    def _read(self, model: Model) -> ModelCard | None:
        try:
            return read_card(self._folder(model) / CARD)
        except StudioError:
            return None

    def _folder(self, model: Model) -> Path:
        return self.studio.session.store.model_folder(model.id)

    def _disk(self, model: Model) -> str:
        try:
            return size(folder_bytes(self._folder(model)))
        except StudioError:
            return size(0)

    def _parent(self, model: Model) -> str:
        if model.parent is None:
            return ""
        there = self.studio.session.project.models.get(model.parent)
        return there.name if there else tr("{id}, not in this project", id=model.parent[:12])

    def _on_drawn(self, model_id: str) -> None:
        picture = self.studio.showcase.picture(model_id)
        if model_id in self.cards and picture is not None:
            self.cards[model_id].set_picture(picture)
        if model_id == self.choice:
            self.sheet.show_samples(picture)

    def _on_edit(self, edit: Edit) -> None:
        if any(change.table == "models" for change in edit.changes):
            self.refresh()

    def _on_checked(self, model_id: str, fault: str) -> None:
        if model_id == self.choice:
            self.sheet.tell(
                fault or tr("It is whole, to its last byte."), "error" if fault else "ok"
            )

    # Deeds

    def _rename(self, name: str) -> None:
        if not self.deeds.rename(self.choice, name):
            self.choose(self.choice)

    def _play(self) -> None:
        if play(self.studio, self.choice):
            self.told.emit(tr("The dock plays {name} now.", name=self.cards[self.choice].text()))

    def _remove(self) -> None:
        if self.choice:
            self.deeds.remove(self.choice)

    def _train(self) -> None:
        self.studio.desk.propose(parent=self.choice)
        self.place_wanted.emit("train")

    def take_files(self, paths: list[Path], collection: str = "") -> bool:
        """Folders and files with weights are models; everything else is for the library."""
        models = [path for path in paths if _is_model(path)]
        if not models or len(models) < len(paths) or not self.studio.session.is_open:
            return False
        for path in models:
            self.deeds.take_in(path)
        return True


def _is_model(path: Path) -> bool:
    return path.suffix.lower() == ".safetensors" or (path / CARD).is_file()


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
