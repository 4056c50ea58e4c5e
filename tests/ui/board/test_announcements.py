"""The turns of calls: none is lost, each has its seconds, a recall comes up anew."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from branch.catalogue.queries import Name
from branch.lobby.queries.screens import BoardCall
from ui.board.announcements import ASKED, DWELL_MS, Announcements


def call(ticket: int, at: int, calls: int = 1) -> BoardCall:
    return BoardCall(ticket, f"A{ticket:03d}", 1, Name("", ""), at, calls)


def numbers(turns: Announcements) -> list[str]:
    return [item.number for item in turns.shown]


def begun() -> Announcements:
    turns = Announcements()
    turns.take([], 0)
    return turns


def test_what_stood_before_is_shown_quietly() -> None:
    turns = Announcements()
    told = [call(n, n) for n in (5, 4, 3, 2, 1)]
    assert not turns.take(told, 100)
    assert numbers(turns) == ["A005", "A004", "A003", "A002"]
    assert turns.waiting == 0


def test_a_new_call_comes_up_at_once() -> None:
    turns = begun()
    assert turns.take([call(1, 10_000)], 10_000)
    assert numbers(turns) == ["A001"]


def test_calls_together_take_turns() -> None:
    turns = begun()
    now = 10_000
    assert turns.take([call(3, now), call(2, now), call(1, now)], now)
    assert numbers(turns) == ["A001"]
    assert not turns.tick(now + DWELL_MS - 1)
    assert turns.tick(now + DWELL_MS)
    assert numbers(turns) == ["A002", "A001"]
    assert turns.tick(now + 2 * DWELL_MS)
    assert numbers(turns) == ["A003", "A002", "A001"]
    assert not turns.tick(now + 9 * DWELL_MS)


def test_a_recall_comes_up_anew_and_stands_once() -> None:
    turns = begun()
    first, second = call(1, 10_000), call(2, 20_000)
    turns.take([first], 10_000)
    turns.take([second, first], 20_000)
    again = replace(first, at=30_000, calls=2)
    assert turns.take([again, second], 30_000)
    assert numbers(turns) == ["A001", "A002"]


def test_a_call_taken_back_leaves_and_an_older_one_moves_up() -> None:
    turns = Announcements()
    told = [call(n, n) for n in (6, 5, 4, 3, 2)]
    turns.take(told, 100)
    turns.take(told[1:], 200)
    assert numbers(turns) == ["A005", "A004", "A003", "A002"]


def test_after_the_day_is_closed_nothing_stands() -> None:
    turns = Announcements()
    turns.take([call(1, 1)], 100)
    assert not turns.take([], 200)
    assert turns.shown == []


def test_a_clock_put_back_delays_by_one_dwell_only() -> None:
    turns = begun()
    turns.take([call(2, 50_000), call(1, 50_000)], 50_000)
    assert not turns.tick(1_000)
    assert turns.tick(1_000 + DWELL_MS)
    assert numbers(turns)[0] == "A002"


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4_000)), max_size=40))
def test_no_call_is_lost(steps: list[tuple[int, int]]) -> None:
    """Every ticket's latest call comes up, in the order in which they were called."""
    turns = begun()
    last: dict[int, BoardCall] = {}
    seen: list[tuple[int, int]] = []
    now = 10_000
    for ticket, pause in steps:
        now += pause + 1
        last[ticket] = call(ticket, now)
        told = sorted(last.values(), key=lambda item: item.at, reverse=True)[:ASKED]
        if turns.take(told, now) or turns.tick(now):
            seen.append((turns.shown[0].ticket, turns.shown[0].at))
    for _ in range(len(steps) + 1):
        now += DWELL_MS
        if turns.tick(now):
            seen.append((turns.shown[0].ticket, turns.shown[0].at))
    assert turns.waiting == 0
    assert {(item.ticket, item.at) for item in last.values()} <= set(seen)
    assert [at for _, at in seen] == sorted(at for _, at in seen)
