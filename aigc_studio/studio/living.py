"""Joins the stage and the instrument: the living layer that the dock changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.canvas import packed, unpacked
from aigc_studio.document.canvas_edits import add_canvas, new_layers, set_render
from aigc_studio.document.laying import add_living
from aigc_studio.document.renders import render_of
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from aigc_studio.document.canvas import LatentPoint, Layer
    from aigc_studio.document.model import Asset
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage
    from aigc_studio.studio.trail import Played


class Living(QObject):
    """The one selected living layer, played by the instrument.

    Its pictures are only shown while something is dragged; what has settled is written to the
    document, and a drag that rests in between (`hold`) still is one step of undo. When its keys
    show something else at another frame, the instrument follows.

    Signals:
        target_changed: another layer is what the dock changes, or none, or its name is new.
        placed: the instrument's picture was laid on a canvas; its id.
        held: a drag begins (True), or ends.
        writing: a settled change is being written; what is edited now is part of its step.
        told: a StudioError or str.
    """

    target_changed = Signal()
    placed = Signal(str)
    held = Signal(bool)
    writing = Signal()
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        stage: Stage,
        head: PlayHead,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument = session, instrument
        self._stage, self._head = stage, head
        self._target_id = self._target_name = ""
        self._known: tuple[LatentPoint, bytes] | None = None
        self._is_held = self._is_writing = False
        instrument.picture.connect(self._on_picture)
        instrument.settled.connect(self._write)
        instrument.choice.changed.connect(self._on_model)
        stage.selected_again.connect(self._attach)
        stage.canvas_changed.connect(self._on_canvas)
        head.frame_changed.connect(self._follow)
        head.playing_changed.connect(self._follow)

    @property
    def target(self) -> Layer | None:
        """The layer that the dock changes; None while it plays in its own preview."""
        canvas = self._stage.canvas
        return canvas.layer(self._target_id) if canvas and self._target_id else None

    @property
    def astray(self) -> bool:
        """Whether the instrument shows something else than the layer's keys do here."""
        layer, code = self.target, self._instrument.code
        if layer is None or code is None or layer.living is None:
            return False
        return self._is_keyed(layer) and packed(code) != self._head.point(layer)

    def place(
        self, x: float | None = None, y: float | None = None, played: Played | None = None
    ) -> bool:
        """Lay the instrument's picture on the canvas as a living layer, and select it.

        Without a canvas one is made. `played` is another result to be laid there.
        """
        played = played or self._instrument.result
        if played is None or not self._session.is_open:
            return False
        with self._session.gesture("Add a living layer"):
            if self._stage.canvas is None:
                edit = add_canvas(self._session.project, _words("Canvas"))
                self._session.apply(edit)
                self._stage.work_on(edit.changes[0].key)
            canvas = self._stage.canvas
            assert canvas is not None
            asset, point = self._render(played)
            project, recipe = self._session.project, played.recipe
            edit = add_living(project, canvas.id, asset, point, recipe, x=x, y=y)
            self._session.apply(edit)
            self.placed.emit(canvas.id)
            self._stage.select(new_layers(edit))
            return True
        return False

    def hold(self, held: bool) -> None:
        """Something is dragged, or no longer: what settles meanwhile is one step of undo."""
        self._is_held = held
        self.held.emit(held)
        if not held and (played := self._instrument.result) and played.number:
            self._write(played)

    def _render(self, played: Played) -> tuple[Asset, LatentPoint]:
        store = self._session.store
        model = self._instrument.choice.maker_of(played.model)
        name = played.name or model.name
        asset = render_of(store, Image(played.pixels), played.recipe, model, name)
        return asset, played.point(model.ref.id)

    @Slot()
    def _attach(self) -> None:
        layers = self._stage.selected
        layer = layers[0] if len(layers) == 1 else None
        if layer is None or layer.living is None or layer.frozen:
            self._aim_at(None)
        elif layer.id != self._target_id or self._now(layer) != self._known:
            # The target is known before anything moves, so that its picture shows in its place.
            self._aim_at(layer)
            if not self._shows(layer) and not self._play(layer, layer.living):
                self._aim_at(None)

    def _play(self, layer: Layer, point: LatentPoint) -> bool:
        word = self._word(point.model)
        if not word:
            told = _words('The model of "{name}" is not in this project: its last picture stays.')
            self.told.emit(told.format(name=layer.name))
            return False
        code = unpacked(self._head.point(layer)).copy()
        return self._instrument.play_at(word, code, point.truncation, point.conditions)

    def _aim_at(self, layer: Layer | None) -> None:
        self._known = self._now(layer) if layer else None
        key, name = (layer.id, layer.name) if layer else ("", "")
        if (key, name) != (self._target_id, self._target_name):
            left, self._target_id, self._target_name = self._target_id, key, name
            if left and left != key:
                self._leave(left)
            self.target_changed.emit()

    def _leave(self, layer_id: str) -> None:
        # What had not settled yet was only shown: the screen must not tell what is not written.
        self._stage.live.emit(layer_id, QImage())
        self._head.refresh()

    def _now(self, layer: Layer) -> tuple[LatentPoint, bytes] | None:
        return (layer.living, self._head.point(layer)) if layer.living else None

    def _is_keyed(self, layer: Layer) -> bool:
        return self._head.is_played(layer)

    def _word(self, model_id: str) -> str:
        if model_id in self._session.project.models:
            return model_id
        chosen = self._instrument.choice.model
        return chosen.word if chosen and chosen.ref.id == model_id else ""

    def _shows(self, layer: Layer) -> bool:
        model, code, point = self._instrument.choice.model, self._instrument.code, layer.living
        if model is None or code is None or point is None or model.ref.id != point.model:
            return False
        shown = packed(code) in (point.code, self._head.point(layer))
        able = self._instrument.choice.abilities
        told = self._instrument.telling.heard == point.conditions.heard(able)
        return shown and told and self._instrument.truncation == point.truncation

    @Slot(object)
    def _on_picture(self, picture: QImage) -> None:
        layer = self.target
        if layer is not None and not layer.frozen and not self._head.playing:
            self._stage.live.emit(layer.id, self._filmed(layer) or picture)

    def _filmed(self, layer: Layer) -> QImage | None:
        """What the film has of the very point that the instrument shows: it stays on the screen."""
        if self.astray or not self._is_keyed(layer):
            return None
        told = self._instrument.telling.conditions == self._head.latent(layer).conditions
        return self._head.picture(layer) if told else None

    @Slot(object)
    def _write(self, played: Played) -> None:
        layer, canvas = self.target, self._stage.canvas
        if self._is_held or layer is None or canvas is None or layer.frozen or not layer.living:
            return
        if self._is_there(layer, layer.living, played):
            return
        self._is_writing = True
        try:
            with self._session.gesture("Change a living layer"):
                asset, point = self._render(played)
                project, recipe = self._session.project, played.recipe
                edit = set_render(project, canvas.id, layer.id, asset, point, recipe)
                self._session.apply(edit)
                self.writing.emit()
        finally:
            self._is_writing = False
            self._known = self._now(self.target) if self.target else None

    def _is_there(self, layer: Layer, point: LatentPoint, played: Played) -> bool:
        same = (played.model, played.conditions) == (self._word(point.model), point.conditions)
        return same and packed(played.code) == self._head.point(layer)

    @Slot()
    def _on_canvas(self) -> None:
        if self._is_writing or self._is_held:
            return
        target = self.target
        if target is None or target.frozen or self._now(target) != self._known:
            self._attach()  # selected no more, or changed by an undo
        else:
            self._aim_at(target)  # its name may be another
        self._head.refresh()

    @Slot()
    def _follow(self) -> None:
        layer, model = self.target, self._instrument.choice.model
        if layer is None or layer.living is None or layer.frozen or self._is_held:
            return
        if not self._is_keyed(layer) or model is None or model.ref.id != layer.living.model:
            return
        self._known = self._now(layer)
        code, rests = unpacked(self._head.point(layer)), not self._head.playing
        self._instrument.follow(
            code, self._head.picture(layer), rests=rests, truncation=self._head.truncation(layer)
        )

    @Slot()
    def _on_model(self) -> None:
        if self._instrument.choice.model is None:
            self._aim_at(None)


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
