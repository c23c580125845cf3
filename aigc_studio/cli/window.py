"""`aigc-studio [PROJECT]`: which project the window opens on; another room shows it."""

from collections.abc import Callable

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import verbs
from aigc_studio.cli.places import as_path
from aigc_studio.document import starter
from aigc_studio.document.manifest import is_bundle


def open_window(words: list[str], window: Callable[[str], int] | None) -> int:
    """Open the window on what the words name; its exit code.

    Args:
        words: none, or a project.
        window: opens it on a path, on "starter", or for "" on none.

    Raises:
        StudioError: kind "missing": the word is no project, or no window can be here.
    """
    project = chosen(words)
    if window is None:
        raise StudioError(
            "There is no window here.",
            kept="Everything also works on the command line.",
            todo=f"See it at work: {verbs.PROGRAM} demo --out DIR. "
            f"All commands: {verbs.PROGRAM} --help.",
            kind="missing",
        )
    return window(project)


def chosen(words: list[str]) -> str:
    """The project to open: its path, "starter", or "" for none.

    Raises:
        StudioError: the first word was meant otherwise.
    """
    if not words:
        return ""
    word = words[0]
    known = word == starter.WORD or is_bundle(as_path(word))
    if word in verbs.PLANNED and not known:
        raise _not_yet(word)
    meant = verbs.near(word)
    hint = f' Did you mean "{meant}"?' if meant else ""
    if len(words) > 1:
        raise typer.BadParameter(
            f'"{word}" is not a command, and a project to open takes no further words.{hint}'
        )
    if not known:
        raise StudioError(
            f'"{word}" is neither a command nor a project.{hint}',
            todo=f"Commands: {', '.join(verbs.VERBS)}.",
            kind="missing",
        )
    return word if word == starter.WORD else str(as_path(word))


def _not_yet(verb: str) -> StudioError:
    return StudioError(
        f'The command "{verb}" comes with a later version: the models it needs are not there yet.',
        todo=f"What works now: {', '.join(verbs.VERBS)}.",
        kind="missing",
    )
