"""Which words are commands, and in which module each lives: only the one asked for is loaded."""

import difflib
import importlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from aigc_studio import __version__

VERBS: Mapping[str, str] = {
    "demo": "demo",
    "doctor": "doctor",
    "project": "project",
    "import": "data",
    "prepare": "data",
    "derive": "data",
    "families": "families",
    "forecast": "training",
    "train": "training",
    "runs": "runs",
    "sample": "pictures",
    "reconstruct": "pictures",
    "denoise": "pictures",
    "upscale": "pictures",
    "repaint": "repainting",
    "translate": "translating",
    "interpolate": "films",
    "mix": "mixing",
    "rank": "ranking",
    "evaluate": "evaluation",
    "models": "models",
}
# Commands of the plan that this version does not have yet; no project is called like them.
PLANNED = ("write", "search", "classify")
PROGRAM = "aigc-studio"
EVERYWHERE = (
    "Every command takes --json: one JSON document on stdout, progress on stderr. "
    "It ends with 0 when done, 1 when it failed (in words), 2 when it was called wrongly."
)
HELP = f"""
Train generative models of your own pictures, and play their latent spaces.

The first word is a command, or else a PROJECT to open the window on. PROJECT is a folder
Name.aigc; the word starter stands for a temporary copy of the project that ships.

{EVERYWHERE}
"""


def application(verb: str | None = None) -> typer.Typer:
    """The typer application: with the modules of `verb` only, or with all of them for help."""
    app = typer.Typer(
        name=PROGRAM,
        help=HELP,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    modules = [VERBS[verb]] if verb else VERBS.values()
    for name in dict.fromkeys(modules):
        importlib.import_module(f"aigc_studio.cli.{name}").register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say which.")
    ] = False,
) -> None:
    # Takes what stands before the command; its help is the application's.
    pass


def options(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - handed on to typer
    """What all commands of the application have in common."""
    return {"epilog": EVERYWHERE, **more}


def near(word: str, among: Iterable[str] = (*VERBS, *PLANNED)) -> str:
    """The command that `word` may have been meant for, or "" when nothing is near."""
    return next(iter(difflib.get_close_matches(word.lower(), among, n=1, cutoff=0.7)), "")
