"""Colours of large pictures come strip by strip, and are those of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image
from aigc_studio.media.placing import PLAIN, Adjust
from aigc_studio.studio.pictures import to_pixels, to_qimage
from aigc_studio.ui.editors.canvas.finisher import AT_ONCE, Finisher

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

COLOURS = Adjust(brightness=0.3, hue=40)


def noise(width: int, height: int) -> Image:
    """A picture with every colour and every opacity."""
    return Image(np.random.default_rng(3).integers(0, 256, (height, width, 4), np.uint8))


def test_small_pictures_are_finished_at_once(qapp: QApplication) -> None:
    owner, image = QObject(), noise(20, 10)
    finisher = Finisher(owner)
    finisher.show(to_qimage(image.pixels), COLOURS)
    wanted = adjust(image, **dict(COLOURS)).pixels
    np.testing.assert_array_equal(to_pixels(finisher.picture), wanted)


def test_large_pictures_are_coarse_until_they_are_whole(qapp: QApplication, qtbot: QtBot) -> None:
    owner, image = QObject(), noise(1100, 700)
    assert 2 * AT_ONCE < 1100 * 700
    finisher = Finisher(owner)
    source = to_qimage(image.pixels)
    finisher.show(source, Adjust(hue=-100))  # given up for what is wished next
    finisher.show(source, COLOURS)
    assert max(finisher.picture.width(), finisher.picture.height()) == 512
    with qtbot.waitSignal(finisher.changed):
        pass
    wanted = adjust(image, **dict(COLOURS)).pixels
    np.testing.assert_array_equal(to_pixels(finisher.picture), wanted)
    finisher.show(source, PLAIN)
    assert finisher.picture.size() == source.size()
