"""Asking anew: one question at a time, the last state is always shown in the end."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from branch.kernel.errors import RuleBroken
from branch.kernel.store import Store
from ui.shell.asking import PACE_MS, Asking, Pace
from ui.shell.station import Station, sentence


@pytest.fixture
def station(station_for: Callable[[str, str], Station]) -> Station:
    return station_for("lobby", "100301")


def test_however_often_it_is_asked_two_questions_go_out(qtbot: QtBot, station: Station) -> None:
    asked: list[int] = []
    answers: list[int] = []

    def question() -> Callable[[Store], int]:
        asked.append(len(asked))
        number = asked[-1]
        return lambda _store: number

    owner = QObject()
    asking = Asking(station, owner, question, answers.append)
    for _ in range(5):
        asking.ask()
    assert asking.under_way
    qtbot.waitUntil(lambda: answers == [0, 1])
    assert asked == [0, 1]
    assert not asking.under_way


def test_what_is_chosen_meanwhile_is_asked_for_next(qtbot: QtBot, station: Station) -> None:
    chosen = ["today"]
    answers: list[str] = []
    owner = QObject()

    def question() -> Callable[[Store], str]:
        what = chosen[0]
        return lambda _store: what

    asking = Asking(station, owner, question, answers.append)
    asking.ask()
    chosen[0] = "week"
    asking.ask()
    qtbot.waitUntil(lambda: answers == ["today", "week"])


def test_a_refusal_is_told_and_does_not_end_the_asking(qtbot: QtBot, station: Station) -> None:
    refusal = RuleBroken("day_not_open")
    answers: list[str] = []
    owner = QObject()
    fails = [True, False]

    def question() -> Callable[[Store], str]:
        def query(_store: Store) -> str:
            if fails.pop(0):
                raise refusal
            return "answer"

        return query

    asking = Asking(station, owner, question, answers.append)
    with qtbot.waitSignal(station.complained) as told:
        asking.ask()
        asking.ask()
    assert told.args == [sentence(refusal)]
    qtbot.waitUntil(lambda: answers == ["answer"])


def test_changes_that_pour_in_are_asked_for_together(qtbot: QtBot, station: Station) -> None:
    stands = [0]
    answers: list[int] = []
    owner = QObject()

    def question() -> Callable[[Store], int]:
        now = stands[0]
        return lambda _store: now

    pace = Pace(owner, Asking(station, owner, question, answers.append).ask)
    began = time.monotonic()
    # The first change is shown at once.
    pace.soon()
    qtbot.waitUntil(lambda: answers == [0])
    for _ in range(20):
        stands[0] += 1
        pace.soon()
    # The last state is shown in the end, by one question.
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [0, 20]
    assert time.monotonic() - began >= PACE_MS / 1000 * 0.95
    # When nothing changed meanwhile, nothing is asked.
    qtbot.wait(2 * PACE_MS)
    assert answers == [0, 20]


def test_what_changes_while_it_is_held_is_acted_on_once(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    pace = Pace(owner, lambda: done.append(1))
    pace.hold()
    for _ in range(20):
        pace.soon()
    qtbot.wait(2 * PACE_MS)
    assert done == []
    pace.let_go()
    assert done == [1]
    qtbot.wait(2 * PACE_MS)
    assert done == [1]
    # Nothing changed, nothing is done.
    pace.hold()
    pace.let_go()
    assert done == [1]


def test_an_owner_may_go_while_more_is_wanted(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    pace = Pace(owner, lambda: done.append(1))
    pace.soon()
    pace.soon()
    owner.deleteLater()
    qtbot.wait(2 * PACE_MS)
    assert done == [1]
