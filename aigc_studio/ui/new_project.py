"""A new project of a folder of pictures: which folder, which name, where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from aigc_studio.document.manifest import ENDING
from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from collections.abc import Callable

_FORBIDDEN = '<>:"/\\|?*'


class NewProject(QDialog):
    """Asks; `pictures`, `folder` and `author` are the answers once it was accepted."""

    def __init__(self, home: Path, parent: QWidget) -> None:
        """`home` is where projects lie when nothing else is chosen."""
        super().__init__(parent)
        self.setWindowTitle(tr("New project"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH))
        self._pictures = self._field(tr("Folder with pictures"))
        self._name = self._field(tr("Name"))
        self._place = self._field(tr("Where it is kept"), str(home))
        self._author = self._field(tr("Author"))
        self._author.setPlaceholderText(tr("Stands in every exported file; may stay empty"))
        self._pictures.setPlaceholderText(tr("May stay empty for now"))
        self.note = label("", "caption", wrap=True)
        self.make = button(tr("Make the project"), self.accept, kind="primary")
        self.make.setDefault(True)  # Enter makes it
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE[4])
        form.setVerticalSpacing(theme.SPACE[2])
        for field, choose in (
            (self._pictures, self._choose_pictures),
            (self._name, None),
            (self._place, self._choose_place),
            (self._author, None),
        ):
            form.addRow(label(field.accessibleName(), "secondary"), _with_button(field, choose))
        stack = column(gap=theme.SPACE[3], margin=theme.SPACE[4])
        stack.addLayout(form)
        stack.addWidget(self.note)
        stack.addStretch(1)
        stack.addLayout(self._foot())
        self.setLayout(stack)
        self._pictures.textChanged.connect(self._suggest)
        for field in (self._name, self._place, self._pictures):
            field.textChanged.connect(self._check)
        self._check()

    def _field(self, name: str, text: str = "") -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(name)
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        row.addWidget(self.make)
        return row

    @property
    def pictures(self) -> Path | None:
        """The folder to bring in."""
        text = self._pictures.text().strip()
        return Path(text) if text else None

    @property
    def name(self) -> str:
        """Of the project."""
        return self._name.text().strip()

    @property
    def author(self) -> str:
        """Of the project."""
        return self._author.text().strip()

    @property
    def folder(self) -> Path:
        """Of the project to be."""
        return Path(self._place.text().strip()) / f"{self.name}{ENDING}"

    def fill(self, pictures: Path) -> None:
        """Propose a folder of pictures, and its name for the project."""
        self._pictures.setText(str(pictures))

    def _suggest(self) -> None:
        if not self._name.isModified() and self.pictures:
            self._name.setText(self.pictures.name)

    def _choose_pictures(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder with pictures"))
        if chosen:
            self.fill(Path(chosen))

    def _choose_place(self) -> None:
        place = self._place.text()
        chosen = QFileDialog.getExistingDirectory(self, tr("Where it is kept"), place)
        if chosen:
            self._place.setText(chosen)

    def _check(self) -> None:
        fault = self._fault()
        self.make.setEnabled(bool(self.name) and not fault)
        place = tr("The project becomes the folder {folder}", folder=self.folder)
        self.note.setText(fault or (place if self.name else ""))

    def _fault(self) -> str:
        if self.pictures and not self.pictures.is_dir():
            return tr("There is no folder {folder}.", folder=self.pictures)
        if any(sign in self.name for sign in _FORBIDDEN) or self.name.startswith("."):
            return tr("A name cannot hold any of {signs}", signs=" ".join(_FORBIDDEN))
        if self.name and self.folder.exists():
            return tr("{folder} is there already: choose another name.", folder=self.folder)
        return ""


def _with_button(field: QLineEdit, choose: Callable[[], object] | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE[1])
    row.addWidget(field, 1)
    if choose:
        row.addWidget(button(tr("Choose..."), choose))
    return row
