"""Films through a real worker: encoded with their origin, and taken apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.jobs.child import Child
from aigc_studio.jobs.messages import Failed, MediaOut, Result
from aigc_studio.jobs.specs import EncodeFilm, ExtractFrames
from aigc_studio.media.provenance_reading import read_provenance
from tests.media.helpers import ORIGIN, ball

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.messages import AnyAnswer

COUNT, SIDE = 4, 32


def asked(spec: EncodeFilm | ExtractFrames, payload: bytes = b"") -> list[AnyAnswer]:
    """All that a worker says of one job."""
    told: list[AnyAnswer] = []
    with Child() as child:
        child.send(spec, payload)
        while (event := child.receive()) is not None:
            told.append(event.message)
            if isinstance(event.message, Result | Failed):
                break
    return told


def encode(out: Path) -> EncodeFilm:
    """A film of a few frames with all that can be said of it."""
    return EncodeFilm(
        out=out,
        shape=(COUNT, SIDE, SIDE, 3),
        fps=10,
        comment=ORIGIN.recipe_json,
        author=ORIGIN.author,
        rights=ORIGIN.rights,
        title=ORIGIN.title,
    )


def test_a_film_carries_recipe_author_rights_and_title(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    frames = np.stack([ball(i, COUNT, SIDE).to_mode("rgb").pixels for i in range(COUNT)])
    result = asked(encode(path), frames.tobytes())[-1]
    assert isinstance(result, Result)
    assert result.values["embedded"] == list(ORIGIN.items())
    assert result.values["codec"]
    assert read_provenance(path) == ORIGIN
    told = asked(ExtractFrames(video=path, every=0.1))
    shapes = [message.shape for message in told if isinstance(message, MediaOut)]
    assert shapes == [(SIDE, SIDE, 3)] * COUNT


def test_frames_that_arrive_incomplete_make_no_film(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    failed = asked(encode(path), bytes(10))[-1]
    assert isinstance(failed, Failed)
    assert "incomplete" in failed.happened
    assert not path.exists()
