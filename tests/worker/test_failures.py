"""Exceptions in words."""

from __future__ import annotations

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.worker.failures import MAX_DETAIL, as_failure


def test_a_studio_error_keeps_its_words() -> None:
    failed = as_failure(StudioError("A.", kept="B.", todo="C.", kind="disk"))
    assert (failed.happened, failed.kept, failed.todo, failed.kind) == ("A.", "B.", "C.", "disk")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "memory"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), "memory"),
        (RuntimeError("CUDA error: out of memory"), "memory"),
        (RuntimeError("shapes differ"), "failed"),
        (ValueError("out of memory"), "failed"),
    ],
)
def test_kinds(error: Exception, kind: str) -> None:
    assert as_failure(error).kind == kind


def test_torch_says_out_of_memory_too() -> None:
    import torch

    failed = as_failure(torch.OutOfMemoryError("CUDA: tried to allocate"))
    assert failed.kind == "memory"
    assert "smaller batch" in failed.todo


def test_details_are_bounded() -> None:
    assert len(as_failure(RuntimeError("x" * 100_000)).detail) <= MAX_DETAIL
