"""The pictures of the data that lie nearest to the played point, and how near they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.catalog.neighbours import distances, elbow_room

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.chart import Chart
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session

COUNT = 6
_REST_MS = 120
_FILLING_MS = 1000  # while more and more is known, or the strip would never stand still
# From the middle of a Gaussian its points lie nearer than they do to each other, by the root of
# one half; what is nearer than one half is near for another reason.
_COPY = 0.5


@dataclass(frozen=True)
class Neighbour:
    """One picture that lies near.

    Attributes:
        asset: its id.
        far: how far, as a root mean square of standard deviations.
        part: the same in units of how far the data lie from each other.
    """

    asset: str
    far: float
    part: float

    @property
    def is_itself(self) -> bool:
        """Much nearer than pictures of the data lie to each other: it may be that very one."""
        return self.part < _COPY


class Likeness(QObject):
    """Follows the instrument, a moment after it rests; knows what the chart has placed by then.

    Signals:
        changed: others are nearest, they lie nearer or farther, or more was looked at.
        asset_wanted: somebody wants to see this one in the library.
    """

    changed = Signal()
    asset_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        chart: Chart,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._chart = session, instrument, chart
        self._nearest: tuple[Neighbour, ...] = ()
        self._looked = (0, 0)
        self._known: tuple[tuple[str, ...], Floats, float] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.refresh)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.setInterval(_FILLING_MS)
        self._filling.timeout.connect(self.refresh)
        instrument.moved.connect(self._rest.start)
        chart.placed.connect(self._on_placed)
        chart.asked.connect(self._on_placed)
        chart.cleared.connect(self._on_placed)
        session.changed.connect(self._on_placed)

    @property
    def nearest(self) -> tuple[Neighbour, ...]:
        """The nearest pictures, the nearest first; none while nothing is known."""
        return self._nearest

    @property
    def looked(self) -> tuple[int, int]:
        """How many pictures were looked at, of how many; as many when no more will come."""
        return self._looked

    def visit(self, neighbour: Neighbour) -> bool:
        """Go to where the model sees that picture."""
        code = self._chart.code(neighbour.asset)
        return code is not None and self._instrument.play_at(self._instrument.choice.word, code)

    @Slot()
    def refresh(self) -> None:
        """Look again now."""
        found, looked = self._found(), self._counted()
        if (found, looked) != (self._nearest, self._looked):
            self._nearest, self._looked = found, looked
            self.changed.emit()

    def _counted(self) -> tuple[int, int]:
        seen = len(self._chart.codes)
        return seen, seen if self._chart.is_resting else max(len(self._chart.wanted), seen)

    def _found(self) -> tuple[Neighbour, ...]:
        steering, code = self._instrument.choice.steering, self._instrument.code
        if steering is None or code is None or not self._session.is_open:
            return ()
        assets, points, room = self._data()
        if not assets:
            return ()
        far = distances(steering.whitening, code, points)
        order = np.argsort(far, kind="stable")[:COUNT]
        return tuple(
            Neighbour(assets[int(i)], float(far[i]), float(far[i]) / room if room else np.inf)
            for i in order
        )

    def _data(self) -> tuple[tuple[str, ...], Floats, float]:
        """Ids, points (n, Z) and common distance of what is placed."""
        if self._known is None:
            steering = self._instrument.choice.steering
            assert steering is not None
            placed = self._chart.codes
            here = self._session.project.assets
            assets = tuple(asset for asset in placed if asset in here)
            flat = np.asarray([placed[asset].reshape(-1) for asset in assets], np.float32)
            points = flat.reshape(-1, steering.mean.size)
            self._known = (assets, points, elbow_room(steering.whitening, points))
        return self._known

    @Slot()
    def _on_placed(self) -> None:
        self._known = None
        if self._chart.is_resting:
            self._filling.stop()
            self._rest.start()
        elif not self._filling.isActive():
            self._filling.start()
