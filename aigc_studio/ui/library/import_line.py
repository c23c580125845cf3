"""The line that tells how far an import is, with a way to give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from aigc_studio.base.errors import StudioError
from aigc_studio.ui import theme
from aigc_studio.ui.translate import counted, titled, together, tr
from aigc_studio.ui.widgets.basics import button, label
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from aigc_studio.document.importing import ImportReport
    from aigc_studio.studio.importer import Importer

_TOLD = 50


class ImportLine(QFrame):
    """Binds a bar to the importer; a widget, so that the importer forgets it when it goes."""

    def __init__(self, importer: Importer) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.words = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Importing"))
        self.cancel = button(tr("Cancel"), importer.cancel)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.setLayout(row)
        self.setVisible(importer.running)

    def begin(self) -> None:
        """An import goes on."""
        self.show_progress(0, 0)
        self.show()

    def end(self) -> None:
        """None goes on any more."""
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        files = counted(total, "{n} file", "{n} files")
        self.words.setText(
            tr("Importing: {done:,} of {files}", done=done, files=files)
            if total
            else tr("Looking for pictures")
        )


def told(report: ImportReport) -> StudioError | str:
    """What an import brought, in words."""
    added = counted(len(report.added), "{n} picture came in.", "{n} pictures came in.")
    there = len(report.already_there)
    if there:
        already = counted(there, "{n} was there already.", "{n} were there already.")
        added = together([added, already])
    if not report.left_out:
        return added
    out = report.left_out
    error = StudioError(
        counted(len(out), "{n} file was left out.", "{n} files were left out."),
        kept=added,
        todo=titled(out[0].path.name, worded(out[0].reason)),
        kind="input",
    )
    for finding in out[:_TOLD]:
        error.add_note(f"{finding.path}: {worded(finding.reason)}")
    return error
