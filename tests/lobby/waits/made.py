"""Laws and questions made by hand: what they say is on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from branch.lobby.simulation.lobby import Counter, Lobby, Serving, Ticket
from branch.lobby.waits.history import Comer, Laws
from branch.lobby.waits.projection import Fresh, Question, Spread, Today, Worked, project

MINUTE = 60_000
NOW = 10 * 60 * MINUTE  # ten o'clock, counted from midnight
CREDITS = {"ordinary": 0, "vip": 10, "elderly": 30, "appointment": 30}
A = frozenset({"a"})


def laws(
    *minutes: float,
    arrivals: float = 0.0,
    comers: Sequence[Comer] = (Comer("ordinary", "a", None),),
    pauses: Sequence[float] = (),
    **more: Any,
) -> Laws:
    """One service "a" that takes one of these times; so many arrivals every half hour."""
    times = tuple(sorted(round(value * MINUTE) for value in minutes))
    mean = sum(times) / len(times)
    made: dict[str, Any] = {
        "days": 20,
        "times": {"a": times},
        "means": {"a": mean},
        "mean": mean,
        "elderly": 1.0,
        "others": 1.0,
        "rates": (arrivals,) * 48,
        "comers": (tuple(comers),) * 48,
        "spread": 1_000.0,
        "pauses": tuple(round(value * MINUTE) for value in pauses),
        "pause_rate": 0.0,
    }
    return Laws(**{**made, **more})


def waits(number: int = 1, key: float = 0.0, klass: str = "ordinary", **more: Any) -> Ticket:
    """A waiting ticket; ``key`` in minutes after ten."""
    return Ticket(str(number), NOW + round(key * MINUTE), number, "a", klass, **more)


def free(number: int = 1, **more: Any) -> Counter:
    """An idle counter."""
    return Counter(number, A, NOW, idle_since=NOW, **more)


def serving(number: int = 1, minutes: float = 0.0, klass: str = "ordinary") -> Counter:
    """A counter that has served for so long."""
    return Counter(number, A, None, serving=Serving("a", klass, NOW - round(minutes * MINUTE)))


def asking(
    counters: Sequence[Counter],
    waiting: Sequence[Ticket],
    known: Laws,
    fresh: Sequence[Fresh] = (),
    worked: dict[int, Worked] | None = None,
    arrived: float | None = None,
    closes: int = 17 * 60 * MINUTE,
    **more: Any,
) -> Question:
    """A question at ten o'clock; as many have come as usual."""
    usual = known.arrivals_until(NOW)
    return Question(
        lobby=Lobby(NOW, tuple(counters), tuple(waiting)),
        laws=known,
        today=Today(0, closes, round(usual if arrived is None else arrived), worked or {}),
        credits=CREDITS,
        fresh=tuple(fresh),
        **more,
    )


def spreads(question: Question) -> dict[str, Spread]:
    """The projected waits of the tickets."""
    return dict(project(question).tickets)


def exactly(minutes: float) -> Spread:
    """A wait without any doubt."""
    return Spread(minutes, minutes, minutes)
