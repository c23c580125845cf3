"""Words and repainting through a real worker, with a tiny model that was really trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import Decode, Encode, Invert, Reconstruct, Repaint, Sample
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.worker import glimpses, repainting
from aigc_studio.worker.cards import limits_of
from tests.cli.conftest import write_picture
from tests.ml.flow_helpers import exported, flow_learner, told, trained
from tests.ml.helpers import learner_for, prepared, saved

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.media.image import Pixels
    from aigc_studio.worker.reporter import Reporter


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    data = told(24, channels=4)
    learner = trained(flow_learner(data), data, 8)
    return exported(learner, data, tmp_path_factory.mktemp("model") / "w.safetensors")


def test_samples_by_words_repeat_and_say_where_they_lie(model: ModelRef) -> None:
    words = Conditions(words="small disc", guidance=2)
    spec = Sample(model=model, seeds=(3, 4), conditions=words)
    outcome = run_job(spec)
    assert outcome.values["space"] == "noise"
    (message, first), (_, second) = outcome.media
    alone = run_job(spec.model_copy(update={"seeds": (4,)})).media[0][1]
    assert np.array_equal(alone, second)
    assert message.code
    again = run_job(Decode(model=model, code=message.code, conditions=words))
    assert np.array_equal(again.media[0][1], first)
    plain = run_job(Decode(model=model, code=message.code))
    assert not np.array_equal(plain.media[0][1], first)


def test_pictures_are_found_and_rebuilt(model: ModelRef, tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "fox.png", 1, 16)
    assert run_job(Encode(model=model, inputs=(picture,))).codes[0][0].space == "noise"
    rebuilt = run_job(Reconstruct(model=model, inputs=(picture,)))
    assert rebuilt.values["space"] == "latent"
    code = rebuilt.media[0][0].code
    assert code
    assert run_job(Decode(model=model, code=code)).values["space"] == "latent"


def test_repainting_keeps_what_the_mask_keeps(model: ModelRef, tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "fox.png", 1, 48)
    white = np.zeros((48, 48), np.uint8)
    white[:, :24] = 255
    Pillow.fromarray(white).save(tmp_path / "mask.png")
    spec = Repaint(
        model=model, input=picture, mask=tmp_path / "mask.png", strength=1.0, seeds=(1, 2)
    )
    outcome = run_job(spec)
    assert [message.seed for message, _ in outcome.media] == [1, 2]
    original = decode_image(picture).pixels
    for _, pixels in outcome.media:
        assert np.array_equal(pixels[:, 24:], original[:, 24:])
        assert not np.array_equal(pixels[:, :20], original[:, :20])
    assert np.array_equal(run_job(spec).media[1][1], outcome.media[1][1])


class Heard:
    """A reporter that notes what is shown."""

    def __init__(self) -> None:
        self.seen: list[Pixels] = []

    def preview(self, step: int, picture: Pixels) -> None:
        self.seen.append(picture)

    def media(self, *about: object, **more: object) -> None:
        pass

    def result(self, values: object) -> None:
        pass


def test_what_comes_is_shown_as_the_result_will_be(
    model: ModelRef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glimpses, "SLOW", 0.0)
    monkeypatch.setattr(glimpses, "APART", 0.0)
    monkeypatch.setattr(repainting, "use_cores", lambda: None)
    picture = write_picture(tmp_path / "fox.png", 1, 48)
    white = np.zeros((48, 48), np.uint8)
    white[:, :24] = 255
    Pillow.fromarray(white).save(tmp_path / "mask.png")
    heard = Heard()
    spec = Repaint(model=model, input=picture, mask=tmp_path / "mask.png", strength=1.0)
    repainting.handle(spec, cast("Reporter", heard))
    original = decode_image(picture).to_mode("rgba").pixels
    assert len(heard.seen) > 1
    for seen in heard.seen:
        assert seen.shape[:2] == (48, 48)
        assert np.array_equal(Image(seen).to_mode("rgba").pixels[:, 24:], original[:, 24:])


def test_a_vae_neither_listens_nor_repaints(tmp_path: Path) -> None:
    data = prepared(20)
    vae = saved(learner_for(data), data, tmp_path / "w.safetensors")
    with pytest.raises(StudioError, match="no words"):
        run_job(Sample(model=vae, seeds=(1,), conditions=Conditions(words="fox")))
    picture = write_picture(tmp_path / "fox.png", 1)
    with pytest.raises(StudioError, match="cannot repaint"):
        run_job(Repaint(model=vae, input=picture))


def test_a_card_tells_which_languages_it_knows() -> None:
    data = told(20)
    assert any("en, zh" in limit for limit in limits_of(data, listens=True))
    assert not any("words" in limit for limit in limits_of(data))
    assert any("no words" in limit for limit in limits_of(prepared(20), listens=True))


def test_a_search_is_told_what_the_model_is_told(model: ModelRef, tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "fox.png", 1, 16)
    words = Conditions(words="small disc", guidance=2)
    spec = Invert(model=model, input=picture, steps=40, space="noise", conditions=words)
    outcome = run_job(spec)
    ((message, code),) = outcome.codes
    said = run_job(Decode(model=model, code=code, conditions=words)).media[0][1]
    assert np.array_equal(said, outcome.media[-1][1])  # what was measured is what is shown
    assert outcome.values["psnr"] == [message.quality[0]]
    assert message.quality[0] >= float(str(outcome.values["psnr_at_start"]))
    plain = run_job(spec.model_copy(update={"conditions": Conditions()}))
    assert plain.codes[0][1] != code
    data = prepared(8)
    vae = saved(learner_for(data), data, tmp_path / "vae.safetensors")
    with pytest.raises(StudioError, match="no words"):
        run_job(Invert(model=vae, input=picture, steps=10, conditions=words))
