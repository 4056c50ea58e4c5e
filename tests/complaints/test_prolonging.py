"""Who approves a longer limit, and what is done where nobody of those is free (Order 3 Art. 18)."""

from __future__ import annotations

import pytest

from branch.complaints.commands.limits import (
    ApproveExtension,
    RefuseExtension,
    RequestExtension,
    TellExtension,
)
from branch.complaints.deciding import approver, approvers
from branch.complaints.queries.reminders import reminders_for
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.people.commands.accounts import ChangeStaff
from branch.people.queries import StaffMember, staff_members
from branch.people.rules import Role
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, Desk
from tests.complaints.test_papers_grounds import draft
from tests.conftest import SHANGHAI
from ui.complaints.offers import offers_of

ORDER = "总行消保〔2026〕18 号"


def about(desk: Desk, *staff: str) -> int:
    """A complaint under investigation that these keep away from, with 30 days to answer."""
    complaint = desk.investigated(subjects=frozenset(map(desk.staff, staff)))
    extension = desk.run(RequestExtension(complaint, "需要调阅录像"), ADVISER)
    if HEAD in staff:
        # The head's part is the superior body's, or headquarters' on paper.
        order = ORDER if SUPERIOR in staff else ""
        desk.run(ApproveExtension(extension, order), OFFICER if order else SUPERIOR)
    else:
        desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    return complaint


def asked(desk: Desk, complaint: int, by: str = ADVISER) -> int:
    return int(desk.run(RequestExtension(complaint, "情况特别复杂"), by))


def offered(desk: Desk, complaint: int, by: str) -> set[str]:
    member = next(m for m in staff_members(desk.store) if m.staff_no == by)
    found = desk.detail(complaint, by)
    if found is None:
        return set()
    offers = offers_of(found, member.id, member.roles, desk.today)
    return {offers.first, *offers.others, *offers.more} & {"ApproveExtension", "RefuseExtension"}


def reminded(desk: Desk, by: str) -> bool:
    member = next(m for m in staff_members(desk.store) if m.staff_no == by)
    told = reminders_for(desk.store, member.id, member.roles, desk.clock.now_ms(), SHANGHAI)
    return any(one.reason == "extension" for one in told)


BOTH = {"ApproveExtension", "RefuseExtension"}


def test_sixty_days_are_the_superior_s(desk: Desk) -> None:
    complaint = about(desk)
    extension = asked(desk, complaint)
    assert offered(desk, complaint, SUPERIOR) == BOTH
    for by in (HEAD, OFFICER):
        assert offered(desk, complaint, by) == set()
        for wish in (ApproveExtension(extension, ORDER), RefuseExtension(extension)):
            with pytest.raises(RuleBroken, match="superior_decides"):
                desk.run(wish, by)
    assert [reminded(desk, by) for by in (SUPERIOR, HEAD, OFFICER)] == [True, False, False]
    desk.run(ApproveExtension(extension), SUPERIOR)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    assert desk.due(complaint)[0] == "2027-01-19"


def test_about_the_only_superior_headquarters_approves_on_paper(desk: Desk) -> None:
    complaint = about(desk, SUPERIOR)
    extension = asked(desk, complaint)
    with pytest.raises(NotFound):
        desk.run(ApproveExtension(extension, ORDER), SUPERIOR)
    assert offered(desk, complaint, HEAD) == offered(desk, complaint, OFFICER) == BOTH
    assert [reminded(desk, by) for by in (SUPERIOR, HEAD, OFFICER)] == [False, False, True]
    for order, code in (("", "field_empty"), ("  ", "field_empty"), ("1" * 61, "field_too_long")):
        with pytest.raises(BadInput, match=code) as refused:
            desk.run(ApproveExtension(extension, order))
        assert refused.value.field == "order"
    desk.run(ApproveExtension(extension, ORDER))
    assert "18 号" not in " ".join(map(str, desk.entries))
    assert desk.last.data["by_order"] is True
    desk.run(TellExtension(extension, "phone"), ADVISER)
    assert desk.due(complaint)[0] == "2027-01-19"


def test_another_superior_approves_and_no_paper_is_asked_for(desk: Desk) -> None:
    complaint = about(desk, SUPERIOR)
    extension = asked(desk, complaint)
    other = next(m for m in staff_members(desk.store) if m.staff_no == SUPERVISOR)
    roles = other.roles | {Role.SUPERIOR}
    desk.run(ChangeStaff(other.id, other.name, roles, active=True), "100001")
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(ApproveExtension(extension, ORDER))
    assert (offered(desk, complaint, OFFICER), offered(desk, complaint, SUPERVISOR)) == (
        set(),
        BOTH,
    )
    desk.run(ApproveExtension(extension), SUPERVISOR)
    assert desk.last.data["by_order"] is False


def test_about_head_and_superior_every_longer_limit_is_headquarters(desk: Desk) -> None:
    complaint = about(desk, HEAD, SUPERIOR)
    assert desk.due(complaint)[0] == "2026-12-20"
    # He asked himself, and nobody else is left to note what was signed.
    extension = asked(desk, complaint, OFFICER)
    assert offered(desk, complaint, OFFICER) == BOTH
    desk.run(ApproveExtension(extension, ORDER))


def test_who_asked_notes_no_paper_while_another_can(desk: Desk) -> None:
    complaint = about(desk, SUPERIOR)
    extension = asked(desk, complaint, OFFICER)
    with pytest.raises(NotPermitted, match="second_person_needed"):
        desk.run(ApproveExtension(extension, ORDER))
    desk.run(RefuseExtension(extension), HEAD)
    assert desk.due(complaint)[0] == "2026-12-20"


def test_thirty_days_are_nothing_for_the_desk(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    assert offered(desk, complaint, OFFICER) == set()
    for wish in (ApproveExtension(extension), RefuseExtension(extension)):
        with pytest.raises(NotPermitted, match="complaint_part"):
            desk.run(wish, OFFICER)


def test_the_notice_names_headquarters_and_not_who_noted_it(desk: Desk) -> None:
    complaint = about(desk, SUPERIOR)
    extension = asked(desk, complaint)
    desk.run(ApproveExtension(extension, ORDER))
    fields = draft(desk, complaint, "TS-05", f"extension:{extension}").fields
    assert fields["approver"] == f"总行高级管理人员（批件 {ORDER}）"
    assert fields["approver_level"] == "headquarters"


def member(number: int, role: Role) -> StaffMember:
    return StaffMember(number, str(number), "", frozenset({role}), True, False, False)


@pytest.mark.parametrize("level", ["branch_manager", "superior"])
@pytest.mark.parametrize("touched", [(), (3,), (2, 3), (1, 2), (1, 3)])
@pytest.mark.parametrize("asked_by", [1, 2, 4])
def test_somebody_can_always_approve(level: str, touched: tuple[int, ...], asked_by: int) -> None:
    people = [
        member(1, Role.COMPLAINT_OFFICER),
        member(2, Role.BRANCH_MANAGER),
        member(3, Role.SUPERIOR),
        member(4, Role.ADVISER),
    ]
    found, by_order = approvers(people, touched, level, asked_by)
    assert found
    assert found.isdisjoint(touched)
    assert by_order == (3 in touched and (level == "superior" or 2 in (*touched, asked_by)))
    who = approver(people, touched, level, asked_by)
    if by_order:
        assert who == "headquarters"
    elif level == "branch_manager" and 2 not in (*touched, asked_by):
        assert who == "branch_manager"
    else:
        assert who == "superior"
