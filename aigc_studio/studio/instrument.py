"""The instrument: where in a latent space we are, and what that looks like."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.catalog.spaces import read_space
from aigc_studio.document.chosen import abilities, choose_model, require_able
from aigc_studio.document.keeping import keep_result
from aigc_studio.jobs.specs import Decode, Encode, Sample
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import played, points
from aigc_studio.studio.steering import Steering, between
from aigc_studio.studio.trail import Played, Trail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.latent import Floats, Space
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset
    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.settings import Settings

PAD, NEARBY, FIND = "pad", "nearby", "find"
SETTLE_MS = 150
LEAST_TRUNCATION, MOST_TRUNCATION = 0.05, 2.0
NEARBY_COUNT = 9
NEARBY_DISTANCE = 0.5
MAX_RECIPE = 4 << 20


@dataclass(frozen=True)
class Target:
    """What the instrument changes: a living layer, span or clip; None is its own preview.

    Attributes:
        key: for the editor that set it, to know its own.
        name: shown in the dock's header ("Layer 2").
    """

    key: str
    name: str


@dataclass(frozen=True)
class _Asked:
    spec: Decode | Sample
    truncation: float


class Instrument(QObject):
    """One latent space, the point we are at, and its picture.

    Pictures come as fast as the worker makes them while something is dragged; 150 ms after the
    last movement the result is settled: it has a recipe and stands in the trail. Pad
    coordinates are amounts along the two strongest axes, in standard deviations from the mean.

    Signals:
        moved: the point, float32 of the space's shape; after every change of it.
        picture: a QImage, of this or of a slightly earlier point of a drag.
        settled: a `Played` that stands in the trail now.
        nearby_ready: nine `Played` that are not in the trail; `go_to` picks one.
        trail_changed, model_changed, target_changed, truncation_changed: ask for the new value.
        working: whether a picture is being waited for.
        told: a StudioError or str.
    """

    moved = Signal(object)
    picture = Signal(object)
    settled = Signal(object)
    nearby_ready = Signal(object)
    trail_changed = Signal()
    model_changed = Signal()
    target_changed = Signal()
    truncation_changed = Signal(float)
    working = Signal(bool)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        settings: Settings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._settings = settings
        self.trail = Trail()
        self._target: Target | None = None
        self._model: ChosenModel | None = None
        self._steering: Steering | None = None
        self._code: Floats | None = None
        self._anchor: Floats | None = None
        self._truncation = 1.0
        self._asked: dict[int, _Asked] = {}
        self._result: Played | None = None
        self._numbers = 0
        self._newest = 0
        self._following = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self._on_rest)
        player.answered.connect(self._on_answered)
        player.failed.connect(self._on_failed)
        player.working.connect(self._on_working)
        session.opened.connect(self.use_newest)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_edit)

    @property
    def model(self) -> ChosenModel | None:
        """The model that is played; None before one was chosen."""
        return self._model

    @property
    def model_word(self) -> str:
        """The word `use` takes for this model; "" for none."""
        if self._model is None:
            return ""
        return self._model.name if self._model.shipped else self._model.ref.id

    @property
    def abilities(self) -> Cap:
        """What the model can do; controls it has nothing for are hidden."""
        return abilities(self._model.card) if self._model else Cap(0)

    @property
    def space(self) -> Space | None:
        """The latent space; None before a model was chosen."""
        return self._steering.space if self._steering else None

    @property
    def steering(self) -> Steering | None:
        """Where points lie on the pad; None before a model was chosen."""
        return self._steering

    @property
    def target(self) -> Target | None:
        """What is changed; None is the instrument's own preview."""
        return self._target

    @property
    def code(self) -> Floats | None:
        """The point we are at."""
        return self._code

    @property
    def truncation(self) -> float:
        """How far from the mean: below 1 more typical, above 1 stranger."""
        return self._truncation

    @property
    def position(self) -> tuple[float, float]:
        """The true position on the pad."""
        found = self.amounts
        return (found[0], found[1]) if len(found) > 1 else (0.0, 0.0)

    @property
    def amounts(self) -> list[float]:
        """How far we are along every axis, in standard deviations, strongest axis first."""
        if self._steering is None or self._code is None:
            return []
        return [float(amount) for amount in self._steering.amounts(self._code)]

    @property
    def result(self) -> Played | None:
        """The picture of exactly this point; None while it is being made."""
        return self._result

    def recipe(self) -> Recipe | None:
        """How to repeat the result; None while it is being made."""
        return self._result.recipe if self._result else None

    def use(self, word: str) -> bool:
        """Play a model of the project by name or id, or one that ships (`starter:NAME`).

        It begins at the most typical point. Errors are told.

        Returns:
            Whether it can be played.
        """
        with self._session.attempt():
            return self.use_chosen(choose_model(self._session.store, word))
        return False

    def use_chosen(self, model: ChosenModel) -> bool:
        """Play a model from anywhere, such as a snapshot of a run that goes on."""
        if not self._take_up(model):
            return False
        assert self._steering is not None
        self._move(self._steering.typical())
        return True

    @Slot()
    def use_newest(self) -> None:
        """Play the project's newest model that makes pictures; none when there is none."""
        models = sorted(self._session.project.models.values(), key=lambda m: m.created)
        for model in reversed(models):
            with self._quietly():
                chosen = choose_model(self._session.store, model.id)
                if Cap.SAMPLE | Cap.DECODE in abilities(chosen.card) and self.use_chosen(chosen):
                    return
        self._put_down()

    def attach(self, target: Target, word: str, code: Floats, truncation: float = 1.0) -> bool:
        """Change `target` from now on, beginning at its model, point and truncation."""
        self._target = target
        self.target_changed.emit()
        if word != self.model_word:
            with self._session.attempt():
                self._take_up(choose_model(self._session.store, word))
        if self._steering is None or word != self.model_word:
            return False
        self._set_truncation(truncation)
        self._move(code.reshape(self._steering.space.shape))
        return True

    def detach(self) -> None:
        """Go on in the instrument's own preview, at the same point."""
        if self._target is not None:
            self._target = None
            self.target_changed.emit()

    def move_to(self, x: float, y: float) -> None:
        """Go to a place on the pad; everything the pad does not show stays as it is."""
        self.set_amounts({0: x, 1: y})

    def set_amount(self, axis: int, amount: float) -> None:
        """Go along one axis to `amount` standard deviations; all others stay as they are."""
        self.set_amounts({axis: amount})

    def set_amounts(self, amounts: dict[int, float]) -> None:
        """Go along several axes at once."""
        if self._steering is not None and self._code is not None:
            there = {a: v for a, v in amounts.items() if a < len(self._steering.axes)}
            self._move(self._steering.moved(self._code, there))

    def set_code(self, code: Floats) -> None:
        """Go to a point of this space."""
        if self._steering is not None:
            self._move(code.reshape(self._steering.space.shape))

    def follow(self, code: Floats, picture: QImage | None = None, *, rests: bool = True) -> None:
        """Stand at a point that a film shows; it becomes a result once it `rests` there."""
        if self._steering is None:
            return
        if self._asked:
            self._forget_asked()
        self._place(code.reshape(self._steering.space.shape))
        self._result, self._following = None, True
        self.moved.emit(self._code)
        if picture is not None:
            self.picture.emit(picture)
        if rests:
            self._rest.start()
        else:
            self._rest.stop()

    def mix(self, code_a: Floats, code_b: Floats, t: float) -> None:
        """Go to the point a part `t` of the way between two, round the sphere (slerp)."""
        self.set_code(between(code_a, code_b, t))

    def set_truncation(self, factor: float) -> None:
        """Pull the point towards the mean, or away from it; 1 is where it was found."""
        self._set_truncation(factor)
        if self._steering is not None and self._anchor is not None:
            anchor = self._anchor
            self._move(self._steering.pulled(anchor, self._truncation))
            self._anchor = anchor  # kept as it was, so that going back and forth adds up to nothing

    def random(self, seed: int | None = None) -> None:
        """Draw a point from what the model takes for possible; one seed, always one result."""
        if self._model is None:
            return
        with self._session.attempt():
            require_able(self._model, Cap.SAMPLE, "make new pictures")
            chosen = secrets.randbelow(1 << 31) if seed is None else seed
            spec = Sample(
                model=self._model.ref,
                seeds=(chosen,),
                truncation=self._truncation,
                device=self._device,
            )
            self._ask(spec)

    def nearby(self, distance: float = NEARBY_DISTANCE, seed: int | None = None) -> None:
        """Make nine variations of this point; `nearby_ready` follows.

        Args:
            distance: how far they lie, in standard deviations.
            seed: another one gives other variations.
        """
        if self._model is None or self._steering is None or self._code is None:
            return
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        near = [
            self._steering.near(self._code, chosen, index, distance)
            for index in range(NEARBY_COUNT)
        ]
        self._ask(self._decoding(*near), NEARBY)

    def find(self, path: Path) -> None:
        """Go to the point where the model sees the picture in a file."""
        if self._model is None:
            return
        with self._session.attempt():
            require_able(self._model, Cap.ENCODE | Cap.DECODE, "find pictures")
            spec = Encode(model=self._model.ref, inputs=(path.absolute(),), device=self._device)
            self._player.ask(spec, FIND)

    def find_asset(self, asset_id: str) -> None:
        """Go to the point where the model sees an asset."""
        with self._session.attempt():
            store = self._session.store
            self.find(store.asset_path(store.project.assets[asset_id]))

    def go_to(self, entry: Played) -> None:
        """Go back to a result of the trail, or to one of the variations; at once."""
        if entry.model != self.model_word and not self._use_quietly(entry.model):
            return
        self._forget_asked()
        self._set_truncation(entry.truncation)
        self._place(entry.code)
        self._result, self._following = entry, False
        self.moved.emit(entry.code)
        self.picture.emit(entry.picture)
        self._rest.start()

    def star(self, entry: Played, *, starred: bool = True) -> Played:
        """Keep a result longer than others; `keep` puts it into the project."""
        found = self.trail.star(entry, starred=starred)
        if self._result is not None and self._result.number == found.number:
            self._result = found
        self.trail_changed.emit()
        return found

    def keep(self, entry: Played, collection: str) -> Asset | None:
        """Add a result to the project and to a collection, as one step; errors are told."""
        with self._session.attempt():
            store = self._session.store
            model = choose_model(store, entry.model)
            asset = keep_result(
                store, Image(entry.pixels), entry.recipe, model, entry.name, collection
            )
            self._session.history_changed.emit()
            return asset
        return None

    def paste(self, text: str) -> bool:
        """Repeat a recipe given as JSON; what is wrong with it is told."""
        with self._session.attempt():
            recipe = parse_recipe(text)
            if recipe.model != self.model_word and not self.use(recipe.model):
                return False
            self._repeat(recipe)
            return True
        return False

    @property
    def _device(self) -> str:
        return self._settings.values.device if self._settings else "auto"

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        # A broken model is told when it is asked for, not whenever a project opens.
        with contextlib.suppress(StudioError):
            yield

    def _take_up(self, model: ChosenModel) -> bool:
        with self._session.attempt():
            require_able(model, Cap.DECODE, "be played")
            steering = Steering(read_space(model.ref.path))
            self._forget_asked()
            self._model, self._steering, self._result = model, steering, None
            self._code = self._anchor = None  # of another space
            self._set_truncation(1.0)
            self.model_changed.emit()
            return True
        return False

    def _use_quietly(self, word: str) -> bool:
        with self._session.attempt():
            return self._take_up(choose_model(self._session.store, word))
        return False

    def _put_down(self) -> None:
        self._forget_asked()
        self._rest.stop()
        had, self._model = self._model, None
        self._steering = self._code = self._anchor = self._result = None
        if had is not None:
            self.model_changed.emit()

    def _place(self, code: Floats) -> None:
        assert self._steering is not None
        self._code = code
        self._anchor = self._steering.pulled(code, 1 / self._truncation)

    def _move(self, code: Floats) -> None:
        self._place(code)
        self.moved.emit(code)
        self._ask(self._decoding(code))

    def _set_truncation(self, factor: float) -> None:
        within = min(max(float(factor), LEAST_TRUNCATION), MOST_TRUNCATION)
        if within != self._truncation:
            self._truncation = within
            self.truncation_changed.emit(within)

    def _decoding(self, *codes: Floats) -> Decode:
        assert self._model is not None
        assert self._steering is not None
        data = self._steering.as_code(self._model.ref.id, *codes).to_bytes()
        return Decode(model=self._model.ref, code=data, device=self._device)

    def _ask(self, spec: Decode | Sample, slot: str = PAD) -> None:
        stamp = self._player.ask(spec, slot)
        self._asked[stamp] = _Asked(spec, self._truncation)
        if slot == PAD:
            self._newest = stamp
            self._result, self._following = None, False
            self._rest.start()

    def _forget_asked(self) -> None:
        for slot in (PAD, NEARBY, FIND):
            self._player.cancel(slot)
        self._asked.clear()

    @Slot(str, int, object)
    def _on_answered(self, slot: str, stamp: int, events: list[Event]) -> None:
        if slot not in (PAD, NEARBY, FIND) or self._model is None or self._steering is None:
            return
        try:
            if slot == FIND:
                self._found(next(points(events, self._model, self._steering)))
            elif asked := self._asked.pop(stamp, None):
                arguments = (asked.spec, events, self._model, self._steering, asked.truncation)
                self._show(slot, stamp, played(*arguments))
        except (ValueError, StopIteration) as error:
            self.told.emit(StudioError(f"The worker's answer cannot be used: {error}."))

    def _show(self, slot: str, stamp: int, results: list[Played]) -> None:
        if slot == NEARBY:
            self.nearby_ready.emit(results)
            return
        for earlier in [asked for asked in self._asked if asked < stamp]:
            del self._asked[earlier]  # replaced before it began
        if stamp == self._newest and results:
            self._result = results[0]
            if self._code is None or (results[0].code != self._code).any():
                self._place(results[0].code)
                self.moved.emit(results[0].code)
        for result in results:
            self.picture.emit(result.picture)
        self._settle()

    def _found(self, code: Floats) -> None:
        self._set_truncation(1.0)
        self._move(code)

    @Slot(str, int, object)
    def _on_failed(self, slot: str, stamp: int, error: StudioError) -> None:
        if slot in (PAD, NEARBY, FIND):
            self._asked.pop(stamp, None)
            self.told.emit(error)

    @Slot(str, bool)
    def _on_working(self, slot: str, working: bool) -> None:
        if slot == PAD:
            self.working.emit(working)

    @Slot()
    def _on_rest(self) -> None:
        if self._following and self._code is not None:
            self._ask(self._decoding(self._code))
        else:
            self._settle()

    @Slot()
    def _settle(self) -> None:
        if self._rest.isActive() or self._result is None or self._result.number:
            return
        known = self.trail.find(self._result)
        if known is not None:  # a layer was selected again, or something undone
            self._result = known
            self.trail_changed.emit()
            self.settled.emit(known)
            return
        self._numbers += 1
        model = self._model.name if self._model else ""
        name = f"{model} {self._numbers:03d}"
        self._result = replace(self._result, number=self._numbers, name=name)
        self.trail.add(self._result)
        self.trail_changed.emit()
        self.settled.emit(self._result)

    def _repeat(self, recipe: Recipe) -> None:
        assert self._model is not None
        assert self._steering is not None
        if recipe.code is not None:
            try:
                code = self._steering.from_bytes(recipe.code, recipe.model)[0]
            except (ValueError, IndexError) as error:
                raise _unusable(str(error)) from error
            self._set_truncation(1.0)
            self._move(code)
        elif recipe.operation == "sample" and recipe.seed is not None:
            factor = recipe.settings.get("truncation", 1.0)
            self._set_truncation(float(factor) if isinstance(factor, int | float) else 1.0)
            self.random(recipe.seed)
        else:
            raise _unusable("it needs files that are not in it")

    @Slot()
    def _on_closed(self) -> None:
        self.detach()
        self._put_down()
        self.trail.clear()
        self.trail_changed.emit()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        models = [change for change in edit.changes if change.table == "models"]
        if not models:
            return
        word = self.model_word
        if any(change.key == word and change.after is None for change in models):
            self._put_down()
        elif any(change.key == word for change in models) and self._model is not None:
            name = self._session.project.models[word].name
            self._model = replace(self._model, name=name)
            self.model_changed.emit()
        if self._model is None:
            self.use_newest()


def parse_recipe(text: str) -> Recipe:
    """A recipe as `Recipe.model_dump_json` writes it, from anywhere.

    Raises:
        StudioError: it is none.
    """
    raw = text.strip().encode("utf-8", "replace")
    try:
        strict_json.loads(raw, "The recipe", max_bytes=MAX_RECIPE)
        return Recipe.model_validate_json(raw)
    except (StudioError, ValidationError) as error:
        raise _unusable("it is not what the studio writes") from error


def _unusable(reason: str) -> StudioError:
    return StudioError(
        f"This recipe cannot be repeated: {reason}.",
        kept="Nothing was changed.",
        todo="Copy a whole recipe, from its first to its last brace.",
        kind="input",
    )
