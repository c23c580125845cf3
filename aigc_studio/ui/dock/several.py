"""What the dock shows while several layers are selected: only what is for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, discard, label

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

_MOST = 8


class SeveralPage(QWidget):
    """Deeds for all of them, and the way to one."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.ways: list[QPushButton] = []
        self.words = label("", "secondary", wrap=True)
        commands = studio.commands
        self.key = button(
            tr("Add key to all"), lambda: commands.run("timeline.key"), icon="key-add"
        )
        self.freeze = button(
            tr("Freeze or wake all"), lambda: commands.run("canvas.freeze"), icon="freeze"
        )
        self._choices: QVBoxLayout = column()
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[2])
        stack.addWidget(self.words)
        stack.addWidget(self.key)
        stack.addWidget(self.freeze)
        stack.addLayout(self._choices)
        stack.addStretch(1)
        self.setLayout(stack)

    def show_layers(self, layers: list[Layer]) -> None:
        """Show what can be done with these."""
        living = [layer for layer in layers if layer.living]
        self.words.setText(
            tr("The pad plays one living layer at a time: choose one.")
            if living
            else tr("These are plain pictures: no model plays them.")
        )
        self.key.setVisible(bool(living))
        self.freeze.setVisible(bool(living))
        for way in self.ways:
            discard(way)
        wakeful = [layer for layer in reversed(living) if not layer.frozen]
        self.ways = [self._way(layer) for layer in wakeful[:_MOST]]

    def _way(self, layer: Layer) -> QPushButton:
        made = button(layer.name, lambda: self._studio.stage.select((layer.id,)), icon="pad")
        self._choices.addWidget(made)
        return made
