"""The tabs of the open documents: choose, close, rename, put in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QTabBar

from aigc_studio.ui import icons, theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import rekind
from aigc_studio.ui.widgets.spring import Spring

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent

Document = tuple[str, str]  # kind and id
_WIDEST = 200
_SIDES = (QTabBar.ButtonPosition.LeftSide, QTabBar.ButtonPosition.RightSide)


class DocumentTabs(QTabBar):
    """A tab a document; a mark stands at the name of what was changed since it was saved.

    What is dragged and rests over a tab opens it.

    Signals:
        chosen(str, str), closed(str, str), removal_wanted(str, str): kind and id; by a person.
        renamed(str, str, str): kind, id and another name.
        crowded(bool): whether some tabs have no room.
    """

    chosen = Signal(str, str)
    closed = Signal(str, str)
    removal_wanted = Signal(str, str)
    renamed = Signal(str, str, str)
    crowded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._editor: QLineEdit | None = None
        self._edited: Document | None = None
        self._icons: dict[Document, str] = {}
        self.setAccessibleName(tr("Open documents"))
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(theme.px(theme.ICON), theme.px(theme.ICON)))
        self.hide()
        self.tabBarClicked.connect(self._on_clicked)
        self.tabCloseRequested.connect(lambda at: self.closed.emit(*self._document(at)))
        self.tabBarDoubleClicked.connect(self.edit)
        self.currentChanged.connect(self._on_current)
        Spring(self).opened.connect(self._on_clicked)

    def _document(self, at: int) -> Document:
        kind, key, _ = self.tabData(at)
        return str(kind), str(key)

    def opened(self) -> list[Document]:
        """The documents with a tab, from left to right."""
        return [self._document(at) for at in range(self.count())]

    @property
    def shown(self) -> Document | None:
        """The document that is shown; None while a place is."""
        at = self.currentIndex()
        return self._document(at) if at >= 0 and self.property("kind") != "away" else None

    def add(self, document: Document, name: str, icon: str) -> None:
        """Give a document a tab."""
        at = self.addTab(icons.icon(icon), name)
        self._icons[document] = icon
        self.setTabData(at, (*document, name))
        self.setTabToolTip(at, name)
        for side in _SIDES:
            if close := self.tabButton(at, side):
                close.setAccessibleName(close.toolTip())
        self.show()

    def show_name(self, document: Document, name: str, *, modified: bool) -> None:
        """Show another name, or that it was changed."""
        at = self.opened().index(document)
        self.setTabData(at, (*document, name))
        self.setTabText(at, f"{name}*" if modified else name)
        self.setTabToolTip(
            at, tr("{name}: changed since it was saved", name=name) if modified else name
        )

    def remove(self, document: Document) -> None:
        """Take a tab away."""
        self._leave_editor()
        at = self.opened().index(document)
        for side in _SIDES:
            if close := self.tabButton(at, side):
                self.setTabButton(at, side, None)
                close.setParent(None)  # or Python would keep what is left of it
                close.deleteLater()
        self.removeTab(at)
        self.setVisible(self.count() > 0)  # empty, it would take room

    def show_document(self, document: Document | None) -> None:
        """A document is shown, or None of them."""
        rekind(self, "" if document else "away")
        if document:
            self.setCurrentIndex(self.opened().index(document))

    def step(self, by: int) -> None:
        """Choose the next tab or the one before, round and round."""
        if self.count():
            away = self.shown is None
            at = self.currentIndex() + (0 if away else by)
            self.chosen.emit(*self._document(at % self.count()))

    def menu(self) -> QMenu:
        """A menu with all of them, for when they have no room."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, document in enumerate(self.opened()):
            action = made.addAction(self.tabIcon(at), self.tabText(at).replace("&", "&&"))
            action.triggered.connect(lambda _on, d=document: self.chosen.emit(*d))
        return made

    def changeEvent(self, event: QEvent) -> None:
        """The icons follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for at, document in enumerate(self.opened()):
                self.setTabIcon(at, icons.icon(self._icons[document]))

    # By a person

    def _on_clicked(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(*self._document(at))

    def _on_current(self, at: int) -> None:
        if at >= 0 and self.hasFocus():  # arrows
            self.chosen.emit(*self._document(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete closes; Esc leaves a name as it was."""
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape and self._editor:
            self._leave_editor()
        elif event.key() == Qt.Key.Key_F2:
            self.edit(at)
        elif event.key() == Qt.Key.Key_Delete and at >= 0:
            self.closed.emit(*self._document(at))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done to one of them."""
        at = self.tabAt(event.pos())
        if at < 0:
            return
        document = self._document(at)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename")).triggered.connect(lambda: self.edit(at))
        menu.addAction(tr("Close")).triggered.connect(lambda: self.closed.emit(*document))
        menu.addSeparator()
        remove = menu.addAction(tr("Remove from the project"))
        remove.triggered.connect(lambda: self.removal_wanted.emit(*document))
        menu.popup(event.globalPos())

    # Renaming

    def edit(self, at: int) -> None:
        """Let a person type another name in the tab."""
        self._leave_editor()
        if at < 0:
            return
        self._edited = self._document(at)
        self._editor = made = QLineEdit(str(self.tabData(at)[2]), self)
        made.setAccessibleName(tr("Name"))
        made.setGeometry(self.tabRect(at))
        made.selectAll()
        made.editingFinished.connect(self._commit)
        made.show()
        made.setFocus()

    def _commit(self) -> None:
        editor, document = self._editor, self._edited
        if editor and document:
            name = editor.text().strip()
            self._leave_editor()
            if name and document in self.opened():
                self.renamed.emit(*document, name)

    def _leave_editor(self) -> None:
        editor, self._editor, self._edited = self._editor, None, None
        if editor:
            editor.hide()
            editor.deleteLater()

    # Room

    def tabSizeHint(self, index: int) -> QSize:
        """A long name does not take all the room."""
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), theme.px(_WIDEST)), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for one; the others are scrolled to."""
        return QSize(theme.px(theme.TOOLBAR) * 2, super().minimumSizeHint().height())

    def tabLayoutChange(self) -> None:
        """There may be more of them than fit."""
        super().tabLayoutChange()
        self._tell_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for fewer."""
        super().resizeEvent(event)
        self._tell_room()

    @property
    def needed(self) -> int:
        """The width that all of them would take."""
        return sum(self.tabRect(at).width() for at in range(self.count()))

    def _tell_room(self) -> None:
        self.crowded.emit(self.needed > self.width())
