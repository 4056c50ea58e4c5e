"""What complaints come to: cases counted by hand, sums that agree, what a paper may give away."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branch.complaints.attention import proposals, stood_at
from branch.complaints.codes import BIZ_CLASSES, REASONS
from branch.complaints.commands.acceptance import Accept, Merge, Refer, Refuse, UndoMerge, Withdraw
from branch.complaints.commands.answering import (
    Archive,
    Close,
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
    OrderRedo,
    RecordVisit,
    StartReReview,
    UpholdDecision,
)
from branch.complaints.deadlines import Pause
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.queries.late import action_proposals, late_cases
from branch.complaints.queries.months import months
from branch.complaints.queries.statistics import statistics
from branch.complaints.sharing import share_shared, shared, shown
from branch.complaints.statistics import (
    BANDS,
    CLOSING_FACTS,
    Closing,
    Event,
    Received,
    Span,
    Statistics,
    closings,
    counted,
    crossed,
    fate,
    handled,
    joined,
    ledger,
    spans,
)
from branch.kernel.errors import TingtangError
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.quality.commands import AddAction
from branch.workdays.shipped import shipped_calendar
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, TELLER, Desk

CALENDAR = shipped_calendar()
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def figures(desk: Desk, by: str = OFFICER, period: tuple[date, date] = NOVEMBER) -> Statistics:
    return statistics(desk.store, desk.staff(by), *period)


def act(desk: Desk, complaint: int) -> None:
    """A corrective action, which a justified complaint needs before it can be closed."""
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(SUPERVISOR), due))


def replied(desk: Desk, complaint: int, mode: str = "phone") -> None:
    desk.run(Reply(complaint, mode, desk.clock.now_ms(), True), OFFICER)


def close(desk: Desk, complaint: int, satisfaction: str = "satisfied") -> None:
    desk.run(RecordVisit(complaint, "phone", True, satisfaction), SUPERVISOR)
    desk.run(Close(complaint))


def one_to_the_end(desk: Desk, began: str, told: str, closed: str, **other: object) -> int:
    desk.at(began)
    complaint = desk.investigated(**other)
    desk.at(told)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    act(desk, complaint)
    replied(desk, complaint)
    desk.at(closed)
    close(desk, complaint)
    return complaint


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


def test_re_reviews_and_how_many_were_overturned(desk: Desk) -> None:
    upheld = one_to_the_end(desk, "2026-10-12 09:00", "2026-10-15 09:00", "2026-10-16 09:00")
    redone = one_to_the_end(desk, "2026-10-13 09:00", "2026-10-15 09:00", "2026-10-16 09:00")
    for complaint in (upheld, redone):
        desk.run(NoteReceipt(complaint, date(2026, 10, 16)))
    desk.at("2026-11-02 09:00")
    for complaint in (upheld, redone):
        desk.run(StartReReview(complaint, date(2026, 11, 2), True), SUPERIOR)
    desk.at("2026-11-10 09:00")
    desk.run(UpholdDecision(upheld, False, "维持"), SUPERIOR)
    desk.run(OrderRedo(redone, "重办"), SUPERIOR)
    found = figures(desk)
    assert (found.reviews.applied, found.reviews.decided, found.reviews.overturned) == (2, 2, 1)
    assert (found.ledger.taken_up, found.ledger.open_after) == (2, 1)
    assert dict(found.ledger.ended) == {"re_reviewed": 1}
    # A re-review is no second closing, and does not move the due day of the first.
    assert found.handled.closed == 0
    october = figures(desk, period=(date(2026, 10, 1), date(2026, 10, 31)))
    assert (october.handled.closed, october.handled.late_legal) == (2, 0)


def test_per_ten_thousand_customers_served(desk: Desk) -> None:
    desk.register()
    assert figures(desk).per_served is None
    for kind, command in (("KIOSK", Issue("P01")), (TELLER, OpenCounter(1)), (TELLER, CallNext(1)),
                          (TELLER, Finish(1))):  # fmt: skip
        desk.run(command, kind)
    found = figures(desk)
    assert (found.served, found.per_served) == (1, 10_000.0)


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
    now = desk.clock.now_ms()
    choice = rng.randrange(14)
    if choice < 5:
        desk.run(Accept(complaint))
        desk.run(Assign(complaint, desk.staff(ADVISER)))
        desk.run(TakeOver(complaint), ADVISER)
        desk.report(complaint, finding=rng.choice(("not_true", "cannot_verify")))
        desk.run(Decide(complaint), HEAD)
    elif choice < 8:
        desk.run(Reply(complaint, "phone", now, True), OFFICER)
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


# -- sums that agree ------------------------------------------------------------------------------

days = st.dates(date(2026, 1, 1), date(2026, 3, 31)).map(date.isoformat)
HOWS = ("closed", "merged", "withdrawn", "referred", "not_accepted", "re_reviewed")


@st.composite
def lives_of(draw: st.DrawFn) -> tuple[Span, ...]:
    """One complaint: spans that follow each other, the last perhaps still running."""
    marks = sorted(draw(st.lists(days, min_size=1, max_size=6)))
    found = []
    for at in range(0, len(marks), 2):
        ended = marks[at + 1] if at + 1 < len(marks) else ""
        found.append(Span(marks[at], ended, draw(st.sampled_from(HOWS)) if ended else ""))
    return tuple(found)


@given(st.lists(lives_of(), max_size=20), days, days)
def test_the_ledger_balances_and_follows_on(
    lives: list[tuple[Span, ...]], one: str, other: str
) -> None:
    first, last = sorted((one, other))
    whole = ledger(lives, "2026-01-01", "2026-12-31")
    book = ledger(lives, first, last)
    assert book.open_before + book.received + book.taken_up == book.all_ended + book.open_after
    before = ledger(lives, "2025-01-01", (date.fromisoformat(first) - timedelta(1)).isoformat())
    after = ledger(lives, (date.fromisoformat(last) + timedelta(1)).isoformat(), "2026-12-31")
    assert (before.open_after, book.open_after) == (book.open_before, after.open_before)
    assert whole.received == before.received + book.received + after.received == len(lives)
    assert Counter(whole.ended) == Counter(before.ended) + Counter(book.ended) + Counter(
        after.ended
    )
    half = len(lives) // 2
    assert joined(ledger(lives[:half], first, last), ledger(lives[half:], first, last)) == book


codes = st.sampled_from
received = st.builds(
    Received,
    id=st.integers(1, 9),
    channel=codes(("on_site", "phone")),
    biz_channel=codes(("counter", "mobile")),
    biz_class=codes(BIZ_CLASSES),
    reason=codes(REASONS),
    severity=codes(("ordinary", "major")),
    weekday=codes(tuple("0123456")),
    hour=codes(("9", "16")),
    merged=st.booleans(),
    repeat=st.booleans(),
)
begun = st.dates(date(2026, 1, 1), date(2026, 6, 30))
closing = st.builds(
    lambda start, length, **rest: Closing(
        begun=start.isoformat(), told=(start + timedelta(days=length)).isoformat(), **rest
    ),
    start=begun,
    length=st.integers(0, 90),
    id=st.integers(1, 9),
    legal_due=begun.map(date.isoformat),
    house_due=st.just(""),
    on_the_spot=st.booleans(),
    finding=codes(("true", "partly_true", "not_true", "cannot_verify")),
    cause=codes(("people", "system")),
    redress=st.one_of(st.none(), st.integers(0, 500_000)),
    satisfaction=codes(("satisfied", "rather_satisfied", "dissatisfied", "no_answer")),
    anonymous=st.booleans(),
)


@given(st.lists(received))
def test_every_dimension_counts_everything(rows: list[Received]) -> None:
    for cells in counted(rows).values():
        assert sum(cells.values()) == len(rows)
    for (_, biz_class, _), count in crossed(rows).items():
        assert count <= counted(rows)["biz_class"][biz_class]
    assert sum(crossed(rows).values()) == len(rows)


@given(st.lists(closing), st.frozensets(st.integers(1, 9)), st.integers(0, 30))
def test_parts_of_the_closings_make_the_whole(
    closed: list[Closing], extended: frozenset[int], paused: int
) -> None:
    stop = date(2026, 2, 1)
    pauses = {1: [Pause(stop, stop + timedelta(days=paused))]}
    told = handled(closed, extended, pauses, CALENDAR)
    for part in (told.bands, told.findings, told.causes):
        assert sum(part.values()) == told.closed == len(closed)
    assert told.small <= told.compensated <= told.closed
    assert told.small_sum <= told.redress
    assert told.satisfied <= told.answered <= told.closed
    assert 0 <= told.net_days <= told.gross_days
    slow: Counter[str] = Counter()
    for one in closed:
        start, end = date.fromisoformat(one.begun), date.fromisoformat(one.told)
        natural = (end - start).days
        band = next(
            name
            for name, fits in zip(
                BANDS,
                (CALENDAR.workdays_between(start, end) <= 3, natural <= 15, natural <= 30,
                 natural <= 60, True),
                strict=True,
            )
            if fits
        )  # fmt: skip
        slow[band] += 1
    assert told.bands == {band: slow[band] for band in BANDS}


# -- what leaves the branch -----------------------------------------------------------------------


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), min_size=2, max_size=7))
def test_no_cell_kept_back_can_be_worked_out_from_the_total(cells: dict[int, int]) -> None:
    given_out = shared(cells)
    total = sum(cells.values())
    hidden = [key for key, count in given_out.items() if count is None]
    assert all(count is None or count == cells[key] for key, count in given_out.items())
    assert not any(0 < (count or 0) < 3 for count in given_out.values())
    # One more than the small ones at most.
    assert len(hidden) <= max(sum(0 < count < 3 for count in cells.values()), 1) + 1
    if not hidden:
        return
    rest = total - sum(count or 0 for count in given_out.values())
    assume(rest <= 14 and len(hidden) <= 4)
    ways = [way for way in product(range(rest + 1), repeat=len(hidden)) if sum(way) == rest]
    for at in range(len(hidden)):
        assert len({way[at] for way in ways}) > 1


@pytest.mark.parametrize(
    ("cells", "given_out"),
    [
        ({"a": 5, "b": 0, "c": 9}, {"a": 5, "b": 0, "c": 9}),
        # One small cell alone would be the total less the others: the smallest goes with it.
        ({"a": 2, "b": 0, "c": 9, "d": 4}, {"a": None, "b": None, "c": 9, "d": 4}),
        ({"a": 2, "c": 9, "d": 4}, {"a": None, "c": 9, "d": None}),
        ({"a": 1, "b": 1, "c": 9, "d": 0}, {"a": None, "b": None, "c": 9, "d": 0}),
        ({"a": 1}, {"a": None}),
    ],
)
def test_cells_below_three_stay_here(cells: dict[str, int], given_out: dict[str, int]) -> None:
    assert shared(cells) == given_out


def test_what_a_hidden_total_would_give_away_is_hidden_too(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    desk.register()
    desk.register()
    told = figures(desk)
    inside, outside = shown(told, outside=False), shown(told, outside=True)
    assert inside.book["received"] == 2
    assert outside.book["received"] is None
    assert (outside.accepted, outside.net, outside.per_served) == (None, None, None)
    for table in outside.by.values():
        assert set(table.values()) == {None}
    # Nothing was closed: that tells of nobody.
    assert (outside.closed, outside.late_legal, outside.redress) == (0, 0, 0)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 20, True), (1, 20, False), (3, 20, True), (19, 20, False), (20, 20, True), (2, 2, False)],
)
def test_a_share_gives_nobody_away(part: int, whole: int, told: bool) -> None:
    assert share_shared(part, whole) is told


# -- small parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "told", "merged", "outcome", "how"),
    [
        ("closed", True, False, "", "closed"),
        ("withdrawn", False, False, "", "withdrawn"),
        ("archived", True, False, "settled", "closed"),
        ("archived", False, True, "", "merged"),
        ("archived", False, False, "no_claim", "not_accepted"),
        ("archived", False, False, "police", "referred"),
        ("archived", False, False, "", "withdrawn"),
    ],
)
def test_how_an_archived_one_ended(
    state: str, told: bool, merged: bool, outcome: str, how: str
) -> None:
    assert fate(state, told, merged, outcome) == how


def test_where_it_stood_when_the_day_passed() -> None:
    events = [
        Event("2026-11-02", "received", {}),
        Event("2026-11-03", "accepted", {}),
        Event("2026-11-04", "assigned", {}),
        Event("2026-11-06", "taken_over", {}),
        Event("2026-11-07", "reported", {}),
    ]
    stood = [stood_at(events, f"2026-11-0{day}") for day in range(2, 8)]
    assert stood == ["received", "accepted", "assigned", "assigned", "investigating", "drafted"]


def test_proposals_want_a_business_and_a_reason() -> None:
    rows = [(n, "", "pricing") for n in range(5)] + [(n, "loan", "pricing") for n in (7, 9, 8)]
    assert [(one.biz_class, one.complaints) for one in proposals(rows)] == [("loan", (9, 8, 7))]


def test_a_closing_that_its_row_has_forgotten() -> None:
    now = Closing(1, "", "", "", "", False, "", "", 500, "", False)
    events = [
        Event("2026-11-01", "due_changed", {"legal": "2026-11-16", "house": "2026-11-06"}),
        Event("2026-11-05", "reported", {"finding": "true", "cause": "people"}),
        Event("2026-11-06", "replied", {"told": "2026-11-05"}),
        Event("2026-11-09", "closed", {"satisfaction": "satisfied"}),
        Event("2026-11-20", "reopened", {}),
        Event("2026-11-21", "solved_on_the_spot", {"cause": "system"}),
        Event("2026-11-22", "replied", {}),
        Event("2026-12-02", "closed", {"satisfaction": "no_answer"}),
    ]
    (first,) = closings("2026-11-01", now, events, "2026-11-01", "2026-11-30")
    assert first == Closing(1, "2026-11-01", "2026-11-05", "2026-11-16", "2026-11-06", False,
                            "true", "people", 500, "satisfied", False)  # fmt: skip
    (second,) = closings("2026-11-01", now, events, "2026-12-01", "2026-12-31")
    assert (second.begun, second.told, second.cause) == ("2026-11-20", "2026-11-22", "system")
    assert second.on_the_spot
