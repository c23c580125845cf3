"""Which domain of a pair of generators is shown: there where the model has two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_DOMAINS = ("first", "second")


class DomainRow(QWidget):
    """Both side by side, or one of them under the name of the collection it was learned from."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._choice, self._telling = studio.choice, studio.instrument.telling
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Which look is shown"))
        self.box.setToolTip(tr("Show both looks of the pair side by side, or one alone (domain)"))
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(label(tr("Shows"), "caption"))
        row.addWidget(self.box, 1)
        self.box.activated.connect(
            lambda index: self._telling.show_domain(self.box.itemData(index))
        )
        self._telling.changed.connect(self._show)
        self._choice.changed.connect(self._on_model)
        self._on_model()

    def _on_model(self) -> None:
        self.setVisible(self._telling.has_domains)
        self.box.clear()
        self.box.addItem(tr("Both side by side"), "both")
        for domain, name in zip(_DOMAINS, self._names(), strict=True):
            self.box.addItem(name, domain)
        self._show()

    def _names(self) -> tuple[str, str]:
        model = self._choice.model
        named = model.card.config.get("domains") if model else None
        match named:
            case [str(first), str(second)] if first != second:
                return first, second
        return tr("First"), tr("Second")

    def _show(self) -> None:
        self.box.setCurrentIndex(self.box.findData(self._telling.conditions.domain))
