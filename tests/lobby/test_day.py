"""The business day: opened by what begins it, closed by hand or at four with everybody told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.kernel import journal
from branch.kernel.errors import BadInput, RuleBroken
from branch.lobby.commands.arrivals import Greet, Issue, Leave, Return
from branch.lobby.commands.calling import Finish, Hold
from branch.lobby.commands.counters import CloseCounter, OpenCounter, PauseCounter
from branch.lobby.commands.day import CloseDay, DayClosed
from branch.lobby.commands.floor import AskHelp
from branch.lobby.queries.screens import console
from branch.lobby.queries.summary import day_summary
from branch.lobby.queries.waiting import business_day, counters_now
from tests.conftest import OPENING
from tests.lobby.hall import Hall

TODAY, TOMORROW = "2026-11-20", "2026-11-21"
HOUR = 60
TO_FOUR = 19 * HOUR  # minutes from nine o'clock to four the next morning


def days(hall: Hall) -> list[tuple[object, ...]]:
    return hall.store.rows("SELECT day, opened_at, closed_at FROM business_day ORDER BY day", ())


@pytest.mark.parametrize(
    "begin",
    [
        lambda hall: hall.lobby(Greet()),
        lambda hall: hall.kiosk(Issue("P01")),
        lambda hall: hall.at(1, OpenCounter(1)),
        lambda hall: hall.kiosk(AskHelp()),
    ],
    ids=["greet", "issue", "open counter", "ask help"],
)
def test_the_first_thing_that_happens_opens_the_day(
    hall: Hall, begin: Callable[[Hall], object]
) -> None:
    assert business_day(hall.store) == ""
    begin(hall)
    assert business_day(hall.store) == TODAY
    assert days(hall) == [(TODAY, OPENING, None)]
    assert hall.facts().count("day.opened") == 1
    begin(hall)
    assert hall.facts().count("day.opened") == 1


def test_a_step_that_begins_nothing_opens_no_day(hall: Hall) -> None:
    hall.at(1, CloseCounter(1))
    assert business_day(hall.store) == ""


def test_a_day_that_was_refused_is_not_open(hall: Hall) -> None:
    with pytest.raises(Exception, match="service_unknown"):
        hall.kiosk(Issue("P99"))
    assert business_day(hall.store) == ""
    assert hall.facts()[1:] == ["command.refused"]


def everybody(hall: Hall) -> dict[str, int]:
    """A ticket in every state, counter 1 paused, a call for help open."""
    hall.open(1, 2)
    found = {"missed": hall.missed()}
    found["finished"] = hall.serving()
    hall.at(1, Finish(1))
    found["held"] = hall.serving()
    hall.at(1, Hold(1, "fill_form"))
    found["left"] = hall.issue().id
    hall.lobby(Leave(found["left"], "self_service"))
    found["waiting"] = hall.issue().id
    found["decided"] = hall.issue().id
    hall.at(1, PauseCounter(1, "break"))
    hall.kiosk(AskHelp())
    return found


def test_the_close_decides_on_everybody_still_there(hall: Hall) -> None:
    found = everybody(hall)
    hall.wait(minutes=8 * HOUR)
    closed = hall.lobby(CloseDay({found["decided"]: "come_back"}))
    assert closed == DayClosed(TODAY, left=3, missed=1, finished=0)
    ended = {name: hall.row(ticket) for name, ticket in found.items()}
    assert {name: (row.state, row.reason) for name, row in ended.items()} == {
        "missed": ("missed", ""),
        "finished": ("finished", ""),
        "held": ("left", "closing"),
        "left": ("left", "self_service"),
        "waiting": ("left", "closing"),
        "decided": ("left", "come_back"),
    }
    assert all(row.ended_at is not None for row in ended.values())
    assert hall.last.what == "day.closed"
    assert hall.last.data == {"left": 3, "missed": 1, "finished": 0, "by_itself": False}


def test_the_close_ends_counters_and_calls_for_help(hall: Hall) -> None:
    everybody(hall)
    hall.lobby(CloseDay())
    assert {counter.state for counter in counters_now(hall.store)} == {"closed"}
    assert console(hall.store).help == ()
    assert business_day(hall.store) == ""
    assert days(hall)[0][2] == hall.clock.now_ms()


def test_a_day_with_somebody_at_a_counter_does_not_close(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    waiting = hall.issue().id
    with pytest.raises(RuleBroken, match="counter_serving") as refused:
        hall.lobby(CloseDay())
    assert refused.value.values == {"counter": 1, "number": "A001"}
    assert hall.row(ticket).state == "called"
    assert hall.row(waiting).state == "waiting"
    assert business_day(hall.store) == TODAY


def test_a_day_that_is_not_open_does_not_close(hall: Hall) -> None:
    with pytest.raises(RuleBroken, match="day_not_open"):
        hall.lobby(CloseDay())
    hall.issue()
    hall.lobby(CloseDay())
    with pytest.raises(RuleBroken, match="day_not_open"):
        hall.lobby(CloseDay())


def test_a_decision_is_one_of_the_known(hall: Hall) -> None:
    ticket = hall.issue().id
    with pytest.raises(BadInput, match="code_unknown") as refused:
        hall.lobby(CloseDay({ticket: "sent home"}))
    assert refused.value.field == "decisions"
    assert hall.row(ticket).state == "waiting"


def test_the_same_day_opened_again_goes_on_with_its_numbers(hall: Hall) -> None:
    assert [hall.issue().number for _ in range(3)] == ["A001", "A002", "A003"]
    hall.lobby(CloseDay())
    hall.wait(minutes=30)
    assert hall.issue().number == "A004"
    assert days(hall) == [(TODAY, OPENING, None)]
    hall.lobby(CloseDay())
    summary = day_summary(hall.store, TODAY)
    assert summary is not None
    assert (summary.issued, summary.left, summary.waiting) == (4, 4, 0)


def test_who_missed_may_come_back_to_a_day_opened_again(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed()
    hall.lobby(CloseDay())
    hall.wait(minutes=5)
    hall.lobby(Return(ticket))
    assert business_day(hall.store) == TODAY
    assert hall.line() == ["A001"]


def test_numbers_begin_anew_the_next_day(hall: Hall) -> None:
    first = [hall.issue(code).number for code in ("P01", "P05", "P01")]
    hall.lobby(CloseDay())
    hall.wait(minutes=24 * HOUR)
    assert [hall.issue(code).number for code in ("P01", "P05", "P01")] == first
    assert [day for day, *_ in days(hall)] == [TODAY, TOMORROW]


def test_a_day_runs_past_midnight_until_four(hall: Hall) -> None:
    hall.issue()
    hall.wait(minutes=TO_FOUR - 1)
    assert hall.issue().number == "A002"
    assert business_day(hall.store) == TODAY
    hall.wait(minutes=1)
    assert hall.issue().number == "A001"
    assert business_day(hall.store) == TOMORROW


def test_a_station_that_finds_yesterday_open_closes_it_first(hall: Hall) -> None:
    found = everybody(hall)
    hall.open(2)
    serving = hall.serving(2)
    hall.wait(minutes=24 * HOUR)
    issued = hall.kiosk(Issue("P01"))
    assert issued.number == "A001"
    assert hall.row(serving).state == "finished"
    assert hall.row(found["missed"]).state == "missed"
    assert {hall.row(found[name]).state for name in ("held", "waiting", "decided")} == {"left"}
    facts = hall.entries
    opened = next(at for at, entry in enumerate(facts) if entry.subject == TOMORROW)
    closed = facts[opened - 1]
    assert (closed.what, closed.subject, closed.data) == (
        "day.closed",
        TODAY,
        {"left": 3, "missed": 1, "finished": 1, "by_itself": True},
    )
    told = {entry.subject for entry in facts if entry.data.get("at_close")}
    assert told == {
        str(ticket) for ticket in (serving, found["held"], found["waiting"], found["decided"])
    }
    assert isinstance(journal.verify(hall.store), int)
    assert {counter.state for counter in counters_now(hall.store)} == {"closed"}


def test_opening_a_counter_closes_yesterday_too(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.wait(minutes=24 * HOUR)
    hall.open(1)
    assert business_day(hall.store) == TOMORROW
    assert hall.call(1) is None


def test_a_step_refused_in_the_morning_leaves_yesterday_to_the_next(hall: Hall) -> None:
    hall.issue()
    hall.wait(minutes=24 * HOUR)
    with pytest.raises(Exception, match="service_unknown"):
        hall.kiosk(Issue("P99"))
    assert business_day(hall.store) == TODAY
    hall.issue()
    assert business_day(hall.store) == TOMORROW


def test_yesterday_can_be_closed_by_hand_with_decisions(hall: Hall) -> None:
    hall.open(1)
    serving, waiting = hall.serving(), hall.issue().id
    hall.wait(minutes=24 * HOUR)
    closed = hall.lobby(CloseDay({waiting: "gave_up"}))
    assert closed == DayClosed(TODAY, left=1, missed=0, finished=1)
    assert hall.row(serving).state == "finished"
    assert hall.row(waiting).reason == "gave_up"
    assert business_day(hall.store) == ""


def test_several_days_left_open_are_one_close(hall: Hall) -> None:
    hall.issue()
    hall.wait(minutes=5 * 24 * HOUR)
    hall.issue()
    assert [day for day, *_ in days(hall)] == [TODAY, "2026-11-25"]
    assert hall.facts().count("day.closed") == 1


def test_a_number_is_never_given_twice_in_a_day(hall: Hall) -> None:
    given: list[str] = []
    for _ in range(4):
        given += [hall.issue(code).number for code in ("P01", "P05", "C01") for _ in range(3)]
        hall.lobby(CloseDay())
        hall.wait(minutes=30)
    assert len(set(given)) == len(given) == 36
