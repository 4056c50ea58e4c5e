"""The scoreboard of promised waits, against figures worked out by hand."""

from __future__ import annotations

import pytest

from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.promises import FEW, Score, scoreboard
from branch.lobby.waits.projection import Spread
from tests.lobby.hall import Hall

TODAY = "2026-11-20"
DAY_MINUTES = 24 * 60
RANGE = Spread(5.0, 8.0, 12.0)


def promised(hall: Hall, service: str = "P01", *classes: str, said: Spread = RANGE) -> int:
    """A ticket that is promised a range at the moment it is issued."""
    ticket = hall.issue(service, *classes).id
    hall.kiosk(KeepPromise(ticket, said, said, 0))
    return ticket


def called_after(hall: Hall, minutes: float) -> None:
    """The next one is called that much later, served at once."""
    hall.wait(minutes=minutes)
    hall.at(1, CallNext(1))
    hall.at(1, Finish(1))


def test_nothing_promised_scores_nothing(hall: Hall) -> None:
    board = scoreboard(hall.store, TODAY)
    assert board.whole == Score(0, 0, 0, 0, 0.0)
    assert (board.whole.share, board.whole.share_in_time) == (None, None)
    assert (board.by_group, board.by_class, board.by_day) == ({}, {}, {})
    assert (board.first, board.last, board.version, board.calibrated) == (
        "2026-10-22",
        TODAY,
        0,
        "",
    )


def test_today_is_scored_as_it_goes(hall: Hall) -> None:
    """Range 5 to 12 minutes: called after 3 (2 too early), 9 (inside), 12 (the very end), 20
    (8 too late); one still waits. Outside by 2 and 8: a mean miss of 5."""
    hall.open(1)
    for _ in range(5):
        promised(hall)
    for gap in (3, 6, 3, 8):
        called_after(hall, gap)
    board = scoreboard(hall.store, TODAY)
    assert board.whole == Score(made=5, settled=4, within=2, in_time=3, miss=5.0)
    assert board.by_day == {TODAY: board.whole}
    hall.lobby(CloseDay())
    closed = scoreboard(hall.store, TODAY)
    assert closed.whole == board.whole
    assert (closed.version, closed.calibrated) == (1, TODAY)


def test_both_ends_of_the_range_belong_to_it(hall: Hall) -> None:
    hall.open(1)
    promised(hall, said=Spread(5.0, 5.0, 5.0))
    called_after(hall, 5)
    assert scoreboard(hall.store, TODAY).whole == Score(1, 1, 1, 1, 0.0)


def test_rows_by_service_and_by_class(hall: Hall) -> None:
    """The class is that of the promise; the service goes by its group."""
    hall.open(1)
    promised(hall, "P01", "elderly")
    called_after(hall, 6)
    promised(hall, "P01")
    called_after(hall, 13)
    promised(hall, "P01", "elderly", "vip")
    called_after(hall, 1)
    board = scoreboard(hall.store, TODAY)
    assert board.by_class == {
        "elderly": Score(2, 2, 1, 2, 4.0),
        "ordinary": Score(1, 1, 0, 0, 1.0),
    }
    (group,) = board.by_group.values()
    assert group == board.whole == Score(3, 3, 1, 2, 2.5)


@pytest.mark.parametrize(("count", "share"), [(FEW - 1, None), (FEW, 0.9)])
def test_a_share_of_few_is_not_told(hall: Hall, count: int, share: float | None) -> None:
    """Ten promises, nine inside: 0.9; of nine, nothing is said."""
    hall.open(1)
    for at in range(count):
        promised(hall)
        called_after(hall, 13 if at == 0 else 6)
    score = scoreboard(hall.store, TODAY).whole
    assert score.settled == count
    assert (score.share, score.share_in_time) == (share, share)


def test_thirty_calendar_days_count_and_no_more(hall: Hall) -> None:
    for gap in (0, 1, 28, 1):
        hall.wait(minutes=gap * DAY_MINUTES)
        hall.open(1)
        promised(hall)
        called_after(hall, 6)
        hall.lobby(CloseDay())
    assert list(scoreboard(hall.store, "2026-12-19").by_day) == [
        "2026-11-20",
        "2026-11-21",
        "2026-12-19",
    ]
    assert list(scoreboard(hall.store, "2026-12-20").by_day) == [
        "2026-11-21",
        "2026-12-19",
        "2026-12-20",
    ]
    assert list(scoreboard(hall.store, TODAY).by_day) == [TODAY]
    assert list(scoreboard(hall.store, "2026-11-21", days=1).by_day) == ["2026-11-21"]
