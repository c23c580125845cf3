"""What was liked and disliked, and the direction that is learned from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.catalog.directions import missing
from aigc_studio.ui import theme
from aigc_studio.ui.keys import shown_keys
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class Lessons(QWidget):
    """How many there are, how many are missing, and a button.

    Signals:
        learned(): a direction was learned.
    """

    learned = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.words = label("", "caption", wrap=True)
        self.learn = button(tr("Learn"), self._learn, icon="star")
        self.learn.setToolTip(tr("Learn the direction from what you dislike to what you like"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.words, 1)
        row.addWidget(self.learn)
        studio.directions.lessons_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Count what there is."""
        liked, disliked = (len(lessons) for lessons in self._studio.directions.lessons)
        likes, dislikes = missing(liked, disliked)
        self.learn.setEnabled(not likes and not dislikes)
        there = tr("{liked} liked, {disliked} disliked.", liked=liked, disliked=disliked)
        if likes or dislikes:
            keys = [self._keys("play.like"), self._keys("play.dislike")]
            there = tr(
                "{there} To learn a direction, like {likes} more ({like}) and dislike {dislikes} "
                "more ({dislike}).",
                there=there,
                likes=likes,
                dislikes=dislikes,
                like=keys[0],
                dislike=keys[1],
            )
        self.words.setText(there)

    def _keys(self, command: str) -> str:
        commands = self._studio.commands
        return shown_keys(commands.keys_of(command)[:1]) if command in commands else ""

    def _learn(self) -> None:
        if self._studio.directions.learn():
            self.learned.emit()
