"""What a crash left of the starter: go on with it, keep it as a project, or discard it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QWidget

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.errand import Errand
from aigc_studio.ui import theme
from aigc_studio.ui.times import ago
from aigc_studio.ui.translate import counted, together, tr
from aigc_studio.ui.widgets.basics import button, column, frame, label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.document.starter_copies import Left
    from aigc_studio.ui.places.glances import Glance

_MOST_SHOWN = 4


class LeftStarters(QWidget):
    """One card for each copy that was neither kept nor let go; hidden without any.

    Signals:
        wanted(object): go on with the copy at this Path.
        keeping_wanted(object): open it, and keep it as a project.
        told(object): a StudioError.
    """

    wanted = Signal(object)
    keeping_wanted = Signal(object)
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._errand: Errand | None = None
        self._again = False
        self._cards = column(gap=theme.SPACE[1])
        stack = column(gap=theme.SPACE[2])
        stack.addWidget(label(tr("Left in the starter"), "heading"))
        stack.addLayout(self._cards)
        self.setLayout(stack)
        self.hide()

    def refresh(self) -> None:
        """Look again, away from the window's thread."""
        self._again = self._errand is not None  # what a look that goes on sees may be old
        if self._errand is None:
            self._errand = Errand(_look, self)
            self._errand.done.connect(self._show)
            self._errand.ended.connect(self._on_ended)
            self._errand.start()

    def close_down(self) -> None:
        """Wait for the look that is being taken; nothing is shown any more."""
        errand, self._errand = self._errand, None
        if errand:
            errand.disarm()
            errand.wait()

    def _on_ended(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            errand.deleteLater()
        if self._again:
            self.refresh()

    def _show(self, found: list[tuple[Left, Glance]]) -> None:
        while item := self._cards.takeAt(0):
            if card := item.widget():
                card.hide()
                card.deleteLater()
        for left, seen in found:
            self._cards.addWidget(self._card(left, seen))
        self.setVisible(bool(found))

    def _card(self, left: Left, seen: Glance) -> QFrame:
        row = QHBoxLayout()
        row.setContentsMargins(*[theme.SPACE[2]] * 4)
        row.setSpacing(theme.SPACE[2])
        row.addWidget(_picture(seen.picture))
        words = column(gap=theme.SPACE[0])
        words.addStretch(1)
        words.addWidget(label(tr("Starter, {ago}", ago=ago(left.changed)), "strong"))
        words.addWidget(label(_told(left, seen), "secondary", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        folder = left.folder
        go_on = button(tr("Go on"), lambda: self.wanted.emit(folder), icon="play")
        keep = button(tr("Keep as a project..."), lambda: self.keeping_wanted.emit(folder))
        discard = button(tr("Discard..."), lambda: self._discard(folder), kind="danger")
        for each in (go_on, keep, discard):
            row.addWidget(each)
        return frame("card", row)

    def _discard(self, folder: Path) -> None:
        if not self._is_sure():
            return
        from aigc_studio.document import starter_copies

        try:
            starter_copies.let_go(folder)
        except StudioError as error:
            self.told.emit(error)
        self.refresh()

    def _is_sure(self) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle(tr("Discard"))
        box.setText(tr("Discard what was made in this starter?"))
        box.setInformativeText(tr("This cannot be undone. The starter itself stays."))
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.exec()
        sure = box.clickedButton() is discard
        box.deleteLater()
        return sure


def _look() -> list[tuple[Left, Glance]]:
    # Loaded in the thread: the first paint waits for none of it.
    from aigc_studio.document import starter_copies
    from aigc_studio.ui.places.glance import glance

    return [(left, glance(left.folder)) for left in starter_copies.left()[:_MOST_SHOWN]]


def _told(left: Left, seen: Glance) -> str:
    parts = [tr("The studio ended before you could keep it.")]
    if left.unsaved:
        unsaved = counted(left.unsaved, "{n} change is recovered.", "{n} changes are recovered.")
        parts.append(unsaved)
    if seen.unfinished:
        parts.append(tr("Training in it can go on."))
    return together(parts)


def _picture(sheet: QImage) -> QLabel:
    made = QLabel()
    side = theme.px(theme.THUMBNAIL_SMALL)
    made.setFixedSize(round(side * 1.6), side)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    ratio = made.devicePixelRatioF()
    fitted = sheet.scaled(
        made.size() * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    fitted.setDevicePixelRatio(ratio)
    made.setPixmap(QPixmap.fromImage(fitted))
    return made
