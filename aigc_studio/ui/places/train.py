"""Train: what to learn from and for how long, a forecast before the button, runs as they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from aigc_studio.ui import theme
from aigc_studio.ui.part import Part
from aigc_studio.ui.train.forecast import ForecastBox
from aigc_studio.ui.train.form import WishForm
from aigc_studio.ui.train.run_deeds import RunDeeds
from aigc_studio.ui.train.run_list import RunList
from aigc_studio.ui.train.run_page import RunPage
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, frame, label, tool
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.side import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Model
    from aigc_studio.studio.studio import Studio

_REST_MS = 700
_REDRAW_MS = 200


class TrainPlace(Part):
    """Runs on the left; in the middle a new training, or the chosen run."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.runs, self.form, self.forecast, self.page = (
            RunList(),
            WishForm(studio),
            ForecastBox(),
            RunPage(),
        )
        self.deeds = RunDeeds(studio, self.page, self)
        self._rest = self._timer(_REST_MS, self._measure)
        self._redraw = self._timer(_REDRAW_MS, self._show_run)
        self._assemble()
        self._connect()
        self.refresh()

    def _timer(self, wait: int, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(then)
        return made

    # How it is put together

    def _assemble(self) -> None:
        self.middle = QStackedWidget()
        self.middle.addWidget(_scrolled(self._new_page()))
        self.middle.addWidget(_scrolled(self.page))
        self.middle.addWidget(
            EmptyPlace(
                "train",
                tr("Nothing to learn from yet. Bring pictures in, 30 to 5,000 of them."),
                (tr("To the library"), lambda: self.place_wanted.emit("library")),
                (tr("Use the starter"), lambda: self.project_wanted.emit(None)),
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side = self._left()
        row.addWidget(self.side)
        row.addWidget(self.middle, 1)

    def _left(self) -> Side:
        self.new = button(tr("New training"), self.show_new, icon="plus")
        head = column(margin=theme.SPACE[2])
        head.addWidget(self.new)
        self.none = label(tr("Runs will be listed here."), "caption", wrap=True)
        head.addWidget(self.none)
        stack = column(gap=0)
        stack.addLayout(head)
        stack.addWidget(self.runs, 1)
        width = theme.px(theme.SIDE_WIDTH - 40)
        self.quick = tool("plus", tr("New training"), self.show_new)
        panel = frame("panel", stack)
        return Side(
            self, panel, "train", tr("Training runs"), widths=(width, width), quick=[self.quick]
        )

    def _new_page(self) -> QWidget:
        left = column(gap=theme.SPACE[1])
        left.addWidget(label(tr("New training"), "title"))
        left.addWidget(self.form)
        left.addStretch(1)
        right = column()
        right.addWidget(self.forecast)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[4])
        row.setContentsMargins(*[theme.SPACE[4]] * 4)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        inner = QWidget()
        inner.setLayout(row)
        inner.setMaximumWidth(theme.px(theme.PAGE_WIDTH))
        made = QWidget()
        around = QHBoxLayout(made)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        around.addWidget(inner, 100)
        around.addStretch(1)
        return made

    def _connect(self) -> None:
        session, desk = self.studio.session, self.studio.desk
        session.opened.connect(self.refresh)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_edit)
        self.studio.runs.changed.connect(self._on_runs)
        self.studio.runs.run_changed.connect(self._on_run)
        desk.previewed.connect(self._on_preview)
        self.studio.forecaster.ready.connect(self.forecast.show_values)
        self.studio.forecaster.failed.connect(self.forecast.show_fault)
        desk.finished.connect(self._on_finished)
        desk.proposed.connect(self._take_proposal)
        self.form.changed.connect(self._ask_again)
        self.form.told.connect(self.told)
        self.forecast.measure_wanted.connect(self._measure)
        self.forecast.begin_wanted.connect(self._begin)
        self.runs.chosen.connect(self._on_chosen)
        self.runs.itemClicked.connect(lambda _run: self.side.drawer.close_again())
        self.page.deed_wanted.connect(self.deeds.do)
        self.deeds.told.connect(self.told)
        self.deeds.place_wanted.connect(self.place_wanted)
        self.deeds.gentler_wanted.connect(self._try_gently)

    # What is shown

    def came(self) -> None:
        """Something may be proposed; else what goes on is shown, else what was broken off."""
        if self._take_proposal() or self.runs.choice:
            return
        runs = self.studio.runs
        wanted = runs.current or next(iter(runs.offers), None)
        if wanted:
            self.runs.choose(wanted.id)
        else:
            self._show_middle()

    def refresh(self) -> None:
        """Show the project as it is."""
        if self.studio.session.is_open:
            self.form.show_project(self.studio.session.project)
            self._on_runs()
            self._show_middle()

    def show_new(self) -> None:
        """Show the form of a new training."""
        self.side.drawer.close_again()
        self.runs.choose("")
        self._show_middle()

    def _show_middle(self) -> None:
        session = self.studio.session
        if self.runs.choice:
            self.middle.setCurrentIndex(1)
            return
        anything = session.is_open and bool(session.project.collections)
        self.middle.setCurrentIndex(0 if anything else 2)
        if anything and self.isVisible():
            self._ask_again()

    def _on_closed(self) -> None:
        self._rest.stop()
        self.deeds.forget()
        self.studio.forecaster.cancel()

    def _on_edit(self, edit: Edit) -> None:
        if {change.table for change in edit.changes} & {"collections", "models"}:
            self.form.show_project(self.studio.session.project)
            if not self.runs.choice:
                self._show_middle()

    def _on_runs(self) -> None:
        views = self.studio.runs.all
        self.runs.show_runs(views)
        self.none.setVisible(not views)
        self._show_run()

    def _on_run(self, run_id: str) -> None:
        view = self.studio.runs.get(run_id)
        if view is None:
            return
        self.runs.show_run(view)
        self.deeds.look_for_snapshot(view)
        if run_id == self.runs.choice and not self._redraw.isActive():
            self._redraw.start()

    def _on_preview(self, run_id: str, _picture: QImage) -> None:
        self._on_run(run_id)

    def _on_chosen(self) -> None:
        self._show_run()
        self._show_middle()

    def _show_run(self) -> None:
        view = self.studio.runs.get(self.runs.choice)
        if view is not None:
            self.page.show_run(view)

    def _on_finished(self, run_id: str, model: Model) -> None:
        self.told.emit(tr('"{name}" is ready to be played.', name=model.name))

    # A new training

    def _take_proposal(self) -> bool:
        proposal = self.studio.desk.take_proposal()
        if not (proposal.collection or proposal.parent):
            return False
        project = self.studio.session.project
        self.form.propose(project, proposal.collection, proposal.parent)
        self.show_new()
        return True

    def _ask_again(self) -> None:
        self.studio.forecaster.cancel()
        if self.studio.session.is_open:
            self.form.show_project(self.studio.session.project)
        self.forecast.begin.setEnabled(self.form.wish() is not None)
        if self.form.lacks_second:
            self._rest.stop()
            self.forecast.lack(tr("Matching pairs are learned from two collections."))
        elif self.studio.desk.busy:
            self._rest.stop()
            self.forecast.ask(tr("Something is being trained; measuring now would slow it down."))
        else:
            self.forecast.wait()
            self._rest.start()

    def _measure(self) -> None:
        wish = self.form.wish()
        if wish is not None and self.isVisible():
            self.forecast.wait()
            self.studio.forecaster.ask(wish)

    def _begin(self) -> None:
        wish = self.form.wish()
        self._rest.stop()
        self.studio.forecaster.cancel()
        run = self.studio.desk.start(wish) if wish else ""
        if run:
            self.form.name.clear()
            self.runs.choose(run)

    def _try_gently(self) -> None:
        self.form.rarer.gentle.setChecked(True)
        self.show_new()


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
