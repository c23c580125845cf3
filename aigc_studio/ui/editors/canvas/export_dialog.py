"""Export a canvas: a picture or a film, in a size and a format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QProgressBar, QWidget

from aigc_studio.studio.exporting import CanvasExport, Wish, Written
from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, together, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.wording import told, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.base.errors import StudioError
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.studio import Studio

FORMATS = {
    "png": later("PNG picture"),
    "jpg": later("JPEG picture"),
    "webp": later("WebP picture"),
    "gif": later("GIF film"),
    "mp4": later("MP4 film"),
    "webp film": later("WebP film"),
    "png film": later("Sprite sheet with JSON"),
}
FILMS = ("gif", "mp4", "webp film", "png film")
FACTORS = (1, 2, 4, 8)


class ExportDialog(QDialog):
    """What is written, how large, where; then how far it is."""

    def __init__(self, studio: Studio, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._canvas = studio, canvas
        self.export = CanvasExport(studio.session, studio.player, studio.head, self)
        self.setWindowTitle(tr("Export the canvas"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH) * 3 // 4)
        self.format = _box(tr("Format"))
        for key, words in FORMATS.items():
            if canvas.timeline.keyframes or key not in FILMS:
                self.format.addItem(tr(words), key)
        if canvas.timeline.keyframes:
            self.format.setCurrentIndex(self.format.findData("gif"))
        self.factor = _box(tr("Size"))
        for factor in FACTORS:
            words = f"{canvas.width * factor} x {canvas.height * factor}"
            self.factor.addItem(words, factor)
        self.words = label("", "secondary", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.note.setText(
            tr("Where it comes from (recipes, authors, rights) is written into the file.")
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.save = button(tr("Export..."), self._ask, kind="primary", icon="export")
        self.stop = button(tr("Cancel"), self._cancel)
        self._assemble()
        self.format.currentIndexChanged.connect(self._refresh)
        self.factor.currentIndexChanged.connect(self._refresh)
        self.export.advanced.connect(lambda part: self.bar.setValue(round(part * 1000)))
        self.export.done.connect(self._on_done)
        self.export.failed.connect(self._on_failed)
        self.export.ended.connect(self._refresh)
        self._refresh()

    def _assemble(self) -> None:
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[4])
        stack.addWidget(label(self._canvas.name, "heading"))
        for name, box in ((tr("Format"), self.format), (tr("Size"), self.factor)):
            row = QHBoxLayout()
            row.addWidget(label(name))
            row.addWidget(box, 1)
            stack.addLayout(row)
        for part in (self.words, self.note, self.bar):
            stack.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE[1])
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.save)
        stack.addLayout(foot)
        self.setLayout(stack)

    @property
    def is_film(self) -> bool:
        """Whether the timeline is exported."""
        return self.format.currentData() in FILMS

    def write(self, path: Path) -> None:
        """Write it there."""
        suffix = "." + str(self.format.currentData()).partition(" ")[0]
        whole = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        factor = float(self.factor.currentData())
        self.bar.setValue(0)
        self.export.start(self._canvas, Wish(whole, factor, self.is_film))
        self._refresh()

    def done(self, code: int) -> None:
        """Nothing goes on behind a closed dialog."""
        self.export.close()
        super().done(code)

    def _refresh(self) -> None:
        timeline, factor = self._canvas.timeline, int(self.factor.currentData())
        size = f"{self._canvas.width * factor} x {self._canvas.height * factor}"
        if self.is_film:
            self.words.setText(
                tr(
                    "{size} pixels, {frames} frames, {seconds} s",
                    size=size,
                    frames=timeline.frames,
                    seconds=f"{timeline.frames / timeline.fps:.1f}",
                )
            )
        else:
            self.words.setText(tr("{size} pixels", size=size))
        running = self.export.running
        self.bar.setVisible(running)
        for part in (self.save, self.format, self.factor):
            part.setEnabled(not running)

    def _ask(self) -> None:
        places = QStandardPaths.StandardLocation.PicturesLocation
        folder = QStandardPaths.writableLocation(places)
        suffix = str(self.format.currentData()).partition(" ")[0]
        dialog = QFileDialog(self, tr("Export the canvas"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self._canvas.name}.{suffix}")
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.open()

    def _cancel(self) -> None:
        if self.export.running:
            self.export.cancel()
        else:
            self.reject()

    def _on_done(self, written: Written) -> None:
        done = tr('"{name}" was written.', name=written.path.name)
        self._studio.told.emit(together([done, *map(worded, written.notes)]))
        self.accept()

    def _on_failed(self, error: StudioError) -> None:
        self._studio.told.emit(error)
        self.note.setText(told(error))


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    return made


def shown(studio: Studio, parent: QWidget) -> Callable[[], ExportDialog | None]:
    """A function that shows the dialog for the canvas that is worked on."""

    def show() -> ExportDialog | None:
        canvas = studio.stage.canvas
        if canvas is None:
            return None
        made = ExportDialog(studio, canvas, parent)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()
        return made

    return show
