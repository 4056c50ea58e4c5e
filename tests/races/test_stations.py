"""Four stations as four processes work some minutes of a day: nobody twice, nobody skipped."""

from __future__ import annotations

from typing import Any

import pytest

from branch.kernel.journal import Entry
from tests.races.server import Server
from tests.races.stations import Play, play_day, roster
from tests.races.verdict import feed_faults, holds, replayed

SERVICES = {1: frozenset({"P01"}), 2: frozenset({"P01", "P02"})}


def entry(revision: int, what: str, subject: int, **data: Any) -> Entry:
    return Entry(revision, 0, "", 0, what, str(subject), data, "")


def issued(revision: int, ticket: int, key: int, service: str = "P01") -> Entry:
    return entry(revision, "ticket.issued", ticket, key=key, service=service)


def called(revision: int, ticket: int, counter: int, **more: str) -> Entry:
    return entry(revision, "ticket.called", ticket, counter=counter, service="P01", **more)


def test_the_replay_finds_a_call_out_of_turn() -> None:
    line = [issued(1, 10, key=5), issued(2, 11, key=3), issued(3, 12, key=3)]
    fair = replayed([*line, called(4, 11, 1), called(5, 12, 1), called(6, 10, 1)], SERVICES)
    assert (fair.calls, fair.skipped, fair.twice, fair.waiting) == ([11, 12, 10], [], [], [])
    unfair = replayed([*line, called(4, 12, 1)], SERVICES)
    assert unfair.skipped == [11]
    assert unfair.waiting == [10, 11]
    by_hand = replayed([*line, called(4, 10, 1, by_hand="unwell")], SERVICES)
    assert by_hand.skipped == []


def test_the_replay_finds_a_ticket_called_twice() -> None:
    found = replayed([issued(1, 10, key=5), called(2, 10, 1), called(3, 10, 2)], SERVICES)
    assert found.twice == [10]


def test_the_replay_minds_what_a_counter_may_call() -> None:
    line = [issued(1, 10, key=1, service="P02"), issued(2, 11, key=2)]
    assert replayed([*line, called(3, 11, 1)], SERVICES).skipped == []
    assert replayed([*line, called(3, 11, 2)], SERVICES).skipped == [10]
    widened = entry(3, "counter.services_set", 1, services=["P01", "P02"])
    assert replayed([*line, widened, called(4, 11, 1)], SERVICES).skipped == [10]


@pytest.mark.parametrize(
    ("followed", "faults"), [([3, 4, 5], 0), ([3, 5], 1), ([3, 4, 4, 5], 1), ([4, 3, 5], 1)]
)
def test_a_gap_in_a_feed_is_found(followed: list[int], faults: int) -> None:
    assert feed_faults({"began_after": 2, "followed": followed}, newest=5) == faults


def test_half_of_the_stations_are_counters() -> None:
    assert [name for name, _ in roster(8)] == [
        *(f"counter-{number}" for number in range(1, 5)), "kiosk-1", "board-1", "lobby", "kiosk-2"
    ]  # fmt: skip
    assert len(roster(16)) == 16


def agrees(found: dict[str, Any]) -> None:
    """What has to hold of every play, however slow the machine is today."""
    assert found["errors"] == []
    assert found["tickets"] > 20
    assert found["calls"] > 5
    assert (found["called_twice"], found["skipped"]) == (0, 0)
    assert (found["feed_faults"], found["never_shown"]) == (0, 0)
    assert found["stations_with_complete_feed"] == 4
    assert found["journal_verified"]
    # A slow look alone would take a second in the middle.
    assert found["commit_to_screen_ms"]["p50"] < 500


def test_four_stations_on_one_file() -> None:
    agrees(play_day(Play("sqlite", stations=4, speed=360, hours=1)))


@pytest.mark.skipif(not Server.installed(), reason="no PostgreSQL server is installed")
def test_four_stations_on_one_server_that_goes_away() -> None:
    found = play_day(Play("postgresql", stations=4, speed=300, hours=1, outage_s=3))
    agrees(found)
    outage = found["outage"]
    assert outage["said"] == ["暂时连不上数据库，已填内容保留"]
    assert outage["stations_that_said_so"] == 4
    assert outage["stations_that_kept_what_was_typed"] == 4
    assert outage["stations_that_came_back"] == 4
    assert outage["calls_afterwards"] > 0
    slow = {**found, "commit_to_screen_ms": {"p95": 300}}
    assert not holds(slow)
