"""Corrective actions: owner, due day, evidence, closed by another person; on each kind of store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.people.commands.accounts import ChangeStaff
from branch.quality.commands import AddAction, CheckAction, FinishAction, HandAction, PostponeAction
from branch.quality.queries import Action, actions_of, closed_actions, open_actions
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERVISOR,
    TELLER,
    Desk,
)


@pytest.fixture
def desk(branch: Branch, clock: SetClock) -> Desk:
    return Desk(branch, clock)


def add(desk: Desk, by: str = OFFICER, **other: Any) -> int:
    values: dict[str, Any] = {
        "source": "drill",
        "ref": 7,
        "text": "  更换 灭火器 ",
        "owner": desk.staff(TELLER),
        "due_on": desk.today + timedelta(days=7),
        "cause": "process",
        **other,
    }
    return int(desk.run(AddAction(**values), by))


def only(desk: Desk) -> Action:
    (action,) = open_actions(desk.store)
    return action


def test_an_action_has_owner_day_and_source(desk: Desk) -> None:
    identity = add(desk)
    action = only(desk)
    assert (action.id, action.source, action.ref) == (identity, "drill", 7)
    assert (action.text, action.cause, action.state) == ("更换 灭火器", "process", "open")
    assert (action.owner_name, action.due_on) == ("王敏", "2026-11-27")
    assert actions_of(desk.store, "drill", 7) == (action,)
    assert actions_of(desk.store, "complaint", 7) == ()
    assert desk.last.what == "action.added"
    # Words never enter the journal.
    assert "灭火器" not in str(desk.last.data)
    assert "灭火器" not in repr(AddAction("drill", 7, "灭火器", 1, desk.today))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"source": "rumour"}, "code_unknown", "source"),
        ({"text": "   "}, "field_empty", "text"),
        ({"text": "长" * 501}, "field_too_long", "text"),
        ({"owner": 99_999}, "owner_unknown", "owner"),
    ],
)
def test_what_is_missing_is_named(
    desk: Desk, change: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        add(desk, **change)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert open_actions(desk.store) == ()


def test_it_cannot_be_due_before_it_is_made(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        add(desk, due_on=desk.today - timedelta(days=1))
    assert refused.value.code == "due_past"
    add(desk, due_on=desk.today)


FAR = pytest.mark.parametrize(
    "far", [date(2031, 11, 20), date(7999, 1, 1), date.max], ids=["a day", "typing", "last"]
)


@FAR
def test_nothing_is_due_later_than_in_five_years(desk: Desk, far: date) -> None:
    last = date(2031, 11, 19)
    with pytest.raises(BadInput) as refused:
        add(desk, due_on=far)
    assert (refused.value.code, refused.value.field) == ("due_far", "due_on")
    assert "2031-11-19" in str(refused.value)
    assert open_actions(desk.store) == ()
    action = add(desk)
    with pytest.raises(BadInput) as refused:
        desk.run(PostponeAction(action, far), HEAD)
    assert (refused.value.code, refused.value.field) == ("due_far", "due_on")
    assert only(desk).due_on == "2026-11-27"
    desk.run(PostponeAction(action, last), HEAD)
    assert only(desk).due_on == last.isoformat()


def test_done_by_its_owner_with_evidence_and_closed_by_another(desk: Desk) -> None:
    action = add(desk)
    with pytest.raises(NotPermitted):
        desk.run(FinishAction(action, "换了"), ADVISER)
    with pytest.raises(BadInput):
        desk.run(FinishAction(action, "  "), TELLER)
    desk.run(FinishAction(action, "已换，照片在档"), TELLER)
    assert (only(desk).state, only(desk).evidence) == ("done", "已换，照片在档")
    assert only(desk).overdue("2027-01-01") is False
    desk.run(CheckAction(action, good=True), SUPERVISOR)
    assert open_actions(desk.store) == ()
    (closed,) = closed_actions(desk.store)
    assert (closed.state, closed.checker) == ("closed", "陈刚")
    assert [entry.what for entry in journal.entries(desk.store)][-2:] == [
        "action.finished",
        "action.closed",
    ]


def test_nobody_checks_his_own(desk: Desk) -> None:
    action = add(desk, owner=desk.staff(SUPERVISOR))
    desk.run(FinishAction(action, "做了"), SUPERVISOR)
    with pytest.raises(NotPermitted) as refused:
        desk.run(CheckAction(action, good=True), SUPERVISOR)
    assert refused.value.code == "second_person_needed"
    # A teller or auditor does not check at all.
    for who in (TELLER, AUDITOR):
        with pytest.raises(NotPermitted):
            desk.run(CheckAction(action, good=True), who)


def test_what_is_not_good_goes_back_and_is_counted(desk: Desk) -> None:
    action = add(desk)
    for times in (1, 2):
        desk.run(FinishAction(action, "做了"), TELLER)
        desk.run(CheckAction(action, good=False), HEAD)
        assert (only(desk).state, only(desk).reopened) == ("open", times)
    assert desk.last.what == "action.reopened"


def test_a_later_day_is_allowed_by_somebody_else(desk: Desk) -> None:
    action = add(desk)
    later = desk.today + timedelta(days=20)
    with pytest.raises(BadInput) as refused:
        desk.run(PostponeAction(action, desk.today + timedelta(days=7)), HEAD)
    assert refused.value.code == "due_not_later"
    desk.run(PostponeAction(action, later), HEAD)
    assert only(desk).due_on == later.isoformat()
    assert desk.last.data == {"before": "2026-11-27", "due": later.isoformat()}
    own = add(desk, owner=desk.staff(HEAD))
    with pytest.raises(NotPermitted):
        desk.run(PostponeAction(own, later), HEAD)


def test_it_is_given_to_another_when_its_owner_has_left(desk: Desk) -> None:
    action = add(desk)
    gone = ChangeStaff(desk.staff(TELLER), "王敏", frozenset({"teller"}), active=False)
    desk.run(gone, "100001")
    for by in (LOBBY_MANAGER, ADVISER):
        with pytest.raises(NotPermitted):
            desk.run(HandAction(action, desk.staff(ADVISER)), by)
    for owner, code in (
        (99_999, "owner_unknown"),
        (desk.staff(TELLER), "owner_unknown"),
        (desk.staff("KIOSK"), "owner_unknown"),
    ):
        with pytest.raises(BadInput, match=code) as refused:
            desk.run(HandAction(action, owner), HEAD)
        assert refused.value.field == "owner"
    desk.run(HandAction(action, desk.staff(ADVISER)), OFFICER)
    assert (only(desk).owner_name, only(desk).state) == ("郑岚", "open")
    assert (desk.last.what, desk.last.data) == (
        "action.handed",
        {"before": desk.staff(TELLER), "owner": desk.staff(ADVISER)},
    )
    with pytest.raises(BadInput, match="owner_has_it"):
        desk.run(HandAction(action, desk.staff(ADVISER)), OFFICER)
    desk.run(FinishAction(action, "已换"), ADVISER)
    # What is done is checked, not handed on.
    with pytest.raises(Stale):
        desk.run(HandAction(action, desk.staff(HEAD)), OFFICER)
    with pytest.raises(NotFound):
        desk.run(HandAction(99_999, desk.staff(HEAD)), OFFICER)


def test_nobody_hands_on_what_he_has_to_do_himself(desk: Desk) -> None:
    own = add(desk, owner=desk.staff(SUPERVISOR))
    with pytest.raises(NotPermitted, match="second_person_needed"):
        desk.run(HandAction(own, desk.staff(ADVISER)), SUPERVISOR)


def test_somebody_was_quicker_and_nothing_there(desk: Desk) -> None:
    action = add(desk)
    with pytest.raises(Stale):
        desk.run(CheckAction(action, good=True), HEAD)
    desk.run(FinishAction(action, "做了"), TELLER)
    for command in (FinishAction(action, "又做了"), PostponeAction(action, desk.today)):
        with pytest.raises(Stale):
            desk.run(command, TELLER if isinstance(command, FinishAction) else HEAD)
    with pytest.raises(NotFound):
        desk.run(CheckAction(99_999, good=True), HEAD)


def test_the_list_has_the_earliest_due_first(desk: Desk) -> None:
    later = add(desk, due_on=desk.today + timedelta(days=9))
    sooner = add(desk, due_on=desk.today + timedelta(days=2))
    assert [one.id for one in open_actions(desk.store)] == [sooner, later]
    desk.at("2026-11-23 09:00")
    assert [one.overdue(desk.today.isoformat()) for one in open_actions(desk.store)] == [
        True,
        False,
    ]
