"""What the project looks like once everything rests: as values, on the screen, as exported."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QApplication

from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.ui.editors.canvas.drawing import blank, draw
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from aigc_studio.ui.editors.canvas.plan import leaves

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.view import CanvasView
    from tests.ui.monkey.hand import Hand

SIDE = 64


def rest(hand: Hand, qtbot: QtBot) -> None:
    """Leave what is open, and wait until nothing is being made any more."""
    studio = hand.studio
    studio.head.pause()
    studio.wander.stop()
    for _ in range(20):
        if hand.front() is hand.window:
            break
        front = hand.front()
        front.close()
        QApplication.processEvents()
    if written_in := QApplication.focusWidget():
        written_in.clearFocus()  # a name that is being typed is kept when its field is left

    def quiet() -> None:
        assert not (still := busy(studio)), f"still busy: {still}"

    for _ in range(3):
        qtbot.waitUntil(quiet, timeout=60_000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def busy(studio: Studio) -> list[str]:
    """What is being made at this moment, by name; so that a wait without end says for what."""
    parts = {
        "player": bool(studio.player._newest),
        "rest of the hand": studio.instrument._rest.isActive(),
        "thumbnails": bool(studio.thumbnails._asked),
        "import": studio.importer.running,
        "brush": studio.painting.busy,
        "finishing": studio.finishing.busy,
        "flattening": studio.flattening.busy,
        "repainting": studio.repainting.busy,
        "tiling": studio.tiling.busy,
        "map": studio.atlas.is_working,
    }
    return [name for name, works in parts.items() if works]


@dataclass(frozen=True)
class Looks:
    """The document, and what every canvas of it looks like: on the screen, and as exported."""

    project: Project
    pictures: dict[str, bytes]
    layers: dict[str, list[str]]
    brought: set[str]

    @classmethod
    def of(cls, hand: Hand, qtbot: QtBot) -> Looks:
        """Go through the canvases; that is no edit."""
        hand.studio.recorder.arm(False)
        hand.studio.recorder.set_auto_key(False)
        session, pictures, layers = hand.studio.session, {}, {}
        before = session.project
        for key, canvas in before.canvases.items():
            hand.window.documents.open("canvas", key)
            hand.studio.stage.select(())
            hand.studio.head.show_frame(0)
            rest(hand, qtbot)
            assert session.project == before, f"looking was an edit: {session.undo_label}"
            assert isinstance(hand.place, CanvasEditor)
            # What the view did not draw is drawn for the first time now, and coarse until made.
            _drawn(hand.place.view, canvas)
            rest(hand, qtbot)
            pictures[f"{key} on the screen"] = _drawn(hand.place.view, canvas)
            layers[f"{key} on the screen"] = _layers(hand.place.view, canvas)
            pictures[f"{key} as exported"] = _exported(session, canvas)
        return cls(before, pictures, layers, hand.brought)

    def compare(self, now: Looks) -> None:
        """Fail with what is otherwise now, but for models that trainings brought meanwhile."""
        for table in type(self.project).model_fields:
            was, is_now = getattr(self.project, table), getattr(now.project, table)
            if table == "models":
                is_now = {k: v for k, v in is_now.items() if k in was or k not in self.brought}
            assert is_now == was, f"{table}: {_parted(was, is_now)}"
        assert sorted(now.pictures) == sorted(self.pictures)
        otherwise = [k for k, each in now.pictures.items() if each != self.pictures[k]]
        parted = [(k, self.layers.get(k, ()), now.layers.get(k, ())) for k in otherwise]
        told = [
            f"{key}:\n  {was}\n  {is_now}"
            for key, before, after in parted
            for was, is_now in zip_longest(before, after)
            if was != is_now
        ]
        assert not otherwise, "\n".join((*otherwise, *told))


def _parted(was: object, is_now: object) -> object:
    """What differs; of a table the entries alone."""
    if not (isinstance(was, Mapping) and isinstance(is_now, Mapping)):
        return was, is_now
    keys = {*was, *is_now}
    return [(was.get(k), is_now.get(k)) for k in keys if was.get(k) != is_now.get(k)]


def _drawn(view: CanvasView, canvas: Canvas) -> bytes:
    made = blank(SIDE, SIDE)
    way = QTransform.fromScale(SIDE / canvas.width, SIDE / canvas.height)
    draw(made, view.layers.plan(canvas), way)
    return bytes(made.constBits())


def _layers(view: CanvasView, canvas: Canvas) -> list[str]:
    """Each layer in words, to be told apart where the whole is otherwise."""
    told = []
    for key, (leaf, around) in leaves(view.layers.plan(canvas)):
        picture = leaf.shown.picture.convertToFormat(QImage.Format.Format_RGBA8888)
        digest = hashlib.sha256(picture.constBits()).hexdigest()[:8] if picture.width() else ""
        mask = leaf.mask.alpha.size().toTuple() if leaf.mask else None
        what = (leaf.made, digest, picture.size().toTuple(), mask)
        told.append(f"{key} {what} {leaf.place} {leaf.opacity} {leaf.blend} {len(around)}")
    return told


def _exported(session: Session, canvas: Canvas) -> bytes:
    pictures = Pictures(session.store.asset_path)
    factor = min(1.0, SIDE / max(canvas.width, canvas.height))
    return rendered(session.project, canvas, pictures, factor=factor).pixels.tobytes()
