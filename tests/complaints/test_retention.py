"""Archived complaints go when their time is over, with everything in them; what holds them back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branch.complaints.commands.acceptance import Merge, Refuse
from branch.complaints.commands.answering import AddNote, Archive, CloseOther
from branch.complaints.commands.registration import LinkRepeat
from branch.complaints.commands.retention import RunCaseRetention
from branch.complaints.queries.retention import cases_past, preview_with_cases
from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.quality.commands import AddAction, CheckAction, FinishAction
from branch.quality.queries import actions_of
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.commands.requests import LinkRecord, OpenRequest
from branch.visitors.queries.retention import past_counts, past_runs, retention_preview
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERVISOR, TELLER, Desk

TABLES = (
    "complaint",
    "complaint_subject",
    "complaint_text",
    "complaint_pause",
    "complaint_extension",
    "complaint_restart",
    "complaint_file",
    "complaint_visit",
    "complaint_re_review",
    "corrective_action",
)


def archived(desk: Desk, **other: Any) -> int:
    """Withdrawn by the complainant and put away."""
    complaint = desk.register(**other)
    desk.run(AddNote(complaint, "客户来电询问"))
    desk.put_away(complaint)
    return complaint


def years_later(desk: Desk, years: int = 5) -> None:
    day = desk.today + timedelta(days=366 * years)
    desk.at(f"{day.isoformat()} 09:00")


def run(desk: Desk, most: int = 20) -> Any:
    return desk.branch.run(RunCaseRetention(most), Actor(PROGRAM, "complaints")).value


def test_an_enquiry_goes_when_its_time_is_over(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    desk.run(CloseOther(enquiry, "已说明"))
    desk.run(Archive(enquiry))
    years_later(desk, 4)
    assert run(desk).gone == {}
    years_later(desk, 1)
    assert run(desk).gone == {"complaint": 1}
    assert {table: rows(desk, table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def rows(desk: Desk, table: str) -> int:
    return int(desk.store.rows(f"SELECT COUNT(*) FROM {table}", ())[0][0])


def test_nothing_goes_before_its_day(desk: Desk) -> None:
    complaint = archived(desk)
    detail = desk.detail(complaint)
    assert detail is not None
    keep_until = date.fromisoformat(detail.values["keep_until"])
    # PBC Order 5 Art. 44: three years at least.
    assert keep_until >= date(2029, 11, 20)
    desk.at(f"{keep_until.isoformat()} 23:00")
    assert cases_past(desk.store, desk.today.isoformat()) == ()
    desk.at(f"{(keep_until + timedelta(days=1)).isoformat()} 00:30")
    assert cases_past(desk.store, desk.today.isoformat()) == (complaint,)


def test_a_case_goes_with_everything_in_it_and_becomes_a_count(desk: Desk) -> None:
    complaint = archived(desk, subjects=frozenset({desk.staff(TELLER)}))
    repeat = desk.register()
    desk.run(LinkRepeat(repeat, complaint))
    desk.run(AddAction("complaint", complaint, "培训", desk.staff(ADVISER), desk.today), HEAD)
    (action,) = actions_of(desk.store, "complaint", complaint)
    desk.run(FinishAction(action.id, "已培训"), ADVISER)
    desk.run(CheckAction(action.id, good=True), HEAD)
    years_later(desk)
    ran = run(desk)
    assert (ran.gone, ran.more) == ({"complaint": 1}, False)
    assert desk.detail(complaint) is None
    for table in TABLES:
        assert rows(desk, table) == (1 if table == "complaint" else 0), table
    left = desk.detail(repeat)
    assert left is not None
    assert left.values["repeat_of"] is None
    assert past_counts(desk.store, "complaint") == (("2026-11", "complaint", "returns", 1),)
    assert past_runs(desk.store)[0].counts["complaint"] == 1
    whats = [entry.what for entry in desk.entries[-2:]]
    assert whats == ["complaint.erased", "retention.ran"]
    assert run(desk).gone == {}
    assert desk.last.what == "retention.ran"


def test_it_is_done_in_parts(desk: Desk) -> None:
    for _ in range(3):
        archived(desk)
    years_later(desk)
    assert [run(desk, 2).more, run(desk, 2).more] == [True, False]
    assert rows(desk, "complaint") == 0
    assert past_counts(desk.store, "complaint")[0][3] == 3


def test_only_who_keeps_the_data_starts_it(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.run(RunCaseRetention(), OFFICER)
    desk.run(RunCaseRetention(), SUPERVISOR)


def test_a_legal_hold_keeps_it_until_another_lifts_it(desk: Desk) -> None:
    complaint = archived(desk)
    hold = desk.run(PlaceHold("complaint", complaint, "lawsuit"), HEAD)
    years_later(desk)
    assert run(desk).gone == {}
    desk.run(LiftHold(hold), SUPERVISOR)
    assert run(desk).gone == {"complaint": 1}


def test_a_request_of_the_complainant_keeps_it(desk: Desk) -> None:
    complaint = archived(desk)
    years_later(desk)
    request = desk.run(OpenRequest("access", "陈小梅"), HEAD).id
    desk.run(LinkRecord(request, "complaint", complaint), HEAD)
    assert run(desk).gone == {}
    desk.run(LinkRecord(request, "complaint", complaint, linked=False), HEAD)
    assert run(desk).gone == {"complaint": 1}


def test_an_action_that_is_not_closed_keeps_it(desk: Desk) -> None:
    complaint = archived(desk)
    desk.run(AddAction("complaint", complaint, "培训", desk.staff(ADVISER), desk.today), HEAD)
    years_later(desk)
    assert run(desk).gone == {}


def merged(desk: Desk) -> tuple[int, int]:
    """One that was merged into another, which is put away; nobody left a way to write to him."""
    primary, child = (desk.register(who={"phone": ""}) for _ in range(2))
    desk.run(Merge(child, primary), HEAD)
    desk.run(Refuse(primary, "no_claim", "没有具体请求"), HEAD)
    desk.run(Archive(primary))
    return primary, child


def test_what_another_was_merged_into_stays_as_long_as_that(desk: Desk) -> None:
    _primary, child = merged(desk)
    years_later(desk)
    assert run(desk).gone == {}
    desk.run(Archive(child))
    years_later(desk)
    assert run(desk).gone == {"complaint": 2}


def test_the_preview_says_what_goes_and_what_is_held(desk: Desk) -> None:
    def shown() -> tuple[int, int, int, str, dict[str, int]]:
        preview = retention_preview(desk.store, desk.clock.now_ms())
        kind = preview_with_cases(preview, desk.store).kinds[-1]
        assert kind.kind == "complaint"
        return kind.total, kind.now, kind.week, kind.oldest, dict(kind.held)

    assert shown() == (0, 0, 0, "", {})
    plain, held, acted = (archived(desk) for _ in range(3))
    merged(desk)
    assert shown() == (4, 0, 0, "2026-11-20", {})
    desk.run(PlaceHold("complaint", held, "lawsuit"), HEAD)
    desk.run(AddAction("complaint", acted, "培训", desk.staff(ADVISER), desk.today), HEAD)
    detail = desk.detail(plain)
    assert detail is not None
    keep_until = date.fromisoformat(detail.values["keep_until"])
    desk.at(f"{keep_until.isoformat()} 09:00")
    # Its last day: it goes tomorrow.
    assert shown() == (4, 0, 1, "2026-11-20", {})
    desk.at(f"{(keep_until + timedelta(days=1)).isoformat()} 09:00")
    assert shown() == (4, 1, 0, "2026-11-20", {"hold": 1, "open": 2})
    assert run(desk).gone == {"complaint": 1}
    assert shown() == (3, 0, 0, "2026-11-20", {"hold": 1, "open": 2})
