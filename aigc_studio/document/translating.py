"""From one medium to another: which ways there are, and the spec that goes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.requests import TEXT, sample_spec
from aigc_studio.document.telling import able_model, conditions_for

if TYPE_CHECKING:
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.store import Store
    from aigc_studio.jobs.specs import Sample

Medium = Literal["image", "audio", "text"]
_NAMES: dict[str, str] = {"image": "pictures", "audio": "sounds", "text": "words"}
_SOURCES = ", ".join(f"{medium}:..." for medium in ("text", "image", "audio"))


def source_of(word: str) -> tuple[Medium, str]:
    """What is translated: `text:WORDS`, `image:PATH` or `audio:PATH`, taken apart.

    Raises:
        StudioError: kind "input", it is none of these, or empty.
    """
    medium, colon, rest = word.partition(":")
    for known in get_args(Medium):
        if colon and medium == known and rest.strip():
            return known, rest.strip()
    raise StudioError(
        f'"{word}" does not say what to translate.',
        todo=f"Write one of {_SOURCES}: text:red heart.",
        kind="input",
    )


def translate_spec(
    store: Store,
    model: ChosenModel | None,
    source: str,
    target: str,
    count: int,
    seed: int,
    *,
    guidance: float | None = None,
    device: str = "auto",
) -> tuple[ChosenModel, Sample]:
    """Words to pictures; result i has the seed `seed` + i and depends on nothing else.

    Args:
        model: whose; None takes the project's newest able model, else the starter's.
        source: see `source_of`.
        target: the medium to come to.

    Raises:
        StudioError: no model here goes this way, or `model` does not.
    """
    medium, content = source_of(source)
    if (medium, target) != ("text", "image"):
        raise _no_way(medium, target)
    chosen = model or able_model(store, Cap.CONDITION | Cap.SAMPLE, "make pictures of words")
    told = conditions_for(chosen, words=content.removeprefix(TEXT), guidance=guidance)
    return chosen, sample_spec(chosen, count, seed, conditions=told, device=device)


def _no_way(medium: str, target: str) -> StudioError:
    known = _NAMES.get(target)
    if known is None:
        return StudioError(
            f'There is no medium "{target}".', todo="Choose image, audio or text.", kind="input"
        )
    return StudioError(
        f"No model here can make {known} of {_NAMES[medium]} yet.",
        todo="Words to pictures is what can be done: --from text:WORDS --to image.",
        kind="missing",
    )
