"""What a person prefers: one checked JSON file in the user's own folder."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QObject, Signal

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.base.log import topic
from aigc_studio.base.paths import user_data

if TYPE_CHECKING:
    from pathlib import Path

log = topic("settings")
FILE = "settings.json"
MAX_BYTES = 4 << 20
MOST_RECENT = 24
Theme = Literal["system", "dark", "light"]
Language = Literal["system", "en", "zh_CN"]


class _Kept(BaseModel):
    # What a newer version added is passed over, so that going back costs no setting.
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Recent(_Kept):
    """A project opened before: folder, name, and when (seconds since 1970)."""

    path: str = Field(max_length=4096)
    name: str = Field(max_length=200)
    opened: float = 0.0


class Preferences(_Kept):
    """Everything that is kept.

    Attributes:
        theme, language: "system" follows the system.
        text_scale: 1.0 is the design's size.
        reduced_motion: None follows the system.
        recent: newest first.
        shortcuts: a person's own keys by command id, in Qt's portable words ("Ctrl+S"); an empty
            tuple takes the keys away, a missing id leaves those the command came with.
        geometry, layout: of the window, as Qt saves them, base64.
        device: where models are played ("auto", "cpu", "cuda:0", "mps").
        film_memory: megabytes for pictures of frames that are shown again.
        prompts_seen: ids of first-time prompts that need not come again.
    """

    theme: Theme = "system"
    language: Language = "system"
    text_scale: float = Field(default=1.0, ge=0.75, le=2.0)
    reduced_motion: bool | None = None
    recent: tuple[Recent, ...] = Field(default=(), max_length=MOST_RECENT)
    shortcuts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    geometry: str = ""
    layout: str = ""
    device: str = "auto"
    film_memory: int = Field(default=256, ge=32, le=16_384)
    prompts_seen: tuple[str, ...] = ()


class Settings(QObject):
    """The preferences and the file they are kept in.

    Signals:
        changed: names of the fields that changed, a frozenset of str.
    """

    changed = Signal(object)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """Load `file`, by default the user's own; see `load`."""
        super().__init__(parent)
        self._file = file or user_data() / FILE
        self.values = load(self._file)

    def change(self, **fields: object) -> None:
        """Set fields of `Preferences` and save.

        Raises:
            StudioError: a value does not fit, or the disk refuses (the change holds then
                until the program ends).
        """
        before = self.values
        try:
            self.values = Preferences.model_validate({**dict(before), **fields})
        except ValidationError as error:
            raise StudioError(
                f"This cannot be set: {error.errors()[0]['msg']}.",
                kept="The settings are as they were.",
                kind="input",
            ) from error
        changed = frozenset(
            key for key in fields if getattr(before, key) != getattr(self.values, key)
        )
        if changed:
            self.changed.emit(changed)
            self.save()

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            StudioError: the disk refuses.
        """
        with disk_errors(self._file):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, self.values.model_dump_json(indent=1).encode())

    def remember(self, path: Path, name: str) -> None:
        """Put a project at the top of the recent ones."""
        newest = Recent(path=str(path), name=name, opened=time.time())
        others = (recent for recent in self.values.recent if recent.path != newest.path)
        self.change(recent=(newest, *others)[:MOST_RECENT])

    def forget(self, path: str) -> None:
        """Take a project out of the recent ones; its folder is not touched."""
        self.change(recent=tuple(r for r in self.values.recent if r.path != path))


def load(file: Path) -> Preferences:
    """The preferences in `file`; a broken one is set aside as `settings.json.broken`."""
    try:
        raw = file.read_bytes()
    except OSError:
        return Preferences()
    try:
        strict_json.loads(raw, file.name, max_bytes=MAX_BYTES)
        return Preferences.model_validate_json(raw)
    except (StudioError, ValidationError) as error:
        log.warning("the settings are set aside: %s", error)
        with contextlib.suppress(OSError):
            file.replace(file.with_name(f"{file.name}.broken"))
        return Preferences()
