"""Ways to a point other than moving there: chance, a picture, a recipe."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import told_in
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.chosen import require_able
from aigc_studio.jobs.specs import Encode, Sample
from aigc_studio.studio.answers import played, points
from aigc_studio.studio.asking import Asking

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.trail import Played

MAX_RECIPE = 4 << 20


class Explorer(QObject):
    """Finds points and lets the instrument go there.

    Signals:
        found: the model has seen the picture in a file, its path, and we are there.
        told: a StudioError or str.
    """

    found = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        instrument: Instrument,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._player, self._instrument = session, player, instrument
        self._choice = instrument.choice
        self._find = Asking(player, "find", self)
        self._find.came.connect(self._on_found)
        self._draw = Asking(player, "draw", self)
        self._draw.came.connect(self._on_drawn)
        for asking in (self._find, self._draw):
            asking.failed.connect(self.told)
            instrument.redirected.connect(asking.forget)

    def random(self, seed: int | None = None) -> None:
        """Draw a point from what the model takes for possible; what is locked stays as it is."""
        model, steering = self._choice.model, self._choice.steering
        if model is None or steering is None or not self._instrument.lock.count:
            self._instrument.random(seed)
            return
        with self._session.attempt():
            require_able(model, Cap.SAMPLE, "make new pictures")
            seeds = (secrets.randbelow(1 << 31) if seed is None else seed,)
            spec = Sample(model=model.ref, seeds=seeds, device=self._player.device)
            self._draw.ask(spec, lambda events: played(spec, events, model, steering, 1.0))

    def find(self, path: Path) -> None:
        """Go to the point where the model sees the picture in a file."""
        model, steering = self._choice.model, self._choice.steering
        if model is None or steering is None:
            return
        with self._session.attempt():
            require_able(model, Cap.ENCODE | Cap.DECODE, "find pictures")
            inputs, device = (path.absolute(),), self._player.device
            told = self._instrument.telling.heard
            spec = Encode(model=model.ref, inputs=inputs, conditions=told, device=device)
            self._find.ask(spec, lambda events: (path, list(points(events, model, steering))))

    def paste(self, text: str) -> bool:
        """Repeat a recipe given as JSON; what is wrong with it is told."""
        with self._session.attempt():
            self._repeat(parse_recipe(text))
            return True
        return False

    @Slot(object)
    def _on_drawn(self, results: list[Played]) -> None:
        if results:
            self._instrument.explore(results[0].code)

    @Slot(object)
    def _on_found(self, answer: tuple[Path, list[Floats]]) -> None:
        path, codes = answer
        if codes and self._instrument.play_at(self._choice.word, codes[0]):
            self.found.emit(path)

    def _repeat(self, recipe: Recipe) -> None:
        sampled = recipe.operation == "sample" and recipe.seed is not None
        if recipe.code is None and not sampled:
            raise _unusable("it needs files that are not in it")
        model = self._choice.model
        if model is None or recipe.model != model.ref.id:
            self._choice.change_to(recipe.model)
        if recipe.code is not None:
            code, told = self._point(recipe.code, recipe.model), told_in(recipe.settings)
            self._instrument.play_at(self._choice.word, code, conditions=told)
        else:
            factor = recipe.settings.get("truncation", 1.0)
            self._instrument.set_truncation(factor if isinstance(factor, int | float) else 1.0)
            self._instrument.telling.tell(told_in(recipe.settings))
            self._instrument.random(recipe.seed)

    def _point(self, code: bytes, model_id: str) -> Floats:
        assert self._choice.steering is not None
        try:
            return self._choice.steering.from_bytes(code, model_id)[0]
        except (ValueError, IndexError) as error:
            raise _unusable(str(error)) from error


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
