"""Waits as they are announced: of every ticket, and of somebody who might take one now; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branch.lobby.day_record import DayRecord
from branch.lobby.rules import MS_PER_MINUTE
from branch.lobby.simulation.lobby import Lobby
from branch.lobby.waits.board import House, laws_of_first_day, lobby_of, today_of
from branch.lobby.waits.calibration import Calibration, announce
from branch.lobby.waits.history import Laws
from branch.lobby.waits.projection import Fresh, Projection, Question, Spread

# Fewer services finished today than this: the range comes from other days (look.md section 13).
ENOUGH_TODAY = 10


@dataclass(frozen=True)
class Asked:
    """A question, and what is needed to make its answer an outlook.

    ``lines`` leads from a service to the one that stands for it: those that the same counters
    can do have the same wait. ``usual`` tells that today has shown too little to go by.
    """

    question: Question
    calibration: Calibration
    lines: Mapping[str, str]
    usual: bool


@dataclass(frozen=True)
class Outlook:
    """The announced waits of a lobby at one instant, in minutes from then on.

    ``tickets`` by id; one that no open counter will call is missing. ``projected`` are the same
    waits before calibration.
    """

    at: int
    usual: bool
    version: int
    tickets: Mapping[int, Spread]
    projected: Mapping[int, Spread]
    lines: Mapping[str, str]
    by_line: Mapping[tuple[str, int], Spread]

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
    lobby = _known_to(laws, lobby)
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
    return Asked(question, calibration, lines, usual)


def _known_to(laws: Laws, lobby: Lobby) -> Lobby:
    """The lobby without tickets of a service that has been taken out of the catalogue."""
    waiting = tuple(ticket for ticket in lobby.waiting if ticket.service in laws.means)
    return Lobby(lobby.now, lobby.counters, waiting)


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
    )
