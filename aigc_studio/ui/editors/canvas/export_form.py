"""What is chosen about an export: format, size, how it is enlarged, quality, ground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QWidget

from aigc_studio.document.rendering import rgb_of
from aigc_studio.document.results import factor_of
from aigc_studio.media.encode import Encoding
from aigc_studio.media.placing import MAX_SIDE
from aigc_studio.media.sequence import is_pattern
from aigc_studio.studio.export_work import Wish
from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.chosen import ChosenModel

FORMATS = {
    "png": later("PNG picture"),
    "jpg": later("JPEG picture"),
    "webp": later("WebP picture"),
    "avif": later("AVIF picture"),
    "tif": later("TIFF picture"),
    "ora": later("OpenRaster with layers"),
    "gif": later("GIF film"),
    "mp4": later("MP4 film"),
    "webm": later("WebM film"),
    "webp film": later("WebP film"),
    "png film": later("Sprite sheet with JSON"),
    "png frames": later("Numbered PNG pictures"),
}
FILMS = ("gif", "mp4", "webm", "webp film", "png film", "png frames")
LAYERED = "ora"
WITH_QUALITY = ("jpg", "webp", "avif")
WITHOUT_ALPHA = ("jpg", "mp4", "webm")
_DIGITS = "####"
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

    def __init__(self, canvas: Canvas, upscalers: Sequence[ChosenModel] = ()) -> None:
        """`upscalers` are the models that can enlarge it."""
        super().__init__()
        self._canvas = canvas
        self._upscalers = {model.word: model for model in upscalers}
        self.format = _box(tr("Format"))
        for key, words in FORMATS.items():
            if canvas.timeline.all_keys or key not in FILMS:
                self.format.addItem(tr(words), key)
        if canvas.timeline.all_keys:
            self.format.setCurrentIndex(self.format.findData("gif"))
        factors = {str(factor): f"{factor} x" for factor in FACTORS if self._fits(factor)}
        self.factor = Segmented(factors or {"1": "1 x"}, tr("Size"))
        ways = {"smooth": tr("Smooth"), "hard": tr("Hard pixels")}
        if self._upscalers:  # three have room for short words alone
            ways = {"smooth": tr("Smooth"), "hard": tr("Pixels"), "model": tr("Model")}
        self.enlarge = Segmented(ways, tr("Enlarged"))
        self.upscaler = _box(tr("Model that enlarges"))
        shown = [layer for layer in canvas.layers if layer.visible]
        if shown and all(layer.sampling == "pixels" for layer in shown):
            self.enlarge.choose("hard")
        self.tile = QCheckBox(tr("Seamless tile"))
        self.tile.setToolTip(tr("Each edge goes on at the other: to be laid beside itself."))
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
        self.upscaler.currentIndexChanged.connect(self._on_change)
        self.quality.changed.connect(self._rest.start)
        self.tile.toggled.connect(self._on_change)
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
            ("upscaler", tr("Model that enlarges"), self.upscaler),
            ("ground", tr("Behind clear parts"), self.ground),
        ):
            inside = column(gap=theme.SPACE[0])
            inside.addWidget(label(words, "caption"))
            inside.addWidget(field)
            part = self._parts[key] = QWidget()
            part.setLayout(inside)
            stack.addWidget(part)
        self._parts |= {"quality": self.quality, "tile": self.tile}
        stack.addWidget(self.quality)
        stack.addWidget(self.tile)
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

    @property
    def is_tile(self) -> bool:
        """Whether it becomes a seamless tile."""
        return self.tile.isChecked() and not self.is_film

    def wish(self, path: Path | None = None) -> Wish:
        """All of it; `path` is where it goes, its ending is added where it lacks."""
        ending = f".{self.suffix}"
        where = path or Path(f"preview{ending}")
        if where.suffix.lower() != ending:
            where = where.with_name(where.name + ending)
        if self.kind == "png frames" and not is_pattern(where.name):
            where = where.with_suffix("") / f"{where.stem}-{_DIGITS}{ending}"
        factor = 1 if self.kind == LAYERED else int(self.factor.choice)
        ground = rgb_of(str(self.ground.currentData()) or _WHITE) or (255, 255, 255)
        encoding = Encoding(quality=round(self.quality.value), background=ground)
        way = self.enlarge.choice if factor > 1 else ""
        model = self._upscalers.get(str(self.upscaler.currentData())) if way == "model" else None
        return Wish(where, factor, way == "hard", model, self.is_film, encoding, self.is_tile)

    def _on_change(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        clear = self._canvas.background is None and self.kind in WITHOUT_ALPHA
        self._parts["ground"].setVisible(clear)
        self._offer_models()
        larger = int(self.factor.choice) > 1 and self.kind != LAYERED
        self._parts["factor"].setVisible(self.kind != LAYERED)
        self._parts["enlarge"].setVisible(larger)
        self._parts["upscaler"].setVisible(larger and self.enlarge.choice == "model")
        self._parts["quality"].setVisible(self.kind in WITH_QUALITY)
        self._parts["tile"].setVisible(not self.is_film and self.kind != LAYERED)

    def _offer_models(self) -> None:
        """Those whose own factor goes into the chosen one."""
        if not self._upscalers:
            return
        factor, held = int(self.factor.choice), self.upscaler.currentData()
        with QSignalBlocker(self.upscaler):
            self.upscaler.clear()
            for word, model in self._upscalers.items():
                own = factor_of(model.card)
                if own > 1 and factor % own == 0:
                    self.upscaler.addItem(tr("{name}, {n} times", name=model.name, n=own), word)
            self.upscaler.setCurrentIndex(max(0, self.upscaler.findData(held)))
        self.enlarge.offer("model", self.upscaler.count() > 0)

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
