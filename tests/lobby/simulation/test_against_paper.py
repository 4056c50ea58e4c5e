"""The engine beside a simulation with lists, on lobbies of chance: the same calls and breaks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.lobby.simulation.engine import Probe, Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket
from tests.lobby.simulation.paper import Coming, Paper, engine

SERVICES = ("a", "b", "c")
# Short spans on purpose: many things happen at one instant.
INSTANT = st.integers(0, 40)
SETS = st.frozensets(st.sampled_from(SERVICES), max_size=3)


@st.composite
def ticket(draw: st.DrawFn, seq: int, again: bool = True) -> Ticket:
    """A ticket with anything that a ticket can have."""
    service = draw(st.sampled_from(SERVICES))
    following = None
    if again and draw(st.integers(0, 4)) == 0:
        following = draw(ticket(seq, again=False))
    return Ticket(
        f"t{seq}",
        draw(st.integers(-20, 40)),
        seq,
        service,
        "ordinary",
        busy=draw(st.integers(0, 15)),
        pinned=draw(st.sampled_from((None, None, None, 1, 2))),
        leaves_at=draw(st.none() | st.integers(1, 60)),
        again=following,
        away=draw(st.integers(0, 10)),
    )


@st.composite
def counter(draw: st.DrawFn, number: int) -> Counter:
    """A counter that is idle, opens later, or is closed; with up to three breaks."""
    breaks = draw(st.lists(st.tuples(INSTANT, st.integers(1, 15)), max_size=3))
    absences = tuple(Absence(start, length) for start, length in sorted(breaks))
    idle = draw(st.booleans())
    free_at = 0 if idle else draw(st.none() | st.integers(0, 20))
    return Counter(
        number,
        draw(SETS),
        free_at,
        idle_since=draw(st.integers(-5, 0)) if idle else None,
        absences=absences,
        owes=not idle and draw(st.booleans()),
    )


@st.composite
def day(draw: st.DrawFn) -> tuple[Lobby, list[Coming]]:
    """A lobby and what comes."""
    counters = tuple(draw(counter(number)) for number in range(1, draw(st.integers(1, 4)) + 1))
    # An idle counter leaves nobody waiting whom it could call: there the line is empty.
    anybody_idle = any(one.idle_since is not None for one in counters)
    standing = 0 if anybody_idle else draw(st.integers(0, 6))
    waiting = tuple(draw(ticket(seq)) for seq in range(standing))
    coming: list[Coming] = [
        Arrival(draw(INSTANT), draw(ticket(seq)))
        for seq in range(standing, standing + draw(st.integers(0, 12)))
    ]
    coming += [
        ServicesSet(draw(INSTANT), draw(st.integers(1, len(counters))), draw(SETS))
        for _ in range(draw(st.integers(0, 2)))
    ]
    coming.sort(key=lambda thing: thing.at)
    return Lobby(0, counters, waiting), coming


@settings(max_examples=400)
@given(day())
def test_the_same_calls_and_breaks_as_on_paper(case: tuple[Lobby, list[Coming]]) -> None:
    room, coming = case
    assert engine(room, coming) == Paper(room, coming).run()


@settings(max_examples=200)
@given(day(), st.integers(-25, 45), st.sampled_from(SERVICES))
def test_a_probe_is_told_when_a_real_ticket_in_its_place_is_called(
    case: tuple[Lobby, list[Coming]], key: int, service: str
) -> None:
    room, coming = case
    seen: list[int] = []
    engine(room, coming, [Probe(key, 1_000, service, seen.append)])
    real = Ticket("real", key, 1_000, service, "ordinary", 1)
    with_it = Lobby(room.now, room.counters, (*room.waiting, real))
    calls, _ = engine(with_it, coming)
    assert seen == [at for at, name, _ in calls if name == "real"]


@settings(max_examples=100)
@given(day(), st.lists(st.tuples(st.integers(-25, 45), st.sampled_from(SERVICES)), max_size=4))
def test_probes_change_nothing(
    case: tuple[Lobby, list[Coming]], asked: list[tuple[int, str]]
) -> None:
    room, coming = case
    probes = [
        Probe(key, 1_000 + at, service, lambda _now: None)
        for at, (key, service) in enumerate(asked)
    ]
    assert engine(room, coming, probes) == engine(room, coming)


# -- conservation -----------------------------------------------------------------------------

DISCIPLINES: dict[str, dict[str, int]] = {
    "first come first served": {"priority": 0, "ordinary": 0},
    "head start": {"priority": 30, "ordinary": 0},
    "strict": {"priority": 1_000_000_000, "ordinary": 0},
    "the other way round": {"priority": 0, "ordinary": 500},
}


def waits(
    people: list[tuple[int, str]], draws: list[int], credits: dict[str, int], counters: int
) -> dict[str, int]:
    """Total wait by class; the n-th call gets the n-th draw."""
    in_turn = iter(draws)
    total = {"priority": 0, "ordinary": 0}

    def called(now: int, one: Ticket, _counter: Counter) -> None:
        total[one.klass] += now - people[one.seq][0]

    desks = (Counter(n + 1, frozenset("a"), 0, idle_since=0) for n in range(counters))
    Simulation(Lobby(0, tuple(desks))).run(
        lambda _ticket, _counter: next(in_turn),
        called,
        [
            Arrival(at, Ticket(str(seq), at - credits[klass], seq, "a", klass))
            for seq, (at, klass) in enumerate(people)
        ],
    )
    return total


@pytest.mark.parametrize("counters", [1, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_services_drawn_in_order_of_call_no_discipline_saves_a_tick(
    counters: int, seed: int
) -> None:
    chance = random.Random(seed)
    at, people = 0, []
    for _ in range(600):
        at += round(chance.expovariate(0.85 * counters / 300))
        people.append((at, chance.choice(("priority", "ordinary", "ordinary"))))
    draws = [round(chance.lognormvariate(5.5, 0.6)) for _ in people]
    told = [waits(people, draws, credits, counters) for credits in DISCIPLINES.values()]
    assert len({sum(total.values()) for total in told}) == 1
    # And yet each of them treats the classes its own way.
    assert len({total["priority"] for total in told}) == len(DISCIPLINES)
