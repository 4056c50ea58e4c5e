"""When the time of a record has come, what keeps it longer, and what a day is forgotten with."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue, Triage
from branch.lobby.commands.bookings import Book
from branch.lobby.commands.calling import CallTicket, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.people.commands import BreakGlass, ReviewBreakGlass
from branch.people.queries import open_break_glass
from branch.visitors.commands.blocking import EndBlock, ProposeBlock
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.commands.reception import FinishFollowUp, RecordReception
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.requests import (
    CarryOutRequest,
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
)
from branch.visitors.commands.retention import (
    ProposeRetention,
)
from branch.visitors.commands.rollcall import AddToRoll, EndRollCall, StartRollCall
from branch.visitors.queries.notices import current_notice
from branch.visitors.queries.register import visitor_line
from branch.visitors.queries.retention import (
    past_counts,
    retention_due,
    retention_preview,
)
from branch.visitors.retention import Held, Kind
from tests.conftest import OPENING
from tests.visitors.ageing import DAY_S, TOLD, held, night
from tests.visitors.gate import BRANCH_MANAGER, LOBBY_MANAGER, SUPERVISOR, TELLER, Gate


def test_kept_for_ninety_days_is_there_on_the_ninetieth_and_gone_the_day_after(gate: Gate) -> None:
    visitor = gate.come("边界日").id
    gate.run(SignOutVisitor(visitor))
    gate.clock.advance(90 * DAY_S)
    assert night(gate.branch)[0].gone == {}
    assert visitor_line(gate.store, visitor) is not None
    gate.clock.advance(DAY_S)
    assert night(gate.branch)[0].gone == {"visitor": 1}


def test_who_was_told_a_shorter_time_goes_after_that(gate: Gate) -> None:
    told_90 = gate.come("听到九十天").id
    gate.run(SignOutVisitor(told_90))
    gate.run(ProposeRetention("keep_visitors_days", 120), by=SUPERVISOR)
    notice = current_notice(gate.store, "register")
    assert (notice.version, notice.days) == (2, 120)
    told_120 = gate.come("听到一百二十天", notice=2).id
    gate.run(SignOutVisitor(told_120))
    gate.clock.advance(88 * DAY_S)
    line = retention_preview(gate.store, gate.clock.now_ms()).kinds[list(Kind).index(Kind.VISITOR)]
    assert (line.days, line.now, line.week) == (120, 0, 1)
    gate.clock.advance(3 * DAY_S)
    assert retention_due(gate.store, gate.clock.now_ms())
    assert night(gate.branch)[0].gone == {"visitor": 1}
    assert visitor_line(gate.store, told_90) is None
    assert visitor_line(gate.store, told_120) is not None
    gate.clock.advance(30 * DAY_S)
    assert night(gate.branch)[0].gone == {"visitor": 1}


def test_who_is_still_inside_stays(gate: Gate) -> None:
    visitor = gate.come("还在场内").id
    gate.clock.advance(120 * DAY_S)
    assert held(gate, Kind.VISITOR) == ((Held.INSIDE, 1),)
    assert night(gate.branch)[0].gone == {}
    assert visitor_line(gate.store, visitor) is not None


def test_a_legal_hold_keeps_until_another_lifts_it(gate: Gate) -> None:
    visitor = gate.come("依法留存").id
    gate.run(SignOutVisitor(visitor))
    hold = gate.run(PlaceHold("visitor", visitor, "incident", "十一月二十日的事"), by=SUPERVISOR)
    gate.clock.advance(120 * DAY_S)
    assert held(gate, Kind.VISITOR) == ((Held.HOLD, 1),)
    assert night(gate.branch)[0].gone == {}
    with pytest.raises(NotPermitted) as refused:
        gate.run(LiftHold(hold), by=SUPERVISOR)
    assert refused.value.code == "second_person_needed"
    gate.run(LiftHold(hold), by=BRANCH_MANAGER)
    assert night(gate.branch)[0].gone == {"visitor": 1}


def test_what_an_open_request_is_about_stays(gate: Gate) -> None:
    visitor = gate.come("正在请求").id
    gate.run(SignOutVisitor(visitor))
    request = gate.run(OpenRequest("access", "正在请求"), by=SUPERVISOR)
    gate.run(LinkRecord(request.id, "visitor", visitor), by=SUPERVISOR)
    gate.clock.advance(120 * DAY_S)
    assert held(gate, Kind.VISITOR) == ((Held.REQUEST, 1),)
    assert night(gate.branch)[0].gone == {}
    gate.run(ConfirmIdentity(request.id), by=SUPERVISOR)
    gate.run(CarryOutRequest(request.id), by=SUPERVISOR)
    assert night(gate.branch)[0].gone == {"visitor": 1}


def test_a_follow_up_counts_from_the_day_it_was_done(gate: Gate) -> None:
    call = RecordReception(
        None,
        "P01",
        follow_up="answer",
        follow_by="2026-12-20",
        surname="周",
        phone="13812345172",
        notice=1,
        told_at=TOLD,
    )
    done, left = (gate.run(call, by=LOBBY_MANAGER) for _ in range(2))
    gate.run(RecordReception(None, "P01"), by=LOBBY_MANAGER)
    gate.clock.advance(20 * DAY_S)
    gate.run(FinishFollowUp(done, "answered"), by=LOBBY_MANAGER)
    gate.clock.advance(30 * DAY_S)
    # The record without a follow-up is 50 days old; of the two others one was done 30 days ago.
    assert night(gate.branch)[0].gone == {"reception": 1}
    assert held(gate, Kind.FOLLOW_UP) == ((Held.OPEN, 1),)
    gate.clock.advance(DAY_S)
    assert night(gate.branch)[0].gone == {"follow_up": 1}
    # What nobody did in half a year serves no purpose any more.
    gate.clock.advance(130 * DAY_S)
    assert night(gate.branch)[0].gone == {"follow_up": 1}
    assert left


def lobby(gate: Gate, staff_no: str, command: object) -> object:
    station = "counter-1" if staff_no == TELLER else "lobby"
    return gate.branch.run(command, Actor(gate.staff(staff_no), station)).value


def test_the_lobby_forgets_with_the_day(gate: Gate) -> None:
    care = frozenset({"step_free", "read_aloud"})
    visit = lobby(gate, LOBBY_MANAGER, Greet())
    lobby(gate, LOBBY_MANAGER, Triage(visit, care=care))  # type: ignore[arg-type]
    seen = lobby(gate, LOBBY_MANAGER, Greet())
    lobby(gate, LOBBY_MANAGER, Triage(seen, care=care))  # type: ignore[arg-type]
    issued = lobby(gate, LOBBY_MANAGER, Issue("P01", care=care, visit=seen))  # type: ignore[arg-type]
    lobby(gate, LOBBY_MANAGER, Book("P01", OPENING + 3_600_000))
    lobby(gate, TELLER, OpenCounter(1))
    by_hand = CallTicket(issued.id, 1, "other", "他的身体不舒服")  # type: ignore[attr-defined]
    lobby(gate, LOBBY_MANAGER, by_hand)
    lobby(gate, TELLER, Finish(1))
    assert night(gate.branch)[0].gone == {}, "the day is open"
    gate.clock.advance(10 * 3_600)
    lobby(gate, LOBBY_MANAGER, CloseDay())
    assert night(gate.branch)[0].gone == {}, "the day is today"
    gate.clock.advance(DAY_S)
    assert night(gate.branch)[0].gone == {"care": 3, "reason": 1, "booking": 1}
    # Once for who left without a ticket, once for who had one.
    assert past_counts(gate.store, "care") == (
        ("2026-11", "read_aloud", "", 2),
        ("2026-11", "step_free", "", 2),
    )
    assert past_counts(gate.store, "reason") == (("2026-11", "ticket.called", "", 1),)
    assert past_counts(gate.store, "booking") == (("2026-11", "P01", "", 1),)
    tables = {"ticket": "care", "visit": "care", "reason": "text"}
    for table, column in tables.items():
        rows = gate.store.rows(f"SELECT count(*) FROM {table} WHERE {column} <> ''", ())
        assert rows == [(0,)], table


def test_a_day_left_open_is_forgotten_when_it_is_over(gate: Gate) -> None:
    lobby(gate, LOBBY_MANAGER, Issue("P01", care=frozenset({"seat"})))
    gate.clock.advance(17 * 3_600)  # 02:00, the lobby's day may still go on
    assert night(gate.branch)[0].gone == {}
    gate.clock.advance(3 * 3_600)
    assert retention_due(gate.store, gate.clock.now_ms())
    assert night(gate.branch)[0].gone == {"care": 1}


def test_ended_blocks_old_roll_calls_and_reviewed_emergencies_go(gate: Gate) -> None:
    entry = gate.run(ProposeBlock("王挡住", "threat", "", date(2026, 12, 20)), by=SUPERVISOR)
    gate.run(EndBlock(entry), by=BRANCH_MANAGER)
    gate.come("清点人")
    call = gate.run(StartRollCall("test"), by=SUPERVISOR)
    gate.run(AddToRoll(call, "没登记的人"), by=SUPERVISOR)
    gate.run(EndRollCall(call, despite=True), by=SUPERVISOR)
    gate.run(BreakGlass("medical", "有人晕倒"), by=TELLER)
    gate.run(ReviewBreakGlass(open_break_glass(gate.store)[0].id, "情况属实"), by=SUPERVISOR)
    gate.clock.advance(31 * DAY_S)
    assert night(gate.branch)[0].gone == {"blocked": 1}
    gate.clock.advance(60 * DAY_S)
    gone = night(gate.branch)[0].gone
    assert gone.keys() == {"roll_mark"}
    assert past_counts(gate.store, "blocked") == (("2026-11", "threat", "", 1),)
    assert sum(row[3] for row in past_counts(gate.store, "roll_mark")) == gone["roll_mark"]
    gate.clock.advance(1_100 * DAY_S)
    assert night(gate.branch)[0].gone == {"glass": 1}
    assert past_counts(gate.store, "glass") == (("2026-11", "medical", "", 1),)
