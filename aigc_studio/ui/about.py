"""About: which version this is, whose work is in it, under which licence."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QTextBrowser, QWidget

from aigc_studio import __version__
from aigc_studio.ui import licences, theme
from aigc_studio.ui.help_viewer import dress_document
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, label, picture_label
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

# Key -> words, and what reads the page.
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "credits": (later("Credits"), licences.credit),
    "studio": (later("Licence"), licences.of_studio),
    "pictures": (later("Pictures"), licences.of_pictures),
    "libraries": (later("Libraries"), licences.of_libraries),
}
_PACKAGES = ("PySide6-Essentials", "torch", "numpy", "pillow", "av")


class AboutDialog(QDialog):
    """Name, version, licence; below, the credits and the licences in full."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About AIGC Studio"))
        self.resize(theme.px(theme.DIALOG_WIDTH), theme.px(560))
        self.which = Segmented({key: tr(words) for key, (words, _) in PAGES.items()})
        self.which.chosen.connect(self._turn)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[4])
        stack.addLayout(self._head())
        stack.addWidget(
            label(tr("Licence: Apache-2.0. What you make with it is yours."), wrap=True)
        )
        stack.addWidget(self.which)
        stack.addWidget(self.text, 1)
        stack.addLayout(self._foot())
        self.setLayout(stack)
        self._turn("credits")

    def _turn(self, key: str) -> None:
        words, read = PAGES[key]
        self.text.setAccessibleName(tr(words))
        if key == "credits":
            self.text.document().setMarkdown(read())
            dress_document(self.text.document())
        else:
            self.text.setPlainText(read())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _head(self) -> QHBoxLayout:
        words = column(gap=2)
        words.addWidget(label("AIGC Studio", "title"))
        words.addWidget(label(tr("Version {version}", version=__version__), "secondary"))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[3])
        row.addWidget(
            picture_label("about", theme.ICON_EMPTY, "accent"), 0, Qt.AlignmentFlag.AlignTop
        )
        row.addLayout(words, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("Copy version details"), self._copy, icon="copy"))
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.accept, kind="primary"))
        return row

    def _copy(self) -> None:
        QApplication.clipboard().setText(details())


def details() -> str:
    """Versions of what matters, for a report."""
    lines = [f"AIGC Studio {__version__}", f"Python {platform.python_version()}"]
    lines.append(platform.platform())
    for package in _PACKAGES:
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} -")
    return "\n".join(lines)
