"""A past day run again: unchanged it is the day itself, changed it is what can be worked out."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path

import pytest

from branch.founding import sample_plan
from branch.kernel.settings import settle
from branch.lobby.day_record import CounterDay, DayRecord, Life, Shift, Stay
from branch.lobby.whatif import AlsoDoes, Credits, OneMore, calls_again, compare
from branch.tools.past_day import Cancelled, WholeDay, day_of_file

MIN = 60_000
CREDITS = {"ordinary": 0, "elderly": 30}
TARGETS = {"ordinary": 20, "elderly": 10}
CASH, LOANS = frozenset({"cash"}), frozenset({"loans"})


def life(
    at: int, *stays: Stay, klass: str = "ordinary", service: str = "cash", **more: object
) -> Life:
    """A ticket issued at a minute."""
    return Life(
        id=at,
        number=f"A{at:03d}",
        issued_at=at * MIN,
        seq=at,
        service=service,
        classes=(klass,),
        slot=None,
        key=(at - CREDITS[klass]) * MIN,
        waiting_since=None,
        stays=list(stays),
        **more,  # type: ignore[arg-type]
    )


def stay(at: int, called: int, ended: int, **more: object) -> Stay:
    """A stay at counter 1 (or another) of a ticket issued at a minute."""
    given = {"service": "cash", "counter": 1, "key": at * MIN, "how": "finished", **more}
    return Stay(called=called * MIN, ended=ended * MIN, **given)  # type: ignore[arg-type]


def day(*lives: Life, counters: dict[int, CounterDay] | None = None) -> DayRecord:
    """A day that opens at minute 0 with counter 1 doing cash."""
    record = DayRecord(day="2026-11-20", opened_at=0, closed_at=600 * MIN)
    record.lives = {item.id: item for item in lives}
    record.counters = counters or {1: opened(CASH)}
    return record


def opened(services: frozenset[str], *shifts: Shift) -> CounterDay:
    """A counter open from minute 0."""
    return CounterDay(list(shifts) or [Shift("open", 0)], [(0, services)])


def again(record: DayRecord, *changes: object) -> list[tuple[int, int, int]]:
    """Calls as (minute, ticket, counter)."""
    calls = calls_again(record, {}, CREDITS, changes)  # type: ignore[arg-type]
    return [(at // MIN, ticket, counter) for at, ticket, counter in calls]


BUSY = (
    life(1, stay(1, 1, 11)),
    life(2, stay(2, 11, 21)),
    life(3, stay(3, 21, 31)),
)


def test_unchanged_it_is_the_day_itself() -> None:
    assert again(day(*BUSY)) == [(1, 1, 1), (11, 2, 1), (21, 3, 1)]


def test_one_more_counter_for_a_while() -> None:
    more = OneMore(CASH, 5 * MIN, 6 * MIN)
    # It opens at 5, takes ticket 2, and is gone when that is served.
    assert again(day(*BUSY), more) == [(1, 1, 1), (5, 2, 2), (11, 3, 1)]


def test_one_more_counter_for_something_else_changes_nothing() -> None:
    assert again(day(*BUSY), OneMore(LOANS, 0, 60 * MIN)) == again(day(*BUSY))


def test_a_counter_that_does_more() -> None:
    counters = {1: opened(CASH), 2: opened(LOANS)}
    record = day(*BUSY, counters=counters)
    assert again(record) == [(1, 1, 1), (11, 2, 1), (21, 3, 1)]
    # Two services at counter 2, one at counter 1: an idle counter with fewer is taken first.
    assert again(record, AlsoDoes(2, CASH)) == [(1, 1, 1), (2, 2, 2), (11, 3, 1)]


def test_another_credit_moves_the_class() -> None:
    record = day(
        life(1, stay(1, 1, 11)),
        life(2, stay(2, 21, 31)),
        life(3, stay(3 - 30, 11, 21), klass="elderly"),
    )
    assert again(record) == [(1, 1, 1), (11, 3, 1), (21, 2, 1)]
    assert again(record, Credits({"elderly": 0})) == [(1, 1, 1), (11, 2, 1), (21, 3, 1)]


def test_a_break_lasts_as_long_and_waits_for_the_customer() -> None:
    shifts = (Shift("open", 0), Shift("paused", 5 * MIN, "break"), Shift("open", 31 * MIN))
    record = day(
        life(1, stay(1, 1, 11)), life(2, stay(2, 31, 41)), counters={1: opened(CASH, *shifts)}
    )
    # Pressed at 5 during a service that ended at 11: away for 20 minutes.
    assert again(record) == [(1, 1, 1), (31, 2, 1)]


def test_who_gave_up_is_served_when_it_goes_faster() -> None:
    record = day(*BUSY, life(4, left_at=15 * MIN, left_why="gave_up"))
    assert [ticket for _at, ticket, _counter in again(record)] == [1, 2, 3]
    faster = again(record, OneMore(CASH, 0, 60 * MIN))
    assert [ticket for _at, ticket, _counter in faster] == [1, 2, 3, 4]


def test_a_transfer_and_a_return_are_lived_through_again() -> None:
    counters = {1: opened(CASH), 2: opened(LOANS)}
    twice = life(
        1,
        stay(1, 1, 11, how="transferred"),
        stay(1, 11, 15, service="loans", counter=2, waiting_since=11 * MIN),
    )
    missed = life(
        2,
        stay(2, 11, 12, how="missed"),
        # Away from its call at 11 until 40.
        stay(2 + 29, 40, 50, waiting_since=40 * MIN),
    )
    record = day(twice, missed, counters=counters)
    assert sorted(again(record)) == [(1, 1, 1), (11, 1, 2), (11, 2, 1), (40, 2, 1)]


def test_a_counter_that_went_home_early_stays_away() -> None:
    home = opened(CASH, Shift("open", 0), Shift("closed", 12 * MIN))
    record = day(
        *BUSY[:2], life(3, stay(3, 30, 40, counter=2)), counters={1: home, 2: opened(CASH)}
    )
    record.counters[2].shifts[0] = Shift("open", 30 * MIN)
    assert again(record) == [(1, 1, 1), (11, 2, 1), (30, 3, 2)]


def test_the_comparison_counts() -> None:
    found = compare(day(*BUSY), {}, CREDITS, TARGETS, (OneMore(CASH, 0, 60 * MIN),))
    assert found.real == found.again
    assert [course.waits.count for course in (found.real, found.changed)] == [3, 3]
    assert found.real.waits.mean == pytest.approx((0 + 9 + 18) * 60 / 3)
    assert found.changed.waits.mean == pytest.approx((0 + 0 + 8) * 60 / 3)
    assert (found.real.over, found.real.left, found.by_hand) == (0, 0, 0)
    assert found.real.in_line[:3] == (0, 2, 1)
    assert found.real.last_call == 21 * MIN


def test_hand_calls_are_counted_and_take_their_place() -> None:
    record = day(
        life(1, stay(1, 1, 11)),
        life(2, stay(2, 21, 31)),
        life(3, stay(3, 11, 21, by_hand=True)),
    )
    assert again(record) == [(1, 1, 1), (11, 2, 1), (21, 3, 1)]
    assert compare(record, {}, CREDITS, TARGETS, ()).by_hand == 1


def sample_file(name: str) -> AbstractContextManager[Path]:
    """A day that comes with the program."""
    return resources.as_file(resources.files("resources") / f"samples/days/{name}.csv")


@pytest.fixture(scope="module", params=["ordinary_friday", "pension_payday"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WholeDay:
    """A sample day played through the commands."""
    settings = settle(str(tmp_path_factory.mktemp("home")), None, environment={})
    with sample_file(request.param) as file:
        return day_of_file(file, sample_plan(), settings, lambda share: True)


def test_a_played_day_run_again_is_the_same_ticket_for_ticket(sample: WholeDay) -> None:
    played = [
        (stay.called, item.id, stay.counter)
        for item in sample.record.lives.values()
        for stay in item.stays
    ]
    assert len(played) > 200
    assert sorted(calls_again(sample.record, sample.services, sample.credits)) == sorted(played)


def test_enough_of_it(tmp_path: Path) -> None:
    settings = settle(str(tmp_path), None, environment={})
    told: list[float] = []

    def progress(share: float) -> bool:
        told.append(share)
        return len(told) < 5

    with sample_file("ordinary_friday") as file, pytest.raises(Cancelled):
        day_of_file(file, sample_plan(), settings, progress)
    assert len(told) == 5
    assert told == sorted(told)
