"""Devices by name, and when bfloat16 is used."""

from __future__ import annotations

import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.device import (
    autocast,
    available_devices,
    resolve_device,
    use_cores,
    uses_bfloat16,
)


def test_auto_and_every_listed_device_can_be_had() -> None:
    assert available_devices()[0] == "cpu"
    assert resolve_device("auto") in available_devices()
    assert [resolve_device(name) for name in available_devices()] == available_devices()


@pytest.mark.parametrize("wish", ["cuda:99", "tpu", ""])
def test_a_device_that_is_not_there_is_told_with_those_that_are(wish: str) -> None:
    with pytest.raises(StudioError, match="no device") as caught:
        resolve_device(wish)
    assert caught.value.kind == "input"
    assert "cpu" in caught.value.todo


def test_a_named_precision_wins() -> None:
    assert uses_bfloat16("bfloat16", "cpu")
    assert not uses_bfloat16("float32", "cpu")


def test_autocast_is_what_it_says() -> None:
    x = torch.ones(2, 2)
    with autocast("cpu", bfloat16=True):
        assert (x @ x).dtype == torch.bfloat16
    with autocast("cpu", bfloat16=False):
        assert (x @ x).dtype == torch.float32


@pytest.mark.parametrize(("said", "threads"), [("1", 1), ("0", 1), ("many", None), ("", None)])
def test_fewer_threads_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, said: str, threads: int | None
) -> None:
    before = torch.get_num_threads()
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    whole = use_cores()
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    try:
        assert use_cores() == (threads or whole)
        assert use_cores(1) == 1
    finally:
        torch.set_num_threads(before)
