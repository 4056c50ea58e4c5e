"""The clocks: the worked cases, and any history against a counter that goes day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.complaints.deadlines import (
    Extension,
    Facts,
    HouseLimit,
    Pause,
    application_due,
    due_days,
    re_review_due,
    united,
    used_days,
)
from branch.workdays.rules import WorkCalendar
from branch.workdays.shipped import shipped_calendar

CALENDAR = shipped_calendar()
DAY = timedelta(days=1)


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_national_day_with_shifted_sundays() -> None:
    facts = Facts(on("2026-09-18"), house=HouseLimit(5, working=True))
    due = due_days(facts, on("2026-09-18"), CALENDAR)
    assert due.legal == on("2026-10-03")
    assert due.house == on("2026-09-24")
    assert due.effective == on("2026-09-24")
    alone = due_days(Facts(on("2026-09-18")), on("2026-09-18"), CALENDAR)
    assert (alone.effective, alone.act_by) == (on("2026-10-03"), on("2026-09-30"))


def extension(days: int, approved: str, told: str | None, level: str) -> Extension:
    return Extension(days, on(approved), on(told) if told else None, level)


@pytest.mark.parametrize(
    ("extensions", "legal"),
    [
        ((), "2026-07-16"),
        ((extension(30, "2026-07-16", "2026-07-16", "branch_manager"),), "2026-07-31"),
        # Told a day late: the first limit stands.
        ((extension(30, "2026-07-16", "2026-07-17", "branch_manager"),), "2026-07-16"),
        ((extension(30, "2026-07-16", None, "branch_manager"),), "2026-07-16"),
        # The second one needs the superior body.
        (
            (
                extension(30, "2026-07-10", "2026-07-10", "branch_manager"),
                extension(60, "2026-07-20", "2026-07-20", "branch_manager"),
            ),
            "2026-07-31",
        ),
        (
            (
                extension(30, "2026-07-10", "2026-07-10", "branch_manager"),
                extension(60, "2026-07-31", "2026-07-31", "superior"),
            ),
            "2026-08-30",
        ),
        # Without the first there is no second.
        ((extension(60, "2026-07-10", "2026-07-10", "superior"),), "2026-07-16"),
    ],
)
def test_an_extension_on_the_last_day(extensions: tuple[Extension, ...], legal: str) -> None:
    due = due_days(Facts(on("2026-07-01"), extensions=extensions), on("2026-07-02"), CALENDAR)
    assert due.legal == on(legal)
    assert due.stages == (on("2026-07-16"), on("2026-07-31"), on("2026-08-30"))
    assert CALENDAR.act_by(on("2026-08-30")).day == on("2026-08-28")


def test_mediation_stops_the_clock() -> None:
    pause = Pause(on("2026-03-09"), on("2026-03-30"))
    due = due_days(Facts(on("2026-03-02"), pauses=(pause,)), on("2026-03-09"), CALENDAR)
    assert due.legal == on("2026-04-07")
    assert due.used_days == 6
    overlapping = (
        Pause(on("2026-03-20"), on("2026-03-30")),
        Pause(on("2026-03-09"), on("2026-03-25")),
    )
    assert due_days(
        Facts(on("2026-03-02"), pauses=overlapping), on("2026-04-01"), CALENDAR
    ).legal == (on("2026-04-07"))


def test_an_open_pause_has_no_due_day() -> None:
    facts = Facts(on("2026-03-02"), pauses=(Pause(on("2026-03-09")),))
    due = due_days(facts, on("2026-03-20"), CALENDAR)
    assert due.paused
    assert (due.effective, due.act_by, due.used_days) == (None, None, 6)


def test_a_pause_after_the_limit_saves_nothing() -> None:
    facts = Facts(on("2026-03-02"), pauses=(Pause(on("2026-03-18"), on("2026-04-18")),))
    assert due_days(facts, on("2026-04-20"), CALENDAR).legal == on("2026-03-17")


def test_new_facts_begin_anew() -> None:
    facts = Facts(on("2026-03-02"), restarts=(on("2026-03-10"),))
    assert due_days(facts, on("2026-03-10"), CALENDAR).legal == on("2026-03-25")


def test_the_house_tells_within_five_working_days_after_handling() -> None:
    facts = Facts(on("2026-09-10"), handled_on=on("2026-09-18"))
    due = due_days(facts, on("2026-09-18"), CALENDAR)
    assert (due.legal, due.house) == (on("2026-09-25"), on("2026-09-24"))
    late = Facts(on("2026-09-10"), handled_on=on("2026-09-24"))
    assert due_days(late, on("2026-09-24"), CALENDAR).effective == on("2026-09-25")


def test_what_the_central_bank_forwards_has_fifteen_and_sixty_days() -> None:
    facts = Facts(
        on("2026-07-01"),
        extensions=(extension(60, "2026-07-16", "2026-07-16", "superior"),),
        from_pbc=True,
    )
    assert due_days(facts, on("2026-07-20"), CALENDAR).legal == on("2026-08-30")


def test_the_re_review_has_thirty_days_twice() -> None:
    assert application_due(on("2026-11-01")) == on("2026-12-01")
    assert re_review_due(on("2026-12-01")) == on("2026-12-31")


# -- any history ----------------------------------------------------------------------------------

START = date(2026, 1, 5)
offsets = st.integers(0, 200)
pauses = st.lists(
    st.tuples(offsets, st.one_of(st.none(), st.integers(0, 60))).map(
        lambda pair: Pause(
            START + DAY * pair[0],
            None if pair[1] is None else START + DAY * (pair[0] + pair[1]),
        )
    ),
    max_size=5,
)
extensions = st.lists(
    st.builds(
        Extension,
        days=st.sampled_from((30, 60)),
        approved_on=offsets.map(lambda n: START + DAY * n),
        told_on=st.one_of(st.none(), offsets.map(lambda n: START + DAY * n)),
        level=st.sampled_from(("branch_manager", "superior")),
    ),
    max_size=4,
)
calendars = st.builds(
    WorkCalendar,
    st.dictionaries(offsets.map(lambda n: START + DAY * n), st.booleans(), max_size=30),
    st.sampled_from((frozenset(), frozenset({2026}), frozenset({2025, 2026, 2027}))),
)


def is_paused(day: date, history: list[Pause]) -> bool:
    return any(p.start <= day and (p.end is None or day < p.end) for p in history)


def slow(start: date, count: int, history: list[Pause], counts) -> date | None:
    """Day by day: one more whenever the day is not paused and counts."""
    day, done = start, 0
    while done < count:
        day += DAY
        if day > START + DAY * 2_000:
            return None
        if not is_paused(day, history) and counts(day):
            done += 1
    return day


def slow_legal(facts: Facts, history: list[Pause]) -> date | None:
    begins = max([facts.received_on, *facts.restarts])
    limit, length = slow(begins, 15, history, lambda _d: True), 15
    for longer, levels in ((30, {"branch_manager", "superior"}), (60, {"superior"})):
        for one in facts.extensions:
            in_time = one.told_on is not None and one.approved_on >= begins
            if in_time and limit is not None:
                in_time = one.approved_on <= limit and one.told_on <= limit
            if one.days == longer and one.level in levels and in_time and length < longer:
                limit, length = slow(begins, longer, history, lambda _d: True), longer
        if length < longer:
            break
    return limit


@given(pauses, extensions, st.lists(offsets, max_size=3), st.integers(0, 250))
def test_the_legal_day_is_the_slow_counters(
    history: list[Pause], longer: list[Extension], restarts: list[int], today: int
) -> None:
    facts = Facts(
        START,
        restarts=tuple(START + DAY * n for n in restarts),
        extensions=tuple(longer),
        pauses=tuple(history),
    )
    due = due_days(facts, START + DAY * today, CALENDAR)
    assert due.legal == slow_legal(facts, history)


@given(pauses, st.lists(offsets, max_size=3), st.integers(1, 30), st.booleans(), calendars)
def test_the_house_day_is_the_slow_counters(
    history: list[Pause], restarts: list[int], days: int, working: bool, calendar: WorkCalendar
) -> None:
    facts = Facts(
        START,
        restarts=tuple(START + DAY * n for n in restarts),
        pauses=tuple(history),
        house=HouseLimit(days, working),
    )
    begins = max([START, *facts.restarts])
    counts = calendar.is_workday if working else (lambda _d: True)
    assert due_days(facts, START, calendar).house == slow(begins, days, history, counts)


@given(pauses, st.integers(0, 250))
def test_used_days_are_those_that_were_not_paused(history: list[Pause], today: int) -> None:
    day = START + DAY * today
    passed = [START + DAY * n for n in range(1, today + 1)]
    expected = sum(not is_paused(one, history) for one in passed)
    assert used_days(START, day, united(history)) == expected


@given(pauses)
def test_united_pauses_are_apart_and_cover_the_same_days(history: list[Pause]) -> None:
    whole = united(history)
    for before, after in pairwise(whole):
        assert before.end is not None
        assert before.end < after.start
    for n in range(-5, 300):
        day = START + DAY * n
        assert is_paused(day, list(whole)) is is_paused(day, history)
