"""A selection as files for a worker: drawn in a thread, taken away when nobody wants them."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.files import disk_errors
from aigc_studio.document.rendering import Pictures
from aigc_studio.document.selecting import Selected, selected, selection_files

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.store import Store
    from aigc_studio.media.placing import Crop


class SelectionWork:
    """Runs in a thread; `drop` may come from another at any time.

    Round the rectangle the model sees a quarter of its longer side, to go on from.

    Attributes:
        canvas: as it is seen.
    """

    def __init__(self, store: Store, canvas: Canvas, part: Crop, feather: float) -> None:
        self._project, self._pictures = store.project, Pictures(store.asset_path)
        self.canvas, self._part, self._feather = canvas, part, feather
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._dropped = False

    def __call__(self) -> tuple[Selected, Path, Path] | None:
        """The selection, and its picture and mask as files; None when nobody wants them any more.

        Raises:
            StudioError: as `selected`, or the disk refuses.
        """
        around = max(self._part.width, self._part.height) // 4
        chosen = selected(
            self._project,
            self.canvas,
            self._part,
            self._pictures,
            context=around,
            feather=self._feather,
        )
        with self._lock:
            if self._dropped:
                return None
            return chosen, *selection_files(chosen, self._new_folder())

    def _new_folder(self) -> Path:
        with disk_errors(Path(tempfile.gettempdir()), kept="The project is unchanged."):
            # A worker that reads them yet may hold the files on some systems.
            self._folder = tempfile.TemporaryDirectory(
                prefix="aigc-repaint-", ignore_cleanup_errors=True
            )
        return Path(self._folder.name)

    def drop(self) -> None:
        """Take the files away, those that would come too."""
        with self._lock:
            self._dropped = True
            if self._folder:
                self._folder.cleanup()
