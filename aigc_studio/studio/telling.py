"""What the played model is told beside the point: words and the like, or which domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.catalog.conditions import ANYTHING, Conditions, Domain
from aigc_studio.catalog.latent import Cap

if TYPE_CHECKING:
    from aigc_studio.studio.model_choice import ModelChoice

REST_MS = 150
MOST_WORDS = 500  # characters


class Telling(QObject):
    """Conditions for models that take some into account; others are told nothing.

    Words are taken up once typing rests, so that no picture of half a word is asked for.

    Attributes:
        conditions: all that was told last, to models of each kind.

    Signals:
        changed: something else is told now.
        wished: somebody wants to see what becomes of it.
    """

    changed = Signal()
    wished = Signal()

    def __init__(self, choice: ModelChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self.conditions = ANYTHING
        self._words = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.take_up_words)

    @property
    def heard(self) -> Conditions:
        """What the model of the choice takes into account."""
        return self.conditions.heard(self._choice.abilities)

    @property
    def can_hear(self) -> bool:
        """Whether the model can be told words and how to follow them."""
        return Cap.CONDITION in self._choice.abilities

    @property
    def has_domains(self) -> bool:
        """Whether the model shows one of two domains, or both."""
        return Cap.PAIR in self._choice.abilities

    def type_words(self, words: str) -> None:
        """Tell these words as soon as nothing more is typed."""
        self._words = " ".join(words.split())[:MOST_WORDS]
        self._rest.start()

    @Slot()
    def take_up_words(self) -> None:
        """Tell what was typed, at once."""
        self._rest.stop()
        self.tell(self.conditions.model_copy(update={"words": self._words}))

    def guide(self, guidance: float) -> None:
        """How strictly words are followed, 0 to 20."""
        within = min(max(guidance, 0.0), 20.0)
        self.tell(self.conditions.model_copy(update={"guidance": within}))

    def take_steps(self, steps: int) -> None:
        """Steps of the sampler, 1 to 200; 0 takes the model's own number."""
        within = min(max(steps, 0), 200)
        self.tell(self.conditions.model_copy(update={"steps": within}))

    def show_domain(self, domain: Domain) -> None:
        """Show one domain of a pair of generators, or both side by side."""
        self.tell(self.conditions.model_copy(update={"domain": domain}))

    def tell(self, conditions: Conditions) -> None:
        """Tell the model something else, whatever was typed, and wish to see it."""
        before = self.conditions
        self.keep(conditions)
        if self.conditions != before:
            self.wished.emit()

    def keep(self, conditions: Conditions) -> None:
        """Note what a result of this model was told, whose picture is there already."""
        self._rest.stop()
        noted = self.conditions.retold(conditions, self._choice.abilities)
        self._words = noted.words
        if noted != self.conditions:
            self.conditions = noted
            self.changed.emit()
