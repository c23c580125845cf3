"""A selected rectangle of a canvas, painted anew by a model and laid over itself."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.canvas_edits import new_layers, remove_layers
from aigc_studio.document.chosen import abilities
from aigc_studio.document.rendering import rgb_of
from aigc_studio.document.renders import painted, render_of
from aigc_studio.document.repainting import WHOLLY, repaint_spec
from aigc_studio.document.results import recipes_of
from aigc_studio.document.selecting import lay_selection
from aigc_studio.document.telling import able_model, conditions_for
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.pictures import masked, to_qimage
from aigc_studio.studio.selection_work import SelectionWork
from aigc_studio.studio.telling import MOST_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.edits import Edit
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
    """What comes, at its place on a canvas, clear where nothing changes."""

    canvas: str
    box: Crop
    picture: QImage


@dataclass
class _Task:
    """One repainting on its way.

    Attributes:
        instead: id of the layer whose place the result takes; "" for none.
        chosen: the part of the canvas, once it was drawn.
    """

    canvas: str
    model: ChosenModel
    wish: Wish
    seed: int
    work: SelectionWork
    instead: str = ""
    chosen: Selected | None = None


class Repainting(QObject):
    """One at a time; what is asked for meanwhile is passed over.

    Signals:
        changed: another wish, another model, or it began or ended.
        glimpsed: something else is shown for now, see `glimpse`.
        done: ids of the layers that were laid.
        told: a StudioError.

    Attributes:
        wish: how the next one is painted.
        glimpse: what comes; None when nothing is to be seen of it.
    """

    changed = Signal()
    glimpsed = Signal()
    done = Signal(tuple)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        choice: ModelChoice,
        stage: Stage,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._choice, self._stage = choice, stage
        self.wish = Wish()
        self.glimpse: Glimpse | None = None
        self._able: tuple[ChosenModel | None] | None = None  # None: not looked for yet
        self._task: _Task | None = None
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._last: tuple[str, Crop | None] = ("", None)  # layer and rectangle
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
        return bool(self._former())

    def _found(self) -> ChosenModel | None:
        session, played = self._session, self._choice.model
        # A snapshot of a run is not in the project, so that no recipe could name it.
        kept = played and (played.word in session.project.models or played.shipped)
        if played and kept and Cap.REPAINT in self._choice.abilities:
            return played
        with contextlib.suppress(StudioError):
            return able_model(session.store, Cap.REPAINT, "repaint pictures")
        return None

    def _former(self) -> str:
        canvas, (layer, part) = self._stage.canvas, self._last
        there = canvas is not None and canvas.layer(layer) is not None
        return layer if there and part == self._stage.region else ""

    # Painting

    def repaint(self, seed: int | None = None) -> None:
        """Paint the selected rectangle anew; `done` or `told` follows.

        Args:
            seed: the same one paints the same.
        """
        self._begin(seed, "")

    def vary(self, seed: int | None = None) -> None:
        """Paint it otherwise, in place of what was painted there last."""
        self._begin(seed, self._former())

    def _begin(self, seed: int | None, instead: str) -> None:
        canvas, part, model = self._stage.canvas, self._stage.region, self.model
        if self.busy or canvas is None or part is None or model is None:
            return
        left = tuple(layer for layer in canvas.layers if layer.id != instead)
        seen = canvas.model_copy(update={"layers": left})
        work = SelectionWork(self._session.store, seen, part, self.wish.feather)
        number = secrets.randbelow(1 << 31) if seed is None else seed
        self._task = _Task(canvas.id, model, self.wish, number, work, instead)
        self._last = (instead, part)
        errand = self._errand = Errand(work, self)
        errand.done.connect(self._on_drawn)
        errand.failed.connect(self._on_failed)
        errand.start()
        self.changed.emit()

    @Slot(object)
    def _on_drawn(self, drawn: tuple[Selected, Path, Path] | None) -> None:
        task = self._task
        self._leave_errand()
        if task is None or drawn is None:
            return
        task.chosen, picture, mask = drawn
        try:
            spec = self._spec(task, picture, mask)
        except StudioError as error:
            self._on_failed(error)
            return
        self._asking.ask(spec, lambda events: _made(spec, events, task.model))

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
            self.glimpse = Glimpse(task.canvas, chosen.box, masked(picture, chosen.mask.pixels))
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
        asset = render_of(session.store, picture, recipe, task.model, name)
        png = encode_bytes(chosen.mask, "png")
        mask = painted(session.store, png, chosen.mask.size, _words("Mask"))
        canvas = session.project.canvases.get(task.canvas)
        if task.instead and canvas and canvas.layer(task.instead):
            session.apply(remove_layers(session.project, task.canvas, (task.instead,)))
        edit = lay_selection(session.project, task.canvas, chosen.box, asset, mask, recipe)
        session.apply(edit)
        laid = new_layers(edit)
        self._last = (laid[0], self._last[1])
        # Shown at once: nobody has to wait until its file was read.
        self._stage.live.emit(laid[0], to_qimage(picture.pixels))
        self.done.emit(laid)

    # Its end

    @Slot()
    def cancel(self) -> None:
        """Give up what is being painted; nothing of it stays."""
        task, self._task = self._task, None
        self._leave_errand()
        self._asking.forget()
        if task:
            task.work.drop()
        if self.glimpse:
            self.glimpse = None
            self.glimpsed.emit()
        if task:
            self.changed.emit()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _leave_errand(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self.cancel()
        self.told.emit(error)

    @Slot()
    def _on_closed(self) -> None:
        self._last = ("", None)
        self.cancel()
        self._look_again()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        if any(change.table == "models" for change in edit.changes):
            self._look_again()

    @Slot()
    def _look_again(self) -> None:
        self._able = None
        self.changed.emit()


def _made(spec: Repaint, events: list[Event], model: ChosenModel) -> Made:
    """The picture of an answer, with its recipe.

    Raises:
        ValueError: there is none.
        StudioError: it does not fit its shape.
    """
    outcome = outcome_of(events)
    recipes = recipes_of(spec, outcome, model)
    if not recipes:
        raise ValueError("it holds no picture")
    return outcome.media[0][1], recipes[0]


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
