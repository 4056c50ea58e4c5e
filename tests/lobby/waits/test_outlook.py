"""Waits as they are announced: when something is known, for whom, and for somebody who may come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from branch.lobby.commands.calling import Finish, Transfer
from branch.lobby.commands.counters import CloseCounter, SetCounterServices
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.waits import Watch
from branch.lobby.waits.calibration import Calibration, announce
from branch.lobby.waits.outlook import Asked, Outlook, outlook
from branch.lobby.waits.projection import Fresh, Spread, project
from tests.conftest import OPENING
from tests.lobby.hall import Hall

MINUTE = 60_000
SHORT, MIDDLE, LONG = Spread(1, 2, 3), Spread(2, 5, 9), Spread(10, 20, 40)


def look(hall: Hall, only: int | None = None) -> Asked | None:
    return Watch().look(hall.store, hall.clock.now_ms(), only)


def asked(hall: Hall, only: int | None = None) -> Asked:
    found = look(hall, only)
    assert found is not None
    return found


def serve(hall: Hall, services: int) -> None:
    """Counter 1 serves so many, three minutes each."""
    for _ in range(services):
        hall.serving(1)
        hall.wait(minutes=3)
        hall.at(1, Finish(1))


def a_day_gone_by(hall: Hall) -> None:
    """A first day, closed; then it is the next morning."""
    hall.open(1)
    serve(hall, 12)
    hall.lobby(CloseDay())
    hall.clock.set(OPENING + 24 * 60 * MINUTE)


# -- when something is known ------------------------------------------------------------------


def test_before_the_day_nothing_is_asked(hall: Hall) -> None:
    assert look(hall) is None


def test_on_the_first_day_nothing_is_known_until_ten_were_served(hall: Hall) -> None:
    hall.open(1)
    serve(hall, 9)
    hall.issue()
    assert look(hall) is None
    serve(hall, 1)
    known = asked(hall)
    assert (known.usual, known.question.laws.days) == (False, 0)


def test_later_days_begin_with_what_was_usual(hall: Hall) -> None:
    a_day_gone_by(hall)
    assert look(hall) is None  # not open yet
    hall.open(1)
    serve(hall, 9)
    assert asked(hall).usual
    serve(hall, 1)
    assert not asked(hall).usual
    assert asked(hall).question.laws.days == 1
    assert asked(hall).calibration.version == 1


def test_a_closed_day_is_not_asked_about(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    hall.lobby(CloseDay())
    assert look(hall) is None


# -- what is asked ----------------------------------------------------------------------------


def test_everybody_and_whoever_might_come(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1, 4)
    one, other = hall.issue("P01").id, hall.issue("P03").id
    found = asked(hall)
    question = found.question
    assert {ticket.name for ticket in question.lobby.waiting} == {str(one), str(other)}
    assert question.only is None
    credits = {fresh.klass for fresh in question.fresh}
    assert credits == {str(credit) for credit in {0, *question.credits.values()}}
    assert {fresh.service for fresh in question.fresh} == set(found.lines.values())
    now = hall.clock.now_ms()
    assert all(fresh.key == now - int(fresh.klass) * MINUTE for fresh in question.fresh)


def test_one_ticket_alone(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    one, other = hall.issue().id, hall.issue().id
    question = asked(hall, only=other).question
    assert (question.only, question.fresh) == (frozenset({str(other)}), ())
    found = outlook(asked(hall, only=other), project(question))
    assert set(found.tickets) == {other}
    assert one not in found.tickets


def test_services_of_the_same_counters_have_one_line(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1, 2, 3)
    hall.lobby(SetCounterServices(1, frozenset({"P01", "P07"})))
    hall.lobby(SetCounterServices(2, frozenset({"P01", "P07", "P03"})))
    hall.lobby(SetCounterServices(3, frozenset({"P05"})))
    assert asked(hall).lines == {"P01": "P01", "P07": "P01", "P03": "P03", "P05": "P05"}
    hall.at(3, CloseCounter(3))
    assert set(asked(hall).lines) == {"P01", "P07", "P03"}
    hall.serving(2, "P03")
    assert set(asked(hall).lines) == {"P01", "P07", "P03"}  # one who serves calls again


def test_whoever_is_sent_to_a_counter_waits_for_it(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1, 3)
    hall.serving(3)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, "", 3))
    (waiting,) = asked(hall).question.lobby.waiting
    assert (waiting.name, waiting.pinned) == (str(ticket), 3)
    found = outlook(asked(hall), project(asked(hall).question))
    assert found.tickets[ticket].p50 > 0  # counter 1 is free, but it is not his
    hall.at(3, Finish(3))
    hall.at(3, CloseCounter(3))
    assert ticket not in outlook(asked(hall), project(asked(hall).question)).tickets


# -- what is announced ------------------------------------------------------------------------


def test_the_outlook_is_the_projection_stretched(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    tickets = [hall.issue().id for _ in range(5)]
    known = replace(asked(hall), calibration=Calibration(9, -1.5, 0.25, 2.0))
    projection = project(known.question)
    found = outlook(known, projection)
    assert (found.at, found.usual, found.version) == (hall.clock.now_ms(), True, 9)
    assert sorted(found.tickets) == tickets
    for ticket in tickets:
        projected = projection.tickets[str(ticket)]
        assert found.projected[ticket] == projected
        assert found.tickets[ticket] == announce(projected, known.calibration)
    medians = [found.projected[ticket].p50 for ticket in tickets]
    assert medians == sorted(medians)
    assert medians[0] == 0.0
    elderly, ordinary = found.fresh("P01", 30), found.fresh("P01")
    assert elderly is not None
    assert ordinary is not None
    assert elderly.p50 < ordinary.p50


def test_nothing_is_announced_for_a_service_that_no_open_counter_does(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    ticket = hall.issue("P12").id
    known = asked(hall)
    found = outlook(known, project(known.question))
    assert ticket not in found.tickets
    assert found.fresh("P12") is None
    assert found.fresh("P01") is not None


def of(by_line: Mapping[tuple[str, int], Spread]) -> Outlook:
    lines = {"P01": "P01", "P07": "P01", "P03": "P03", "P05": "P05"}
    return Outlook(0, False, 1, {}, {}, lines, by_line)


@pytest.mark.parametrize(
    ("service", "credit", "expected"),
    [
        ("P01", 0, LONG),
        ("P07", 0, LONG),  # the same line
        ("P01", 30, MIDDLE),
        ("P01", 45, SHORT),
        ("P01", 44, MIDDLE),  # the next smaller credit
        ("P01", 500, SHORT),
        ("P01", -1, None),
        ("P03", 45, SHORT),
        ("P05", 0, None),  # a line whose wait was not projected
        ("P99", 0, None),
    ],
)
def test_who_might_come(service: str, credit: int, expected: Spread | None) -> None:
    found = of({("P01", 0): LONG, ("P01", 30): MIDDLE, ("P01", 45): SHORT, ("P03", 0): SHORT})
    assert found.fresh(service, credit) == expected


def test_one_range_for_several_services() -> None:
    found = of({("P01", 0): LONG, ("P03", 0): MIDDLE, ("P03", 30): SHORT})
    assert found.fresh_among(["P01", "P03"]) == Spread(2, 20, 40)
    assert found.fresh_among(["P03", "P05", "P99"]) == MIDDLE
    assert found.fresh_among(["P03"], 30) == SHORT
    assert found.fresh_among(["P05"]) is None
    assert found.fresh_among([]) is None


def test_a_fresh_ticket_is_announced_what_it_is_then_promised(hall: Hall) -> None:
    """ "If you took a ticket now" and the ticket taken now tell about the same wait."""
    a_day_gone_by(hall)
    hall.open(1)
    for _ in range(6):
        hall.issue()
        hall.wait(minutes=1)
    known = asked(hall)
    before = outlook(known, project(replace(known.question, replays=1_500))).fresh("P01")
    ticket = hall.issue().id
    after = asked(hall, only=ticket)
    said = outlook(after, project(replace(after.question, replays=1_500))).tickets[ticket]
    assert before is not None
    assert said.p50 == pytest.approx(before.p50, rel=0.08)
    assert said.p90 == pytest.approx(before.p90, rel=0.08)
    assert isinstance(known.question.fresh[0], Fresh)
