"""Which change at the counters would help most, found out by the child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.journal import entries
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.waits.helping import Gain
from branch.lobby.waits.projection import Projection
from ui.shell.waits import Waits
from ui.shell.worker import Worker

Run = Callable[[str, str, object], Any]
Heard = list[tuple[Gain, ...] | None]
GROUPS = {"cash": frozenset({"P01", "P02"}), "corporate": frozenset({"C01"})}


@pytest.fixture
def real(worker: Worker, clock: SetClock) -> Iterator[Waits]:
    """The waits of this process, with their child process."""
    made = Waits(worker, clock)
    yield made
    made.stop()


def long_line(run: Run, clock: SetClock) -> None:
    """Six wait for cash at one counter, one for a service no counter is open for; 6 is idle."""
    run("100482", "counter-1", OpenCounter(1))
    run("100485", "counter-4", OpenCounter(4))
    for _ in range(10):
        clock.advance(5)
        run("KIOSK", "kiosk-2", Issue("P01"))
        run("100482", "counter-1", CallNext(1))
        clock.advance(240)
        run("100482", "counter-1", Finish(1))
    for _ in range(7):
        clock.advance(5)
        run("KIOSK", "kiosk-2", Issue("P01"))
    run("100482", "counter-1", CallNext(1))
    run("KIOSK", "kiosk-2", Issue("C01"))


def test_what_helps_is_told_and_nothing_is_changed(
    qtbot: QtBot, run: Run, clock: SetClock, other: Branch, real: Waits
) -> None:
    long_line(run, clock)
    before = len(list(entries(other.store)))
    heard: Heard = []
    real.suggest(real, GROUPS, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    assert heard[0]
    first, *rest = heard[0]
    # Whom nobody can serve comes first: some counter does corporate services as well, or opens.
    assert first.reached == 1
    assert any(gain.candidate.group == "cash" and gain.minutes > 1 for gain in rest) or any(
        gain.candidate.opens and gain.minutes > 1 for gain in rest
    )
    assert len(list(entries(other.store))) == before


def test_nothing_is_told_while_nothing_is_known(qtbot: QtBot, real: Waits) -> None:
    heard: Heard = []
    real.suggest(real, GROUPS, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [None]


def test_nothing_is_told_of_a_store_that_is_gone(
    qtbot: QtBot, real: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: object) -> None:
        raise StoreUnavailable("store_unreachable")

    monkeypatch.setattr(real._watch, "look", gone)
    heard: Heard = []
    real.suggest(real, GROUPS, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [None]


@pytest.mark.parametrize("answers", [0, 1])
def test_without_the_lobby_as_it_is_nothing_can_be_compared(
    qtbot: QtBot, run: Run, clock: SetClock, real: Waits, monkeypatch: pytest.MonkeyPatch,
    answers: int,
) -> None:  # fmt: skip
    long_line(run, clock)
    asked: list[bytes] = []

    def ask(question: bytes, then: Callable[[Projection | None], None]) -> None:
        asked.append(question)
        then(Projection(0, {}, {}) if len(asked) <= answers else None)

    monkeypatch.setattr(real._projector, "ask", ask)
    heard: Heard = []
    real.suggest(real, GROUPS, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    # The lobby as it is is asked first; of changes without an answer nothing is told.
    assert heard == [() if answers else None]
    assert len(asked) > 2


def test_nobody_is_told_who_has_gone(
    qtbot: QtBot, run: Run, clock: SetClock, real: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_line(run, clock)
    thens: list[Callable[[Projection | None], None]] = []
    monkeypatch.setattr(real._projector, "ask", lambda _question, then: thens.append(then))
    owner = QObject()
    heard: Heard = []
    real.suggest(owner, GROUPS, heard.append)
    qtbot.waitUntil(lambda: bool(thens))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    for then in thens:
        then(Projection(0, {}, {}))
    assert heard == []
