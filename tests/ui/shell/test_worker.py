"""The worker: answers on the GUI thread, follows other connections, survives a lost store."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import RuleBroken, StoreUnavailable, TingtangError
from branch.kernel.runner import Actor, Outcome
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.queries.screens import board
from branch.people.queries import account_id
from ui.shell.station import Station
from ui.shell.worker import Worker

StationFor = Callable[[str, str], Station]
Run = Callable[[str, str, object], Any]


def test_answers_come_on_the_gui_thread_in_order(qtbot: QtBot, station_for: StationFor) -> None:
    kiosk = station_for("kiosk-1", "KIOSK")
    seen: list[tuple[str, threading.Thread]] = []
    for _ in range(3):
        kiosk.run(
            kiosk, Issue("P01"), lambda it: seen.append((it.number, threading.current_thread()))
        )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert [number for number, _ in seen] == ["A001", "A002", "A003"]
    assert {thread for _, thread in seen} == {threading.main_thread()}


def test_a_refusal_is_told_in_words(qtbot: QtBot, station_for: StationFor) -> None:
    teller = station_for("counter-1", "100482")
    with qtbot.waitSignal(teller.complained) as told:
        teller.run(teller, CallNext(1))
    assert told.args == ["1 号柜台还没有开始服务"]
    errors: list[TingtangError] = []
    teller.run(teller, CallNext(1), failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], RuleBroken)


def test_changes_of_another_connection_arrive_within_300_ms(
    qtbot: QtBot, station_for: StationFor, run: Run
) -> None:
    kiosk = station_for("kiosk-1", "KIOSK")
    settled: list[object] = []
    kiosk.ask(kiosk, board, settled.append)
    qtbot.waitUntil(lambda: bool(settled))
    with qtbot.waitSignal(kiosk.changed, timeout=300) as told:
        run("KIOSK", "kiosk-2", Issue("P01"))
    assert "ticket" in told.args[0]


def test_an_owner_that_is_gone_hears_nothing(qtbot: QtBot, worker: Worker) -> None:
    from shiboken6 import delete

    heard: list[object] = []
    owner, witness = QObject(), QObject()
    worker.ask(owner, lambda branch: 1, heard.append)
    delete(owner)
    done: list[object] = []
    worker.ask(witness, lambda branch: 2, done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert heard == []


def test_a_defect_is_told_and_the_thread_goes_on(qtbot: QtBot, worker: Worker) -> None:
    owner = QObject()

    def broken(branch: Branch) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(worker.defect) as told:
        worker.ask(owner, broken, lambda _: None)
    assert isinstance(told.args[0], ZeroDivisionError)
    done: list[int] = []
    worker.ask(owner, lambda branch: 3, done.append)
    qtbot.waitUntil(lambda: done == [3])


def test_a_full_disk_is_told_and_nothing_is_half_written(
    qtbot: QtBot, worker: Worker, other: Branch, station_for: StationFor
) -> None:
    kiosk = station_for("kiosk-1", "KIOSK")
    owner = QObject()
    pages: list[int] = []

    def fill(branch: Branch) -> None:
        pages.append(branch.store.database.execute_sql("PRAGMA page_count").fetchone()[0])
        branch.store.database.execute_sql(f"PRAGMA max_page_count = {pages[0]}")

    worker.ask(owner, fill, lambda _: None)
    errors: list[TingtangError] = []
    issued: list[object] = []
    with qtbot.waitSignal(kiosk.offline, timeout=20_000) as told:
        for _ in range(400):
            kiosk.run(kiosk, Issue("P01"), issued.append, errors.append)
    assert "磁盘已满" in told.args[0]
    assert isinstance(errors[0], StoreUnavailable)
    worker.ask(
        owner,
        lambda branch: branch.store.database.execute_sql("PRAGMA max_page_count = 1000000"),
        lambda _: None,
    )
    worker.retry_now()
    with qtbot.waitSignal(kiosk.online, timeout=20_000):
        pass
    (count,) = other.store.database.execute_sql("SELECT count(*) FROM ticket").fetchone()
    assert count == len(issued)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    worker = Worker(f"sqlite:///{folder / 'branch.db'}", SetClock(0))
    with qtbot.waitSignal(worker.store_failed, timeout=5000) as told:
        worker.start()
    assert isinstance(told.args[0], StoreUnavailable)
    folder.chmod(0o700)
    worker.retry_now()
    with qtbot.waitSignal(worker.opened, timeout=5000):
        pass
    worker.stop()


def test_outcomes_name_their_revision(qtbot: QtBot, worker: Worker, other: Branch) -> None:
    owner, outcomes = QObject(), list[Outcome[Any]]()
    staff = account_id(other.store, "KIOSK")
    assert staff is not None
    worker.run(owner, Issue("P01"), Actor(staff, "kiosk-1"), outcomes.append)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes[0].changes == {"day", "ticket"}
