"""Judges a played day: the journal replayed, every station's feed, the times to the screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from statistics import median, quantiles
from typing import Any

from branch.kernel import journal
from branch.kernel.store import Store
from tests.races.measuring import seconds_to_screen

# What every one of the windows shows, whichever else it does.
SHOWN = frozenset({"ticket", "counter", "day", "catalogue"})


@dataclass(frozen=True)
class Outage:
    """When the server was stopped and started, and what had been typed at each station."""

    stopped: float
    started: float
    typed: dict[str, str]


@dataclass
class Calls:
    """What the replay of a journal found."""

    tickets: int = 0
    calls: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)


def replayed(entries: Iterable[journal.Entry], services: Mapping[int, frozenset[str]]) -> Calls:
    """Whether every call was of the first in line by (order key, sequence) for its counter.

    ``services`` are the counters' sets at the beginning; nothing is asked of the program's own
    queries. A call by hand passes nobody over, since it may name anybody.
    """
    found = Calls()
    sets = dict(services)
    line: dict[int, tuple[int, int, str]] = {}
    for entry in entries:
        ticket = int(entry.subject) if entry.topic == "ticket" else 0
        match entry.what:
            case "ticket.issued":
                found.tickets += 1
                key = int(str(entry.data["key"]))
                line[ticket] = (key, entry.revision, str(entry.data["service"]))
            case "ticket.called":
                able = sets[int(str(entry.data["counter"]))]
                fitting = [t for t, place in line.items() if place[2] in able]
                if ticket not in line:
                    found.twice.append(ticket)
                elif "by_hand" not in entry.data:
                    first = min(fitting, key=line.__getitem__, default=0)
                    # 0 also for a ticket that the counter had no services for.
                    if first != ticket:
                        found.skipped.append(first)
                found.calls.append(ticket)
                line.pop(ticket, None)
            case "ticket.left":
                line.pop(ticket, None)
            case "counter.services_set":
                given = entry.data["services"]
                assert isinstance(given, list)
                sets[int(entry.subject)] = frozenset(str(code) for code in given)
    found.waiting = sorted(line)
    return found


def feed_faults(report: Mapping[str, Any], newest: int) -> int:
    """Entries that a station did not follow, or followed twice or out of order."""
    expected = list(range(report["began_after"] + 1, newest + 1))
    followed = report["followed"]
    if followed == expected:
        return 0
    return max(1, len(set(expected) ^ set(followed)))


def verdict(
    store: Store,
    sets: Mapping[int, frozenset[str]],
    before: int,
    reports: Mapping[str, Mapping[str, Any]],
    drawn: Collection[str],
    outage: Outage | None,
) -> dict[str, Any]:
    """The figures of a day that began after the revision ``before`` with the counters' ``sets``."""
    entries = list(journal.entries(store, before))
    newest = entries[-1].revision
    calls = replayed(entries, sets)
    faults = [feed_faults(report, newest) for report in reports.values()]
    refused: Counter[str] = Counter()
    for report in reports.values():
        refused.update(report["refused"])
    away = (inf, -inf)
    if outage is not None:
        away = (outage.stopped, max(max(r["online"], default=inf) for r in reports.values()))
    return {
        "store": store.kind,
        "kinds": dict(Counter(name.partition("-")[0].split()[0] for name in reports)),
        "tickets": calls.tickets,
        "calls": len(calls.calls),
        "called_twice": len(calls.twice),
        "skipped": len(calls.skipped),
        "waiting_at_end": len(calls.waiting),
        "entries": len(entries),
        "stations_with_complete_feed": faults.count(0),
        "feed_faults": sum(faults),
        **to_screens(reports, drawn, away),
        "journal_verified": journal.verify(store) == newest,
        "refused": dict(refused),
        "outage": _outage_told(outage, reports, entries, away[1]) if outage else None,
        "processor_s": round(sum(report["processor_s"] for report in reports.values()), 1),
        "memory_mib": max(report["memory_mib"] for report in reports.values()),
        "errors": [
            f"{name}: {defect}" for name, report in reports.items() for defect in report["defects"]
        ]
        + [
            f"{name}: {sentence}"
            for name, report in reports.items()
            for _, sentence in report["offline"]
            if outage is None
        ],
    }


def _outage_told(
    outage: Outage,
    reports: Mapping[str, Mapping[str, Any]],
    entries: Iterable[journal.Entry],
    all_back: float,
) -> dict[str, Any]:
    """What every station said, kept and did."""
    said = {
        name: [at for at, _ in report["offline"] if at > outage.stopped]
        for name, report in reports.items()
    }
    back = {
        name: [at for at in report["online"] if at > outage.started]
        for name, report in reports.items()
    }
    later = {
        revision
        for report in reports.values()
        for revision, at, _ in report["commits"]
        if at > all_back
    }
    first = min(later, default=inf)
    return {
        "seconds": round(outage.started - outage.stopped, 1),
        "stations_that_said_so": sum(
            bool(said[name]) and bool(report["banner"]) for name, report in reports.items()
        ),
        "said_after_s_at_most": round(
            max(moments[0] - outage.stopped for moments in said.values() if moments), 2
        ),
        "said": sorted({report["banner"] for report in reports.values()}),
        "stations_that_kept_what_was_typed": sum(
            report["typed"] == outage.typed[name] != "" for name, report in reports.items()
        ),
        "stations_that_came_back": sum(
            bool(back[name]) and report["banner_gone"] for name, report in reports.items()
        ),
        "back_after_s_at_most": round(
            max(moments[-1] - outage.started for moments in back.values() if moments), 2
        ),
        "calls_afterwards": sum(
            entry.what == "ticket.called" and entry.revision >= first for entry in entries
        ),
    }


def holds(found: Mapping[str, Any]) -> bool:
    """Whether a verdict shows what is promised of many stations."""
    outage, everybody = found["outage"], sum(found["kinds"].values())
    return (
        not found["errors"]
        and found["calls"] > 0
        and found["called_twice"] == found["skipped"] == found["feed_faults"] == 0
        and found["never_shown"] == 0
        and found["stations_with_complete_feed"] == everybody
        and found["commit_to_screen_ms"]["p95"] < 300
        and found["journal_verified"]
        and (
            outage is None
            or (
                outage["stations_that_said_so"]
                == outage["stations_that_kept_what_was_typed"]
                == outage["stations_that_came_back"]
                == everybody
                and outage["calls_afterwards"] > 0
            )
        )
    )


def to_screens(
    reports: Mapping[str, Mapping[str, Any]], drawn: Collection[str], away: tuple[float, float]
) -> dict[str, Any]:
    """Milliseconds from commit to screen, for every commit and every station's window.

    Told once for all stations and once for those ``drawn``. ``away`` is from the server's stop
    until every station was back: what had to wait for the server is told apart.
    """
    commits = sorted(
        (revision, at, frozenset(topics))
        for report in reports.values()
        for revision, at, topics in report["commits"]
    )
    everywhere: list[float] = []
    painted: list[float] = []
    held_up = never = 0
    for name, report in reports.items():
        shown = [(revision, at) for revision, at in report["shown"]]
        for at, seconds in seconds_to_screen(commits, shown, SHOWN):
            if seconds is None:
                never += 1
            elif at < away[1] and at + seconds > away[0]:
                held_up += 1
            else:
                everywhere.append(seconds * 1000)
                if name in drawn:
                    painted.append(seconds * 1000)
    return {
        "commits": len(commits),
        "never_shown": never,
        "held_up_by_outage": held_up,
        "commit_to_screen_ms": _spread(everywhere),
        "commit_to_painted_ms": _spread(painted),
    }


def _spread(times: list[float]) -> dict[str, float]:
    hundredths = quantiles(times, n=100)
    return {
        "samples": len(times),
        "p50": round(median(times), 1),
        "p95": round(hundredths[94], 1),
        "p99": round(hundredths[98], 1),
        "max": round(max(times), 1),
    }
