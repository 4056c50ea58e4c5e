"""What complaints come to: cases counted by hand, and any history against the journal."""

from __future__ import annotations

import random
from datetime import date

import pytest

from branch.complaints.commands.acceptance import Accept, Merge, Refer, Refuse, UndoMerge, Withdraw
from branch.complaints.commands.answering import (
    Archive,
    CloseOther,
    NoteReceipt,
    Reopen,
    Reply,
)
from branch.complaints.commands.handling import Assign, Decide, SolveOnTheSpot, TakeOver
from branch.complaints.commands.limits import (
    ApproveExtension,
    EndPause,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
from branch.complaints.commands.reviews import (
    StartReReview,
    UpholdDecision,
)
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.queries.late import action_proposals, late_cases
from branch.complaints.queries.months import months
from branch.complaints.statistics import CLOSING_FACTS, ledger, spans
from branch.kernel.errors import TingtangError
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.counters import OpenCounter
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, TELLER, Desk
from tests.complaints.month import NOVEMBER, act, close, figures, one_to_the_end, replied
from tests.complaints.row_by_row import came, handled

# -- counted by hand ------------------------------------------------------------------------------


def test_a_month_counted_by_hand(desk: Desk) -> None:
    # Two run into November: one is told on the 20th day, late by law and by the house.
    late = one_to_the_end(desk, "2026-10-20 09:00", "2026-11-09 10:00", "2026-11-12 10:00")
    desk.at("2026-10-28 15:00")
    waiting = desk.register("phone", what={"biz_class": "loan", "reason": "pricing"})
    # Four come in November; an enquiry is none of them.
    quick = one_to_the_end(
        desk,
        "2026-11-02 09:30",
        "2026-11-05 10:00",
        "2026-11-10 10:00",
        what={"biz_class": "credit_card", "reason": "pricing"},
    )
    desk.at("2026-11-04 10:10")
    merged = desk.register(what={"biz_class": "credit_card", "reason": "pricing"})
    desk.run(LinkRepeat(merged, quick))
    desk.at("2026-11-05 09:00")
    into = desk.register(what={"biz_class": "credit_card", "reason": "pricing"})
    desk.run(Merge(merged, into), HEAD)
    desk.run(Withdraw(into, own=True, called_back=True))
    fee = desk.register("web", who={"name": "赵一", "phone": ""})
    desk.run(Refer(fee, "other_bank", "请联系发卡行"), HEAD)
    other = desk.register("phone", kind="enquiry")
    desk.run(CloseOther(other, "已答复"))
    found = figures(desk)
    book = found.ledger
    assert (book.open_before, book.received, book.taken_up, book.open_after) == (2, 4, 0, 1)
    assert dict(book.ended) == {"closed": 2, "merged": 1, "withdrawn": 1, "referred": 1}
    assert (found.accepted, found.net, found.repeats, dict(found.others)) == (
        1, 3, 1, {"enquiry": 1},
    )  # fmt: skip
    told = found.handled
    assert (told.closed, told.late_legal, told.late_house) == (2, 1, 1)
    # 2 to 5 November are three working days; 20 October to 9 November are 20 natural ones.
    assert dict(told.bands) == {
        "workdays_3": 1, "days_15": 0, "days_30": 1, "days_60": 0, "longer": 0,
    }  # fmt: skip
    assert (told.gross_days, told.net_days) == (23, 23)
    assert dict(told.findings) == {"partly_true": 2}
    assert (told.asked, told.answered, told.satisfied) == (2, 2, 2)
    assert (found.visits, found.reached) == (2, 2)
    assert dict(found.by["channel"]) == {"on_site": 3, "web": 1}
    assert dict(found.by["hour"]) == {"9": 3, "10": 1}
    assert dict(found.by["weekday"]) == {"0": 1, "2": 1, "3": 2}
    assert found.crossed["counter", "credit_card", "pricing"] == 3
    lines = late_cases(desk.store, desk.staff(OFFICER), *NOVEMBER, today=desk.today)
    assert [
        (line.id, line.legal, line.due, line.told, line.days, line.stood) for line in lines.lines
    ] == [
        (late, True, "2026-11-04", "2026-11-09", 5, "investigating"),
        (waiting, False, "2026-11-04", "", 1, "received"),
    ]
    assert (lines.legal, lines.house) == (1, 1)
    lately = months(desk.store, desk.staff(OFFICER), desk.today, 2)
    assert [(one.month, one.received, one.ended) for one in lately] == [
        ("2026-10", 2, 0),
        ("2026-11", 4, 5),
    ]


def test_paused_days_are_taken_out_and_longer_limits_counted(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated()
    desk.at("2026-11-04 09:00")
    pause = desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    desk.at("2026-11-10 09:00")
    desk.run(EndPause(pause), ADVISER)
    extension = desk.run(RequestExtension(complaint, "需要鉴定"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    desk.at("2026-11-20 09:00")
    desk.report(complaint, redress=150_000)
    desk.run(Decide(complaint), HEAD)
    act(desk, complaint)
    replied(desk, complaint)
    desk.at("2026-11-21 09:00")
    close(desk, complaint, "rather_satisfied")
    told = figures(desk).handled
    assert (told.gross_days, told.net_days, told.extended) == (18, 12, 1)
    assert (told.compensated, told.redress, told.small, told.small_sum) == (1, 150_000, 1, 150_000)
    assert told.bands["days_30"] == 1


def test_settled_on_the_spot(desk: Desk) -> None:
    desk.at("2026-11-20 09:00")
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(SolveOnTheSpot(complaint, "已更正", True, "people"), HEAD)
    act(desk, complaint)
    replied(desk, complaint, "in_person")
    close(desk, complaint)
    told = figures(desk).handled
    assert (told.closed, told.on_the_spot, told.bands["workdays_3"]) == (1, 1, 1)
    assert (dict(told.findings), dict(told.causes)) == ({"true": 1}, {"people": 1})


def test_taken_up_again_in_the_next_month(desk: Desk) -> None:
    complaint = one_to_the_end(desk, "2026-10-20 09:00", "2026-10-23 09:00", "2026-10-26 09:00")
    desk.at("2026-11-03 09:00")
    desk.run(Reopen(complaint, "客户补充材料"), HEAD)
    desk.at("2026-11-06 09:00")
    desk.report(complaint, finding="true")
    desk.run(Decide(complaint), HEAD)
    replied(desk, complaint)
    desk.at("2026-11-09 09:00")
    close(desk, complaint, "rather_satisfied")
    # October still says what it said before it was taken up again.
    october = figures(desk, period=(date(2026, 10, 1), date(2026, 10, 31)))
    assert (october.ledger.open_after, dict(october.ledger.ended)) == (0, {"closed": 1})
    assert (october.handled.closed, october.handled.gross_days) == (1, 3)
    assert dict(october.handled.findings) == {"partly_true": 1}
    assert october.handled.satisfied == 1
    november = figures(desk)
    assert (november.ledger.open_before, november.ledger.received) == (0, 0)
    assert (november.ledger.taken_up, november.ledger.open_after) == (1, 0)
    # Its second round began on 3 November.
    assert (november.handled.closed, november.handled.gross_days) == (1, 3)
    assert dict(november.handled.findings) == {"true": 1}


def test_per_ten_thousand_customers_served(desk: Desk) -> None:
    desk.register()
    assert figures(desk).per_served is None
    for kind, command in (("KIOSK", Issue("P01")), (TELLER, OpenCounter(1)), (TELLER, CallNext(1)),
                          (TELLER, Finish(1))):  # fmt: skip
        desk.run(command, kind)
    found = figures(desk)
    assert (found.served, found.per_served) == (1, 10_000.0)


def test_nobody_is_counted_a_report_about_himself(desk: Desk) -> None:
    desk.at("2026-11-04 10:10")
    desk.register("phone", kind="report", subjects=frozenset({desk.staff(HEAD)}))
    desk.register("phone", kind="enquiry")
    counted = [dict(figures(desk, by).others) for by in (OFFICER, HEAD)]
    assert counted == [{"report": 1, "enquiry": 1}, {"enquiry": 1}]


def test_nobody_is_counted_a_complaint_about_himself(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    subject = desk.staff(ADVISER)
    mine = desk.register(what={"biz_class": "loan", "reason": "pricing"})
    desk.run(Accept(mine))
    others = [desk.register(what={"biz_class": "loan", "reason": "pricing"}) for _ in range(2)]
    desk.at("2026-11-20 09:00")
    assert len(action_proposals(desk.store, subject, desk.today)) == 1
    desk.run(SetSubjects(mine, frozenset({subject})))
    seen, unseen = figures(desk), figures(desk, ADVISER)
    assert (seen.ledger.received, unseen.ledger.received) == (3, 2)
    assert (seen.accepted, unseen.accepted) == (1, 0)
    assert (seen.ledger.open_after, unseen.ledger.open_after) == (3, 2)
    late = late_cases(desk.store, subject, *NOVEMBER, today=desk.today)
    assert {line.id for line in late.lines} == {*others}
    assert action_proposals(desk.store, subject, desk.today) == ()
    assert len(action_proposals(desk.store, desk.staff(OFFICER), desk.today)) == 1
    assert [one.received for one in months(desk.store, subject, desk.today, 1)] == [2]


def test_three_alike_ask_for_an_action_until_there_is_one(desk: Desk) -> None:
    alike = {"biz_class": "credit_card", "reason": "pricing"}
    desk.at("2026-10-21 09:00")
    first = desk.register(what=alike)
    desk.at("2026-11-19 09:00")
    second = desk.register(what=alike)
    desk.register(what={"biz_class": "loan", "reason": "pricing"})
    assert action_proposals(desk.store, desk.staff(OFFICER), desk.today) == ()
    third = desk.register(what=alike)
    (found,) = action_proposals(desk.store, desk.staff(OFFICER), desk.today)
    assert (found.biz_class, found.reason, found.complaints) == (
        "credit_card", "pricing", (third, second, first),
    )  # fmt: skip
    # A day later the first one is 31 days old.
    desk.at("2026-11-20 09:00")
    assert action_proposals(desk.store, desk.staff(OFFICER), desk.today) == ()
    desk.at("2026-11-19 10:00")
    act(desk, second)
    assert action_proposals(desk.store, desk.staff(OFFICER), desk.today) == ()


# -- any history, through commands, against the journal told entry by entry ------------------------


def step(desk: Desk, rng: random.Random, complaint: int) -> None:
    """Something that may happen to a complaint; what its state does not allow is refused."""
    choice = rng.randrange(14)
    if choice < 5:
        desk.run(Accept(complaint))
        desk.run(Assign(complaint, desk.staff(ADVISER)))
        desk.run(TakeOver(complaint), ADVISER)
        if rng.random() < 0.3:
            pause = desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
            desk.clock.advance(rng.choice((20, 50)) * 3_600)
            desk.run(EndPause(pause), ADVISER)
        if rng.random() < 0.3:
            extension = desk.run(RequestExtension(complaint, "需要鉴定"), ADVISER)
            desk.run(ApproveExtension(extension), HEAD)
            desk.run(TellExtension(extension, "phone"), ADVISER)
        finding, redress = rng.choice(("not_true", "cannot_verify")), rng.choice((None, 90_000))
        desk.report(complaint, finding=finding, redress=redress)
        desk.run(Decide(complaint), HEAD)
    elif choice < 8:
        desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
        if rng.random() < 0.3:
            # What is not closed may go to a re-review all the same.
            return
        close(desk, complaint, rng.choice(("satisfied", "no_answer")))
    elif choice == 8:
        desk.run(Reopen(complaint, "新情况"), HEAD)
        desk.report(complaint, finding="not_true")
        desk.run(Decide(complaint), HEAD)
    elif choice == 9:
        desk.run(Refuse(complaint, "no_claim", "没有请求"), HEAD)
    elif choice == 10:
        desk.run(Withdraw(complaint, own=True, called_back=True))
    elif choice == 11:
        desk.run(Merge(complaint, max(complaint - 1, 1)), HEAD)
    elif choice == 12:
        desk.run(UndoMerge(complaint), HEAD)
    else:
        desk.run(NoteReceipt(complaint, desk.today))
        desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
        if rng.random() < 0.5:
            desk.run(UpholdDecision(complaint, True, "变更"), SUPERIOR)
    if rng.random() < 0.2:
        desk.run(Archive(complaint))


@pytest.mark.parametrize("seed", range(3))
def test_rows_and_counts_say_what_the_journal_says(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)
    desk.at("2026-09-01 09:00")
    cases: list[int] = []
    received: dict[int, str] = {}
    while desk.today < date(2026, 12, 20):
        desk.clock.advance(rng.choice((2, 30, 60)) * 3_600)
        if rng.random() < 0.5:
            cases.append(desk.register(rng.choice(("on_site", "phone", "web"))))
            received[cases[-1]] = desk.today.isoformat()
        for complaint in rng.sample(cases, min(2, len(cases))):
            try:
                step(desk, rng, complaint)
            except TingtangError:
                continue
    times = LocalTimes(desk.store)
    events = events_of(desk.store, cases, CLOSING_FACTS | {"accepted"}, times)
    lives = {one: spans(received[one], events[one]) for one in cases}
    assert any(len(life) > 1 for life in lives.values())
    for first, last in ((9, 9), (9, 10), (10, 10), (10, 12), (11, 11), (12, 12)):
        period = date(2026, first, 1), date(2026, last, 30)
        found = figures(desk, period=period)
        days = [day.isoformat() for day in period]
        assert found.ledger == ledger(lives.values(), *days), period
        assert found.accepted == sum(
            event.what == "accepted" and days[0] <= event.day <= days[1]
            for mine in events.values()
            for event in mine
        )
        assert found.handled.closed == found.ledger.ended.get("closed", 0)
        assert {name: dict(cells) for name, cells in found.by.items()} == {
            name: dict(cells) for name, cells in came(desk, *days).items()
        }
        assert found.handled == handled(desk, *days), period
