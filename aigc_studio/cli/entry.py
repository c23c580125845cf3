"""From the words typed to an exit code: which command, what is printed where."""

import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from aigc_studio.base import log
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.cli import verbs
from aigc_studio.cli.report import Report, as_json, error_values, show

DONE, FAILED, USAGE = 0, 1, 2
Window = Callable[[str], int]
JSON = "--json"
# Typer carries its own copy of click or uses the installed one, by version; both know this.
_UsageError: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError"
)


def run(argv: Sequence[str], *, window: Window | None = None) -> int:
    """Do what was typed; print the outcome; answer the exit code.

    Ctrl+C ends with 1 and words, like every other reason not to be done.

    Args:
        argv: the words.
        window: opens the window on a project, a path or "starter" or "" for none; its exit code.
    """
    log.start()
    words, json = take_json(argv)
    try:
        report = _dispatch(words, window)
    except _UsageError as error:
        return _misused(error, json=json)
    except StudioError as error:
        return _failed(error, json=json)
    except KeyboardInterrupt:
        return _failed(StudioError("Stopped by Ctrl+C.", kept="What was saved is safe."), json=json)
    except OSError as error:
        return _failed(_in_words(error), json=json)
    except Exception as error:  # noqa: BLE001 - the process's outer edge
        traceback.print_exc()
        return _failed(_unexpected(error), json=json)
    if not isinstance(report, Report):
        return report if isinstance(report, int) else DONE
    try:
        _print(report, json=json)
    except OSError as error:
        _turn_to_nothing()
        return _failed(_unwritten(error), json=False)
    return DONE


def take_json(argv: Sequence[str]) -> tuple[list[str], bool]:
    """The words without `--json`, wherever it stands, and whether it stood there."""
    end = argv.index("--") if "--" in argv else len(argv)
    kept = [word for word in argv[:end] if word != JSON]
    return [*kept, *argv[end:]], len(kept) < end


def _dispatch(words: list[str], window: Window | None) -> object:
    """Decide, before typer sees it, whether the first word is a command or a PROJECT."""
    first = words[0] if words else ""
    if first in verbs.VERBS:
        return _typed(words, first)
    if first.startswith("-"):
        return _typed(words, None)
    from aigc_studio.cli.window import open_window

    return open_window(words, window)


def _typed(words: list[str], verb: str | None) -> object:
    app = verbs.application(verb)
    return app(words, prog_name=verbs.PROGRAM, standalone_mode=False)


def _print(report: Report, *, json: bool) -> None:
    if json:
        _write(as_json(report.values))
        return
    from rich.console import Console

    # Rendered first: a terminal that cannot show a sign must not cost the rest.
    width = None if sys.stdout.isatty() else max(120, _columns())
    text = io.StringIO()
    console = Console(file=text, width=width or _columns(), force_terminal=sys.stdout.isatty())
    show(report, console)
    _write(text.getvalue().rstrip("\n"))


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((100, 25)).columns


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), flush=True)  # noqa: T201
    except BrokenPipeError:
        _turn_to_nothing()  # whoever reads has seen enough


def _turn_to_nothing() -> None:
    # What is left in the buffer would raise again when the process ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr)  # noqa: T201


def _failed(error: StudioError, *, json: bool) -> int:
    for words in (error.happened, error.kept, error.todo):
        if words:
            _say(words)
    if json:
        _write(as_json(error_values(error)))
    return FAILED


def _misused(error: Exception, *, json: bool) -> int:
    context = getattr(error, "ctx", None)
    message = str(getattr(error, "format_message", error.__str__)())
    if "\n" in message:  # nothing at all was said after the command: this is its whole help
        _say(message)
        message = "Something is missing after the command."
    elif context is not None:
        _say(context.get_usage())
        _say(f"For help: {context.command_path} --help")
    _say(f"Error: {message}")
    if json:
        values = {"happened": message, "kept": "", "todo": "See --help.", "kind": "usage"}
        _write(as_json({"error": values}))
    return USAGE


def _in_words(error: OSError) -> StudioError:
    try:
        with disk_errors(Path(error.filename or "A file")):
            raise error
    except StudioError as worded:
        return worded


def _unwritten(error: OSError) -> StudioError:
    return StudioError(
        f"It was done, but the outcome could not be printed: {error.strerror or error}.",
        todo="Look at where the output goes.",
        kind="disk",
    )


def _unexpected(error: Exception) -> StudioError:
    return StudioError(
        f"The command failed unexpectedly: {type(error).__name__}: {error}",
        kept="Everything saved before is safe.",
        todo="Try again; if it happens again, report it with the lines above.",
    )
