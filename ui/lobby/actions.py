"""Owns what a press on the console leads to: dialogs, commands, toasts; draws nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.lobby.commands.arrivals import Issued, Leave, Return, SetClass
from branch.lobby.commands.calling import Called, CallTicket, Resume
from branch.lobby.commands.counters import CloseCounter, PauseCounter, SetCounterServices
from branch.lobby.commands.day import DayClosed
from branch.lobby.commands.floor import AnswerHelp
from branch.lobby.queries.waiting import CounterNow, QueuedTicket
from branch.lobby.rules import LEAVE_REASONS
from ui.lobby.booking_dialog import BookingDialog
from ui.lobby.call_dialog import CallDialog
from ui.lobby.close_day_dialog import CloseDayDialog
from ui.lobby.complaint_desk import ComplaintDesk
from ui.lobby.counter_dialog import CounterDialog
from ui.lobby.day_closed_dialog import DayClosedDialog
from ui.lobby.fairness_dialog import FairnessDialog
from ui.lobby.picture import Picture
from ui.lobby.promises_dialog import PromisesDialog
from ui.lobby.reception_desk import ReceptionDesk
from ui.lobby.sayings import counter_label
from ui.lobby.ticket_dialog import TicketDialog
from ui.models.words import leave_reason, place_label
from ui.shell.station import Station, sentence
from ui.shell.ticket_printing import print_ticket
from ui.widgets.dialog import ReasonDialog
from ui.widgets.state import State
from ui.widgets.toast import Toaster


class Actions(QObject):
    """What can be done with tickets, counters and the day. ``picture`` is set at each refresh."""

    def __init__(
        self,
        window: QWidget,
        station: Station,
        toaster: Toaster,
        receptions: ReceptionDesk,
        complaints: ComplaintDesk,
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster
        self._receptions, self._complaints = receptions, complaints
        self.picture: Picture | None = None
        self._ticket_dialog: TicketDialog | None = None

    def take(self, shown: Picture) -> None:
        """Know the lobby as it stands; a dialog about a ticket that is gone closes itself."""
        self.picture = shown
        dialog = self._ticket_dialog
        if dialog is not None and shown.ticket(dialog.ticket.id) is None:
            dialog.reject()
            text = self.tr("{number} 已不在等候").format(number=dialog.ticket.number)
            self._toaster.show_toast(text, State.ATTENTION)

    # -- tickets --------------------------------------------------------------------------------

    def open_ticket(self, identity: int) -> None:
        """Show one ticket and what can be done with it."""
        ticket = self.picture.ticket(identity) if self.picture else None
        if ticket is None or self.picture is None:
            return
        dialog = TicketDialog(self._window, self._station, self.picture, ticket)
        dialog.act.connect(lambda action: self._act(dialog, ticket, action))
        dialog.classes_wanted.connect(
            lambda classes, slot: self._set_classes(dialog, ticket, classes, slot)
        )
        dialog.finished.connect(self._forget_ticket)
        self._ticket_dialog = dialog
        dialog.open()

    def _forget_ticket(self) -> None:
        self._ticket_dialog = None

    def _act(self, dialog: TicketDialog, ticket: QueuedTicket, action: str) -> None:
        if action == "call":
            dialog.accept()
            self.call_by_hand(ticket)
        elif action == "leave":
            dialog.accept()
            self._ask_leave(ticket)
        elif action == "why":
            dialog.accept()
            self.tell_why(ticket.id)
        elif action == "reception":
            dialog.accept()
            self._receptions.note_of(ticket)
        elif action == "complaint":
            dialog.accept()
            self._complaints.register_of(ticket)
        elif action == "reprint":
            dialog.accept()
            self.print(ticket.id, ticket.number)
        else:
            command = Return(ticket.id) if action == "return" else Resume(ticket.id)
            told = {
                "return": self.tr("{number} 回来了，继续等候"),
                "resume": self.tr("{number} 已恢复，继续等候"),
            }[action]
            self._carry_out(dialog, command, told.format(number=ticket.number))

    def ask_why(self) -> None:
        """Ask for the number of a ticket of today, perhaps one that is served already."""
        FairnessDialog(self._window, self._station).open()

    def tell_why(self, ticket: int) -> None:
        """Show who was called before a ticket and why."""
        FairnessDialog(self._window, self._station, ticket).open()

    def _set_classes(
        self, dialog: TicketDialog, ticket: QueuedTicket, classes: frozenset[str], slot: int | None
    ) -> None:
        told = self.tr("{number} 的类别已改").format(number=ticket.number)
        self._carry_out(dialog, SetClass(ticket.id, classes, slot), told)

    def call_by_hand(self, ticket: QueuedTicket, reason: str = "") -> None:
        """Ask for counter and reason, then call out of turn. It was heard: there is no undo."""
        if self.picture is None:
            return
        counters = self.picture.console.counters
        dialog = CallDialog(self._window, ticket, counters, reason=reason)

        def call(counter: int, why: str, text: str) -> None:
            self._station.run(
                self,
                CallTicket(ticket.id, counter, why, text),
                lambda called: self._has_called(dialog, called),
                lambda error: dialog.refuse(sentence(error)),
            )

        dialog.wanted.connect(call)
        dialog.open()

    def _has_called(self, dialog: CallDialog, called: Called) -> None:
        dialog.accept()
        text = self.tr("{number} 已叫到 {place}").format(
            number=called.number, place=place_label(f"counter-{called.counter}")
        )
        self._say(text)

    def _ask_leave(self, ticket: QueuedTicket) -> None:
        dialog = ReasonDialog(
            self._window,
            title=self.tr("{number} 为什么离开？").format(number=ticket.number),
            reasons=[(code, leave_reason(code)) for code in LEAVE_REASONS],
            confirm=self.tr("已离开"),
            cancel=self.tr("返回"),
        )
        told = self.tr("{number} 已记为离开").format(number=ticket.number)
        dialog.chosen.connect(
            lambda code, _text: self._station.run(
                self, Leave(ticket.id, code), lambda _none: self._say(told)
            )
        )
        dialog.open()

    def print_new(self, issued: Issued) -> None:
        """Promise a new ticket its wait and print it; the paper says what was promised."""
        waits = self._station.waits
        waits.for_ticket(
            self,
            issued.id,
            self._station.actor,
            lambda _promise: self.print(issued.id, issued.number, told=False),
        )

    def print(
        self, ticket: int, number: str, *, told: bool = True, answers: int | None = None
    ) -> None:
        """Print a ticket; a failure is always told, success with ``told``.

        ``answers`` is the call for help that is done with when the paper comes.
        """

        def done(printed: bool) -> None:
            if printed:
                if answers is not None:
                    self._station.run(self, AnswerHelp(answers))
                if told:
                    self._say(self.tr("{number} 已打印").format(number=number))
            else:
                text = self.tr("{number} 没有打印出来，请告诉客户号码").format(number=number)
                self._toaster.show_toast(text, State.ATTENTION)

        print_ticket(self._station, ticket, done)

    # -- counters, bookings, the day ------------------------------------------------------------

    def open_counter(self, number: int) -> None:
        """Show one counter, its services, pause and close."""
        counter = self.picture.counter(number) if self.picture else None
        if counter is not None:
            self.propose(counter, frozenset())

    def propose(
        self, counter: CounterNow, add: frozenset[str], closed: Callable[[], None] | None = None
    ) -> None:
        """Show a counter with services ticked in addition, for its set to be changed."""
        if self.picture is None:
            return
        dialog = CounterDialog(self._window, self.picture, counter, self._station.now_ms(), add=add)
        name = counter_label(counter)
        before = counter.services

        def keep(chosen: frozenset[str]) -> None:
            self._station.run(
                self,
                SetCounterServices(counter.number, chosen),
                lambda _none: self._has_kept(dialog, counter.number, name, before),
                lambda error: dialog.refuse(sentence(error)),
            )

        dialog.services_wanted.connect(keep)
        dialog.pause_wanted.connect(
            lambda reason: self._carry_out(
                dialog,
                PauseCounter(counter.number, reason),
                self.tr("{counter} 已暂停").format(counter=name),
            )
        )
        dialog.close_wanted.connect(
            lambda: self._carry_out(
                dialog,
                CloseCounter(counter.number),
                self.tr("{counter} 已关闭").format(counter=name),
            )
        )
        if closed is not None:
            dialog.finished.connect(lambda _result: closed())
        dialog.open()
        offered = self.picture.services_by_group()
        for group in self.picture.console.groups:
            if add & offered.get(group.code, frozenset()):
                dialog.show_group(group.code)
                break

    def widen(
        self,
        counter: CounterNow,
        services: frozenset[str],
        refused: Callable[[TingtangError], None],
    ) -> None:
        """Let a counter do these services as well, at once; it can be taken back."""
        name, before = counter_label(counter), counter.services
        self._station.run(
            self,
            SetCounterServices(counter.number, before | services),
            lambda _none: self._tell_services(counter.number, name, before),
            refused,
        )

    def _has_kept(
        self, dialog: CounterDialog, number: int, name: str, before: frozenset[str]
    ) -> None:
        dialog.accept()
        self._tell_services(number, name, before)

    def _tell_services(self, number: int, name: str, before: frozenset[str]) -> None:
        back = SetCounterServices(number, before)
        self._toaster.show_toast(
            self.tr("{counter} 的业务已改，下一次叫号起生效").format(counter=name),
            undo=lambda: self._station.run(self, back),
        )

    def make_booking(self) -> None:
        """Make an appointment for somebody who will come another time."""
        if self.picture is not None:
            BookingDialog(self._window, self._station, self.picture).open()

    def close_day(self) -> None:
        """Ask what becomes of everybody, then end the business day."""
        if self.picture is None:
            return
        dialog = CloseDayDialog(self._window, self._station, self.picture)
        dialog.closed.connect(self._has_closed)
        dialog.open()

    def _has_closed(self, closed: DayClosed) -> None:
        DayClosedDialog(self._window, self._station, closed).open()

    def show_promises(self) -> None:
        """Show how the promised waits held."""
        PromisesDialog(self._window, self._station).open()

    # -- shared ---------------------------------------------------------------------------------

    def _carry_out(self, dialog: TicketDialog | CounterDialog, command: object, told: str) -> None:
        """Run a command of a dialog: done closes it and says so, refused says why in it."""

        def done(_value: object) -> None:
            dialog.accept()
            self._say(told)

        self._station.run(self, command, done, lambda error: dialog.refuse(sentence(error)))

    def _say(self, text: str) -> None:
        self._toaster.show_toast(text)
