"""What the pad shows: the two strongest directions, or a map on which like lies beside like."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code
from aigc_studio.catalog.neighbours import between, distances
from aigc_studio.document import map_cache
from aigc_studio.jobs.specs import Map
from aigc_studio.studio.errand import BESIDE_NICE
from aigc_studio.studio.job_thread import JobThread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.catalog.whitening import Doubles
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.studio.chart import Chart
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session

Mode = Literal["directions", "likeness"]
FEWEST = 5
WIDE = 2.7  # of a map by likeness, from the middle to its edge, on the pad's scale
_GATHER_MS = 600
_HOW = Map(points=b"")  # every map is made so, of other points
_NEAREST = 4
# A first map of so many, others when there are so many times as many.
_BEGIN, _GROWN = 60, 1.5


class Atlas(QObject):
    """Places on the pad, in both of its modes.

    By likeness the places of pictures come from t-SNE, computed in a process of its own and
    kept for each model, in the project's cache too; a place between them is the mix of the
    nearest pictures' points, by inverse squares of how far they lie away. Until a map has come,
    and where it cannot be made, the directions are shown.

    Signals:
        changed: all places may be others.
        note_changed: what there is to say of the map.
    """

    changed = Signal()
    note_changed = Signal()

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        chart: Chart,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._chart = session, instrument, chart
        self._wish: Mode = "directions"
        self._kept: dict[str, dict[str, tuple[float, float]]] = {}
        self._trouble: StudioError | None = None
        self._jobs: list[JobThread] = []
        self._newest: JobThread | None = None
        self._here: tuple[float, float] | None = None
        self._goes = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._compute)
        chart.asked.connect(self._recall)
        chart.placed.connect(self._on_placed)
        instrument.moved.connect(self._on_moved)
        instrument.choice.changed.connect(self._on_model)

    @property
    def wish(self) -> Mode:
        """What somebody wants to see."""
        return self._wish

    @property
    def mode(self) -> Mode:
        """What is seen."""
        return "likeness" if self._wish == "likeness" and self._places else "directions"

    @property
    def is_working(self) -> bool:
        """Whether a map is being made."""
        return self._newest is not None

    @property
    def trouble(self) -> StudioError | None:
        """Why there is no map by likeness; None where there is one, or it is being made."""
        return self._trouble if self._wish == "likeness" and not self._places else None

    def show(self, mode: Mode) -> None:
        """Show directions or likeness."""
        self._wish, self._trouble, self._here = mode, None, None
        if mode == "likeness":
            self._recall()
            self._gather.start()
        else:
            self._give_up()
        self.changed.emit()
        self.note_changed.emit()

    def place(self, asset_id: str) -> tuple[float, float] | None:
        """Where a picture lies; None while it is not known."""
        if self.mode == "likeness":
            return self._places.get(asset_id)
        return self._chart.position(asset_id)

    @property
    def position(self) -> tuple[float, float]:
        """Where we are; by likeness between the pictures whose points lie nearest."""
        if self.mode == "directions":
            return self._instrument.position
        if self._here is None:
            self._here = self._found()
        return self._here

    def go(self, x: float, y: float) -> None:
        """Go to a place."""
        steering, known = self._instrument.choice.steering, self._known()
        if self.mode == "directions" or steering is None or not known:
            self._instrument.move_to(x, y)
            return
        points = [self._chart.codes[asset] for asset in known]
        code = between(self._plane(known), (x, y), points, steering.space.geometry, count=_NEAREST)
        self._here, self._goes = (x, y), True
        try:
            self._instrument.explore(code)
        finally:
            self._goes = False

    def close(self) -> None:
        """Give up for good, and wait until the workers are over."""
        self._give_up()
        for job in list(self._jobs):
            job.wait()
            job.deliver()

    @property
    def _places(self) -> dict[str, tuple[float, float]]:
        return self._kept.get(self._instrument.choice.word, {})

    def _known(self) -> list[str]:
        return [asset for asset in self._places if asset in self._chart.codes]

    def _plane(self, assets: list[str]) -> Doubles:
        return np.asarray([self._places[asset] for asset in assets], np.float64).reshape(-1, 2)

    def _found(self) -> tuple[float, float]:
        steering, code, known = (
            self._instrument.choice.steering,
            self._instrument.code,
            self._known(),
        )
        if steering is None or code is None or not known:
            return (0.0, 0.0)
        points = np.stack([self._chart.codes[asset] for asset in known])
        far = distances(steering.whitening, code, points)
        nearest = np.argsort(far, kind="stable")[:_NEAREST]
        weights = 1 / np.maximum(far[nearest], 1e-6) ** 4  # the nearest counts most
        x, y = weights @ self._plane(known)[nearest] / weights.sum()
        return (float(x), float(y))

    # The project's cache

    @property
    def _key(self) -> str:
        """Of the map of everything that is asked for; "" where there is none."""
        model, wanted = self._instrument.choice.model, self._chart.wanted
        if model is None or not self._session.is_open or len(wanted) < FEWEST:
            return ""
        return map_cache.key_of(model.ref.id, wanted, _HOW)

    @Slot()
    def _recall(self) -> None:
        """Show the map that was made of the same data before, without any work."""
        steering, word = self._instrument.choice.steering, self._instrument.choice.word
        if self._wish != "likeness" or steering is None or self._places or not (key := self._key):
            return
        kept = map_cache.read(self._session.store.folder, key)
        wanted = self._chart.wanted
        if kept is None or kept.points.shape[1] != steering.mean.size:
            return
        if not wanted.issuperset(kept.assets) or np.abs(kept.places).max() > 1.01 * WIDE:
            return
        self._kept[word] = _pairs(kept.assets, kept.places)
        points = zip(kept.assets, kept.points, strict=True)
        self._chart.know({asset: point.reshape(steering.space.shape) for asset, point in points})
        self._here = None
        self.changed.emit()
        self.note_changed.emit()

    def _remember(self, assets: list[str]) -> None:
        """Keep the newest map of all that was asked for."""
        codes, key = self._chart.codes, self._key
        whole = self._chart.is_resting and codes.keys() == self._places.keys()
        if not whole or not key or self._session.store.read_only:
            return
        points = np.stack([codes[asset].reshape(-1) for asset in assets])
        plane = self._plane(assets).astype(np.float32)
        kept = map_cache.KeptMap(tuple(assets), plane, points)
        map_cache.write(self._session.store.folder, key, kept)

    # Making a map

    @Slot()
    def _compute(self) -> None:
        model, steering = self._instrument.choice.model, self._instrument.choice.steering
        codes = dict(self._chart.codes)
        if model is None or steering is None or not self._is_due():
            return
        white: Floats = steering.whitening.inside(np.stack(list(codes.values()))).astype(np.float32)
        flat = Code("", "points", {"points": white.reshape(len(codes), -1)})
        spec = _HOW.model_copy(update={"points": flat.to_bytes()})
        job = JobThread.job(spec, nice=BESIDE_NICE, parent=self)
        end = functools.partial(self._on_end, job, model.word, list(codes))
        job.done.connect(end)
        job.failed.connect(end)
        job.ended.connect(functools.partial(self._after, job))
        self._newest = job
        self._jobs.append(job)
        job.start()
        self.note_changed.emit()

    def _is_due(self) -> bool:
        """Whether another map is worth its while; one that is being made is never given up."""
        known = len(self._chart.codes)
        if self._wish != "likeness" or self._newest is not None or known < FEWEST:
            return False
        if self._chart.is_resting:
            return self._chart.codes.keys() != self._places.keys()
        return known > max(_GROWN * len(self._places), _BEGIN)

    def _give_up(self) -> None:
        job, self._newest = self._newest, None
        if job:
            job.cancel()

    def _on_end(
        self, job: JobThread, word: str, assets: list[str], outcome: JobOutcome | StudioError
    ) -> None:
        if job is not self._newest:
            return
        self._newest = None
        if isinstance(outcome, StudioError):
            self._trouble = outcome
        else:
            self._keep(word, assets, outcome.values.get("places"))
            self._gather.start()  # more may have been placed meanwhile
        self._here = None
        self.changed.emit()
        self.note_changed.emit()

    def _keep(self, word: str, assets: list[str], places: object) -> None:
        plane = np.asarray(places, np.float64) if isinstance(places, list) else np.zeros(0)
        if plane.shape != (len(assets), 2) or not np.isfinite(plane).all():
            self._trouble = StudioError("The worker's map cannot be used.")
            return
        wide = np.clip(plane, -1, 1) * WIDE
        self._kept[word] = _pairs(assets, wide)
        if word == self._instrument.choice.word:
            self._remember(assets)

    def _after(self, job: JobThread) -> None:
        job.wait()
        job.deleteLater()
        self._jobs.remove(job)

    @Slot()
    def _on_placed(self) -> None:
        if self._wish == "likeness" and self._trouble is None:
            self._gather.start()

    @Slot()
    def _on_moved(self) -> None:
        if not self._goes:
            self._here = None

    @Slot()
    def _on_model(self) -> None:
        self._give_up()
        self._trouble = self._here = None
        self.changed.emit()
        self.note_changed.emit()


def _pairs(assets: Iterable[str], places: Floats | Doubles) -> dict[str, tuple[float, float]]:
    pairs = zip(assets, places, strict=True)
    return {asset: (float(x), float(y)) for asset, (x, y) in pairs}
