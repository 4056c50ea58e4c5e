"""Whoever a complaint is about, or who has an interest in it: no query and no figure shows it.

Order 3 Art. 17. The queries are found, not listed, so that a new one is asked too.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

import branch.complaints.queries as room
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.actions import actions_to, effects_to
from branch.complaints.queries.alike import alike_cases, alike_matter, alike_to, same_matter
from branch.complaints.queries.desk import (
    ended_cases,
    lines_of,
    running_cases,
    search_cases,
)
from branch.complaints.queries.handlers import cases_by_handler
from branch.complaints.queries.late import action_proposals, late_cases
from branch.complaints.queries.months import months, weeks
from branch.complaints.queries.register import register_rows
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.queries.statistics import statistics
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.quality.commands import (
    AddAction,
    CheckAction,
    FinishAction,
)
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    OFFICER,
    SUPERIOR,
    TELLER,
    WHAT,
    WHO,
    Desk,
)
from tests.complaints.test_recusal import touched
from tests.conftest import SHANGHAI

Query = Callable[[Store, int, int], Any]
# Every query of cases, asked as somebody: what it may show of a complaint.
QUERIES: dict[str, Query] = {
    "running_cases": lambda store, staff, _: running_cases(store, staff),
    "ended_cases": lambda store, staff, _: ended_cases(store, staff),
    "search_cases": lambda store, staff, _: (
        search_cases(store, "理财", staff),
        search_cases(store, WHO.phone, staff),
        search_cases(store, "TS-", staff),
        search_cases(store, WHO.name, staff),
    ),
    "alike_cases": lambda store, staff, _: alike_cases(
        store, staff, WHO.name, WHO.phone, "2026-01-01"
    ),
    "alike_to": lambda store, staff, complaint: (
        alike_to(store, complaint, staff),
        alike_to(store, complaint + 1, staff),
    ),
    "same_matter": lambda store, staff, complaint: (
        same_matter(store, complaint, staff),
        same_matter(store, complaint + 1, staff),
    ),
    "alike_matter": lambda store, staff, _: alike_matter(
        store, staff, "complaint", date(2026, 11, 20), WHAT
    ),
    "lines_of": lambda store, staff, complaint: lines_of(store, (complaint,), staff),
    "actions_to": lambda store, staff, _: actions_to(store, staff),
    "effects_to": lambda store, staff, _: effects_to(store, staff, "2027-01-31"),
}


@pytest.mark.parametrize("interest", ["subject", "interested"])
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_no_query_shows_it(desk: Desk, name: str, interest: str) -> None:
    query = QUERIES[name]
    secret = "只有一件是这样的"
    complaint = touched(desk, TELLER, interest, what={"title": secret})
    desk.register(what={"title": "另一件"})
    due = desk.today + timedelta(days=9)
    action = desk.run(AddAction("complaint", complaint, secret, desk.staff(ADVISER), due))
    if name == "effects_to":
        desk.run(FinishAction(action, "已更换"), ADVISER)
        desk.run(CheckAction(action, good=True), SUPERIOR)
    if name == "ended_cases":
        with desk.store.transaction():
            desk.store.touch(f"UPDATE complaint SET closed_at = 1 WHERE id = {complaint}", ())
    shown = repr(query(desk.store, desk.staff(OFFICER), complaint))
    assert secret in shown
    kept = repr(query(desk.store, desk.staff(TELLER), complaint))
    assert secret not in kept


LONG_AGO = date(2026, 1, 1)
# Every query that counts or lists for paper, asked as somebody over the days of the test.
FIGURES: dict[str, Callable[[Store, int, date], Any]] = {
    "statistics": lambda store, staff, day: statistics(store, staff, day, day),
    "months": months,
    "weeks": lambda store, staff, day: weeks(store, staff, day, 15),
    "cases_by_handler": lambda store, staff, day: cases_by_handler(
        store, staff, LONG_AGO, day, day
    ),
    "late_cases": lambda store, staff, day: late_cases(store, staff, day, day, day),
    "action_proposals": action_proposals,
    "register_rows": lambda store, staff, day: register_rows(store, staff, LONG_AGO, day, day),
}


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_no_figure_counts_it(desk: Desk, name: str) -> None:
    ask, late = FIGURES[name], desk.clock.now_ms() - 70 * 86_400_000
    for _ in range(2):
        desk.register(received_at=late)
    without = ask(desk.store, desk.staff(OFFICER), desk.today)
    touched(desk, TELLER, "subject", received_at=late)
    # A third one of this business and reason: to others a proposal, and one more of each count.
    if name == "action_proposals":
        for _ in range(3):
            touched(desk, TELLER, "subject")
    assert ask(desk.store, desk.staff(OFFICER), desk.today) != without
    assert ask(desk.store, desk.staff(TELLER), desk.today) == without


def test_nobody_is_reminded_of_it(desk: Desk) -> None:
    complaint = touched(desk, HEAD, "subject", received_at=desk.clock.now_ms() - 70 * 86_400_000)

    def told(by: str) -> bool:
        roles = next(one.roles for one in staff_members(desk.store) if one.staff_no == by)
        now = desk.clock.now_ms()
        found = reminders_for(desk.store, desk.staff(by), roles, now, SHANGHAI)
        return any(reminder.ref == complaint for reminder in found)

    assert not told(HEAD)
    assert told(OFFICER) or told(SUPERIOR)


def test_his_own_action_he_reads(desk: Desk) -> None:
    complaint = touched(desk, TELLER, "subject")
    due = desk.today + timedelta(days=9)
    desk.run(AddAction("complaint", complaint, "补训服务规范", desk.staff(TELLER), due))
    desk.run(AddAction("complaint", complaint, "更换录像", desk.staff(ADVISER), due))
    (own,) = actions_to(desk.store, desk.staff(TELLER))
    assert (own.text, own.ref) == ("补训服务规范", 0)


def test_the_whole_case_is_not_there(desk: Desk) -> None:
    complaint = touched(desk, HEAD, "interested")
    assert desk.detail(complaint, HEAD) is None
    found = desk.detail(complaint, OFFICER)
    assert found is not None
    names = {member.staff_no: member.name for member in staff_members(desk.store)}
    assert (found.subjects, found.interested) == ((), (names[HEAD],))


def test_every_query_with_a_reader_is_asked_here() -> None:
    """A new query that takes who asks must be put into QUERIES above, or has its own test."""
    elsewhere = {"case_detail", "reminders_for", *FIGURES}
    # Parts of the statistics, which are among the figures.
    elsewhere |= {"came_in", "ended_within"}
    # With the requests and holds that they are about: test_own_data.py, test_retention.py.
    elsewhere |= {"paper_offers", "papers_of", "verify_code", "verify_file"}
    elsewhere |= {"records_about", "with_cases", "holds_for"}
    # With the customer who is led into a room: tests/rooms/test_room_recusal.py.
    elsewhere |= {"case_of_ticket"}
    # What is left out of the journal, and beside another case: tests/ui/admin/test_audit.py,
    # test_named.py.
    elsewhere |= {"entries_kept_from", "entries_naming", "untold", "without_others"}
    # With the incident that it opened: test_incident_recusal.py.
    elsewhere |= {"run_to", "report_to", "is_kept_from_run"}
    found = set()
    for module in pkgutil.iter_modules(room.__path__):
        loaded = importlib.import_module(f"{room.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_"):
                parameters = inspect.signature(function).parameters
                if {"store", "staff"} <= set(parameters):
                    found.add(name)
    assert found - elsewhere - set(QUERIES) == set()


def test_taken_off_again_he_sees_it(desk: Desk) -> None:
    complaint = touched(desk, TELLER, "subject", what=dataclasses.asdict(WHAT))
    desk.run(SetSubjects(complaint, frozenset()), OFFICER)
    assert desk.detail(complaint, TELLER) is not None
