"""The day in numbers: folded from the journal, and the same when recomputed from the tickets."""

from __future__ import annotations

import math
import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.catalogue.queries import credits, services
from branch.lobby.commands.arrivals import Leave, Return, SetClass
from branch.lobby.commands.calling import (
    CallTicket,
    Finish,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.floor import Rate
from branch.lobby.queries.summary import Waits, day_summary, waits_of
from tests.lobby.hall import Hall

TODAY, TOMORROW = "2026-11-20", "2026-11-21"


def test_a_day_the_branch_was_not_open_has_no_summary(hall: Hall) -> None:
    assert day_summary(hall.store, TODAY) is None
    hall.issue()
    assert day_summary(hall.store, TOMORROW) is None


def test_waits_of_nobody_are_nought() -> None:
    assert waits_of([]) == Waits(0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([7.0], Waits(1, 7.0, 7.0, 7.0, 7.0)),
        ([1.0, 2.0], Waits(2, 1.5, 1.5, 2.0, 2.0)),
        ([float(n) for n in range(10, 0, -1)], Waits(10, 5.5, 5.5, 9.0, 10.0)),
        ([float(n) for n in range(1, 12)], Waits(11, 6.0, 6.0, 10.0, 11.0)),
        ([float(n) for n in range(1, 101)], Waits(100, 50.5, 50.5, 90.0, 100.0)),
    ],
)
def test_waits_are_counted_by_nearest_rank(seconds: list[float], expected: Waits) -> None:
    assert waits_of(seconds) == expected


@given(st.lists(st.integers(0, 10**7).map(lambda ms: ms / 1000), min_size=1))
def test_nine_in_ten_waited_no_longer_than_the_90th_percentile(seconds: list[float]) -> None:
    waits = waits_of(seconds)
    assert waits.p90 in seconds
    assert sum(wait <= waits.p90 for wait in seconds) >= 0.9 * len(seconds)
    assert sum(wait < waits.p90 for wait in seconds) < 0.9 * len(seconds)
    assert min(seconds) <= waits.median <= waits.maximum == max(seconds)


class Diary:
    """A day of chance at four counters, and when each ticket was first called."""

    def __init__(self, hall: Hall, seed: int) -> None:
        self.hall = hall
        self.chance = random.Random(seed)
        self.first_called: dict[int, int] = {}
        self.rated: defaultdict[int, int] = defaultdict(int)

    def states(self, *wanted: str) -> list[int]:
        found = self.hall.store.rows("SELECT id, state FROM ticket ORDER BY id", ())
        return [ticket for ticket, state in found if state in wanted]

    def busy(self, counter: int) -> bool:
        rows = self.hall.store.rows(
            f"SELECT id FROM ticket WHERE state = 'called' AND counter = {counter}", ()
        )
        return bool(rows)

    def note(self, ticket: int) -> None:
        self.first_called.setdefault(ticket, self.hall.clock.now_ms())

    def step(self) -> None:
        hall, chance = self.hall, self.chance
        hall.wait(chance.randrange(0, 240))
        if chance.random() < 0.4:
            classes = chance.choice([(), (), ("elderly",), ("assisted", "vip"), ("vip",)])
            hall.issue(chance.choice(["P01", "P05", "P03", "P22", "P11"]), *classes)
            return
        counter = chance.choice([1, 3, 4, 5])
        if not self.busy(counter):
            called = hall.call(counter)
            if called is not None:
                self.note(called.id)
            return
        getattr(self, chance.choice(["finish", "finish", "miss", "hold", "transfer", "aside"]))(
            counter
        )

    def finish(self, counter: int) -> None:
        (ticket,) = self.hall.store.rows(
            f"SELECT id FROM ticket WHERE state = 'called' AND counter = {counter}", ()
        )[0]
        self.hall.at(counter, Finish(counter))
        if self.chance.random() < 0.2:
            self.hall.at(counter, Undo(ticket))
            self.hall.at(counter, Finish(counter))
        score = self.chance.choice([None, 1, 3, 5])
        self.hall.at(counter, Rate(ticket, score))
        if score is not None:
            self.rated[score] += 1

    def miss(self, counter: int) -> None:
        self.hall.wait(5)
        self.hall.at(counter, Recall(counter))
        self.hall.at(counter, NoShow(counter))

    def hold(self, counter: int) -> None:
        self.hall.at(counter, Hold(counter, "fill_form"))

    def transfer(self, counter: int) -> None:
        ((service,),) = self.hall.store.rows(
            f"SELECT service FROM ticket WHERE state = 'called' AND counter = {counter}", ()
        )
        self.hall.at(counter, Transfer(counter, "P05" if service == "P07" else "P07"))

    def aside(self, counter: int) -> None:
        missed, held, waiting = self.states("missed"), self.states("held"), self.states("waiting")
        if missed:
            self.hall.lobby(Return(self.chance.choice(missed)))
        if held:
            self.hall.lobby(Resume(self.chance.choice(held)))
        if waiting:
            ticket = self.chance.choice(waiting)
            self.hall.lobby(SetClass(ticket, frozenset({"elderly"})))
            self.hall.lobby(Leave(self.chance.choice(waiting)))
        self.hall.at(counter, Finish(counter))
        waiting = self.states("waiting")
        if waiting:
            ticket = self.chance.choice(waiting)
            self.hall.lobby(CallTicket(ticket, counter, "care"))
            self.note(ticket)

    def play(self, steps: int) -> None:
        self.hall.open(1, 3, 4, 5)
        for _ in range(steps):
            self.step()


def by_hand(seconds: list[float]) -> Waits:
    """The same figures by the definition of each."""
    ordered = sorted(seconds)
    count = len(ordered)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return Waits(
        count,
        round(sum(ordered) / count, 3),
        round(middle, 3),
        round(ordered[math.ceil(count * 9 / 10) - 1], 3),
        round(ordered[-1], 3),
    )


def compare(hall: Hall, diary: Diary) -> None:
    """The summary beside the tickets' rows and the diary."""
    worth = credits(hall.store)
    group_of = {service.code: service.group for service in services(hall.store)}
    rows = hall.store.rows(
        f"SELECT id, state, issued_at, classes, service FROM ticket WHERE day = '{TODAY}'", ()
    )
    summary = day_summary(hall.store, TODAY)
    assert summary is not None
    ends = [state for _, state, *_ in rows]
    assert (summary.issued, summary.served, summary.no_shows, summary.left) == (
        len(rows),
        ends.count("finished"),
        ends.count("missed"),
        ends.count("left"),
    )
    assert summary.waiting == sum(ends.count(state) for state in ("waiting", "called", "held"))
    waits: list[float] = []
    by_class: defaultdict[str, list[float]] = defaultdict(list)
    by_group: defaultdict[str, list[float]] = defaultdict(list)
    for ticket, _, issued_at, classes, service in rows:
        if ticket in diary.first_called:
            wait = (diary.first_called[ticket] - issued_at) / 1000
            waits.append(wait)
            by_class[max(classes.split(","), key=worth.__getitem__)].append(wait)
            by_group[group_of[service]].append(wait)
    assert summary.waits == by_hand(waits)
    assert summary.by_class == {name: by_hand(found) for name, found in by_class.items()}
    assert summary.by_group == {name: by_hand(found) for name, found in by_group.items()}
    assert summary.ratings == diary.rated


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_summary_is_what_the_tickets_say(hall: Hall, seed: int) -> None:
    diary = Diary(hall, seed)
    diary.play(220)
    compare(hall, diary)
    for counter in (1, 3, 4, 5):
        if diary.busy(counter):
            hall.at(counter, Finish(counter))
    hall.lobby(CloseDay())
    compare(hall, diary)
    hall.wait(minutes=24 * 60)
    hall.issue()
    hall.issue()
    compare(hall, diary)
    tomorrow = day_summary(hall.store, TOMORROW)
    assert tomorrow is not None
    assert (tomorrow.issued, tomorrow.waiting, tomorrow.waits.count) == (2, 2, 0)


def test_a_day_closed_by_itself_is_the_same_day(hall: Hall) -> None:
    diary = Diary(hall, 4)
    diary.play(60)
    hall.wait(minutes=24 * 60)
    hall.issue()
    compare(hall, diary)
    summary = day_summary(hall.store, TODAY)
    assert summary is not None
    assert summary.waiting == 0
