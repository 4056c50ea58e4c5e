"""Every trouble of the lobby has one row and one answer, by table; none moves anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import CounterNow, QueuedTicket
from branch.lobby.waits.outlook import Outlook
from tests.ui.lobby.made import LETTERS, MINUTE, NOW, counter, lobby, ticket
from tests.ui.waits import an_outlook
from ui.lobby.alerts import Alert, Kind, alerts
from ui.lobby.picture import Picture
from ui.lobby.soothing import Soothing

CASH, ACCOUNTS, FIRMS = "cash1 cash2 transfer1 transfer2", "cards1 cards2", "corporate1 corporate2"


def waits(p90: float = 8, **of_group: float) -> Outlook:
    """Nine in ten new tickets wait at most so long, by group."""
    return an_outlook(
        {(f"{group}{n}", 0): (0.0, of_group.get(group, p90)) for group in LETTERS for n in (1, 2)}
    )


def told(shown: Picture, known: Outlook | None = None, after: float = 0) -> list[str]:
    """The keys of the rows, so many minutes later."""
    found = alerts(shown, NOW + round(after * MINUTE), Soothing(), known)
    return [alert.key for alert in found]


def the(shown: Picture, kind: Kind, known: Outlook | None = None) -> Alert:
    (found,) = [alert for alert in alerts(shown, NOW, Soothing(), known) if alert.kind is kind]
    return found


def busy(number: int, services: str, **more: str) -> CounterNow:
    return counter(number, services, serves=services.split()[0], minutes=3, **more)


def line(service: str, *waited: float) -> list[QueuedTicket]:
    first = 100 * (1 + list(LETTERS).index(service.rstrip("12")))
    return [ticket(first + at, service, minutes) for at, minutes in enumerate(waited)]


TWO_FOR_CASH = [busy(1, CASH), busy(2, CASH)]


@pytest.mark.parametrize(
    ("counters", "waiting", "keys"),
    [
        # past 80 % and past 100 % of the target: one row a queue, the late speak for the near
        (TWO_FOR_CASH, line("cash1", 15.9, 3), []),
        (TWO_FOR_CASH, line("cash1", 17, 16.5, 3), ["near-A"]),
        (TWO_FOR_CASH, line("cash1", 26, 21, 17), ["over-100"]),
        (TWO_FOR_CASH, [*line("cash1", 21), *line("transfer1", 30)], ["over-200"]),
        (TWO_FOR_CASH, [ticket(1, "cash1", 11, target=10), *line("cash2", 19)], ["over-1"]),
        ([*TWO_FOR_CASH, busy(4, ACCOUNTS), busy(5, ACCOUNTS)],
         [*line("cash1", 17), *line("cards1", 25)], ["over-300", "near-A"]),
        # a service that one counter serves, three or more waiting
        ([busy(4, ACCOUNTS), busy(6, FIRMS)], line("corporate1", 5, 4), []),
        ([busy(4, ACCOUNTS), busy(6, FIRMS)], line("corporate1", 5, 4, 3), ["support-E"]),
        ([busy(5, FIRMS), busy(6, FIRMS)], line("corporate1", 5, 4, 3), []),
        # by service, not by queue: transfers only at 2, cash at 1 and 2
        ([busy(1, "cash1 cash2"), busy(2, CASH)], line("cash1", 5, 4, 3), []),
        ([busy(1, "cash1 cash2"), busy(2, CASH)],
         [*line("cash1", 5, 4, 3), *line("transfer1", 2, 1)], []),
        ([busy(1, "cash1 cash2"), busy(2, CASH)],
         [*line("cash1", 5), *line("transfer1", 4, 3, 2)], ["support-A"]),
        # who was sent to a counter waits for that one
        ([busy(4, ACCOUNTS), busy(6, FIRMS)],
         [ticket(n, "corporate1", 5, pinned=6) for n in (1, 2, 3)], []),
        # nobody can serve them at all: one is enough; a counter that pauses comes back
        ([busy(1, CASH)], line("corporate1", 0), ["support-E"]),
        ([busy(1, CASH), counter(6, FIRMS, state="closed")], line("corporate1", 0), ["support-E"]),
        ([busy(1, CASH), counter(6, FIRMS, state="paused")], line("corporate1", 0), []),
        ([counter(1, CASH, state="closed")], line("cash1", 3), []),
        # an idle counter that could help
        ([*TWO_FOR_CASH, counter(6, FIRMS)], line("cash1", 5), ["spare-6-A"]),
        ([*TWO_FOR_CASH, counter(6, FIRMS)], line("cash1", 1.9), []),
        ([*TWO_FOR_CASH, counter(3, CASH), counter(6, FIRMS)], line("cash1", 5), []),
        ([*TWO_FOR_CASH, counter(6, FIRMS)], [*line("cash1", 5), *line("corporate1", 1)], []),
        ([*TWO_FOR_CASH, counter(6, FIRMS)],
         [ticket(1, "cash1", 5, pinned=2)], []),
        ([*TWO_FOR_CASH, busy(4, ACCOUNTS), busy(5, ACCOUNTS), counter(6, FIRMS)],
         [*line("cash1", 5), *line("cards1", 4, 3)], ["spare-6-C"]),
        # one row for one cause: the supporter asked for is not also said to be idle
        ([busy(1, CASH), counter(6, FIRMS)], line("cash1", 5, 4, 3), ["support-A"]),
        # a counter away
        ([counter(1, CASH, state="paused", reason="cash", minutes=10)], [], []),
        ([counter(1, CASH, state="paused", reason="cash", minutes=11)], [],
         [f"away-1-{NOW - 11 * MINUTE}"]),
        ([counter(1, CASH, state="paused", reason="break", minutes=39, planned="11:30-12:10")],
         [], []),
        ([counter(1, CASH, state="paused", reason="break", minutes=41, planned="11:30-12:10")],
         [], [f"away-1-{NOW - 41 * MINUTE}"]),
        ([counter(1, CASH, state="paused", reason="cash", minutes=15, planned="11:30-12:10")],
         [], [f"away-1-{NOW - 15 * MINUTE}"]),
        ([counter(1, CASH, state="paused", reason="cash", minutes=15, serves="cash1")], [], []),
    ],
)  # fmt: skip
def test_what_the_lobby_tells(
    counters: list[CounterNow], waiting: list[QueuedTicket], keys: list[str]
) -> None:
    assert told(lobby(counters, waiting)) == keys


@pytest.mark.parametrize(
    ("known", "keys"),
    [
        (None, []),
        (waits(19.9), []),
        # the queue where it would be worst speaks for all
        (waits(21, cards=24), ["forecast-C"]),
        (waits(cash=20.4), ["forecast-A"]),
        # the load says why new tickets will wait
        (replace(waits(34), load=0.9), ["forecast-A"]),
        (replace(waits(34), load=0.94), ["load"]),
        (replace(waits(), load=0.94), ["load"]),
    ],
)
def test_what_the_waits_tell(known: Outlook | None, keys: list[str]) -> None:
    counters = [busy(1, f"{CASH} {ACCOUNTS}"), busy(2, f"{CASH} {FIRMS}")]
    assert told(lobby(counters, []), known) == keys


def test_a_queue_whose_trouble_has_an_answer_is_not_forecast() -> None:
    counters = [busy(1, CASH), busy(2, CASH), busy(4, ACCOUNTS), busy(6, FIRMS)]
    shown = lobby(counters, [*line("cash1", 25), *line("corporate1", 1, 1, 1)])
    assert told(shown, waits(30)) == ["over-100", "support-E", "forecast-C"]


def test_a_service_longer_than_19_in_20_of_its_kind() -> None:
    shown = lobby([counter(1, CASH, serves="cash1", minutes=12)], [])
    known = replace(waits(), long_after={"cash1": 12.0})
    assert told(shown, known) == []
    assert told(shown, known, after=1) == ["long-901"]
    assert told(shown, replace(known, long_after={"cash2": 2.0}), after=1) == []


def test_the_most_urgent_stands_first() -> None:
    counters = [
        counter(1, CASH, serves="cash1", minutes=30),
        counter(2, CASH, state="paused", reason="meeting", minutes=40),
        busy(3, ACCOUNTS),
        counter(4, FIRMS),
        busy(5, f"{CASH} {FIRMS}"),
    ]
    failed = replace(ticket(900, "corporate1", 1), print_state="failed")
    waiting = [*line("cash1", 25), *line("cards1", 17, 5, 4), failed]
    asked = (HelpAsked(1, "kiosk-1", "customer", "", NOW),)
    known = replace(waits(40), long_after={"cash1": 12.0}, load=1.1)
    found = alerts(lobby(counters, waiting, asked), NOW, Soothing(), known)
    assert [alert.kind for alert in found] == [
        Kind.OVER,
        Kind.HELP,
        Kind.PRINT,
        Kind.SUPPORT,
        Kind.LONG,
        Kind.AWAY,
        Kind.LOAD,
        Kind.NEAR,
    ]
    assert len({alert.key for alert in found}) == len(found)


# -- what a row carries -----------------------------------------------------------------------


def test_the_supporter_is_given_the_groups_that_wait_and_no_more() -> None:
    counters = [busy(1, "cash1 cash2"), busy(2, CASH), busy(4, ACCOUNTS), counter(6, FIRMS)]
    shown = lobby(counters, line("transfer1", 4, 3, 2))
    alert = the(shown, Kind.SUPPORT)
    assert (alert.only, alert.helper, alert.more) == (counters[1], counters[3], 3)
    assert alert.services == {"transfer1", "transfer2"}


def test_without_another_counter_there_is_no_supporter() -> None:
    alert = the(lobby([busy(1, CASH)], line("cash1", 3, 2, 1)), Kind.SUPPORT)
    assert (alert.only is not None, alert.helper) == (True, None)


def test_for_whom_no_counter_is_open_the_one_that_can_best_be_spared() -> None:
    counters = [busy(1, CASH), counter(2, ACCOUNTS)]
    alert = the(lobby(counters, line("corporate2", 3)), Kind.SUPPORT)
    assert (alert.only, alert.helper) == (None, counters[1])
    assert alert.services == {"corporate1", "corporate2"}


def test_the_forecast_is_rounded_outward_as_every_wait() -> None:
    alert = the(lobby([busy(1, CASH), busy(2, CASH)], []), Kind.FORECAST, waits(cash=26.2))
    assert (alert.minutes, alert.target) == (27, 20)


# -- what was seen to -------------------------------------------------------------------------


def rows(
    shown: Picture, soothing: Soothing, after: float, known: Outlook | None = None
) -> list[str]:
    return [a.key for a in alerts(shown, NOW + round(after * MINUTE), soothing, known)]


def test_a_customer_seen_to_is_quiet_for_ten_minutes_and_the_next_speaks_up() -> None:
    shown = lobby(TWO_FOR_CASH, line("cash1", 26, 22, 17))
    soothing = Soothing()
    soothing.soothe("over-100", 0, NOW)
    assert rows(shown, soothing, 0) == ["over-101"]
    soothing.soothe("over-101", 0, NOW)
    # Nothing else is said of the queue in their place: not the near one, and no forecast.
    assert rows(shown, soothing, 0, waits(30, cards=0, corporate=0)) == []
    assert rows(shown, soothing, 9.9) == ["over-102"]
    assert rows(shown, soothing, 10) == ["over-100"]
    soothing.unsoothe("over-101")
    assert rows(shown, soothing, 0) == ["over-101"]


def test_a_load_seen_to_hides_what_it_causes() -> None:
    shown = lobby(TWO_FOR_CASH, [])
    soothing = Soothing()
    soothing.soothe("load", 1.0, NOW)
    assert rows(shown, soothing, 5, replace(waits(40), load=1.0)) == []
    assert rows(shown, soothing, 5, replace(waits(40), load=1.24)) == []
    # A quarter worse than what was seen.
    assert rows(shown, soothing, 5, replace(waits(40), load=1.25)) == ["load"]


@pytest.mark.parametrize(
    ("seen", "weight", "after", "quiet"),
    [
        (0, 0, 0, True),
        (0, 0, 9.99, True),
        (0, 0, 10, False),
        (4, 4, 1, True),
        (4, 3, 1, True),
        (4, 5, 1, False),
        (1, 2, 1, False),
    ],
)
def test_when_a_trouble_comes_back(seen: float, weight: float, after: float, quiet: bool) -> None:
    soothing = Soothing()
    soothing.soothe("this", seen, NOW)
    assert soothing.holds("this", weight, NOW + round(after * MINUTE)) is quiet
    assert not soothing.holds("that", weight, NOW)
