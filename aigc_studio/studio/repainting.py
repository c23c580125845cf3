"""A selected rectangle of a canvas, painted anew by a model and laid over itself."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.chosen import abilities
from aigc_studio.document.edits import apply
from aigc_studio.document.rendering import rgb_of
from aigc_studio.document.renders import painted, render_of
from aigc_studio.document.repainting import WHOLLY, repaint_spec
from aigc_studio.document.replacing import (
    group_made_by,
    hole_of,
    lay_selection,
    lift_selection,
)
from aigc_studio.document.results import recipes_of
from aigc_studio.document.telling import able_model, conditions_for
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.making import Making
from aigc_studio.studio.pictures import masked, to_qimage
from aigc_studio.studio.selection_work import SelectionWork
from aigc_studio.studio.telling import MOST_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue
    from PySide6.QtCore import QObject

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset
    from aigc_studio.document.selecting import Selected
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.specs import Repaint
    from aigc_studio.media.image import Pixels
    from aigc_studio.media.placing import Crop
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.model_choice import ModelChoice
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

    Made = tuple[Pixels, Recipe]

LEAST, MOST_FEATHER = 0.05, 128.0


@dataclass(frozen=True)
class Wish:
    """How a selection is to be painted anew.

    Attributes:
        words: what is to be seen; for models that listen.
        strength: how much is made anew, `LEAST` to 1.
        feather: how soft the edge is, in pixels of the canvas.
    """

    words: str = ""
    strength: float = WHOLLY
    feather: float = 4.0


@dataclass(frozen=True)
class Glimpse:
    """What comes, at its place on a canvas.

    Attributes:
        picture: clear where nothing changes.
        cover: how much of what is there it hides, be it clear itself or not.
    """

    canvas: str
    box: Crop
    picture: QImage
    cover: QImage


@dataclass(frozen=True)
class _Laid:
    """What was painted last: its layer, its rectangle, and what it put what is beneath into."""

    layer: str = ""
    part: Crop | None = None
    group: str = ""


@dataclass
class _Task:
    """One repainting on its way.

    Attributes:
        instead: what was painted before, whose place the result takes; None for nothing.
        chosen: the part of the canvas, once it was drawn.
    """

    canvas: str
    model: ChosenModel
    wish: Wish
    seed: int
    work: SelectionWork
    instead: _Laid | None = None
    chosen: Selected | None = None


class Repainting(Making):
    """One at a time; what is asked for meanwhile is passed over.

    Signals:
        changed: another wish, another model, or it began or ended.
        glimpsed: something else is shown for now, see `glimpse`.

    Attributes:
        wish: how the next one is painted.
        glimpse: what comes; None when nothing is to be seen of it.
    """

    changed = Signal()
    glimpsed = Signal()

    def __init__(
        self,
        session: Session,
        player: Player,
        choice: ModelChoice,
        stage: Stage,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._player = player
        self._choice, self._stage = choice, stage
        self.wish = Wish()
        self.glimpse: Glimpse | None = None
        self._able: tuple[ChosenModel | None] | None = None  # None: not looked for yet
        self._task: _Task | None = None
        self._last = _Laid()
        self._asking = Asking(player, "repaint", self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._on_failed)
        self._asking.glimpsed.connect(self._on_glimpse)
        session.closed.connect(self._on_closed)
        session.opened.connect(self._look_again)
        session.changed.connect(self._on_edit)
        choice.changed.connect(self._look_again)

    # What is wished, and of whom

    def change(self, **fields: object) -> None:
        """Another wish; numbers are kept within their bounds."""
        wish = replace(self.wish, **fields)  # type: ignore[arg-type]
        self.wish = Wish(
            words=wish.words[:MOST_WORDS],
            strength=min(max(wish.strength, LEAST), 1.0),
            feather=min(max(wish.feather, 0.0), MOST_FEATHER),
        )
        self.changed.emit()

    @property
    def model(self) -> ChosenModel | None:
        """The played model if it can, else the project's newest that can, else the starter's."""
        if self._able is None and self._session.is_open:
            self._able = (self._found(),)
        return self._able[0] if self._able else None

    @property
    def listens(self) -> bool:
        """Whether the model can be told words."""
        return self.model is not None and Cap.CONDITION in abilities(self.model.card)

    @property
    def busy(self) -> bool:
        """Whether something is painted just now."""
        return self._task is not None

    @property
    def can_vary(self) -> bool:
        """Whether the selection was painted anew already, so that it can be done otherwise."""
        return self._former() is not None

    def _found(self) -> ChosenModel | None:
        session, played = self._session, self._choice.model
        # A snapshot of a run is not in the project, so that no recipe could name it.
        kept = played and (played.word in session.project.models or played.shipped)
        if played and kept and Cap.REPAINT in self._choice.abilities:
            return played
        with contextlib.suppress(StudioError):
            return able_model(session.store, Cap.REPAINT, "repaint pictures")
        return None

    def _former(self) -> _Laid | None:
        canvas, last = self._stage.canvas, self._last
        there = canvas is not None and canvas.layer(last.layer) is not None
        return last if there and last.part == self._stage.region else None

    # Painting

    def repaint(self, seed: int | None = None) -> None:
        """Paint the selected rectangle anew; `done` or `told` follows.

        Args:
            seed: the same one paints the same.
        """
        self._begin(seed, None)

    def vary(self, seed: int | None = None) -> None:
        """Paint it otherwise, in place of what was painted there last."""
        self._begin(seed, self._former())

    def _begin(self, seed: int | None, instead: _Laid | None) -> None:
        canvas, part, model = self._stage.canvas, self._stage.region, self.model
        if self.busy or canvas is None or part is None or model is None:
            return
        seen = self._without(canvas, instead) if instead else canvas
        work = SelectionWork(self._session.store, seen, part, self.wish.feather)
        number = secrets.randbelow(1 << 31) if seed is None else seed
        self._task = _Task(canvas.id, model, self.wish, number, work, instead)
        self._last = replace(instead or _Laid(), part=part)
        self._make(work, self._on_drawn)
        self.changed.emit()

    def _without(self, canvas: Canvas, laid: _Laid) -> Canvas:
        """The canvas as it was before something was laid there."""
        project = self._session.project
        edit = lift_selection(project, canvas.id, laid.layer, laid.group)
        return apply(project, edit).canvases[canvas.id]

    def _on_drawn(self, drawn: tuple[Selected, Path, Path] | None) -> None:
        task = self._task
        if task is None or drawn is None:
            return
        task.chosen, picture, mask = drawn
        try:
            spec = self._spec(task, picture, mask)
        except StudioError as error:
            self._on_failed(error)
            return
        seen: list[JsonValue] = list(task.chosen.assets)
        self._asking.ask(spec, lambda events: _made(spec, events, task.model, seen))

    def _spec(self, task: _Task, picture: Path, mask: Path) -> Repaint:
        words = task.wish.words if Cap.CONDITION in abilities(task.model.card) else ""
        return repaint_spec(
            self._session.store,
            task.model,
            str(picture),
            seeds=(task.seed,),
            mask=str(mask),
            strength=task.wish.strength,
            conditions=conditions_for(task.model, words=words) if words else Conditions(),
            device=self._player.device,
        )

    @Slot(object)
    def _on_glimpse(self, picture: QImage) -> None:
        task = self._task
        if task and task.chosen:
            chosen = task.chosen
            whole, mask = QImage(picture.size(), picture.format()), chosen.mask.pixels
            whole.fill(Qt.GlobalColor.black)
            shown = (masked(picture, mask), masked(whole, mask))
            self.glimpse = Glimpse(task.canvas, chosen.box, *shown)
            self.glimpsed.emit()

    @Slot(object)
    def _on_came(self, made: Made) -> None:
        task, session = self._task, self._session
        if task is not None and task.chosen is not None:
            with session.gesture("Repaint the selection"):
                self._lay(task, task.chosen, made)
        self.cancel()

    def _lay(self, task: _Task, chosen: Selected, made: Made) -> None:
        session, (pixels, recipe) = self._session, made
        name = task.wish.words.strip() or _words("Repainted")
        picture, ground = Image(pixels), rgb_of(task.work.canvas.background)
        if ground is not None:  # what was there must not be seen through it
            picture = picture.to_mode("rgb", ground)
        asset = render_of(session.store, picture, recipe, task.model, name, chosen.sources)
        mask = self._kept(chosen.mask, _words("Mask"))
        shown = hole_of(chosen, picture)
        hole = self._kept(shown, _words("Beneath")) if shown else None
        former = task.instead
        canvas = session.project.canvases.get(task.canvas)
        if former and canvas and canvas.layer(former.layer):
            session.apply(lift_selection(session.project, canvas.id, former.layer, former.group))
        edit = self._laid(task.canvas, chosen.box, (asset, mask, hole), recipe)
        session.apply(edit)
        laid = new_layers(edit)
        self._last = _Laid(laid[0], self._last.part, group_made_by(edit))
        # Shown at once: nobody has to wait until its file was read.
        self._stage.live.emit(laid[0], to_qimage(picture.pixels))
        self.done.emit(laid)

    def _kept(self, mask: Image, name: str) -> Asset:
        return painted(self._session.store, encode_bytes(mask, "png"), mask.size, name)

    def _laid(
        self, canvas: str, box: Crop, assets: tuple[Asset, Asset, Asset | None], recipe: Recipe
    ) -> Edit:
        """The edit that lays it; rather without a hole than not at all."""
        project, (asset, mask, hole) = self._session.project, assets
        try:
            return lay_selection(project, canvas, box, asset, mask, recipe, hole)
        except StudioError as error:
            if hole is None or canvas not in project.canvases:
                raise
            self.told.emit(error)
            return lay_selection(project, canvas, box, asset, mask, recipe)

    # Its end

    @Slot()
    def cancel(self) -> None:
        """Give up what is being painted; nothing of it stays."""
        task, self._task = self._task, None
        super().cancel()
        self._asking.forget()
        if task:
            task.work.drop()
        if self.glimpse:
            self.glimpse = None
            self.glimpsed.emit()
        if task:
            self.changed.emit()

    @Slot()
    def _on_closed(self) -> None:
        self._last = _Laid()
        self._look_again()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        if any(change.table == "models" for change in edit.changes):
            self._look_again()

    @Slot()
    def _look_again(self) -> None:
        self._able = None
        self.changed.emit()


def _made(spec: Repaint, events: list[Event], model: ChosenModel, sources: list[JsonValue]) -> Made:
    """The picture of an answer, with its recipe.

    Args:
        sources: sha256 of the pictures that the canvas showed there.

    Raises:
        ValueError: there is none.
        StudioError: it does not fit its shape.
    """
    outcome = outcome_of(events)
    recipes = recipes_of(spec, outcome, model, {"sources": sources})
    if not recipes:
        raise ValueError("it holds no picture")
    return outcome.media[0][1], recipes[0]


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
