"""Plays a day on many stations, each a process of its own, and prints what came of it as JSON.

    python -m tests.races.stations --database postgresql --stations 16 --outage 20
    python -m tests.races.stations --database sqlite --stations 8

``--database`` takes ``sqlite`` (a file), ``postgresql`` (a server started for this), or the URL
of a server that is there. Only a server started for this can be stopped in the middle.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from branch.bootstrap import Branch, open_branch
from branch.catalogue.queries import counters
from branch.founding import sample_plan
from branch.kernel import journal
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.runner import Actor
from branch.kernel.settings import settle
from branch.lobby.commands.counters import SetCounterServices
from branch.people.queries import account_id
from branch.tools.scratch import scratch_store
from tests.races.processes import StationProcesses
from tests.races.server import Server, own_server
from tests.races.station_process import DRAWN
from tests.races.verdict import SHOWN, Outage, holds, verdict

DAYS = Path(__file__).parents[2] / "resources" / "samples" / "days"
_FLOOR = ("100301", "100201", "100101")
_MOST_COUNTERS = 8


@dataclass(frozen=True)
class Play:
    """What is to be played."""

    database: str = "sqlite"
    stations: int = 8
    speed: float = 60
    hours: float = 8.7
    outage_s: float = 0
    day: Path = DAYS / "ordinary_friday.csv"


def roster(stations: int) -> list[tuple[str, str]]:
    """Name and account of each station: half of them counters, then kiosks, boards, consoles."""
    open_counters = min(_MOST_COUNTERS, stations // 2)
    found = [(f"counter-{n}", str(100_481 + n)) for n in range(1, open_counters + 1)]
    consoles = 0
    for turn in range(stations - open_counters):
        kind, number = ("kiosk", "board", "lobby")[turn % 3], turn // 3 + 1
        if kind == "lobby":
            found.append(("lobby", _FLOOR[consoles % len(_FLOOR)]))
            consoles += 1
        else:
            found.append((f"{kind}-{number}", kind.upper()))
    return found


@contextmanager
def _store(play: Play) -> Iterator[tuple[str, Server | None]]:
    """An empty store for the play, and the server when it is our own."""
    if play.database == "postgresql":
        with own_server() as server:
            yield server.url, server
    else:
        database = "sqlite:///scratch" if play.database == "sqlite" else play.database
        with scratch_store(settle(database=database)) as url:
            yield url, None


def _opened(url: str, play: Play) -> tuple[Branch, int]:
    """The branch before its day begins, and the instant at which it begins."""
    header, first, *_ = play.day.read_text(encoding="utf-8-sig").splitlines()
    day = first.split(",")[header.split(",").index("arrives_at")].partition(" ")[0]
    plan = sample_plan()
    opens = to_ms(datetime.fromisoformat(f"{day} {plan.opens}").replace(tzinfo=ZoneInfo(plan.zone)))
    branch = open_branch(url, SetClock(opens))
    branch.found(plan)
    return branch, opens


def _share_services(branch: Branch, open_counters: int) -> dict[int, frozenset[str]]:
    """Let the counters that open do the work of those that do not; every counter's set."""
    floor = Actor(account_id(branch.store, _FLOOR[0]) or 0, "lobby")
    sets = {counter.number: counter.services for counter in counters(branch.store)}
    for closed in range(open_counters + 1, len(sets) + 1):
        helps = (closed - 1) % open_counters + 1
        sets[helps] |= sets[closed]
        branch.run(SetCounterServices(helps, sets[helps]), floor)
    return sets


def play_day(play: Play) -> dict[str, Any]:
    """Play it; returns the report that is printed."""
    with _store(play) as (url, server):
        branch, opens = _opened(url, play)
        people = roster(play.stations)
        kinds = Counter(name.partition("-")[0] for name, _ in people)
        sets = _share_services(branch, kinds["counter"])
        before = journal.head(branch.store)[0]
        shares: Counter[str] = Counter()
        told = []
        for name, account in people:
            kind = name.partition("-")[0]
            told.append(
                {
                    "label": name if name != "lobby" else f"lobby {shares[kind] + 1}",
                    "url": url,
                    "name": name,
                    "account": account,
                    "day": str(play.day),
                    "opens": opens,
                    "until": opens + round(play.hours * 3_600_000),
                    "speed": play.speed,
                    "share": shares[kind],
                    "shares": kinds[kind],
                    "lobby": bool(kinds["lobby"]),
                    "types": bool(play.outage_s),
                }
            )
            shares[kind] += 1
        stations = StationProcesses(told)
        try:
            stations.answers("ready", 30 + 10 * play.stations)
            began = time.monotonic()
            stations.order("begin", at=began)
            outage = None
            lasts = play.hours * 3600 / play.speed
            if play.outage_s:
                assert server is not None, "only a server of our own can be stopped"
                _sleep_until(began + lasts / 2)
                outage = _outage(stations, server, branch, play.outage_s)
            _sleep_until(began + lasts + 1)
            newest, shown = _newest(branch)
            stations.order("report", followed=newest, shown=shown)
            reports = stations.answers("report", 60)
        finally:
            statuses = stations.end()
        found = verdict(branch.store, sets, before, reports, DRAWN, outage)
        found["errors"] += [f"{name} ended with {code}" for name, code in statuses.items() if code]
        branch.close()
        return {"stations": play.stations, "hours": play.hours, "speed": play.speed, **found}


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _newest(branch: Branch) -> tuple[int, int]:
    """The newest revision, and the newest that every window shows."""
    newest = shown = 0
    for entry in journal.entries(branch.store):
        newest = entry.revision
        if entry.topic in SHOWN:
            shown = entry.revision
    return newest, shown


def _outage(stations: StationProcesses, server: Server, branch: Branch, seconds: float) -> Outage:
    """Stop the server for so long while everybody is at work, with something typed."""
    stations.order("type")
    typed = stations.answers("typed", 10)
    stopped = time.monotonic()
    server.stop("fast")
    _sleep_until(stopped + seconds)
    started = time.monotonic()
    server.start()
    branch.store.revive()
    return Outage(stopped, started, typed)


def main(argv: list[str]) -> int:
    """Play and print; 0 when it holds what is promised, 1 when not."""
    parser = argparse.ArgumentParser(prog="tests.races.stations", description=__doc__)
    parser.add_argument("--database", default=Play.database)
    parser.add_argument("--stations", type=int, default=Play.stations)
    parser.add_argument("--speed", type=float, default=Play.speed)
    parser.add_argument("--hours", type=float, default=Play.hours)
    parser.add_argument("--outage", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--day", type=Path, default=Play.day)
    given = parser.parse_args(argv)
    if given.outage and given.database != "postgresql":
        parser.error("--outage needs --database postgresql: a server of its own to stop")
    report = play_day(
        Play(given.database, given.stations, given.speed, given.hours, given.outage, given.day)
    )
    print(json.dumps(report, ensure_ascii=False))
    return 0 if holds(report) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
