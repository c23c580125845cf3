"""Two results side by side, in the place of the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class Beside(QWidget):
    """A at the left, B or what is played at the right."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._compare = studio.compare
        self.left, self.right = Preview("A"), Preview("B")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        for part in (self.left, self.right):
            part.show_dashed(False)
            row.addWidget(part)
        studio.compare.changed.connect(self.refresh)
        studio.instrument.picture.connect(self._on_picture)
        self.refresh()

    def setFixedHeight(self, height: int) -> None:
        """Both are as high."""
        super().setFixedHeight(height)
        for part in (self.left, self.right):
            part.setFixedHeight(height)

    def refresh(self) -> None:
        """Show both sides."""
        self.setVisible(self._compare.is_beside)
        for preview, played, words in zip(
            (self.left, self.right), self._compare.sides, self._words(), strict=True
        ):
            preview.show_picture(played.picture if played else QImage())
            preview.show_note(words)

    def _words(self) -> tuple[str, str]:
        before = "A" if self._compare.pinned("a") else tr("Before")
        return before, "B" if self._compare.pinned("b") else tr("Now")

    def _on_picture(self, picture: QImage) -> None:
        if self._compare.is_beside and not self._compare.pinned("b"):
            self.right.show_picture(picture)
