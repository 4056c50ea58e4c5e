"""Whoever a complaint is about, or who has an interest in it: to him it is not there, anywhere.

Order 3 Art. 17. The commands and queries are found, not listed, so that a new one is asked too.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from branch.complaints.commands import HANDLERS, limits
from branch.complaints.commands.acceptance import Accept, Merge, ProposeMerge
from branch.complaints.commands.answering import Reopen, Reply
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.limits import RequestExtension, StartPause
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
from branch.kernel.errors import NotFound, NotPermitted
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
