"""From a day's record to the picture that is projected: counters, line, and the day so far; pure.

Instants are milliseconds since the epoch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.day_record import CounterDay, DayRecord, Life, Shift, Stay
from branch.lobby.rules import main_class
from branch.lobby.simulation.lobby import Absence, Counter, Lobby, Serving, Ticket
from branch.lobby.waits.history import HALF_HOUR, Laws, PastArrival, PastDay, learn
from branch.lobby.waits.lessons import Breaks, is_planned
from branch.lobby.waits.projection import Today, Worked

# A counter that pauses while it serves, and nobody has told for how long.
_UNTOLD_PAUSE = 15 * MS_PER_MINUTE
_DAY = 24 * 60 * MS_PER_MINUTE


@dataclass(frozen=True)
class House:
    """What the branch has set: services by counter, planned breaks, credits, hours.

    ``midnight`` and ``closes`` are instants, ``breaks`` spans from midnight.
    """

    services: Mapping[int, frozenset[str]]
    breaks: Breaks
    credits: Mapping[str, int]
    midnight: int
    closes: int


def lobby_of(record: DayRecord, house: House, now: int) -> Lobby:
    """The lobby as it stands at ``now``."""
    staying = {
        life.stays[-1].counter: (life, life.stays[-1])
        for life in record.lives.values()
        if life.stays and life.stays[-1].ended is None
    }
    return Lobby(
        now,
        tuple(
            _counter(number, record, house, staying.get(number), now)
            for number in sorted(house.services)
        ),
        tuple(
            ticket_of(life, house.credits)
            for life in record.lives.values()
            if life.waiting_since is not None
        ),
    )


def ticket_of(life: Life, credits: Mapping[str, int]) -> Ticket:
    """A waiting ticket; its name is its id."""
    klass = main_class(life.classes, credits)
    return Ticket(str(life.id), life.key, life.seq, life.service, klass, pinned=life.pinned)


def _counter(
    number: int, record: DayRecord, house: House, staying: tuple[Life, Stay] | None, now: int
) -> Counter:
    day = record.counters.get(number, CounterDay())
    shift = day.shifts[-1] if day.shifts else Shift("closed", now)
    here = Counter(
        number, house.services[number], None, absences=_still_to_come(number, day, house, now)
    )
    if staying is not None:
        life, stay = staying
        serving = Serving(stay.service, main_class(life.classes, house.credits), stay.called)
        if shift.state == "open":
            return replace(here, serving=serving)
        length = _rest_of_planned(number, shift, house, now) or _UNTOLD_PAUSE
        return replace(here, serving=serving, absences=(Absence(now, length), *here.absences))
    if shift.state == "closed":
        return replace(here, absences=())
    if shift.state == "paused":
        left = _rest_of_planned(number, shift, house, now)
        if left is None:
            return replace(here, free_at=now, owes=True, away_since=shift.since)
        return replace(here, free_at=now + left, owes=True)
    ended = (
        stay.ended
        for life in record.lives.values()
        for stay in life.stays
        if stay.counter == number and stay.ended is not None
    )
    return replace(here, free_at=now, idle_since=max((shift.since, *ended)))


def _rest_of_planned(number: int, shift: Shift, house: House, now: int) -> int | None:
    """How long the planned break that a counter is on still lasts; None when it is another."""
    if not is_planned(shift, number, house.breaks, house.midnight):
        return None
    begins, ends = house.breaks[number]
    left = shift.since + (ends - begins) - now
    return left if left > 0 else None


def _still_to_come(number: int, day: CounterDay, house: House, now: int) -> tuple[Absence, ...]:
    """The planned break, unless it was taken or its time has passed."""
    span = house.breaks.get(number)
    if span is None:
        return ()
    begins, ends = house.midnight + span[0], house.midnight + span[1]
    taken = any(is_planned(shift, number, house.breaks, house.midnight) for shift in day.shifts)
    return () if taken or now >= ends else (Absence(begins, ends - begins),)


def today_of(record: DayRecord, house: House, laws: Laws) -> Today:
    """The day so far: who has come, and what each counter has done against what was usual."""
    busy: dict[int, float] = {}
    expected: dict[int, float] = {}
    for life in record.lives.values():
        klass = main_class(life.classes, house.credits)
        for stay in life.stays:
            if stay.ended is not None and stay.service in laws.means:
                busy[stay.counter] = busy.get(stay.counter, 0.0) + stay.ended - stay.called
                usual = laws.expected(stay.service, klass)
                expected[stay.counter] = expected.get(stay.counter, 0.0) + usual
    worked = {number: Worked(busy[number], expected[number]) for number in busy}
    return Today(house.midnight, house.closes, len(record.lives), worked)


def laws_of_first_day(
    record: DayRecord, house: House, typical: Mapping[str, float], now: int
) -> Laws:
    """The laws of a branch without a closed day: people go on coming as they have today."""
    came = [
        PastArrival(
            life.issued_at - house.midnight,
            main_class(life.classes, house.credits),
            life.service,
            None if life.slot is None else life.slot - life.issued_at,
        )
        for life in record.lives.values()
    ]
    begun = min((arrival.at for arrival in came), default=0)
    passed = max(now - house.midnight - begun, HALF_HOUR)
    learned = learn([PastDay((), tuple(came))], typical)
    steady = len(came) * HALF_HOUR / passed
    # None before the first, or the day would seem to have begun at midnight and gone quiet since.
    rates = tuple(
        steady if slot >= begun // HALF_HOUR else 0.0 for slot in range(len(learned.rates))
    )
    return replace(learned, days=0, rates=rates, spread=1_000.0)
