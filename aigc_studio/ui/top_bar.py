"""The top line: menus, the places, the open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenuBar,
    QSizePolicy,
    QTabBar,
    QToolButton,
)

from aigc_studio.ui import icons, theme
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.parts import DOCK, EDITORS, PLACES
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import rekind, rule, tool

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aigc_studio.studio.commands import Commands

Document = tuple[str, str]  # kind and id
_TAB = 160


class TopBar(QFrame):
    """Menus, a button a place, a tab a document.

    Signals:
        place_chosen(str), document_chosen(str, str), document_closed(str, str): by a person.
    """

    place_chosen = Signal(str)
    document_chosen = Signal(str, str)
    document_closed = Signal(str, str)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self.setProperty("kind", "bar")
        self.setFixedHeight(theme.px(theme.TOOLBAR))
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.places: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.documents = self._tabs()
        self.plus = tool("plus", tr("New document"), self._new)
        self.plus.setVisible(bool(EDITORS))
        find = tool("search", "", lambda: commands.run("help.palette"))
        find.setToolTip(with_keys(tr("Find a command"), commands, "help.palette"))
        find.setAccessibleName(tr("Find a command"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[0], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[0])
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(_short_rule())
        for place in PLACES:
            row.addWidget(self._place_button(place.id, tr(place.title), place.icon))
        self._words = sum(button.sizeHint().width() for button in self.places.values())
        if EDITORS:
            row.addWidget(_short_rule())
        row.addWidget(self.documents)
        row.addWidget(self.plus)
        row.addStretch(1)
        row.addWidget(find)
        if DOCK:
            dock = tool("dock", tr("Dock"), lambda: commands.run("view.dock"))
            dock.setToolTip(with_keys(tr("Show or hide the dock"), commands, "view.dock"))
            row.addWidget(dock)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a window gets: where words have no room, icons stand for the places."""
        return QSize(0, theme.px(theme.TOOLBAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words where they have room."""
        super().resizeEvent(event)
        others = self.menus.sizeHint().width() + 4 * theme.px(theme.TOOLBAR)
        tabs = theme.px(_TAB) if self.documents.count() else 0
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.width() >= self._words + others + tabs
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for place in PLACES:
            button = self.places[place.id]
            if button.toolButtonStyle() != style:
                button.setToolButtonStyle(style)
                alone = style == Qt.ToolButtonStyle.ToolButtonIconOnly
                rekind(button, "tool" if alone else "place")
                icons.dress(button, place.icon)

    def _place_button(self, place: str, title: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setText(title)
        made.setAccessibleName(title)
        made.setToolTip(with_keys(title, self._commands, f"go.{place}"))
        made.setCheckable(True)
        made.setProperty("kind", "place")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.dress(made, icon)
        made.clicked.connect(lambda: self.place_chosen.emit(place))
        self._group.addButton(made)
        self.places[place] = made
        return made

    def _tabs(self) -> QTabBar:
        made = QTabBar()
        made.setAccessibleName(tr("Open documents"))
        made.setTabsClosable(True)
        made.setMovable(True)
        made.setDrawBase(False)
        made.setExpanding(False)
        made.setElideMode(Qt.TextElideMode.ElideRight)
        made.setUsesScrollButtons(True)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        made.hide()
        made.tabBarClicked.connect(self._tab_clicked)
        made.tabCloseRequested.connect(lambda at: self.document_closed.emit(*self._document(at)))
        return made

    def _tab_clicked(self, at: int) -> None:
        if at >= 0:
            self.document_chosen.emit(*self._document(at))

    def _document(self, at: int) -> Document:
        kind, key = self.documents.tabData(at)
        return str(kind), str(key)

    def opened(self) -> list[Document]:
        """The documents with a tab, from left to right."""
        return [self._document(at) for at in range(self.documents.count())]

    def add_document(self, document: Document, name: str, icon: str) -> None:
        """Give a document a tab."""
        at = self.documents.addTab(icons.icon(icon), name)
        self.documents.setTabData(at, document)
        self.documents.show()

    def rename_document(self, document: Document, name: str) -> None:
        """Show another name on a tab."""
        self.documents.setTabText(self.opened().index(document), name)

    def remove_document(self, document: Document) -> None:
        """Take a tab away."""
        self.documents.removeTab(self.opened().index(document))
        self.documents.setVisible(self.documents.count() > 0)  # empty, it would take room

    def show_place(self, place: str) -> None:
        """A place is shown: no document is chosen."""
        self.places[place].setChecked(True)

    def show_document(self, document: Document) -> None:
        """A document is shown: no place is chosen."""
        self._group.setExclusive(False)
        for button in self.places.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.documents.setCurrentIndex(self.opened().index(document))

    def _new(self) -> None:
        self._commands.run(EDITORS[0].new)


def _short_rule() -> QFrame:
    made = rule(vertical=True)
    made.setFixedHeight(theme.px(theme.ICON_TOOLBAR))
    return made
