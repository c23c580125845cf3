"""Weights on disk: equal weights are equal bytes, and what a stranger made is refused in words."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import sha256_of
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.ml.registry import load_model
from aigc_studio.ml.weights import load_weights, save_weights
from tests.ml.helpers import config_for, learner_for, prepared, saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.catalog.image_vae import ImageVaeConfig

    Change = Callable[[dict[str, Tensor]], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    """A true model of the smallest size."""
    data = prepared()
    return saved(learner_for(data), data, tmp_path_factory.mktemp("model") / "w.safetensors")


@pytest.fixture
def config() -> ImageVaeConfig:
    return config_for(prepared())


def note(config: dict[str, Any], family: str = "image-vae") -> dict[str, str]:
    return {"aigc": strict_json.dumps({"config": config, "family": family}).decode()}


def refused(path: Path) -> StudioError:
    """Loading must fail in words."""
    with pytest.raises(StudioError) as caught:
        load_model(ModelRef(id="0" * 64, path=path), "cpu")
    assert caught.value.kind == "hostile"
    assert caught.value.todo
    return caught.value


def test_round_trip(tmp_path: Path, config: ImageVaeConfig) -> None:
    tensors = {"a": torch.randn(3, 4), "b": torch.full((2,), 1e6), "c": torch.tensor([1, 2])}
    path = tmp_path / "w.safetensors"
    model_id = save_weights(path, tensors, "image-vae", config)
    header, found = load_weights(path)
    assert model_id == sha256_of(path)
    assert (header.family, header.config) == ("image-vae", config.model_dump(mode="json"))
    assert header.parameters == 16
    torch.testing.assert_close(found["a"], tensors["a"], rtol=1e-3, atol=1e-3)
    assert torch.equal(found["b"], tensors["b"])  # beyond float16, so kept as float32
    assert torch.equal(found["c"], tensors["c"])
    save_weights(path, tensors, "image-vae", config, half=False)
    assert torch.equal(load_weights(path)[1]["a"], tensors["a"])


def test_equal_weights_are_equal_bytes(tmp_path: Path, config: ImageVaeConfig) -> None:
    names = [f"layer.{number}" for number in range(30)]
    tensors = {name: torch.full((3,), float(len(name))) for name in names}
    backwards = dict(reversed(tensors.items()))
    ids = {
        save_weights(tmp_path / f"{turn}.safetensors", order, "image-vae", config)
        for turn, order in enumerate([tensors, backwards] * 3)
    }
    assert len(ids) == 1
    other = config.model_copy(update={"components": 3})
    assert save_weights(tmp_path / "o.safetensors", tensors, "image-vae", other) not in ids


def test_a_true_model_loads(whole: ModelRef) -> None:
    model = load_model(whole, "cpu")
    assert model.id == whole.id
    assert model.spaces["z"].shape == (4,)


def doubled(name: str) -> Change:
    return lambda tensors: tensors.update({name: torch.cat([tensors[name]] * 2)})


def filled(name: str, value: float) -> Change:
    return lambda tensors: tensors[name].fill_(value)


def retyped(name: str, kind: torch.dtype) -> Change:
    return lambda tensors: tensors.update({name: tensors[name].to(kind)})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(filled("prior.means", float("nan")), id="nan"),
        pytest.param(filled("net.decoder.leave.bias", float("inf")), id="infinity"),
        pytest.param(retyped("net.decoder.leave.bias", torch.int64), id="whole numbers in the net"),
        pytest.param(retyped("prior.factors", torch.int32), id="whole numbers in the prior"),
        pytest.param(lambda tensors: tensors.pop("net.mean"), id="net lacks one"),
        pytest.param(lambda tensors: tensors.pop("prior.weights"), id="prior lacks one"),
        pytest.param(lambda tensors: tensors.pop("space.axes"), id="atlas lacks one"),
        pytest.param(lambda tensors: tensors.update({"net.x": torch.ones(1)}), id="net has more"),
        pytest.param(lambda tensors: tensors.update({"x": torch.ones(1)}), id="more"),
        pytest.param(lambda tensors: tensors.update({"prior.x": torch.ones(1)}), id="prior more"),
        pytest.param(doubled("net.decoder.leave.bias"), id="net of another shape"),
        pytest.param(doubled("prior.means"), id="prior of another shape"),
        pytest.param(doubled("space.mean"), id="atlas of another shape"),
        pytest.param(
            lambda tensors: tensors.update(
                {"prior.means": torch.zeros(1, 5), "prior.factors": torch.zeros(1, 5, 5)}
                | {"prior.weights": torch.ones(1)}
            ),
            id="prior of another space",
        ),
    ],
)
def test_tensors_that_do_not_belong_are_refused(
    whole: ModelRef, tmp_path: Path, change: Change
) -> None:
    tensors = load_file(whole.path)
    change(tensors)
    config = load_weights(whole.path)[0].config
    save_file(tensors, tmp_path / "w.safetensors", metadata=note(config))
    refused(tmp_path / "w.safetensors")


def raw(header: bytes, length: int | None = None, body: bytes = b"\0" * 64) -> bytes:
    return struct.pack("<Q", len(header) if length is None else length) + header + body


def entry(**changes: object) -> bytes:
    tensor = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16], **changes}
    return strict_json.dumps({"__metadata__": note({"size": 16}), "net.mean": tensor})


def pickled() -> bytes:
    """The shape of a .pt file: a zip whose pickle would run a command."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("archive/data.pkl", b"cos\nsystem\n(S'touch %s'\ntR.")
        archive.writestr("archive/version", b"3\n")
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Dear model, " * 50, id="text"),
        pytest.param(pickled(), id="zip of a pickle"),
        pytest.param(b"\x80\x02cos\nsystem\nX\x08\0\0\0touch /xq\0R.", id="bare pickle"),
        pytest.param(raw(entry(), length=2**63), id="endless header"),
        pytest.param(raw(entry(), length=len(entry()) + 999), id="header beyond the end"),
        pytest.param(raw(b"[" * 100_000), id="deep header"),
        pytest.param(raw(b"[]"), id="list"),
        pytest.param(raw(b'{"a": NaN}'), id="nan in the header"),
        pytest.param(raw(b"{}"), id="no note"),
        pytest.param(raw(entry(shape=[2**40])), id="huge shape"),
        pytest.param(raw(entry(shape=[-1])), id="negative shape"),
        pytest.param(raw(entry(shape="4")), id="shape of letters"),
        pytest.param(raw(entry(shape=[1.5])), id="broken shape"),
        pytest.param(raw(entry(data_offsets=[0, 10**9])), id="beyond the end"),
        pytest.param(raw(entry(data_offsets=[-16, 0])), id="before the start"),
        pytest.param(raw(entry(data_offsets=[0, 16, 32])), id="three offsets"),
        pytest.param(raw(entry(dtype="OBJECT")), id="strange type"),
        pytest.param(raw(entry(dtype=["F32"])), id="type in a list"),
        pytest.param(raw(entry()), id="configuration without the rest"),
    ],
)
def test_files_that_are_no_weights_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(data)
    refused(path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_every_truncation_is_refused(whole: ModelRef, tmp_path: Path) -> None:
    data = whole.path.read_bytes()
    path = tmp_path / "w.safetensors"
    for length in (4, 8, 100, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:length])
        refused(path)


def test_an_unknown_family_is_kept_but_not_played(tmp_path: Path) -> None:
    save_file({"a": torch.ones(1)}, tmp_path / "w.safetensors", metadata=note({}, "image-dream"))
    with pytest.raises(StudioError, match="image-dream") as caught:
        load_model(ModelRef(id="0" * 64, path=tmp_path / "w.safetensors"), "cpu")
    assert caught.value.kind == "missing"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"gone\.safetensors") as caught:
        load_weights(tmp_path / "gone.safetensors")
    assert caught.value.kind == "missing"


def test_a_configuration_that_claims_too_much_is_refused(
    whole: ModelRef, config: ImageVaeConfig, tmp_path: Path
) -> None:
    claims = config.model_copy(update={"size": 1024, "latent": 512, "width": 1024})
    _, tensors = load_weights(whole.path)
    path = tmp_path / "w.safetensors"
    save_weights(path, tensors, "image-vae", claims)
    refused(path)
