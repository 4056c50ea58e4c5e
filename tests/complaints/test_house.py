"""The house's own figures: what changes with them, and what the law keeps."""

from __future__ import annotations

from datetime import date

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import CloseOther, Reply
from branch.complaints.commands.handling import Assign, Decide
from branch.complaints.house import house_of
from branch.complaints.queries.register import register_rows
from branch.complaints.queries.reminders import reminders_for
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken
from branch.people.rules import Role
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
    for key, value in (("complaint_days_media", 0), ("complaint_group_from", 1)):
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
