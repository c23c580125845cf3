"""Export a canvas: a picture or a film, seen before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import able_models
from aigc_studio.studio.exporting import CanvasExport
from aigc_studio.studio.pace import Pace
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.export_form import ExportForm
from aigc_studio.ui.editors.canvas.export_view import ExportView
from aigc_studio.ui.times import size as size_words
from aigc_studio.ui.times import span
from aigc_studio.ui.translate import later, listed, together, tr
from aigc_studio.ui.widgets.basics import button, column, frame, label
from aigc_studio.ui.widgets.segmented import Segmented
from aigc_studio.ui.wording import told, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.base.errors import StudioError
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.media.provenance import Provenance
    from aigc_studio.studio.export_preview import Previewed
    from aigc_studio.studio.export_work import Written
    from aigc_studio.studio.studio import Studio

_SIZE, _FORM = (860, 600), 264
_ORIGIN = {
    "recipe_json": later("recipe"),
    "author": later("author"),
    "rights": later("rights"),
    "title": later("title"),
    "digital_source_type": later("that a model made it"),
}


class ExportDialog(QDialog):
    """The picture at the left, what is chosen at the right; then how far it is."""

    def __init__(self, studio: Studio, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._canvas = studio, canvas
        self._left_with: int | None = None
        self.export = CanvasExport(studio.session, studio.player, studio.head, self)
        self.setWindowTitle(tr("Export the canvas"))
        able = able_models(studio.session.store, Cap.UPSCALE) if studio.session.is_open else []
        self.form, self.view = ExportForm(canvas, able), ExportView()
        zooms = {"pixels": "100 %", "fitted": tr("All of it")}
        self.zoom = Segmented(zooms, tr("Zoom"))
        self.zoom.chosen.connect(lambda key: self.view.show_fitted(key == "fitted"))
        self.times = Segmented(
            {"1": "1 x 1", "2": "2 x 2", "3": "3 x 3"}, tr("How often it is seen")
        )
        self.times.chosen.connect(lambda _key: self._show_times())
        self.size_words, self.film_words = label("", "strong", wrap=True), label("", "secondary")
        self.note = label("", "caption", wrap=True)
        self.state = label("", "caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.left_words = label("", "caption")
        self._pace = Pace()
        self.save = button(tr("Export..."), self._ask, kind="primary", icon="export")
        self.stop = button(tr("Cancel"), self._cancel)
        self._assemble()
        self.resize(*(theme.px(side) for side in _SIZE))
        self._connect()
        self._preview()
        self._refresh()

    def _assemble(self) -> None:
        left = column(gap=theme.SPACE[1])
        head = QHBoxLayout()
        head.addWidget(self.zoom)
        head.addWidget(self.times)
        head.addWidget(self.state)
        head.addStretch(1)
        left.addLayout(head)
        left.addWidget(self.view, 1)
        side = QWidget()
        side.setFixedWidth(theme.px(_FORM))
        side.setLayout(self._right())
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.SPACE[3],) * 4)
        row.setSpacing(theme.SPACE[3])
        row.addLayout(left, 1)
        row.addWidget(side)

    def _right(self) -> QVBoxLayout:
        right = column(gap=theme.SPACE[2])
        right.addWidget(label(self._canvas.name, "heading", wrap=True))
        right.addWidget(self.form)
        inside = column(gap=theme.SPACE[0], margin=theme.SPACE[2])
        for words in (self.size_words, self.film_words, self.note):
            inside.addWidget(words)
        right.addWidget(frame("card", inside))
        right.addStretch(1)
        right.addWidget(self.left_words)
        right.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE[1])
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.save)
        right.addLayout(foot)
        return right

    def _connect(self) -> None:
        preview = self._studio.export_preview
        self.form.changed.connect(self._preview)
        self._studio.stage.canvas_changed.connect(self._on_canvas)
        preview.ready.connect(self._on_preview)
        preview.failed.connect(self._on_no_preview)
        preview.working.connect(self._on_working)
        self.export.advanced.connect(self._on_advanced)
        self.export.done.connect(self._on_done)
        self.export.failed.connect(self._on_failed)
        self.export.ended.connect(self._on_ended)

    def write(self, path: Path) -> None:
        """Write it there."""
        self.bar.setValue(0)
        self.left_words.setText("")
        self._pace = Pace()
        self._studio.export_preview.cancel()
        self.export.start(self._now, self.form.wish(path))
        self._refresh()

    def done(self, code: int) -> None:
        """Nothing goes on behind a closed dialog: it closes once what it gave up has ended."""
        self._studio.export_preview.cancel()
        self.export.cancel()
        if self.export.running:
            self._left_with = code
            self.state.setText(tr("Cancelling..."))
        else:
            super().done(code)

    # What is shown

    @property
    def _now(self) -> Canvas:
        """The canvas with what has settled since the dialog came."""
        session = self._studio.session
        there = session.project.canvases if session.is_open else {}
        return there.get(self._canvas.id, self._canvas)

    def _on_canvas(self) -> None:
        if not self.export.running and self._now != self._canvas:
            self._canvas = self._now
            self._preview()

    def _preview(self) -> None:
        self._studio.export_preview.show(self._now, self.form.wish())
        self._show_times()
        timeline = self._now.timeline
        self.film_words.setVisible(self.form.is_film)
        self.film_words.setText(
            tr(
                "{frames} frames, {seconds} s; the first is shown",
                frames=timeline.frames,
                seconds=f"{timeline.frames / timeline.fps:.1f}",
            )
        )

    def _show_times(self) -> None:
        self.times.setVisible(self.form.is_tile)
        self.view.repeat(int(self.times.choice) if self.form.is_tile else 1)

    def _on_preview(self, seen: Previewed) -> None:
        self.view.show_picture(seen.picture)
        pixels = tr("{size} pixels", size=f"{seen.size[0]} x {seen.size[1]}")
        amount = size_words(seen.bytes) if seen.bytes else ""
        if amount and not seen.exact:
            amount = tr("about {size}", size=amount)
        self.size_words.setText(listed(filter(None, (pixels, amount))))
        self.note.setText(origin_words(seen.origin))

    def _on_working(self, working: bool) -> None:
        self.state.setText(tr("Drawing...") if working else "")

    def _on_advanced(self, part: float) -> None:
        self.bar.setValue(round(part * 1000))
        left = self._pace.left(part)
        if left is not None and self.export.running:
            self.left_words.setText(tr("about {time} left", time=span(left)))

    def _on_no_preview(self, error: StudioError) -> None:
        self.size_words.setText("")
        self.note.setText(told(error))

    def _refresh(self) -> None:
        running = self.export.running
        self.bar.setVisible(running)
        self.left_words.setVisible(running)
        self.save.setEnabled(not running)
        self.form.setEnabled(not running)

    # What is done

    def _ask(self) -> None:
        places = QStandardPaths.StandardLocation.PicturesLocation
        folder = QStandardPaths.writableLocation(places)
        suffix = self.form.suffix
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

    def _on_ended(self) -> None:
        self._refresh()
        if self._left_with is not None:
            super().done(self._left_with)

    def _on_done(self, written: Written) -> None:
        done = tr('"{name}" was written.', name=written.path.name)
        self._studio.told.emit(together([done, *map(worded, written.notes)]))
        if self._left_with is None:
            self.accept()

    def _on_failed(self, error: StudioError) -> None:
        self._studio.told.emit(error)
        self.note.setText(told(error))


def origin_words(origin: Provenance) -> str:
    """One line on what the file says of where it comes from."""
    parts = []
    for key, words in _ORIGIN.items():
        value = str(getattr(origin, key))
        named = f" ({value})" if key in ("author", "rights") else ""
        if value:
            parts.append(tr(words) + named)
    return tr("Written into the file: {parts}.", parts=listed(parts))


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
