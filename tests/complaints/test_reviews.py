"""The superior body's re-review: in time, in writing, by somebody new; upheld, changed, redone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.answering import (
    Archive,
    Close,
    Escalate,
    NoteReceipt,
    Reply,
    Unarchive,
)
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.reviews import (
    OrderRedo,
    RecordVisit,
    StartReReview,
    UpholdDecision,
)
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.late import late_cases
from branch.complaints.queries.register import register_rows
from branch.complaints.queries.statistics import statistics
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.people.queries import staff_members
from branch.quality.commands import AddAction
from branch.workdays.commands import ImportYear
from branch.workdays.rules import SpecialDay
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, Desk
from ui.complaints.offers import offers_of

REVIEW = {"process_found": "程序合规", "limit_found": "在期限内", "result_found": "结果适当"}


def detail(desk: Desk, complaint: int) -> CaseDetail:
    found = desk.detail(complaint)
    assert found is not None
    return found


def received(desk: Desk) -> int:
    """A complaint whose reply was received on 20 November 2026."""
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    return complaint


def started(desk: Desk) -> int:
    complaint = received(desk)
    desk.at("2026-12-07 09:00")
    desk.run(StartReReview(complaint, desk.today, in_writing=True), SUPERIOR)
    return complaint


def late_of(desk: Desk, complaint: int) -> tuple[bool, bool, int]:
    """Whether the register and the late list say that it was told after the law's day, and how
    many the statistics count."""
    staff, days = desk.staff(OFFICER), (date(2026, 11, 1), desk.today)
    row = next(
        one for one in register_rows(desk.store, staff, *days, desk.today) if one.id == complaint
    )
    listed = late_cases(desk.store, staff, *days, desk.today)
    counted = statistics(desk.store, staff, *days).handled.late_legal
    return row.late, any(one.id == complaint and one.legal for one in listed.lines), counted


def second_superior(desk: Desk) -> None:
    """From now on somebody else is of the superior body too."""
    with desk.store.transaction():
        where = f"WHERE id = {desk.staff(SUPERVISOR)}"
        desk.store.touch(f"UPDATE staff SET roles = 'superior' {where}", ())


def offered(desk: Desk, complaint: int, by: str) -> tuple[str, ...]:
    """What the desk offers somebody to do with the case."""
    found = desk.detail(complaint, by)
    assert found is not None
    member = next(one for one in staff_members(desk.store) if one.staff_no == by)
    offers = offers_of(found, member.id, member.roles, desk.today)
    return (offers.first, *offers.others, *offers.more)


def test_the_thirty_days_are_counted_from_receipt(desk: Desk) -> None:
    last, late = received(desk), received(desk)
    desk.at("2026-12-22 09:00")
    day = desk.today
    with pytest.raises(BadInput, match="re_review_late"):
        desk.run(StartReReview(late, day - timedelta(days=1), True), SUPERIOR)
    desk.run(StartReReview(last, day - timedelta(days=2), True), SUPERIOR)
    review = detail(desk, last).reviews[-1]
    # Applied on 20 December: decided and told within thirty days.
    assert (review.applied_on, review.due) == ("2026-12-20", "2027-01-19")
    # The days of the reply stay beside it.
    legal, _house, due, act_by = desk.due(last)
    assert (legal, due, act_by) == ("2026-12-05", "2027-01-19", "2027-01-19")


def test_a_re_review_that_runs_too_long_is_late(desk: Desk) -> None:
    complaint = started(desk)
    desk.at("2027-01-06 09:00")
    staff = desk.staff(OFFICER)
    assert late_cases(desk.store, staff, desk.today, desk.today, desk.today).lines == ()
    desk.at("2027-01-08 09:00")
    (line,) = late_cases(desk.store, staff, desk.today, desk.today, desk.today).lines
    assert (line.id, line.legal, line.due, line.told, line.days, line.stood) == (
        complaint, True, "2027-01-06", "", 2, "re_review",
    )  # fmt: skip


def test_the_re_review_keeps_its_day_whatever_is_set(desk: Desk) -> None:
    complaint = received(desk)
    reply = desk.due(complaint)
    desk.at("2026-12-11 09:00")
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    # 10 January is a Sunday.
    assert desk.due(complaint) == (*reply[:2], "2027-01-10", "2027-01-08")
    desk.run(ChangeSetting("complaint_days_on_site", 3), HEAD)
    assert desk.due(complaint) == (*reply[:2], "2027-01-10", "2027-01-08")
    off = (SpecialDay(date(2027, 1, 8), False, "假"),)
    desk.run(ImportYear(2027, off, "7号", "2027.csv"), SUPERVISOR)
    assert desk.due(complaint) == (*reply[:2], "2027-01-10", "2027-01-07")
    moment = detail(desk, complaint).moments[-1]
    assert (moment.what, moment.data["cause"]) == ("due_changed", "calendar")
    assert (moment.data["legal"], moment.data["act_by"]) == (reply[0], "2027-01-07")
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    assert desk.due(complaint) == reply


def test_a_reply_that_was_late_stays_late(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.at("2026-12-10 09:00")
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(ADVISER), due), HEAD)
    desk.run(Close(complaint))
    assert late_of(desk, complaint) == (True, True, 1)
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    assert late_of(desk, complaint)[:2] == (True, True)
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    assert late_of(desk, complaint) == (True, True, 1)


def test_it_is_applied_for_in_writing_and_not_tomorrow(desk: Desk) -> None:
    complaint = received(desk)
    with pytest.raises(BadInput, match="re_review_in_writing"):
        desk.run(StartReReview(complaint, desk.today, False), SUPERIOR)
    with pytest.raises(BadInput, match="day_to_come") as caught:
        desk.run(StartReReview(complaint, desk.today + timedelta(days=1), True), SUPERIOR)
    assert caught.value.field == "applied_on"


def test_it_asks_when_the_reply_was_received(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", desk.clock.now_ms(), True, "EMS 1"), ADVISER)
    with pytest.raises(RuleBroken, match="receipt_missing"):
        desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)


def test_the_reviewer_is_new_to_the_case(desk: Desk) -> None:
    complaint = desk.investigated(who={"parties": 20})
    desk.report(complaint)
    desk.run(Decide(complaint), SUPERIOR)
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", desk.clock.now_ms(), True, "EMS 1"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    with pytest.raises(NotPermitted, match="reviewer_is_new"):
        desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    assert "StartReReview" not in offered(desk, complaint, SUPERIOR)
    second_superior(desk)
    assert "StartReReview" in offered(desk, complaint, SUPERVISOR)
    desk.run(StartReReview(complaint, desk.today, True), SUPERVISOR)
    # Nor does whoever decided settle what another began.
    for step in (UpholdDecision(complaint, False, "维持"), OrderRedo(complaint, "重办")):
        with pytest.raises(NotPermitted, match="reviewer_is_new"):
            desk.run(step, SUPERIOR)
        assert type(step).__name__ not in offered(desk, complaint, SUPERIOR)
        assert type(step).__name__ in offered(desk, complaint, SUPERVISOR)
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERVISOR)


def test_nobody_reviews_what_head_office_decided(desk: Desk) -> None:
    complaint = desk.investigated(who={"parties": 20})
    desk.report(complaint)
    desk.run(Escalate(complaint, 4), SUPERIOR)
    desk.run(Decide(complaint), SUPERIOR)
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", desk.clock.now_ms(), True, "EMS 1"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    second_superior(desk)
    with pytest.raises(RuleBroken, match="re_review_head_office"):
        desk.run(StartReReview(complaint, desk.today, True), SUPERVISOR)
    assert "StartReReview" not in offered(desk, complaint, SUPERVISOR)


def test_a_review_that_was_begun_is_ended_however_high_it_was_raised(desk: Desk) -> None:
    complaint = desk.investigated(who={"parties": 20})
    desk.report(complaint)
    desk.run(Decide(complaint), SUPERIOR)
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", desk.clock.now_ms(), True, "EMS 1"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    second_superior(desk)
    desk.run(StartReReview(complaint, desk.today, True), SUPERVISOR)
    desk.run(Escalate(complaint, 4), SUPERIOR)
    assert "UpholdDecision" in offered(desk, complaint, SUPERVISOR)
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERVISOR)
    assert detail(desk, complaint).line.state == "closed"


def test_receipt_may_be_noted_and_a_review_begun_of_what_is_put_away(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", desk.clock.now_ms(), True, "EMS 1"), ADVISER)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(ADVISER), due), HEAD)
    desk.run(Close(complaint))
    desk.filed(complaint)
    desk.at("2026-12-28 09:00")
    desk.run(Archive(complaint))
    assert "NoteReceipt" in offered(desk, complaint, OFFICER)
    # The letter lay at the post office: his thirty days began on 10 December.
    desk.run(NoteReceipt(complaint, date(2026, 12, 10)))
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    values = detail(desk, complaint).values
    assert (values["archived_at"], values["keep_until"]) == (None, "")
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    desk.paper(
        complaint, "TS-09", f"review:{detail(desk, complaint).reviews[-1].id}", SUPERIOR, **REVIEW
    )
    desk.at("2027-01-29 09:00")
    desk.run(Archive(complaint))
    values = detail(desk, complaint).values
    assert values["keep_until"] == "2032-01-29"


def test_what_was_never_told_is_not_reviewed(desk: Desk) -> None:
    complaint = desk.register()
    desk.put_away(complaint)
    for by, step in ((SUPERIOR, "StartReReview"), (OFFICER, "NoteReceipt")):
        assert step not in offered(desk, complaint, by)
    with pytest.raises(Stale, match="complaint_step"):
        desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)


@pytest.mark.parametrize("by", [OFFICER, HEAD, ADVISER])
def test_the_branch_does_not_review_itself(desk: Desk, by: str) -> None:
    complaint = received(desk)
    with pytest.raises(NotPermitted):
        desk.run(StartReReview(complaint, desk.today, True), by)


@pytest.mark.parametrize(("changed", "decision"), [(False, "upheld"), (True, "changed")])
def test_decided_and_closed(desk: Desk, changed: bool, decision: str) -> None:
    complaint = started(desk)
    assert desk.state(complaint) == "re_review"
    assert detail(desk, complaint).reviews[-1].decision == ""
    with pytest.raises(BadInput, match="field_empty") as caught:
        desk.run(UpholdDecision(complaint, changed, ""), SUPERIOR)
    assert caught.value.field == "text"
    desk.run(UpholdDecision(complaint, changed, "过程、时限和结果均已核查。"), SUPERIOR)
    review = detail(desk, complaint).reviews[-1]
    assert (review.decision, review.text) == (decision, "过程、时限和结果均已核查。")
    assert desk.state(complaint) == "closed"
    assert detail(desk, complaint).values["closed_at"] == desk.clock.now_ms()
    assert "核查" not in str(desk.last)


def test_a_redo_begins_a_round_and_a_clock(desk: Desk) -> None:
    complaint = started(desk)
    desk.at("2026-12-14 09:00")
    desk.run(OrderRedo(complaint, "补充调阅双录"), SUPERIOR)
    found = detail(desk, complaint)
    assert (desk.state(complaint), found.values["round"]) == ("investigating", 2)
    assert desk.due(complaint)[0] == "2026-12-29"
    assert found.reviews[-1].decision == "redo"
    # Nothing of the reply of the round before holds for this one.
    assert (found.values["reply_received_on"], found.values["notified_at"]) == ("", None)
    with pytest.raises(Stale, match="complaint_step"):
        desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)


def test_words_are_not_in_a_command_said_aloud() -> None:
    said = repr(UpholdDecision(1, True, "密")) + repr(OrderRedo(1, "密")) + repr(Unarchive(1, "密"))
    assert "密" not in said
