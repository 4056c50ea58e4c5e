"""What a closed day teaches, taken from its record and kept as text of codes and times; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.day_record import CounterDay, DayRecord, Shift
from branch.lobby.rules import main_class
from branch.lobby.waits.history import PastArrival, PastDay, PastService

# Milliseconds from local midnight: when a counter's planned break begins and ends.
Breaks = Mapping[int, tuple[int, int]]

# A pause that begins this near to the planned break is the planned break.
_NEAR = 45 * MS_PER_MINUTE
# Whoever is away for longer has gone home or to other work, and teaches nothing of breaks.
_LONGEST_PAUSE = 120 * MS_PER_MINUTE


def is_planned(shift: Shift, counter: int, breaks: Breaks, midnight: int) -> bool:
    """Whether a pause is the counter's planned break, taken at about its time."""
    span = breaks.get(counter)
    return (
        span is not None
        and shift.state == "paused"
        and shift.reason == "break"
        and abs(shift.since - midnight - span[0]) <= _NEAR
    )


def lesson(record: DayRecord, credits: Mapping[str, int], breaks: Breaks, midnight: int) -> PastDay:
    """What the day teaches; instants counted from ``midnight`` (ms since the epoch)."""
    services: list[PastService] = []
    arrivals: list[PastArrival] = []
    for life in record.lives.values():
        klass = main_class(life.classes, credits)
        ahead = None if life.slot is None else life.slot - life.issued_at
        first = life.stays[0].service if life.stays else life.service
        arrivals.append(PastArrival(life.issued_at - midnight, klass, first, ahead))
        services.extend(
            PastService(
                stay.service,
                klass,
                stay.ended - stay.called - record.stood_still_ms(stay.called, stay.ended),
            )
            for stay in life.stays
            if stay.ended is not None
        )
    pauses: list[int] = []
    open_for = 0
    for number, day in record.counters.items():
        pauses.extend(_unplanned(day, number, breaks, midnight))
        open_for += sum(
            shift.until - shift.since
            for shift in day.shifts
            if shift.state == "open" and shift.until is not None
        )
    return PastDay(tuple(services), tuple(arrivals), tuple(pauses), open_for)


def _unplanned(day: CounterDay, number: int, breaks: Breaks, midnight: int) -> list[int]:
    lengths = (
        shift.until - shift.since
        for shift in day.shifts
        if shift.state == "paused"
        and shift.until is not None
        and not is_planned(shift, number, breaks, midnight)
    )
    return [length for length in lengths if length <= _LONGEST_PAUSE]


def to_text(day: PastDay) -> str:
    """The lesson as the store keeps it."""
    return json.dumps(
        {
            "services": [[s.service, s.klass, s.busy] for s in day.services],
            "arrivals": [[a.at, a.klass, a.service, a.ahead] for a in day.arrivals],
            "pauses": list(day.pauses),
            "open_for": day.open_for,
        },
        separators=(",", ":"),
    )


def from_text(text: str) -> PastDay:
    """A kept lesson."""
    kept = json.loads(text)
    return PastDay(
        tuple(PastService(*row) for row in kept["services"]),
        tuple(PastArrival(*row) for row in kept["arrivals"]),
        tuple(kept["pauses"]),
        kept["open_for"],
    )
