"""The dock: plays a model; what it changes stands in its header."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QWidget,
)

from aigc_studio.catalog.latent import Cap
from aigc_studio.studio.position import LEAST_TRUNCATION, MOST_TRUNCATION
from aigc_studio.ui import theme
from aigc_studio.ui.dock.commands import dock_commands
from aigc_studio.ui.dock.directions import DirectionsPage
from aigc_studio.ui.dock.mix import MixPage
from aigc_studio.ui.dock.nearby import NearbyPage
from aigc_studio.ui.dock.pad import PadPage
from aigc_studio.ui.dock.presets import presets_button
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.dock.recipe import RecipePage
from aigc_studio.ui.keys import Keys, with_keys
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, frame, label, tool
from aigc_studio.ui.widgets.progress_line import ProgressLine
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QResizeEvent

    from aigc_studio.studio.studio import Studio

PAD, DIRECTIONS, MIX, NEARBY = "pad", "directions", "mix", "nearby"
_STEPS = 100
_PREVIEW_PART, _LOW, _LOW_PART = 0.27, 700, 0.2


class Dock(QFrame):
    """Header, preview, pages, truncation, recipe."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setProperty("kind", "panel")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Dock"))
        self.target = label("", "strong")
        self.models = QComboBox()
        self.models.setAccessibleName(tr("Model"))
        self.models.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.models.activated.connect(self._on_model_chosen)
        self.preview = Preview(tr("Preview"))
        self.progress = ProgressLine()
        studio.commands.add(*dock_commands(self))
        self.place_button = button(
            tr("Place"), lambda: studio.commands.run("play.place"), kind="primary", icon="plus"
        )
        self.pages = QStackedWidget()
        self.pad = PadPage(studio)
        self.directions = DirectionsPage(studio)
        self.mix = MixPage(studio)
        self.nearby = NearbyPage(studio)
        self._keys = [PAD, DIRECTIONS, MIX, NEARBY]
        for page in (self.pad, self.directions, self.mix, self.nearby):
            self.pages.addWidget(page)
        self.segments = Segmented(
            {PAD: tr("Pad"), DIRECTIONS: tr("Directions"), MIX: tr("Mix")},
            tr("How to move"),
        )
        self.segments.chosen.connect(self.show_page)
        segments = self.segments.layout()
        if isinstance(segments, QHBoxLayout):
            segments.setStretch(1, 2)  # the longest word
        self.truncation = QSlider(Qt.Orientation.Horizontal)
        self.recipe = RecipePage(studio)
        self._assemble()
        self._connect()
        Keys(studio.commands, "dock", self)
        self._on_target()
        self._on_models()
        self._on_model()

    def _assemble(self) -> None:
        inside = column(margin=theme.SPACE[2])
        inside.addWidget(self.preview)
        inside.addWidget(self.progress)
        inside.addLayout(self._tools())
        inside.addWidget(self.segments)
        inside.addWidget(self.pages, 1)
        inside.addLayout(self._truncation_row())
        inside.addWidget(self.recipe)
        body = QWidget()
        body.setLayout(inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        stack = column(gap=0)
        stack.addWidget(self._header())
        stack.addWidget(area, 1)
        self.setLayout(stack)

    def _header(self) -> QFrame:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.target, 1)
        row.addWidget(self.models, 1)
        row.addWidget(presets_button(self.studio))
        made = frame("bar", row)
        made.setFixedHeight(theme.px(theme.DOCK_HEADER))
        return made

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.place_button, 1)
        self.tools = {}
        for icon, tip, command in (
            ("random", tr("Random"), "play.random"),
            ("nearby", tr("Surprise me near here"), "play.nearby"),
            ("search", tr("Find in model..."), "play.find"),
        ):
            words = with_keys(tip, self.studio.commands, command)
            self.tools[command] = tool(icon, words, self._runner(command), kind="")
            row.addWidget(self.tools[command])
        return row

    def _truncation_row(self) -> QHBoxLayout:
        slider = self.truncation
        slider.setRange(round(LEAST_TRUNCATION * _STEPS), round(MOST_TRUNCATION * _STEPS))
        slider.setValue(_STEPS)
        slider.setAccessibleName(tr("From typical to strange"))
        slider.setToolTip(tr("How far from the typical (truncation)"))
        slider.valueChanged.connect(
            lambda value: self.studio.instrument.set_truncation(value / _STEPS)
        )
        slider.sliderPressed.connect(lambda: self.studio.living.hold(True))
        slider.sliderReleased.connect(lambda: self.studio.living.hold(False))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(label(tr("Typical"), "caption"))
        row.addWidget(slider, 1)
        row.addWidget(label(tr("Strange"), "caption"))
        return row

    def _runner(self, command: str) -> Callable[[], object]:
        return lambda: self.studio.commands.run(command)

    def _connect(self) -> None:
        studio, instrument = self.studio, self.studio.instrument
        self.preview.placed.connect(lambda: studio.commands.run("play.place"))
        for held in (self.pad.map.held, self.directions.held, self.mix.held):
            held.connect(studio.living.hold)
        instrument.picture.connect(self._on_picture)
        instrument.working.connect(self._on_working)
        studio.living.target_changed.connect(self._on_target)
        studio.choice.changed.connect(self._on_model)
        studio.choice.renamed.connect(self._on_model)
        instrument.truncation_changed.connect(self._on_truncation)
        studio.explorer.nearby_ready.connect(lambda _results: self.show_page(NEARBY))
        studio.session.opened.connect(self._on_models)
        studio.session.closed.connect(self._on_models)
        studio.session.changed.connect(self._on_edit)

    def show_page(self, key: str) -> None:
        """Show the pad, the directions, the mix or the variations."""
        if key != NEARBY:  # it stands in for them until one is chosen again
            self.segments.choose(key)
        self.pages.setCurrentIndex(self._keys.index(key))

    def ask_find(self) -> None:
        """Ask for a picture to find in the model."""
        dialog = QFileDialog(self, tr("Find a picture in the model"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Pictures ({kinds})", kinds="*.png *.jpg *.jpeg *.webp *.gif"))
        dialog.fileSelected.connect(lambda path: self.studio.explorer.find(Path(path)))
        dialog.open()

    def _on_picture(self, picture: QImage) -> None:
        self.preview.show_picture(picture)
        self.studio.commands.state_changed.emit()
        self._enable()

    def _on_working(self, working: bool) -> None:
        if working:
            self.progress.start(tr("Waiting for a picture"))
        else:
            self.progress.stop()

    def _on_target(self) -> None:
        target = self.studio.living.target
        self.target.setText(target.name if target else tr("Preview"))
        self.target.setToolTip(
            tr("The dock changes this layer.") if target else tr("Nothing is selected.")
        )
        self.preview.show_dashed(target is None)

    def _on_models(self) -> None:
        session = self.studio.session
        self.models.clear()
        if session.is_open:
            for model in session.project.models.values():
                self.models.addItem(model.name, model.id)
        self._on_model()

    def _on_edit(self, edit: object) -> None:
        if any(change.table == "models" for change in getattr(edit, "changes", ())):
            self._on_models()

    def _on_model(self) -> None:
        choice = self.studio.choice
        # A snapshot is not in the list.
        self.models.setPlaceholderText(choice.model.name if choice.model else "")
        self.models.setCurrentIndex(self.models.findData(choice.word))
        if choice.model is None:
            self.preview.show_picture(type(self.preview.image)())
        self._enable()

    def _enable(self) -> None:
        able = self.studio.choice.abilities
        self.pages.setEnabled(bool(able))
        self.truncation.setEnabled(bool(able))
        self.tools["play.random"].setEnabled(Cap.SAMPLE in able)
        self.tools["play.nearby"].setEnabled(Cap.DECODE in able)
        self.tools["play.find"].setEnabled(Cap.ENCODE in able)
        self.place_button.setEnabled(self.studio.commands["play.place"].enabled())

    def _on_model_chosen(self, index: int) -> None:
        self.studio.choice.use(str(self.models.itemData(index)))

    def _on_truncation(self, factor: float) -> None:
        self.truncation.blockSignals(True)
        self.truncation.setValue(round(factor * _STEPS))
        self.truncation.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview takes a part of the height."""
        super().resizeEvent(event)
        part = _PREVIEW_PART if self.height() > theme.px(_LOW) else _LOW_PART
        side = min(self.width() - 2 * theme.SPACE[2], round(self.height() * part))
        self.preview.setFixedHeight(max(side, theme.px(theme.THUMBNAIL)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture can be dropped to be found."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Find the dropped picture in the model."""
        event.acceptProposedAction()
        self.studio.explorer.find(Path(event.mimeData().urls()[0].toLocalFile()))
