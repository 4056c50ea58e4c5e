"""A run on its way: the list before START, injects, the stop word, the head count, the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from branch.bootstrap import open_branch
from branch.drills.commands.preparing import (
    AssignRole,
    CancelRun,
    ChangeRun,
    PlanRun,
    TickCheck,
)
from branch.drills.commands.running import (
    EndRun,
    PauseRun,
    ReleaseInject,
    ResumeRun,
    SkipInject,
    StartMuster,
    StartRun,
    TurnReal,
)
from branch.drills.queries.detail import run_detail
from branch.drills.queries.runs import open_incidents, run_lines, running
from branch.drills.rules.clock import StationClock
from branch.drills.shipped import shipped_scenarios
from branch.kernel.errors import BadInput, BranchError, NotFound, RuleBroken, Stale
from branch.kernel.phrases import phrases
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.freezing import frozen
from branch.people.commands.accounts import ChangeStaff
from branch.visitors.commands.rollcall import AddToRoll, MarkRoll, StartRollCall
from branch.visitors.queries.rollcall import open_roll_call, roll_call
from tests.drills.desk import (
    CAST,
    GUARD,
    HEAD,
    OFFICER,
    SUPERVISOR,
    TELLER,
    Desk,
)


def sentence(error: BranchError) -> str:
    return phrases("errors").say(error.code, "zh", **error.values)


# -- before START ----------------------------------------------------------------------------------


def test_a_planned_run_has_number_snapshot_and_list(desk: Desk) -> None:
    run = desk.run(PlanRun("FIRE-01", "live", desk.today, variant=1, place="营业厅"))
    found = desk.detail(run)
    assert (found.line.number, found.line.state, found.line.due_on) == (
        "YL-2026-01", "planned", "2026-11-20",
    )  # fmt: skip
    assert (found.plan_version, found.plan_status) == (1, "draft")
    assert found.scenario == shipped_scenarios()["FIRE-01"]
    assert (found.variant, found.place) == (1, "营业厅")
    assert [(check.item, check.ok) for check in found.checks] == [
        ("roles", False), ("people", False), ("centre_told", False), ("alarm_test", False),
        ("notice_up", False), ("cash_closed", False), ("stop_word", False),
    ]  # fmt: skip
    assert not found.ready


def test_start_is_locked_until_every_item_is_done(desk: Desk) -> None:
    run = desk.run(PlanRun("FIRE-01", "live_with_customers", desk.today))
    with pytest.raises(RuleBroken) as refused:
        desk.run(StartRun(run))
    assert sentence(refused.value) == "演练前检查还有 8 项未完成"
    desk.cast(run)
    for item in ("centre_told", "alarm_test", "notice_up", "cash_closed", "stop_word"):
        desk.run(TickCheck(run, item), GUARD)
    with pytest.raises(RuleBroken) as refused:
        desk.run(StartRun(run))
    assert refused.value.values["number"] == 1
    desk.run(TickCheck(run, "frail_spared"))
    desk.run(StartRun(run))
    assert desk.detail(run).line.state == "running"


def test_a_tick_says_who_and_can_be_taken_back(desk: Desk) -> None:
    run = desk.prepared()
    check = next(one for one in desk.detail(run).checks if one.item == "notice_up")
    assert (check.ok, check.by, check.at) == (True, "李静", desk.clock.now_ms())
    desk.run(TickCheck(run, "notice_up", ok=False))
    assert not desk.detail(run).ready


def test_a_table_exercise_asks_for_less(desk: Desk) -> None:
    run = desk.prepared(form="tabletop")
    assert [check.item for check in desk.detail(run).checks] == ["roles", "people", "stop_word"]
    desk.run(StartRun(run))
    assert frozen(desk.store) is None


def test_whoever_records_does_not_play(desk: Desk) -> None:
    run = desk.prepared()
    desk.run(AssignRole(run, "REC", (desk.staff(TELLER),)))
    assert not next(one for one in desk.detail(run).checks if one.item == "roles").ok
    with pytest.raises(RuleBroken):
        desk.run(StartRun(run))


def test_an_account_closed_meanwhile_plays_no_more(desk: Desk) -> None:
    run = desk.prepared()
    guard = desk.staff(GUARD)
    desk.run(ChangeStaff(guard, name="马强", roles=frozenset({"guard"}), active=False), "100001")
    assert not next(one for one in desk.detail(run).checks if one.item == "people").ok


@pytest.mark.parametrize("who", ["KIOSK", "BOARD"])
def test_a_station_plays_no_role(desk: Desk, who: str) -> None:
    run = desk.run(PlanRun("FIRE-01", "live", desk.today))
    with pytest.raises(BadInput) as refused:
        desk.run(AssignRole(run, "TEL", (desk.staff(who),)))
    assert refused.value.code == "staff_unknown_here"


def test_several_people_play_one_role_the_first_leads(desk: Desk) -> None:
    run = desk.prepared()
    cast = {one.role: [person.name for person in one.people] for one in desk.detail(run).cast}
    assert cast["TEL"] == ["王敏", "刘洋"]
    assert cast["CMD"] == ["林婉"]
    assert desk.detail(run).line.conductor == "林婉"
    assert set(cast) == set(CAST)


def test_another_form_asks_again(desk: Desk) -> None:
    run = desk.prepared()
    later = desk.today + timedelta(days=3)
    desk.run(ChangeRun(run, "unannounced", later, place=" 大厅 ", weather="rain"))
    found = desk.detail(run)
    assert (found.line.form, found.line.due_on, found.place, found.weather) == (
        "unannounced", later.isoformat(), "大厅", "rain",
    )  # fmt: skip
    assert not any(check.ok for check in found.checks if not check.automatic)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"form": "picnic"}, "code_unknown", "form"),
        ({"variant": 4}, "drill_variant_unknown", "variant"),
        ({"variant": -1}, "drill_variant_unknown", "variant"),
        ({"place": "长" * 61}, "field_too_long", "place"),
    ],
)
def test_what_cannot_be_planned(desk: Desk, change: dict, code: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(PlanRun(**{"code": "FIRE-01", "form": "live", "due_on": desk.today, **change}))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_no_drill_for_a_day_gone_by(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(PlanRun("FIRE-01", "live", desk.today - timedelta(days=1)))
    assert refused.value.code == "drill_day_past"


def test_a_cancelled_run_keeps_its_number(desk: Desk) -> None:
    first = desk.run(PlanRun("FIRE-01", "live", desk.today))
    desk.run(CancelRun(first, "weather"))
    second = desk.run(PlanRun("FIRE-01", "live", desk.today))
    assert [line.number for line in run_lines(desk.store)] == ["YL-2026-02", "YL-2026-01"]
    with pytest.raises(Stale):
        desk.run(StartRun(first))
    assert desk.detail(second).line.state == "planned"


# -- on its way ------------------------------------------------------------------------------------


def test_one_drill_at_a_time(desk: Desk) -> None:
    desk.started()
    second = desk.prepared("MED-01")
    with pytest.raises(RuleBroken) as refused:
        desk.run(StartRun(second))
    assert refused.value.code == "drill_running"


def test_what_is_planned_for_the_first_second_happens_with_start(desk: Desk) -> None:
    run = desk.started()
    states = [(one.inject.no, one.state, one.at_ms) for one in desk.detail(run).injects]
    assert states == [
        (1, "released", 0), (2, "planned", None), (3, "planned", None), (4, "planned", None),
    ]  # fmt: skip


def test_steps_wait_for_their_inject_then_run_then_are_overdue(desk: Desk) -> None:
    run = desk.started()
    assert desk.step(run, 9).state(50_000) == "waiting"
    desk.at(run, 61)
    desk.run(ReleaseInject(run, 2))
    found = desk.step(run, 9)
    assert (found.due_ms, found.state(121_000), found.state(121_001)) == (
        121_000, "running", "overdue",
    )  # fmt: skip


def test_a_skipped_inject_takes_its_steps_with_it(desk: Desk) -> None:
    run = desk.started()
    desk.run(SkipInject(run, 3, 100_000))
    assert desk.step(run, 10).state(200_000) == "not_applicable"


def test_an_inject_comes_once(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 62)
    desk.run(ReleaseInject(run, 2), SUPERVISOR)
    with pytest.raises(Stale) as refused:
        desk.run(SkipInject(run, 2))
    assert sentence(refused.value) == "陈刚 已在 01:02 处理这条情景"
    with pytest.raises(BadInput):
        desk.run(ReleaseInject(run, 9))


def test_pause_and_resume_only_where_they_belong(desk: Desk) -> None:
    run = desk.started()
    with pytest.raises(Stale):
        desk.run(ResumeRun(run))
    desk.run(PauseRun(run, 5_000))
    with pytest.raises(Stale):
        desk.run(PauseRun(run, 6_000))
    desk.run(ResumeRun(run, 8_000))
    assert desk.detail(run).line.state == "running"


def test_the_stop_word_makes_it_real(desk: Desk) -> None:
    desk.run(Issue("P01"))  # opens the day
    run = desk.started()
    desk.run(PauseRun(run, 30_000))
    desk.run(TurnReal(run, 45_000), TELLER)
    found = desk.detail(run)
    assert (found.line.is_real, found.line.turned, found.line.state) == (True, True, "running")
    assert found.turned_ms == 30_000
    assert found.line.number.startswith("YL-")
    still = frozen(desk.store)
    assert still is not None
    assert (still.reason, still.ref) == ("real", run)
    assert [line.id for line in open_incidents(desk.store)] == [run]
    assert running(desk.store) is None
    with pytest.raises(Stale):
        desk.run(TurnReal(run))
    with pytest.raises(RuleBroken) as refused:
        desk.run(PauseRun(run))
    assert refused.value.code == "incident_no_pause"


def test_a_table_exercise_turned_real_stops_calling_too(desk: Desk) -> None:
    desk.run(Issue("P01"))
    run = desk.started(form="tabletop")
    desk.run(TurnReal(run))
    still = frozen(desk.store)
    assert still is not None
    assert still.reason == "real"


# -- heads -----------------------------------------------------------------------------------------


def test_heads_are_counted_by_name_and_kept_as_numbers(desk: Desk) -> None:
    desk.run(Issue("P01", frozenset({"assisted"}), care=frozenset({"step_free"})))
    desk.run(Issue("P01"))
    run = desk.started()
    call = desk.run(StartMuster(run))
    there = open_roll_call(desk.store)
    assert there is not None
    assert (there.id, there.kind) == (call, "drill")
    guests = [mark.id for mark in there.marks if mark.kind in ("customer", "assisted")]
    desk.run(MarkRoll(call, (guests[0],), "safe"))
    desk.run(MarkRoll(call, (guests[1],), "missing"))
    desk.run(AddToRoll(call, "周军"))
    desk.run(EndRun(run, 300_000))
    ended = roll_call(desk.store, call)
    assert ended is not None
    assert ended.ended_at == desk.clock.now_ms()
    heads = desk.report(run).heads
    assert heads is not None
    assert (heads.customers, heads.unlisted, heads.missing) == ((1, 2), 1, 1)
    assert heads.needs_help[1] == 1
    assert "周军" not in desk.store.rows("SELECT head_count FROM drill_run", ())[0][0]


def test_a_roll_call_under_way_is_taken_over(desk: Desk) -> None:
    run = desk.started()
    call = desk.run(StartRollCall("drill"))
    assert desk.run(StartMuster(run)) == call
    with pytest.raises(Stale):
        desk.run(StartMuster(run))


def test_a_real_roll_call_outlasts_the_run(desk: Desk) -> None:
    run = desk.started()
    desk.run(TurnReal(run))
    call = desk.run(StartMuster(run))
    desk.run(EndRun(run))
    there = open_roll_call(desk.store)
    assert there is not None
    assert (there.id, there.kind) == (call, "real")


# -- the end ---------------------------------------------------------------------------------------


def test_the_end_stands(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 400)
    desk.run(EndRun(run, reason="stopped"))
    found = desk.detail(run)
    assert (found.line.state, found.reason, found.line.ended_ms) == ("ended", "stopped", 400_000)
    with pytest.raises(Stale):
        desk.run(EndRun(run))
    with pytest.raises(Stale):
        desk.run(ReleaseInject(run, 2))
    with pytest.raises(NotFound):
        desk.run(EndRun(999))


def test_a_run_survives_the_program(desk: Desk, url: str) -> None:
    """Everything stands in the store: a program started anew reads the very same run."""
    run = desk.started()
    desk.at(run, 100)
    desk.run(ReleaseInject(run, 2))
    desk.run(PauseRun(run))
    desk.at(run, 130)
    desk.run(ResumeRun(run))
    desk.at(run, 160)
    again = open_branch(url, desk.clock)
    found = run_detail(again.store, run)
    again.close()
    assert found == desk.detail(run)
    assert found is not None
    assert found.course is not None
    fresh = StationClock(found.course, "drills", desk.clock.now_ms(), steady=12)
    assert (fresh.gross(12), fresh.net(5_012)) == (160_000, 135_000)


def test_the_journal_holds_codes_and_times_only(desk: Desk) -> None:
    run = desk.played()
    texts = [str(entry.data) for entry in desk.entries if entry.topic == "drill"]
    assert len(texts) > 20
    assert not any("\u4e00" <= char <= "\u9fff" for text in texts for char in text)
    assert HEAD not in "".join(texts)
    assert desk.detail(run).line.state == "ended"
    assert OFFICER not in "".join(texts)
