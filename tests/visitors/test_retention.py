"""After its time nothing of a person is left: not in a query, not in the file; a count remains."""

from __future__ import annotations

import json

import pytest

from branch.kernel import journal
from branch.kernel.backups import backups
from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Actor
from branch.lobby.commands.day import CloseDay
from branch.people.rules import PROGRAM
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.requests import (
    CarryOutRequest,
)
from branch.visitors.commands.retention import (
    Ran,
    RunRetention,
)
from branch.visitors.queries.reception import receptions_of_day
from branch.visitors.queries.register import search_register, visitor_line
from branch.visitors.queries.requests import find_records, request_case, requests
from branch.visitors.queries.retention import (
    past_counts,
    past_runs,
    retention_due,
    retention_preview,
)
from branch.visitors.retention import Kind
from tests.conftest import OPENING
from tests.visitors.ageing import DAY_S, PEOPLE, Planted, keep_copy, night, plant
from tests.visitors.gate import BRANCH_MANAGER, SUPERVISOR, TELLER, Gate


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
