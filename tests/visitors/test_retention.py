"""After its time nothing of a person is left: not in a query, not in the file; a count remains."""

from __future__ import annotations

import json
from datetime import date

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.backups import backups
from branch.kernel.errors import NotPermitted
from branch.kernel.migrations import _backup
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue, Triage
from branch.lobby.commands.bookings import Book
from branch.lobby.commands.calling import CallTicket, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.people.commands import BreakGlass, ReviewBreakGlass
from branch.people.queries import open_break_glass
from branch.people.rules import PROGRAM
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
    Ran,
    RemoveBackups,
    RunRetention,
)
from branch.visitors.commands.rollcall import AddToRoll, EndRollCall, StartRollCall
from branch.visitors.queries.notices import current_notice
from branch.visitors.queries.reception import receptions_of_day
from branch.visitors.queries.register import search_register, visitor_line
from branch.visitors.queries.requests import find_records, request_case, requests
from branch.visitors.queries.retention import (
    backups_due,
    past_counts,
    past_runs,
    retention_due,
    retention_preview,
)
from branch.visitors.retention import Held, Kind
from tests.conftest import OPENING
from tests.visitors.gate import BRANCH_MANAGER, LOBBY_MANAGER, SUPERVISOR, TELLER, Gate

DAY_S = 24 * 3_600
TOLD = OPENING
PEOPLE = 50


class Planted:
    """Fifty people with names, telephones and numbers nobody else has."""

    def __init__(self) -> None:
        self.names = [f"诸葛验{chr(0x4E00 + 7 * at)}" for at in range(PEOPLE)]
        self.phones = [f"139{20_260_000 + 37 * at:08d}" for at in range(PEOPLE)]
        self.numbers = [f"E{73_100_000 + 41 * at}" for at in range(PEOPLE)]
        self.words = [f"他说的话{at:03d}号" for at in range(PEOPLE)]

    def traces(self) -> list[bytes]:
        """Every text as bytes that may stand nowhere."""
        texts = [*self.names, *self.phones, *self.numbers, *self.words]
        return [text.encode() for text in texts]


def night(branch: Branch) -> list[Ran]:
    """The program's own run, part by part until nothing is left."""
    parts: list[Ran] = []
    while not parts or parts[-1].more:
        parts.append(branch.run(RunRetention(), Actor(PROGRAM, "night")).value)
    if backups_due(branch.store, branch.clock.now_ms()):
        branch.run(RemoveBackups(), Actor(PROGRAM, "night"))
    branch.store.tidy()
    return parts


def plant(gate: Gate, people: Planted) -> list[int]:
    """Everybody visits, is called back, and asks what is known of him; returns the requests."""
    asked = []
    for name, phone, number, words in zip(
        people.names, people.phones, people.numbers, people.words, strict=True
    ):
        visitor = gate.come(
            name, phone=phone, document="passport", number=number, checked=True, matter=words
        )
        gate.run(SignOutVisitor(visitor.id))
        call = RecordReception(
            None,
            "P01",
            note=words,
            feedback="praise",
            feedback_text=words,
            follow_up="answer",
            follow_by="2026-11-23",
            surname=name[:2],
            title="mr",
            phone=phone,
            notice=1,
            told_at=TOLD,
        )
        reception = gate.run(call, by=LOBBY_MANAGER)
        gate.run(FinishFollowUp(reception, "answered"), by=LOBBY_MANAGER)
        request = gate.run(OpenRequest("copy", name, phone, words), by=SUPERVISOR)
        gate.run(ConfirmIdentity(request.id), by=SUPERVISOR)
        gate.run(LinkRecord(request.id, "visitor", visitor.id), by=SUPERVISOR)
        asked.append(request.id)
    return asked


def test_nobody_is_left_after_his_time(gate: Gate) -> None:
    people = Planted()
    asked = plant(gate, people)
    store = gate.store
    assert find_records(store, people.names[0], people.phones[0], people.numbers[0])
    keep_copy(gate.branch)
    for request in asked:
        gate.run(CarryOutRequest(request, people.words[0]), by=BRANCH_MANAGER)
    gate.clock.advance(1_200 * DAY_S)

    gone: dict[str, int] = {}
    for part in night(gate.branch):
        for kind, number in part.gone.items():
            gone[kind] = gone.get(kind, 0) + number
    assert gone == {"visitor": PEOPLE, "follow_up": PEOPLE, "request": PEOPLE}

    now = gate.clock.now_ms()
    for name, phone, number in zip(people.names, people.phones, people.numbers, strict=True):
        assert find_records(store, name, phone, number) == ()
        assert search_register(store, name) == ()
        assert search_register(store, phone) == ()
    assert requests(store, now) == ()
    assert request_case(store, asked[0], now) is None
    assert visitor_line(store, 1) is None
    assert receptions_of_day(store, "2026-11-20") == ()
    assert past_counts(store, "visitor") == (("2026-11", "maintenance", "machine_area", PEOPLE),)
    assert past_counts(store, "follow_up") == (("2026-11", "P01", "praise", PEOPLE),)
    assert past_counts(store, "request") == (("2026-11", "copy", "done", PEOPLE),)
    if not store.on_server:
        # Read while the store is open: file, its log and its memory map.
        files = [path for path in store.path.parent.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"branch.db", "branch.db-wal"}
        for path in files:
            held = path.read_bytes()
            assert [trace.decode() for trace in people.traces() if trace in held] == [], path.name
    assert backups(store) == ()
    assert isinstance(journal.verify(store), int)


def keep_copy(branch: Branch) -> None:
    """A copy as an upgrade leaves it, today."""
    _backup(branch.store, "0003_visitors", str(branch.clock.now_ms()))


def test_a_copy_made_before_an_upgrade_goes_after_its_time(gate: Gate) -> None:
    keep_copy(gate.branch)
    gate.clock.advance(30 * DAY_S)
    night(gate.branch)
    (copy,) = backups(gate.store)
    assert copy.made_at == OPENING
    line = retention_preview(gate.store, gate.clock.now_ms()).kinds[-1]
    assert (line.kind, line.total, line.now, line.week) == (Kind.BACKUP, 1, 0, 1)
    keep_copy(gate.branch)
    gate.clock.advance(DAY_S)
    night(gate.branch)
    assert [backup.made_at for backup in backups(gate.store)] == [OPENING + 30 * DAY_S * 1_000]
    assert gate.last.what == "retention.backups_removed"
    assert past_runs(gate.store)[0].counts == {"backup": 1}
    gate.clock.advance(31 * DAY_S)
    night(gate.branch)
    assert backups(gate.store) == ()


def test_the_planted_people_could_be_read_before(gate: Gate) -> None:
    # What the test above does not find can be found, so that its silence means something.
    people = Planted()
    plant(gate, people)
    if gate.store.on_server:
        pytest.skip("a file is read here")
    gate.store.tidy()
    held = gate.store.path.read_bytes()
    assert people.names[7].encode() in held
    assert people.words[7].encode() in held
    # Telephones and document numbers are sealed or not kept at all.
    assert people.phones[7].encode() not in held
    assert people.numbers[7].encode() not in held


def test_the_same_run_again_changes_nothing(gate: Gate) -> None:
    plant(gate, Planted())
    gate.clock.advance(100 * DAY_S)
    first = night(gate.branch)
    assert sum(sum(part.gone.values()) for part in first) == 2 * PEOPLE - PEOPLE
    counts = past_counts(gate.store, "follow_up")
    assert [part.gone for part in night(gate.branch)] == [{}]
    assert past_counts(gate.store, "follow_up") == counts


def test_a_run_goes_in_parts(gate: Gate) -> None:
    for at in range(7):
        gate.run(SignOutVisitor(gate.come(f"分批{chr(0x4E00 + at)}").id))
    gate.clock.advance(91 * DAY_S)
    program = Actor(PROGRAM, "night")
    parts = [gate.branch.run(RunRetention(most=3), program).value for _ in range(4)]
    assert parts == [
        Ran({"visitor": 3}, True),
        Ran({"visitor": 3}, True),
        Ran({"visitor": 1}, False),
        Ran({}, False),
    ]
    assert past_counts(gate.store, "visitor") == (("2026-11", "maintenance", "machine_area", 7),)
    (run,) = past_runs(gate.store)
    assert (run.day, run.staff, run.counts) == ("2027-02-19", PROGRAM, {"visitor": 7})
    entry = gate.last
    assert (entry.what, entry.subject, entry.data) == ("retention.ran", "2027-02-19", {})


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


def held(gate: Gate, kind: Kind) -> tuple[tuple[Held, int], ...]:
    preview = retention_preview(gate.store, gate.clock.now_ms())
    return next(line.held for line in preview.kinds if line.kind == kind)


def test_the_preview_says_what_goes_now_and_within_a_week(gate: Gate) -> None:
    for name in ("预览甲", "预览乙"):
        gate.run(SignOutVisitor(gate.come(name).id))
        gate.clock.advance(3 * DAY_S)
    now = gate.clock.now_ms()
    line = next(k for k in retention_preview(gate.store, now).kinds if k.kind == Kind.VISITOR)
    assert (line.days, line.total, line.now, line.week) == (90, 2, 0, 0)
    assert line.oldest == "2026-11-20"
    gate.clock.advance(85 * DAY_S)
    now = gate.clock.now_ms()
    preview = retention_preview(gate.store, now)
    line = next(k for k in preview.kinds if k.kind == Kind.VISITOR)
    assert (line.now, line.week) == (1, 1)
    assert preview.now == 1
    shorter = retention_preview(gate.store, now, {"keep_visitors_days": 10})
    assert shorter.now == 2
    assert [part.gone for part in night(gate.branch)] == [{"visitor": 1}]


def test_a_run_is_due_once_a_day_and_whenever_something_is_past(gate: Gate) -> None:
    def due() -> bool:
        return retention_due(gate.store, gate.clock.now_ms())

    gate.run(SignOutVisitor(gate.come("到期").id))
    assert due()
    night(gate.branch)
    assert not due()
    gate.clock.advance(91 * DAY_S)
    gate.branch.run(RunRetention(most=1), Actor(PROGRAM, "night"))
    assert not due()


def test_only_the_program_and_two_roles_run_it(gate: Gate) -> None:
    gate.run(RunRetention(), by=SUPERVISOR)
    with pytest.raises(NotPermitted):
        gate.run(RunRetention(), by=TELLER)
    with pytest.raises(NotPermitted):
        gate.branch.run(CloseDay(), Actor(PROGRAM, "night"))


def test_the_journal_says_kinds_and_numbers_only(gate: Gate) -> None:
    people = Planted()
    plant(gate, people)
    gate.clock.advance(1_200 * DAY_S)
    night(gate.branch)
    told = json.dumps([entry.data for entry in gate.entries], ensure_ascii=False)
    assert [name for name in (*people.names, *people.phones, *people.words) if name in told] == []
