"""Films and pictures that are written, or given up without a trace."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import able_models
from aigc_studio.document.timeline_edits import set_timeline
from aigc_studio.media.decode import decode_image
from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.media.seamless import seamless
from aigc_studio.studio import frames
from aigc_studio.studio.export_work import Wish, Written
from aigc_studio.studio.exporting import CanvasExport
from tests.cli.models import write_model
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import JsonValue
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.studio.export_preview import Previewed
    from aigc_studio.studio.studio import Studio

FRAMES = 6


@pytest.fixture
def film(layer: Layer, staged: Studio, qtbot: QtBot) -> Studio:
    """Six frames on the way of a layer."""
    for frame, x in ((0, -2.0), (FRAMES - 1, 2.0)):
        staged.head.show_frame(frame)
        staged.instrument.move_to(x, 0.0)
        settled(staged, qtbot)
        staged.recorder.add_key()
    key = canvas_of(staged).id
    staged.session.do(lambda project: set_timeline(project, key, frames=FRAMES))
    return staged


@pytest.fixture
def export(staged: Studio) -> Iterator[CanvasExport]:
    made = CanvasExport(staged.session, staged.player, staged.head, staged)
    yield made
    made.close()


def test_a_film_larger_than_what_is_kept_of_pictures(
    film: Studio,
    export: CanvasExport,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "KEPT_BYTES", 1)
    with qtbot.waitSignal(export.done, timeout=20_000) as done:
        export.start(canvas_of(film), Wish(tmp_path / "film.gif", film=True))
    (written,) = done.args or []
    assert isinstance(written, Written)
    with Pillow.open(written.path) as picture:
        assert getattr(picture, "n_frames", 1) == FRAMES
    assert not export.running


def test_a_picture_is_that_of_the_play_head(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    film.head.show_frame(0)
    with qtbot.waitSignal(export.done, timeout=20_000):
        export.start(canvas_of(film), Wish(tmp_path / "still.png"))
    with Pillow.open(tmp_path / "still.png") as picture:
        middle = picture.convert("RGB").getpixel((32, 32))
    assert middle == (48, 128, 0)


@pytest.fixture
def larger(staged: Studio, tmp_path: Path) -> ChosenModel:
    """A model that enlarges two times."""
    store = staged.session.store
    config: dict[str, JsonValue] = {"factor": 2, "channels": 4}
    write_model(tmp_path / "larger", name="larger", family="image-upscale", more=config)
    store.adopt_model(tmp_path / "larger", "larger")
    (model,) = able_models(store, Cap.UPSCALE)
    return model


def test_a_model_enlarges_pictures_and_films(
    film: Studio, export: CanvasExport, larger: ChosenModel, tmp_path: Path, qtbot: QtBot
) -> None:
    canvas = canvas_of(film)
    told: list[float] = []
    export.advanced.connect(told.append)
    for wish in (
        Wish(tmp_path / "still.png", 4, upscaler=larger),
        Wish(tmp_path / "film.gif", 2, upscaler=larger, film=True),
        Wish(tmp_path / "film.mp4", 2, upscaler=larger, film=True),
    ):
        with qtbot.waitSignal(export.done, timeout=30_000):
            export.start(canvas, wish)
    with Pillow.open(tmp_path / "still.png") as picture:
        assert picture.size == (canvas.width * 4, canvas.height * 4)
        # Clear, and inverted by the worker that stands in for the true one.
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    with Pillow.open(tmp_path / "film.gif") as picture:
        assert getattr(picture, "n_frames", 1) == FRAMES
        assert picture.size == (canvas.width * 2, canvas.height * 2)
    assert (tmp_path / "film.mp4").read_bytes().startswith(b"film")
    found = read_provenance(tmp_path / "still.png")
    assert found is not None
    assert f'"upscaler":"{larger.ref.id}"' in found.recipe_json
    assert "Grace" in found.author
    assert max(told) == 1.0


def test_a_preview_shows_what_the_model_makes(
    film: Studio, larger: ChosenModel, tmp_path: Path, qtbot: QtBot
) -> None:
    preview, canvas = film.export_preview, canvas_of(film)
    seen: list[Previewed] = []
    preview.ready.connect(seen.append)
    for upscaler in (None, larger):
        with qtbot.waitSignal(preview.ready, timeout=20_000):
            preview.show(canvas, Wish(tmp_path / "a.png", 2, upscaler=upscaler))
    plain, made = seen
    assert plain.size == made.size == (canvas.width * 2, canvas.height * 2)
    assert (made.picture.width(), made.picture.height()) == made.size
    assert plain.picture != made.picture
    assert larger.ref.id in made.origin.recipe_json


def test_what_is_given_up_leaves_the_older_file(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "film.gif"
    target.write_bytes(b"older")
    told: list[object] = []
    export.done.connect(told.append)
    export.failed.connect(told.append)
    with qtbot.waitSignal(export.ended, timeout=20_000):
        export.start(canvas_of(film), Wish(target, film=True))
        export.cancel()
    qtbot.wait(100)
    assert told == []
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.glob("*film*")] == ["film.gif"]


def test_closing_the_project_gives_up(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    export.start(canvas_of(film), Wish(tmp_path / "film.gif", film=True))
    film.session.close()
    qtbot.waitUntil(lambda: not export.running, timeout=20_000)
    assert not (tmp_path / "film.gif").exists()


def test_a_full_disk_is_told_and_leaves_the_older_file(
    film: Studio,
    export: CanvasExport,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "still.png"
    target.write_bytes(b"older")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr("aigc_studio.media.encode.write_atomic", full)
    with qtbot.waitSignal(export.failed, timeout=20_000) as failed:
        export.start(canvas_of(film), Wish(target))
    (error,) = failed.args or []
    assert isinstance(error, StudioError)
    assert error.kind == "disk"
    assert not export.running
    assert target.read_bytes() == b"older"


def test_a_model_that_is_gone_is_told(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    film.session.store.model_folder(film.choice.word).joinpath("weights.safetensors").unlink()
    with qtbot.waitSignal(export.failed, timeout=20_000):
        export.start(canvas_of(film), Wish(tmp_path / "film.gif", film=True))
    assert not export.running


@pytest.mark.parametrize("name", ["film.webm", "film.mp4"])
def test_a_video_that_is_given_up_leaves_nothing(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    begun: list[bool] = []

    def given_up(part: float) -> None:
        # The worker has the frames by now, and may even be done.
        if any(out.iterdir()) and not begun:
            begun.append(True)
            export.cancel()

    export.advanced.connect(given_up)
    with qtbot.waitSignal(export.ended, timeout=20_000):
        export.start(canvas_of(film), Wish(out / name, film=True))
        qtbot.waitUntil(lambda: any(out.iterdir()) or not export.running, timeout=20_000)
        export.cancel()
    assert not export.running
    assert list(out.iterdir()) == []


def test_a_video_is_in_its_place_and_nothing_beside_it(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with qtbot.waitSignal(export.done, timeout=20_000) as done:
        export.start(canvas_of(film), Wish(out / "film.webm", film=True))
    (written,) = done.args or []
    assert written.path == out / "film.webm"
    assert [path.name for path in out.iterdir()] == ["film.webm"]


def test_each_frame_becomes_a_picture(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(export.done, timeout=20_000):
        export.start(canvas_of(film), Wish(tmp_path / "out" / "fox-##.png", film=True))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [*(f"fox-{number:02}.png" for number in range(1, FRAMES + 1)), "fox.json"]
    with Pillow.open(tmp_path / "out" / "fox-01.png") as first:
        assert first.convert("RGB").getpixel((32, 32)) == (48, 128, 0)


def test_layers_lie_where_their_numbers_say(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    layer = canvas_of(film).layers[0].id
    for frame, x in ((0, 0.0), (FRAMES - 1, 64.0)):
        film.head.show_frame(frame)
        assert film.recorder.set_number(layer, "x", x)
    with qtbot.waitSignal(export.done, timeout=20_000):
        export.start(canvas_of(film), Wish(tmp_path / "#.png", film=True))
    shown = []
    for number in (1, FRAMES):
        with Pillow.open(tmp_path / f"{number}.png") as picture:
            alpha = picture.getchannel("A")
            shown.append(alpha.getbbox())
    assert shown[0] is not None
    assert shown[1] is not None
    assert (shown[0][0], shown[1][2]) == (0, 64)
    assert shown[0][2] < shown[1][0] + 40
    assert shown[0] != shown[1]


def test_a_tile_is_written(
    film: Studio, export: CanvasExport, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, tile in (("plain.png", False), ("tile.png", True)):
        with qtbot.waitSignal(export.done, timeout=20_000):
            export.start(canvas_of(film), Wish(tmp_path / name, tile=tile))
    assert decode_image(tmp_path / "tile.png") == seamless(decode_image(tmp_path / "plain.png"))
