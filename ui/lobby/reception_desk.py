"""Owns what a press leads to where receptions are concerned: the form, the lists, what is told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from branch.lobby.queries.waiting import QueuedTicket
from branch.visitors.commands.reception import WithdrawReception
from branch.visitors.queries.reception import open_follow_ups
from branch.visitors.reception import is_overdue
from ui.lobby.reception_dialog import ReceptionDialog
from ui.lobby.reception_list_dialog import TODAY, ReceptionListDialog
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.toast import Toaster


def _due(store: Store, today: str) -> tuple[int, int]:
    """How many wait to be called back, and how many of them too long."""
    waiting = open_follow_ups(store)
    return len(waiting), sum(is_overdue(record.follow_by, today) for record in waiting)


class ReceptionDesk(QObject):
    """Opens forms and lists over the console. ``counted`` gives follow-ups waiting and overdue."""

    counted = Signal(int, int)

    def __init__(self, window: QWidget, station: Station, toaster: Toaster) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster
        self._asking = Asking(
            station,
            self,
            lambda: partial(_due, today=station.now().date().isoformat()),
            lambda counts: self.counted.emit(*counts),
        )
        station.changed.connect(self._on_changed)
        station.online.connect(self._asking.ask)
        self._asking.ask()

    def note(self) -> None:
        """Write a record of somebody without a ticket, or of a number typed there."""
        self._open(ReceptionDialog(self._window, self._station))

    def note_of(self, ticket: QueuedTicket) -> None:
        """Write a record of a ticket, its service proposed."""
        dialog = ReceptionDialog(
            self._window, self._station, ticket=ticket.id, number=ticket.number
        )
        dialog.choose_service(ticket.service)
        self._open(dialog)

    def show_list(self, page: str = TODAY) -> None:
        """Show the records of today, or who waits to be called back."""
        dialog = ReceptionListDialog(self._window, self._station, page)
        dialog.withdrawn.connect(self._tell_withdrawn)
        dialog.open()

    def _open(self, dialog: ReceptionDialog) -> None:
        dialog.recorded.connect(self._tell_recorded)
        dialog.list_wanted.connect(self.show_list)
        dialog.open()

    def _tell_recorded(self, identity: int) -> None:
        self._toaster.show_toast(self.tr("接待记录已记下"), undo=partial(self._withdraw, identity))

    def _withdraw(self, identity: int) -> None:
        self._station.run(self, WithdrawReception(identity), lambda _none: self._tell_withdrawn())

    def _tell_withdrawn(self) -> None:
        self._toaster.show_toast(self.tr("接待记录已撤回"))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"reception", "day"}:
            self._asking.ask()
