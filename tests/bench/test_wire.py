from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.bench_wire import measure

if TYPE_CHECKING:
    import pytest


def test_the_wire_is_measured_whatever_python_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    (row,) = measure(times=1)
    assert row.value > 0
    assert "x a bare pipe" in row.note
