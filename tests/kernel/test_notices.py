"""Notices of a server: sent with the commit and only then, heard without waiting, and lost."""

from __future__ import annotations

import select
from collections.abc import Iterator

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import RuleBroken, StoreUnavailable
from branch.kernel.notices import Notices, listen
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.people.queries import account_id
from tests.races.server import Server, own_server
from tests.stores import KeptSchema, fresh_schema

WAIT_S = 5.0


@pytest.fixture
def branch(sample_schema: KeptSchema, clock: SetClock) -> Iterator[Branch]:
    """The sample branch on the server."""
    opened = open_branch(sample_schema.put_back(), clock)
    yield opened
    opened.close()


@pytest.fixture
def notices(branch: Branch) -> Iterator[Notices]:
    """Another station that listens."""
    heard = listen(branch.store)
    yield heard
    heard.close()


def at(branch: Branch, staff_no: str, station: str) -> Actor:
    staff = account_id(branch.store, staff_no)
    assert staff is not None
    return Actor(staff, station)


def wakes(notices: Notices, within_s: float = WAIT_S) -> bool:
    """Whether the socket says that there is something to read."""
    return bool(select.select([notices], [], [], within_s)[0])


def read_to_the_end(notices: Notices) -> None:
    """Read whatever comes; the server's farewell comes before the end."""
    while wakes(notices):
        notices.drain()


def test_a_command_is_one_notice(branch: Branch, notices: Notices) -> None:
    assert notices.drain() == 0
    branch.run(Issue("P01"), at(branch, "KIOSK", "kiosk-1"))
    assert wakes(notices)
    assert notices.drain() == 1
    assert notices.drain() == 0


def test_a_refusal_is_in_the_journal_and_so_it_is_told(branch: Branch, notices: Notices) -> None:
    with pytest.raises(RuleBroken):
        branch.run(CloseDay(), at(branch, "100301", "lobby"))
    assert wakes(notices)
    assert notices.drain() == 1


def test_a_command_that_changed_nothing_is_not_told(branch: Branch, notices: Notices) -> None:
    teller = at(branch, "100482", "counter-1")
    branch.run(OpenCounter(1), teller)
    assert wakes(notices)
    notices.drain()
    assert branch.run(CallNext(1), teller).value is None
    assert not wakes(notices, 0.2)


def test_nothing_is_told_before_the_commit_or_after_a_rollback(
    branch: Branch, notices: Notices
) -> None:
    kiosk = at(branch, "KIOSK", "kiosk-1")
    with pytest.raises(ZeroDivisionError), branch.store.transaction():
        branch.run(Issue("P01"), kiosk)
        assert not wakes(notices, 0.2)
        raise ZeroDivisionError
    assert not wakes(notices, 0.2)


def test_many_notices_are_drained_at_once(branch: Branch, notices: Notices) -> None:
    for _ in range(50):
        branch.run(Greet(), at(branch, "100301", "lobby"))
    heard = 0
    while heard < 50 and wakes(notices):
        heard += notices.drain()
    assert heard == 50


def test_a_branch_hears_its_own_schema_only(
    branch: Branch, notices: Notices, sample, clock: SetClock
) -> None:
    with fresh_schema() as url:
        neighbour = open_branch(url, clock)
        neighbour.found(sample)
        neighbour.run(Issue("P01"), at(neighbour, "KIOSK", "kiosk-1"))
        neighbour.close()
    assert not wakes(notices, 0.2)


def test_the_longest_name_of_a_schema_can_be_heard(
    postgres_url: str, sample, clock: SetClock
) -> None:
    plain, _, schema = postgres_url.rpartition("schema=")
    longest = schema.ljust(63, "x")
    branch = open_branch(postgres_url, clock)
    branch.store.database.execute_sql(f"CREATE SCHEMA {longest}")
    branch.close()
    branch = open_branch(f"{plain}schema={longest}", clock)
    branch.found(sample)
    notices = listen(branch.store)
    branch.run(Issue("P01"), at(branch, "KIOSK", "kiosk-1"))
    assert wakes(notices)
    assert notices.drain() == 1
    notices.close()
    branch.store.database.execute_sql(f"DROP SCHEMA {longest} CASCADE")
    branch.close()


def test_a_connection_that_was_cut_wakes_and_is_lost(branch: Branch, notices: Notices) -> None:
    branch.store.database.execute_sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE query LIKE 'LISTEN %%' AND query LIKE %s",
        (f"%{branch.store.place}%",),
    )
    assert not notices.lost
    with pytest.raises(StoreUnavailable) as failed:
        read_to_the_end(notices)
    assert failed.value.code == "store_unreachable"
    assert notices.lost


@pytest.fixture
def server() -> Iterator[Server]:
    if not Server.installed():
        pytest.skip("no PostgreSQL server is installed")
    with own_server() as running:
        yield running


def test_nobody_can_listen_to_a_server_that_is_gone(
    server: Server, sample, clock: SetClock
) -> None:
    branch = open_branch(server.url, clock)
    branch.found(sample)
    notices = listen(branch.store)
    server.stop("fast")
    for attempt in (lambda: read_to_the_end(notices), lambda: listen(branch.store)):
        with pytest.raises(StoreUnavailable) as failed:
            attempt()
        assert failed.value.code == "store_unreachable"
    server.start()
    branch.store.revive()
    again = listen(branch.store)
    branch.run(Issue("P01"), at(branch, "KIOSK", "kiosk-1"))
    assert wakes(again)
    assert again.drain() == 1
    again.close()
    branch.close()
