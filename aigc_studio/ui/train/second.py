"""The second collection, for what learns from two; an offer to draw one out of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from aigc_studio.document.deriving import derived_from
from aigc_studio.document.learned_from import fitting_seconds, usual_second
from aigc_studio.ui import theme
from aigc_studio.ui.library.import_line import WorkLine, told
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from aigc_studio.catalog.families import Family
    from aigc_studio.document.importing import ImportReport
    from aigc_studio.document.model import Collection, Project
    from aigc_studio.studio.studio import Studio


class SecondCollection(QWidget):
    """Shown for families that learn from two collections.

    What a person chose stays as long as it fits; until then the usual one is proposed, see
    `document.learned_from`.

    Signals:
        changed(): another one is chosen, or none any more.
        told(object): words for the message bar.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._importer = studio.importer
        self._first: Collection | None = None
        self._by_hand = self._is_derived = False
        self._drawing = ""  # name of the collection that is being drawn
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Second collection"))
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setPlaceholderText(tr("Choose a collection"))
        self.many = label("", "caption", wrap=True)
        self.hint = label(
            tr(
                "The same things in another look, such as drawings and their outlines. Which "
                "picture belongs to which need not be told: what both have in common is found."
            ),
            "caption",
            wrap=True,
        )
        self.offer = button(tr("Make outlines of the first collection"), self._draw, icon="wand")
        self.line = WorkLine(tr("Drawing outlines"), self._importer.cancel, _drawn)
        stack = column(gap=theme.SPACE[1])
        stack.addSpacing(theme.SPACE[1])
        stack.addWidget(label(tr("Second collection"), "strong"))
        for part in (self.box, self.many, self.hint):
            stack.addWidget(part)
        stack.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self.line)
        self.setLayout(stack)
        self.hide()
        self.box.activated.connect(self._on_chosen)
        self._importer.begun.connect(self._enable)
        self._importer.progressed.connect(self._on_progress)
        self._importer.done.connect(self._on_done)
        self._importer.ended.connect(self._on_end)

    @property
    def choice(self) -> str:
        """Id of the chosen collection; "" for none."""
        return str(self.box.currentData() or "")

    def show_for(self, project: Project, entry: Family, first: Collection | None) -> None:
        """Offer what fits beside the first one, or hide where the family needs no second."""
        before, self._first = self.choice, first
        self.setVisible(entry.pairs and first is not None)
        self.box.clear()
        if first is None or not entry.pairs:
            return
        for each in fitting_seconds(project, entry, first):
            self.box.addItem(each.name, each.id)
        self._by_hand = self._by_hand and self.box.findData(before) >= 0
        usual = usual_second(project, entry, first)
        self.choose(before if self._by_hand else usual.id if usual else "")
        self._is_derived = derived_from(project, first) is not None
        self._describe(project)
        self._enable()

    def choose(self, key: str) -> None:
        """Choose by id; "" for none."""
        self.box.setCurrentIndex(self.box.findData(key) if key else -1)

    def _describe(self, project: Project) -> None:
        chosen = project.collections.get(self.choice)
        if chosen:
            self.many.setText(counted(len(chosen.items), "{n} picture", "{n} pictures"))
        elif self.box.count():
            self.many.setText(tr("Choose the collection with the other look."))
        else:
            self.many.setText(tr("No other collection holds pictures yet."))

    @Slot()
    def _on_chosen(self) -> None:
        self._by_hand = True
        self.changed.emit()

    def _draw(self) -> None:
        if self._first is not None:
            self._drawing = self._importer.derive(self._first, "outline")
            self._enable()

    @Slot()
    def _enable(self) -> None:
        self.offer.setVisible(not self._is_derived and not self._drawing)
        self.offer.setEnabled(not self._importer.running)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if self._drawing:
            self.line.show_progress(done, total)

    @Slot(object)
    def _on_done(self, report: ImportReport) -> None:
        made = report.collection
        if not self._drawing or made is None or made.name != self._drawing:
            return
        self._by_hand = True
        self.choose(made.id)
        self.told.emit(told(report))
        self.changed.emit()

    @Slot()
    def _on_end(self) -> None:
        self._drawing = ""
        self.line.end()
        self._enable()


def _drawn(done: int, total: int) -> str:
    pictures = counted(total, "{n} picture", "{n} pictures")
    return tr("Drawing outlines: {done:,} of {pictures}", done=done, pictures=pictures)
