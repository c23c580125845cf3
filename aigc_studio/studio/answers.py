"""What a request of the player brought, as pictures, points and recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.results import recipes_of
from aigc_studio.jobs.messages import CodeOut, MediaOut, Result
from aigc_studio.jobs.runner import JobOutcome, pixels
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.trail import Played

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.specs import Decode, Sample
    from aigc_studio.studio.steering import Steering


def outcome_of(events: Iterable[Event]) -> JobOutcome:
    """The messages of a finished request as the outcome of a job."""
    outcome = JobOutcome("finished")
    for event in events:
        match event.message:
            case MediaOut() as message:
                outcome.media.append((message, pixels(message, event.payload)))
            case CodeOut() as message:
                outcome.codes.append((message, bytes(event.payload)))
            case Result(values=values):
                outcome.values.update(values)
    return outcome


def played(
    spec: Decode | Sample,
    events: Iterable[Event],
    model: ChosenModel,
    steering: Steering,
    truncation: float,
) -> list[Played]:
    """The pictures of a request with their points and recipes, not numbered yet.

    Raises:
        ValueError: the worker answered points of another space.
        StudioError: a picture does not fit its shape.
    """
    outcome = outcome_of(events)
    recipes = recipes_of(spec, outcome, model)
    return [
        Played(
            number=0,
            name="",
            model=model.word,
            code=_point(message, model, steering),
            truncation=truncation,
            picture=to_qimage(picture),
            pixels=picture,
            recipe=recipe,
        )
        for (message, picture), recipe in zip(outcome.media, recipes, strict=True)
    ]


def points(events: Iterable[Event], model: ChosenModel, steering: Steering) -> Iterator[Floats]:
    """The points of a request that encoded something; errors as `played`."""
    for _, data in outcome_of(events).codes:
        yield from steering.from_bytes(data, model.ref.id)


def _point(message: MediaOut, model: ChosenModel, steering: Steering) -> Floats:
    return steering.from_bytes(message.code or b"", model.ref.id)[0]
