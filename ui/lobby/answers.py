"""Owns what the button of an alert leads to, and which alerts have been seen to; draws nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.lobby.commands.floor import AnswerHelp
from branch.lobby.waits.helping import Gain
from ui.lobby.actions import Actions
from ui.lobby.alert_list import AlertList
from ui.lobby.alerts import Alert, Kind
from ui.lobby.sayings import counter_label
from ui.lobby.soothing import Soothing
from ui.lobby.suggest_dialog import SuggestDialog
from ui.models.words import place_label
from ui.shell.station import Station
from ui.widgets.toast import Toaster


class Answers(QObject):
    """The answers to alerts. ``soothing`` is remembered on this screen only.

    ``changed`` tells that an alert has been seen to, or that this was taken back.
    """

    changed = Signal()

    def __init__(
        self, window: QWidget, station: Station, toaster: Toaster, acts: Actions, rows: AlertList
    ) -> None:
        super().__init__(window)
        self.soothing = Soothing()
        self._window, self._station, self._toaster = window, station, toaster
        self._acts, self._rows = acts, rows

    def press(self, alert: Alert, action: str) -> None:
        """Carry out an action of an alert; raises KeyError for one it does not have."""
        {
            "soothe": self._go_and_see,
            "call": self._call,
            "answer": self._answer,
            "reprint": self._reprint,
            "support": self._support,
            "widen": self._widen,
            "suggest": self._suggest,
        }[action](alert)

    # -- seen to --------------------------------------------------------------------------------

    def _go_and_see(self, alert: Alert) -> None:
        """The lobby manager goes there: the alert has done its work."""
        self._soothe(alert)
        self._toaster.show_toast(self._going(alert), undo=partial(self._unsoothe, alert.key))

    def _going(self, alert: Alert) -> str:
        if alert.counter is None:
            number = alert.ticket.number if alert.ticket else ""
            return self.tr("{number} 由您去安抚").format(number=number)
        counter = counter_label(alert.counter)
        if alert.kind is Kind.AWAY:
            return self.tr("{counter} 由您去问问").format(counter=counter)
        return self.tr("{counter} 由您去看看").format(counter=counter)

    def _soothe(self, alert: Alert) -> None:
        self.soothing.soothe(alert.key, alert.weight, self._station.now_ms())
        self.changed.emit()

    def _unsoothe(self, key: str) -> None:
        self.soothing.unsoothe(key)
        self.changed.emit()

    # -- done -----------------------------------------------------------------------------------

    def _call(self, alert: Alert) -> None:
        if alert.ticket is not None:
            self._acts.call_by_hand(alert.ticket, "waited_too_long")

    def _answer(self, alert: Alert) -> None:
        """Take a call for help on."""
        asked = alert.help
        if asked is None:
            return
        text = self.tr("您去处理，{place}").format(place=place_label(asked.station))

        def taken(_none: None) -> None:
            self._toaster.show_toast(text)

        self._rows.set_busy(alert.key, True)
        self._station.run(self, AnswerHelp(asked.id), taken, partial(self._refused, alert.key))

    def _reprint(self, alert: Alert) -> None:
        """Print a ticket whose paper had failed; that also answers this station's own call."""
        ticket, asked = alert.ticket, alert.help
        if ticket is None:
            return
        own = asked is not None and asked.station == self._station.name
        self._acts.print(ticket.id, ticket.number, answers=asked.id if asked and own else None)

    # -- counters -------------------------------------------------------------------------------

    def _support(self, alert: Alert) -> None:
        """Open the set of the counter that could help, the missing services proposed.

        Whoever goes back without it has his reason, and has seen to it.
        """
        if alert.helper is not None:
            self._acts.propose(alert.helper, alert.services, partial(self._soothe, alert))

    def _widen(self, alert: Alert) -> None:
        """Let an idle counter do a queue's services as well, at once; it can be taken back."""
        if alert.helper is not None:
            self._rows.set_busy(alert.key, True)
            refused = partial(self._refused, alert.key)
            self._acts.widen(alert.helper, alert.services, refused)

    def _suggest(self, alert: Alert) -> None:
        """Show which change at the counters would help most; who has seen it has seen to it."""
        shown = self._acts.picture
        if shown is None:
            return
        dialog = SuggestDialog(self._window, self._station, shown)

        def closed() -> None:
            if dialog.told:
                self._soothe(alert)

        dialog.wanted.connect(self._take_suggestion)
        dialog.finished.connect(closed)
        dialog.open()

    def _take_suggestion(self, gain: Gain) -> None:
        shown = self._acts.picture
        counter = shown.counter(gain.candidate.counter) if shown else None
        if counter is not None:
            self._acts.widen(counter, gain.candidate.services, self._station.complain)

    def _refused(self, key: str, error: TingtangError) -> None:
        self._rows.set_busy(key, False)
        self._station.complain(error)
