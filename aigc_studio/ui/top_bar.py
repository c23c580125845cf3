"""The top line: menus, the places, the open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QToolButton,
)

from aigc_studio.ui import icons, theme
from aigc_studio.ui.document_tabs import Document, DocumentTabs
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.parts import DOCK, EDITORS, PLACES
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import rekind, rule, tool

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aigc_studio.studio.commands import Commands
_TAB = 160


class TopBar(QFrame):
    """Menus, a button a place, a tab a document.

    Signals:
        place_chosen(str), document_chosen(str, str): by a person.
    """

    place_chosen = Signal(str)
    document_chosen = Signal(str, str)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self.setProperty("kind", "bar")
        self.setFixedHeight(theme.px(theme.TOOLBAR))
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.burger = tool("menu", tr("Menus"), self._list_menus)
        self.burger.hide()
        self.places: dict[str, QToolButton] = {}
        self._words = 0
        self._group = QButtonGroup(self)
        self.documents = DocumentTabs()
        self.documents.chosen.connect(self.document_chosen)
        self._closed: dict[Document, str] = {}
        self.more = tool("chevron-down", tr("All open documents"), self._list_documents)
        self.more.hide()
        self.documents.crowded.connect(self._on_crowded)
        self.plus = tool("plus", tr("New document"), self._on_plus)
        self.plus.setVisible(bool(EDITORS))
        find = tool("search", "", lambda: commands.run("help.palette"))
        find.setToolTip(with_keys(tr("Find a command"), commands, "help.palette"))
        find.setAccessibleName(tr("Find a command"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[0], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[0])
        row.addWidget(self.burger)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(_short_rule())
        for place in PLACES:
            row.addWidget(self._place_button(place.id, tr(place.title), place.icon))
        self._words = sum(button.sizeHint().width() for button in self.places.values())
        if EDITORS:
            row.addWidget(_short_rule())
        row.addWidget(self.documents, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.more)
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
        self._fit()

    def _on_crowded(self, crowded: bool) -> None:
        self.more.setVisible(crowded)
        self._fit()

    def _fit(self) -> None:
        icon = theme.px(theme.TOOLBAR)
        tools, tabs = 5 * icon, self.documents.needed
        menus = self.menus.sizeHint().width()
        # A button stands for the menus where not even one tab would have room beside them.
        folded = self.width() < menus + len(PLACES) * icon + min(tabs, theme.px(_TAB)) + tools
        self.menus.setVisible(not folded)
        self.burger.setVisible(folded)
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.width() >= self._words + menus + tools + tabs
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

    def show_place(self, place: str) -> None:
        """A place is shown: no document is chosen."""
        self.places[place].setChecked(True)
        self.documents.show_document(None)

    def show_document(self, document: Document) -> None:
        """A document is shown: no place is chosen."""
        self._group.setExclusive(False)
        for button in self.places.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.documents.show_document(document)

    @property
    def shown(self) -> str | Document:
        """The place that is shown, or the document."""
        places = (place for place, button in self.places.items() if button.isChecked())
        return self.documents.shown or next(places, PLACES[0].id)

    def offer(self, closed: dict[Document, str]) -> None:
        """The "+" offers documents without a tab beside a new one."""
        self._closed = closed

    def _list_menus(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.menus.actions())
        self._pop_up(menu, self.burger)

    def _list_documents(self) -> None:
        self._pop_up(self.documents.menu(), self.more)

    def _on_plus(self) -> None:
        if not self._closed:
            self._new()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        new = self._commands[EDITORS[0].new]
        menu.addAction(new.title).triggered.connect(lambda _on: self._new())
        menu.addSeparator()
        for document, name in self._closed.items():
            action = menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _on, d=document: self.document_chosen.emit(*d))
        self._pop_up(menu, self.plus)

    def _pop_up(self, menu: QMenu, below: QToolButton) -> None:
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _new(self) -> None:
        self._commands.run(EDITORS[0].new)


def _short_rule() -> QFrame:
    made = rule(vertical=True)
    made.setFixedHeight(theme.px(theme.ICON_TOOLBAR))
    return made
