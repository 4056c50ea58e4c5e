"""Whoever a complaint is about, or who has an interest in it: to him it is not there, anywhere.

Order 3 Art. 17. The commands and queries are found, not listed, so that a new one is asked too.
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
from branch.complaints.commands import HANDLERS, limits
from branch.complaints.commands.acceptance import Accept, Merge, ProposeMerge
from branch.complaints.commands.answering import Reopen, Reply
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.limits import RequestExtension, StartPause
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
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
from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import PERMISSIONS, Role
from branch.quality.commands import (
    AddAction,
    CheckAction,
    CheckEffect,
    FinishAction,
    HandAction,
    PostponeAction,
)
from branch.tools.scratch import spare_the_disk
from tests.complaints.desk import (
    ADVISER,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    WHAT,
    WHO,
    Desk,
)
from tests.conftest import SHANGHAI

PEOPLE = {
    Role.COMPLAINT_OFFICER: OFFICER,
    Role.ADVISER: ADVISER,
    Role.BRANCH_MANAGER: HEAD,
    Role.SUPERIOR: SUPERIOR,
    Role.SUPERVISOR: SUPERVISOR,
    Role.LOBBY_MANAGER: LOBBY_MANAGER,
    Role.TELLER: TELLER,
    Role.GUARD: GUARD,
}
# Every command that names a complaint.
OF_A_CASE = {
    kind.__name__: kind
    for kind in HANDLERS
    if dataclasses.is_dataclass(kind)
    and any(field.name == "complaint" for field in dataclasses.fields(kind))
}
# A value for each kind of field; the recusal is asked before any of them is looked at.
_VALUES: dict[str, Any] = {"int": 1, "str": "x", "bool": True, "bytes": b"x"}
_CODES = {("RevealCase", "field"): "phone", ("RevealCase", "reason"): "contact"}


def some(kind: type, complaint: int, desk: Desk) -> object:
    """A command of this kind about this complaint."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        text = str(field.type)
        if field.name == "complaint":
            values[field.name] = complaint
        elif field.default is not dataclasses.MISSING:
            continue
        elif (kind.__name__, field.name) in _CODES:
            values[field.name] = _CODES[kind.__name__, field.name]
        elif text in _VALUES:
            values[field.name] = _VALUES[text]
        elif text == "date":
            values[field.name] = desk.today
        elif text.startswith("frozenset"):
            values[field.name] = frozenset()
        elif text in ("Complainant", "Matter"):
            values[field.name] = WHO if text == "Complainant" else WHAT
        elif text.endswith("None"):
            values[field.name] = None
        else:
            raise AssertionError(f"{kind.__name__}.{field.name}: {text}")
    return kind(**values)


def touched(desk: Desk, by: str, interest: str, **other: Any) -> int:
    """A complaint that ``by`` is kept from."""
    complaint = desk.register(**other)
    who = frozenset({desk.staff(by)})
    desk.run(
        SetSubjects(complaint, who)
        if interest == "subject"
        else SetSubjects(complaint, frozenset(), who),
        SUPERIOR if by == OFFICER else OFFICER,
    )
    return complaint


@pytest.mark.parametrize("interest", ["subject", "interested"])
@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_no_command_touches_it(desk: Desk, name: str, interest: str) -> None:
    spare_the_disk(desk.store)
    for role, by in PEOPLE.items():
        if role not in PERMISSIONS[name]:
            continue
        complaint = touched(desk, by, interest)
        wish = some(OF_A_CASE[name], complaint, desk)
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish, by)
        # The refusal does not say to the journal's readers which one it was either.
        assert (desk.last.what, desk.last.subject) == ("command.refused", name)


def test_nearly_every_command_names_its_complaint() -> None:
    """What does not: by an id of its own below, or it has no complaint yet."""
    others = {kind.__name__ for kind in HANDLERS} - set(OF_A_CASE)
    by_own_id = {
        "ApproveExtension", "RefuseExtension", "TellExtension", "EndPause", "RemoveFile",
        "OpenFile",
    }  # fmt: skip
    none = {
        "Register", "ImportYear", "RestoreYear", "ChangeSetting", "ImportCodes", "AddAnswer",
        "ChangeAnswer", "RetireAnswer", "CountUse", "RunCaseRetention",
    }  # fmt: skip
    # By a kind and an id, with other rooms' records: test_own_data.py, test_retention.py.
    by_kind = {"PlaceHold", "LinkRecord", "ShowOwnData"}
    # By a paper or its subject: test_papers_recusal.py.
    by_paper = {
        "DraftPaper", "IssuePaper", "OpenPaper", "NotePrinted", "DeliverPaper", "OpenProof",
    }  # fmt: skip
    by_action = {"AddAction", "CheckAction", "CheckEffect", "PostponeAction", "HandAction"}
    # By the run that it opened: test_incident_recusal.py.
    by_run = {
        "OpenIncident", "EndRun", "FillReport", "WriteHotWash", "ReviewRun", "AddDrillAction",
        "Observe", "ChangeObservation", "DropObservation", "AddPhoto", "RemovePhoto", "OpenPhoto",
    }  # fmt: skip
    assert others == by_own_id | none | by_kind | by_paper | by_action | by_run


def test_nor_by_the_id_of_its_pause_or_extension(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "需要时间"), ADVISER)
    pause = desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD), desk.staff(SUPERVISOR)})), OFFICER)
    for wish, by in (
        (limits.ApproveExtension(extension), HEAD),
        (limits.RefuseExtension(extension), HEAD),
        (limits.TellExtension(extension, "phone"), SUPERVISOR),
        (limits.EndPause(pause), SUPERVISOR),
    ):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish, by)


def test_nor_by_its_corrective_action(desk: Desk) -> None:
    complaint = touched(desk, HEAD, "subject")
    due = desk.today + timedelta(days=9)
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(AddAction("complaint", complaint, "补训", desk.staff(ADVISER), due), HEAD)
    action = desk.run(AddAction("complaint", complaint, "补训", desk.staff(ADVISER), due))
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(PostponeAction(action, due + timedelta(days=9)), HEAD)
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(HandAction(action, desk.staff(OFFICER)), HEAD)
    desk.run(FinishAction(action, "签到表"), ADVISER)
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(CheckAction(action, good=True), HEAD)
    desk.run(CheckAction(action, good=True), SUPERIOR)
    desk.clock.advance(40 * 86_400)
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(CheckEffect(action, good=True), HEAD)
    due = desk.today
    # What he owns himself he reports as done.
    own = desk.run(AddAction("complaint", complaint, "补训", desk.staff(HEAD), due))
    desk.run(FinishAction(own, "已参训"), HEAD)


def test_nor_as_the_other_one_of_a_merge_or_repeat(desk: Desk) -> None:
    about_officer = touched(desk, OFFICER, "subject")
    about_head = touched(desk, HEAD, "subject")
    desk.clock.advance(60)
    mine = desk.register()
    for wish, by in (
        (ProposeMerge(mine, about_officer), OFFICER),
        (LinkRepeat(mine, about_officer), OFFICER),
        (Merge(mine, about_head), HEAD),
    ):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish, by)


def test_who_is_kept_from_one_is_kept_from_what_it_is_merged_into(desk: Desk) -> None:
    first, second = desk.register(), touched(desk, TELLER, "subject")
    desk.run(Merge(second, first), HEAD)
    assert desk.detail(first, TELLER) is None
    assert desk.detail(first, OFFICER) is not None


def test_no_merge_into_one_that_he_handles(desk: Desk) -> None:
    first = desk.investigated(handler=ADVISER)
    second = touched(desk, ADVISER, "subject")
    with pytest.raises(NotPermitted, match="handler_interested"):
        desk.run(Merge(second, first), HEAD)
    assert desk.state(second) == "received"


def test_nobody_with_an_interest_handles(desk: Desk) -> None:
    complaint = touched(desk, ADVISER, "interested")
    desk.run(Accept(complaint))
    with pytest.raises(NotPermitted, match="handler_interested"):
        desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))


@pytest.mark.parametrize("state", ["decided", "replied"])
def test_who_handled_it_keeps_away_once_nothing_waits_for_him(desk: Desk, state: str) -> None:
    complaint = desk.decided()
    if state == "replied":
        desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(ADVISER)})))
    assert desk.detail(complaint, ADVISER) is None
    if state == "decided":
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
        desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
    # Taken up again it is nobody's: somebody else gets it.
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.handler is None
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))


# -- reading ------------------------------------------------------------------------------------

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
