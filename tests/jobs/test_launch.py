"""Command lines of training workers, and GPUs that are not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs import launch
from aigc_studio.jobs.deaths import in_words
from aigc_studio.jobs.launch import cuda_gpus, training_command

OPTIONS = ["--run", "/p/runs/r1", "--nice", "10", "--yield-flag", "/flag"]


def _pretend_gpus(count: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = folder / "nvidia-smi"
    lines = "\n".join(f"echo 'GPU {index}: Some GPU (UUID: GPU-{index})'" for index in range(count))
    tool.write_text(f"#!/bin/sh\n{lines}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)


def _command(gpus: int) -> list[str]:
    return training_command(Path("/p/runs/r1"), gpus=gpus, yield_flag=Path("/flag"))


def test_one_device_takes_a_plain_worker() -> None:
    assert _command(1) == [sys.executable, "-m", "aigc_studio.worker", *OPTIONS]


def test_several_gpus_take_torchrun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_gpus(4, tmp_path, monkeypatch)
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "3"]
    worker = ["-m", "--", "aigc_studio.worker", *OPTIONS]
    assert _command(3) == [sys.executable, *torchrun, *worker]


@pytest.mark.parametrize(("count", "words"), [(0, "no NVIDIA GPU"), (1, "one NVIDIA"), (2, "2 N")])
def test_too_few_gpus_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, words: str
) -> None:
    _pretend_gpus(count, tmp_path, monkeypatch)
    with pytest.raises(StudioError, match=words) as caught:
        _command(3)
    assert caught.value.kind == "missing"


@pytest.mark.parametrize(
    ("visible", "count"), [("", 0), ("-1", 0), ("1", 1), ("0,1", 2), ("0,1,2,3,4", 4)]
)
def test_hidden_gpus_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visible: str, count: int
) -> None:
    _pretend_gpus(4, tmp_path, monkeypatch)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert cuda_gpus() == count


def test_no_driver_means_no_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cuda_gpus() == 0
    (tmp_path / "nvidia-smi").write_text("not a program")
    (tmp_path / "nvidia-smi").chmod(0o755)
    assert launch.cuda_gpus() == 0


@pytest.mark.parametrize(
    ("code", "words"), [(-9, "memory ran out"), (137, "SIGKILL"), (-11, "SIGSEGV"), (3, "code 3")]
)
def test_deaths_in_words(code: int, words: str) -> None:
    error = in_words(code)
    assert words in str(error)
    assert error.kind == "crashed"
