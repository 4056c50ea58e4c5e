"""Owns the roll call as one window sees and works it, with and without the store; shows nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from branch.kernel.errors import BranchError, NotPermitted, StoreError, TingtangError
from branch.kernel.sealing import Sealer
from branch.kernel.store import Store
from branch.people.rules import checked_name
from branch.visitors.away_roll import AwayRoll, begun_away
from branch.visitors.commands.hand_in import HandedIn, HandInRoll
from branch.visitors.commands.reveal import Reveal
from branch.visitors.commands.rollcall import (
    AddToRoll,
    EndRollCall,
    MarkRoll,
    StartRollCall,
)
from branch.visitors.queries.rollcall import RollCall, RollMark, open_roll_call, past_roll_calls
from branch.visitors.queries.roster import KeptRoster
from branch.visitors.rules import checked_text
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.visitors.away_book import AwayBook, AwayFiles
from ui.visitors.roster_paper import RosterPaper
from ui.widgets.state import State

_TOPICS = frozenset({"roll_call", "visitor"})


@dataclass(frozen=True)
class _Seen:
    """The roll call under way, the last one that ended, and what seals this branch's texts."""

    call: RollCall | None
    last: RollCall | None
    sealer: Sealer


def _look(store: Store) -> _Seen:
    past = past_roll_calls(store, 1)
    return _Seen(open_roll_call(store), past[0] if past else None, store.sealer)


class RollDesk(QObject):
    """The roll call under way and the steps of it; one for all that shows it in a window.

    ``call`` is the one under way or None, ``last`` the newest that ended. While the store is away
    (``away``) everything works on the copy this machine keeps, as old as ``as_of``
    (milliseconds), and is handed in when the store is back; with ``away`` it begins so, where the
    store was never there. ``told`` carries a sentence for the
    user and its state.
    """

    changed = Signal()
    told = Signal(str, object)

    def __init__(
        self, station: Station, parent: QObject | None = None, *, away: bool = False
    ) -> None:
        super().__init__(parent)
        self.station = station
        self.call: RollCall | None = None
        self.last: RollCall | None = None
        self.kept: KeptRoster | None = None
        self.away = False
        self._rolls: list[AwayRoll] = []
        self._sealer: Sealer | None = None
        self._done: list[dict[str, tuple[int, ...]]] = []
        self._sent: list[MarkRoll] = []
        self._waiting: list[Callable[[], None]] = []
        self._book = AwayBook(station.settings, self)
        self._book.opened.connect(self._on_opened)
        self._looking = Asking(station, self, lambda: _look, self._take)
        self._paper = RosterPaper(station, self)
        self._paper.told.connect(self.told)
        station.changed.connect(self._on_changed)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        if away:
            self._on_offline()
        else:
            station.ask(self, _look, self._take_first, self._on_refused)

    @property
    def as_of(self) -> int | None:
        """How old the list of people is while the store is away, in milliseconds."""
        if not self.away:
            return None
        if self._roll is not None:
            return self._roll.as_of
        return self.kept.roster.at if self.kept is not None else None

    @property
    def _roll(self) -> AwayRoll | None:
        """The roll call that is worked without the store now."""
        newest = self._rolls[-1] if self._rolls else None
        return newest if newest is not None and newest.call.ended_at is None else None

    @property
    def can_undo(self) -> bool:
        """Whether a mark of this window can be taken back."""
        return bool(self._done) and self.call is not None

    def mark_of(self, mark: int) -> RollMark | None:
        """A person of the roll call under way, or None."""
        marks = self.call.marks if self.call is not None else ()
        return next((one for one in marks if one.id == mark), None)

    # -- steps ----------------------------------------------------------------------------------

    def start(self, kind: str) -> None:
        """Begin a roll call: real, drill or test."""
        if self.away:
            self._start_away(kind)
            return
        self._run(StartRollCall(kind), lambda: self.start(kind))

    def mark(self, marks: tuple[int, ...], state: str) -> None:
        """Mark people of the roll call under way; ``undo`` takes it back."""
        if self.call is None or not marks:
            return
        before: dict[str, tuple[int, ...]] = {}
        for one in self.call.marks:
            if one.id in marks and one.state != state:
                before[one.state] = (*before.get(one.state, ()), one.id)
        if before:
            self._done.append(before)
            self._mark(tuple(mark for same in before.values() for mark in same), state)

    def undo(self) -> None:
        """Take the last mark of this window back."""
        if self.can_undo:
            for state, marks in self._done.pop().items():
                self._mark(marks, state)

    def add(
        self,
        name: str,
        place: str,
        then: Callable[[], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Add somebody on no list as safe; ``failed`` gets BadInput for a name that is none."""
        if self.call is None:
            return
        if self.away:
            try:
                self._add_away(name, place)
            except BranchError as error:
                failed(error)
                return
            then()
            return

        def refused(error: TingtangError) -> None:
            if isinstance(error, StoreError):
                self._when_away(lambda: self.add(name, place, then, failed))
            else:
                failed(error)

        command = AddToRoll(self.call.id, name, place)
        self.station.run(self, command, lambda _mark: then(), refused)

    def end(self) -> None:
        """End the roll call, whoever is still missing."""
        if self.call is None:
            return
        if self.away:
            self._end_away()
        else:
            self._run(EndRollCall(self.call.id, despite=True), self.end)

    def reveal_phone(
        self, visitor: int, then: Callable[[str], None], refused: Callable[[], None]
    ) -> None:
        """The whole telephone number of a visitor; ``refused`` says it needs emergency access."""

        def failed(error: TingtangError) -> None:
            if isinstance(error, NotPermitted):
                refused()
            else:
                self.station.complain(error)

        self.station.run(self, Reveal("visitor", visitor, "phone", "emergency"), then, failed)

    def print_roster(self) -> None:
        """Print who is inside, with and without the store."""
        if not self.away:
            self._paper.print_now(self.call)
        elif self.kept is not None:
            self._paper.print_kept(self.kept, self.call)
        else:
            self.told.emit(self.tr("本机没有名册，请用打印的名册点名"), State.ATTENTION)

    def ask_past(self, owner: QObject, then: Callable[[tuple[RollCall, ...]], None]) -> None:
        """The roll calls that have ended, newest first."""
        self.station.ask(owner, past_roll_calls, then)

    def _mark(self, marks: tuple[int, ...], state: str) -> None:
        if self.call is None:
            return
        if self.away:
            self._mark_away(marks, state)
        else:
            self._send_mark(MarkRoll(self.call.id, marks, state))

    def _send_mark(self, command: MarkRoll) -> None:
        # Shown at once, so that the next key finds what this one did.
        self._sent.append(command)
        self.call = self._with_sent(self.call)
        self.changed.emit()

        def answered(_none: object) -> None:
            self._sent.remove(command)

        def failed(error: TingtangError) -> None:
            self._sent.remove(command)
            self._on_failed(error, lambda: self._mark(command.marks, command.state))

        self.station.run(self, command, answered, failed)

    def _with_sent(self, call: RollCall | None) -> RollCall | None:
        """A roll call as it will be when the store has answered every mark of this window."""
        now, by = self.station.now_ms(), self.station.person.name
        for sent in self._sent:
            if call is not None and call.id == sent.roll_call:
                call = call.marked(sent.marks, sent.state, now, by)
        return call

    def _run(self, command: object, again: Callable[[], None]) -> None:
        """Carry out a step; where the store is lost under it, take it ``again`` without."""

        self.station.run(self, command, None, lambda error: self._on_failed(error, again))

    def _on_failed(self, error: TingtangError, again: Callable[[], None]) -> None:
        if isinstance(error, StoreError):
            self._when_away(again)
        else:
            self.station.complain(error)
            self._looking.ask()

    # -- with the store -------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._looking.ask()

    def _take_first(self, seen: _Seen) -> None:
        self._take(seen)
        # Something may be left from a time without the store, perhaps of a program that ended.
        self._book.open(self._sealer)

    def _take(self, seen: _Seen) -> None:
        self._sealer = seen.sealer
        if self.away or self._rolls:
            return
        if (seen.call.id if seen.call else None) != (self.call.id if self.call else None):
            self._done.clear()
        self.call, self.last = self._with_sent(seen.call), seen.last
        self.changed.emit()

    def _on_refused(self, error: TingtangError) -> None:
        if isinstance(error, StoreError):
            self._on_offline()
        else:
            self.station.complain(error)

    def _on_online(self) -> None:
        self.away = False
        self._hand_in()
        self.changed.emit()

    def _hand_in(self) -> None:
        """Hand in what was worked without the store, one roll call after the other."""
        if not self._rolls:
            self._looking.ask()
        elif _is_untouched(self._rolls[0]):
            self._drop_first()
        else:
            command = HandInRoll(self._rolls[0])
            self.station.run(self, command, self._on_handed_in, self._on_not_handed_in)

    def _on_handed_in(self, handed: HandedIn | None) -> None:
        parts = [self.tr("断网期间的点名已补登")]
        if handed is not None and handed.came:
            parts.append(self.tr("{n} 人新到").format(n=handed.came))
        if handed is not None and handed.left:
            parts.append(self.tr("{n} 人已离开").format(n=handed.left))
        self.told.emit(self.tr("，").join(parts), State.OK)
        self._drop_first()

    def _on_not_handed_in(self, error: TingtangError) -> None:
        if isinstance(error, StoreError):
            return  # the next time it is back
        self.station.complain(error)
        if isinstance(error, NotPermitted):
            # Whoever may sees to it, when he signs in at this machine.
            self._rolls.clear()
            self._looking.ask()
        else:
            self._drop_first()

    def _drop_first(self) -> None:
        self._rolls.pop(0)
        self._done.clear()
        self._book.keep(self._rolls, self._sealer)
        self._hand_in()

    # -- without it -----------------------------------------------------------------------------

    def _on_offline(self) -> None:
        if not self.away:
            self.away = True
            self._book.open(self._sealer)

    def _when_away(self, step: Callable[[], None]) -> None:
        """Take a step once the files of this machine are open."""
        self._waiting.append(step)
        self.away = True
        self._book.open(self._sealer)

    def _on_opened(self, files: AwayFiles) -> None:
        self.kept, self._sealer = files.kept, files.sealer or self._sealer
        if not self._rolls:
            self._rolls = list(files.rolls)
            if self._rolls and not self.away:
                self._hand_in()
        if self.away and self._roll is None and self.call is not None:
            self._rolls.append(AwayRoll(uuid.uuid4().hex, self.call, self.station.now_ms()))
        if self.away:
            self.call = self._roll.call if self._roll is not None else None
        waiting, self._waiting = self._waiting, []
        for step in waiting:
            step()
        self.changed.emit()

    def _start_away(self, kind: str) -> None:
        if self.kept is None:
            self.told.emit(self.tr("本机没有名册，请用打印的名册点名"), State.ATTENTION)
            return
        token, now = uuid.uuid4().hex, self.station.now_ms()
        people = self.kept.roster
        self._rolls.append(begun_away(token, people, kind, now, self.station.person.name))
        self._keep_rolls()

    def _mark_away(self, marks: tuple[int, ...], state: str) -> None:
        if self._roll is not None:
            now, by = self.station.now_ms(), self.station.person.name
            self._go_on(self._roll.marked(marks, state, now, by))

    def _add_away(self, name: str, place: str) -> None:
        if self._roll is not None:
            whole, where = checked_name(name, "name"), checked_text(place, "place", 40)
            now, by = self.station.now_ms(), self.station.person.name
            self._go_on(self._roll.with_added(whole, where, now, by))

    def _end_away(self) -> None:
        if self._roll is not None:
            self._go_on(self._roll.ended(self.station.now_ms(), self.station.person.name))

    def _go_on(self, roll: AwayRoll) -> None:
        self._rolls[-1] = roll
        if roll.call.ended_at is not None:
            self.last = roll.call
        self._keep_rolls()

    def _keep_rolls(self) -> None:
        roll = self._roll
        self.call = roll.call if roll is not None else None
        self._book.keep(self._rolls, self._sealer)
        self.changed.emit()


def _is_untouched(roll: AwayRoll) -> bool:
    """Whether a roll call that went on without the store has nothing to hand in."""
    return bool(roll.call.id and not (roll.touched or roll.added or roll.call.ended_at is not None))
