"""From what happened to the picture that is projected: every state a counter can be in."""

from __future__ import annotations

from branch.lobby.commands.arrivals import Leave, Return, SetClass
from branch.lobby.commands.calling import CallTicket, Finish, Hold, Resume, Transfer
from branch.lobby.commands.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SetCounterServices,
)
from branch.lobby.queries.waits import day_record, house_of, typical_minutes
from branch.lobby.simulation.lobby import Absence, Counter, Lobby, Serving
from branch.lobby.waits.board import laws_of_first_day, lobby_of, today_of
from branch.lobby.waits.history import learn
from branch.lobby.waits.projection import Worked
from tests.conftest import OPENING
from tests.lobby.hall import Hall

TODAY = "2026-11-20"
MINUTE = 60_000
# The sample's counter 1 takes its break from 11:30 to 12:10.
BREAK = Absence(OPENING + 150 * MINUTE, 40 * MINUTE)


def picture(hall: Hall) -> Lobby:
    now = hall.clock.now_ms()
    lobby = lobby_of(day_record(hall.store, TODAY), house_of(hall.store, TODAY), now)
    assert lobby.now == now
    assert [counter.number for counter in lobby.counters] == list(range(1, 9))
    return lobby


def first(hall: Hall) -> Counter:
    """Counter 1 as it is projected."""
    return picture(hall).counters[0]


# -- counters ---------------------------------------------------------------------------------


def test_the_house_is_what_the_branch_has_set(hall: Hall) -> None:
    house = house_of(hall.store, TODAY)
    assert house.midnight == OPENING - 9 * 60 * MINUTE
    assert house.closes == OPENING + 8 * 60 * MINUTE
    assert house.breaks[1] == (690 * MINUTE, 730 * MINUTE)
    assert house.credits["elderly"] == 30
    assert "P01" in house.services[1]


def test_a_counter_that_was_never_opened_calls_nobody(hall: Hall) -> None:
    hall.issue()
    assert first(hall).free_at is None
    assert not first(hall).at_work
    hall.open(1)
    hall.wait(minutes=1)
    hall.at(1, CloseCounter(1))
    assert (first(hall).free_at, first(hall).absences) == (None, ())


def test_an_open_counter_is_free_now_and_idle_since_it_was(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=2)
    now = hall.clock.now_ms()
    services = house_of(hall.store, TODAY).services[1]
    assert first(hall) == Counter(1, services, now, idle_since=OPENING, absences=(BREAK,))
    hall.serving(1)
    hall.wait(minutes=5)
    hall.at(1, Finish(1))
    hall.wait(minutes=3)
    assert first(hall).idle_since == OPENING + 7 * MINUTE
    assert first(hall).free_at == OPENING + 10 * MINUTE


def test_a_counter_that_serves(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=1)
    hall.serving(1, "P07", "vip", "elderly")
    hall.wait(minutes=4)
    found = first(hall)
    assert found.serving == Serving("P07", "elderly", OPENING + MINUTE)
    assert (found.free_at, found.idle_since, found.absences) == (None, None, (BREAK,))
    assert found.at_work


def test_who_was_called_again_counts_from_the_last_call(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed(1)
    hall.wait(minutes=5)
    hall.lobby(Return(ticket))
    hall.call(1)
    assert first(hall).serving == Serving("P01", "ordinary", OPENING + 5_000 + 5 * MINUTE)


def test_a_planned_break_lasts_as_planned(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=155)
    hall.at(1, PauseCounter(1, "break"))
    hall.wait(minutes=30)
    found = first(hall)
    assert found.free_at == OPENING + 195 * MINUTE
    assert (found.owes, found.away_since, found.absences) == (True, None, ())
    # It lasts longer: now nobody has told for how long.
    hall.wait(minutes=11)
    late = first(hall)
    assert (late.free_at, late.away_since) == (hall.clock.now_ms(), OPENING + 155 * MINUTE)
    hall.at(1, OpenCounter(1))
    assert first(hall).absences == ()  # taken


def test_another_pause_has_an_end_that_nobody_has_told(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=20)
    hall.at(1, PauseCounter(1, "cash"))
    hall.wait(minutes=3)
    found = first(hall)
    assert (found.free_at, found.away_since) == (
        OPENING + 23 * MINUTE,
        OPENING + 20 * MINUTE,
    )
    assert (found.owes, found.absences) == (True, (BREAK,))


def test_a_pause_pressed_during_a_service_comes_after_it(hall: Hall) -> None:
    hall.open(1)
    hall.serving(1)
    hall.at(1, PauseCounter(1, "cash"))
    hall.wait(minutes=2)
    found = first(hall)
    assert found.serving == Serving("P01", "ordinary", OPENING)
    assert found.absences == (Absence(hall.clock.now_ms(), 15 * MINUTE), BREAK)
    assert found.free_at is None


def test_a_planned_break_pressed_during_a_service_lasts_as_planned(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=145)
    hall.serving(1)
    hall.wait(minutes=5)
    hall.at(1, PauseCounter(1, "break"))
    hall.wait(minutes=2)
    now = hall.clock.now_ms()
    assert first(hall).absences == (Absence(now, 38 * MINUTE),)


def test_a_planned_break_that_is_late_is_still_to_come_until_its_time_is_over(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=189)
    assert first(hall).absences == (BREAK,)
    hall.wait(minutes=1)
    assert first(hall).absences == ()


def test_services_are_those_of_now(hall: Hall) -> None:
    hall.open(1)
    hall.lobby(SetCounterServices(1, frozenset({"P22"})))
    assert first(hall).services == frozenset({"P22"})


# -- tickets ----------------------------------------------------------------------------------


def test_only_those_who_wait_are_in_line(hall: Hall) -> None:
    hall.open(1, 3, 4)
    missed = hall.missed(1)
    held = hall.serving(1)
    hall.at(1, Hold(1, "fill_form"))
    gone = hall.issue().id
    hall.lobby(Leave(gone))
    called = hall.serving(1)
    moved = hall.serving(4, "P05")
    hall.at(4, Transfer(4, "P07", 3))
    waiting = hall.issue("P03", "vip", "elderly").id
    line = {int(ticket.name): ticket for ticket in picture(hall).waiting}
    assert sorted(line) == sorted([moved, waiting])
    assert not {missed, held, called} & set(line)
    assert (line[moved].service, line[moved].pinned) == ("P07", 3)
    row = hall.row(waiting)
    assert (line[waiting].key, line[waiting].seq) == (row.order_key, row.seq)
    assert (line[waiting].service, line[waiting].klass) == ("P03", "elderly")
    hall.lobby(Return(missed))
    hall.lobby(Resume(held))
    hall.lobby(SetClass(waiting, frozenset({"assisted"})))
    line = {int(ticket.name): ticket for ticket in picture(hall).waiting}
    assert {missed, held} <= set(line)
    assert line[waiting].klass == "assisted"
    assert line[waiting].key == hall.row(waiting).order_key


# -- the day so far ---------------------------------------------------------------------------


def test_what_each_counter_has_done_against_what_was_usual(hall: Hall) -> None:
    hall.open(1, 4)
    hall.missed(1)
    one = hall.serving(1, "P01", "elderly")
    hall.wait(minutes=9)
    hall.at(1, Finish(1))
    hall.serving(4, "P05")
    hall.wait(minutes=4)
    hall.at(4, Transfer(4, "P03", 1))
    hall.lobby(CallTicket(hall.issue().id, 1, "care"))  # still there: does not count
    typical = typical_minutes(hall.store)
    laws = learn([], typical)
    today = today_of(day_record(hall.store, TODAY), house_of(hall.store, TODAY), laws)
    assert today.arrived == 4
    assert today.worked == {
        1: Worked(9 * MINUTE + 5_000, 2 * laws.means["P01"]),
        4: Worked(4 * MINUTE, laws.means["P05"]),
    }
    assert hall.row(one).state == "finished"


def test_on_a_branchs_first_day_people_go_on_coming_as_they_have(hall: Hall) -> None:
    """An hour after opening twelve have come: six a half hour, and none before the first."""
    for _ in range(12):
        hall.issue("P03", "vip")
        hall.wait(minutes=5)
    record, house = day_record(hall.store, TODAY), house_of(hall.store, TODAY)
    now = hall.clock.now_ms()
    laws = laws_of_first_day(record, house, typical_minutes(hall.store), now)
    assert laws.days == 0
    assert {rate for rate in laws.rates if rate} == {6.0}
    assert laws.arrivals_until(now - house.midnight) == 12.0
    assert laws.arrivals_until(house.closes - house.midnight) == 96.0
    assert {(comer.klass, comer.service) for comer in laws.comers[30]} == {("vip", "P03")}
