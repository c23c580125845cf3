"""Presets: points of the dock under names; a starred result is kept as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.chosen import choose_model
from aigc_studio.document.preset_edits import add_preset, edit_preset, remove_preset

if TYPE_CHECKING:
    from aigc_studio.document.canvas import LatentPoint, Preset
    from aigc_studio.studio.directions import Directions
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.trail import Played


def keep_preset(session: Session, played: Played, lock: tuple[str, ...] = ()) -> bool:
    """Keep a result as a preset of the project, once; errors are told.

    Args:
        lock: what is held there, see `Lock.names`; it is added to a preset of the same point.
    """
    with session.attempt():
        point = _point(session, played)
        same = preset_at(session, point)
        if same is None:
            return session.do(lambda project: add_preset(project, played.name, point, lock=lock))
        if not lock or lock == same.lock:
            return True
        return session.do(lambda project: edit_preset(project, same.id, lock=lock))
    return False


def preset_at(session: Session, point: LatentPoint) -> Preset | None:
    """The preset of the same model at the same point, told the same."""
    presets = session.project.presets.values()
    return next((each for each in presets if _same(each.point, point)), None)


def _same(one: LatentPoint, other: LatentPoint) -> bool:
    return (one.model, one.code, one.conditions) == (other.model, other.code, other.conditions)


def _point(session: Session, played: Played) -> LatentPoint:
    return played.point(choose_model(session.store, played.model).ref.id)


def star(session: Session, instrument: Instrument, played: Played, *, starred: bool) -> None:
    """Star a result and keep it as a preset, or take back both.

    A preset that was renamed since stays.
    """
    instrument.trail.star(played, starred=starred)
    if starred:
        keep_preset(session, played)
        return
    with session.attempt():
        preset = preset_at(session, _point(session, played))
        if preset and preset.name == played.name:
            session.do(lambda project: remove_preset(project, preset.id))


def dislike(session: Session, instrument: Instrument, played: Played) -> None:
    """Dislike a result, which takes its star away; what is disliked already is so no more."""
    if played.starred:
        star(session, instrument, played, starred=False)
    instrument.trail.dislike(played, disliked=not played.disliked)


def recall(instrument: Instrument, directions: Directions, preset: Preset) -> bool:
    """Go to where a preset was kept, and hold what it holds; answers whether we are there.

    One that holds nothing leaves the lock as it is.
    """
    point = preset.point
    code, told = point.numbers.copy(), point.conditions
    there = instrument.play_at(point.model, code, point.truncation, told)
    if there and preset.lock:
        directions.hold_again(preset.lock)
    return there
