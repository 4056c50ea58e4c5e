"""Stations on a server: woken by its notices, by the slow look without them, and after a loss."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable, TingtangError
from branch.kernel.notices import listen
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.waiting import waiting
from branch.people.queries import account_id
from tests.races.server import Server, own_server
from tests.stores import KeptSchema
from ui.shell import worker as worker_module
from ui.shell.notices import Ear
from ui.shell.worker import Worker

WorkerAt = Callable[[str], Worker]


@pytest.fixture
def worker_at(qapp: QApplication, qtbot: QtBot, clock: SetClock) -> Iterator[WorkerAt]:
    """``worker_at(url)``: a running worker, stopped at the end."""
    running: list[Worker] = []

    def start(url: str) -> Worker:
        worker = Worker(url, clock)
        with qtbot.waitSignal(worker.opened, timeout=10_000):
            worker.start()
        running.append(worker)
        return worker

    yield start
    for worker in running:
        worker.stop()


@pytest.fixture
def other(sample_schema: KeptSchema, clock: SetClock) -> Iterator[Branch]:
    """Another station on the same server."""
    opened = open_branch(sample_schema.put_back(), clock)
    yield opened
    opened.close()


def issue(branch: Branch) -> None:
    branch.run(Issue("P01"), Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-2"))


def listeners(branch: Branch) -> list[int]:
    """The server's processes that listen for this branch."""
    rows = branch.store.database.execute_sql(
        "SELECT pid FROM pg_stat_activity WHERE query = %s", (f'LISTEN "{branch.store.place}"',)
    )
    return [pid for (pid,) in rows.fetchall()]


def until_listening(qtbot: QtBot, branch: Branch) -> int:
    """Wait for one that listens; its process."""
    qtbot.waitUntil(lambda: len(listeners(branch)) == 1, timeout=5000)
    return listeners(branch)[0]


def test_a_notice_brings_news_long_before_the_slow_look(
    qtbot: QtBot, other: Branch, sample_schema: KeptSchema, worker_at: WorkerAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(worker_module, "_SLOW_LOOK_EVERY_S", 60.0)
    worker = worker_at(sample_schema.url)
    until_listening(qtbot, other)
    for _ in range(5):
        with qtbot.waitSignal(worker.changed, timeout=2000) as told:
            issue(other)
        assert "ticket" in told.args[0]


def test_the_slow_look_heals_a_notice_that_was_lost(
    qtbot: QtBot, other: Branch, sample_schema: KeptSchema, worker_at: WorkerAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def nobody_listens(_store: object) -> None:
        raise StoreUnavailable("store_unreachable")

    monkeypatch.setattr(worker_module, "listen", nobody_listens)
    monkeypatch.setattr(worker_module, "_SLOW_LOOK_EVERY_S", 0.3)
    worker = worker_at(sample_schema.url)
    lost: list[object] = []
    worker.store_failed.connect(lambda *told: lost.append(told))
    settle(qtbot, worker)
    with qtbot.waitSignal(worker.changed, timeout=5000) as told:
        issue(other)
    assert "ticket" in told.args[0]
    assert lost == []


def settle(qtbot: QtBot, worker: Worker) -> None:
    """Wait until the worker has looked for the first time."""
    done: list[object] = []
    worker.ask(worker, lambda branch: waiting(branch.store), done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=5000)


def test_who_listens_again_looks_at_once(
    qtbot: QtBot, other: Branch, sample_schema: KeptSchema, worker_at: WorkerAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(worker_module, "_SLOW_LOOK_EVERY_S", 60.0)
    worker = worker_at(sample_schema.url)
    lost: list[object] = []
    worker.store_failed.connect(lambda *told: lost.append(told))
    first = until_listening(qtbot, other)
    other.store.database.execute_sql("SELECT pg_terminate_backend(%s, 5000)", (first,))
    second = until_listening(qtbot, other)
    assert second != first
    with qtbot.waitSignal(worker.changed, timeout=2000) as told:
        issue(other)
    assert "ticket" in told.args[0]
    assert lost == [], "the store itself was never away"


def test_a_stopped_worker_leaves_no_connection(
    qtbot: QtBot, other: Branch, sample_schema: KeptSchema, clock: SetClock, qapp: QApplication
) -> None:
    worker = Worker(sample_schema.url, clock)
    with qtbot.waitSignal(worker.opened, timeout=10_000):
        worker.start()
    until_listening(qtbot, other)
    worker.stop()
    qtbot.waitUntil(lambda: listeners(other) == [], timeout=5000)


def test_a_line_that_ends_on_its_way_to_the_window_is_looked_after(
    qtbot: QtBot, other: Branch
) -> None:
    # As when the server or the program goes between connecting and the next turn of events.
    keeper = QObject()
    ear, notices = Ear(keeper), listen(other.store)
    notices.close()
    with qtbot.waitSignal(ear.heard, timeout=0):
        ear.listen_to(notices)
    assert notices.lost
    assert ear.findChildren(QSocketNotifier) == []


@pytest.fixture
def server() -> Iterator[Server]:
    if not Server.installed():
        pytest.skip("no PostgreSQL server is installed")
    with own_server() as running:
        yield running


def test_a_server_that_was_away_is_told_at_once_and_followed_again(
    qtbot: QtBot, server: Server, sample, clock: SetClock, worker_at: WorkerAt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(worker_module, "_SLOW_LOOK_EVERY_S", 60.0)
    monkeypatch.setattr(worker_module, "_RETRY_EVERY_S", 0.2)
    other = open_branch(server.url, clock)
    other.found(sample)
    worker = worker_at(server.url)
    until_listening(qtbot, other)
    with qtbot.waitSignal(worker.store_failed, timeout=5000) as told:
        server.stop("fast")
    assert told.args[0].code == "store_unreachable"
    refused: list[tuple[str, threading.Thread]] = []

    def failed(error: TingtangError) -> None:
        refused.append((error.code, threading.current_thread()))

    answered: list[Any] = []
    for _ in range(3):
        worker.ask(worker, lambda branch: waiting(branch.store), answered.append, failed)
    qtbot.waitUntil(lambda: len(refused) == 3, timeout=5000)
    assert {code for code, _ in refused} == {"store_unreachable"}
    assert {thread for _, thread in refused} == {threading.main_thread()}
    with qtbot.waitSignal(worker.store_back, timeout=10_000):
        server.start()
    other.store.revive()
    until_listening(qtbot, other)
    with qtbot.waitSignal(worker.changed, timeout=2000):
        issue(other)
    settle(qtbot, worker)
    assert answered == []
    other.close()


def test_everybody_in_line_is_answered_when_the_store_is_lost(
    qtbot: QtBot, server: Server, sample, clock: SetClock, worker_at: WorkerAt
) -> None:
    """With two seconds between two tries, nobody waits for a try of his own."""
    branch = open_branch(server.url, clock)
    branch.found(sample)
    branch.close()
    worker = worker_at(server.url)
    entered, go_on = threading.Event(), threading.Event()

    def wait(_branch: Branch) -> None:
        entered.set()
        go_on.wait(20)

    owner, refused = QObject(), list[TingtangError]()
    worker.ask(owner, wait, lambda _: None)
    assert entered.wait(10)
    for _ in range(20):
        worker.ask(owner, lambda branch: waiting(branch.store), lambda _: None, refused.append)
    server.stop("fast")
    began = time.monotonic()
    go_on.set()
    qtbot.waitUntil(lambda: len(refused) == 20, timeout=10_000)
    assert time.monotonic() - began < 5
    assert all(isinstance(error, StoreUnavailable) for error in refused)
