"""A store whose key is not here: the worker says so, waits, and opens with the recovery key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.errors import BadInput, StoreLocked, TingtangError
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import new_key
from branch.lobby.commands.arrivals import Issue
from tests.keyed import Keyed, actor, copy_sample, issue, keyed, manager
from tests.stores import KeptSchema
from ui.shell import worker as worker_module
from ui.shell.worker import Worker


class Desk(QObject):
    """Somebody who asks the worker for things, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fitted = 0
        self.answers: list[object] = []
        self.refused: list[TingtangError] = []

    def enter(self, worker: Worker, text: str) -> None:
        worker.enter_recovery_key(self, text, self._fits, self.refused.append)

    def _fits(self) -> None:
        self.fitted += 1


@pytest.fixture
def place(sample_file: Path, tmp_path: Path) -> Keyed:
    return keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config")


@pytest.fixture
def elsewhere(place: Keyed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker on the encrypted store, on a machine that has not its key."""
    monkeypatch.setattr(worker_module, "_RETRY_EVERY_S", 0.01)
    worker = Worker(place.url, place.clock, KeyRing(tmp_path / "elsewhere"))
    yield worker
    worker.stop()


def paper(place: Keyed) -> str:
    branch = place.open()
    found = branch.recovery_key()
    branch.close()
    return found


def test_it_is_told_once_and_waits(qtbot: QtBot, place: Keyed, elsewhere: Worker) -> None:
    told: list[TingtangError] = []
    elsewhere.store_failed.connect(lambda error, _tries: told.append(error))
    elsewhere.start()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], StoreLocked)
    assert told[0].code == "store_key_missing"
    desk = Desk()
    elsewhere.ask(desk, lambda branch: branch.founded, desk.answers.append, desk.refused.append)
    qtbot.waitUntil(lambda: len(desk.refused) == 1)
    assert (desk.answers, desk.refused, len(told)) == ([], [told[0]], 1)
    elsewhere.retry_now()
    qtbot.waitUntil(lambda: len(told) == 2)


def test_the_recovery_key_opens_it(qtbot: QtBot, place: Keyed, elsewhere: Worker) -> None:
    right = paper(place)
    desk = Desk()
    with qtbot.waitSignal(elsewhere.store_failed):
        elsewhere.start()
    for wrong, code in (
        (new_key().recovery, "recovery_key_other"),
        (right[:-1], "recovery_key_length"),
        (right.replace(right[6], "Z" if right[6] != "Z" else "Y", 1), "recovery_key_group"),
    ):
        desk.refused.clear()
        desk.enter(elsewhere, wrong)
        qtbot.waitUntil(lambda: len(desk.refused) == 1)
        assert isinstance(desk.refused[0], BadInput)
        assert desk.refused[0].code == code
    with qtbot.waitSignal(elsewhere.opened) as opened:
        desk.enter(elsewhere, right.lower())
    assert opened.args == [True]
    qtbot.waitUntil(lambda: desk.fitted == 1)
    elsewhere.ask(desk, lambda branch: issue(branch, 1), desk.answers.append)
    qtbot.waitUntil(lambda: desk.answers == [["A001"]])
    desk.enter(elsewhere, right)
    qtbot.waitUntil(lambda: desk.fitted == 2)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_key_that_cannot_be_kept_is_told(
    qtbot: QtBot, place: Keyed, elsewhere: Worker, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o500)
    desk = Desk()
    with qtbot.waitSignal(elsewhere.store_failed):
        elsewhere.start()
    desk.enter(elsewhere, paper(place))
    qtbot.waitUntil(lambda: len(desk.refused) == 1)
    assert desk.refused[0].code == "store_read_only"


def test_it_can_be_left_while_it_waits(qtbot: QtBot, elsewhere: Worker) -> None:
    with qtbot.waitSignal(elsewhere.store_failed):
        elsewhere.start()


def test_a_key_changed_elsewhere_is_taken_up_or_asked_for(
    qtbot: QtBot, sample_schema: KeptSchema, tmp_path: Path
) -> None:
    here = keyed(sample_schema.put_back(), tmp_path / "here")
    branch = here.open()
    there = KeyRing(tmp_path / "there")
    there.keep(branch.store.sealer.key)
    same = Worker(here.url, here.clock, here.ring)
    other = Worker(here.url, here.clock, there)
    for worker in (same, other):
        with qtbot.waitSignal(worker.opened):
            worker.start()
    # Both follow the journal now: they answer after their first look.
    desk = Desk()
    for worker in (same, other):
        worker.ask(desk, Branch.key_status, desk.answers.append)
    qtbot.waitUntil(lambda: len(desk.answers) == 2)
    with qtbot.waitSignal(other.store_failed, timeout=10_000) as failed:
        branch.rotate_key(manager(branch))
    assert isinstance(failed.args[0], StoreLocked)
    now = branch.key_status().fingerprint

    def follows() -> bool:
        same.ask(desk, Branch.key_status, desk.answers.append)
        return any(getattr(answer, "fingerprint", "") == now for answer in desk.answers)

    qtbot.waitUntil(follows, timeout=10_000)
    with qtbot.waitSignal(other.store_back):
        desk.enter(other, branch.recovery_key())
    desk.answers.clear()
    kiosk = actor(branch, "KIOSK", "kiosk-1")
    other.run(desk, Issue("P01"), kiosk, desk.answers.append)
    qtbot.waitUntil(lambda: len(desk.answers) == 1)
    for worker in (same, other):
        worker.stop()
    branch.close()
