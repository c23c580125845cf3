"""Edits: random sequences, their inverses, their union; refusals in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.edits import Change, Edit, apply, inverse, merge
from aigc_studio.document.history import History
from aigc_studio.document.model import Project, new_project
from tests.document.helpers import asset_named, sha

Choices = list[tuple[int, int, str]]
CHOICES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.text("abc", min_size=1, max_size=3)),
    max_size=25,
)


def next_edit(project: Project, choice: tuple[int, int, str]) -> Edit:
    """An edit that some person could make now; deterministic given the choice."""
    action, number, word = choice
    assets, groups = sorted(project.assets), sorted(project.collections)
    asset = assets[number % len(assets)] if assets else ""
    group = groups[number % len(groups)] if groups else ""
    if action == 0 or (action in (2, 3, 4) and not asset):
        return changes.add_asset(project, asset_named(f"{word}{number}"))
    if action == 1 or (action in (5, 6, 7) and not group):
        return changes.add_collection(project, word, assets)
    match action:
        case 2:
            return changes.set_caption(project, asset, word if number else "")
        case 3:
            return changes.edit_asset(project, asset, tags=(word,), author=word)
        case 4:
            return changes.remove_assets(project, {asset})
        case 5:
            return changes.edit_collection(project, group, name=f"{word} of {group}")
        case 6:
            return changes.extend_collection(project, group, assets)
        case 7:
            return changes.remove_collection(project, group)
    return changes.set_project(project, name=word, rights=word * number)


def played(choices: Choices) -> tuple[Project, Project, list[Edit]]:
    """Start, end and the edits between."""
    start = project = new_project("start")
    done = []
    for choice in choices:
        edit = next_edit(project, choice)
        project = apply(project, edit)
        done.append(edit)
    return start, project, done


@given(CHOICES)
def test_undo_all_is_the_start_and_redo_all_the_end(choices: Choices) -> None:
    start, end, done = played(choices)
    history = History(limit=1000)
    for edit in done:
        history.push(edit)
    project = end
    while (back := history.undo()) is not None:
        project = apply(project, back)
    assert project == start
    assert history.is_clean
    while (forth := history.redo()) is not None:
        project = apply(project, forth)
    assert project == end


@given(CHOICES)
def test_merged_edits_do_what_the_sequence_does(choices: Choices) -> None:
    start, end, done = played(choices)
    together = Edit(label="all")
    for edit in done:
        together = merge(together, edit)
    assert apply(start, together) == end
    assert apply(end, inverse(together)) == start
    assert all(change.before != change.after for change in together.changes)


@given(CHOICES)
def test_edits_and_projects_survive_json(choices: Choices) -> None:
    _, end, done = played(choices)
    assert Project.model_validate_json(end.model_dump_json(), strict=True) == end
    for edit in done:
        assert Edit.model_validate_json(edit.model_dump_json(), strict=True) == edit


def test_an_edit_made_for_another_state_is_refused() -> None:
    project = apply(new_project("x"), changes.add_asset(new_project("x"), asset_named("a")))
    first = changes.set_caption(project, sha("a")[:16], "one")
    second = changes.set_caption(project, sha("a")[:16], "two")
    with pytest.raises(StudioError, match="has changed since"):
        apply(apply(project, first), second)


def test_edits_that_break_the_project_are_refused() -> None:
    project = new_project("x")
    project = apply(project, changes.add_asset(project, asset_named("a")))
    project = apply(project, changes.add_collection(project, "one", list(project.assets)))
    project = apply(project, changes.add_collection(project, "two"))
    two = next(key for key, group in project.collections.items() if group.name == "two")
    with pytest.raises(StudioError, match="taken twice"):
        apply(project, changes.rename_collection(project, two, "one"))
    asset = project.assets[sha("a")[:16]]
    lost = Edit(label="x", changes=(Change(table="assets", key=asset.id, before=asset),))
    with pytest.raises(StudioError, match="holds an asset that is not there"):
        apply(project, lost)
    with pytest.raises(StudioError, match="name cannot be"):
        apply(project, changes.set_project(project, name=""))


def test_a_taken_name_gets_a_number() -> None:
    project = new_project("x")
    for _ in range(3):
        project = apply(project, changes.add_collection(project, "foxes"))
    assert {group.name for group in project.collections.values()} == {
        "foxes",
        "foxes 2",
        "foxes 3",
    }


def test_a_value_that_does_not_fit_is_refused_in_words() -> None:
    project = apply(new_project("x"), changes.add_asset(new_project("x"), asset_named("a")))
    with pytest.raises(StudioError, match="cannot be"):
        changes.edit_asset(project, sha("a")[:16], name="\n")
    with pytest.raises(StudioError, match="There is no"):
        changes.set_caption(project, "ffffffff", "words")


def test_a_change_belongs_to_its_table() -> None:
    with pytest.raises(ValueError, match="does not belong"):
        Change(table="models", key="x", after=asset_named("a"))
    with pytest.raises(ValueError, match="to be edited"):
        Change(table="project", key="id", before="a", after="b")
