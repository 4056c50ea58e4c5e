"""A wait is promised; when the day closes, promises are compared with what came and learned from.

The projection itself is made elsewhere, outside any transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from branch.catalogue.queries import credits
from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.day_record import DayRecord
from branch.lobby.queries.waits import (
    calibration,
    day_record,
    midnight,
    planned_breaks,
)
from branch.lobby.records import CalibrationRow, LessonRow, PromiseRow, TicketRow
from branch.lobby.rules import main_class
from branch.lobby.ticket import todays_ticket
from branch.lobby.waits.calibration import WEEK_DAYS, WINDOW_DAYS, Kept, calibrate
from branch.lobby.waits.lessons import lesson, to_text
from branch.lobby.waits.projection import Spread


@dataclass(frozen=True)
class KeepPromise:
    """Keep the range that a ticket was promised: as projected, as announced, by which version."""

    ticket: int
    projected: Spread
    announced: Spread
    version: int


_PROMISED = Prepared(
    lambda ticket: PromiseRow.select(PromiseRow.ticket).where(PromiseRow.ticket == ticket)
)
_KEEP = Prepared(
    lambda ticket, day, made_at, service, klass, version, p10, p50, p90, low, middle, high: (
        PromiseRow.insert(
            {
                PromiseRow.ticket: ticket,
                PromiseRow.day: day,
                PromiseRow.made_at: made_at,
                PromiseRow.service: service,
                PromiseRow.klass: klass,
                PromiseRow.version: version,
                PromiseRow.p10: p10,
                PromiseRow.p50: p50,
                PromiseRow.p90: p90,
                PromiseRow.low: low,
                PromiseRow.middle: middle,
                PromiseRow.high: high,
            }
        )
    )
)
# From the promise to the first call: a range announced later than the issue counts from there.
_SETTLE = Prepared(
    lambda day: PromiseRow.update(
        {
            PromiseRow.wait: TicketRow.select(TicketRow.first_called_at - PromiseRow.made_at).where(
                TicketRow.id == PromiseRow.ticket
            )
        }
    ).where(PromiseRow.day == day)
)
_OF_DAY = Prepared(
    lambda day: PromiseRow.select(PromiseRow.ticket, PromiseRow.made_at, PromiseRow.wait).where(
        PromiseRow.day == day, PromiseRow.wait.is_null(False)
    )
)
_SHORTEN = Prepared(
    lambda ticket, wait: PromiseRow.update({PromiseRow.wait: wait}).where(
        PromiseRow.ticket == ticket
    )
)
_SETTLED_SINCE = Prepared(
    lambda day: (
        PromiseRow.select(
            PromiseRow.day,
            PromiseRow.p10,
            PromiseRow.p50,
            PromiseRow.p90,
            PromiseRow.low,
            PromiseRow.middle,
            PromiseRow.high,
            PromiseRow.wait,
        )
        .where(PromiseRow.day >= day, PromiseRow.wait.is_null(False))
        .order_by(PromiseRow.ticket)
    )
)
_DAYS = Prepared(
    lambda most: LessonRow.select(LessonRow.day).order_by(LessonRow.day.desc()).limit(most)
)
_CALIBRATED = Prepared(
    lambda version, day, made_at, promises, low, middle, high: CalibrationRow.insert(
        {
            CalibrationRow.version: version,
            CalibrationRow.day: day,
            CalibrationRow.made_at: made_at,
            CalibrationRow.promises: promises,
            CalibrationRow.low: low,
            CalibrationRow.middle: middle,
            CalibrationRow.high: high,
        }
    )
)
_LESSON = Prepared(
    lambda day, data: LessonRow.insert({LessonRow.day: day, LessonRow.data: data}).on_conflict(
        conflict_target=[LessonRow.day], update={LessonRow.data: data}
    )
)


def keep_promise(work: Work, command: KeepPromise) -> None:
    """Keep a promise; the first one stands, whatever is printed again.

    Somebody called before it was kept has not waited for it: there is nothing to compare.
    """
    ticket = todays_ticket(work, command.ticket)
    promised = _PROMISED.one(work.store, ticket=command.ticket) is not None
    if promised or ticket.first_called_at is not None:
        return
    said = _in_ms(command.announced)
    projected = _in_ms(command.projected)
    classes = ticket.classes.split(",")
    _KEEP.run(
        work.store,
        ticket=ticket.id,
        day=ticket.day,
        made_at=work.now,
        service=ticket.service,
        klass=main_class(classes, credits(work.store)),
        version=command.version,
        p10=projected[0],
        p50=projected[1],
        p90=projected[2],
        low=said[0],
        middle=said[1],
        high=said[2],
    )
    work.record(
        "promise.made",
        ticket.id,
        low=said[0],
        middle=said[1],
        high=said[2],
        version=command.version,
    )


def _in_ms(spread: Spread) -> tuple[int, int, int]:
    return (
        round(spread.p10 * MS_PER_MINUTE),
        round(spread.p50 * MS_PER_MINUTE),
        round(spread.p90 * MS_PER_MINUTE),
    )


def learn_from_day(work: Work, day: str) -> None:
    """At a day's close: keep its lesson, settle its promises, calibrate for the next day."""
    record = day_record(work.store, day)
    begins = midnight(day, work.zone)
    taught = lesson(record, credits(work.store), planned_breaks(work.store), begins)
    _LESSON.run(work.store, day=day, data=to_text(taught))
    _SETTLE.run(work.store, day=day)
    if record.frozen:
        _leave_standstill_out(work, record)
    days = [row[0] for row in _DAYS.all(work.store, most=WINDOW_DAYS)]
    a_week_ago = (date.fromisoformat(day) - timedelta(days=WEEK_DAYS)).isoformat()
    kept = [
        Kept(
            _minutes(row[1:4]),
            _minutes(row[4:7]),
            row[7] / MS_PER_MINUTE,
            recent=row[0] > a_week_ago,
        )
        for row in _SETTLED_SINCE.all(work.store, day=min(days))
    ]
    found = calibrate(kept, calibration(work.store))
    _CALIBRATED.run(
        work.store,
        version=found.version,
        day=day,
        made_at=work.now,
        promises=len(kept),
        low=found.low,
        middle=found.middle,
        high=found.high,
    )
    work.record("waits.calibrated", day, version=found.version, promises=len(kept))


def _leave_standstill_out(work: Work, record: DayRecord) -> None:
    """No range foresaw the drill: the time that calling stood still is not held against it."""
    for ticket, made_at, wait in _OF_DAY.all(work.store, day=record.day):
        still = record.stood_still_ms(made_at, made_at + wait)
        if still:
            _SHORTEN.run(work.store, ticket=ticket, wait=wait - still)


def _minutes(ms: tuple[int, ...]) -> Spread:
    return Spread(*(value / MS_PER_MINUTE for value in ms))


HANDLERS: dict[type, Handler] = {KeepPromise: Handler(keep_promise)}
