"""The stage: which canvas is worked on, what is selected there, and what the dock changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.canvas import LatentPoint, packed, unpacked
from aigc_studio.document.canvas_edits import add_canvas, add_living, new_layers, set_render
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.renders import render_of
from aigc_studio.document.timeline import track_of
from aigc_studio.document.timeline_edits import add_key, add_keys, set_timeline
from aigc_studio.media.image import Image
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.instrument import Target
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset
    from aigc_studio.document.timeline_edits import Place
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.trail import Played

MOST_FRAMES_AHEAD = 600
LATENT = "z"


class Stage(QObject):
    """Joins the open canvas and the instrument.

    A selected living layer is what the dock changes. Its pictures are only shown (`live`)
    while something is dragged; what has settled is written to the document, and a drag that
    rests in between (`hold`) still is one step of undo.

    Signals:
        canvas_changed: another canvas is worked on, or this one was edited.
        selection_changed: other layers are selected.
        frame_changed: the play head stands at another frame.
        keys_chosen: other keys of the timeline are selected.
        playing_changed: the film plays, or no longer.
        recording_changed: a move is being recorded, or auto-key was switched.
        live: a layer's id and the QImage that it shows for now; a null one ends that.
        placed: the dock's picture was laid on a canvas; its id.
        told: a StudioError or str.
    """

    canvas_changed = Signal()
    selection_changed = Signal()
    frame_changed = Signal(int)
    keys_chosen = Signal()
    playing_changed = Signal(bool)
    recording_changed = Signal()
    live = Signal(str, object)
    placed = Signal(str)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        instrument: Instrument,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument = session, instrument
        self.frames = Frames(session, player, "film", self)
        self._canvas_id = ""
        self._selection: tuple[str, ...] = ()
        self._chosen_keys: frozenset[Place] = frozenset()
        self._filmed: set[str] = set()
        self._frame = 0
        self._held = self._writing = self._attaching = False
        self._auto_key = self._armed = False
        self._record: dict[int, Floats] | None = None
        self._began = self._record_began = 0.0
        self._began_at = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        instrument.picture.connect(self._on_picture)
        instrument.settled.connect(self._on_settled)
        instrument.moved.connect(self._on_moved)
        session.changed.connect(self._on_edit)
        session.closed.connect(self._on_closed)
        self.frames.ready.connect(self._on_frames)
        self.frames.failed.connect(self.told)

    # What is worked on

    @property
    def canvas(self) -> Canvas | None:
        """The canvas that is worked on."""
        if not self._session.is_open:
            return None
        return self._session.project.canvases.get(self._canvas_id)

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected layers."""
        return self._selection

    @property
    def selected(self) -> list[Layer]:
        """The selected layers, the lowest first."""
        canvas = self.canvas
        return [each for each in canvas.layers if each.id in self._selection] if canvas else []

    @property
    def target(self) -> Layer | None:
        """The layer that the dock changes; None while it plays in its own preview."""
        target = self._instrument.target
        canvas = self.canvas
        return canvas.layer(target.key) if canvas and target else None

    def work_on(self, canvas_id: str) -> None:
        """Another canvas is shown; "" for none."""
        if canvas_id != self._canvas_id:
            self.pause()
            self._canvas_id = canvas_id
            self._frame = 0
            self._filmed.clear()
            self.canvas_changed.emit()
            self.frame_changed.emit(0)
            self.choose_keys(())
            self.select(())

    def select(self, layer_ids: Iterable[str]) -> None:
        """Select layers; a single living one becomes what the dock changes."""
        canvas = self.canvas
        there = {layer.id for layer in canvas.layers} if canvas else set()
        chosen = tuple(each for each in dict.fromkeys(layer_ids) if each in there)
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit()
        self._attach()

    def place(
        self, x: float | None = None, y: float | None = None, played: Played | None = None
    ) -> bool:
        """Lay the dock's picture on the canvas as a living layer, and select it.

        Without a canvas one is made. `played` is another result to be laid there.
        """
        played = played or self._instrument.result
        if played is None or not self._session.is_open:
            return False
        with self._session.attempt(), self._session.gesture("Add a living layer"):
            canvas = self.canvas
            if canvas is None:
                edit = add_canvas(self._session.project, _words("Canvas"))
                self._session.apply(edit)
                self._canvas_id = edit.changes[0].key
            asset, point = self._render(played)
            project, recipe = self._session.project, played.recipe
            edit = add_living(project, self._canvas_id, asset, point, recipe, x=x, y=y)
            self._session.apply(edit)
            self._selection = ()
            brought = new_layers(edit)
            self.canvas_changed.emit()
            self.placed.emit(self._canvas_id)
            self.select(brought)
            return True
        return False

    def _render(self, played: Played) -> tuple[Asset, LatentPoint]:
        store = self._session.store
        model = choose_model(store, played.model)
        name = played.name or model.name
        asset = render_of(store, Image(played.pixels), played.recipe, model, name)
        point = LatentPoint(
            model=model.ref.id,
            space=played.recipe.space or LATENT,
            code=packed(played.code),
            seed=played.recipe.seed,
            truncation=played.truncation,
        )
        return asset, point

    # What the dock changes

    def _attach(self) -> None:
        layers = self.selected
        layer = layers[0] if len(layers) == 1 else None
        if layer is None or layer.living is None or layer.frozen:
            self._instrument.detach()
            return
        target = self._instrument.target
        if target and target.key == layer.id and self._shows(layer):
            return
        word = self._word(layer.living.model)
        if not word:
            self._instrument.detach()
            self.told.emit(
                _words(
                    'The model of "{name}" is not in this project: its last picture stays.'
                ).format(name=layer.name)
            )
            return
        point = layer.living
        self._attaching = True
        try:
            named = Target(layer.id, layer.name)
            code = unpacked(self._point(layer)).copy()
            self._instrument.attach(named, word, code, point.truncation)
        finally:
            self._attaching = False

    def _word(self, model_id: str) -> str:
        if model_id in self._session.project.models:
            return model_id
        chosen = self._instrument.model
        return self._instrument.model_word if chosen and chosen.ref.id == model_id else ""

    def _shows(self, layer: Layer) -> bool:
        model, code, living = self._instrument.model, self._instrument.code, layer.living
        if model is None or code is None or living is None or model.ref.id != living.model:
            return False
        return packed(code) in (living.code, self._point(layer))

    def _point(self, layer: Layer) -> bytes:
        """What a living layer shows at the play head: a point of its keys, or its own."""
        canvas, living = self.canvas, layer.living
        assert living is not None
        track = track_of(canvas.timeline, layer.id) if canvas and not layer.frozen else None
        if track is None:
            return living.code
        return packed(track.code_at(self._frame, self.frames.geometry(living.model)))

    def give_up_drag(self) -> None:
        """What was dragged goes back to where it began: nothing of it is recorded."""
        self._record = None

    def hold(self, held: bool) -> None:
        """Something is dragged, or no longer: what settles meanwhile is one step of undo."""
        self._held = held
        if held and self._armed:
            self._record, self._record_began = {}, time.monotonic()
        if not held:
            self._end_record()
            if (played := self._instrument.result) and played.number:
                self._on_settled(played)

    @Slot(object)
    def _on_picture(self, picture: QImage) -> None:
        layer = self.target
        if layer is not None and not layer.frozen and not self._clock.isActive():
            self.live.emit(layer.id, picture)

    @Slot(object)
    def _on_settled(self, played: Played) -> None:
        layer = self.target
        if self._held or layer is None or layer.frozen or layer.living is None:
            return
        if played.model == self._word(layer.living.model) and self._point(layer) == packed(
            played.code
        ):
            return
        self._writing = True
        try:
            with self._session.attempt(), self._session.gesture("Change a living layer"):
                asset, point = self._render(played)
                project, canvas_id = self._session.project, self._canvas_id
                recipe = played.recipe
                self._session.apply(set_render(project, canvas_id, layer.id, asset, point, recipe))
                if self._auto_key or (layer.id, self._frame) in self._chosen_keys:
                    self.add_key()
        finally:
            self._writing = False

    # Keys

    @property
    def chosen_keys(self) -> frozenset[Place]:
        """The selected keys; one at the play head follows the dock."""
        return self._chosen_keys

    def choose_keys(self, places: Collection[Place]) -> None:
        """Select keys; those that are not there are passed over."""
        canvas = self.canvas
        there = {(k.layer, k.frame) for k in canvas.timeline.keyframes} if canvas else set()
        chosen = frozenset(places) & there
        if chosen != self._chosen_keys:
            self._chosen_keys = chosen
            self.keys_chosen.emit()

    @property
    def astray(self) -> bool:
        """Whether the dock shows something else than its layer's keys do at the play head."""
        layer, code, canvas = self.target, self._instrument.code, self.canvas
        if layer is None or code is None or canvas is None or layer.living is None:
            return False
        keyed = track_of(canvas.timeline, layer.id) is not None
        return keyed and packed(code) != self._point(layer)

    @property
    def auto_key(self) -> bool:
        """Whether every settled change writes a key at the play head."""
        return self._auto_key

    @property
    def armed(self) -> bool:
        """Whether the next drag on the pad is recorded."""
        return self._armed

    def set_auto_key(self, on: bool) -> None:
        """Write keys by themselves, or no longer."""
        self._auto_key = on
        self.recording_changed.emit()

    def arm(self, on: bool) -> None:
        """Record the next drag on the pad, from the play head on."""
        self._armed = on
        self._record = None
        self.recording_changed.emit()

    def add_key(self) -> bool:
        """Write where the dock is now as a key of its layer at the play head."""
        layer, code = self.target, self._instrument.code
        if layer is None or code is None:
            return False
        key, frame, canvas_id = layer.id, self._frame, self._canvas_id
        return self._session.do(lambda project: add_key(project, canvas_id, key, frame, code))

    def make_loop(self) -> bool:
        """Let the last key go on to the first, with time for that way."""
        canvas = self.canvas
        if canvas is None or not canvas.timeline.keyframes:
            return False
        at = sorted({key.frame for key in canvas.timeline.keyframes})
        step = round((at[-1] - at[0]) / max(len(at) - 1, 1)) or canvas.timeline.frames
        frames, canvas_id = at[-1] + step, canvas.id
        return self._session.do(
            lambda project: set_timeline(project, canvas_id, frames=frames, loop=True)
        )

    @Slot(object)
    def _on_moved(self, code: Floats) -> None:
        canvas = self.canvas
        if self._record is None or canvas is None:
            return
        passed = time.monotonic() - self._record_began
        frame = self._frame + round(passed * canvas.timeline.fps)
        self._record[frame] = code

    def _end_record(self) -> None:
        codes, self._record = self._record, None
        layer, canvas_id = self.target, self._canvas_id
        if not codes or layer is None:
            return
        key = layer.id
        self._session.do(lambda project: add_keys(project, canvas_id, key, codes))
        self.arm(False)

    # The play head

    @property
    def frame(self) -> int:
        """Where the play head stands."""
        return self._frame

    @property
    def playing(self) -> bool:
        """Whether the film plays."""
        return self._clock.isActive()

    def show_frame(self, frame: int) -> None:
        """Put the play head at a frame; the layers show what they show there."""
        canvas = self.canvas
        if canvas is None:
            return
        self._frame = min(max(frame, 0), canvas.timeline.frames - 1)
        self.frame_changed.emit(self._frame)
        self._show_layers()
        self._want(canvas)
        self._follow()

    def play(self) -> None:
        """Play the film from the play head on, again and again."""
        canvas = self.canvas
        if canvas is None or not canvas.timeline.keyframes:
            return
        self._began, self._began_at = time.monotonic(), self._frame
        self._clock.start(max(round(1000 / canvas.timeline.fps), 1))
        self._want(canvas)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop the play head where it is."""
        if self._clock.isActive():
            self._clock.stop()
            self.playing_changed.emit(False)
            self._follow()

    def toggle_play(self) -> None:
        """Play, or pause."""
        if self._clock.isActive():
            self.pause()
        else:
            self.play()

    def _tick(self) -> None:
        canvas = self.canvas
        if canvas is None:
            self.pause()
            return
        passed = (time.monotonic() - self._began) * canvas.timeline.fps
        frame = (self._began_at + int(passed)) % canvas.timeline.frames
        if frame != self._frame:
            self._frame = frame
            self.frame_changed.emit(frame)
            self._show_layers()
            self._follow()

    def _follow(self) -> None:
        """The dock goes where its layer is at the play head."""
        layer, canvas, model = self.target, self.canvas, self._instrument.model
        if layer is None or layer.living is None or canvas is None or self._held:
            return
        if track_of(canvas.timeline, layer.id) is None or layer.frozen:
            return
        if model is None or model.ref.id != layer.living.model:
            return
        point = self._point(layer)
        shown = self.frames.picture((layer.living.model, point))
        picture = to_qimage(shown.pixels) if shown else None
        self._instrument.follow(unpacked(point), picture, rests=not self.playing)

    def points_at(self, canvas: Canvas, frame: int) -> dict[str, tuple[str, bytes]]:
        """What each layer with keys shows at a frame: model and code, by layer id."""
        found = {}
        for layer in canvas.layers:
            track = track_of(canvas.timeline, layer.id)
            if track and layer.living and not layer.frozen and layer.visible:
                geometry = self.frames.geometry(layer.living.model)
                code = packed(track.code_at(frame, geometry))
                found[layer.id] = (layer.living.model, code)
        return found

    def _want(self, canvas: Canvas) -> None:
        count = canvas.timeline.frames
        ahead = range(self._frame, self._frame + min(count, MOST_FRAMES_AHEAD))
        if not self._clock.isActive():
            ahead = ahead[:1]
        self.frames.want(
            point for at in ahead for point in self.points_at(canvas, at % count).values()
        )

    @Slot()
    def _on_frames(self) -> None:
        self._show_layers()

    def _show_layers(self) -> None:
        canvas = self.canvas
        if canvas is None:
            return
        points = self.points_at(canvas, self._frame)
        for layer_id in self._filmed - set(points):
            self.live.emit(layer_id, QImage())  # its last key is gone
        self._filmed = set(points)
        for layer_id, point in points.items():
            picture = self.frames.picture(point)
            if picture is not None:
                self.live.emit(layer_id, to_qimage(picture.pixels))

    # What happens to the document

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        if not any(change.table == "canvases" for change in edit.changes):
            return
        if not any(change.key == self._canvas_id for change in edit.changes):
            return
        canvas = self.canvas
        there = {layer.id for layer in canvas.layers} if canvas else set()
        self.canvas_changed.emit()
        if canvas is None:
            self._canvas_id = ""
        self.choose_keys(self._chosen_keys)
        if any(each not in there for each in self._selection):
            self.select(each for each in self._selection if each in there)
        elif not self._writing and not self._held:
            self._attach()
        if canvas and not self._writing and not self._held:
            self._show_layers()
            self._want(canvas)

    @Slot()
    def _on_closed(self) -> None:
        self.pause()
        self._canvas_id, self._selection, self._frame = "", (), 0
        self._filmed.clear()
        self.choose_keys(())
        self.canvas_changed.emit()
        self.selection_changed.emit()


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
