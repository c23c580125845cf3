"""Undo and redo: steps of edits, gestures that become one step, and what counts as saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from aigc_studio.document.edits import Edit, inverse, merge

MAX_STEPS = 500


@dataclass(frozen=True)
class Step:
    """What was done in one go.

    Attributes:
        number: no other step of the same history ever has it; the first is 1.
    """

    number: int
    edit: Edit


class History:
    """What can be taken back and done again; it holds edits, the project is elsewhere.

    Attributes:
        in_gesture: between `begin` and `end`, where pushed edits become one step.
    """

    def __init__(self, limit: int = MAX_STEPS) -> None:
        self._limit = limit
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._count = 0
        self._open: Edit | None = None
        self._clean: int | None = 0

    @property
    def in_gesture(self) -> bool:
        """Whether a gesture is going on."""
        return self._open is not None

    @property
    def goes_on(self) -> bool:
        """Whether a gesture is going on that has changed something already."""
        return self._open is not None and bool(self._open.changes)

    @property
    def is_clean(self) -> bool:
        """Whether the document is as it was at the last `mark_clean`."""
        untouched = self._open is None or not self._open.changes
        return untouched and self._clean == len(self._done)

    @property
    def undo_label(self) -> str:
        """Name of the step that `undo` would take back; "" when there is none."""
        return self._done[-1].edit.label if self._done else ""

    @property
    def redo_label(self) -> str:
        """Name of the step that `redo` would do; "" when there is none."""
        return self._undone[-1].edit.label if self._undone else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """All that are remembered, the oldest first; those that were undone are the last."""
        return (*self._done, *reversed(self._undone))

    @property
    def position(self) -> int:
        """How many of `steps` are done."""
        return len(self._done)

    def push(self, edit: Edit) -> None:
        """Remember an edit that was applied; what was undone can no longer be redone."""
        if self._open is not None:
            self._open = merge(self._open, edit)
            return
        if self._clean is not None and self._clean > len(self._done):
            self._clean = None  # the saved state lay on the branch that is cut off here
        self._undone.clear()
        self._count += 1
        self._done.append(Step(self._count, edit))
        self._drop_oldest()

    def begin(self, label: str) -> None:
        """Start a gesture: until `end`, edits become one step named `label`."""
        self._open = Edit(label=label)

    def end(self) -> Edit:
        """End the gesture; it becomes a step unless it changed nothing. Returns the step."""
        step, self._open = self._open or Edit(label=""), None
        if step.changes:
            self.push(step)
        return step

    def cancel(self) -> Edit:
        """End the gesture without a step; returns the edit that takes it back."""
        step, self._open = self._open or Edit(label=""), None
        return inverse(step)

    def undo(self) -> Edit | None:
        """Step back: the edit to apply, None when there is no step."""
        return self.move(self.position - 1)

    def redo(self) -> Edit | None:
        """Step forward again: the edit to apply, None when there is no step."""
        return self.move(self.position + 1)

    def move(self, position: int) -> Edit | None:
        """Go to where `position` of the steps are done: the edit to apply, None when it is here."""
        passed = []
        while self._done and len(self._done) > position:
            self._undone.append(self._done.pop())
            passed.append(inverse(self._undone[-1].edit))
        while self._undone and len(self._done) < position:
            self._done.append(self._undone.pop())
            passed.append(self._done[-1].edit)
        return reduce(merge, passed) if passed else None

    def mark_clean(self) -> None:
        """The document was saved as it is now."""
        self._clean = len(self._done)

    def forget_clean(self) -> None:
        """Something that is no step changed the document: no state but a later one is saved."""
        self._clean = None

    def _drop_oldest(self) -> None:
        surplus = len(self._done) - self._limit
        if surplus > 0:
            del self._done[:surplus]
            if self._clean is not None:
                self._clean = self._clean - surplus if self._clean >= surplus else None
