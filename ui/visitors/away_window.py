"""Owns the roll call of a machine whose store cannot be reached and where nobody is signed in; it
must not sign anybody in or out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.visitors.roll_call_page import RollCallPage
from ui.visitors.roll_desk import RollDesk
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.frame import TopBar
from ui.widgets.stage import VBox
from ui.widgets.toast import Toaster


class AwayRollWindow(QWidget):
    """The page of the roll call and nothing else; ``left`` tells that it was put away.

    What is marked stays sealed on this machine and is handed in by whoever may, when the store is
    back and he opens the register here.
    """

    left = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("visitors")
        self._station = station
        self.desk = RollDesk(station, self, away=True)
        self.top = TopBar("", clock=station.now)
        self.back_button = PlainButton("", size=SMALL_TOUCH, icon="arrow-left", key="Esc")
        self.back_button.setShortcut("Esc")
        self.top.chips.addWidget(self.back_button)
        self.page = RollCallPage(self.desk)
        column = VBox(parent=self)
        column.addWidget(self.top)
        body = VBox(margins=(24, 20, 24, 20))
        body.addWidget(self.page)
        column.addLayout(body, 1)
        self.toaster = Toaster(self)
        self.desk.told.connect(self.toaster.show_toast)
        self.back_button.clicked.connect(self.left)
        install_focus_ring(self)
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """A desk's window."""
        return QSize(1280, 800)

    def retranslate(self) -> None:
        """Take all words anew."""
        title = self.tr("断网点名")
        self.setWindowTitle(title)
        self.top.set_title(title)
        told = self.tr("{name} 在本机点名，恢复后由登录的同事补登")
        self.top.set_subtitle(told.format(name=self._station.person.name))
        self.back_button.setText(self.tr("返回"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
