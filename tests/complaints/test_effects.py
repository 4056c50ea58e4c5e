"""Whether a corrective action of a complaint helped: asked 30 days after it was closed, of whom,
what comes of either answer; on each kind of store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from branch.bootstrap import open_branch
from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.answering import Archive
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.commands.retention import RunCaseRetention
from branch.complaints.queries.actions import actions_to, effects_to
from branch.complaints.queries.hidden import entries_kept_from
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import (
    Reason,
    Reminder,
)
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.runner import Actor
from branch.people.queries import staff_members
from branch.quality.commands import (
    AddAction,
    CheckAction,
    CheckEffect,
    FinishAction,
    HandAction,
    PostponeAction,
)
from branch.quality.queries import Action, actions_of, closed_actions, effects_due, open_actions
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
    Desk,
)
from tests.conftest import SHANGHAI

# Closed on Friday 20 November 2026: 30 days later it is a Sunday.
CLOSED_ON, FROM_ON, MONDAY = "2026-11-20", "2026-12-20", "2026-12-21"


def closed(desk: Desk, source: str = "complaint", ref: int | None = None, **other: Any) -> int:
    """An action of the teller's that the head has closed."""
    ref = desk.register() if ref is None else ref
    owner, due = desk.staff(TELLER), desk.today + timedelta(days=9)
    action = int(desk.run(AddAction(source, ref, "更换宣传页", owner, due, **other)))
    desk.run(FinishAction(action, "已换，照片在档"), TELLER)
    desk.run(CheckAction(action, good=True), HEAD)
    return action


def due(desk: Desk) -> int:
    """One whose day has come."""
    action = closed(desk)
    desk.at(f"{MONDAY} 09:00")
    return action


def the(desk: Desk, action: int) -> Action:
    found = (*open_actions(desk.store), *closed_actions(desk.store))
    return next(one for one in found if one.id == action)


def poor(desk: Desk, action: int, **other: Any) -> CheckEffect:
    values = {"grounds": "又有客户投诉收益", "due_on": desk.today + timedelta(days=14), **other}
    return CheckEffect(action, False, **values)


def told(desk: Desk, staff_no: str) -> list[Reminder]:
    member = next(m for m in staff_members(desk.store) if m.staff_no == staff_no)
    found = reminders_for(desk.store, member.id, member.roles, desk.clock.now_ms(), SHANGHAI)
    return [one for one in found if one.reason is Reason.EFFECT]


def seen(desk: Desk, staff_no: str) -> list[int]:
    found = effects_to(desk.store, desk.staff(staff_no), desk.today.isoformat())
    return [one.id for one in found]


def test_it_waits_thirty_days_from_the_closing(desk: Desk) -> None:
    action = closed(desk)
    assert (the(desk, action).state, the(desk, action).effect_due) == ("closed", FROM_ON)
    assert (desk.last.what, desk.last.data) == ("action.closed", {"effect_due": FROM_ON})
    assert open_actions(desk.store) == ()
    assert not the(desk, action).wants_effect("2026-12-19")
    assert the(desk, action).wants_effect(FROM_ON)
    assert effects_due(desk.store, "2026-12-19") == ()
    assert effects_due(desk.store, FROM_ON) == (the(desk, action),)


@pytest.mark.parametrize("source", ["promise", "drill", "inspection", "evaluation"])
def test_only_what_mends_the_cause_of_a_complaint_is_asked_for_it(desk: Desk, source: str) -> None:
    ref = desk.register() if source == "promise" else 1
    action = closed(desk, source, ref)
    assert the(desk, action).effect_due == ""
    assert desk.last.data == {}
    desk.at("2027-01-20 09:00")
    with pytest.raises(Stale, match="action_moved_on"):
        desk.run(CheckEffect(action, good=True), HEAD)


def test_the_house_says_how_long(desk: Desk) -> None:
    desk.run(ChangeSetting("complaint_effect_days", 60), "100001")
    action = closed(desk)
    assert the(desk, action).effect_due == "2027-01-19"
    # What waits already keeps its day.
    desk.run(ChangeSetting("complaint_effect_days", 7), "100001")
    assert the(desk, action).effect_due == "2027-01-19"
    for days in (0, 181):
        with pytest.raises(BadInput, match="setting_range"):
            desk.run(ChangeSetting("complaint_effect_days", days), "100001")


def test_before_its_day_it_is_refused_with_the_day(desk: Desk) -> None:
    action = closed(desk)
    desk.at("2026-12-19 23:59")
    for answer in (CheckEffect(action, good=True), poor(desk, action)):
        with pytest.raises(RuleBroken, match="effect_early") as refused:
            desk.run(answer, HEAD)
        assert refused.value.values == {"day": FROM_ON}
    desk.at("2026-12-20 00:00")
    desk.run(CheckEffect(action, good=True), HEAD)


def test_it_helped_and_that_is_the_end(desk: Desk) -> None:
    action = due(desk)
    desk.run(CheckEffect(action, good=True), SUPERVISOR)
    found = the(desk, action)
    assert (found.state, found.effect, found.effect_due) == ("closed", "good", "")
    assert (found.effect_checker, found.effect_at) == ("陈刚", desk.clock.now_ms())
    assert (found.reopened, found.checker) == (0, "林婉")
    assert (desk.last.what, desk.last.subject, desk.last.data) == (
        "action.effect_good", str(action), {},
    )  # fmt: skip
    assert effects_due(desk.store, "2028-01-01") == ()


def test_it_did_not_help_and_is_mended_anew(desk: Desk) -> None:
    action = due(desk)
    desk.run(poor(desk, action), OFFICER)
    found = the(desk, action)
    assert (found.state, found.due_on, found.reopened) == ("open", "2027-01-04", 1)
    assert (found.effect, found.effect_note) == ("poor", "又有客户投诉收益")
    assert (found.effect_checker, found.effect_due) == ("冯涛", "")
    assert open_actions(desk.store) == (found,)
    assert (desk.last.what, desk.last.data) == (
        "action.effect_poor",
        {"before": "2026-11-29", "due": "2027-01-04"},
    )
    # Words never enter the journal.
    assert "客户" not in repr(poor(desk, action))
    assert not any("客户投诉收益" in str(entry.data) for entry in desk.entries)
    # It runs as it did the first time, and is asked for its effect again.
    desk.run(PostponeAction(action, date(2027, 1, 8)), HEAD)
    desk.run(HandAction(action, desk.staff(ADVISER)), OFFICER)
    desk.run(FinishAction(action, "双人核对"), ADVISER)
    desk.run(CheckAction(action, good=False), HEAD)
    assert (the(desk, action).reopened, the(desk, action).effect) == (2, "poor")
    desk.run(FinishAction(action, "双人核对，附记录"), ADVISER)
    desk.run(CheckAction(action, good=True), HEAD)
    again = the(desk, action)
    assert (again.effect, again.effect_note, again.effect_due) == ("", "", "2027-01-20")
    desk.at("2027-01-20 09:00")
    desk.run(CheckEffect(action, good=True), HEAD)
    assert [entry.what for entry in desk.entries if entry.what.startswith("action.")] == [
        "action.added", "action.finished", "action.closed", "action.effect_poor",
        "action.postponed", "action.handed", "action.finished", "action.reopened",
        "action.finished", "action.closed", "action.effect_good",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"grounds": " \n "}, "field_empty", "grounds"),
        ({"grounds": "长" * 501}, "field_too_long", "grounds"),
        ({"due_on": None}, "field_empty", "due_on"),
        ({"due_on": date(2026, 12, 20)}, "due_past", "due_on"),
        ({"due_on": date(7999, 1, 1)}, "due_far", "due_on"),
    ],
)
def test_what_is_missing_is_named(
    desk: Desk, change: dict[str, Any], code: str, field: str
) -> None:
    action = due(desk)
    with pytest.raises(BadInput) as refused:
        desk.run(poor(desk, action, **change), HEAD)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert the(desk, action).wants_effect(MONDAY)


def test_neither_its_owner_nor_just_anybody_says_that_it_helped(desk: Desk) -> None:
    action = due(desk)
    for who in (TELLER, LOBBY_MANAGER, ADVISER, GUARD, AUDITOR):
        with pytest.raises(NotPermitted):
            desk.run(CheckEffect(action, good=True), who)
    ref = the(desk, action).ref
    own = int(desk.run(AddAction("complaint", ref, "补训", desk.staff(HEAD), desk.today)))
    desk.run(FinishAction(own, "签到表"), HEAD)
    desk.run(CheckAction(own, good=True), OFFICER)
    desk.at("2027-01-21 09:00")
    with pytest.raises(NotPermitted, match="second_person_needed"):
        desk.run(CheckEffect(own, good=True), HEAD)
    with pytest.raises(NotFound, match="action_unknown"):
        desk.run(CheckEffect(99_999, good=True), HEAD)


@pytest.mark.parametrize("first_is_good", [True, False])
@pytest.mark.parametrize("second_is_good", [True, False])
def test_pressed_twice_it_counts_once(
    desk: Desk, first_is_good: bool, second_is_good: bool
) -> None:
    action = due(desk)
    good = CheckEffect(action, good=True)
    desk.run(good if first_is_good else poor(desk, action), HEAD)
    before = the(desk, action)
    with pytest.raises(Stale, match="action_moved_on"):
        desk.run(good if second_is_good else poor(desk, action), OFFICER)
    assert the(desk, action) == before


def test_of_two_who_press_at_once_one_is_heard(desk: Desk, url: str) -> None:
    actions = [closed(desk) for _ in range(6)]
    desk.at(f"{MONDAY} 09:00")
    wishes = {
        HEAD: [CheckEffect(action, good=True) for action in actions],
        OFFICER: [poor(desk, action) for action in actions],
    }
    together = Barrier(len(wishes))

    def press(staff_no: str) -> list[str]:
        branch = open_branch(url, SetClock(desk.clock.now_ms()))
        found = []
        for wish in wishes[staff_no]:
            together.wait(30)
            try:
                branch.run(wish, Actor(desk_of[staff_no], "dashboard"))
                found.append("")
            except Stale as refused:
                found.append(refused.code)
        branch.close()
        return found

    desk_of = {staff_no: desk.staff(staff_no) for staff_no in wishes}
    with ThreadPoolExecutor(len(wishes)) as people:
        by_head, by_officer = people.map(press, wishes)
    for action, head, officer in zip(actions, by_head, by_officer, strict=True):
        assert sorted((head, officer)) == ["", "action_moved_on"]
        now = the(desk, action)
        assert (now.effect, now.state) == (("poor", "open") if head else ("good", "closed"))
        assert now.reopened == (1 if head else 0)
    told_of = [one for one in desk.entries if one.what.startswith("action.effect")]
    assert sorted(one.subject for one in told_of) == sorted(map(str, actions))


def test_before_it_is_closed_there_is_no_effect(desk: Desk) -> None:
    case = desk.register()
    action = desk.run(AddAction("complaint", case, "补训", desk.staff(TELLER), desk.today))
    for step in (None, FinishAction(action, "签到表")):
        if step is not None:
            desk.run(step, TELLER)
        with pytest.raises(Stale):
            desk.run(CheckEffect(action, good=True), HEAD)


@pytest.mark.parametrize("interest", ["subjects", "interested"])
def test_whoever_is_kept_from_the_complaint_neither_sees_nor_checks(
    desk: Desk, interest: str
) -> None:
    action = due(desk)
    complaint = the(desk, action).ref
    everybody = (OFFICER, SUPERVISOR, HEAD, SUPERIOR)
    assert [seen(desk, who) for who in everybody] == [[action]] * 4
    assert [len(told(desk, who)) for who in everybody] == [1] * 4
    kept = frozenset({desk.staff(HEAD)})
    wish = (
        SetSubjects(complaint, kept)
        if interest == "subjects"
        else SetSubjects(complaint, frozenset(), kept)
    )
    desk.run(wish, OFFICER)
    assert [seen(desk, who) for who in everybody] == [[action], [action], [], [action]]
    assert [len(told(desk, who)) for who in everybody] == [1, 1, 0, 1]
    for answer in (CheckEffect(action, good=True), poor(desk, action)):
        with pytest.raises(NotFound, match="action_unknown"):
            desk.run(answer, HEAD)
        assert (desk.last.what, desk.last.subject) == ("command.refused", "CheckEffect")
    desk.run(CheckEffect(action, good=True), SUPERIOR)
    assert ("action", str(action)) in entries_kept_from(desk.store, desk.staff(HEAD))


def test_nor_does_its_owner_when_it_is_about_himself(desk: Desk) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(TELLER)}))
    action = closed(desk, ref=complaint)
    desk.at(f"{MONDAY} 09:00")
    assert seen(desk, TELLER) == []
    # It stays among those he has mended; open again it is his to do.
    assert [one.id for one in actions_to(desk.store, desk.staff(TELLER), closed=True)] == [action]
    desk.run(poor(desk, action), HEAD)
    assert [one.id for one in actions_to(desk.store, desk.staff(TELLER))] == [action]


def test_those_who_may_check_are_reminded_on_working_days_from_its_day_on(desk: Desk) -> None:
    action = closed(desk)
    for moment in ("2026-12-18 09:00", "2026-12-20 10:00", f"{MONDAY} 08:29"):
        desk.at(moment)
        assert not any(told(desk, who) for who in (OFFICER, SUPERVISOR, HEAD, SUPERIOR))
    desk.at(f"{MONDAY} 08:30")
    for who in (OFFICER, SUPERVISOR, HEAD, SUPERIOR):
        (reminder,) = told(desk, who)
        assert (reminder.ref, reminder.number, reminder.day) == (action, "", FROM_ON)
    assert not any(told(desk, who) for who in (TELLER, ADVISER, LOBBY_MANAGER, AUDITOR))
    desk.run(CheckEffect(action, good=True), HEAD)
    assert told(desk, OFFICER) == []


def test_its_owner_is_not_reminded(desk: Desk) -> None:
    case = desk.register()
    own = desk.run(AddAction("complaint", case, "补训", desk.staff(HEAD), desk.today))
    desk.run(FinishAction(own, "签到表"), HEAD)
    desk.run(CheckAction(own, good=True), OFFICER)
    desk.at(f"{MONDAY} 09:00")
    assert told(desk, HEAD) == []
    assert [one.ref for one in told(desk, OFFICER)] == [own]


def put_away(desk: Desk) -> int:
    """Archived while its action's effect is still to be looked at."""
    complaint = desk.register()
    closed(desk, ref=complaint)
    desk.put_away(complaint)
    return complaint


@pytest.mark.parametrize("is_good", [True, False])
def test_it_does_not_stop_the_archive_and_is_possible_after(desk: Desk, is_good: bool) -> None:
    complaint = put_away(desk)
    assert desk.state(complaint) == "archived"
    desk.at(f"{MONDAY} 09:00")
    (action,) = actions_of(desk.store, "complaint", complaint)
    assert action.wants_effect(MONDAY)
    desk.run(CheckEffect(action.id, good=True) if is_good else poor(desk, action.id), HEAD)
    assert desk.state(complaint) == "archived"
    if not is_good:
        desk.run(FinishAction(action.id, "双人核对"), TELLER)
        desk.run(CheckAction(action.id, good=True), HEAD)
    assert the(desk, action.id).effect == ("good" if is_good else "")


def test_opened_again_it_stops_the_archive(desk: Desk) -> None:
    complaint = desk.register()
    action = closed(desk, ref=complaint)
    desk.at(f"{MONDAY} 09:00")
    desk.run(poor(desk, action), HEAD)
    with pytest.raises(RuleBroken, match="archive_action"):
        desk.put_away(complaint)
    desk.run(FinishAction(action, "双人核对"), TELLER)
    desk.run(CheckAction(action, good=True), HEAD)
    desk.run(Archive(complaint))


def test_a_check_that_was_never_made_keeps_no_case_back(desk: Desk) -> None:
    complaint = put_away(desk)
    desk.at("2031-12-01 09:00")
    assert desk.run(RunCaseRetention(), SUPERVISOR).gone == {"complaint": 1}
    assert actions_of(desk.store, "complaint", complaint) == ()
    assert told(desk, HEAD) == []


def test_one_that_did_not_help_keeps_its_case(desk: Desk) -> None:
    complaint = put_away(desk)
    (action,) = actions_of(desk.store, "complaint", complaint)
    desk.at("2031-11-10 09:00")
    desk.run(poor(desk, action.id), HEAD)
    desk.at("2031-12-01 09:00")
    assert desk.run(RunCaseRetention(), SUPERVISOR).gone == {}
    assert len(actions_of(desk.store, "complaint", complaint)) == 1
