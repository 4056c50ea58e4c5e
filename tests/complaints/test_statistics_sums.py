"""What complaints come to: sums that agree, what a paper may give away, small parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branch.bootstrap import open_branch
from branch.complaints.attention import proposals, stood_at
from branch.complaints.closings import BANDS, Closing, Paused, Result, Spent, handled
from branch.complaints.deadlines import Pause
from branch.complaints.queries import statistics as statistics_module
from branch.complaints.sharing import share_shared, shared, shown
from branch.complaints.statistics import Event, Span, closings, fate, joined, ledger
from branch.kernel.clock import SetClock
from branch.workdays.shipped import shipped_calendar
from tests.complaints.desk import Desk
from tests.complaints.month import figures

CALENDAR = shipped_calendar()
LIMIT = 200_000  # fen

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


def grouped(rows: Iterable[tuple[Any, ...]], keys: int) -> dict[Any, list[tuple[int, ...]]]:
    """The counts of rows with the same first columns."""
    found: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for row in rows:
        found[row[:keys]].append(row[keys:])
    return found


@given(st.lists(closing), st.frozensets(st.integers(1, 9)), st.integers(0, 30))
def test_parts_of_the_closings_make_the_whole(
    closed: list[Closing], extended: frozenset[int], paused: int
) -> None:
    stop = date(2026, 2, 1)
    pauses = [Pause(stop, stop + timedelta(days=paused))]
    told = handled(
        [one.spent for one in closed],
        [one.result(LIMIT) for one in closed],
        [Paused(one.begun, one.told, pauses) for one in closed if one.id == 1],
        sum(one.id in extended for one in closed),
        CALENDAR,
    )
    # In whichever groups the store gives them.
    assert told == handled(
        [Spent(*days, *map(sum, zip(*counts, strict=True)))
         for days, counts in grouped((one.spent for one in closed), 2).items()],
        [Result(*alike, *map(sum, zip(*counts, strict=True)))
         for alike, counts in grouped((one.result(LIMIT) for one in closed), 5).items()],
        [Paused(one.begun, one.told, pauses) for one in closed if one.id == 1],
        sum(one.id in extended for one in closed),
        CALENDAR,
    )  # fmt: skip
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
    causes = {7: "", 9: "people", 8: ""}
    rows = [(n, "", "pricing", "") for n in range(5)]
    rows += [(n, "loan", "pricing", cause) for n, cause in causes.items()]
    (found,) = proposals(rows, 3, 30)
    assert (found.biz_class, found.complaints, found.cause) == ("loan", (9, 8, 7), "people")


@pytest.mark.parametrize(
    ("causes", "most"),
    [
        (("", "", ""), ""),
        (("people", "system", "system"), "system"),
        (("system", "people", ""), "people"),
    ],
)
def test_the_cause_found_most_often_goes_with_it(causes: tuple[str, ...], most: str) -> None:
    rows = ((n, "loan", "pricing", cause) for n, cause in enumerate(causes))
    (found,) = proposals(rows, 3, 30)
    assert found.cause == most


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


def test_what_is_registered_while_it_is_counted_waits_for_the_next_sheet(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at("2026-11-20 10:00")
    desk.register()
    before = figures(desk)
    counted = statistics_module.came_in
    other = open_branch(url, SetClock(desk.clock.now_ms()))
    busy = Desk(other, SetClock(desk.clock.now_ms()))

    def count_late(*asked: Any) -> Any:
        busy.register()
        return counted(*asked)

    monkeypatch.setattr(statistics_module, "came_in", count_late)
    try:
        meanwhile = figures(desk)
    finally:
        other.close()
    monkeypatch.undo()
    book = meanwhile.ledger
    assert meanwhile == before
    assert book.open_before + book.received + book.taken_up == book.all_ended + book.open_after
    assert figures(desk).ledger.received == before.ledger.received + 1
