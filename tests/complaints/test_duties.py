"""Duties with a time of their own: acknowledged, assigned, signed for, and what goes up at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import (
    Accept,
    ProposeRefusal,
    Refuse,
)
from branch.complaints.commands.answering import Escalate, RecordContact
from branch.complaints.commands.correcting import EditCase
from branch.complaints.commands.handling import (
    Assign,
    HandBack,
    TakeOver,
)
from branch.complaints.commands.registration import TurnIntoComplaint
from branch.complaints.duties import reminders_about
from branch.complaints.reminders import (
    Reason,
    Reminder,
    in_order,
    level_at_once,
)
from branch.papers.commands import DeliverPaper
from branch.workdays.shipped import shipped_calendar
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    TELLER,
    WHAT,
    Desk,
)
from tests.complaints.duties import days, told
from tests.complaints.test_reminders import CASE

CALENDAR = shipped_calendar()
ANONYMOUS = {"name": "", "phone": "", "anonymous": True}


def level(desk: Desk, complaint: int) -> int:
    found = desk.detail(complaint)
    assert found is not None
    return found.line.level


# Everything is received on Friday 2026-11-20.


@pytest.mark.parametrize(
    ("channel", "day"),
    [
        ("on_site", "2026-11-20"),
        ("phone", "2026-11-20"),
        ("web", "2026-11-23"),
        ("book", "2026-11-24"),
        ("letter", "2026-11-24"),
        ("media", None),
    ],
)
def test_the_complainant_is_told_that_it_has_come(
    desk: Desk, channel: str, day: str | None
) -> None:
    complaint = desk.register(channel=channel)
    desk.at("2026-11-23 09:00")
    assert days(desk, OFFICER, Reason.ACK) == ([day] if day else [])
    # A try is no word.
    desk.run(RecordContact(complaint, "phone", reached=False))
    assert days(desk, OFFICER, Reason.ACK) == ([day] if day else [])
    desk.run(RecordContact(complaint, "phone", reached=True))
    assert days(desk, OFFICER, Reason.ACK) == []


def test_it_is_not_told_before_it_is_near(desk: Desk) -> None:
    desk.register(channel="letter")
    assert days(desk, OFFICER, Reason.ACK) == []


def test_who_cannot_be_told_is_not(desk: Desk) -> None:
    desk.register(channel="book", who=ANONYMOUS)
    desk.register(channel="book", who={"phone": ""})
    desk.register(channel="web", kind="enquiry")
    written = desk.register(channel="letter", who={"phone": "", "address": "湖滨路 1 号"})
    desk.at("2026-11-23 09:00")
    assert [one.ref for one in told(desk, OFFICER) if one.reason is Reason.ACK] == [written]


def test_a_call_is_acknowledged_in_the_call(desk: Desk) -> None:
    desk.register(channel="phone", read_back=True)
    assert days(desk, OFFICER, Reason.ACK) == []
    # Who comes is given it on paper.
    desk.register(channel="on_site", read_back=True)
    assert days(desk, OFFICER, Reason.ACK) == ["2026-11-20"]


def test_the_notice_of_acceptance_acknowledges_and_is_a_contact(desk: Desk) -> None:
    desk.run(ChangeSetting("branch_phone", "0571-87001234"), HEAD)
    complaint = desk.investigated(channel="letter")
    desk.at("2026-11-24 10:00")
    paper = desk.paper(complaint, "TS-02A")
    assert days(desk, ADVISER, Reason.ACK) == ["2026-11-24"]
    assert days(desk, OFFICER, Reason.ACK) == ["2026-11-24"]
    desk.run(DeliverPaper(paper, "not_reached", desk.clock.now_ms()))
    assert days(desk, OFFICER, Reason.ACK) == ["2026-11-24"]
    desk.run(DeliverPaper(paper, "in_person", desk.clock.now_ms(), receiver="陈小梅"))
    assert days(desk, OFFICER, Reason.ACK) == []
    # Five working days from the letter's receipt would be the 27th.
    desk.at("2026-11-27 10:00")
    assert days(desk, ADVISER, Reason.PROGRESS) == []
    desk.at("2026-12-01 10:00")
    assert days(desk, ADVISER, Reason.PROGRESS) == ["2026-12-01"]


def test_what_was_passed_on_is_accepted_the_same_day(desk: Desk) -> None:
    complaint = desk.register(channel="superior", forwarded="regulator", who=ANONYMOUS)
    assert [one.reason for one in told(desk, OFFICER)] == [Reason.ACCEPT]
    desk.run(Accept(complaint))
    assert [(one.reason, one.day) for one in told(desk, OFFICER)] == [(Reason.ASSIGN, "2026-11-23")]


@pytest.mark.parametrize(
    ("channel", "urgency", "day"),
    [
        ("on_site", "ordinary", "2026-11-20"),
        ("letter", "ordinary", "2026-11-23"),
        ("letter", "urgent", "2026-11-20"),
    ],
)
def test_the_slip_goes_out_in_time(desk: Desk, channel: str, urgency: str, day: str) -> None:
    complaint = desk.register(channel=channel, what={"urgency": urgency})
    assert days(desk, OFFICER, Reason.ASSIGN) == [day]
    desk.run(Accept(complaint))
    assert days(desk, OFFICER, Reason.ASSIGN) == [day]
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    assert days(desk, OFFICER, Reason.ASSIGN) == []


def test_a_proposal_is_the_head_s_to_decide_before_a_slip_goes_out(desk: Desk) -> None:
    complaint = desk.register(channel="letter")
    assert days(desk, HEAD, Reason.PROPOSED) == []
    desk.run(ProposeRefusal(complaint, "not_this_institution", "他行的机具"))
    assert days(desk, HEAD, Reason.PROPOSED) == ["2026-11-20"]
    assert days(desk, OFFICER, Reason.ASSIGN) == []
    other = desk.register(channel="letter")
    desk.run(ProposeRefusal(other, "settled", "已处理过"))
    desk.run(Accept(other))
    assert [one.ref for one in told(desk, HEAD)] == [complaint]
    desk.run(Refuse(complaint, "not_this_institution", "他行的机具"), HEAD)
    assert told(desk, HEAD) == []


def test_who_has_it_signs_for_it(desk: Desk) -> None:
    complaint = desk.register(channel="letter")
    desk.run(Accept(complaint))
    assert days(desk, ADVISER, Reason.SIGN) == []
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    assert days(desk, ADVISER, Reason.SIGN) == ["2026-11-23"]
    assert days(desk, OFFICER, Reason.SIGN) == []
    # Given back, the head has a day for it.
    desk.at("2026-11-23 10:00")
    desk.run(HandBack(complaint, "不归我管"), ADVISER)
    assert days(desk, OFFICER, Reason.ASSIGN) == []
    assert days(desk, HEAD, Reason.ASSIGN) == ["2026-11-24"]
    desk.run(Assign(complaint, desk.staff(ADVISER)), HEAD)
    desk.run(TakeOver(complaint), ADVISER)
    assert days(desk, ADVISER, Reason.SIGN) == []


def test_the_days_are_the_house_s(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(ChangeSetting("complaint_ack_on_site", 1), HEAD)
    desk.run(ChangeSetting("complaint_slip_out_on_site", 2), HEAD)
    desk.at("2026-11-23 09:00")
    assert days(desk, OFFICER, Reason.ACK) == ["2026-11-23"]
    assert days(desk, OFFICER, Reason.ASSIGN) == ["2026-11-24"]
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(ChangeSetting("complaint_sign_workdays", 3), HEAD)
    desk.run(ChangeSetting("complaint_progress_workdays", 1), HEAD)
    assert days(desk, ADVISER, Reason.SIGN) == []
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    (progress,) = [one for one in told(desk, ADVISER) if one.reason is Reason.PROGRESS]
    assert (progress.day, progress.count) == ("2026-11-24", 1)


# -- what goes up at once -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "channel", "major", "level"),
    [
        ("complaint", "on_site", False, 0),
        ("complaint", "media", False, 2),
        ("complaint", "media", True, 3),
        ("complaint", "on_site", True, 3),
        ("enquiry", "media", True, 0),
    ],
)
def test_which_level_is_told_at_once(kind: str, channel: str, major: bool, level: int) -> None:
    assert level_at_once(kind, channel, major) == level


def test_a_major_one_goes_up_by_itself_at_any_hour(desk: Desk) -> None:
    desk.at("2026-11-21 19:40")  # a Saturday
    complaint = desk.register(what={"severity": "major"})
    assert level(desk, complaint) == 3
    entry = next(one for one in desk.entries if one.what == "complaint.escalated")
    assert (entry.subject, entry.data["level"]) == (str(complaint), 3)
    due = desk.due(complaint)
    for who in (HEAD, SUPERIOR, OFFICER):
        (reminder,) = told(desk, who)
        assert (reminder.reason, reminder.ref, reminder.until) == (
            Reason.MAJOR,
            complaint,
            "20:10",
        )
    for who in (TELLER, GUARD, AUDITOR, LOBBY_MANAGER, ADVISER):
        assert told(desk, who) == []
    # Who was not there on Saturday hears of it until Monday is over.
    desk.at("2026-11-23 20:00")
    assert Reason.MAJOR in [one.reason for one in told(desk, SUPERIOR)]
    desk.at("2026-11-24 09:00")
    assert told(desk, SUPERIOR) == []
    assert desk.due(complaint) == due


def test_it_goes_up_when_it_becomes_major_later(desk: Desk) -> None:
    complaint = desk.register()
    assert level(desk, complaint) == 0
    desk.at("2026-11-20 15:00")
    desk.run(EditCase(complaint, matter=replace(WHAT, severity="major")))
    assert level(desk, complaint) == 3
    assert told(desk, SUPERIOR)[0].until == "15:30"


def test_a_major_one_about_the_head_is_not_told_to_him(desk: Desk) -> None:
    desk.register(what={"severity": "major"}, subjects=frozenset({desk.staff(HEAD)}))
    assert told(desk, HEAD) == []
    assert [one.reason for one in told(desk, SUPERIOR)] == [Reason.MAJOR]


def test_the_minutes_are_the_house_s(desk: Desk) -> None:
    desk.run(ChangeSetting("complaint_major_minutes", 60), HEAD)
    desk.at("2026-11-20 10:00")
    desk.register(who={"parties": 20})
    assert told(desk, SUPERIOR)[0].until == "11:00"


def test_media_go_to_the_head_at_once(desk: Desk) -> None:
    desk.at("2026-11-21 19:40")
    complaint = desk.register(channel="media")
    assert level(desk, complaint) == 2
    assert [one.reason for one in told(desk, HEAD)] == [Reason.MEDIA]
    assert told(desk, SUPERIOR) == []


def test_an_enquiry_goes_up_once_it_is_a_complaint(desk: Desk) -> None:
    other = desk.register(channel="media", kind="enquiry")
    assert level(desk, other) == 0
    assert told(desk, HEAD) == []
    desk.run(TurnIntoComplaint(other))
    assert level(desk, other) == 2
    assert told(desk, HEAD)[0].reason is Reason.MEDIA


def test_whoever_is_brought_in_hears_of_it(desk: Desk) -> None:
    complaint = desk.investigated(channel="letter")
    desk.run(Escalate(complaint, 2))
    assert [one.reason for one in told(desk, HEAD)] == [Reason.ESCALATED]
    assert told(desk, SUPERIOR) == []
    desk.run(Escalate(complaint, 3))
    assert [one.reason for one in told(desk, SUPERIOR)] == [Reason.ESCALATED]
    desk.at("2026-11-21 10:00")
    assert told(desk, SUPERIOR) == []
    desk.at("2026-11-24 09:00")
    assert told(desk, SUPERIOR) == []


def test_a_level_is_proposed_though_nothing_else_is_told() -> None:
    case = replace(CASE, channel="media", due="", act_by="", house_due="", contact_on="2026-11-20")
    (reminder,) = reminders_about(case, date(2026, 11, 20), CALENDAR)
    assert (reminder.reason, reminder.propose, reminder.late) == (Reason.LEVEL, 2, 0)
    assert reminders_about(replace(case, level=2), date(2026, 11, 20), CALENDAR) == ()


def test_what_goes_up_at_once_comes_first() -> None:
    late = Reminder(Reason.OVERDUE, 1, "", "2026-11-11", 9, frozenset(), None)
    major = Reminder(Reason.MAJOR, 2, "", "2026-11-20", 0, frozenset(), None)
    assert in_order([late, major]) == (major, late)
