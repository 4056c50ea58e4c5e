"""Calling stands still in a drill or an incident, and the day's figures leave that time out."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, BranchError, NotFound, NotPermitted, RuleBroken
from branch.kernel.phrases import phrases
from branch.lobby.commands.calling import (
    CallNext,
    CallTicket,
    Finish,
    FinishAndCall,
    NoShow,
    Recall,
)
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.freezing import FreezeLobby, ThawLobby
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.freezing import frozen, standstills
from branch.lobby.queries.overview import Stretch, overview
from branch.lobby.queries.promises import scoreboard
from branch.lobby.queries.summary import day_summary
from branch.lobby.queries.waits import day_record
from branch.lobby.rules import stood_still_ms
from branch.lobby.waits.projection import Spread
from tests.lobby.hall import Hall

DAY = "2026-11-20"


def sentence(error: BranchError) -> str:
    return phrases("errors").say(error.code, "zh", **error.values)


@pytest.mark.parametrize(
    ("begin", "end", "still"),
    [(0, 10, 0), (0, 25, 5), (22, 28, 6), (15, 45, 15), (30, 40, 0), (35, 60, 5), (5, 5, 0)],
)
def test_the_time_that_stood_still(begin: int, end: int, still: int) -> None:
    assert stood_still_ms([(20, 30), (40, 45)], begin, end) == still


def test_a_clock_put_back_takes_nothing_out() -> None:
    assert stood_still_ms([(30, 20)], 0, 60) == 0


def test_nobody_is_called_while_it_stands_still(hall: Hall) -> None:
    hall.open(1, 2)
    served = hall.serving(1)
    waits = hall.issue().id
    hall.lobby(FreezeLobby("drill"))
    hall.wait(10)
    for command in (
        CallNext(1),
        FinishAndCall(1),
        Recall(1),
        NoShow(1),
    ):
        with pytest.raises(RuleBroken) as refused:
            hall.at(1, command)
        assert sentence(refused.value) == "正在演练，叫号暂停"
    with pytest.raises(RuleBroken):
        hall.lobby(CallTicket(waits, 2, "care"))
    # Whoever is at a counter may be served to the end, and new customers get their tickets.
    hall.at(1, Finish(1))
    assert hall.row(served).state == "finished"
    hall.issue()
    hall.lobby(ThawLobby())
    called = hall.call(1)
    assert called is not None
    assert called.id == waits


def test_why_it_stands_still_is_told(hall: Hall) -> None:
    hall.open(1)
    hall.lobby(FreezeLobby("real"))
    with pytest.raises(RuleBroken) as refused:
        hall.call(1)
    assert sentence(refused.value) == "发生险情，叫号暂停"
    still = frozen(hall.store)
    assert still is not None
    assert (still.reason, still.ref, still.since) == ("real", None, hall.clock.now_ms())
    assert hall.last.what == "command.refused"


def test_it_stands_still_once_and_goes_on_once(hall: Hall) -> None:
    with pytest.raises(RuleBroken) as refused:
        hall.lobby(FreezeLobby("drill"))
    assert refused.value.code == "day_not_open"
    hall.open(1)
    with pytest.raises(BadInput):
        hall.lobby(FreezeLobby("lunch"))
    with pytest.raises(NotPermitted):
        hall.at(1, FreezeLobby("drill"))
    hall.lobby(FreezeLobby("drill"))
    with pytest.raises(RuleBroken) as refused:
        hall.lobby(FreezeLobby("drill"))
    assert refused.value.code == "lobby_frozen_already"
    hall.lobby(ThawLobby())
    with pytest.raises(NotFound):
        hall.lobby(ThawLobby())


def test_the_days_figures_leave_it_out(hall: Hall) -> None:
    """A wait of 4 minutes, one of 4 + 20 frozen + 3, one of 2 that came afterwards."""
    hall.open(1)
    hall.issue()
    hall.wait(minutes=4)
    hall.call(1)
    hall.at(1, Finish(1))
    hall.issue()
    hall.wait(minutes=4)
    hall.lobby(FreezeLobby("drill"))
    hall.wait(minutes=20)
    hall.lobby(ThawLobby())
    hall.wait(minutes=3)
    hall.call(1)
    hall.at(1, Finish(1))
    hall.issue()
    hall.wait(minutes=2)
    hall.call(1)
    hall.at(1, Finish(1))
    summary = day_summary(hall.store, DAY)
    assert summary is not None
    assert (summary.waits.count, summary.waits.mean, summary.waits.maximum) == (3, 260.0, 420.0)
    found = overview(hall.store, Stretch(DAY, DAY), Stretch("2026-11-19", "2026-11-19"))
    assert (found.totals.waits.mean, found.totals.waits.maximum) == (260.0, 420.0)


def test_a_service_that_was_interrupted_teaches_its_own_time(hall: Hall) -> None:
    hall.open(1)
    hall.serving(1)
    hall.wait(minutes=3)
    hall.lobby(FreezeLobby("drill"))
    hall.wait(minutes=30)
    hall.lobby(ThawLobby())
    hall.wait(minutes=2)
    hall.at(1, Finish(1))
    hall.lobby(CloseDay())
    kept = hall.store.rows("SELECT data FROM lesson", ())[0][0]
    assert '["P01","ordinary",300000]' in kept


def test_no_promise_is_broken_by_a_drill(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    said = Spread(4.0, 6.0, 8.0)
    hall.kiosk(KeepPromise(ticket, said, said, 0))
    hall.wait(minutes=2)
    hall.lobby(FreezeLobby("drill"))
    hall.wait(minutes=30)
    hall.lobby(ThawLobby())
    hall.wait(minutes=5)
    hall.call(1)
    before = scoreboard(hall.store, DAY).whole
    assert (before.made, before.within, before.in_time) == (1, 1, 1)
    hall.at(1, Finish(1))
    hall.lobby(CloseDay())
    assert scoreboard(hall.store, DAY).whole == before
    assert hall.store.rows("SELECT wait FROM promise", ()) == [(7 * 60_000,)]


def test_the_end_of_the_day_ends_it(hall: Hall) -> None:
    hall.open(1)
    hall.lobby(FreezeLobby("drill"))
    hall.wait(minutes=5)
    hall.lobby(CloseDay())
    assert frozen(hall.store) is None
    (span,) = standstills(hall.store, DAY, DAY)[DAY]
    assert span[1] - span[0] == 5 * 60_000
    assert day_record(hall.store, DAY).frozen == [span]
