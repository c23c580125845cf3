"""What is chosen about an export: format, size, how it is enlarged, quality, ground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QComboBox, QWidget

from aigc_studio.document.rendering import rgb_of
from aigc_studio.media.encode import Encoding
from aigc_studio.media.placing import MAX_SIDE
from aigc_studio.studio.export_work import Wish
from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas

FORMATS = {
    "png": later("PNG picture"),
    "jpg": later("JPEG picture"),
    "webp": later("WebP picture"),
    "avif": later("AVIF picture"),
    "tif": later("TIFF picture"),
    "ora": later("OpenRaster with layers"),
    "gif": later("GIF film"),
    "mp4": later("MP4 film"),
    "webp film": later("WebP film"),
    "png film": later("Sprite sheet with JSON"),
}
FILMS = ("gif", "mp4", "webp film", "png film")
LAYERED = "ora"
WITH_QUALITY = ("jpg", "webp", "avif")
WITHOUT_ALPHA = ("jpg", "mp4")
FACTORS = (1, 2, 4, 8)
_WHITE, _BLACK = (QColor(colour).name() for colour in (Qt.GlobalColor.white, Qt.GlobalColor.black))
_OTHER = ""
_REST_MS = 120
_QUALITY = Encoding().quality


class ExportForm(QWidget):
    """Only what matters for the format is shown.

    Signals:
        changed(): something else is chosen; numbers that still move are waited for.
    """

    changed = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.format = _box(tr("Format"))
        for key, words in FORMATS.items():
            if canvas.timeline.keyframes or key not in FILMS:
                self.format.addItem(tr(words), key)
        if canvas.timeline.keyframes:
            self.format.setCurrentIndex(self.format.findData("gif"))
        factors = {str(factor): f"{factor} x" for factor in FACTORS if self._fits(factor)}
        self.factor = Segmented(factors or {"1": "1 x"}, tr("Size"))
        ways = {"smooth": tr("Smooth"), "hard": tr("Hard pixels")}
        self.enlarge = Segmented(ways, tr("Enlarged"))
        shown = [layer for layer in canvas.layers if layer.visible]
        if shown and all(layer.sampling == "pixels" for layer in shown):
            self.enlarge.choose("hard")
        self.quality = NumberField(tr("Quality"), 1, 100, _QUALITY)
        self.ground = _box(tr("Behind clear parts"))
        for colour, words in ((_WHITE, tr("White")), (_BLACK, tr("Black"))):
            self.ground.addItem(words, colour)
        self.ground.addItem(tr("Another colour..."), _OTHER)
        self._parts: dict[str, QWidget] = {}
        self._assemble()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.changed)
        self.format.currentIndexChanged.connect(self._on_change)
        self.factor.chosen.connect(self._on_change)
        self.enlarge.chosen.connect(self._on_change)
        self.quality.changed.connect(self._rest.start)
        self.ground.activated.connect(self._on_ground)
        self._show_parts()

    def _fits(self, factor: int) -> bool:
        return max(self._canvas.width, self._canvas.height) * factor <= MAX_SIDE

    def _assemble(self) -> None:
        stack = column(gap=theme.SPACE[2])
        for key, words, field in (
            ("format", tr("Format"), self.format),
            ("factor", tr("Size"), self.factor),
            ("enlarge", tr("Enlarged"), self.enlarge),
            ("ground", tr("Behind clear parts"), self.ground),
        ):
            inside = column(gap=theme.SPACE[0])
            inside.addWidget(label(words, "caption"))
            inside.addWidget(field)
            part = self._parts[key] = QWidget()
            part.setLayout(inside)
            stack.addWidget(part)
        self._parts["quality"] = self.quality
        stack.addWidget(self.quality)
        self.setLayout(stack)

    @property
    def kind(self) -> str:
        """The chosen format."""
        return str(self.format.currentData())

    @property
    def suffix(self) -> str:
        """The ending of its files, without the dot."""
        return self.kind.partition(" ")[0]

    @property
    def is_film(self) -> bool:
        """Whether the timeline is exported."""
        return self.kind in FILMS

    def wish(self, path: Path | None = None) -> Wish:
        """All of it; `path` is where it goes, its ending is added where it lacks."""
        ending = f".{self.suffix}"
        where = path or Path(f"preview{ending}")
        if where.suffix.lower() != ending:
            where = where.with_name(where.name + ending)
        factor = 1 if self.kind == LAYERED else int(self.factor.choice)
        ground = rgb_of(str(self.ground.currentData()) or _WHITE) or (255, 255, 255)
        encoding = Encoding(quality=round(self.quality.value), background=ground)
        hard = factor > 1 and self.enlarge.choice == "hard"
        return Wish(where, factor, hard, self.is_film, encoding)

    def _on_change(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        clear = self._canvas.background is None and self.kind in WITHOUT_ALPHA
        self._parts["ground"].setVisible(clear)
        self._parts["factor"].setVisible(self.kind != LAYERED)
        self._parts["enlarge"].setVisible(int(self.factor.choice) > 1 and self.kind != LAYERED)
        self._parts["quality"].setVisible(self.kind in WITH_QUALITY)

    def _on_ground(self, index: int) -> None:
        if index < self.ground.count() - 1:
            self.changed.emit()
            return
        dialog = QColorDialog(self)
        dialog.colorSelected.connect(self.choose_ground)
        dialog.rejected.connect(lambda: self.ground.setCurrentIndex(0))
        dialog.open()

    def choose_ground(self, colour: QColor) -> None:
        """Take a colour of one's own."""
        if self.ground.findData(colour.name()) < 0:
            self.ground.insertItem(self.ground.count() - 1, colour.name(), colour.name())
        self.ground.setCurrentIndex(self.ground.findData(colour.name()))
        self.changed.emit()


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    return made
