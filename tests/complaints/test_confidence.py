"""A complainant who asks for confidence: what is there to the desk, and what to everybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import Reply
from branch.complaints.commands.files import AddFile, OpenFile
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.papers import OpenPaper
from branch.complaints.commands.revealing import RevealCase
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.queries.alike import alike_cases, alike_to
from branch.complaints.queries.desk import running_cases, search_cases
from branch.complaints.queries.late import late_cases
from branch.complaints.queries.papers import papers_of
from branch.complaints.queries.register import register_rows
from branch.kernel.errors import NotPermitted
from branch.people.rules import PERMISSIONS, Role
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
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
from tests.complaints.month import NOVEMBER
from tests.complaints.test_recusal import OF_A_CASE, some

INSIDE = (LOBBY_MANAGER, ADVISER, OFFICER, HEAD, SUPERIOR)
OUTSIDE = (TELLER, GUARD, SUPERVISOR, AUDITOR)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture
def case(desk: Desk) -> int:
    """Registered by the lobby manager, in the adviser's hands."""
    desk.at("2026-11-04 10:00")
    complaint = desk.register(
        what={"sensitivity": frozenset({"media"})}, who={"confidential": True}
    )
    desk.run(Accept(complaint, "verified"))
    desk.run(Assign(complaint, desk.staff(ADVISER), "请核实"))
    return complaint


SECRETS = (WHAT.title, WHAT.facts, WHAT.claims, "陈*梅", "5172", "请核实")


@pytest.mark.parametrize("by", INSIDE)
def test_who_has_a_part_reads_all(desk: Desk, case: int, by: str) -> None:
    found = desk.detail(case, by)
    assert found is not None
    assert not found.line.withheld
    assert (found.line.title, found.line.shown_name) == (WHAT.title, "陈*梅")
    assert found.values["facts"] == WHAT.facts
    assert found.shown["phone"] == "138****5172"
    assert found.moments


@pytest.mark.parametrize("by", OUTSIDE)
def test_to_others_it_is_there_and_says_nothing(desk: Desk, case: int, by: str) -> None:
    staff = desk.staff(by)
    (line,) = running_cases(desk.store, staff)
    assert (line.number[:3], line.state, line.channel) == ("TS-", "assigned", "on_site")
    assert line.withheld
    assert (line.title, line.shown_name, line.handler_name, line.sensitivity) == ("", "", "", ())
    found = desk.detail(case, by)
    assert found is not None
    told = repr(found.values) + repr(found.shown) + repr(found.moments) + repr(found.line)
    assert not [secret for secret in SECRETS if secret in told]
    assert (found.files, found.moments, found.steps, found.line.handler) == ((), (), (), None)
    assert papers_of(desk.store, staff, case) == ()


@pytest.mark.parametrize("text", [WHAT.title[:4], WHO.name, WHO.phone, "宣传页"])
def test_others_find_it_by_its_number_only(desk: Desk, case: int, text: str) -> None:
    outside, inside = desk.staff(SUPERVISOR), desk.staff(OFFICER)
    assert search_cases(desk.store, text, outside) == ()
    number = running_cases(desk.store, outside)[0].number
    for staff in (outside, inside):
        assert [one.id for one in search_cases(desk.store, number, staff)] == [case]


def test_nobody_learns_that_it_is_of_the_same_person(desk: Desk, case: int) -> None:
    second = desk.register()
    since = "2026-11-01"
    for by, count in ((OFFICER, 1), (SUPERVISOR, 0)):
        staff = desk.staff(by)
        alike = alike_cases(desk.store, staff, WHO.name, WHO.phone, since)
        assert [one.id for one in alike] == [second, case][: 1 + count]
        assert len(alike_to(desk.store, second, staff)) == count


def test_lists_that_leave_the_desk_say_nothing_of_it(desk: Desk, case: int) -> None:
    desk.at("2026-11-25 10:00")
    for by, title in ((OFFICER, WHAT.title), (SUPERVISOR, ""), (AUDITOR, "")):
        staff = desk.staff(by)
        (late,) = late_cases(desk.store, staff, *NOVEMBER, today=desk.today).lines
        assert late.title == title
        assert (late.handler is None) == (not title)
        (row,) = register_rows(desk.store, staff, *NOVEMBER, today=desk.today)
        assert row.title == title
        assert (row.number[:3], row.channel) == ("TS-", "on_site")
        kept = (row.facts, row.claims, row.name, row.phone, row.handler)
        assert all(kept) if title else not any(kept)


OPEN: dict[str, Callable[[Desk, int], object]] = {
    "value": lambda desk, case: RevealCase(case, "phone", "contact"),
    "file": lambda desk, case: OpenFile(desk.run(AddFile(case, "照片.png", PNG))),
    "paper": lambda desk, case: OpenPaper(desk.paper(case, "TS-02A")),
}


def test_who_may_not_read_it_does_not_visit_either(desk: Desk) -> None:
    complaint = desk.decided(who={"confidential": True})
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True))
    visit = RecordVisit(complaint, "phone", True, "satisfied")
    with pytest.raises(NotPermitted, match="complaint_confidential"):
        desk.run(visit, SUPERVISOR)
    desk.run(visit, OFFICER)


@pytest.mark.parametrize("what", OPEN)
def test_nothing_of_it_opens_to_others(desk: Desk, case: int, what: str) -> None:
    command = OPEN[what](desk, case)
    by = SUPERVISOR if what == "value" else AUDITOR
    with pytest.raises(NotPermitted, match="complaint_confidential"):
        desk.run(command, by)
    desk.run(command, HEAD)


# What a supervisor may do with a case; a room he books for it by its number.
_HIS = sorted(
    name
    for name, kind in OF_A_CASE.items()
    if Role.SUPERVISOR in PERMISSIONS[name] and not kind.__module__.startswith("branch.rooms")
)


@pytest.mark.parametrize("name", _HIS)
def test_others_do_nothing_with_it(desk: Desk, case: int, name: str) -> None:
    kind = OF_A_CASE[name]
    before = desk.detail(case)
    with pytest.raises(NotPermitted, match="complaint_confidential"):
        desk.run(some(kind, case, desk), SUPERVISOR)
    assert desk.detail(case) == before
