"""The loop's hooks: wishes in, progress, previews and snapshots out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.base.log import topic
from aigc_studio.media.image import grid
from aigc_studio.worker.playing import as_image

if TYPE_CHECKING:
    from aigc_studio.jobs.messages import Action
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.checkpoints import Counters
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter
    from aigc_studio.worker.starting import Started

PREVIEW_COLUMNS = 8
log = topic("worker")


class RunHooks:
    """How the loop of one run speaks with whoever started it; see `ml.train.Hooks`.

    Attributes:
        figures: quick held-out figures of the newest look.
    """

    def __init__(self, run: Started, reporter: Reporter, control: Control) -> None:
        self._run = run
        self._reporter = reporter
        self._control = control
        self.figures: dict[str, float] = {}

    def poll(self) -> Action | None:
        """A wish to act on now; blocks while paused or while a model is being played.

        A snapshot wished for during a pause is taken after one more step.
        """
        self._control.yield_to_engine()
        wish = self._control.poll()
        if wish == "pause":
            self._reporter.state("paused")
            while wish == "pause":
                self._control.wait_while_paused()
                wish = self._control.poll()
            self._reporter.state("running")
        if wish in ("stop", "suspend"):
            self._reporter.state("stopping")
        return wish

    def progress(
        self, counters: Counters, total: int, items_per_second: float, seconds_left: float
    ) -> None:
        """Tell how far the run is; the reporter sends what is worth sending."""
        self._reporter.progress(
            counters.step,
            total,
            seconds=counters.seconds,
            seconds_left=seconds_left,
            items_per_second=items_per_second,
            losses=counters.last,
            activity="training",
        )

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        """Show pictures as one sheet and remember the figures."""
        sheet = grid([as_image(pixels) for pixels in pictures], columns=PREVIEW_COLUMNS)
        self._reporter.preview(step, sheet.pixels)
        self.figures = figures

    def snapshot(self, step: int) -> None:
        """Leave weights to play with in the run's folder; a full disk costs the snapshot alone."""
        folder = self._run.folder.path / "snapshots"
        path = folder / f"{step:09d}.safetensors"
        try:
            with disk_errors(folder):
                folder.mkdir(exist_ok=True)
            model_id, _ = self._run.export(path)
        except StudioError as error:
            log.warning("no snapshot: %s", error.happened)
            return
        self._reporter.snapshot(step, model_id, f"snapshots/{path.name}")
