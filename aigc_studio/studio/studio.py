"""Everything behind the window, in one hand."""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.studio.commands import Commands
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.session import Session
from aigc_studio.studio.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigc_studio.studio.atlas import Atlas
    from aigc_studio.studio.blend import Blend
    from aigc_studio.studio.chart import Chart
    from aigc_studio.studio.closer import Closer
    from aigc_studio.studio.compare import Compare
    from aigc_studio.studio.directions import Directions
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.evening import Evening
    from aigc_studio.studio.explorer import Explorer
    from aigc_studio.studio.export_preview import ExportPreview
    from aigc_studio.studio.finishing import Finishing
    from aigc_studio.studio.flattening import Flattening
    from aigc_studio.studio.forecaster import Forecaster
    from aigc_studio.studio.handing_out import HandingOut
    from aigc_studio.studio.importer import Importer
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.judging import Judging
    from aigc_studio.studio.key_desk import KeyDesk
    from aigc_studio.studio.likeness import Likeness
    from aigc_studio.studio.living import Living
    from aigc_studio.studio.lock import Lock
    from aigc_studio.studio.marker_desk import MarkerDesk
    from aigc_studio.studio.model_choice import ModelChoice
    from aigc_studio.studio.painting import Painting
    from aigc_studio.studio.pasting import Pasting
    from aigc_studio.studio.picking import Picking
    from aigc_studio.studio.picture_out import PictureOut
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.recorder import Recorder
    from aigc_studio.studio.repainting import Repainting
    from aigc_studio.studio.run_list import RunList
    from aigc_studio.studio.showcase import Showcase
    from aigc_studio.studio.stage import Stage
    from aigc_studio.studio.study import Study
    from aigc_studio.studio.thumbnails import Thumbnails
    from aigc_studio.studio.tiling import Tiling
    from aigc_studio.studio.training_desk import TrainingDesk
    from aigc_studio.studio.variations import Variations
    from aigc_studio.studio.wander import Wander

# In the order in which they are made, and hear of the session.
_PARTS = {
    "player": "engine",
    "choice": "model_choice",
    "lock": "lock",
    "instrument": "instrument",
    "directions": "directions",
    "explorer": "explorer",
    "closer": "closer",
    "picking": "picking",
    "chart": "chart",
    "atlas": "atlas",
    "likeness": "likeness",
    "blend": "blend",
    "compare": "compare",
    "stage": "stage",
    "head": "play_head",
    "keys": "key_desk",
    "markers": "marker_desk",
    "evening": "evening",
    "living": "living",
    "recorder": "recorder",
    "wander": "wander",
    "runs": "run_list",
    "desk": "training_desk",
    "forecaster": "forecaster",
    "thumbnails": "thumbnails",
    "importer": "importer",
    "handing_out": "handing_out",
    "pasting": "pasting",
    "flattening": "flattening",
    "finishing": "finishing",
    "painting": "painting",
    "variations": "variations",
    "repainting": "repainting",
    "tiling": "tiling",
    "picture_out": "picture_out",
    "export_preview": "export_preview",
    "study": "study",
    "judging": "judging",
    "showcase": "showcase",
}
_TELLING = (
    "instrument", "directions", "explorer", "closer", "blend", "picking", "wander", "head",
    "evening", "living", "desk", "importer", "handing_out", "pasting", "flattening", "tiling",
    "picture_out", "painting", "variations", "repainting", "judging",
)  # fmt: skip
_ENDED = (
    "importer", "handing_out", "pasting", "flattening", "tiling", "picture_out", "export_preview",
    "study", "forecaster", "finishing", "painting", "repainting", "atlas",
    "desk", "runs", "thumbnails", "session", "player",
)  # fmt: skip


class Studio(QObject):
    """Made once by the window; widgets bind to what is in it and hold no state.

    The first paint needs `settings`, `commands` and `session` alone. The others, half of the
    time of a start, are made after it, or before a project is opened; who listens to them or to
    the session asks `when_awake`, and so hears after they did.

    Attributes:
        settings, commands, session, thumbnails, importer, handing_out, pasting, picture_out,
            study, judging: see there.
        player, choice, lock, instrument, directions, explorer, closer, picking, chart, atlas,
            likeness, blend, compare, showcase: models that are played.
        stage, head, keys, markers, evening, living, recorder, wander, flattening, tiling,
            finishing, painting, variations, repainting, export_preview: the canvas that is
            worked on.
        runs, desk, forecaster: training.

    Signals:
        told: a StudioError or a str for the status bar, from any of them.
    """

    told = Signal(object)
    _woken = Signal()

    def __init__(self, settings_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = Settings(settings_file, self)
        self.commands = Commands(self.settings, self)
        self.session = Session(self.settings, self)
        self._awake = False
        self._loading: list[Errand] = []
        self.session.told.connect(self.told)
        self.session.opening.connect(self.wake)

    @property
    def is_awake(self) -> bool:
        """Whether everything is made."""
        return self._awake

    @Slot()
    def wake(self) -> None:
        """Make what is not made yet."""
        if self._awake:
            return
        self._awake = True
        for name in _PARTS:
            getattr(self, name)
        for name in _TELLING:
            getattr(self, name).told.connect(self.told)
        self._woken.emit()

    def wake_soon(
        self, others: Callable[[], None], before: Callable[[QObject, Callable[[], None]], None]
    ) -> None:
        """The same without a halt: a thread loads what it takes, and then calls `others`.

        Args:
            before: what is to be done in the window's thread before; it calls what it is given.
        """
        if self._loading:
            return
        self._loading = [Errand(_load, self), Errand(others, self)]
        first, second = self._loading
        first.ended.connect(self.wake)
        first.ended.connect(second.start)
        before(self, first.start)

    def when_awake(self, then: Callable[[], object]) -> None:
        """Call `then` once everything is made: now, or later."""
        if self._awake:
            then()
        else:
            self._woken.connect(then)

    @cached_property
    def player(self) -> Player:
        from aigc_studio.studio.engine import Player

        return Player(self.settings, self)

    @cached_property
    def choice(self) -> ModelChoice:
        from aigc_studio.studio.model_choice import ModelChoice

        return ModelChoice(self.session, self)

    @cached_property
    def lock(self) -> Lock:
        from aigc_studio.studio.lock import Lock

        return Lock(self.choice, self)

    @cached_property
    def instrument(self) -> Instrument:
        from aigc_studio.studio.instrument import Instrument

        return Instrument(self.session, self.player, self.choice, self.lock, self)

    @cached_property
    def directions(self) -> Directions:
        from aigc_studio.studio.directions import Directions

        return Directions(self.session, self.instrument, self.lock, self)

    @cached_property
    def explorer(self) -> Explorer:
        from aigc_studio.studio.explorer import Explorer

        return Explorer(self.session, self.player, self.instrument, self)

    @cached_property
    def closer(self) -> Closer:
        from aigc_studio.studio.closer import Closer

        return Closer(self.player, self.instrument, self.explorer, self)

    @cached_property
    def chart(self) -> Chart:
        from aigc_studio.studio.chart import Chart

        return Chart(self.choice, self.session, self.player, self)

    @cached_property
    def blend(self) -> Blend:
        from aigc_studio.studio.blend import Blend

        return Blend(self.instrument, self.chart, self)

    @cached_property
    def picking(self) -> Picking:
        from aigc_studio.studio.picking import Picking

        return Picking(self.player, self.instrument, self)

    @cached_property
    def atlas(self) -> Atlas:
        from aigc_studio.studio.atlas import Atlas

        return Atlas(self.session, self.instrument, self.chart, self)

    @cached_property
    def likeness(self) -> Likeness:
        from aigc_studio.studio.likeness import Likeness

        return Likeness(self.session, self.instrument, self.chart, self)

    @cached_property
    def compare(self) -> Compare:
        from aigc_studio.studio.compare import Compare

        return Compare(self.instrument, self)

    @cached_property
    def wander(self) -> Wander:
        from aigc_studio.studio.wander import Wander

        return Wander(self.session, self.instrument, self.living, self.stage, self)

    @cached_property
    def stage(self) -> Stage:
        from aigc_studio.studio.stage import Stage

        return Stage(self.session, self)

    @cached_property
    def head(self) -> PlayHead:
        from aigc_studio.studio.play_head import PlayHead

        made = PlayHead(self.session, self.player, self.stage, self)
        made.set_budget(self.settings.values.film_memory)
        self.settings.changed.connect(self._on_preference)
        return made

    @Slot(object)
    def _on_preference(self, changed: frozenset[str]) -> None:
        if "film_memory" in changed:
            self.head.set_budget(self.settings.values.film_memory)

    @cached_property
    def keys(self) -> KeyDesk:
        from aigc_studio.studio.key_desk import KeyDesk

        return KeyDesk(self.session, self.stage, self.head, self)

    @cached_property
    def evening(self) -> Evening:
        from aigc_studio.studio.evening import Evening

        return Evening(self.session, self.player, self.stage, self.head, self)

    @cached_property
    def markers(self) -> MarkerDesk:
        from aigc_studio.studio.marker_desk import MarkerDesk

        return MarkerDesk(self.session, self.stage, self.head, self)

    @cached_property
    def living(self) -> Living:
        from aigc_studio.studio.living import Living

        return Living(self.session, self.instrument, self.stage, self.head, self)

    @cached_property
    def recorder(self) -> Recorder:
        from aigc_studio.studio.recorder import Recorder

        return Recorder(self.session, self.instrument, self.stage, self.head, self.living, self)

    @cached_property
    def runs(self) -> RunList:
        from aigc_studio.studio.run_list import RunList

        return RunList(self.session, self)

    @cached_property
    def desk(self) -> TrainingDesk:
        from aigc_studio.studio.training_desk import TrainingDesk

        return TrainingDesk(self.session, self.runs, self)

    @cached_property
    def forecaster(self) -> Forecaster:
        from aigc_studio.studio.forecaster import Forecaster

        return Forecaster(self.session, self)

    @cached_property
    def thumbnails(self) -> Thumbnails:
        from aigc_studio.studio.thumbnails import Thumbnails

        return Thumbnails(self.session, self)

    @cached_property
    def handing_out(self) -> HandingOut:
        from aigc_studio.studio.handing_out import HandingOut

        return HandingOut(self.session, self)

    @cached_property
    def importer(self) -> Importer:
        from aigc_studio.studio.importer import Importer

        return Importer(self.session, self)

    @cached_property
    def pasting(self) -> Pasting:
        from aigc_studio.studio.pasting import Pasting

        return Pasting(self.session, self.importer, self)

    @cached_property
    def flattening(self) -> Flattening:
        from aigc_studio.studio.flattening import Flattening

        return Flattening(self.session, self)

    @cached_property
    def finishing(self) -> Finishing:
        from aigc_studio.studio.finishing import Finishing

        return Finishing(self)

    @cached_property
    def painting(self) -> Painting:
        from aigc_studio.studio.painting import Painting

        return Painting(self.session, self.stage, self)

    @cached_property
    def variations(self) -> Variations:
        from aigc_studio.studio.variations import Variations

        return Variations(self.session, self.player, self.instrument, self.living, self)

    @cached_property
    def repainting(self) -> Repainting:
        from aigc_studio.studio.repainting import Repainting

        return Repainting(self.session, self.player, self.choice, self.stage, self)

    @cached_property
    def tiling(self) -> Tiling:
        from aigc_studio.studio.tiling import Tiling

        return Tiling(self.session, self)

    @cached_property
    def picture_out(self) -> PictureOut:
        from aigc_studio.studio.picture_out import PictureOut

        return PictureOut(self.session, self)

    @cached_property
    def export_preview(self) -> ExportPreview:
        from aigc_studio.studio.export_preview import ExportPreview

        return ExportPreview(self.session, self.player, self.head, self)

    @cached_property
    def study(self) -> Study:
        from aigc_studio.studio.study import Study

        return Study(self.session, self)

    @cached_property
    def judging(self) -> Judging:
        from aigc_studio.studio.judging import Judging

        return Judging(self.session, self.player, self)

    @cached_property
    def showcase(self) -> Showcase:
        from aigc_studio.studio.showcase import Showcase

        return Showcase(self.session, self.player, self)

    def close(self) -> None:
        """End threads and processes; training is suspended, the project let go. Idempotent."""
        for errand in self._loading:
            errand.disarm()
            errand.wait()
        for name in _ENDED:
            if part := self.__dict__.get(name):
                part.close()
        if self._awake:
            from aigc_studio.document import starter_copies

            starter_copies.sweep()


def _load() -> None:
    for module in _PARTS.values():
        importlib.import_module(f"aigc_studio.studio.{module}")
