"""What a dragged layer catches: the canvas, other layers, and by its size."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from aigc_studio.ui.editors.canvas.snapping import Lines, caught, grown


def test_edges_and_middles_of_the_canvas() -> None:
    lines = Lines.of(100, 60)
    near = caught(QRectF(2, 17, 20, 20), lines, 4)
    assert (near.right, near.down) == (-2, 3)
    assert (near.upright, near.across) == ((0.0,), (30.0,))
    assert caught(QRectF(10, 7, 20, 20), lines, 2) == caught(QRectF(10, 7, 20, 20), lines, 1)


def test_edges_and_middles_of_other_layers() -> None:
    lines = Lines.of(100, 60, [QRectF(30, 5, 10, 10)])
    near = caught(QRectF(41, 40, 7, 9), lines, 2)
    assert near.right == -1
    assert near.upright == (40.0,)


def test_a_scaled_layer_catches_by_its_edges() -> None:
    lines = Lines.of(100, 60)
    factor, found = grown(QRectF(26, 20, 48, 20), lines, 3)
    assert factor == 1
    factor, found = grown(QRectF(1, 20, 98, 20), lines, 3)
    assert factor == 100 / 98
    assert found.upright in ((0.0,), (100.0,))
