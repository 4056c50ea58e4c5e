"""Plans with versions and approval, when a drill is due, and the whole loop of improving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branch.drills.commands.evidence import Observe
from branch.drills.commands.frequency import LockFrequency, SetFrequency
from branch.drills.commands.plans import ApprovePlan, DraftPlan, DropDraft
from branch.drills.commands.preparing import PlanRun
from branch.drills.commands.review import AddDrillAction, ReviewRun
from branch.drills.commands.running import EndRun, TurnReal
from branch.drills.queries.calendar import Due, drill_calendar
from branch.drills.queries.improvement import improvements
from branch.drills.queries.plans import plan_versions, plans
from branch.drills.rules.scenario import Words
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.quality.commands import CheckAction, FinishAction
from tests.drills.desk import HEAD, LOBBY_MANAGER, OFFICER, SUPERIOR, SUPERVISOR, Desk

TITLE = Words("火灾预案", "Fire plan")


def test_shipped_plans_are_drafts_until_somebody_approves(desk: Desk) -> None:
    found = plans(desk.store)
    assert len(found) == 8
    assert {(line.version, line.status, line.draft) for line in found} == {(1, "draft", 1)}
    desk.run(ApprovePlan("FIRE-01", 1), HEAD)
    line = next(line for line in plans(desk.store) if line.code == "FIRE-01")
    assert (line.status, line.approved_by, line.effective_on, line.draft) == (
        "effective", "林婉", "2026-11-20", None,
    )  # fmt: skip
    run = desk.prepared()
    assert (desk.detail(run).plan_version, desk.detail(run).plan_status) == (1, "effective")


def test_nobody_approves_his_own_draft(desk: Desk) -> None:
    version = desk.run(DraftPlan("FIRE-01", TITLE, "正文"), HEAD)
    with pytest.raises(NotPermitted) as refused:
        desk.run(ApprovePlan("FIRE-01", version), HEAD)
    assert refused.value.code == "second_person_needed"
    desk.run(ApprovePlan("FIRE-01", version), SUPERIOR)
    found = [one.status for one in plan_versions(desk.store, "FIRE-01")]
    # What came with the program waits no longer: approving it now would undo the new one.
    assert found == ["superseded", "effective"]
    with pytest.raises(Stale):
        desk.run(ApprovePlan("FIRE-01", 1), SUPERIOR)


def test_a_draft_does_not_wipe_what_somebody_else_wrote_meanwhile(desk: Desk) -> None:
    desk.run(DraftPlan("FIRE-01", TITLE, "甲写的", seen=0), LOBBY_MANAGER)
    with pytest.raises(Stale):
        desk.run(DraftPlan("FIRE-01", TITLE, "乙写的", seen=0), SUPERVISOR)
    draft = plan_versions(desk.store, "FIRE-01")[-1]
    assert draft.body == "甲写的"
    desk.run(DraftPlan("FIRE-01", TITLE, "乙接着写", seen=draft.made_at), SUPERVISOR)
    assert plan_versions(desk.store, "FIRE-01")[-1].body == "乙接着写"


def test_a_title_too_long_in_english_is_refused_not_cut(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(DraftPlan("FIRE-01", Words("预案", "x" * 121), "正文"))
    assert (refused.value.code, refused.value.field) == ("field_too_long", "title.en")


def test_the_next_version_supersedes_the_last(desk: Desk) -> None:
    desk.run(ApprovePlan("FIRE-01", 1), HEAD)
    version = desk.run(DraftPlan("FIRE-01", TITLE, "正文", "改动"), LOBBY_MANAGER)
    again = desk.run(DraftPlan("FIRE-01", TITLE, "正文二", "改动"), LOBBY_MANAGER)
    assert version == again == 2
    desk.run(ApprovePlan("FIRE-01", 2), HEAD)
    found = plan_versions(desk.store, "FIRE-01")
    assert [(one.version, one.status, one.made_by) for one in found] == [
        (1, "superseded", ""), (2, "effective", "李静"),
    ]  # fmt: skip
    assert found[1].body == "正文二"
    with pytest.raises(Stale):
        desk.run(ApprovePlan("FIRE-01", 2), HEAD)


def test_a_draft_is_thrown_away(desk: Desk) -> None:
    desk.run(DraftPlan("FIRE-01", TITLE, "正文"), LOBBY_MANAGER)
    desk.run(DropDraft("FIRE-01"), LOBBY_MANAGER)
    assert [one.version for one in plan_versions(desk.store, "FIRE-01")] == [1]
    with pytest.raises(NotFound):
        desk.run(DropDraft("FIRE-01"), LOBBY_MANAGER)


def test_a_plan_wants_title_text_and_scenario(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.run(DraftPlan("NONE-01", TITLE, "正文"))
    with pytest.raises(NotFound):
        desk.run(DraftPlan("FIRE-01", TITLE, "正文", because_action=99))
    for title, body, field in ((Words("", ""), "正文", "title.zh"), (TITLE, " ", "body")):
        with pytest.raises(BadInput) as refused:
            desk.run(DraftPlan("FIRE-01", title, body))
        assert refused.value.field == field


# -- the calendar ----------------------------------------------------------------------------------


def due(desk: Desk, code: str, today: date | None = None) -> Due:
    return next(one for one in drill_calendar(desk.store, today or desk.today) if one.code == code)


def test_a_drill_never_held_is_due_its_time_after_the_branch_began(desk: Desk) -> None:
    found = due(desk, "ROB-01")
    assert (found.days, found.last_on, found.due_on) == (91, "", "2027-02-19")
    assert not found.overdue
    assert found.basis[0].zh.startswith("企业事业单位内部治安保卫条例")
    assert not due(desk, "ROB-01", date(2027, 2, 19)).overdue
    assert due(desk, "ROB-01", date(2027, 2, 20)).overdue


def test_a_drill_held_moves_its_day(desk: Desk) -> None:
    run = desk.played("ROB-01")
    desk.clock.advance(30 * 86_400)
    planned = desk.run(PlanRun("ROB-01", "tabletop", desk.today + timedelta(days=10)))
    found = due(desk, "ROB-01")
    assert (found.last_on, found.last_run, found.due_on) == ("2026-11-20", run, "2027-02-19")
    assert (found.planned_run, found.planned_on) == (planned, "2026-12-30")


def test_a_stopped_drill_and_a_real_one_count_for_nothing(desk: Desk) -> None:
    run = desk.started("ROB-01")
    desk.run(EndRun(run, reason="stopped"))
    second = desk.started("ROB-01")
    desk.run(TurnReal(second))
    desk.run(EndRun(second))
    assert due(desk, "ROB-01").last_on == ""


def test_head_office_locks_only_shorter_times_through(desk: Desk) -> None:
    desk.run(SetFrequency("FIRE-01", 365), SUPERVISOR)
    assert due(desk, "FIRE-01").days == 365
    desk.run(LockFrequency("FIRE-01", 120), SUPERIOR)
    found = due(desk, "FIRE-01")
    assert (found.days, found.locked_days, found.default_days) == (120, 120, 182)
    with pytest.raises(BadInput) as refused:
        desk.run(SetFrequency("FIRE-01", 121), SUPERVISOR)
    assert (refused.value.code, refused.value.values) == ("frequency_locked", {"most": 120})
    # Its own number is longer as well.
    with pytest.raises(BadInput):
        desk.run(SetFrequency("FIRE-01", 0), SUPERVISOR)
    desk.run(SetFrequency("FIRE-01", 90), SUPERVISOR)
    assert due(desk, "FIRE-01").days == 90
    desk.run(LockFrequency("FIRE-01", 0), SUPERIOR)
    assert due(desk, "FIRE-01").locked_days is None
    with pytest.raises(NotPermitted):
        desk.run(LockFrequency("FIRE-01", 30), HEAD)


@pytest.mark.parametrize("days", [-1, 1, 6, 1_096])
def test_how_often_has_its_limits(desk: Desk, days: int) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(SetFrequency("FIRE-01", days), SUPERVISOR)
    assert refused.value.code == "setting_range"
    with pytest.raises(NotFound):
        desk.run(SetFrequency("NONE-01", 90), SUPERVISOR)


# -- from drill to finding to plan to the next drill -----------------------------------------------


def test_the_loop_of_improving_is_one_query(desk: Desk) -> None:
    run = desk.played()
    finding = desk.run(Observe(run, "area", "卫生间搜查偏晚", "plan", 11), OFFICER)
    owner, due_on = desk.staff(LOBBY_MANAGER), desk.today + timedelta(days=7)
    action = desk.run(AddDrillAction(run, "两人分区搜查", owner, due_on, finding), HEAD)
    desk.run(ReviewRun(run), HEAD)
    (found,) = improvements(desk.store)
    assert (found.number, found.day, found.finding) == (
        "YL-2026-01",
        "2026-11-20",
        "卫生间搜查偏晚",
    )
    assert (found.cause, found.step, found.action_state, found.owner) == (
        "plan",
        11,
        "open",
        "李静",
    )
    assert (found.plan_version, found.next_run, found.closed_loop) == (None, None, False)

    version = desk.run(DraftPlan("FIRE-01", TITLE, "正文", "分区", action), LOBBY_MANAGER)
    desk.clock.advance(86_400)
    desk.run(ApprovePlan("FIRE-01", version), HEAD)
    desk.run(FinishAction(action, "已写入预案"), LOBBY_MANAGER)
    desk.run(CheckAction(action, True), HEAD)
    (found,) = improvements(desk.store, "FIRE-01")
    assert (found.plan_version, found.plan_status, found.action_state) == (2, "effective", "closed")
    assert (found.next_run, found.closed_loop) == (None, False)

    desk.clock.advance(86_400)
    second = desk.played()
    desk.run(ReviewRun(second), HEAD)
    (found,) = improvements(desk.store, "FIRE-01")
    assert (found.next_run, found.next_number, found.next_day) == (
        second, "YL-2026-02", "2026-11-22",
    )  # fmt: skip
    assert (found.next_result, found.closed_loop) == ("done", True)
    assert improvements(desk.store, "MED-01") == ()
    assert "卫生间" not in repr(found)


def test_a_drill_before_the_mending_closes_nothing(desk: Desk) -> None:
    run = desk.played()
    finding = desk.run(Observe(run, "area", "晚了", "people"), OFFICER)
    action = desk.run(
        AddDrillAction(run, "练", desk.staff(LOBBY_MANAGER), desk.today, finding), HEAD
    )
    desk.clock.advance(60)
    second = desk.played()
    desk.run(ReviewRun(second), HEAD)
    desk.run(FinishAction(action, "练过了"), LOBBY_MANAGER)
    desk.run(CheckAction(action, True), HEAD)
    (found,) = improvements(desk.store)
    assert (found.next_run, found.closed_loop) == (None, False)
    desk.clock.advance(60)
    third = desk.played()
    desk.run(ReviewRun(third), HEAD)
    (found,) = improvements(desk.store)
    assert (found.next_run, found.next_result, found.closed_loop) == (third, "passed", True)
