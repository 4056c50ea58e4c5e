"""A past day of the journal, and day files played: what comes out and what is left behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch.bootstrap import Branch
from branch.founding import Plan, sample_plan
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.runner import Actor
from branch.kernel.settings import settle
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, CallTicket, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.whatif import calls_again
from branch.people.queries import account_id
from branch.tools.day_file import COLUMNS
from branch.tools.past_day import WholeDay, day_of_file, day_of_journal

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The sample branch without PINs, which cost time to keep safe."""
    sample = sample_plan()
    return replace(sample, staff=tuple(replace(member, pin="") for member in sample.staff))


def played(plan: Plan, rows: list[tuple[object, ...]], told: list[float] | None = None) -> WholeDay:
    """A day file of these rows, played in a folder of its own."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "day.csv"
        lines = [",".join(COLUMNS), *(",".join(str(cell) for cell in row) for row in rows)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

        def progress(share: float) -> bool:
            if told is not None:
                told.append(share)
            return True

        home = settle(str(Path(folder) / "home"), None, environment={})
        return day_of_file(file, plan, home, progress)


def row(
    minute: int,
    service: str = "P01",
    klass: str = "ordinary",
    seconds: int = 600,
    shows: str = "yes",
    patience: str = "",
) -> tuple[object, ...]:
    """A customer so many minutes after nine."""
    at = f"{DAY} {9 + minute // 60:02d}:{minute % 60:02d}:00"
    return (at, service, klass, "", "", "zh", seconds, shows, patience, "")


def carry_out(branch: Branch, staff_no: str, station: str, command: object) -> object:
    staff = account_id(branch.store, staff_no)
    assert staff is not None
    return branch.run(command, Actor(staff, station)).value


def a_day(branch: Branch, clock: SetClock) -> None:
    """Three wait for counter 1; the last is called by hand before the second."""
    carry_out(branch, "100482", "counter-1", OpenCounter(1))
    tickets = []
    for _ in range(3):
        tickets.append(carry_out(branch, "KIOSK", "kiosk-1", Issue("P01")))
        clock.advance(60)
    carry_out(branch, "100482", "counter-1", CallNext(1))
    clock.advance(600)
    carry_out(branch, "100482", "counter-1", Finish(1))
    carry_out(branch, "100301", "lobby", CallTicket(tickets[2].id, 1, "unwell"))  # type: ignore[attr-defined]
    clock.advance(600)
    carry_out(branch, "100482", "counter-1", CallNext(1))
    clock.advance(600)
    carry_out(branch, "100482", "counter-1", Finish(1))
    carry_out(branch, "100301", "lobby", CloseDay())


def test_a_day_of_the_journal_with_what_stood_around_it(branch: Branch, clock: SetClock) -> None:
    a_day(branch, clock)
    day = day_of_journal(branch.store, DAY)
    assert [life.number for life in day.record.lives.values()] == ["A001", "A002", "A003"]
    assert day.credits["elderly"] == 30
    assert day.targets["ordinary"] == 20
    assert "P01" in day.services[1]
    found = day.compare(())
    assert found.by_hand == 1
    # By the rule the second comes before the third.
    assert found.real.waits.count == found.again.waits.count == 3
    order = [ticket for _at, ticket, _counter in calls_again(day.record, day.services, day.credits)]
    assert order == sorted(order)


def test_a_day_the_branch_was_not_open(branch: Branch) -> None:
    with pytest.raises(NotFound) as refused:
        day_of_journal(branch.store, "2020-01-01")
    assert refused.value.code == "day_unknown"


def test_progress_goes_from_nothing_to_everything(plan: Plan) -> None:
    told: list[float] = []
    played(plan, [row(1), row(30), row(59)], told)
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == 1.0


def test_a_malformed_file_is_refused_with_its_line(plan: Plan) -> None:
    with pytest.raises(BadInput) as refused:
        played(plan, [row(1), row(2, service="nothing")])
    assert refused.value.code == "day_file_cell"
    assert refused.value.values["line"] == 3


VISITORS = st.lists(
    st.tuples(
        st.integers(0, 150),
        st.sampled_from(["P01", "P05", "P03"]),
        st.sampled_from(["ordinary", "ordinary", "elderly", "vip"]),
        st.integers(30, 2400),
        st.sampled_from(["yes", "yes", "yes", "no"]),
        st.sampled_from(["", "", "10", "30"]),
    ),
    min_size=8,
    max_size=40,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visitors=VISITORS)
def test_a_played_day_without_changes_is_the_same_again(plan: Plan, visitors: list[object]) -> None:
    rows = []
    for minute, service, klass, seconds, shows, patience in visitors:  # type: ignore[misc]
        rows.append(row(minute, service, klass, seconds, shows, patience))
    day = played(plan, rows)
    called = [
        (stay.called, life.id, stay.counter)
        for life in day.record.lives.values()
        for stay in life.stays
    ]
    again = calls_again(day.record, day.services, day.credits)
    assert sorted(again) == sorted(called)
    found = day.compare(())
    assert found.real == found.again == found.changed
