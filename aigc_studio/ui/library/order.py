"""In which order the library's pictures stand: as they came, by name, or the most real first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from aigc_studio.base.natural import natural
from aigc_studio.ui import icons
from aigc_studio.ui.library.shown import title_of
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.model import Asset
    from aigc_studio.studio.judging import Judging

ADDED, NAME = "added", "name"


class OrderButton(QToolButton):
    """A menu of orders; those by a model are offered for every model that judges.

    Attributes:
        order: ADDED, NAME, or the id of the model whose verdicts count.

    Signals:
        chosen: another order.
    """

    chosen = Signal()

    def __init__(self, judging: Judging) -> None:
        super().__init__()
        self._judging = judging
        self.order = ADDED
        self._anew = False
        self.setProperty("kind", "tool")
        self.setAccessibleName(tr("Order of the pictures"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        icons.dress(self, "order")
        self.menu_of_orders = QMenu(self)
        self.menu_of_orders.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_of_orders)
        self._tell()

    def _fill(self) -> None:
        menu = self.menu_of_orders
        menu.clear()
        group = QActionGroup(menu)
        for order, words in self.offered():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(order == self.order)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, order=order: self.choose(order))

    def offered(self) -> list[tuple[str, str]]:
        """Orders and their words."""
        by_model = [
            (model.id, tr("Most real first, by {model}", model=model.name))
            for model in self._judging.models()
        ]
        return [(ADDED, tr("As they came")), (NAME, tr("By name")), *by_model]

    def choose(self, order: str) -> None:
        """Take another order."""
        self.order, self._anew = order, True
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        words = dict(self.offered()).get(self.order, "")
        self.setToolTip(tr("Order of the pictures: {order}", order=words))

    def arranged(self, assets: Sequence[Asset]) -> list[Asset]:
        """These assets in the chosen order; what a model has not judged comes last."""
        if self.order not in dict(self.offered()):  # the model is gone, or the project
            self.order = ADDED
            self._tell()
        if self.order == ADDED:
            return list(assets)
        if self.order == NAME:
            return sorted(assets, key=lambda asset: natural(title_of(asset)))
        anew, self._anew = self._anew, False
        self._judging.judge(self.order, [asset.id for asset in assets], again=anew)
        scores = self._judging.verdicts(self.order)
        return sorted(assets, key=lambda asset: -scores.get(asset.id, float("-inf")))
