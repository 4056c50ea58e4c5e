"""What would help most right now, worked out on small lobbies."""

from __future__ import annotations

from branch.lobby.simulation.lobby import Counter, Lobby, Serving, Ticket
from branch.lobby.waits.helping import Candidate, Gain, candidates, changed, gains
from branch.lobby.waits.projection import Question, Today, project
from tests.lobby.waits.made import laws

MIN = 60_000
NOW = 600 * MIN
CASH, LOANS = frozenset({"cash"}), frozenset({"loans"})
LAWS = laws(
    5,
    times={"cash": (5 * MIN,), "loans": (20 * MIN,)},
    means={"cash": 5.0 * MIN, "loans": 20.0 * MIN},
)
GROUPS = {"cash": CASH, "loan": LOANS}


def line(count: int, service: str = "cash") -> tuple[Ticket, ...]:
    return tuple(
        Ticket(f"{service}{at}", NOW - MIN + at, at, service, "ordinary") for at in range(count)
    )


def busy(number: int, services: frozenset[str]) -> Counter:
    return Counter(number, services, None, serving=Serving(min(services), "ordinary", NOW - MIN))


def idle(number: int, services: frozenset[str]) -> Counter:
    return Counter(number, services, NOW, idle_since=NOW - MIN)


def closed(number: int, services: frozenset[str]) -> Counter:
    return Counter(number, services, None)


def asked(*counters: Counter, waiting: tuple[Ticket, ...]) -> Question:
    return Question(
        Lobby(NOW, counters, waiting),
        LAWS,
        Today(0, 1_000 * MIN, len(waiting), {}),
        {"ordinary": 0},
    )


def best(question: Question) -> tuple[Gain, ...]:
    """Every candidate tried, as the program does it."""
    found = candidates(question.lobby, GROUPS)
    return gains(
        project(changed(question, None)),
        [(item, project(changed(question, item))) for item in found],
    )


def test_only_what_somebody_waits_for_is_a_candidate() -> None:
    lobby = asked(busy(1, CASH), idle(2, LOANS), closed(3, CASH), closed(4, LOANS), waiting=line(4))
    assert candidates(lobby.lobby, GROUPS) == [
        Candidate(2, CASH | LOANS, "cash", opens=False),
        Candidate(3, CASH, "", opens=True),
    ]


def test_nobody_in_line_needs_nothing() -> None:
    assert candidates(asked(busy(1, CASH), idle(2, LOANS), waiting=()).lobby, GROUPS) == []


def test_the_change_that_helps_most_comes_first() -> None:
    counters = (busy(1, CASH), busy(2, LOANS), idle(3, LOANS), closed(4, CASH))
    told = best(asked(*counters, waiting=line(6)))
    # The idle one can begin at once, the other is busy with a loan for a while and would tell
    # nothing new; a closed one opened is as good.
    assert {gain.candidate.counter for gain in told} == {3, 4}
    assert all(gain.minutes >= 1 and not gain.reached for gain in told)


def test_who_cannot_be_served_at_all_comes_first() -> None:
    waiting = (*line(6), *line(1, "loans"))
    told = best(asked(busy(1, CASH), busy(2, CASH), closed(3, CASH), waiting=waiting))
    first, second = told
    # Of the one in line whom nobody can serve no minutes are told: there are none to compare.
    assert (first.candidate.group, first.reached) == ("loan", 1)
    assert (second.candidate.counter, second.candidate.opens, second.reached) == (3, True, 0)
    assert second.minutes >= 1


def test_of_one_counter_only_its_best() -> None:
    waiting = (*line(6), *line(3, "loans"))
    told = best(
        asked(busy(1, CASH), busy(2, LOANS), idle(3, frozenset({"cards"})), waiting=waiting)
    )
    assert len({gain.candidate.counter for gain in told}) == len(told)
    assert told[0].candidate.counter == 3


def test_what_helps_nobody_is_not_told() -> None:
    # One customer, and a counter that will be free for him at once: nothing to gain.
    assert best(asked(idle(1, CASH), idle(2, LOANS), waiting=line(1))) == ()


def test_asking_changes_nothing() -> None:
    question = asked(busy(1, CASH), closed(2, CASH), waiting=line(3))
    before = question.lobby
    opened = changed(question, Candidate(2, CASH, "", opens=True))
    assert question.lobby is before
    assert opened.lobby.counters[1].free_at == NOW
    assert before.counters[1].free_at is None
