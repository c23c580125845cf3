"""`aigc-studio [PROJECT]`: the window, which this version does not have yet."""

from typing import NoReturn

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import verbs
from aigc_studio.cli.places import as_path
from aigc_studio.document import bundle, starter


def open_window(words: list[str]) -> NoReturn:
    """Refuse in words: there is no window yet, or the first word was meant otherwise.

    Raises:
        StudioError: always, when the call as such makes sense.
    """
    word = words[0] if words else starter.WORD
    known = word == starter.WORD or bundle.is_bundle(as_path(word))
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
    raise _no_window()


def _no_window() -> StudioError:
    return StudioError(
        "This version has no window yet.",
        kept="Everything else works on the command line.",
        todo=f"See it at work: {verbs.PROGRAM} demo --out DIR. "
        f"All commands: {verbs.PROGRAM} --help.",
        kind="missing",
    )


def _not_yet(verb: str) -> StudioError:
    return StudioError(
        f'The command "{verb}" comes with a later version: the models it needs are not there yet.',
        todo=f"What works now: {', '.join(verbs.VERBS)}.",
        kind="missing",
    )
