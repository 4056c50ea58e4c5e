"""A played day ends with every customer accounted for, and its numbers come from the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from branch.bootstrap import Branch, open_branch
from branch.catalogue.queries import priority_classes, services
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import PlayClock, from_ms
from branch.lobby.queries.summary import day_summary, waits_of
from branch.tools.day_file import COLUMNS, Visitor, read_day
from branch.tools.day_play import DayPlay
from tests.conftest import SHANGHAI

SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "days"


@contextmanager
def played(url: str, file: Path) -> Iterator[tuple[Branch, str, list[Visitor], PlayClock]]:
    clock = PlayClock()
    branch = open_branch(url, clock)
    store = branch.store
    codes = {service.code for service in services(store)}
    day, visitors = read_day(
        file, SHANGHAI, codes, {klass.code for klass in priority_classes(store)}
    )
    play = DayPlay(branch, day, visitors)
    while play.next_at is not None:
        with clock.hold(play.next_at):
            play.step()
    yield branch, day.isoformat(), visitors, clock
    branch.close()


@pytest.mark.parametrize("name", ["ordinary_friday", "pension_payday"])
def test_every_customer_is_accounted_for(name: str, sqlite_url: str) -> None:
    with played(sqlite_url, SAMPLES / f"{name}.csv") as (branch, day, visitors, _):
        summary = day_summary(branch.store, day)
        assert summary is not None
        assert summary.issued == len(visitors)
        assert summary.waiting == 0
        assert summary.served + summary.no_shows + summary.left == len(visitors)
        by_arrival = {visitor.arrives_at: visitor for visitor in visitors}
        issued: dict[str, Visitor] = {}
        for entry in journal.entries(branch.store):
            if entry.what == "ticket.issued":
                issued[entry.subject] = by_arrival[entry.at]
            elif entry.what == "ticket.left":
                visitor = issued[entry.subject]
                assert visitor.patience_min is not None
                assert entry.at == visitor.arrives_at + visitor.patience_min * 60_000
            elif entry.what == "ticket.missed":
                assert not issued[entry.subject].shows_up
        assert len(issued) == len(visitors)
        assert journal.verify(branch.store) == journal.head(branch.store)[0]
        (end,) = [e.at for e in journal.entries(branch.store) if e.what == "day.closed"]
        closed = from_ms(end, SHANGHAI).strftime("%H:%M")
        assert closed >= "17:00"
        if name == "pension_payday":
            assert closed > "17:30"  # more customers than the hours hold


def test_the_summary_can_be_recomputed_from_the_journal(url: str) -> None:
    with played(url, SAMPLES / "ordinary_friday.csv") as (branch, day, _, _):
        first_call: dict[str, int] = {}
        issue: dict[str, int] = {}
        ends: dict[str, str] = {}
        scores: Counter[int] = Counter()
        for entry in journal.entries(branch.store):
            if entry.what == "ticket.issued":
                issue[entry.subject] = entry.at
            elif entry.what == "ticket.called":
                first_call.setdefault(entry.subject, entry.at)
            elif entry.what in ("ticket.finished", "ticket.missed", "ticket.left"):
                ends[entry.subject] = entry.what
            elif entry.what == "rating.given":
                scores[int(str(entry.data["score"]))] += 1
        summary = day_summary(branch.store, day)
        assert summary is not None
        waits = [(first_call[key] - issue[key]) / 1000 for key in first_call]
        assert summary.waits == waits_of(waits)
        assert Counter(ends.values()) == {
            "ticket.finished": summary.served,
            "ticket.missed": summary.no_shows,
            "ticket.left": summary.left,
        }
        assert summary.ratings == dict(sorted(scores.items()))
        assert sum(part.count for part in summary.by_class.values()) == len(waits)
        assert sum(part.count for part in summary.by_group.values()) == len(waits)


def test_a_day_too_full_for_its_hours_ends_at_four(
    sqlite_url: str, sample: Plan, tmp_path: Path
) -> None:
    rows = [
        f"2026-11-20 16:{minute:02d}:{second:02d},C01,ordinary,,,zh,14400,yes,,"
        for minute in range(10)
        for second in (0, 20, 40)
    ]
    file = tmp_path / "full.csv"
    file.write_text("\n".join([",".join(COLUMNS), *rows]), encoding="utf-8")
    with played(sqlite_url, file) as (branch, day, visitors, _):
        summary = day_summary(branch.store, day)
        assert summary is not None
        assert summary.waiting == 0
        assert summary.left > 0
        assert summary.served + summary.left == len(visitors)
        (closed,) = [e for e in journal.entries(branch.store) if e.what == "day.closed"]
        assert from_ms(closed.at, SHANGHAI).strftime("%H:%M") >= "03:59"
