"""Busy lobbies to project: so many waiting at so many counters, by the sample days' laws."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.simulation.lobby import Counter, Lobby, Serving, Ticket
from branch.lobby.waits.history import Laws, learn
from branch.lobby.waits.projection import Fresh, Question, Today, Worked
from branch.tools.estimating import COUNTERS, CREDITS, TYPICAL, load_days, past_day, play

DAYS = Path(__file__).parents[1] / "data" / "queue" / "estimator_days.jsonl.gz"
_NOW = 120 * MS_PER_MINUTE
_CLASSES = ("ordinary",) * 58 + ("elderly",) * 25 + ("appointment",) * 8 + ("vip",) * 9
_SERVICES = ("cash",) * 40 + ("payments",) * 25 + ("cards",) * 15 + ("business",) * 20


@cache
def laws() -> Laws:
    """What twenty days teach."""
    return learn([past_day(play(day)) for day in load_days(DAYS)[:20]], TYPICAL)


def board(waiting: int, counters: int) -> Question:
    """Everybody's wait, and that of everybody who might come now, at busy counters."""
    chance = random.Random(waiting)
    line = []
    for seq in range(waiting):
        klass = chance.choice(_CLASSES)
        key = _NOW - chance.randrange(60 * MS_PER_MINUTE) - CREDITS[klass] * MS_PER_MINUTE
        line.append(Ticket(str(seq), key, seq, chance.choice(_SERVICES), klass))
    desks = []
    for at in range(counters):
        services = COUNTERS[at % len(COUNTERS)][1]
        serving = Serving(min(services), "ordinary", _NOW - MS_PER_MINUTE)
        desks.append(Counter(at + 1, services, None, serving=serving))
    worked = {desk.number: Worked(50.0 * MS_PER_MINUTE, 50.0 * MS_PER_MINUTE) for desk in desks}
    fresh = tuple(
        Fresh(service, str(credit), _NOW - credit * MS_PER_MINUTE)
        for service in TYPICAL
        for credit in sorted(set(CREDITS.values()))
    )
    return Question(
        Lobby(_NOW, tuple(desks), tuple(line)),
        laws(),
        Today(0, 480 * MS_PER_MINUTE, waiting, worked),
        CREDITS,
        fresh,
        seed=1,
    )
