"""Prepare: how the pictures of a collection become training items, what is left out and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFormLayout,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from aigc_studio.media.preparation import SIZES, Preparation
from aigc_studio.ui import theme
from aigc_studio.ui.library.pairs import Pairs
from aigc_studio.ui.translate import counted, later, titled, together, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.model import Collection
    from aigc_studio.document.preparing import Alike, Note, Outlook
    from aigc_studio.studio.study import Studied

_FITS = (
    ("pad", later("Keep all, add a margin")),
    ("crop", later("Fill the square, cut the rest")),
    ("stretch", later("Stretch to a square")),
)
_COLOURS = (
    ("auto", later("As the pictures are")),
    ("rgba", later("Colour with transparency")),
    ("rgb", later("Colour")),
    ("grey", later("Grey")),
)
_GROUNDS = (
    ("", later("Automatic")),
    ("255,255,255", later("White")),
    ("0,0,0", later("Black")),
    ("choose", later("Choose...")),
)
VERDICTS = {
    "broken": later("Broken"),
    "tiny": later("Too small"),
    "empty": later("Nothing on it"),
    "unsupported": later("Not a picture"),
    "duplicate": later("The same again"),
    "scaled down": later("Made smaller"),
    "padded": later("Given a margin"),
    "cropped": later("Cut"),
    "colour": later("Other colours"),
}
_LISTED = 200
_ID = 0x0100 + 1


class PreparePanel(QWidget):
    """Settings, a summary, pictures before and after, and what happens to which.

    Signals:
        changed(object): a person wants this `Preparation`.
        asset_chosen(str): show this picture.
        training_wanted(): train on the collection.
        alike_wanted(object): look at these groups of near duplicates.
    """

    changed = Signal(object)
    alike_wanted = Signal(object)
    asset_chosen = Signal(str)
    training_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._collection = ""
        self._preparation = Preparation()
        self.side = _choices(
            tr("Size"),
            [("", tr("Automatic")), *((str(side), f"{side} x {side}") for side in SIZES)],
        )
        self.fit = _choices(tr("Fit"), [(key, tr(words)) for key, words in _FITS])
        self.colour = _choices(tr("Colour"), [(key, tr(words)) for key, words in _COLOURS])
        self.ground = _choices(tr("Background"), [(key, tr(words)) for key, words in _GROUNDS])
        self.smallest = NumberField(tr("Leave out below"), 1, 1024, 8, unit=" px")
        self.summary = label("", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.pairs = Pairs()
        self.notes = QTreeWidget()
        self.train = button(
            tr("Train on these"), self.training_wanted.emit, kind="primary", icon="train"
        )
        self.alike = button("", self._show_alike)
        self._groups: tuple[Alike, ...] = ()
        self.settings = self._settings()
        self.nothing = label(
            tr("Choose a collection on the left to see what training would make of it."),
            "secondary",
            wrap=True,
        )
        self._assemble()
        self._connect()

    def _settings(self) -> QWidget:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE[2])
        form.setVerticalSpacing(theme.SPACE[1])
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for box in (self.side, self.fit, self.colour, self.ground):
            form.addRow(label(box.accessibleName(), "secondary"), box)
        form.addRow(self.smallest)
        made = QWidget()
        made.setLayout(form)
        return made

    def _assemble(self) -> None:
        self.notes.setHeaderHidden(True)
        self.notes.setAccessibleName(tr("What happens to the pictures"))
        self.notes.setMinimumHeight(theme.px(160))
        self.found = QWidget()
        inner = column(gap=theme.SPACE[2])
        inner.addWidget(self.summary)
        inner.addWidget(self.progress)
        inner.addWidget(self.train)
        inner.addWidget(self.settings)
        inner.addWidget(self.pairs)
        inner.addWidget(self.alike)
        inner.addWidget(label(tr("What happens to the pictures"), "strong"))
        inner.addWidget(self.notes, 1)
        self.found.setLayout(inner)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[2])
        stack.addWidget(self.nothing)
        stack.addWidget(self.found, 1)
        stack.addStretch(0)
        self.setLayout(stack)
        self.alike.hide()
        self.found.hide()

    def _connect(self) -> None:
        self.side.activated.connect(
            lambda: self._change("size", int(self.side.currentData() or 0) or None)
        )
        self.fit.activated.connect(lambda: self._change("fit", self.fit.currentData()))
        self.colour.activated.connect(lambda: self._change("colour", self.colour.currentData()))
        self.ground.activated.connect(self._choose_ground)
        self.smallest.changed.connect(lambda value: self._change("smallest", int(value)))
        self.notes.itemActivated.connect(self._on_note)
        self.notes.itemClicked.connect(self._on_note)

    def show_collection(self, collection: Collection | None) -> None:
        """Show how a collection is prepared; what comes of it follows by `show_study`."""
        self.nothing.setVisible(collection is None)
        self.found.setVisible(collection is not None)
        if collection is None:
            return
        if collection.id != self._collection:
            self._collection = collection.id
            self.summary.clear()
            self.notes.clear()
            self.pairs.show_pairs(())
            self.alike.hide()
        wanted = self._preparation = collection.preparation
        _select(self.side, str(wanted.size or ""))
        _select(self.fit, wanted.fit)
        _select(self.colour, wanted.colour)
        _select(self.ground, _text_of(wanted.background))
        self.smallest.show_value(wanted.smallest)

    def show_progress(self, done: int, total: int) -> None:
        """It is being looked at."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.show()

    def show_study(self, studied: Studied) -> None:
        """Show what came of a look."""
        seen = studied.outlook
        self.progress.hide()
        self.summary.setText(summary(seen))
        self.train.setEnabled(seen.usable > 0)
        self.pairs.show_pairs(studied.pairs)
        self._groups = seen.alike
        self.alike.setVisible(bool(seen.alike))
        self.alike.setText(
            counted(
                len(seen.alike),
                "{n} group of near duplicates...",
                "{n} groups of near duplicates...",
            )
        )
        self.notes.clear()
        for words, notes in (
            (tr("Left out"), seen.left_out),
            (tr("Found twice, used once"), seen.duplicates),
            (tr("Changed"), seen.changed),
        ):
            self._add_notes(words, notes)
        if not self.notes.topLevelItemCount():
            self.notes.addTopLevelItem(QTreeWidgetItem([tr("All are taken as they are.")]))

    def _add_notes(self, words: str, notes: Sequence[Note]) -> None:
        for verdict, count in Counter(note.verdict for note in notes).most_common():
            group = QTreeWidgetItem([f"{titled(words, tr(VERDICTS[verdict]))} ({count:,})"])
            for note in [note for note in notes if note.verdict == verdict][:_LISTED]:
                row = QTreeWidgetItem([note.name])
                row.setToolTip(0, worded(note.reason))
                row.setData(0, _ID, note.asset)
                group.addChild(row)
            self.notes.addTopLevelItem(group)

    def _show_alike(self) -> None:
        self.alike_wanted.emit(self._groups)

    def _on_note(self, item: QTreeWidgetItem) -> None:
        if asset := item.data(0, _ID):
            self.asset_chosen.emit(asset)

    def _choose_ground(self) -> None:
        chosen = str(self.ground.currentData())
        if chosen == "choose":
            colour = QColorDialog.getColor(QColor(*(self._preparation.background or ())), self)
            if not colour.isValid():
                _select(self.ground, _text_of(self._preparation.background))
                return
            chosen = f"{colour.red()},{colour.green()},{colour.blue()}"
        value = tuple(int(part) for part in chosen.split(",")) if chosen else None
        self._change("background", value)

    def _change(self, field: str, value: object) -> None:
        wished = Preparation.model_validate({**dict(self._preparation), field: value})
        if wished != self._preparation:
            self.changed.emit(wished)


def summary(seen: Outlook) -> str:
    """What training would make of a collection, in two sentences."""
    if not seen.usable or seen.preparation is None:
        return tr("None of these pictures can be trained on.")
    settled = seen.preparation
    first = tr(
        "{usable:,} of {items:,} pictures can be trained on; {held:,} of them are kept for "
        "measuring.",
        usable=seen.usable,
        items=seen.items,
        held=seen.held_out,
    )
    colours = tr(dict(_COLOURS)[settled.colour]).lower()
    second = tr(
        "Each becomes {side} x {side} pixels, {colours}.", side=settled.size, colours=colours
    )
    return together([first, second])


def _choices(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for key, words in choices:
        made.addItem(words, key)
    return made


def _select(box: QComboBox, key: str) -> None:
    if box.findData(key) < 0:
        box.insertItem(max(0, box.count() - 1), f"#{_hex(key)}", key)
    box.setCurrentIndex(box.findData(key))


def _hex(key: str) -> str:
    return "".join(f"{int(part):02X}" for part in key.split(",") if part)


def _text_of(ground: tuple[int, int, int] | None) -> str:
    return ",".join(str(part) for part in ground) if ground else ""
