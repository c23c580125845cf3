"""Everything behind the window, in one hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aigc_studio.document import starter_copies
from aigc_studio.studio.chart import Chart
from aigc_studio.studio.commands import Commands
from aigc_studio.studio.engine import Player
from aigc_studio.studio.importer import Importer
from aigc_studio.studio.instrument import Instrument
from aigc_studio.studio.key_desk import KeyDesk
from aigc_studio.studio.session import Session
from aigc_studio.studio.settings import Settings
from aigc_studio.studio.showcase import Showcase
from aigc_studio.studio.stage import Stage
from aigc_studio.studio.study import Study
from aigc_studio.studio.thumbnails import Thumbnails
from aigc_studio.studio.training_desk import TrainingDesk

if TYPE_CHECKING:
    from pathlib import Path


class Studio(QObject):
    """Made once by the window; widgets bind to what is in it and hold no state.

    Attributes:
        settings, commands, session, player, instrument, chart, stage, keys, desk, thumbnails,
            importer, study, showcase: see there.

    Signals:
        told: a StudioError or a str for the status bar, from any of them.
    """

    told = Signal(object)

    def __init__(self, settings_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = Settings(settings_file, self)
        self.commands = Commands(self.settings, self)
        self.session = Session(self.settings, self)
        self.player = Player(self)
        self.instrument = Instrument(self.session, self.player, self.settings, self)
        self.chart = Chart(self.instrument, self.session, self.player, self)
        self.stage = Stage(self.session, self.player, self.instrument, self)
        self.keys = KeyDesk(self.session, self.stage, self)
        self.desk = TrainingDesk(self.session, self)
        self.thumbnails = Thumbnails(self.session, self)
        self.importer = Importer(self.session, self)
        self.study = Study(self.session, self)
        self.showcase = Showcase(self.session, self.player, self)
        for source in (self.session, self.instrument, self.stage, self.desk, self.importer):
            source.told.connect(self.told)

    def close(self) -> None:
        """End threads and processes; training is suspended, the project let go. Idempotent."""
        self.importer.close()
        self.study.close()
        self.desk.close()
        self.thumbnails.close()
        self.session.close()
        self.player.close()
        starter_copies.sweep()
