"""The model that is played."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.spaces import read_directions, read_space
from aigc_studio.document.chosen import PREFIX, abilities, choose_model, require_able
from aigc_studio.studio.steering import Steering

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.session import Session


class ModelChoice(QObject):
    """One model at a time: the project's newest at first, then what somebody chooses.

    Attributes:
        model: None before one was chosen, and when the project has none that can be played.
        steering: the movements of its latent space; None without a model.
        directions: the model's own, by kind ("pca", "closed-form"), strongest first.

    Signals:
        changed: another model is played, or none any more.
        renamed: the model has another name now.
    """

    changed = Signal()
    renamed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model: ChosenModel | None = None
        self.steering: Steering | None = None
        self.directions: dict[str, Floats] = {}
        session.opened.connect(self.use_newest)
        session.closed.connect(self.put_down)
        session.changed.connect(self._on_edit)

    @property
    def word(self) -> str:
        """The word `use` takes for this model; "" for none."""
        return self.model.word if self.model else ""

    @property
    def abilities(self) -> Cap:
        """What the model can do; controls it has nothing for are hidden."""
        return abilities(self.model.card) if self.model else Cap(0)

    def use(self, word: str) -> bool:
        """Play a model of the project by name or id, or one that ships (`starter:NAME`).

        Returns:
            Whether it can be played; errors are told.
        """
        with self._session.attempt():
            self.take_up(choose_model(self._session.store, word))
            return True
        return False

    def use_chosen(self, model: ChosenModel) -> bool:
        """Play a model from anywhere, such as a snapshot of a run; otherwise as `use`."""
        with self._session.attempt():
            self.take_up(model)
            return True
        return False

    def change_to(self, word: str) -> None:
        """Play a model unless it is played already.

        Raises:
            StudioError: it is not there or cannot be played.
        """
        if word != self.word:
            self.take_up(self.maker_of(word))

    def maker_of(self, word: str) -> ChosenModel:
        """The model that a result names, for what is kept of it or made from it.

        Raises:
            StudioError: it is not in the project, as a snapshot of a run is not.
        """
        if word in self._session.project.models or word.startswith(PREFIX):
            return choose_model(self._session.store, word)
        raise StudioError(
            "The model that made this is not in the project.",
            kept="Nothing was changed.",
            todo="A snapshot of a training becomes a model with Keep a snapshot, or when the "
            "training ends: play that one. Other models can be imported.",
            kind="missing",
        )

    def take_up(self, model: ChosenModel) -> None:
        """Play a model from anywhere.

        Raises:
            StudioError: it cannot be played; the one before is played on.
        """
        require_able(model, Cap.DECODE, "be played")
        space, directions = read_space(model.ref.path), read_directions(model.ref.path)
        self.steering = Steering(space)
        # A space that names none has the directions of its first numbers.
        self.directions = directions or {"pca": self.steering.axes}
        self.model = model
        self.changed.emit()

    @Slot()
    def use_newest(self) -> None:
        """Play the project's newest model that makes pictures; none when there is none."""
        models = self._session.project.models.values()
        for model in sorted(models, key=lambda each: each.created, reverse=True):
            # A broken model is told when it is asked for, not whenever a project opens.
            with contextlib.suppress(StudioError):
                chosen = choose_model(self._session.store, model.id)
                if Cap.SAMPLE in abilities(chosen.card):
                    self.take_up(chosen)
                    return
        self.put_down()

    @Slot()
    def put_down(self) -> None:
        """Play nothing."""
        if self.model is not None:
            self.model = self.steering = None
            self.directions = {}
            self.changed.emit()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        models = {change.key: change for change in edit.changes if change.table == "models"}
        ours = models.get(self.word)
        if ours and ours.after is None:
            self.put_down()
        elif ours and self.model is not None:
            name = self._session.project.models[ours.key].name
            self.model = replace(self.model, name=name)
            self.renamed.emit()
        if models and self.model is None:
            self.use_newest()
