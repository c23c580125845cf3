"""The dialogs of the window: each once, beside the work, loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from aigc_studio.studio.studio import Studio


class Dialogs(QObject):
    """Shows them; one that is open already comes to the front."""

    def __init__(self, studio: Studio, language: str, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._language, self._window = studio, language, window
        self._open: dict[str, QDialog] = {}

    def opened(self) -> list[str]:
        """Names of the dialogs that are open."""
        return list(self._open)

    def show(self, name: str) -> None:
        """Show a dialog by its name: settings, shortcuts, help or about."""
        made: dict[str, Callable[[], object]] = {
            "settings": self.settings,
            "shortcuts": self.shortcuts,
            "help": self.help,
            "about": self.about,
        }
        made[name]()

    def focused(self) -> tuple[str, int]:
        """The dialog and the number of its control that has the focus; "" for none."""
        focus = QApplication.focusWidget()
        for name, dialog in self._open.items():
            controls = dialog.findChildren(QWidget)
            if focus in controls:
                return name, controls.index(focus)
        return "", 0

    def focus(self, name: str, number: int) -> None:
        """Give the focus to what `focused` told of, in another window's dialogs."""
        controls = self._open[name].findChildren(QWidget) if name in self._open else []
        if number < len(controls):
            controls[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def palette(self) -> QDialog:
        """The command palette."""
        from aigc_studio.ui.palette import Palette

        made = Palette(self._studio.commands, self._window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.show()
        made.field.setFocus()
        return made

    def settings(self) -> QDialog:
        """The settings."""
        from aigc_studio.ui.settings_dialog import SettingsDialog

        return self._shown(
            "settings",
            lambda: SettingsDialog(self._studio.settings, self._window, shortcuts=self.shortcuts),
        )

    def shortcuts(self) -> QDialog:
        """All shortcuts."""
        from aigc_studio.ui.shortcuts_dialog import ShortcutsDialog

        return self._shown(
            "shortcuts", lambda: ShortcutsDialog(self._studio.commands, self._window)
        )

    def help(self, page: str = "") -> QDialog:
        """The manual, at one of its pages."""
        from aigc_studio.ui.help_viewer import HelpViewer

        made = self._shown("help", lambda: HelpViewer(self._language, self._window))
        if page and isinstance(made, HelpViewer):
            made.turn_to(page)
        return made

    def about(self) -> QDialog:
        """Whose work this is."""
        from aigc_studio.ui.about import AboutDialog

        return self._shown("about", lambda: AboutDialog(self._window))

    def _shown(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        if name not in self._open:
            made = self._open[name] = make()
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.finished.connect(lambda: self._open.pop(name, None))
        self._open[name].show()
        self._open[name].activateWindow()
        return self._open[name]
