"""Who is reminded of what, and when: at opening time of working days, recusal, who stands in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import Escalate, RecordContact, Reply
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.limits import (
    ApproveExtension,
    RefuseExtension,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.duties import Watched, proposed_level, reminders_about
from branch.complaints.queries.actions import actions_to
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import (
    Reason,
    Reminder,
    Whose,
    in_order,
    is_for,
)
from branch.people.queries import staff_members
from branch.quality.commands import AddAction, FinishAction
from branch.workdays.shipped import shipped_calendar
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    TELLER,
    Desk,
)
from tests.conftest import SHANGHAI

CALENDAR = shipped_calendar()


def told(desk: Desk, staff_no: str) -> list[Reminder]:
    member = next(m for m in staff_members(desk.store) if m.staff_no == staff_no)
    now = desk.clock.now_ms()
    return list(reminders_for(desk.store, member.id, member.roles, now, SHANGHAI))


def reasons(desk: Desk, staff_no: str) -> list[str]:
    return [one.reason for one in told(desk, staff_no)]


# Received Fri 2026-11-20: five working days end Fri 11-27, fifteen natural days Sat 12-05.


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-25 09:00", False),  # two working days before
        ("2026-11-26 08:00", False),  # the day before, not open yet
        ("2026-11-26 08:30", True),
        ("2026-11-26 23:59", True),
        ("2026-11-27 09:00", True),
    ],
)
def test_the_desk_is_told_the_working_day_before_and_on_the_day(
    desk: Desk, moment: str, shown: bool
) -> None:
    complaint = desk.register()
    desk.at(moment)
    wanted = [(Reason.ACT_BY, complaint, "2026-11-27")] if shown else []
    due = [one for one in told(desk, OFFICER) if one.reason not in (Reason.ACK, Reason.ASSIGN)]
    assert [(one.reason, one.ref, one.day) for one in due] == wanted


def test_nobody_is_told_anything_on_a_day_off(desk: Desk) -> None:
    desk.at("2026-09-18 09:00")
    desk.register()
    for moment, shown in (
        ("2026-09-26 10:00", False),  # Mid-Autumn
        ("2026-10-01 10:00", False),  # National Day
        ("2026-10-08 09:00", True),
        ("2026-10-10 09:00", True),  # a worked Saturday
        ("2026-10-11 09:00", False),
    ):
        desk.at(moment)
        assert bool(told(desk, OFFICER)) is shown, moment


def test_on_a_friday_monday_s_matters_are_told(desk: Desk) -> None:
    desk.at("2026-11-23 10:00")
    desk.register()
    desk.at("2026-11-27 09:00")
    (reminder,) = told(desk, OFFICER)
    assert (reminder.reason, reminder.day, reminder.late) == (Reason.ACT_BY, "2026-11-30", -3)


def test_a_missed_house_limit_goes_to_desk_handler_and_head(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    desk.at("2026-11-30 09:00")
    for who in (OFFICER, ADVISER, HEAD):
        first = told(desk, who)[0]
        assert (first.reason, first.day, first.late) == (Reason.OVERDUE, "2026-11-27", 3)
        # Nobody is proposed to tell himself.
        assert first.propose == (0 if who == HEAD else 2)
        assert first.number.startswith("TS-")
    for who in (SUPERIOR, TELLER, LOBBY_MANAGER, AUDITOR):
        assert told(desk, who) == []


def test_escalation_brings_in_the_next_level_and_is_proposed_once(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.at("2026-11-30 09:00")
    desk.run(Escalate(complaint, 2))
    assert told(desk, OFFICER)[0].propose == 0
    assert told(desk, SUPERIOR) == []
    # The legal limit is over: the superior should be told.
    desk.at("2026-12-07 09:00")
    assert told(desk, HEAD)[0].propose == 3
    desk.run(Escalate(complaint, 3))
    assert told(desk, SUPERIOR)[0].reason == Reason.OVERDUE
    assert told(desk, SUPERIOR)[0].propose == 0


def test_a_pause_silences_the_due_day_but_not_the_progress(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    desk.at("2026-12-21 09:00")
    assert reasons(desk, ADVISER) == [Reason.SLIP, Reason.PROGRESS]
    assert reasons(desk, HEAD) == []


def test_the_slip_is_told_once_it_is_late(desk: Desk) -> None:
    complaint = desk.register(channel="letter")
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.at("2026-11-27 09:00")
    assert Reason.SLIP not in reasons(desk, ADVISER)
    desk.at("2026-11-30 09:00")
    assert Reason.SLIP in reasons(desk, ADVISER)
    assert Reason.SLIP in reasons(desk, OFFICER)


def test_an_extension_asks_who_has_to_approve_and_then_who_has_to_tell(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.at("2026-11-24 16:00")
    extension = desk.run(RequestExtension(complaint, "要等录像"), ADVISER)
    assert reasons(desk, HEAD) == [Reason.EXTENSION]
    assert told(desk, HEAD)[0].day == "2026-12-05"
    assert reasons(desk, SUPERIOR) == []
    desk.run(ApproveExtension(extension), HEAD)
    assert reasons(desk, HEAD) == []
    assert Reason.EXTENSION_TELL in reasons(desk, ADVISER)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    assert Reason.EXTENSION_TELL not in reasons(desk, ADVISER)
    # The next one is the superior's.
    second = desk.run(RequestExtension(complaint, "还要等"), ADVISER)
    assert reasons(desk, SUPERIOR) == [Reason.EXTENSION]
    desk.run(RefuseExtension(second), SUPERIOR)
    assert reasons(desk, SUPERIOR) == []


def test_progress_is_owed_five_working_days_after_the_last_contact(desk: Desk) -> None:
    complaint = desk.investigated(channel="letter")
    desk.at("2026-11-24 10:00")
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    desk.at("2026-11-26 10:00")
    assert reasons(desk, ADVISER) == []
    # A try is no contact.
    desk.run(RecordContact(complaint, "phone", reached=False), ADVISER)
    desk.at("2026-12-02 10:00")
    progress = next(one for one in told(desk, ADVISER) if one.reason is Reason.PROGRESS)
    assert (progress.day, progress.late) == ("2026-12-01", 1)
    assert Reason.PROGRESS not in reasons(desk, OFFICER)
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    assert Reason.PROGRESS not in reasons(desk, ADVISER)


def test_a_visit_is_the_desk_s_and_never_the_handler_s(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), remedies_told=True), ADVISER)
    desk.at("2026-12-02 09:00")
    assert reasons(desk, OFFICER) == []
    desk.at("2026-12-03 09:00")
    assert [(one.reason, one.day) for one in told(desk, OFFICER)] == [(Reason.VISIT, "2026-12-04")]
    assert reasons(desk, ADVISER) == []
    desk.run(RecordVisit(complaint, "phone", reached=True, satisfaction="satisfied"))
    assert reasons(desk, OFFICER) == []


def test_whom_a_complaint_is_about_is_told_nothing_and_somebody_stands_in(desk: Desk) -> None:
    complaint = desk.register()
    desk.at("2026-11-27 09:00")
    assert reasons(desk, HEAD) == []
    desk.run(SetSubjects(complaint, frozenset({desk.staff(OFFICER)})), HEAD)
    # The branch has one contact only: the head takes his place.
    assert reasons(desk, OFFICER) == []
    assert reasons(desk, HEAD) == [Reason.ACT_BY]
    both = frozenset({desk.staff(OFFICER), desk.staff(HEAD)})
    desk.run(SetSubjects(complaint, both), SUPERIOR)
    assert reasons(desk, HEAD) == []
    assert reasons(desk, SUPERIOR) == [Reason.ACT_BY]


def test_a_late_action_is_told_to_its_owner_and_the_head(desk: Desk) -> None:
    complaint = desk.register()
    teller, due = desk.staff(TELLER), desk.today + timedelta(days=3)
    action = desk.run(AddAction("complaint", complaint, "更换宣传页", teller, due))
    desk.at("2026-11-23 09:00")
    assert reasons(desk, TELLER) == []
    desk.at("2026-11-24 09:00")
    (reminder,) = told(desk, TELLER)
    assert (reminder.reason, reminder.ref, reminder.late) == (Reason.ACTION, action, 1)
    assert Reason.ACTION in reasons(desk, HEAD)
    assert Reason.ACTION not in reasons(desk, OFFICER)
    desk.run(FinishAction(action, "已更换"), TELLER)
    assert reasons(desk, TELLER) == []


def test_actions_of_a_complaint_about_oneself_are_not_seen(desk: Desk) -> None:
    complaint = desk.register()
    other = desk.register()
    due = desk.today + timedelta(days=3)
    first = desk.run(AddAction("complaint", complaint, "复核宣传", desk.staff(ADVISER), due))
    second = desk.run(AddAction("complaint", other, "培训", desk.staff(HEAD), due))
    third = desk.run(AddAction("drill", 1, "换灭火器", desk.staff(ADVISER), due))

    def seen(staff_no: str) -> set[int]:
        return {one.id for one in actions_to(desk.store, desk.staff(staff_no))}

    assert seen(HEAD) == {first, second, third}
    subjects = frozenset({desk.staff(HEAD), desk.staff(OFFICER)})
    desk.run(SetSubjects(complaint, subjects), LOBBY_MANAGER)
    desk.run(SetSubjects(other, frozenset({desk.staff(HEAD)})), LOBBY_MANAGER)
    # His own he has to do, though the complaint itself is kept from him.
    assert seen(HEAD) == {second, third}
    assert seen(OFFICER) == {second, third}
    assert seen(ADVISER) == {first, second, third}


# -- the pure part --------------------------------------------------------------------------------

CASE = Watched(
    id=1,
    number="TS-101-20261120-0001",
    kind="complaint",
    state="investigating",
    handler=7,
    level=0,
    major=False,
    channel="on_site",
    anonymous=False,
    due="2026-11-27",
    legal_due="2026-12-05",
    house_due="2026-11-27",
    act_by="2026-11-27",
    slip_due="",
    notified_on="",
    contact_on="2026-11-20",
    visited=False,
)


@pytest.mark.parametrize(
    ("change", "today", "level"),
    [
        ({}, "2026-11-26", 0),
        ({}, "2026-11-27", 1),
        ({"level": 1}, "2026-11-27", 0),
        ({}, "2026-11-28", 2),
        ({"level": 1}, "2026-11-28", 2),
        ({}, "2026-12-06", 3),
        ({"level": 4}, "2026-12-06", 0),
        ({"channel": "media"}, "2026-11-20", 2),
        ({"major": True}, "2026-11-20", 3),
        ({"kind": "enquiry"}, "2026-11-28", 0),
        ({"state": "re_review"}, "2026-12-06", 0),
        ({"state": "closed"}, "2026-12-06", 0),
        ({"due": "", "legal_due": "", "house_due": "", "act_by": ""}, "2026-12-06", 0),
    ],
)
def test_the_level_to_tell_is_proposed(change: dict[str, object], today: str, level: int) -> None:
    assert proposed_level(replace(CASE, **change), date.fromisoformat(today)) == level  # type: ignore[arg-type]


def test_a_re_review_is_the_superior_s() -> None:
    case = replace(CASE, state="re_review", due="2026-12-15", act_by="2026-12-15")
    (told_now,) = reminders_about(case, date(2026, 12, 14), CALENDAR)
    assert (told_now.reason, told_now.whose) == (Reason.RE_REVIEW, {Whose.SUPERIOR})
    assert reminders_about(case, date(2026, 12, 11), CALENDAR) == ()


def test_an_anonymous_complainant_is_owed_no_word_and_no_visit() -> None:
    case = replace(CASE, anonymous=True, due="", legal_due="", house_due="", act_by="")
    assert reminders_about(case, date(2027, 1, 5), CALENDAR) == ()
    case = replace(case, state="replied", notified_on="2026-11-20")
    assert reminders_about(case, date(2027, 1, 5), CALENDAR) == ()


def test_reports_that_wait_for_the_head_are_his() -> None:
    case = replace(CASE, state="drafted", decider=Whose.HEAD)
    (told_now,) = reminders_about(case, date(2026, 11, 26), CALENDAR)
    assert told_now.whose == {Whose.DESK, Whose.HEAD}
    assert is_for(told_now, 3, {"branch_manager"})
    assert not is_for(told_now, 3, {"superior"})


def test_what_is_late_longest_comes_first() -> None:
    def one(reason: Reason, late: int, day: str) -> Reminder:
        return Reminder(reason, 1, "", day, late, frozenset(), None)

    mixed = [
        one(Reason.ACT_BY, -1, "2026-11-28"),
        one(Reason.PROGRESS, 2, "2026-11-25"),
        one(Reason.ACT_BY, 0, "2026-11-27"),
        one(Reason.OVERDUE, 5, "2026-11-22"),
    ]
    assert [(r.reason, r.late) for r in in_order(mixed)] == [
        ("overdue", 5),
        ("progress", 2),
        ("act_by", 0),
        ("act_by", -1),
    ]
