"""What is painted on: a copy of the picture, which itself is never written on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage

from aigc_studio.studio.errand import LeftErrands
from aigc_studio.studio.paper import Paper
from aigc_studio.studio.pictures import to_pixels, to_qimage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

LARGE, SMALL = (1501, 1203), (37, 21)  # a large one is copied in a thread
PART = slice(3, 9), slice(5, 16)


@pytest.fixture
def left() -> Iterator[LeftErrands]:
    made = LeftErrands()
    yield made
    made.join()


def picture(size: tuple[int, int], channels: int = 4) -> QImage:
    dice = np.random.default_rng(3)
    return to_qimage(dice.integers(0, 256, (size[1], size[0], channels), np.uint8))


@pytest.mark.parametrize("channels", [1, 4])
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_it_is_a_copy(
    size: tuple[int, int], channels: int, left: LeftErrands, qtbot: QtBot
) -> None:
    source, heard = picture(size, channels), list[bool]()
    before = to_pixels(source)
    paper = Paper(source, size, left, lambda: heard.append(True))
    assert paper.is_ready is (size == SMALL)
    qtbot.waitUntil(lambda: paper.is_ready)
    assert heard == ([] if size == SMALL else [True])
    assert paper.now.format() == source.format()
    assert (to_pixels(paper.now) == before).all()
    paper.now.fill(0)
    assert (to_pixels(source) == before).all()
    part = paper.pixels_before(PART)
    assert part.shape == (6, 11, channels)
    assert (part == before[PART][..., :channels]).all()


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_clear_sheet(size: tuple[int, int], left: LeftErrands) -> None:
    paper = Paper(QImage(), size, left, lambda: None)
    paper.wait()
    assert paper.is_ready
    assert not to_pixels(paper.now).any()
    assert paper.pixels_before(PART).shape == (6, 11, 4)
    assert not paper.pixels_before(PART).any()


def test_who_waits_hears_of_it_once(left: LeftErrands, qtbot: QtBot) -> None:
    heard = list[bool]()
    paper = Paper(picture(LARGE), LARGE, left, lambda: heard.append(True))
    paper.wait()
    assert heard == [True]
    qtbot.wait(20)
    paper.wait()
    assert heard == [True]


def test_to_begin_costs_a_small_part_of_a_copy(left: LeftErrands) -> None:
    size = (3000, 3000)
    source = picture(size)
    begun, copied = [], []
    for _ in range(5):
        start = time.thread_time()
        paper = Paper(source, size, left, lambda: None)
        begun.append(time.thread_time() - start)
        paper.wait()
        start = time.thread_time()
        source.copy()
        copied.append(time.thread_time() - start)
    assert min(begun) < min(copied) / 3
