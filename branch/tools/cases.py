"""Queue cases with known answers, run through the simulation; expectations are never used.

The file's form is that of ``queue/reference_public.json`` and ``queue/day_trace_public.json``. Of
``expected`` only the keys are read: they say which probabilities and which minutes are asked for.
"""

from __future__ import annotations

import heapq
import json
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log, sqrt
from pathlib import Path
from typing import Any

from branch.kernel.clock import MS_PER_MINUTE, MS_PER_SECOND
from branch.kernel.errors import BadInput
from branch.lobby.rules import order_key
from branch.lobby.simulation.engine import Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, Ticket

Draw = Callable[[random.Random], float]
DEFAULT_SEED = 1


def load_cases(path: Path, key: str) -> dict[str, Any]:
    """The file as it is; raises BadInput unless it is JSON with a list under ``key``."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        list(loaded[key])
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", field="case", file=path.name) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _wrong(path.name, error) from error
    found: dict[str, Any] = loaded
    return found


def _wrong(file: str, error: Exception) -> BadInput:
    return BadInput("case_form", field="case", file=file, detail=f"{type(error).__name__}: {error}")


def simulate_cases(path: Path, seed: int = DEFAULT_SEED) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case's id and what came out; raises BadInput for another form.

    A stationary case gives ``mean_wait_min`` by class and ``p_wait_gt`` as asked for, a transient
    one ``at_minute``.
    """
    for at, case in enumerate(load_cases(path, "cases")["cases"], start=1):
        try:
            # A seed of its own a case: the answer does not hang on what stands before it.
            chance = random.Random(f"{seed}/{case['id']}")
            run = _transient if case.get("kind") == "transient" else _stationary
            yield str(case["id"]), run(case, chance)
        except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
            which = case.get("id", at) if isinstance(case, dict) else at
            raise _wrong(f"{path.name}, {which}", error) from error


# -- laws of chance ---------------------------------------------------------------------------


def law(form: dict[str, Any]) -> Draw:
    """The service times of a distribution, in minutes; raises ValueError for an unknown one."""
    match form["type"]:
        case "exponential":
            rate = 1 / form["mean"]
            return lambda chance: chance.expovariate(rate)
        case "gamma":
            scv, mean = form["scv"], form["mean"]
            return lambda chance: chance.gammavariate(1 / scv, mean * scv)
        case "lognormal":
            scv = form["scv"] if "scv" in form else form["cv"] ** 2
            sigma = sqrt(log(1 + scv))
            middle = log(form["mean"]) - sigma * sigma / 2
            return lambda chance: chance.lognormvariate(middle, sigma)
        case "deterministic":
            fixed = float(form["mean"])
            return lambda chance: fixed
        case "noshow_mixture":
            share, block = form["p_noshow"], form["noshow_block_min"]
            otherwise = law(form["else_"])
            return lambda chance: block if chance.random() < share else otherwise(chance)
        case other:
            raise ValueError(f"distribution {other}")


@dataclass(frozen=True)
class _Stream:
    """The customers of one class: their credit, service and how often they come (pieces)."""

    klass: str
    service: str
    draw: Draw
    pieces: tuple[tuple[float, float], ...]

    def times(self, chance: random.Random) -> Iterator[float]:
        """Arrivals of a Poisson stream in minutes; each piece holds until its minute."""
        begins = 0.0
        for until, rate in self.pieces:
            now = begins
            while rate > 0:
                now += chance.expovariate(rate)
                if now >= until:
                    break
                yield now
            begins = until


def _streams(case: dict[str, Any]) -> list[_Stream]:
    laws = {item["name"]: law(item["distribution"]) for item in case["services"]}
    found = []
    for item in case["classes"]:
        pieces = item.get("arrival_rate_per_min_pieces")
        if pieces is None:
            pieces = [[float("inf"), item["arrival_rate_per_min"]]]
        found.append(
            _Stream(
                str(item["name"]),
                item["service"],
                laws[item["service"]],
                tuple((float(until), float(rate)) for until, rate in pieces),
            )
        )
    return found


def _credits(case: dict[str, Any]) -> dict[str, float]:
    """Credits by class in minutes; ``strict`` and ``fcfs`` as the file's rules define them."""
    classes = case["classes"]
    match case.get("discipline", "head_start"):
        case "fcfs":
            return {str(item["name"]): 0 for item in classes}
        case "head_start" | "strict":
            return {str(item["name"]): float(item["credit_min"]) for item in classes}
        case other:
            raise ValueError(f"discipline {other}")


def _lobby(case: dict[str, Any]) -> Lobby:
    return Lobby(
        0,
        tuple(
            Counter(number, frozenset(item["services"]), idle_since=0)
            for number, item in enumerate(case["counters"], start=1)
        ),
    )


def _arrivals(
    streams: list[_Stream], credits: dict[str, float], chance: random.Random
) -> Iterator[Arrival]:
    """Customers in order of time, each with a service time of his own."""

    def one(stream: _Stream) -> Iterator[tuple[float, _Stream]]:
        own = random.Random(chance.getrandbits(64))
        return ((at, stream) for at in stream.times(own))

    draws = random.Random(chance.getrandbits(64))
    merged = heapq.merge(*[one(stream) for stream in streams], key=lambda pair: pair[0])
    for seq, (at_min, stream) in enumerate(merged):
        at = round(at_min * MS_PER_MINUTE)
        key = order_key(at, (stream.klass,), credits)
        busy = round(stream.draw(draws) * MS_PER_MINUTE)
        yield Arrival(at, Ticket(str(seq), key, seq, stream.service, stream.klass, busy))


# -- the two kinds of case --------------------------------------------------------------------


@dataclass
class _Waits:
    total: float = 0.0
    count: int = 0
    beyond: dict[str, int] = field(default_factory=dict)


def _stationary(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    credits = _credits(case)
    arrivals = int(case["run"]["arrivals"])
    warmup = int(arrivals * case["run"]["warmup_fraction"])
    asked = (case.get("expected") or {}).get("p_wait_gt", {})
    waits = {str(item["name"]): _Waits() for item in case["classes"]}
    limits = {
        name: [(str(text), float(text) * MS_PER_MINUTE) for text in asked.get(name, ())]
        for name in waits
    }

    def called(now: int, ticket: Ticket, _counter: Counter) -> None:
        if ticket.seq < warmup:
            return
        wait = now - ticket.key - credits[ticket.klass] * MS_PER_MINUTE
        kept = waits[ticket.klass]
        kept.total += wait
        kept.count += 1
        for text, limit in limits[ticket.klass]:
            if wait > limit:
                kept.beyond[text] = kept.beyond.get(text, 0) + 1

    stream = _arrivals(_streams(case), credits, chance)
    some = (arrival for arrival, _at in zip(stream, range(arrivals), strict=False))
    Simulation(_lobby(case)).run(lambda ticket, _counter: ticket.busy, called, some)
    seen = {name: kept for name, kept in waits.items() if kept.count}
    return {
        "mean_wait_min": {
            name: kept.total / kept.count / MS_PER_MINUTE for name, kept in seen.items()
        },
        "p_wait_gt": {
            name: {text: kept.beyond.get(text, 0) / kept.count for text, _ in limits[name]}
            for name, kept in seen.items()
            if limits[name]
        },
    }


def _transient(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Independent days from an empty branch, looked at in the minutes asked for."""
    credits, streams = _credits(case), _streams(case)
    days = int(case["run"]["arrivals"])
    simulation = Simulation(_lobby(case))
    asked = (case.get("expected") or {}).get("at_minute", {})
    minutes = {str(text): float(text) * MS_PER_MINUTE for text in asked}
    last = max(minutes.values(), default=0.0)
    counters = len(case["counters"])
    sums = {text: [0, 0, 0] for text in minutes}
    for _day in range(days):
        comes: list[int] = []
        calls: list[int] = []
        ends: list[int] = []

        def called(
            now: int,
            ticket: Ticket,
            _counter: Counter,
            calls: list[int] = calls,
            ends: list[int] = ends,
        ) -> None:
            calls.append(now)
            ends.append(now + ticket.busy)

        def until_last(comes: list[int] = comes) -> Iterator[Arrival]:
            for arrival in _arrivals(streams, credits, chance):
                if arrival.at > last:
                    return
                comes.append(arrival.at)
                yield arrival

        simulation.run(lambda ticket, _counter: ticket.busy, called, until_last())
        ends.sort()
        for text, at in minutes.items():
            inside = bisect_right(comes, at) - bisect_right(ends, at)
            waiting = bisect_right(comes, at) - bisect_right(calls, at)
            kept = sums[text]
            kept[0] += inside
            kept[1] += waiting
            kept[2] += inside - waiting == counters
    return {
        "at_minute": {
            text: {
                "mean_in_branch": kept[0] / days,
                "mean_waiting": kept[1] / days,
                "p_all_busy": kept[2] / days,
            }
            for text, kept in sums.items()
        }
    }


# -- traces -----------------------------------------------------------------------------------


def simulate_traces(path: Path) -> dict[str, list[list[Any]]]:
    """Of every trace the calls in order: ticket, counter, second. Raises BadInput."""
    loaded = load_cases(path, "traces")
    try:
        credits = {str(name): int(minutes) for name, minutes in loaded["credits_min"].items()}
        return {str(trace["id"]): _trace(trace, credits) for trace in loaded["traces"]}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _wrong(path.name, error) from error


def _trace(trace: dict[str, Any], credits: dict[str, int]) -> list[list[Any]]:
    calls: list[list[Any]] = []

    def called(now: int, ticket: Ticket, counter: Counter) -> None:
        calls.append([ticket.name, counter.number, now // MS_PER_SECOND])

    arrivals = []
    for seq, row in enumerate(sorted(trace["tickets"], key=lambda row: row["issue_s"])):
        at, slot = row["issue_s"] * MS_PER_SECOND, row.get("slot_s")
        slot = None if slot is None else slot * MS_PER_SECOND
        key = order_key(at, (row["cls"],), credits, slot)
        busy = row["busy_s"] * MS_PER_SECOND
        arrivals.append(
            Arrival(at, Ticket(row["ticket"], key, seq, row["service"], row["cls"], busy))
        )
    Simulation(trace_lobby(trace["counters"])).run(lambda t, _counter: t.busy, called, arrivals)
    return calls


def trace_lobby(counters: list[dict[str, Any]]) -> Lobby:
    """An empty lobby with a trace's counters and breaks, all idle from second 0."""
    return Lobby(
        0,
        tuple(
            Counter(
                item["number"],
                frozenset(item["services"]),
                idle_since=0,
                absences=tuple(
                    Absence(start * MS_PER_SECOND, length * MS_PER_SECOND)
                    for start, length, *_kind in item.get("breaks_s", ())
                ),
            )
            for item in counters
        ),
    )
