"""Which business days can be looked back at, and their tickets by number, on both stores."""

from __future__ import annotations

from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.days import past_days, ticket_of_day
from tests.lobby.hall import Hall

TODAY, TOMORROW = "2026-11-20", "2026-11-21"


def test_a_day_is_past_when_it_is_closed_and_had_a_ticket(hall: Hall) -> None:
    assert past_days(hall.store) == ()
    first = hall.issue()
    assert past_days(hall.store) == ()
    hall.lobby(CloseDay())
    assert past_days(hall.store) == (TODAY,)
    hall.wait(minutes=24 * 60)
    second = hall.issue()
    hall.lobby(CloseDay())
    hall.wait(minutes=24 * 60)
    hall.open(1)
    hall.lobby(CloseDay())
    # The newest first; a day without a ticket has nothing to tell.
    assert past_days(hall.store) == (TOMORROW, TODAY)
    assert first.number == second.number == "A001"
    assert ticket_of_day(hall.store, TODAY, " a001 ") == first.id
    assert ticket_of_day(hall.store, TOMORROW, "A001") == second.id
    assert ticket_of_day(hall.store, TOMORROW, "A002") is None
