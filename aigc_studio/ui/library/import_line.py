"""Lines that tell how far an import, an export or a judgement is, with a way to give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from aigc_studio.base.errors import StudioError
from aigc_studio.ui import theme
from aigc_studio.ui.translate import counted, titled, together, tr
from aigc_studio.ui.widgets.basics import button, label
from aigc_studio.ui.wording import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.importing import ImportReport
    from aigc_studio.studio.handing_out import HandingOut
    from aigc_studio.studio.importer import Importer
    from aigc_studio.studio.judging import Judging

_TOLD = 50


class WorkLine(QFrame):
    """Words, a bar and Cancel, shown while there is something to tell.

    A widget, so that whoever tells forgets it when it goes.

    Args:
        name: of the work.
        cancel: gives it up.
        words: what to say of so many files done, of so many in all.
    """

    def __init__(
        self, name: str, cancel: Callable[[], object], words: Callable[[int, int], str]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._words = words
        self.words = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.cancel = button(tr("Cancel"), cancel)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.setLayout(row)
        self.hide()

    def begin(self) -> None:
        """It goes on."""
        self.show_progress(0, 0)

    def end(self) -> None:
        """It goes on no more."""
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(self._words(done, total))
        self.show()


def import_line(importer: Importer) -> WorkLine:
    """Bound to the importer."""
    made = WorkLine(tr("Importing"), importer.cancel, _importing)
    if importer.running:
        made.begin()
    importer.begun.connect(made.begin)
    importer.progressed.connect(made.show_progress)
    importer.ended.connect(made.end)
    return made


def export_line(handing_out: HandingOut) -> WorkLine:
    """Bound to what hands files out."""
    made = WorkLine(tr("Exporting"), handing_out.cancel, _exporting)
    handing_out.progressed.connect(made.show_progress)
    handing_out.ended.connect(made.end)
    return made


def judging_line(judging: Judging) -> WorkLine:
    """Bound to what judges pictures."""
    made = WorkLine(tr("Judging"), judging.cancel, _judging)
    judging.progressed.connect(made.show_progress)
    judging.ended.connect(made.end)
    return made


def _judging(done: int, total: int) -> str:
    pictures = counted(total, "{n} picture", "{n} pictures")
    return tr("Judging how real they look: {done:,} of {pictures}", done=done, pictures=pictures)


def _importing(done: int, total: int) -> str:
    if not total:
        return tr("Looking for pictures")
    return tr("Importing: {done:,} of {files}", done=done, files=_files(total))


def _exporting(done: int, total: int) -> str:
    return tr("Exporting: {done:,} of {files}", done=done, files=_files(total))


def _files(count: int) -> str:
    return counted(count, "{n} file", "{n} files")


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
