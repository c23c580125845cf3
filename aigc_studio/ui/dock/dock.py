"""The dock: plays a model; what it changes stands in its header."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from aigc_studio.catalog.latent import Cap
from aigc_studio.studio.position import LEAST_TRUNCATION, MOST_TRUNCATION
from aigc_studio.ui import icons, theme
from aigc_studio.ui.dock.beside import Beside
from aigc_studio.ui.dock.closer import CloserLine
from aigc_studio.ui.dock.commands import COMPARE, dock_commands, more_menu
from aigc_studio.ui.dock.directions import DirectionsPage
from aigc_studio.ui.dock.domain import DomainRow
from aigc_studio.ui.dock.header import Header
from aigc_studio.ui.dock.lock_menu import LockButton
from aigc_studio.ui.dock.mix import MixPage
from aigc_studio.ui.dock.nearby import NearbyPage
from aigc_studio.ui.dock.pad import PadPage
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.dock.recipe import RecipePage
from aigc_studio.ui.dock.several import SeveralPage
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.dock.walk import WalkPage
from aigc_studio.ui.dock.words import WordsPanel
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.keys import Keys, command_of, with_keys
from aigc_studio.ui.prompts import Proposal
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label, rekind, tool
from aigc_studio.ui.widgets.progress_line import ProgressLine
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from aigc_studio.studio.studio import Studio

PAD, DIRECTIONS, MIX, NEARBY = "pad", "directions", "mix", "nearby"
_TAKES_ENTER = (QAbstractButton, QAbstractSpinBox, QComboBox, QPlainTextEdit)
_PREVIEW_PART, _LOW, _LOW_PART = 0.27, 700, 0.17


class _Pages(QStackedWidget):
    """Pages that take what room there is, and ask for no more than the shown one needs.

    Otherwise a long page that is not shown would make the whole dock scroll.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()


class Dock(QFrame):
    """Header, preview, pages, truncation, recipe."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setProperty("kind", "panel")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Dock"))
        self.header = Header(studio)
        self.target = self.header.target
        self.preview = Preview(tr("Preview"))
        self.closer = CloserLine(studio)
        self.progress = ProgressLine(steady=True)
        studio.commands.add(*dock_commands(self))
        self.place_button = button(
            tr("Place"), lambda: studio.commands.run("play.place"), kind="primary", icon="plus"
        )
        self.pages = _Pages()
        self.pad = PadPage(studio)
        self.directions = DirectionsPage(studio)
        self.mix = MixPage(studio)
        self.nearby = NearbyPage(studio)
        self.nearby.left.connect(lambda: self.show_page(PAD))
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
        self.truncation = Slider(
            tr("From typical to strange"), LEAST_TRUNCATION, MOST_TRUNCATION, 1.0
        )
        self.words = WordsPanel(studio)
        self.domain = DomainRow(studio)
        self.recipe = RecipePage(studio)
        self.recipe.unfolded.connect(lambda: self._show(self.recipe))
        self.walk = WalkPage(studio)
        self.walk_fold = button(tr("Walk"), self._toggle_walk, kind="quiet", icon="walk")
        self.beside = Beside(studio)
        self.several = SeveralPage(studio)
        self.lock = LockButton(studio)
        self.more = tool("more", tr("More ways to play"), lambda: more_menu(self))
        self._assemble()
        self._connect()
        Keys(studio.commands, "dock", self)
        self._on_target()
        self._on_model()
        Proposal("drag", self.pad.map, self.pad.map.held)
        if studio.instrument.result:  # it was played before this dock was made
            self._on_picture(studio.instrument.result.picture)

    def _assemble(self) -> None:
        inside = column(margin=theme.SPACE[2])
        inside.addWidget(self.preview)
        inside.addWidget(self.beside)
        inside.addWidget(self.closer)
        inside.addWidget(self.progress)
        inside.addLayout(self._tools())
        inside.addWidget(self.words)
        inside.addWidget(self.domain)
        inside.addWidget(self.segments)
        inside.addWidget(self.pages, 1)
        inside.addLayout(self._truncation_row())
        inside.addLayout(self._folds())
        inside.addWidget(self.walk)
        inside.addWidget(self.recipe)
        body = QWidget()
        body.setLayout(inside)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(body)
        self._picture = QImage()
        self.bodies = QStackedWidget()
        self.bodies.addWidget(self._area)
        self.bodies.addWidget(self.several)
        stack = column(gap=0)
        stack.addWidget(self.header)
        stack.addWidget(self.bodies, 1)
        self.setLayout(stack)

    def _folds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        self.walk_fold.setCheckable(True)
        self.walk.hide()
        row.addWidget(self.recipe.fold)
        row.addWidget(self.walk_fold)
        row.addStretch(1)
        row.addWidget(self.lock)
        row.addWidget(self.more)
        return row

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
        slider.setToolTip(
            tr("How far from the typical (truncation); a double click goes back to 1")
        )
        slider.moved.connect(self.studio.instrument.set_truncation)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(label(tr("Typical"), "caption"))
        row.addWidget(slider, 1)
        row.addWidget(label(tr("Strange"), "caption"))
        row.addWidget(KeyButton(self.studio, "truncation"))
        return row

    def _runner(self, command: str) -> Callable[[], object]:
        return lambda: self.studio.commands.run(command)

    def _connect(self) -> None:
        studio, instrument = self.studio, self.studio.instrument
        self.preview.placed.connect(lambda: studio.commands.run("play.place"))
        self.pad.map.given_up.connect(studio.recorder.give_up_drag)
        for part in (self.pad.map, self.directions, self.mix, self.truncation):
            part.held.connect(studio.living.hold)
        studio.stage.selection_changed.connect(self._on_target)
        studio.stage.canvas_changed.connect(self._on_target)
        instrument.picture.connect(self._on_picture)
        instrument.settled.connect(self._on_result)
        instrument.working.connect(self._on_working)
        studio.living.target_changed.connect(self._on_target)
        studio.choice.changed.connect(self._on_model)
        instrument.truncation_changed.connect(self._on_truncation)
        studio.compare.changed.connect(self._on_compared)
        studio.picking.shown.connect(self._on_nearby)

    def show_page(self, key: str) -> None:
        """Show the pad, the directions, the mix or the variations."""
        self.segments.choose("" if key == NEARBY else key)
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
        self._picture = picture
        if not self.studio.compare.is_before:
            self.preview.show_picture(picture)
        if not self.studio.head.playing:
            self._on_result()

    def _on_compared(self) -> None:
        compare = self.studio.compare
        self.preview.setVisible(not compare.is_beside)
        before = compare.before if compare.is_before else None
        self.preview.show_picture(before.picture if before else self._picture)
        self.preview.show_note(tr("Before") if before else "")

    def _on_result(self) -> None:
        self.studio.commands.state_changed.emit()
        self._enable()

    def _on_working(self, working: bool) -> None:
        if working:
            self.progress.start(tr("Waiting for a picture"))
        else:
            self.progress.stop()

    def _on_nearby(self) -> None:
        if self.studio.picking.now is not None:
            self.show_page(NEARBY)

    def _on_target(self) -> None:
        target, chosen = self.studio.living.target, self.studio.stage.selected
        several = target is None and len(chosen) > 1
        self.header.show_target()
        self.preview.show_dashed(target is None)
        self.place_button.setText(tr("Place a copy") if target else tr("Place"))
        rekind(self.place_button, "" if target else "primary")
        icons.dress(self.place_button, "plus", "text" if target else "on_accent")
        if several:
            self.several.show_layers(chosen)
        self.bodies.setCurrentIndex(int(several))
        self._enable()

    def _show(self, part: QWidget) -> None:
        # What was unfolded below the edge comes into sight, once it has its size.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(part))

    def _toggle_walk(self) -> None:
        self.walk.setVisible(self.walk_fold.isChecked())
        if self.walk_fold.isChecked():
            self._show(self.walk)

    def _on_model(self) -> None:
        if self.studio.choice.model is None:
            self._picture = QImage()
            self.preview.show_picture(self._picture)
        self._enable()

    def _enable(self) -> None:
        able = self.studio.choice.abilities
        self.pages.setEnabled(bool(able))
        self.truncation.setEnabled(bool(able))
        self.tools["play.random"].setEnabled(Cap.SAMPLE in able)
        self.tools["play.nearby"].setEnabled(Cap.DECODE in able)
        self.tools["play.find"].setEnabled(Cap.ENCODE in able)
        self.place_button.setEnabled(self.studio.commands["play.place"].enabled())

    def _on_truncation(self, factor: float) -> None:
        self.truncation.show_number(factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview takes a part of the height."""
        super().resizeEvent(event)
        part = _PREVIEW_PART if self.height() > theme.px(_LOW) else _LOW_PART
        side = min(self.width() - 2 * theme.SPACE[2], round(self.height() * part))
        high = max(side, theme.px(theme.THUMBNAIL))
        self.preview.setFixedHeight(high)
        self.beside.setFixedHeight(min(high, (self.width() - 3 * theme.SPACE[2]) // 2))
        self.pad.strip.setVisible(self.height() > theme.px(_LOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter places what plays in the dock's own preview; a key shows what was before."""
        if self._compares(event):
            self.studio.compare.show_before(True)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        busy = isinstance(self.focusWidget(), _TAKES_ENTER)
        if enter and not busy and self.studio.living.target is None:
            self.studio.commands.run("play.place")
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The key that compares is held here, and not only pressed."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and self._compares(event):
            event.accept()
            return True
        return super().event(event)

    def _compares(self, event: QKeyEvent) -> bool:
        return command_of(self.studio.commands, "dock", event) == COMPARE

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The present one again."""
        if self._compares(event) and not event.isAutoRepeat():
            self.studio.compare.show_before(False)
        else:
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture can be dropped to be found."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Find the dropped picture in the model."""
        event.acceptProposedAction()
        self.studio.explorer.find(Path(event.mimeData().urls()[0].toLocalFile()))
