"""Owns what is on the kiosk's screen: one page, for one mode; decides nothing."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kiosk.fading import FadingPicture
from ui.kiosk.mode import Mode
from ui.kiosk.notice import LoadingPage
from ui.kiosk.page import KioskPage
from ui.kiosk.picture import Picture
from ui.shell.station import Station
from ui.shell.theme import apply_theme, motion
from ui.widgets.stage import ScaledStage, VBox

P = TypeVar("P", bound=KioskPage)


class Front(QObject):
    """The page that is on, whom it stands for, and what is known of the branch.

    A page is made when it is shown and freed when another one comes; ``turned`` tells of it.
    """

    turned = Signal()

    def __init__(self, station: Station, window: QWidget, stage: ScaledStage) -> None:
        super().__init__(window)
        self.station = station
        self.mode = Mode()
        self.shown: Picture | None = None
        self.lost = False
        self.ground = stage.content
        self._window = window
        self._column = VBox(parent=stage.content)
        self.page: KioskPage = LoadingPage(station, self.mode)
        self._column.addWidget(self.page)

    def go(self, page: P) -> P:
        """Put another page on."""
        before, self.page = self.page, page
        # Big letters come without any movement (look.md section 8).
        duration = 0 if self.mode.elder else motion().page
        fades = duration > 0 and self._window.isVisible()
        picture_before = before.grab() if fades else None
        self._column.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._column.addWidget(page)
        page.show()
        self._window.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()
        if picture_before is not None:
            FadingPicture(picture_before, duration, self.ground)
        return page

    def stand(self, mode: Mode) -> None:
        """Stand for a customer from the next page on; high contrast shows at once."""
        if mode.contrast != self.mode.contrast:
            apply_theme(self._window, "hc" if mode.contrast else "light")
        self.mode = mode
