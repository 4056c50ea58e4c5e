"""Each of the eight scenarios run to its report by the sample staff, through commands alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from branch.drills.commands.evidence import AddPhoto, Observe
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.plans import ApprovePlan, DraftPlan
from branch.drills.commands.review import AddDrillAction, ReviewRun, WriteHotWash
from branch.drills.commands.running import (
    EndRun,
    PauseRun,
    ReleaseInject,
    ResumeRun,
    StartMuster,
)
from branch.drills.queries.report import after_action
from branch.drills.queries.runs import run_lines
from branch.drills.rules.scenario import Words
from branch.drills.shipped import shipped_scenarios
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.quality.commands import CheckAction, FinishAction
from branch.visitors.commands.rollcall import MarkRoll
from branch.visitors.queries.rollcall import open_roll_call
from tests.drills.desk import (
    CAST,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    PICTURE,
    SUPERVISOR,
    Desk,
)


@pytest.mark.parametrize("code", shipped_scenarios())
def test_every_scenario_is_run_to_a_report(desk: Desk, code: str) -> None:
    scenario = shipped_scenarios()[code]
    run = desk.started(code, "live")
    call = desk.run(StartMuster(run))
    planned = {inject.no: inject.planned_at_s for inject in scenario.injects}
    happens = [(inject.planned_at_s, 0, inject.no) for inject in scenario.injects[1:]]
    # Every member of staff marks his own steps, a second early, in the order of the day.
    happens += [
        (planned.get(step.inject or 0, 0) + step.target_s - 1, 1, step.no)
        for step in scenario.steps
    ]
    for at, kind, no in sorted(happens):
        desk.at(run, at)
        if kind == 0:
            desk.run(ReleaseInject(run, no))
        else:
            step = scenario.step(no)
            desk.run(MarkStep(run, no, number=4 if step.evidence == "count" else None),
                     CAST[step.role][0])  # fmt: skip
            if step.evidence in ("photo", "sign"):
                desk.run(AddPhoto(run, no, PICTURE, kind=step.evidence), CAST[step.role][0])
    there = open_roll_call(desk.store)
    assert there is not None
    desk.run(MarkRoll(call, tuple(mark.id for mark in there.marks), "safe"), GUARD)
    desk.run(EndRun(run))
    desk.run(Observe(run, "strength", "分工清楚"), OFFICER)
    finding = desk.run(Observe(run, "area", "告示字太小", "equipment", 1), OFFICER)
    desk.run(WriteHotWash(run, tuple("记下了" for _ in scenario.questions), "大家都在"), OFFICER)
    owner, due = desk.staff(LOBBY_MANAGER), desk.today + timedelta(days=7)
    action = desk.run(AddDrillAction(run, "重做告示", owner, due, finding), SUPERVISOR)
    desk.run(ReviewRun(run), HEAD)
    report = desk.report(run)
    assert (report.score.points, report.score.grade) == (100.0, "excellent")
    assert (report.branch, report.run.line.number) == ("云川银行湖滨路支行", "YL-2026-01")
    figures = report.figures
    assert (figures.applicable, figures.in_time) == (len(scenario.steps),) * 2
    assert (figures.late, figures.wrong, figures.missed) == (0, 0, 0)
    answered = {step.inject for step in scenario.steps if step.inject} | {1}
    assert figures.responses == len(answered)
    assert [one.action for one in report.run.observations] == [None, action]
    assert [(one.text, one.cause, one.owner_name) for one in report.run.actions] == [
        ("重做告示", "equipment", "李静")
    ]
    assert report.run.hot_wash is not None
    assert len(report.run.hot_wash.answers) == len(scenario.questions)
    assert [line.state for line in run_lines(desk.store)] == ["reviewed"]


def test_a_run_that_goes_on_has_no_report(desk: Desk) -> None:
    run = desk.started()
    assert after_action(desk.store, run) is None
    assert after_action(desk.store, 999) is None


def test_the_figures_of_the_first_page(desk: Desk) -> None:
    run = desk.started()
    desk.run(PauseRun(run, 10_000))
    desk.run(ResumeRun(run, 70_000))
    desk.run(MarkStep(run, 1, at_ms=8_000), OFFICER)
    desk.run(MarkStep(run, 2, at_ms=110_000), OFFICER)  # net 50 s: 10 s late
    desk.run(ReleaseInject(run, 2, 120_000))
    desk.run(MarkStep(run, 9, at_ms=143_000), OFFICER)
    desk.run(ReleaseInject(run, 3, 180_000))
    desk.run(MarkStep(run, 10, at_ms=194_000), OFFICER)
    desk.run(EndRun(run, 300_000))
    figures = desk.report(run).figures
    assert (figures.elapsed_ms, figures.last_ms) == (240_000, 134_000)
    assert (figures.applicable, figures.in_time, figures.late, figures.missed) == (15, 3, 1, 11)
    # I1 after 8 s, I2 after 23 s, I3 after 14 s; nothing waits for I4, which never came.
    assert (figures.response_ms, figures.responses) == (14_000, 3)
    late = next(state for state in desk.report(run).run.steps if state.step.no == 2)
    assert (late.state(240_000), late.late_ms) == ("late", 10_000)


def test_the_hot_wash_answers_every_question(desk: Desk) -> None:
    run = desk.played()
    with pytest.raises(BadInput) as refused:
        desk.run(WriteHotWash(run, ("西门",)), OFFICER)
    assert refused.value.values["wanted"] == 3
    desk.run(WriteHotWash(run, ("西门", "", "能"), "轮椅通道要清空"), OFFICER)
    said = desk.detail(run).hot_wash
    assert said is not None
    assert (said.answers, said.notes) == (("西门", "", "能"), "轮椅通道要清空")
    assert "轮椅" not in desk.store.rows("SELECT hot_wash FROM drill_run", ())[0][0]


def test_nobody_closes_his_own_action(desk: Desk) -> None:
    run = desk.played()
    owner, due = desk.staff(SUPERVISOR), desk.today + timedelta(days=7)
    action = desk.run(AddDrillAction(run, "换灭火器", owner, due, cause="equipment"), HEAD)
    desk.run(FinishAction(action, "已换，见照片"), SUPERVISOR)
    with pytest.raises(NotPermitted) as refused:
        desk.run(CheckAction(action, True), SUPERVISOR)
    assert refused.value.code == "second_person_needed"
    desk.run(CheckAction(action, True), HEAD)
    assert [one.state for one in desk.detail(run).actions] == ["closed"]


def test_one_action_an_observation(desk: Desk) -> None:
    run = desk.played()
    finding = desk.run(Observe(run, "area", "告示字太小", "equipment"), OFFICER)
    owner, due = desk.staff(LOBBY_MANAGER), desk.today
    desk.run(AddDrillAction(run, "重做告示", owner, due, finding), HEAD)
    with pytest.raises(RuleBroken):
        desk.run(AddDrillAction(run, "重做告示", owner, due, finding), HEAD)
    with pytest.raises(NotFound):
        desk.run(AddDrillAction(run, "重做告示", owner, due, 999), HEAD)
    with pytest.raises(BadInput):
        desk.run(AddDrillAction(run, "重做告示", owner, due, cause="weather"), HEAD)


def test_a_plan_that_answers_an_action_stands_in_the_report(desk: Desk) -> None:
    run = desk.played()
    owner = desk.staff(LOBBY_MANAGER)
    action = desk.run(AddDrillAction(run, "两人分区搜查", owner, desk.today), HEAD)
    title = Words("火灾预案", "Fire plan")
    version = desk.run(DraftPlan("FIRE-01", title, "正文", "增加分区", action), LOBBY_MANAGER)
    desk.run(ApprovePlan("FIRE-01", version), HEAD)
    (change,) = desk.report(run).plan_changes
    assert (change.version, change.changes, change.approved_by) == (2, "增加分区", "林婉")


def test_a_reviewed_run_is_reviewed_once(desk: Desk) -> None:
    run = desk.played()
    desk.run(ReviewRun(run), HEAD)
    with pytest.raises(Stale):
        desk.run(ReviewRun(run), HEAD)
