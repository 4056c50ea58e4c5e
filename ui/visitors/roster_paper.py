"""Owns the way of the list of everybody inside to paper, in one press, with and without the store;
must not word the list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from branch.bootstrap import Branch
from branch.kernel.errors import TingtangError
from branch.kernel.settings import machine_choice
from branch.lobby.queries.screens import BranchName, branch_name
from branch.visitors.commands.rollcall import RecordRosterPrint
from branch.visitors.queries.rollcall import RollCall
from branch.visitors.queries.roster import KeptRoster, Roster, Somebody, roster
from reports.forms.roster import roster_pdf
from ui.shell.language import language
from ui.shell.printing import FOLDER, PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.state import State


class RosterPaper(QObject):
    """Prints who is inside; ``told`` says how it went, with its state.

    Every print is recorded; one without the store as soon as it is back.
    """

    told = Signal(str, object)

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._unrecorded = 0
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_printed)
        self._queue.failed.connect(self._on_failed)
        station.online.connect(self._record)

    def print_now(self, call: RollCall | None) -> None:
        """Print the list of now, with the marks of the roll call under way; needs the store."""
        actor, now = self._station.actor, self._station.now_ms()

        def work(branch: Branch) -> KeptRoster:
            branch.run(RecordRosterPrint(), actor)
            return KeptRoster(branch_name(branch.store), roster(branch.store, now))

        def then(kept: KeptRoster) -> None:
            self._print(kept.branch, kept.roster, call)

        self._station.do(self, work, then, self._on_refused)

    def print_kept(self, kept: KeptRoster, call: RollCall | None) -> None:
        """Print the list that this machine kept."""
        self._unrecorded += 1
        self._print(kept.branch, kept.roster, call)

    def _print(self, branch: BranchName, people: Roster, call: RollCall | None) -> None:
        marks = None
        if call is not None:
            # Nobody is signed in or out during a roll call: its people are those inside.
            people = Roster(people.at, tuple(_somebody(call)))
            marks = {(one.kind, one.ref or one.id): one.state for one in call.marks}
        code, now = language().code, self._station.now_ms()
        # The printer chosen for tickets takes rolls only; a folder in its place takes any paper.
        chosen = machine_choice(self._station.settings, "printer") or ""
        printer = chosen if chosen.startswith(FOLDER) else None
        self._queue.submit("roster", lambda: roster_pdf(people, branch, code, now, marks), printer)

    def _on_printed(self, _key: str) -> None:
        self.told.emit(self.tr("名册已送去打印"), State.OK)

    def _on_failed(self, _key: str, failure: PrintFailed) -> None:
        self.told.emit(sentence(failure), State.ATTENTION)

    def _on_refused(self, error: TingtangError) -> None:
        self._station.complain(error)

    def _record(self) -> None:
        count, self._unrecorded = self._unrecorded, 0
        for _ in range(count):
            self._station.run(self, RecordRosterPrint())


def _somebody(call: RollCall) -> list[Somebody]:
    return [
        Somebody(
            mark.kind, mark.ref or mark.id, mark.label, mark.place, mark.unit, mark.badge,
            help=mark.help, since=mark.came_at or 0,
        )
        for mark in call.marks
    ]  # fmt: skip
