"""A promised wait is kept once, compared at the day's close, and learned from for the next."""

from __future__ import annotations

import json
from typing import Any

import pytest

from branch.kernel.errors import NotFound, NotPermitted, RuleBroken
from branch.kernel.journal import Entry
from branch.lobby.commands.arrivals import Return, SetClass
from branch.lobby.commands.calling import CallNext, CallTicket, Finish, NoShow, Recall, Undo
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.waits import calibration, laws_before, typical_minutes
from branch.lobby.waits.calibration import Calibration, announce
from branch.lobby.waits.lessons import from_text
from branch.lobby.waits.projection import Spread
from tests.conftest import OPENING
from tests.lobby.hall import Hall

TODAY, TOMORROW = "2026-11-20", "2026-11-21"
MINUTE = 60_000
PROJECTED, ANNOUNCED = Spread(2.0, 5.0, 9.0), Spread(1.5, 5.5, 10.25)


def promise(hall: Hall, ticket: int, version: int = 0) -> None:
    """The kiosk keeps what it printed."""
    hall.kiosk(KeepPromise(ticket, PROJECTED, ANNOUNCED, version))


def promised(hall: Hall) -> dict[int, dict[str, Any]]:
    """Every promise by ticket."""
    names = "ticket day made_at service klass version p10 p50 p90 low middle high wait".split()
    rows = hall.store.rows(f"SELECT {', '.join(names)} FROM promise ORDER BY ticket", ())
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def facts(hall: Hall, what: str) -> list[Entry]:
    return [entry for entry in hall.entries if entry.what == what]


def serve(hall: Hall, minutes: float) -> None:
    """Counter 1 serves the next one for so long."""
    hall.call(1)
    hall.wait(minutes=minutes)
    hall.at(1, Finish(1))


def test_a_promise_is_kept_as_projected_and_as_announced(hall: Hall) -> None:
    ticket = hall.issue("P01", "elderly", "vip").id
    hall.wait(2)
    promise(hall, ticket, version=7)
    assert promised(hall)[ticket] == {
        "ticket": ticket,
        "day": TODAY,
        "made_at": OPENING + 2_000,
        "service": "P01",
        "klass": "elderly",
        "version": 7,
        "p10": 120_000,
        "p50": 300_000,
        "p90": 540_000,
        "low": 90_000,
        "middle": 330_000,
        "high": 615_000,
        "wait": None,
    }
    assert hall.last.what == "promise.made"
    assert (hall.last.subject, hall.last.data) == (
        str(ticket),
        {"low": 90_000, "middle": 330_000, "high": 615_000, "version": 7},
    )


def test_the_first_promise_stands(hall: Hall) -> None:
    ticket = hall.issue().id
    promise(hall, ticket)
    before = promised(hall)
    hall.wait(minutes=5)
    hall.kiosk(KeepPromise(ticket, Spread(0, 0, 1), Spread(0, 0, 1), 3))
    hall.lobby(KeepPromise(ticket, Spread(0, 0, 1), Spread(0, 0, 1), 3))
    assert promised(hall) == before
    assert len(facts(hall, "promise.made")) == 1


def test_who_was_called_in_the_meantime_was_promised_nothing(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    hall.call(1)
    promise(hall, ticket)
    assert promised(hall) == {}
    hall.wait(5)
    hall.at(1, Recall(1))
    hall.at(1, NoShow(1))
    hall.lobby(Return(ticket))
    promise(hall, ticket)
    assert promised(hall) == {}


@pytest.mark.parametrize(
    ("who", "station", "may"),
    [
        ("KIOSK", "kiosk-1", True),
        ("100301", "lobby", True),
        ("100482", "counter-1", False),
        ("BOARD", "board-1", False),
    ],
)
def test_who_gives_out_tickets_may_promise(hall: Hall, who: str, station: str, may: bool) -> None:
    ticket = hall.issue().id
    command = KeepPromise(ticket, PROJECTED, ANNOUNCED, 0)
    if may:
        hall.by(who, station, command)
        assert list(promised(hall)) == [ticket]
        return
    with pytest.raises(NotPermitted):
        hall.by(who, station, command)
    assert promised(hall) == {}


def test_only_a_ticket_of_today_can_be_promised_anything(hall: Hall) -> None:
    with pytest.raises(NotFound) as unknown:
        promise(hall, 99)
    assert unknown.value.code == "ticket_unknown"
    ticket = hall.issue().id
    hall.wait(minutes=24 * 60)
    hall.issue()
    with pytest.raises(RuleBroken) as past:
        promise(hall, ticket)
    assert past.value.code == "ticket_past_day"


# -- compared at the close --------------------------------------------------------------------


def test_at_the_close_every_promise_gets_the_wait_that_came(hall: Hall) -> None:
    hall.open(1)
    first, second, third, silent = (hall.issue().id for _ in range(4))
    for ticket in (first, second, third):
        promise(hall, ticket)
    hall.wait(minutes=3)
    serve(hall, 4)
    serve(hall, 6.5)
    assert {row["wait"] for row in promised(hall).values()} == {None}
    hall.lobby(CloseDay())
    waits = {ticket: row["wait"] for ticket, row in promised(hall).items()}
    assert waits == {first: 3 * MINUTE, second: 7 * MINUTE, third: None}
    assert silent not in waits


def test_a_promise_counts_from_when_it_was_made(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    hall.wait(minutes=1)
    promise(hall, ticket)
    hall.wait(minutes=3)
    serve(hall, 1)
    hall.lobby(CloseDay())
    assert promised(hall)[ticket]["wait"] == 3 * MINUTE


def test_the_first_call_counts_whatever_comes_after(hall: Hall) -> None:
    """Missed, returned, missed again; taken back; called by hand: the first call ends the wait."""
    hall.open(1)
    returned, undone, by_hand = (hall.issue().id for _ in range(3))
    for ticket in (returned, undone, by_hand):
        promise(hall, ticket)
    hall.wait(minutes=2)
    hall.call(1)
    for again in (True, False):
        hall.wait(5)
        hall.at(1, Recall(1))
        hall.at(1, NoShow(1))
        if again:
            hall.wait(minutes=10)
            hall.lobby(Return(returned))
            hall.lobby(CallTicket(returned, 1, "care"))
    hall.wait(minutes=1)
    missed_at = hall.clock.now_ms()
    hall.at(1, CallNext(1))
    hall.wait(5)
    hall.at(1, Recall(1))
    hall.at(1, NoShow(1))
    hall.at(1, Undo(undone))
    hall.wait(minutes=1)
    hall.at(1, Finish(1))
    hall.lobby(CallTicket(by_hand, 1, "unwell"))
    by_hand_at = hall.clock.now_ms()
    hall.at(1, Finish(1))
    hall.lobby(CloseDay())
    assert {ticket: row["wait"] for ticket, row in promised(hall).items()} == {
        returned: 2 * MINUTE,
        undone: missed_at - OPENING,
        by_hand: by_hand_at - OPENING,
    }


def test_a_day_left_open_is_settled_at_four_in_the_morning(hall: Hall) -> None:
    hall.open(1)
    ticket, never = hall.issue().id, hall.issue().id
    promise(hall, ticket)
    promise(hall, never)
    hall.wait(minutes=8)
    serve(hall, 3)
    hall.wait(minutes=20 * 60)
    tomorrow = hall.issue().id
    promise(hall, tomorrow)
    told = promised(hall)
    assert (told[ticket]["wait"], told[never]["wait"]) == (8 * MINUTE, None)
    assert (told[tomorrow]["day"], told[tomorrow]["wait"]) == (TOMORROW, None)
    assert calibration(hall.store).version == 1
    assert [entry.subject for entry in facts(hall, "waits.calibrated")] == [TODAY]
    assert hall.facts().index("waits.calibrated") < hall.facts().index("day.closed")


# -- learned from -----------------------------------------------------------------------------


def kept_calibrations(hall: Hall) -> list[tuple[Any, ...]]:
    return hall.store.rows(
        "SELECT version, day, made_at, promises FROM calibration ORDER BY version", ()
    )


def test_every_night_makes_the_next_version(hall: Hall) -> None:
    assert calibration(hall.store) == Calibration()
    hall.open(1)
    ticket, never = hall.issue().id, hall.issue().id
    promise(hall, ticket)
    promise(hall, never)
    hall.wait(minutes=30)
    serve(hall, 3)
    closed = hall.clock.now_ms()
    hall.lobby(CloseDay())
    assert kept_calibrations(hall) == [(1, TODAY, closed, 1)]
    (told,) = facts(hall, "waits.calibrated")
    assert (told.subject, told.data) == (TODAY, {"version": 1, "promises": 1})
    first = calibration(hall.store)
    assert first.version == 1
    # One wait far beyond its range moves what is announced next, a little.
    assert announce(PROJECTED, first).p90 > PROJECTED.p90
    hall.wait(minutes=24 * 60)
    hall.issue()
    hall.lobby(CloseDay())
    assert kept_calibrations(hall)[1][:2] == (2, TOMORROW)
    assert kept_calibrations(hall)[1][3] == 1  # yesterday's promise is still within the window
    second = calibration(hall.store)
    assert (second.version, second.high) == (2, first.high)


def test_a_week_of_broken_promises_widens_until_it_is_over(hall: Hall) -> None:
    """Many promises were kept; a week later a third of sixty is broken. Few among all of them,
    yet until another week has gone by these sixty decide on the range."""
    highs = []
    for kept, broken in ((180, 0), (39, 21), (0, 0)):
        hall.open(1)
        for ticket in [hall.issue().id for _ in range(kept + broken)]:
            promise(hall, ticket)
        for calls, minutes in ((kept, 5), (broken, 120)):
            hall.wait(minutes=minutes)
            for _ in range(calls):
                hall.call(1)
        if kept:
            hall.at(1, Finish(1))
        hall.lobby(CloseDay())
        highs.append(calibration(hall.store).high)
        hall.clock.set(OPENING + len(highs) * 8 * 24 * 60 * MINUTE)
    quiet, bad, later = highs
    assert quiet < bad
    assert later < bad
    assert later == pytest.approx(quiet, abs=0.5)
    assert [row[3] for row in kept_calibrations(hall)] == [180, 240, 240]


def test_promises_older_than_twenty_business_days_are_forgotten(hall: Hall) -> None:
    hall.open(1)
    promise(hall, hall.issue().id)
    hall.wait(minutes=30)
    serve(hall, 3)
    counts = []
    for _ in range(21):
        hall.issue()
        hall.lobby(CloseDay())
        counts.append(kept_calibrations(hall)[-1][3])
        hall.wait(minutes=24 * 60)
    assert counts == [1] * 20 + [0]
    assert calibration(hall.store) == Calibration(21)


def test_a_day_closed_twice_is_one_lesson(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.lobby(CloseDay())
    hall.wait(minutes=1)
    hall.issue()
    hall.lobby(CloseDay())
    rows = hall.store.rows("SELECT day, data FROM lesson", ())
    assert [row[0] for row in rows] == [TODAY]
    assert len(from_text(rows[0][1]).arrivals) == 2
    assert calibration(hall.store).version == 2


def test_a_lesson_is_learned_for_the_days_after_it(hall: Hall) -> None:
    hall.open(1)
    hall.issue("P01", "elderly", care=frozenset({"read_aloud"}))
    hall.wait(minutes=2)
    serve(hall, 30)
    hall.lobby(CloseDay())
    ((text,),) = hall.store.rows("SELECT data FROM lesson", ())
    assert json.loads(text) == {
        "services": [["P01", "elderly", 30 * MINUTE]],
        "arrivals": [[9 * 60 * MINUTE, "elderly", "P01", None]],
        "pauses": [],
        "open_for": 32 * MINUTE,
    }
    typical = typical_minutes(hall.store)
    today = laws_before(hall.store, TODAY, typical)
    tomorrow = laws_before(hall.store, TOMORROW, typical)
    assert (today.days, tomorrow.days) == (0, 1)
    assert 30 * MINUTE in tomorrow.times["P01"]
    assert tomorrow.means["P01"] > today.means["P01"]


def test_a_class_set_later_counts_for_the_lesson_not_for_the_promise(hall: Hall) -> None:
    ticket = hall.issue().id
    promise(hall, ticket)
    hall.lobby(SetClass(ticket, frozenset({"vip"})))
    hall.lobby(CloseDay())
    assert promised(hall)[ticket]["klass"] == "ordinary"
    ((text,),) = hall.store.rows("SELECT data FROM lesson", ())
    assert from_text(text).arrivals[0].klass == "vip"
