"""How the selected rectangle is painted anew, and what begins and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from aigc_studio.studio.repainting import LEAST, MOST_FEATHER, Wish
from aigc_studio.studio.telling import MOST_WORDS
from aigc_studio.ui import theme
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aigc_studio.studio.studio import Studio

_WIDTH = 520


class RepaintBar(QFrame):
    """Bound to `Repainting`; there only while a rectangle is selected."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._repainting = studio, studio.repainting
        self._busy = False
        self.setProperty("kind", "popover")
        self.setMinimumWidth(theme.px(_WIDTH))
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("What is to be seen there"))
        self.words.setPlaceholderText(tr("What is to be seen there"))
        self.words.setMaxLength(MOST_WORDS)
        self.title = label(tr("Repaint the selection"), "strong")
        self.strength = Slider(tr("Strength"), LEAST, 1.0, Wish().strength)
        self.strength.setToolTip(tr("How much of what is there is painted anew"))
        self.feather = NumberField(tr("Feather"), 0, MOST_FEATHER, unit=" px")
        self.feather.setToolTip(tr("How softly the edge goes over into what lies round it"))
        command = "canvas.repaint"
        self.ok = button(
            tr("Repaint"), lambda: studio.commands.run(command), kind="primary", icon="wand"
        )
        self.again = button(tr("Again"), self._repainting.vary, icon="random")
        self.again.setToolTip(tr("Another one in its place"))
        self.cancel = button(tr("Cancel"), self._repainting.cancel)
        self.progress = ProgressLine(steady=True, named=False)
        self.advice = label(
            tr("No model here can repaint. Train one of the family image-flow for it."),
            "secondary",
            wrap=True,
        )
        self._assemble()
        self._connect()
        self.hide()

    def _assemble(self) -> None:
        self.controls = QWidget()
        head, numbers = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.words, 1)
        for part in (self.cancel, self.again, self.ok):
            head.addWidget(part)
        numbers.addWidget(label(tr("A little"), "caption"))
        numbers.addWidget(self.strength, 1)
        numbers.addWidget(label(tr("All anew"), "caption"))
        numbers.addSpacing(theme.SPACE[2])
        numbers.addWidget(self.feather)
        inside = column(gap=theme.SPACE[2])
        for row in (head, numbers):
            row.setSpacing(theme.SPACE[2])
            inside.addLayout(row)
        inside.addWidget(self.progress)
        self.controls.setLayout(inside)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[2])
        stack.addWidget(self.controls)
        stack.addWidget(self.advice)
        self.setLayout(stack)

    def _connect(self) -> None:
        repainting = self._repainting
        self.words.textEdited.connect(lambda words: repainting.change(words=words))
        self.words.returnPressed.connect(self.ok.click)
        self.strength.moved.connect(lambda strength: repainting.change(strength=strength))
        self.feather.changed.connect(lambda feather: repainting.change(feather=feather))
        self._studio.stage.canvas_changed.connect(self._refresh_seen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends what is being painted, or else selects nothing."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._repainting.busy:
            self._repainting.cancel()
        else:
            self._studio.stage.choose_region(None)

    def _refresh_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the wish, what can be done, and what goes on."""
        repainting, wish = self._repainting, self._repainting.wish
        able, busy, listens = repainting.model is not None, repainting.busy, repainting.listens
        self.controls.setVisible(able or busy)
        self.advice.setVisible(not able and not busy)
        self.words.setVisible(listens)
        self.title.setVisible(not listens)
        if self.words.text() != wish.words:
            self.words.setText(wish.words)
        self.strength.show_number(wish.strength)
        self.feather.show_value(wish.feather)
        self._show_buttons(busy=busy)
        self._show_progress(busy=busy)

    def _show_buttons(self, *, busy: bool) -> None:
        """The focus goes from a button that ends to the one that takes its place."""
        varies = not busy and self._repainting.can_vary
        left = (self.again, self.ok) if busy else (self.cancel,)
        follows = self.window().focusWidget() in left
        for each, shown in ((self.cancel, busy), (self.again, varies)):
            if shown:
                each.show()
        self.ok.setEnabled(not busy)
        if follows:
            (self.cancel if busy else self.again if varies else self.ok).setFocus()
        self.cancel.setVisible(busy)
        self.again.setVisible(varies)

    def _show_progress(self, *, busy: bool) -> None:
        if busy and not self._busy:
            self.progress.start(tr("Repainting..."))
        elif not busy:
            self.progress.stop()
        self._busy = busy
