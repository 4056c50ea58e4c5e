"""The announced waits of whole days played in the simulation, each from what was known then.

A day's file is that of ``queue/estimator_days_base.jsonl.gz``. Every ticket that has to wait and
is no no-show gets one announcement, at its issue; laws and calibration are those of the days
before, learned anew each night as the branch does.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from branch.kernel.clock import MS_PER_MINUTE, MS_PER_SECOND
from branch.kernel.errors import BadInput, StoreUnavailable
from branch.lobby.rules import order_key
from branch.lobby.simulation.engine import Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, Serving, Ticket
from branch.lobby.waits.calibration import (
    WEEK_DAYS,
    WINDOW_DAYS,
    Calibration,
    Kept,
    announce,
    calibrate,
)
from branch.lobby.waits.history import Laws, PastArrival, PastDay, PastService, learn
from branch.lobby.waits.projection import Question, Spread, Today, Worked, project

COUNTERS: tuple[tuple[int, frozenset[str]], ...] = (
    (1, frozenset({"cash", "payments"})),
    (2, frozenset({"cash", "payments", "cards"})),
    (3, frozenset({"cash", "cards", "loans", "business"})),
    (4, frozenset({"payments", "cards", "loans", "business"})),
)
CREDITS = {"disabled": 45, "elderly": 30, "appointment": 30, "vip": 10, "ordinary": 0}
# Minutes a service is taken to last before the first has been logged; the file has no catalogue.
TYPICAL = {"cash": 5.0, "payments": 5.0, "cards": 15.0, "loans": 25.0, "business": 10.0}
DAY_LENGTH = 480 * MS_PER_MINUTE
# Days that laws are learned from.
_LEARNED_DAYS = 40


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement: the projection and what came, in minutes."""

    ticket: int
    klass: str
    projected: Spread
    actual: float


@dataclass(frozen=True)
class _Stay:
    """A service at a counter, from call to end."""

    ticket: int
    called: int
    ends: int


@dataclass(frozen=True)
class _Break:
    begins: int
    ends: int
    planned: bool


@dataclass(frozen=True)
class _Played:
    """A day as it went: who was called when and where, and the breaks, by counter."""

    world: str
    day: int
    rows: list[list[Any]]
    planned: dict[int, tuple[Absence, ...]]
    stays: dict[int, list[_Stay]]
    breaks: dict[int, list[_Break]]
    called: dict[int, int]
    keys: list[int]


def load_days(path: Path) -> list[dict[str, Any]]:
    """The days of a file, plain or gzip, one JSON object a line; raises BadInput.

    Every day can be played to its end.
    """
    try:
        opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            days = [json.loads(line) for line in lines if line.strip()]
        for day in days:
            play(day)
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise BadInput("file_unreadable", field="days", file=path.name) from error
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise _wrong(path.name, error) from error
    return days


def _wrong(file: str, error: Exception) -> BadInput:
    return BadInput("case_form", field="days", file=file, detail=f"{type(error).__name__}: {error}")


# -- a day as it went -------------------------------------------------------------------------


def play(form: dict[str, Any]) -> _Played:
    """Run a day with its true services, speeds and breaks.

    Raises KeyError, ValueError, TypeError, IndexError or BadInput for another form.
    """
    kinds: dict[int, dict[int, bool]] = {}
    counters = []
    for (number, services), breaks in zip(COUNTERS, form["breaks_s"], strict=True):
        absences = tuple(Absence(s * MS_PER_SECOND, n * MS_PER_SECOND) for s, n, _kind in breaks)
        kinds[number] = {s * MS_PER_SECOND: bool(kind) for s, _n, kind in breaks}
        counters.append(Counter(number, services, idle_since=0, absences=absences))
    speed: dict[int, float] = {
        number: form["speed"][at] for at, (number, _services) in enumerate(COUNTERS)
    }
    arrivals = []
    for at, (issue_s, klass, service, slot_s, busy_s, _no_show) in enumerate(form["tickets"]):
        issued = issue_s * MS_PER_SECOND
        slot = None if slot_s is None else slot_s * MS_PER_SECOND
        key = order_key(issued, (klass,), CREDITS, slot)
        ticket = Ticket(str(at), key, at, service, klass, busy_s * MS_PER_SECOND)
        arrivals.append(Arrival(issued, ticket))
    played = _Played(
        str(form["world"]),
        int(form["day"]),
        form["tickets"],
        {
            counter.number: tuple(a for a in counter.absences if kinds[counter.number][a.start])
            for counter in counters
        },
        defaultdict(list),
        defaultdict(list),
        {},
        [arrival.ticket.key for arrival in arrivals],
    )

    def serve(ticket: Ticket, counter: Counter) -> int:
        # Whole seconds, as the days were made: what ends within a second ends before who comes.
        return round(ticket.busy * speed[counter.number] / MS_PER_SECOND) * MS_PER_SECOND

    def called(now: int, ticket: Ticket, counter: Counter) -> None:
        at = int(ticket.name)
        played.called[at] = now
        played.stays[counter.number].append(_Stay(at, now, now + serve(ticket, counter)))

    def left(now: int, counter: Counter, absence: Absence) -> None:
        planned = kinds[counter.number][absence.start]
        played.breaks[counter.number].append(_Break(now, now + absence.length, planned))

    arrivals.sort(key=lambda arrival: (arrival.at, arrival.ticket.seq))
    Simulation(Lobby(0, tuple(counters))).run(serve, called, arrivals, left=left)
    if len(played.called) < len(arrivals):
        raise ValueError("a ticket that nobody calls")
    return played


def past_day(played: _Played) -> PastDay:
    """What the branch has learned of a day when it is over."""
    services = tuple(
        PastService(
            played.rows[stay.ticket][2], played.rows[stay.ticket][1], stay.ends - stay.called
        )
        for stays in played.stays.values()
        for stay in stays
    )
    arrivals = tuple(
        PastArrival(
            row[0] * MS_PER_SECOND,
            row[1],
            row[2],
            None if row[3] is None else (row[3] - row[0]) * MS_PER_SECOND,
        )
        for row in played.rows
    )
    pauses = tuple(
        b.ends - b.begins for breaks in played.breaks.values() for b in breaks if not b.planned
    )
    return PastDay(services, arrivals, pauses, DAY_LENGTH * len(COUNTERS))


# -- what was known at an instant -------------------------------------------------------------


def questions(played: _Played, laws: Laws) -> Iterator[tuple[int, Question]]:
    """For every ticket that has to wait and is no no-show: all that was known at its issue."""
    order = sorted(range(len(played.rows)), key=lambda at: (played.rows[at][0], at))
    for arrived, at in enumerate(order, start=1):
        now = played.rows[at][0] * MS_PER_SECOND
        if played.rows[at][5] or played.called[at] <= now:
            continue
        waiting = tuple(
            Ticket(
                str(other), played.keys[other], other, played.rows[other][2], played.rows[other][1]
            )
            for other in order[:arrived]
            if played.called[other] > now
        )
        counters = tuple(_counter(played, number, services, now) for number, services in COUNTERS)
        yield (
            at,
            Question(
                lobby=Lobby(now, counters, waiting),
                laws=laws,
                today=Today(0, DAY_LENGTH, arrived, _worked(played, laws, now)),
                credits=CREDITS,
                only=frozenset({str(at)}),
                seed=played.day * 100_000 + at,
            ),
        )


def _counter(played: _Played, number: int, services: frozenset[str], now: int) -> Counter:
    taken = sum(b.begins <= now and b.planned for b in played.breaks[number])
    planned = played.planned[number][taken:]
    stay = next((s for s in played.stays[number] if s.called <= now < s.ends), None)
    if stay is not None:
        row = played.rows[stay.ticket]
        serving = Serving(row[2], row[1], stay.called)
        return Counter(number, services, None, absences=planned, serving=serving)
    pause = next((b for b in played.breaks[number] if b.begins <= now < b.ends), None)
    if pause is not None:
        since = None if pause.planned else pause.begins
        return Counter(number, services, pause.ends, absences=planned, owes=True, away_since=since)
    ended = [stay.ends for stay in played.stays[number]]
    ended += [pause.ends for pause in played.breaks[number]]
    idle_since = max((end for end in ended if end <= now), default=0)
    return Counter(number, services, now, idle_since, planned)


def _worked(played: _Played, laws: Laws, now: int) -> dict[int, Worked]:
    found = {}
    for number, _services in COUNTERS:
        done = [stay for stay in played.stays[number] if stay.ends <= now]
        found[number] = Worked(
            sum(stay.ends - stay.called for stay in done),
            sum(laws.expected(played.rows[s.ticket][2], played.rows[s.ticket][1]) for s in done),
        )
    return found


# -- all days ---------------------------------------------------------------------------------

_days: list[dict[str, Any]] = []
_past: list[PastDay] = []


def _begin(path: str) -> None:
    _days.extend(load_days(Path(path)))
    _past.extend(past_day(play(day)) for day in _days)


def _announce_day(at: int) -> list[Announced]:
    """The projections of one day; runs in a process of its own."""
    played = play(_days[at])
    laws = learn(_past[max(0, at - _LEARNED_DAYS) : at], TYPICAL)
    found = []
    for ticket, question in questions(played, laws):
        actual = (played.called[ticket] - question.lobby.now) / MS_PER_MINUTE
        projected = project(question).tickets[str(ticket)]
        found.append(Announced(ticket, played.rows[ticket][1], projected, actual))
    return found


def projected_days(path: Path, days: Sequence[int] | None = None) -> Iterator[list[Announced]]:
    """Every day's projections, in order, on all processors; raises BadInput for another form."""
    forms = load_days(path)
    chosen = range(len(forms)) if days is None else days
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), initializer=_begin, initargs=(str(path),)
    ) as pool:
        yield from pool.map(_announce_day, chosen)


def calibrated(days: Iterator[list[Announced]]) -> Iterator[list[tuple[Announced, Spread]]]:
    """The announcements of every day, calibrated the night before on the days gone by."""
    calibration = Calibration()
    kept: list[list[Kept]] = []
    for day in days:
        said = [(item, announce(item.projected, calibration)) for item in day]
        yield said
        kept.append([Kept(item.projected, spread, item.actual) for item, spread in said])
        week = len(kept) - WEEK_DAYS
        window = [
            replace(promise, recent=at >= week)
            for at, night in enumerate(kept)
            if at >= len(kept) - WINDOW_DAYS
            for promise in night
        ]
        calibration = calibrate(window, calibration)


def estimate(
    path: Path, out: Path, progress: Callable[[int, int], None] = lambda done, days: None
) -> dict[str, float]:
    """Write ``out`` with a row an announcement; returns the figures over the test days.

    ``progress`` is told how many days of how many are done.

    Raises BadInput for another form, StoreUnavailable where ``out`` cannot be written.
    """
    forms = load_days(path)
    scored: list[tuple[Announced, Spread]] = []
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("world", "day", "ticket", "p50_min", "p90_min", "actual_min"))
            days = zip(forms, calibrated(projected_days(path)), strict=True)
            for done, (form, day) in enumerate(days, start=1):
                for item, announced in day:
                    values = (announced.p50, announced.p90, item.actual)
                    rows.writerow(
                        (form["world"], form["day"], item.ticket, *(f"{v:.4f}" for v in values))
                    )
                if form.get("role") == "test":
                    scored.extend(day)
                progress(done, len(forms))
    except OSError as error:
        raise StoreUnavailable("folder_not_writable", folder=str(out.parent)) from error
    return figures(scored)


def figures(scored: Sequence[tuple[Announced, Spread]]) -> dict[str, float]:
    """How the announcements held: coverage, error and bias of p50, widths in minutes."""
    count = len(scored)
    if not count:
        return {"announcements": 0.0}

    def mean(value: Callable[[Announced, Spread], float]) -> float:
        return sum(value(item, announced) for item, announced in scored) / count

    return {
        "announcements": float(count),
        "p90_holds": mean(lambda item, a: item.actual <= a.p90),
        "p50_holds": mean(lambda item, a: item.actual <= a.p50),
        "p10_missed": mean(lambda item, a: item.actual < a.p10),
        "range_holds": mean(lambda item, a: a.p10 <= item.actual <= a.p90),
        "error_min": mean(lambda item, a: abs(item.actual - a.p50)),
        "bias_min": mean(lambda item, a: a.p50 - item.actual),
        "width_min": mean(lambda item, a: a.p90 - a.p50),
    }
