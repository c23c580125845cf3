"""The manual: pages of Markdown in the language that is worn, beside their list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from aigc_studio.base.paths import resources
from aigc_studio.ui import style, theme
from aigc_studio.ui.translate import ENGLISH, tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextBlock

_HEADINGS = {1: theme.HEADING * 1.5, 2: theme.HEADING, 3: theme.BODY}


@dataclass(frozen=True)
class Page:
    """One page of the manual: its key ("canvas"), its title, its Markdown."""

    key: str
    title: str
    text: str


def pages(language: str) -> list[Page]:
    """The manual in a language, in order; in English where it is not there."""
    files = sorted((resources() / "help" / language).glob("*.md")) or sorted(
        (resources() / "help" / ENGLISH).glob("*.md")
    )
    return [_page(file) for file in files]


def _page(file: Path) -> Page:
    text = file.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("#").strip()
    return Page(file.stem.partition("-")[2], title, text)


class HelpViewer(QDialog):
    """Stays open beside the work."""

    def __init__(self, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Manual"))
        self.resize(theme.px(820), theme.px(620))
        self._pages = pages(language)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages"))
        self.list.setFixedWidth(theme.px(200))
        for page in self._pages:
            entry = QListWidgetItem(page.title, self.list)
            entry.setSizeHint(QSize(0, theme.px(theme.CONTROL)))
        self.list.currentRowChanged.connect(self._turn)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Manual"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.turn_to(self._pages[0].key)

    def turn_to(self, key: str) -> None:
        """Show a page; one that is not there leaves the page as it is."""
        for row, page in enumerate(self._pages):
            if page.key == key:
                self.list.setCurrentRow(row)

    def _turn(self, row: int) -> None:
        document = self.text.document()
        document.setMarkdown(self._pages[row].text)
        dress_document(document)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, address: QUrl) -> None:
        if address.scheme():
            QDesktopServices.openUrl(address)
        else:
            self.turn_to(address.path().removesuffix(".md").partition("-")[2])


def dress_document(document: QTextDocument) -> None:
    """Give text that came as Markdown the theme's sizes, distances and colours."""
    document.setDefaultFont(style.font(theme.BODY))
    document.setDocumentMargin(theme.SPACE[3])
    document.setIndentWidth(theme.px(theme.SPACE[4]))
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        _dress_block(cursor, block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress_table(table: QTextTable) -> None:
    made = table.format()
    made.setBorderBrush(QColor(theme.look().colours.hover))
    made.setBorderCollapse(True)
    made.setCellPadding(theme.SPACE[1])
    made.setTopMargin(theme.SPACE[2])
    made.setBottomMargin(theme.SPACE[2])
    table.setFormat(made)


def _dress_block(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    distance = block.blockFormat()
    size = theme.px(_HEADINGS.get(level, theme.BODY))
    fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
    distance.setLineHeight(round(size * theme.look().line_height), fixed)
    distance.setTopMargin(theme.SPACE[4] if level == 2 else theme.SPACE[0])
    distance.setBottomMargin(theme.SPACE[1])
    cursor.setBlockFormat(distance)
    if level:
        letters = cursor.charFormat()
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        letters.setFont(style.font(round(_HEADINGS.get(level, theme.BODY)), semibold=True))
        cursor.setCharFormat(letters)
