"""Owns what a press at the console leads to where complaints are concerned; registers nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.registration import Registered
from branch.lobby.queries.waiting import QueuedTicket
from ui.shell.station import Station
from ui.widgets.intake.dialog import RegisterDialog
from ui.widgets.toast import Toaster


class ComplaintDesk(QObject):
    """Opens the registration over the console; whoever is told first registers (首问负责)."""

    def __init__(self, window: QWidget, station: Station, toaster: Toaster) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster

    def register(self) -> None:
        """Register what somebody without a ticket says, or go on where it was left."""
        self._open(RegisterDialog(self._window, self._station))

    def register_of(self, ticket: QueuedTicket) -> None:
        """A customer in the queue complains."""
        dialog = RegisterDialog(self._window, self._station, ticket=ticket.id, number=ticket.number)
        self._open(dialog)

    def _open(self, dialog: RegisterDialog) -> None:
        dialog.registered.connect(self._tell)
        # The case itself is on the complaint desk, another place of work.
        dialog.open_wanted.connect(lambda _id: self._station.place_wanted.emit("complaints"))
        dialog.open()

    def _tell(self, registered: Registered) -> None:
        self._toaster.show_toast(self.tr("{number} 已登记").format(number=registered.number))
