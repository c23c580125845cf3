"""How long the window ever keeps somebody waiting, while everything goes on at once.

The starter is open; a training computes on all cores; a hand plays the pad with 60 events a second,
rests, turns to other places, scrolls the library; 300 pictures are brought in, twice; the project
is saved now and then. A timer of 5 ms measures the gaps between two turns of the event loop, and
a thread notes what runs in those beyond 40 ms.

python -m tests.bench event_loop
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from tests.bench.gaps import Gap, Gaps
from tests.bench.table import Row
from tests.bench.window import Hand, bare_ticks, folder_of_pictures, in_own_process, opened, train

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow

LONG = True
SECONDS = 75.0
PICTURES, SIDE = 300, 512
SHORT_MS, MOST_MS, PART = 50.0, 200.0, 99.9
_EVENT_MS = 1000 // 60
_WORST = 12
# Seconds of each, again and again: places whose id is "" are the canvas with a hand on the pad.
_ROUND = (("", 6.0), ("library", 3.0), ("train", 1.5), ("models", 1.5), ("home", 1.0))
_IMPORTS, _SAVES = (8.0, 40.0), 9.0


def measure() -> list[Row]:
    """In a process of its own, as a window is."""
    told = in_own_process(__name__)
    note = f"{told['ticks']} ticks in {told['seconds']:.0f} s, half of them within "
    return [
        Row(
            f"ticks under {SHORT_MS:.0f} ms",
            told["short"],
            PART,
            "%",
            aim="at least",
            note=f"{note}{told['median']:.1f} ms; {told['pictures']} pictures played",
        ),
        Row(
            "99.9 % of ticks within",
            told["most_999"],
            SHORT_MS,
            "ms",
            note=f"of a process beside it that only sleeps: {told['bare']:.1f} ms",
        ),
        Row("longest gap of the event loop", told["longest"], MOST_MS, "ms"),
    ]


class _Life(QObject):
    """What somebody does, by the clock."""

    def __init__(self, studio: Studio, window: MainWindow, pictures: Path) -> None:
        super().__init__()
        self._studio, self._window, self._folder = studio, window, pictures
        self._hand = Hand(window)
        self._round = itertools.cycle(_ROUND)
        self._place, self._until = "", 0.0
        self._began = time.monotonic()
        self._imports, self._saved = list(_IMPORTS), 0.0
        self.pictures = 0
        studio.instrument.picture.connect(self._count)
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._live)
        timer.start(_EVENT_MS)

    @property
    def passed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def _count(self) -> None:
        self.pictures += 1

    def _live(self) -> None:
        passed = self.passed
        # One deed an event, as of a person.
        if passed >= self._until:
            self._turn_to(*next(self._round))
        elif self._imports and passed >= self._imports[0]:
            number = len(self._imports)
            self._imports.pop(0)
            self._studio.importer.start([self._folder], f"many {number}")
        elif passed - self._saved > _SAVES:
            self._saved = passed
            self._studio.session.save()
        elif not self._place:
            self._play()
        elif self._place == "library":
            self._scroll()

    def _turn_to(self, place: str, seconds: float) -> None:
        self._place, self._until = place, self.passed + seconds
        self._hand.rest()
        if place:
            self._window.show_place(place)
        else:
            self._window.documents.open_first()

    def _play(self) -> None:
        # Half a second of rest in every two: the result settles and is written.
        self._hand.rest() if self.passed % 2 > 1.5 else self._hand.move()

    def _scroll(self) -> None:
        from aigc_studio.ui.places.library import LibraryPlace  # not before the window loads it

        page = self._window.pages.currentWidget()
        assert isinstance(page, LibraryPlace)
        bar = page.grid.verticalScrollBar()
        bar.setValue((bar.value() + 60) % max(bar.maximum(), 1))


def live() -> None:
    """Measure in this process; print what was found, JSON last."""
    with tempfile.TemporaryDirectory() as folder, opened() as (studio, window):
        pictures = folder_of_pictures(Path(folder), PICTURES, SIDE)
        run = train(studio)
        gaps = Gaps()
        with gaps.counted(), bare_ticks() as bare:
            life = _Life(studio, window, pictures)
            loop = QEventLoop()
            QTimer.singleShot(int(1e3 * SECONDS), loop.quit)
            loop.exec()
            life.deleteLater()
        told = _told(gaps)
        told["pictures"] = life.pictures
        told["bare"] = bare[0]
        view = studio.runs.get(run)
        assert view is not None
        print(f"training: {100 * view.part:.0f} % of it done, {view.state}", file=sys.stderr)
    _print_worst(gaps.long)
    print(json.dumps(told))


def _told(gaps: Gaps) -> dict[str, float]:
    sorted_ms = sorted(1e3 * seconds for seconds in gaps.seconds)
    count = len(sorted_ms)
    return {
        "ticks": count,
        "seconds": sum(sorted_ms) / 1e3,
        "median": sorted_ms[count // 2],
        "most_999": sorted_ms[min(int(count * PART / 100), count - 1)],
        "short": 100 * sum(each < SHORT_MS for each in sorted_ms) / count,
        "longest": sorted_ms[-1],
    }


def _print_worst(gaps: list[Gap]) -> None:
    worst = sorted(gaps, key=lambda gap: -gap.seconds)
    for edge in (40, 50, 75, 100, 150, 200):
        print(f"{sum(1e3 * gap.seconds >= edge for gap in worst):5d} gaps of {edge} ms and more")
    for gap in worst[:_WORST]:
        used = f"{1e3 * gap.computed:.0f} ms computed"
        print(f"{1e3 * gap.seconds:.0f} ms at {gap.at:.1f} s, {used}")
        for name, seen in (("window", gap.seen), ("beside", gap.others)):
            for words, times in sorted(seen.items(), key=lambda pair: -pair[1])[:3]:
                print(f"    {name} {times:3d} x {words}")


if __name__ == "__main__":
    live()
