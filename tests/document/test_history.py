"""Undo, redo, gestures and the clean mark."""

from __future__ import annotations

from aigc_studio.document.edits import Change, Edit
from aigc_studio.document.history import History


def renamed(before: str, after: str) -> Edit:
    """A small edit."""
    change = Change(table="project", key="name", before=before, after=after)
    return Edit(label=f"to {after}", changes=(change,))


def test_a_gesture_is_one_step() -> None:
    history = History()
    history.begin("drag")
    for number in range(5):
        history.push(renamed(str(number), str(number + 1)))
    assert not history.is_clean
    step = history.end()
    assert [change.after for change in step.changes] == ["5"]
    assert history.undo_label == "drag"
    assert history.undo() == renamed("5", "0").model_copy(update={"label": "drag"})
    assert history.undo() is None
    assert history.is_clean


def test_a_gesture_that_changed_nothing_is_no_step() -> None:
    history = History()
    history.begin("drag")
    history.push(renamed("a", "b"))
    history.push(renamed("b", "a"))
    history.end()
    assert history.is_clean
    assert history.undo() is None


def test_the_clean_mark_follows_undo_and_redo() -> None:
    history = History()
    history.push(renamed("a", "b"))
    history.mark_clean()
    history.push(renamed("b", "c"))
    assert not history.is_clean
    history.undo()
    assert history.is_clean
    history.undo()
    assert not history.is_clean
    assert history.redo_label == "to b"
    history.push(renamed("a", "d"))  # the saved branch is gone
    history.undo()
    assert not history.is_clean


def test_history_is_bounded_and_forgets_what_was_clean() -> None:
    history = History(limit=3)
    for number in range(5):
        history.push(renamed(str(number), str(number + 1)))
    steps = 0
    while history.undo() is not None:
        steps += 1
    assert steps == 3
    assert not history.is_clean
    history.mark_clean()
    assert history.is_clean
    history.forget_clean()
    assert not history.is_clean


def test_many_steps_are_gone_at_once_as_one_edit() -> None:
    history = History(limit=5)
    for number in range(6):
        history.push(renamed(str(number), str(number + 1)))
    numbers = [step.number for step in history.steps]
    assert numbers == [2, 3, 4, 5, 6]  # the first was dropped, and nothing has its number
    back = history.move(1)
    assert back is not None
    assert [(change.before, change.after) for change in back.changes] == [("6", "2")]
    assert history.position == 1
    assert [step.number for step in history.steps] == numbers
    assert history.move(1) is None
    forth = history.move(4)
    assert forth is not None
    assert [(change.before, change.after) for change in forth.changes] == [("2", "5")]
    history.push(renamed("5", "x"))
    assert [step.number for step in history.steps] == [2, 3, 4, 5, 7]
