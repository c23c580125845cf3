"""Home: how to begin, what was open before, training to go on with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QMenu,
    QScrollArea,
    QWidget,
)

from aigc_studio.base.errors import StudioError
from aigc_studio.document.starter import shipped_project
from aigc_studio.ui import theme
from aigc_studio.ui.part import Part
from aigc_studio.ui.places.glances import Glance, Glances
from aigc_studio.ui.places.left_starters import LeftStarters
from aigc_studio.ui.times import ago
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.action_card import ActionCard
from aigc_studio.ui.widgets.basics import button, column, discard, frame, label, picture_label
from aigc_studio.ui.widgets.card import Card
from aigc_studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aigc_studio.studio.run_view import RunView
    from aigc_studio.studio.settings import Recent
    from aigc_studio.studio.studio import Studio

_MOST_SHOWN = 12


class HomePlace(Part):
    """Three ways to begin; unfinished training; recent projects with pictures."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._glances = Glances(self)
        self._glances.seen.connect(self._show_glance)
        self._cards: dict[str, Card] = {}
        self._offered: set[tuple[str, str]] = set()
        self.unfinished = column(gap=theme.SPACE[1])
        unfinished = QWidget()
        unfinished.setLayout(self.unfinished)
        self.unfinished_part = _section(tr("Training to go on with"), unfinished)
        self.recent = QWidget()
        self.recent_flow = FlowLayout(self.recent)
        self.recent_part = _section(tr("Recent projects"), self.recent)
        page = QWidget()
        page.setMaximumWidth(theme.px(theme.PAGE_WIDTH))
        stack = column(gap=theme.SPACE[4], margin=theme.SPACE[4])
        self._above = QWidget()
        self._above.setMinimumHeight(theme.px(theme.TOOLBAR) * 3)
        stack.addWidget(self._above)
        stack.addLayout(self._welcome())
        stack.addLayout(self._beginnings())
        hint = tr("Or drop a folder of pictures, or a project, anywhere on this window.")
        self.hint = label(hint, "caption")
        stack.addWidget(self.hint)
        stack.addWidget(self._left_starters())
        stack.addWidget(self.unfinished_part)
        stack.addWidget(self.recent_part)
        stack.addStretch(1)
        page.setLayout(stack)
        self._scroll(page)
        studio.settings.changed.connect(self._on_settings)
        studio.session.opened.connect(self.refresh)
        self.destroyed.connect(self._glances.close)
        self.destroyed.connect(self.left.close_down)
        self._show_recent()
        studio.when_awake(self.refresh)  # a look at projects would hold up the first paint

    def _scroll(self, page: QWidget) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(middle)
        around = column()
        around.addWidget(area)
        self.setLayout(around)

    def _welcome(self) -> QHBoxLayout:
        words = column(gap=theme.SPACE[0])
        words.addWidget(label(tr("Play your own pictures"), "title"))
        sentence = tr("Train a model of them, then wander through what it learned.")
        words.addWidget(label(sentence, "secondary", wrap=True))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        return row

    def _beginnings(self) -> QGridLayout:
        self.starter = ActionCard(
            "play",
            tr("Try the starter"),
            tr("Pictures and a trained model, to play with at once."),
            primary=True,
        )
        self.starter.clicked.connect(lambda: self.project_wanted.emit(None))
        if not _starter_is_there():  # shown before it has a parent it would be a window
            self.starter.hide()
        self.new = ActionCard(
            "folder-plus",
            tr("New from a folder"),
            tr("A project of your own pictures, 30 to 5,000 of them."),
        )
        self.new.clicked.connect(lambda: self.studio.commands.run("file.new"))
        self.open = ActionCard(
            "folder", tr("Open a project"), tr("A folder that ends with .aigc, from anywhere.")
        )
        self.open.clicked.connect(lambda: self.studio.commands.run("file.open"))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE[2])
        self._arrange()
        return self._grid

    def _left_starters(self) -> LeftStarters:
        self.left = LeftStarters()
        self.left.wanted.connect(self.project_wanted)
        self.left.keeping_wanted.connect(self.keeping_wanted)
        self.left.told.connect(self.told)
        return self.left

    def _arrange(self) -> None:
        # Beside each other where there is room, as there is not with large text.
        beside = self.width() >= theme.px(3 * 220)
        for number, card in enumerate((self.starter, self.new, self.open)):
            self._grid.addWidget(card, *((0, number) if beside else (number, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the beginnings anew."""
        super().resizeEvent(event)
        self._arrange()

    def came(self) -> None:
        """Look again: something may have been trained or moved meanwhile."""
        if self.studio.is_awake:
            self.refresh()

    def refresh(self) -> None:
        """Show what the settings remember, then look at each."""
        self._show_recent()
        self._offered.clear()
        _empty(self.unfinished)
        self.unfinished_part.hide()
        self.left.refresh()
        session = self.studio.session
        opened = {session.store.folder: session.project} if session.is_open else {}
        self._glances.look_at((Path(path) for path in self._cards), opened)

    def _show_recent(self) -> None:
        recents = self.studio.settings.values.recent[:_MOST_SHOWN]
        if [*self._cards] != [recent.path for recent in recents]:
            self._make_cards(recents)
        self.recent_part.setVisible(bool(recents))
        self._above.setVisible(not recents)

    def _make_cards(self, recents: tuple[Recent, ...]) -> None:
        _empty(self.recent_flow)
        self._cards = {recent.path: self._card(recent) for recent in recents}
        for card in self._cards.values():
            self.recent_flow.addWidget(card)

    def _card(self, recent: Recent) -> Card:
        made = Card(recent.name, ago(recent.opened))
        made.setToolTip(recent.path)
        made.clicked.connect(lambda: self.project_wanted.emit(Path(recent.path)))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(
            lambda at: self._menu(recent.path, made.mapToGlobal(at))
        )
        return made

    def _menu(self, path: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget = menu.addAction(tr("Take off this list"))
        forget.triggered.connect(lambda: self.studio.settings.forget(path))
        menu.popup(at)

    def _show_glance(self, seen: Glance) -> None:
        card = self._cards.get(str(seen.path))
        if card is None:
            return
        recent = next(r for r in self.studio.settings.values.recent if r.path == str(seen.path))
        if seen.there:
            counts = (
                counted(seen.pictures, "{n} picture", "{n} pictures"),
                counted(seen.models, "{n} model", "{n} models"),
            )
            card.show_words(f"{', '.join(counts)}\n{ago(recent.opened)}")
            card.set_picture(seen.picture)
        else:
            card.show_words(tr("It is not there any more."), icon="warning")
        for run in seen.unfinished:
            self._offer(seen.path, run)

    def _offer(self, project: Path, run: RunView) -> None:
        if (str(project), run.id) in self._offered:
            return
        self._offered.add((str(project), run.id))
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[1], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(picture_label("train"))
        row.addWidget(label(run.name, "strong"))
        words = tr(
            "{percent} % done, in {project}",
            percent=round(100 * run.part),
            project=project.stem,
        )
        row.addWidget(label(words, "secondary"))
        row.addStretch(1)
        row.addWidget(button(tr("Go on"), lambda: self._go_on(project, run.id), icon="play"))
        self.unfinished.addWidget(frame("card", row))
        self.unfinished_part.show()

    def _go_on(self, project: Path, run: str) -> None:
        self.run_wanted.emit(project, run)

    def _on_settings(self, fields: frozenset[str]) -> None:
        if "recent" in fields:
            self.refresh()


def _section(heading: str, content: QWidget) -> QWidget:
    made = QWidget()
    stack = column(gap=theme.SPACE[2])
    stack.addWidget(label(heading, "heading"))
    stack.addWidget(content)
    made.setLayout(stack)
    return made


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget:
            discard(widget)


def _starter_is_there() -> bool:
    try:
        shipped_project()
    except StudioError:
        return False
    return True
