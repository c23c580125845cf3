"""The card of a finished model: what it is, what it was made of, and its honest limits."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aigc_studio import __version__
from aigc_studio.catalog.card import DataNote, ModelCard, TrainingNote
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.device import resolve_device

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.jobs.specs import Train
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.train import Session
    from aigc_studio.worker.starting import Started

FEW_PICTURES = 200


def card_of(
    run: Started,
    session: Session,
    model_id: str,
    config: Frozen,
    metrics: dict[str, JsonValue],
) -> ModelCard:
    """The card of the model that a run has made.

    Args:
        run: what was asked, and the data it was asked on.
        session: the session that ended; its counters are those of the whole run.
        model_id: sha256 of the exported weights.
        config: the family's configuration, as in the weights' header.
        metrics: figures by name.
    """
    spec = run.spec
    return ModelCard(
        model=model_id,
        name=spec.name,
        family=spec.family,
        modality=family(spec.family).modality,
        config=config.model_dump(mode="json"),
        parent=spec.parent.id if spec.parent else None,
        data=_data_note(spec, run.data),
        history=(*_past(spec), _training_note(spec, session)),
        metrics=metrics,
        limits=limits_of(
            run.data,
            getattr(config, "factor", 1),
            listens=Cap.CONDITION in family(spec.family).caps,
        ),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        studio=__version__,
    )


def limits_of(data: PreparedData, factor: int = 1, *, listens: bool = False) -> tuple[str, ...]:
    """What a model trained on this data cannot do, one sentence each.

    Args:
        factor: how many times it enlarges; 1 for one that makes pictures.
        listens: it learned words too, where there were any.
    """
    if factor > 1:
        limits = [f"It enlarges {factor} times, and its detail is a guess from what it has seen."]
    else:
        limits = [f"It makes squares of {data.size} pixels."]
    if data.pictures < FEW_PICTURES:
        limits.append(f"It has seen only {data.pictures} pictures and may repeat them.")
    if not len(data.held_out):
        limits.append("Nothing was held out, so its figures are of pictures it was trained on.")
    languages = sorted({language for said in data.captions for language in said})
    if listens and languages:
        limits.append(f"It knows words in {', '.join(languages)}, and only those of its captions.")
    elif listens:
        limits.append("Its pictures had no captions, so it knows no words.")
    return tuple(limits)


def _past(spec: Train) -> tuple[TrainingNote, ...]:
    return spec.parent_card.history if spec.parent_card else ()


def _data_note(spec: Train, data: PreparedData) -> DataNote:
    items = (*spec.data.items, *(spec.pair.items if spec.pair else ()))
    return DataNote(
        collection=spec.data.name,
        pair=spec.pair.name if spec.pair else "",
        items=data.pictures,
        held_out=data.pictures_held_out,
        fingerprint=_fingerprint(data),
        authors=tuple(sorted({item.author for item in items if item.author})),
        rights=tuple(sorted({item.rights for item in items if item.rights})),
    )


def _fingerprint(data: PreparedData) -> str:
    if data.pair is None:
        return data.fingerprint
    both = f"{data.fingerprint} {data.pair.fingerprint}"
    return hashlib.sha256(both.encode()).hexdigest()


def _training_note(spec: Train, session: Session) -> TrainingNote:
    return TrainingNote(
        steps=session.counters.step,
        items_seen=session.counters.step * spec.options.batch,
        seconds=session.counters.seconds,
        device=resolve_device(spec.device),
        seed=spec.seed,
        options=spec.options.model_dump(mode="json"),
        preset=spec.preset,
        frozen_parts=spec.freeze,
    )
