"""The house's own figures: what changes with them, and what the law keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import CloseOther, Reply
from branch.complaints.commands.handling import Assign, Decide, HandBack, SolveOnTheSpot
from branch.complaints.commands.retention import RunCaseRetention
from branch.complaints.deadlines import keep_until, on_the_spot_until
from branch.complaints.house import house_of
from branch.complaints.queries.late import action_proposals
from branch.complaints.queries.register import register_rows
from branch.complaints.queries.reminders import reminders_for
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM, Role
from branch.workdays.queries import work_calendar
from tests.complaints.desk import ADVISER, HEAD, OFFICER, Desk
from tests.complaints.month import act, close, figures
from tests.conftest import SHANGHAI


def put(desk: Desk, key: str, value: int) -> None:
    desk.run(ChangeSetting(key, value), HEAD)


def test_what_the_house_begins_with(desk: Desk) -> None:
    house = house_of(desk.store)
    limits = {channel: (one.days, one.working) for channel, one in house.limits.items()}
    assert limits == {
        "on_site": (5, True),
        "phone": (5, True),
        "book": (5, True),
        "web": (5, True),
        "letter": (10, False),
        "media": (3, False),
        "superior": (7, False),
    }
    assert (house.other.days, house.redress, house.group_from) == (5, 200_000, 3)
    assert house.ack == {
        "on_site": 0,
        "phone": 0,
        "book": 2,
        "web": 1,
        "letter": 2,
        "superior": 0,
    }
    assert house.slip_out == {
        "on_site": 0,
        "phone": 1,
        "book": 1,
        "web": 1,
        "letter": 1,
        "media": 0,
        "superior": 1,
    }
    assert (house.slip_out_of("letter", True), house.slip_out_of("letter", False)) == (0, 1)
    assert (house.sign_workdays, house.progress_workdays, house.major_minutes) == (1, 5, 30)
    days = house.slip_workdays, house.urgent_slip_workdays, house.visit_workdays
    assert days == (5, 3, 10)
    assert (house.alike_count, house.alike_days) == (3, 30)
    assert (house.on_the_spot_workdays, house.hand_back_workdays, house.keep_years) == (3, 1, 5)


def test_a_shorter_limit_moves_what_runs_and_says_why(desk: Desk) -> None:
    desk.at("2026-11-20 10:00")
    running, ended = desk.register(), desk.register(kind="enquiry")
    desk.run(CloseOther(ended, "已答复"))
    before = desk.due(running), desk.due(ended)
    assert before[0] == ("2026-12-05", "2026-11-27", "2026-11-27", "2026-11-27")
    put(desk, "complaint_days_phone", 2)
    assert (desk.due(running), desk.due(ended)) == before
    put(desk, "complaint_days_on_site", 2)
    put(desk, "complaint_days_other", 2)
    assert desk.due(running) == ("2026-12-05", "2026-11-24", "2026-11-24", "2026-11-24")
    assert desk.due(ended) == before[1]
    moved = [entry for entry in desk.entries if entry.what == "complaint.due_changed"]
    assert (moved[-1].subject, moved[-1].data["cause"]) == (str(running), "house_limit")
    # The law's day holds where it is the earlier.
    put(desk, "complaint_days_on_site", 15)
    assert desk.due(running)[2] == "2026-12-05"


def test_a_limit_stays_within_reason(desk: Desk) -> None:
    for key, value in (
        ("complaint_days_media", 0),
        ("complaint_group_from", 1),
        ("complaint_on_the_spot_workdays", 6),
        ("complaint_hand_back_workdays", 0),
        # PBC Order 2020 No. 5 Art. 44: three years at least.
        ("complaint_keep_years", 2),
    ):
        with pytest.raises(BadInput, match="setting_range"):
            put(desk, key, value)
    with pytest.raises(NotPermitted):
        desk.run(ChangeSetting("complaint_days_media", 2), ADVISER)


def test_above_the_house_s_limit_the_superior_decides(desk: Desk) -> None:
    put(desk, "complaint_redress_yuan", 500)
    complaint = desk.investigated()
    desk.report(complaint, redress=50_001)
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(Decide(complaint), HEAD)
    put(desk, "complaint_redress_yuan", 501)
    desk.run(Decide(complaint), HEAD)
    assert desk.state(complaint) == "decided"


def test_small_compensation_is_what_the_branch_decides(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.report(complaint, redress=60_000)
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    act(desk, complaint)
    close(desk, complaint)
    assert (figures(desk).handled.small, figures(desk).handled.small_sum) == (1, 60_000)
    put(desk, "complaint_redress_yuan", 500)
    assert (figures(desk).handled.compensated, figures(desk).handled.small) == (1, 0)
    month = date(2026, 11, 1), date(2026, 11, 30)
    assert [
        row.small for row in register_rows(desk.store, desk.staff(OFFICER), *month, desk.today)
    ] == [False]


def test_days_for_the_slip(desk: Desk) -> None:
    desk.at("2026-11-20 10:00")
    put(desk, "complaint_slip_workdays", 2)
    put(desk, "complaint_urgent_slip_workdays", 1)
    days = []
    for urgent in (False, True):
        complaint = desk.register()
        desk.run(Accept(complaint))
        desk.run(Assign(complaint, desk.staff(ADVISER), urgent=urgent))
        found = desk.detail(complaint)
        assert found is not None
        days.append(found.values["slip_due"])
    assert days == ["2026-11-24", "2026-11-23"]


def test_the_visit_is_reminded_of_in_the_house_s_time(desk: Desk) -> None:
    desk.at("2026-11-20 10:00")
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)

    def reminded() -> bool:
        roles = frozenset({Role.COMPLAINT_OFFICER})
        at = desk.clock.now_ms()
        told = reminders_for(desk.store, desk.staff(OFFICER), roles, at, SHANGHAI)
        return any(one.reason == "visit" for one in told)

    desk.at("2026-11-23 10:00")
    assert not reminded()
    put(desk, "complaint_visit_workdays", 1)
    assert reminded()


def test_how_many_are_a_group(desk: Desk) -> None:
    complaint = desk.register(who={"parties": 3, "representatives": ("李四",)})

    def is_group() -> bool:
        found = desk.detail(complaint)
        assert found is not None
        return found.line.is_group

    assert is_group()
    put(desk, "complaint_group_from", 4)
    assert not is_group()


@pytest.mark.parametrize(("days", "last", "late"), [(1, "23", "24"), (3, "25", "26")])
def test_days_to_settle_it_on_the_spot(desk: Desk, days: int, last: str, late: str) -> None:
    desk.at("2026-11-20 10:00")
    put(desk, "complaint_on_the_spot_workdays", days)
    solved, missed = desk.register(), desk.register()
    for complaint in (solved, missed):
        desk.run(Accept(complaint))
    desk.at(f"2026-11-{last} 18:00")
    desk.run(SolveOnTheSpot(solved, "当场致歉", True, "people"), HEAD)
    desk.at(f"2026-11-{late} 09:00")
    with pytest.raises(RuleBroken, match="on_the_spot_late") as refused:
        desk.run(SolveOnTheSpot(missed, "当场致歉", True, "people"), HEAD)
    assert refused.value.values == {"day": f"2026-11-{last}"}


def test_on_the_spot_is_never_later_than_the_law_s_limit(desk: Desk) -> None:
    calendar = work_calendar(desk.store)
    # The Spring Festival of 2026 lasts nine days; four working days fit into the law's fifteen.
    assert on_the_spot_until(date(2026, 2, 13), 4, calendar) == date(2026, 2, 26)
    assert on_the_spot_until(date(2026, 2, 13), 12, calendar) == date(2026, 2, 28)


def test_days_to_give_it_back(desk: Desk) -> None:
    desk.at("2026-11-20 10:00")
    put(desk, "complaint_hand_back_workdays", 2)
    back, kept = desk.register(), desk.register()
    for complaint in (back, kept):
        desk.run(Accept(complaint))
        desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.at("2026-11-24 18:00")
    found = desk.detail(back)
    assert found is not None
    assert found.hand_back_until == "2026-11-24"
    desk.run(HandBack(back, "不属本岗"), ADVISER)
    desk.at("2026-11-25 09:00")
    with pytest.raises(RuleBroken, match="hand_back_late") as refused:
        desk.run(HandBack(kept, "不属本岗"), ADVISER)
    assert refused.value.values == {"day": "2026-11-24"}


def test_another_time_to_keep_is_for_what_is_archived_from_then_on(desk: Desk) -> None:
    desk.at("2026-12-31 10:00")
    first, second = desk.register(), desk.register()
    desk.put_away(first)
    put(desk, "complaint_keep_years", 3)
    desk.put_away(second)

    def kept(complaint: int) -> str:
        found = desk.detail(complaint)
        assert found is not None
        return str(found.values["keep_until"])

    # Three full years: what goes on the day before would go sooner than the law allows.
    assert (kept(first), kept(second)) == ("2031-12-31", "2029-12-31")
    assert desk.last.data["until"] == "2029-12-31"

    def gone() -> Any:
        return desk.branch.run(RunCaseRetention(), Actor(PROGRAM, "complaints")).value.gone

    desk.at("2029-12-31 23:00")
    assert gone() == {}
    desk.at("2030-01-01 01:00")
    assert gone() == {"complaint": 1}
    assert desk.detail(second) is None
    assert desk.detail(first) is not None
    # Its papers go with the case, and stay with it.
    issued = desk.store.rows("SELECT DISTINCT subject FROM paper", ())
    assert [row[0] for row in issued] == [f"complaint:{first}"]


def test_the_end_of_february() -> None:
    assert keep_until(date(2028, 2, 29), 3) == date(2031, 2, 28)
    assert keep_until(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_how_many_alike_ask_for_an_action_and_within_how_long(desk: Desk) -> None:
    alike = {"biz_class": "credit_card", "reason": "pricing"}
    desk.at("2026-10-01 09:00")
    first = desk.register(what=alike)
    desk.at("2026-11-20 09:00")
    second = desk.register(what=alike)

    def found() -> list[tuple[tuple[int, ...], int]]:
        proposed = action_proposals(desk.store, desk.staff(OFFICER), desk.today)
        return [(one.complaints, one.days) for one in proposed]

    put(desk, "complaint_alike_count", 2)
    assert found() == []
    put(desk, "complaint_alike_days", 60)
    assert found() == [((second, first), 60)]
    put(desk, "complaint_alike_count", 3)
    assert found() == []
