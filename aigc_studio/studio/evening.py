"""Evens out the pace of a film: each way between two keys is measured by what is seen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.even_pace import differences, even_parts, way_id
from aigc_studio.catalog.latent_maths import MOVES, method_of
from aigc_studio.document.canvas import packed, unpacked
from aigc_studio.document.timeline import paced_way
from aigc_studio.document.timeline_edits import set_paces
from aigc_studio.document.tracks import POINT, Pace, Place
from aigc_studio.studio.frames import Frames, Point
from aigc_studio.studio.pictures import as_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.document.canvas import Canvas, Keyframe, Layer
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

LOOKED_AT = 33  # pictures of each way


class _Way(NamedTuple):
    """From a key to the next of its layer, and the points to look at on it."""

    start: Keyframe
    end: Keyframe
    points: tuple[Point, ...]


class Evening(QObject):
    """One canvas at a time; what is measured is kept in its keys, and undone as one step.

    Signals:
        working: whether ways are being measured.
        told: a StudioError.
    """

    working = Signal(bool)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        stage: Stage,
        head: PlayHead,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._stage, self._head = session, stage, head
        self._frames = Frames(session, player, "evening", self, all_kept=True)
        self._frames.ready.connect(self._on_ready)
        self._frames.failed.connect(self._on_failed)
        self._canvas = ""
        self._ways: list[_Way] = []
        session.closed.connect(self.cancel)
        stage.entered.connect(self.cancel)

    @property
    def is_even(self) -> bool:
        """Whether every way of the film has an even pace."""
        canvas = self._stage.canvas
        pairs = list(self._pairs(canvas)) if canvas else []
        return bool(pairs) and all(paced_way(one, other) for _, one, other in pairs)

    def toggle(self) -> None:
        """Measure the ways, or go them as the keys say again."""
        if self.is_even:
            self._write(dict.fromkeys(self._places(), None))
        else:
            self.begin()

    def begin(self) -> None:
        """Measure every way that is not even yet; the keys are written when all is seen."""
        canvas = self._stage.canvas
        if canvas is None:
            return
        self._canvas = canvas.id
        self._ways = [
            self._way(layer, one, other)
            for layer, one, other in self._pairs(canvas)
            if not paced_way(one, other)
        ]
        self.working.emit(bool(self._ways))
        self._frames.want(point for way in self._ways for point in way.points)
        self._on_ready()

    @Slot()
    def cancel(self) -> None:
        """Leave the keys as they are."""
        if self._ways:
            self._ways = []
            self._frames.forget()
            self.working.emit(False)

    def _pairs(self, canvas: Canvas) -> Iterator[tuple[Layer, Keyframe, Keyframe]]:
        film = self._head.film_of(canvas)
        for layer in canvas.layers:
            if layer.living is None or POINT not in film.tracks(layer.id):
                continue
            for one, other in film.ways(layer.id):
                if one.code != other.code and one.easing != "hold":
                    yield layer, one, other

    def _places(self) -> list[Place]:
        canvas = self._stage.canvas
        return [one.place for _, one, _ in self._pairs(canvas)] if canvas else []

    def _way(self, layer: Layer, one: Keyframe, other: Keyframe) -> _Way:
        assert layer.living is not None
        model, told = layer.living.model, layer.living.conditions
        moving = self._frames.moving(model)
        move = MOVES[method_of(moving.geometry if moving else "gaussian")]
        start, end = unpacked(one.code), unpacked(other.code)
        parts = (index / (LOOKED_AT - 1) for index in range(LOOKED_AT))
        codes = (packed(move(start, end, part)) for part in parts)
        return _Way(one, other, tuple(Point(model, code, told) for code in codes))

    @Slot()
    def _on_ready(self) -> None:
        if not self._ways or not all(
            self._frames.knows(point) for way in self._ways for point in way.points
        ):
            return
        paces: dict[Place, Pace | None] = {way.start.place: self._pace(way) for way in self._ways}
        here = self._stage.canvas is not None and self._stage.canvas.id == self._canvas
        self.cancel()
        if here:
            self._write(paces)

    def _pace(self, way: _Way) -> Pace:
        found = (self._frames.picture(point) for point in way.points)
        seen = [as_image(picture).pixels for picture in found if picture]
        parts = tuple(even_parts(differences(seen), LOOKED_AT))
        return Pace(way=way_id(way.start.code, way.end.code), parts=parts)

    def _write(self, paces: dict[Place, Pace | None]) -> None:
        canvas = self._stage.canvas
        if canvas is not None and paces:
            where = canvas.id
            self._session.do(lambda project: set_paces(project, where, paces))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self.cancel()
        self.told.emit(error)
