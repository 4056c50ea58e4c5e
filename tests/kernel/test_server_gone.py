"""A PostgreSQL server that goes and comes back: named, nothing lost, no restart of the program."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import peewee
import pytest

from branch.bootstrap import Branch, open_branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.following import Follower
from branch.kernel.migrations import migrate
from branch.kernel.runner import Actor
from branch.kernel.store import open_store
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.waiting import waiting
from branch.people.commands import SignIn
from branch.people.queries import account_id
from tests.races.server import Server, own_server
from tests.stores import KeptSchema, with_schema


@pytest.fixture
def server() -> Iterator[Server]:
    if not Server.installed():
        pytest.skip("no PostgreSQL server is installed")
    with own_server() as running:
        yield running


def test_a_server_that_died_is_named_and_found_again(
    server: Server, sample: Plan, clock: SetClock
) -> None:
    branch = open_branch(server.url, clock)
    branch.found(sample)
    kiosk = Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-1")
    first = branch.run(Issue("P01"), kiosk).value.number
    server.stop()
    for attempt in (
        lambda: branch.run(Issue("P01"), kiosk),
        lambda: waiting(branch.store),
        lambda: Follower(branch.store).look(),
        lambda: branch.founded,
    ):
        with pytest.raises(StoreUnavailable) as failed:
            attempt()
        assert failed.value.code == "store_unreachable"
    server.start()
    assert [ticket.number for ticket in waiting(branch.store)] == [first] == ["A001"]
    assert branch.run(Issue("P01"), kiosk).value.number == "A002"
    assert isinstance(journal.verify(branch.store), int)
    branch.close()


@pytest.fixture
def branch(sample_schema: KeptSchema, clock: SetClock) -> Iterator[Branch]:
    opened = open_branch(sample_schema.put_back(), clock)
    yield opened
    opened.close()


def cut(branch: Branch) -> None:
    """End the branch's own connection from the server's side."""
    pid = branch.store.database.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
    other = open_branch(with_schema(branch.store.place), SetClock(0))
    other.store.database.execute_sql("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    other.close()


def kiosk_of(branch: Branch) -> Actor:
    return Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-1")


@pytest.mark.parametrize(
    "work",
    [
        lambda branch: branch.run(Issue("P01"), Actor(1, "kiosk-1")),
        lambda branch: branch.run(SignIn("100482", "000000"), Actor(0, "counter-1")),
        lambda branch: waiting(branch.store),
        lambda branch: journal.verify(branch.store),
    ],
    ids=["command", "sign-in", "query", "verify"],
)
def test_a_connection_that_was_cut_fails_once(
    branch: Branch, work: Callable[[Branch], object]
) -> None:
    work(branch)
    cut(branch)
    with pytest.raises(StoreUnavailable) as failed:
        work(branch)
    assert failed.value.code == "store_unreachable"
    work(branch)


def test_a_follower_alone_finds_the_server_again(branch: Branch) -> None:
    follower = Follower(branch.store)
    follower.look()
    cut(branch)
    with pytest.raises(StoreUnavailable):
        follower.look()
    other = open_branch(with_schema(branch.store.place), branch.clock)
    other.run(Issue("P01"), kiosk_of(other))
    other.close()
    assert follower.look() == {"day", "ticket"}


def test_a_transaction_is_never_continued_on_another_connection(branch: Branch) -> None:
    kiosk = kiosk_of(branch)
    with pytest.raises(StoreUnavailable), branch.store.transaction():
        branch.store.database.execute_sql("DELETE FROM setting")
        cut_inside(branch)
        waiting(branch.store)
    assert branch.run(Issue("P01"), kiosk).value.number == "A001"


def cut_inside(branch: Branch) -> None:
    cut(branch)
    with pytest.raises(StoreUnavailable):
        waiting(branch.store)


def test_a_user_without_rights_is_told_so(postgres_url: str) -> None:
    role = postgres_url.rpartition("schema=")[2].replace("test", "role")
    store = open_store(postgres_url)
    store.database.execute_sql(f"CREATE ROLE {role}")
    try:
        store.database.execute_sql(f"SET ROLE {role}")
        with pytest.raises(StoreUnavailable) as failed:
            migrate(store, "1000")
        assert failed.value.code == "store_read_only"
    finally:
        store.database.execute_sql("RESET ROLE")
        store.database.execute_sql(f"DROP ROLE {role}")
        store.close()


def test_another_thread_has_no_connection(branch: Branch) -> None:
    caught: list[BaseException] = []

    def slip() -> None:
        try:
            branch.store.database.execute_sql("SELECT 1")
        except peewee.InterfaceError as error:
            caught.append(error)
        try:
            waiting(branch.store)
        except StoreUnavailable as error:
            caught.append(error)

    thread = threading.Thread(target=slip)
    thread.start()
    thread.join()
    assert [type(error) for error in caught] == [peewee.InterfaceError, StoreUnavailable]
