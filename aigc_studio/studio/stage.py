"""The stage: which canvas is worked on, and what is selected there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.document.stacking import layers_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aigc_studio.document.canvas import Canvas, Group, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.tracks import Place
    from aigc_studio.media.placing import Crop
    from aigc_studio.studio.session import Session


class Stage(QObject):
    """One canvas at a time, and the selected layers, groups and keys of it.

    Signals:
        entered: another canvas is worked on, or none; before `canvas_changed`.
        canvas_changed: another canvas is worked on, or this one was edited.
        selection_changed: other layers are selected.
        selected_again: layers were selected, be they the same as before.
        region_changed: another rectangle of the canvas is selected, or none.
        keys_chosen: other keys of the timeline are selected.
        live: a layer's id and the QImage that it shows for now; a null one ends that.
    """

    entered = Signal()
    canvas_changed = Signal()
    selection_changed = Signal()
    selected_again = Signal()
    region_changed = Signal()
    keys_chosen = Signal()
    live = Signal(str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas_id = ""
        self._selection: tuple[str, ...] = ()
        self._selections: dict[str, tuple[str, ...]] = {}  # by canvas, while others are shown
        self._chosen_keys: frozenset[Place] = frozenset()
        self._region: Crop | None = None
        session.changed.connect(self._on_edit)
        session.closed.connect(self._on_closed)

    @property
    def canvas(self) -> Canvas | None:
        """The canvas that is worked on."""
        if not self._session.is_open:
            return None
        return self._session.project.canvases.get(self._canvas_id)

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected layers and groups."""
        return self._selection

    @property
    def selected(self) -> list[Layer]:
        """The selected layers, the lowest first; not those that only a selected group holds."""
        canvas = self.canvas
        return [each for each in canvas.layers if each.id in self._selection] if canvas else []

    @property
    def members(self) -> list[Layer | Group]:
        """The selected groups, then the selected layers."""
        canvas = self.canvas
        return [each for each in canvas.members if each.id in self._selection] if canvas else []

    @property
    def touched(self) -> tuple[str, ...]:
        """Ids of the layers that are selected, or in selected groups, the lowest first."""
        canvas = self.canvas
        return tuple(each.id for each in layers_in(canvas, self._selection)) if canvas else ()

    def work_on(self, canvas_id: str) -> None:
        """Another canvas is shown, with what was selected there; "" for none.

        When it is met first, its highest living layer is selected, to be played at once.
        """
        if canvas_id != self._canvas_id:
            self._selections[self._canvas_id] = self._selection
            self._canvas_id = canvas_id
            self.entered.emit()
            self.canvas_changed.emit()
            self.choose_keys(())
            self.choose_region(None)
            self.select(self._selections.get(canvas_id, self._playable()))

    def _playable(self) -> tuple[str, ...]:
        models = self._session.project.models if self._session.is_open else {}
        for layer in reversed(self.canvas.layers if self.canvas else ()):
            point = None if layer.frozen or not layer.visible else layer.living
            if point and point.model in models:
                return (layer.id,)
        return ()

    def select(self, layer_ids: Iterable[str]) -> None:
        """Select layers and groups; a single living layer becomes what the dock changes."""
        canvas = self.canvas
        there = {each.id for each in canvas.members} if canvas else set()
        chosen = tuple(each for each in dict.fromkeys(layer_ids) if each in there)
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit()
        self.selected_again.emit()

    @property
    def region(self) -> Crop | None:
        """The selected rectangle of the canvas, in its pixels."""
        canvas, part = self.canvas, self._region
        fits = canvas is not None and part is not None and part.fits(canvas.width, canvas.height)
        return part if fits else None

    def choose_region(self, part: Crop | None) -> None:
        """Select a rectangle of the canvas, or none."""
        if part != self._region:
            self._region = part
            self.region_changed.emit()

    @property
    def chosen_keys(self) -> frozenset[Place]:
        """The selected keys; one at the play head follows the dock."""
        return self._chosen_keys

    def choose_keys(self, places: Collection[Place]) -> None:
        """Select keys; those that are not there are passed over."""
        canvas = self.canvas
        there = {key.place for key in canvas.timeline.all_keys} if canvas else set()
        chosen = frozenset(places) & there
        if chosen != self._chosen_keys:
            self._chosen_keys = chosen
            self.keys_chosen.emit()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        here = [change for change in edit.changes if change.table == "canvases"]
        if not any(change.key == self._canvas_id for change in here):
            return
        if self.canvas is None:
            self.work_on("")
            return
        self.canvas_changed.emit()
        self.choose_keys(self._chosen_keys)
        if len(self.members) < len(self._selection):
            self.select(self._selection)

    @Slot()
    def _on_closed(self) -> None:
        self.work_on("")
        self._selections.clear()
