"""Waits as they are announced: of every ticket, and of somebody who might take one now; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from branch.lobby.day_record import DayRecord
from branch.lobby.rules import MS_PER_MINUTE, main_class
from branch.lobby.simulation.lobby import Lobby
from branch.lobby.waits.board import House, laws_of_first_day, lobby_of, today_of
from branch.lobby.waits.calibration import Calibration, announce
from branch.lobby.waits.history import Laws
from branch.lobby.waits.projection import Fresh, Projection, Question, Spread

# Fewer services finished today than this: the range comes from other days (look.md section 13).
ENOUGH_TODAY = 10
LOAD_WINDOW = 30 * MS_PER_MINUTE


@dataclass(frozen=True)
class Asked:
    """A question, and what is needed to make its answer an outlook.

    ``lines`` leads from a service to the one that stands for it: those that the same counters
    can do have the same wait. ``usual`` tells that today has shown too little to go by, ``load``
    is that of the last half hour.
    """

    question: Question
    calibration: Calibration
    lines: Mapping[str, str]
    usual: bool
    load: float


@dataclass(frozen=True)
class Outlook:
    """The announced waits of a lobby at one instant, in minutes from then on.

    ``tickets`` by id; one that no open counter will call is missing. ``projected`` are the same
    waits before calibration. ``load`` is the work that came in the last half hour against what
    the open counters can do, ``long_after`` when a service has lasted longer than 19 in 20 do
    (minutes by service).
    """

    at: int
    usual: bool
    version: int
    tickets: Mapping[int, Spread]
    projected: Mapping[int, Spread]
    lines: Mapping[str, str]
    by_line: Mapping[tuple[str, int], Spread]
    load: float = 0.0
    long_after: Mapping[str, float] = field(default_factory=dict)

    def fresh(self, service: str, credit: int = 0) -> Spread | None:
        """What a ticket taken now would wait; None when no open counter does the service.

        ``credit`` is in minutes; between those that classes have, the next smaller one counts.
        """
        line = self.lines.get(service)
        credits = [worth for code, worth in self.by_line if code == line and worth <= credit]
        return self.by_line[line, max(credits)] if line is not None and credits else None

    def fresh_among(self, services: Sequence[str], credit: int = 0) -> Spread | None:
        """One range for several services: from the shortest to the longest."""
        found = [spread for code in services if (spread := self.fresh(code, credit)) is not None]
        if not found:
            return None
        return Spread(
            min(spread.p10 for spread in found),
            max(spread.p50 for spread in found),
            max(spread.p90 for spread in found),
        )


def ask(
    record: DayRecord,
    house: House,
    laws: Laws,
    typical: Mapping[str, float],
    calibration: Calibration,
    now: int,
    only: int | None = None,
) -> Asked | None:
    """What to project at ``now`` (ms): everything, or ``only`` one ticket.

    None when nothing is known yet: no past day, and fewer than ten services finished today.
    """
    usual = record.finished() < ENOUGH_TODAY
    if not laws.days:
        if usual:
            return None
        laws = laws_of_first_day(record, house, typical, now)
    lobby = lobby_of(record, house, now)
    lines = _lines(lobby)
    fresh: tuple[Fresh, ...] = ()
    if only is None:
        fresh = tuple(
            Fresh(service, str(credit), now - credit * MS_PER_MINUTE)
            for service in sorted(set(lines.values()))
            for credit in sorted(set(house.credits.values()) | {0})
        )
    question = Question(
        lobby=lobby,
        laws=laws,
        today=today_of(record, house, laws),
        credits=house.credits,
        fresh=fresh,
        only=None if only is None else frozenset({str(only)}),
        # The same picture gives the same answer.
        seed=record.revision,
    )
    return Asked(question, calibration, lines, usual, load_of(record, house, laws, now))


def load_of(record: DayRecord, house: House, laws: Laws, now: int) -> float:
    """The work that came in the last half hour against what the counters open then could do.

    Work is the usual time of the services that were wanted; above 1 the lines grow. 0 while no
    counter was open, or before the first half hour has passed.
    """
    since = now - LOAD_WINDOW
    if record.opened_at > since:
        return 0.0
    work = sum(
        laws.expected(life.service, main_class(life.classes, house.credits))
        for life in record.lives.values()
        if life.issued_at > since and life.service in laws.means
    )
    open_for = sum(
        max(0, (now if shift.until is None else shift.until) - max(shift.since, since))
        for day in record.counters.values()
        for shift in day.shifts
        if shift.state == "open"
    )
    return work / open_for if open_for else 0.0


def _long_after(laws: Laws) -> dict[str, float]:
    """The 95th percentile of every service's times, in minutes."""
    return {
        service: times[round(0.95 * (len(times) - 1))] / MS_PER_MINUTE
        for service, times in laws.times.items()
    }


def _lines(lobby: Lobby) -> dict[str, str]:
    """For every service that an open counter does, the first that the same counters do."""
    able: dict[str, list[int]] = {}
    for counter in lobby.counters:
        if counter.at_work:
            for service in counter.services:
                able.setdefault(service, []).append(counter.number)
    first: dict[tuple[int, ...], str] = {}
    return {
        service: first.setdefault(tuple(numbers), service)
        for service, numbers in sorted(able.items())
    }


def outlook(asked: Asked, projection: Projection) -> Outlook:
    """The answer as it is announced."""
    projected = {int(name): spread for name, spread in projection.tickets.items()}
    return Outlook(
        at=projection.now,
        usual=asked.usual,
        version=asked.calibration.version,
        tickets={name: announce(spread, asked.calibration) for name, spread in projected.items()},
        projected=projected,
        lines=asked.lines,
        by_line={
            (service, int(credit)): announce(spread, asked.calibration)
            for (service, credit), spread in projection.fresh.items()
        },
        load=asked.load,
        long_after=_long_after(asked.question.laws),
    )
