"""The copy of the roster on a machine: fresh, sealed, for its user only, gone with the last."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.day import CloseDay
from branch.people.queries import account_id
from branch.visitors.commands.register import SignedInVisitor, SignInVisitor, SignOutVisitor
from branch.visitors.details import Details
from branch.visitors.queries.roster import KeptRoster, opened_roster
from tests.conftest import OPENING
from ui.shell.roster_keeper import ROSTER_FILE, RosterKeeper, read_sealed, write_sealed
from ui.shell.worker import Worker

Run = Callable[[str, str, object], Any]


@pytest.fixture
def keeper(worker: Worker, clock: SetClock, settings: Settings) -> RosterKeeper:
    return RosterKeeper(worker, clock, settings)


@pytest.fixture
def kept(other: Branch, settings: Settings) -> Callable[[], KeptRoster | None]:
    """What stands in the copy now, None without one."""

    def read() -> KeptRoster | None:
        sealed = read_sealed(settings.home / ROSTER_FILE)
        return opened_roster(other.store.sealer, sealed) if sealed else None

    return read


@pytest.fixture
def come(other: Branch, run: Run) -> Callable[[str], SignedInVisitor]:
    def sign_in(name: str) -> SignedInVisitor:
        host = account_id(other.store, "100301")
        details = Details(
            name=name, unit="安达设备维保", host=host, purpose="business", area="office"
        )
        noted: SignedInVisitor = run("100301", "lobby", SignInVisitor(details, told=True, notice=1))
        return noted

    return sign_in


def names(roster: KeptRoster | None) -> list[str]:
    return [one.label for one in roster.roster.people] if roster is not None else []


def test_the_copy_is_there_at_once_and_tells_the_branch(
    qtbot: QtBot,
    keeper: RosterKeeper,
    kept: Callable[[], KeptRoster | None],
    come: Callable[[str], SignedInVisitor],
) -> None:
    come("周大军")
    keeper.start()
    qtbot.waitUntil(lambda: names(kept()) == ["周大军"])
    found = kept()
    assert found is not None
    assert found.roster.at == OPENING
    assert found.branch.name.zh == "云川银行湖滨路支行"


def test_a_visitor_who_comes_or_goes_changes_it_at_once(
    qtbot: QtBot,
    keeper: RosterKeeper,
    kept: Callable[[], KeptRoster | None],
    come: Callable[[str], SignedInVisitor],
    run: Run,
) -> None:
    keeper.start()
    zhou = come("周大军")
    qtbot.waitUntil(lambda: names(kept()) == ["周大军"], timeout=1000)
    come("何平")
    qtbot.waitUntil(lambda: names(kept()) == ["周大军", "何平"], timeout=1000)
    run("100301", "lobby", SignOutVisitor(zhou.id, True))
    qtbot.waitUntil(lambda: names(kept()) == ["何平"], timeout=1000)


def test_customers_are_on_it_within_the_minute(
    qtbot: QtBot,
    keeper: RosterKeeper,
    kept: Callable[[], KeptRoster | None],
    come: Callable[[str], SignedInVisitor],
    run: Run,
    clock: SetClock,
) -> None:
    come("周大军")
    keeper.start()
    qtbot.waitUntil(lambda: names(kept()) == ["周大军"])
    run("100301", "lobby", Issue("P01"))
    (timer,) = keeper.findChildren(QTimer)
    assert (timer.isActive(), timer.interval()) == (True, 60_000)
    clock.advance(60)
    timer.timeout.emit()
    qtbot.waitUntil(lambda: names(kept()) == ["周大军", "A001"])
    found = kept()
    assert found is not None
    assert found.roster.at == OPENING + 60_000


def test_with_the_last_one_gone_the_copy_goes(
    qtbot: QtBot,
    keeper: RosterKeeper,
    kept: Callable[[], KeptRoster | None],
    come: Callable[[str], SignedInVisitor],
    run: Run,
    settings: Settings,
) -> None:
    keeper.start()
    zhou = come("周大军")
    qtbot.waitUntil((settings.home / ROSTER_FILE).exists)
    run("100301", "lobby", SignOutVisitor(zhou.id, True))
    qtbot.waitUntil(lambda: not (settings.home / ROSTER_FILE).exists())


def test_it_is_sealed_and_for_this_user_only(
    qtbot: QtBot,
    keeper: RosterKeeper,
    come: Callable[[str], SignedInVisitor],
    settings: Settings,
    worker: Worker,
) -> None:
    come("周大军")
    keeper.start()
    file = settings.home / ROSTER_FILE
    qtbot.waitUntil(file.exists)
    keeper.stop()
    done: list[int] = []
    worker.ask(keeper, lambda branch: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "周" not in file.read_text(encoding="ascii")
    assert [one.name for one in settings.home.iterdir() if one.name.endswith(".new")] == []


def test_stopped_it_writes_no_more(
    qtbot: QtBot,
    keeper: RosterKeeper,
    kept: Callable[[], KeptRoster | None],
    come: Callable[[str], SignedInVisitor],
    worker: Worker,
) -> None:
    keeper.start()
    come("周大军")
    qtbot.waitUntil(lambda: names(kept()) == ["周大军"])
    keeper.stop()
    with qtbot.waitSignal(worker.changed):
        come("何平")
    done: list[int] = []
    worker.ask(keeper, lambda branch: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert names(kept()) == ["周大军"]


def test_a_folder_that_takes_no_file_stops_nothing(
    qtbot: QtBot,
    worker: Worker,
    clock: SetClock,
    settings: Settings,
    come: Callable[[str], SignedInVisitor],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keeper = RosterKeeper(worker, clock, replace(settings, home=tmp_path / "file" / "home"))
    come("周大军")
    with caplog.at_level(logging.WARNING, "tingtang"):
        keeper.start()
        qtbot.waitUntil(lambda: "roster is not written" in caplog.text)
    assert "周" not in caplog.text


def test_a_text_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in the middle of writing leaves the one before."""
    file = tmp_path / "roster.sealed"
    write_sealed(file, "first")

    def killed(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        write_sealed(file, "second")
    monkeypatch.undo()
    assert read_sealed(file) == "first"
    write_sealed(file, "third")
    assert read_sealed(file) == "third"


def test_the_day_can_be_closed_while_it_runs(
    qtbot: QtBot, keeper: RosterKeeper, run: Run, kept: Callable[[], KeptRoster | None]
) -> None:
    run("100301", "lobby", Issue("P01"))
    keeper.start()
    qtbot.waitUntil(lambda: names(kept()) == ["A001"])
    run("100301", "lobby", CloseDay({}))
    keeper.keep()
    qtbot.waitUntil(lambda: kept() is None)
