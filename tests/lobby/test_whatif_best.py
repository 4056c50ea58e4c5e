"""Which change would have helped most: small days whose answer can be worked out by hand."""

from __future__ import annotations

from branch.lobby.day_record import DayRecord
from branch.lobby.whatif import AlsoDoes, OneMore, run_again
from branch.lobby.whatif_best import Help, most_helpful
from tests.lobby.test_whatif import (
    CASH,
    CREDITS,
    LOANS,
    MIN,
    TARGETS,
    day,
    life,
    opened,
    stay,
)

GROUPS = {"cash": CASH, "loans": LOANS}
# One long service at counter 1 while counter 2 does loans only, and nobody wants one.
QUEUE = (
    life(1, stay(1, 1, 61)),
    life(2, stay(2, 61, 71)),
    life(3, stay(3, 71, 81)),
)


def idle_neighbour() -> DayRecord:
    return day(*QUEUE, counters={1: opened(CASH), 2: opened(LOANS)})


def best(record: DayRecord, *changes: OneMore | AlsoDoes) -> tuple[Help, ...]:
    return most_helpful(record, {}, CREDITS, GROUPS, changes)


def test_the_idle_neighbour_and_one_more_help_as_much() -> None:
    found = best(idle_neighbour())
    # Waits of 0, 59, 68 minutes become 0, 0, 9: the second is served from 2 to 12.
    assert [(type(item.change), item.saved // MIN) for item in found] == [
        (AlsoDoes, 118),
        (OneMore, 118),
    ]
    assert found[0].change == AlsoDoes(2, CASH)
    assert found[1].change == OneMore(CASH | LOANS, 0, 120 * MIN)


def test_it_is_found_on_top_of_what_is_changed_already() -> None:
    found = best(idle_neighbour(), AlsoDoes(2, CASH))
    # Only the third still waits, nine minutes.
    assert [(type(item.change), item.saved // MIN) for item in found] == [(OneMore, 9)]


def test_nothing_helps_where_nobody_waited() -> None:
    assert best(day(life(1, stay(1, 1, 11)), life(30, stay(30, 30, 40)))) == ()


def test_a_counter_that_was_never_open_is_no_help() -> None:
    record = day(*QUEUE, counters={1: opened(CASH), 2: opened(LOANS)})
    record.counters[2].shifts[0].state = "closed"
    assert [type(item.change) for item in best(record)] == [OneMore]


def test_hours_that_overlap_are_named_once_and_tellers_at_most_twice() -> None:
    long = [life(at, stay(at, 30 * at, 30 * at + 30)) for at in range(1, 15)]
    found = best(day(*long))
    spans = [item.change for item in found if isinstance(item.change, OneMore)]
    assert 0 < len(spans) <= 2
    for one in spans:
        for other in spans:
            assert one is other or one.until <= other.since or other.until <= one.since
    assert [item.saved for item in found] == sorted((item.saved for item in found), reverse=True)


def test_time_in_line_counts_those_who_gave_up() -> None:
    record = day(*QUEUE, life(4, left_at=24 * MIN, left_why="gave_up"))
    course = run_again(record, {}, CREDITS, TARGETS, ())
    assert course.waited == (59 + 68 + 20) * MIN
    assert course.left == 1
    assert (course.over, course.over_by_class) == (2, {"ordinary": 2})
