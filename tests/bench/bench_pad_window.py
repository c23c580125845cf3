"""From a hand on the pad to pixels of the window: pictures a second, and how old each is.

The starter is open, a living layer of its canvas is selected, and a pointer moves on the pad
60 times a second, with an autoencoder and with a GAN; first alone, then while a training computes
on all cores. A picture counts when the canvas has painted it; its age is the time since the
pointer's event that asked for it.

python -m tests.bench pad_window
"""

from __future__ import annotations

import contextlib
import json
import statistics
import time
from typing import TYPE_CHECKING
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from aigc_studio.studio.engine import Player
from aigc_studio.ui.editors.canvas.view import CanvasView
from tests.bench.table import Row
from tests.bench.window import Hand, in_own_process, opened, settled, train, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.main_window import MainWindow

LONG = True
SECONDS = 12.0
LEAST = 30.0  # pictures a second
_EVENT_MS = 1000 // 60
_PASSES = 60
MODELS = ("emoji-vae", "emoji-style")
TIMES = ("alone", "with a training")


def measure() -> list[Row]:
    """The window in a process of its own, the bare pass here."""
    told = in_own_process(__name__)
    bare = {model: _bare_pass_ms(model) for model in MODELS}
    return [row for times in TIMES for model in MODELS for row in _rows(model, times, told, bare)]


def _rows(
    model: str, times: str, found: dict[str, dict[str, dict[str, float]]], passes: dict[str, float]
) -> list[Row]:
    told, bare, name = found[times][model], passes[model], f"{model}, {times}"
    age = told["median"]
    note = f"{age / bare:.1f} x the bare pass of {bare:.1f} ms; slowest {told['worst']:.0f} ms"
    return [
        Row(f"pictures painted, {name}", told["rate"], LEAST, "/s", aim="at least"),
        Row(f"from event to paint, {name}", age, None, "ms", note=note),
    ]


def _bare_pass_ms(name: str) -> float:
    from aigc_studio.document.chosen import choose_model
    from aigc_studio.document.starter import shipped
    from aigc_studio.ml.device import use_cores
    from aigc_studio.ml.registry import load_model

    use_cores()
    with shipped() as store:
        model = load_model(choose_model(store, name).ref, "cpu")
        waits = []
        for seed in range(_PASSES):
            code = model.prior(seed, model.home)
            started = time.perf_counter()
            model.decode(code)
            waits.append(1e3 * (time.perf_counter() - started))
    return statistics.median(waits)


class _Eye(QObject):
    """Sees which request's picture the canvas paints, and when."""

    def __init__(self, studio: Studio, window: MainWindow) -> None:
        super().__init__()
        self._studio, self._hand = studio, Hand(window)
        self._asked: dict[int, float] = {}
        self._event = 0.0
        self._arrived = self._seen = 0
        self.ages: list[float] = []
        studio.player.answered.connect(self._on_answered)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)

    def look(self, seconds: float) -> dict[str, float]:
        """Move for so long; what was painted meanwhile."""
        self.ages.clear()
        began = time.perf_counter()
        loop = QEventLoop()
        QTimer.singleShot(int(1e3 * seconds), loop.quit)
        self._timer.start(_EVENT_MS)
        loop.exec()
        self._timer.stop()
        rate = len(self.ages) / (time.perf_counter() - began)
        self._hand.rest()
        median, worst = statistics.median(self.ages), max(self.ages)
        return {"rate": rate, "median": 1e3 * median, "worst": 1e3 * worst}

    def _move(self) -> None:
        self._event = time.perf_counter()
        self._hand.move()

    def on_asked(self, slot: str, stamp: int) -> None:
        """A request was made, for the newest event."""
        if slot == "pad":
            self._asked[stamp] = self._event

    def _on_answered(self, slot: str, stamp: int) -> None:
        if slot == "pad":
            assert stamp > self._arrived, "an older picture came after a newer one"
            self._arrived = stamp

    def on_painted(self) -> None:
        """The canvas was painted."""
        if self._arrived > self._seen:
            self._seen = self._arrived
            self.ages.append(time.perf_counter() - self._asked[self._seen])


@contextlib.contextmanager
def _eyes() -> Iterator[list[_Eye]]:
    """Let asking and painting be told to whoever is in the list."""
    eyes: list[_Eye] = []
    plain_ask, plain_paint = Player.ask, CanvasView.paintEvent

    def ask(player: Player, spec: AnySpec, slot: str, payload: Payload = b"") -> int:
        stamp = plain_ask(player, spec, slot, payload)
        for eye in eyes:
            eye.on_asked(slot, stamp)
        return stamp

    def paint(view: CanvasView, event: QPaintEvent) -> None:
        plain_paint(view, event)
        for eye in eyes:
            eye.on_painted()

    # Before the view is made: Qt looks once for what Python overrides.
    with patch.object(Player, "ask", ask), patch.object(CanvasView, "paintEvent", paint):
        yield eyes


def live() -> None:
    """Measure in this process; print JSON."""
    with _eyes() as eyes, opened() as (studio, window):
        layers = {name: _living_layer(studio, name) for name in MODELS}
        eyes.append(_Eye(studio, window))
        told: dict[str, dict[str, dict[str, float]]] = {}
        for times in TIMES:
            if times != "alone":
                train(studio)
            told[times] = {}
            for name, layer in layers.items():
                studio.stage.select([layer])
                until(lambda: settled(studio))
                told[times][name] = eyes[0].look(SECONDS)
        print(json.dumps(told))


def _living_layer(studio: Studio, name: str) -> str:
    """A layer that the model makes: one that is there, or what the dock lays down."""
    session, stage = studio.session, studio.stage
    model = next(each.id for each in session.project.models.values() if each.name == name)

    def made() -> list[str]:
        layers = stage.canvas.layers if stage.canvas else ()
        return [each.id for each in layers if each.living and each.living.model == model]

    if not made():
        stage.select(())
        studio.choice.use(model)
        until(lambda: settled(studio))
        studio.commands.run("play.place")
        until(lambda: bool(made()))
    return made()[0]


if __name__ == "__main__":
    live()
