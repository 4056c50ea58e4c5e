"""A stretch of days for the manager: the day's own summary, sums over days, what it is made of."""

from __future__ import annotations

import random

import pytest

from branch.lobby.commands.arrivals import Issue, Leave
from branch.lobby.commands.calling import CallNext, Finish, NoShow, Recall, Transfer
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.floor import Rate
from branch.lobby.queries.overview import Content, Hour, Stretch, Totals, overview, share
from branch.lobby.queries.summary import Waits, day_summary
from tests.conftest import OPENING
from tests.lobby.hall import Hall

TODAY, TOMORROW = "2026-11-20", "2026-11-21"
A_DAY = Stretch(TODAY, TODAY)
BOTH = Stretch(TODAY, TOMORROW)
LONG_AGO = Stretch("2026-11-13", "2026-11-13")
NOBODY = Waits(0, 0.0, 0.0, 0.0, 0.0)


def served(hall: Hall, minutes: float, *classes: str, score: int | None = None) -> int:
    """A ticket that waits so long, is served at once, and perhaps rated."""
    ticket = hall.issue("P01", *classes).id
    hall.wait(minutes=minutes)
    hall.at(1, CallNext(1))
    hall.at(1, Finish(1))
    if score is not None:
        hall.by("BOARD", "rating-1", Rate(ticket, score))
    return ticket


def test_a_stretch_without_a_ticket_is_empty(hall: Hall) -> None:
    found = overview(hall.store, A_DAY, LONG_AGO)
    assert found.totals == found.before == Totals(0, 0, 0, 0, NOBODY, 0, 0)
    assert (found.hours, found.leaving, found.content) == ((), (), ())
    assert [line.waits for line in (*found.queues, found.priority)] == [NOBODY] * 5


def test_a_day_by_hand(hall: Hall) -> None:
    """Three served after 4, 10 and 30 minutes, one left, one waits; ratings 5, 4, 2."""
    hall.open(1)
    served(hall, 4, score=5)
    served(hall, 10, score=4)
    served(hall, 30, score=2)
    gone = hall.issue().id
    hall.lobby(Leave(gone, "gave_up"))
    hall.issue()
    found = overview(hall.store, A_DAY, LONG_AGO)
    minutes = Waits(3, 880.0, 600.0, 1800.0, 1800.0)
    assert found.totals == Totals(1, 5, 3, 1, minutes, 3, 2)
    assert found.leaving == (("gave_up", 1),)
    assert found.content == (Content(TODAY, 3, 2),)
    cash, *others = found.queues
    assert (cash.name.zh if cash.name else "", cash.waits, cash.target) == ("现金", minutes, 20)
    assert {line.waits for line in others} == {NOBODY}
    assert found.priority.waits == NOBODY


def test_hours_are_those_of_the_branch_without_gaps(hall: Hall) -> None:
    hall.open(1)
    served(hall, 4)
    hall.wait(minutes=150)
    hall.issue()
    hall.issue()
    hall.call(1)
    hall.wait(minutes=60)
    hall.at(1, Finish(1))
    assert overview(hall.store, A_DAY, LONG_AGO).hours == (
        Hour(9, 1, 1),
        Hour(10, 0, 0),
        Hour(11, 2, 0),
        Hour(12, 0, 1),
    )


def test_priority_is_held_to_its_own_target_and_bookings_to_their_slot(hall: Hall) -> None:
    """The elderly wait 12 minutes; a booking of 09:30 that comes at 09:12 is called at 09:35."""
    hall.open(1)
    served(hall, 12, "elderly")
    slot = OPENING + 30 * 60_000
    booked = hall.lobby(Issue("P01", frozenset({"appointment"}), slot=slot))
    hall.wait(minutes=23)
    hall.at(1, CallNext(1))
    assert hall.row(booked.id).state == "called"
    found = overview(hall.store, A_DAY, LONG_AGO)
    assert (found.priority.name, found.priority.target) == (None, 10)
    assert found.priority.waits == Waits(2, 510.0, 510.0, 720.0, 720.0)
    assert found.queues[0].waits.maximum == 23 * 60


def test_a_customer_passed_on_counts_where_he_ended(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.wait(minutes=5)
    hall.call(1)
    hall.at(1, Transfer(1, "P05"))
    found = overview(hall.store, A_DAY, LONG_AGO)
    assert sum(line.waits.count for line in found.queues) == 1
    assert found.queues[0].waits.count == 0


def test_days_add_up_beside_what_they_are_compared_with(hall: Hall) -> None:
    for score in (5, 1):
        hall.open(1)
        served(hall, 6, score=score)
        hall.lobby(CloseDay())
        hall.wait(minutes=24 * 60 - 6)
    found = overview(hall.store, Stretch(TOMORROW, TOMORROW), A_DAY)
    assert (found.totals.days, found.totals.satisfied) == (1, 0)
    assert (found.before.days, found.before.satisfied) == (1, 1)
    both = overview(hall.store, BOTH, LONG_AGO)
    assert (both.totals.days, both.totals.issued, both.totals.rated) == (2, 2, 2)
    assert both.hours == (Hour(9, 2, 2),)
    assert both.content == (Content(TODAY, 1, 1), Content(TOMORROW, 1, 0))


@pytest.mark.parametrize("seed", range(5))
def test_a_single_day_agrees_with_its_summary_from_the_journal(hall: Hall, seed: int) -> None:
    chance = random.Random(seed)
    hall.open(1, 4)
    for _ in range(40):
        hall.wait(minutes=chance.uniform(0, 4))
        step = chance.random()
        if step < 0.5:
            classes = chance.choice([(), ("elderly",), ("vip",)])
            hall.issue(chance.choice(["P01", "P05"]), *classes)
        elif (called := hall.call(counter := chance.choice([1, 4]))) is not None:
            if chance.random() < 0.3:
                hall.wait(5)
                hall.at(counter, Recall(counter))
                hall.at(counter, NoShow(counter))
            else:
                hall.at(counter, Finish(counter))
                hall.by("BOARD", f"rating-{counter}", Rate(called.id, chance.choice([5, 2])))
    hall.lobby(CloseDay())
    told, found = day_summary(hall.store, TODAY), overview(hall.store, A_DAY, LONG_AGO)
    assert told is not None
    totals = found.totals
    assert (totals.issued, totals.served, totals.left) == (told.issued, told.served, told.left)
    assert totals.waits == told.waits
    assert totals.rated == sum(told.ratings.values())
    assert sum(hour.issued for hour in found.hours) == told.issued
    assert sum(hour.finished for hour in found.hours) == told.served


def test_a_share_of_nothing_is_none() -> None:
    assert (share(1, 4), share(0, 0)) == (0.25, None)
