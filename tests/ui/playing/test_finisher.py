"""Colours of large pictures come strip by strip, and are those of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject

from aigc_studio.media.filters import Blur
from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Adjust, Placed
from aigc_studio.studio.finishing import Finishing, Look
from aigc_studio.studio.pictures import to_pixels, to_qimage
from aigc_studio.ui.editors.canvas.finisher import AT_ONCE, Finisher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

COLOURS = Adjust(brightness=0.3, hue=40)


@pytest.fixture
def finishing(qapp: QApplication) -> Iterator[Finishing]:
    """The thread that finishes."""
    made = Finishing()
    yield made
    made.close()


def noise(width: int, height: int) -> Image:
    """A picture with every colour and every opacity."""
    return Image(np.random.default_rng(3).integers(0, 256, (height, width, 4), np.uint8))


def test_small_pictures_are_finished_at_once(finishing: Finishing) -> None:
    owner, image = QObject(), noise(20, 10)
    finisher = Finisher(owner, finishing)
    finisher.show(to_qimage(image.pixels), Look(COLOURS))
    wanted = adjust(image, **dict(COLOURS)).pixels
    np.testing.assert_array_equal(to_pixels(finisher.picture), wanted)


def test_large_pictures_are_coarse_until_they_are_whole(finishing: Finishing, qtbot: QtBot) -> None:
    owner, image = QObject(), noise(1100, 700)
    assert 2 * AT_ONCE < 1100 * 700
    finisher = Finisher(owner, finishing)
    source = to_qimage(image.pixels)
    finisher.show(source, Look(Adjust(hue=-100)))  # given up for what is wished next
    finisher.show(source, Look(COLOURS))
    assert max(finisher.picture.width(), finisher.picture.height()) == 512
    with qtbot.waitSignal(finisher.changed):
        pass
    wanted = adjust(image, **dict(COLOURS)).pixels
    np.testing.assert_array_equal(to_pixels(finisher.picture), wanted)
    assert [each.width() for each in finisher.shown.smaller] == [550, 275, 137]
    assert finisher.shown.near(0.3).width() == 550
    assert finisher.shown.near(0.9).width() == 1100
    finisher.show(source, Look())
    assert finisher.picture.size() == source.size()


def test_filters_are_those_of_an_export(finishing: Finishing, qtbot: QtBot) -> None:
    owner, image = QObject(), noise(300, 200)
    finisher = Finisher(owner, finishing)
    finisher.show(to_qimage(image.pixels), Look(COLOURS, (Blur(radius=3),)))
    assert finisher.picture.width() == 160
    with qtbot.waitSignal(finisher.changed):
        pass
    wanted = Placed(image, 0, 0, adjust=COLOURS, filters=(Blur(radius=3),))
    np.testing.assert_array_equal(to_pixels(finisher.picture), wanted.finished().pixels)
