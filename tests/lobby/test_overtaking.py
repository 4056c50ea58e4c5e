"""Nobody is overtaken beyond the largest credit: held against the journal, with a count of its own.

What is counted here shares nothing with the program's own fold: a ticket waits without a break
as long as the journal says nothing of it but its issue and its class.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from branch.catalogue.commands import ChangeClass
from branch.catalogue.queries import counters, credits
from branch.kernel import journal
from branch.kernel.journal import Entry
from branch.kernel.store import Store
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, CallTicket, Finish
from branch.lobby.commands.counters import CloseCounter, OpenCounter, SetCounterServices
from branch.lobby.commands.day import CloseDay
from branch.lobby.fairness import Reason
from branch.lobby.queries.fairness import day_fairness, ticket_fairness
from branch.lobby.queries.waiting import waiting
from tests.conftest import OPENING
from tests.lobby.discipline import MINUTE
from tests.lobby.hall import Hall
from tests.lobby.test_discipline import COUNTER, OPEN, Lobby

TODAY = "2026-11-20"
# All that may be written of a ticket that waits since its issue.
PLAIN = {"ticket.issued", "ticket.class_set"}


@dataclass(frozen=True, order=True)
class Passed:
    """A fresh arrival called before a ticket that waits without a break. Milliseconds."""

    at: int
    ticket: int
    overtaken: int
    by: int
    bound: int


class Count:
    """A day's journal read with pencil and paper, over and over from its beginning."""

    def __init__(
        self,
        entries: list[Entry],
        services: Mapping[int, frozenset[str]],
        credits: Mapping[str, int],
    ) -> None:
        self.entries = entries
        self.services = services
        self.worth = [(0, dict(credits))]
        self.of_ticket: dict[int, list[Entry]] = defaultdict(list)
        self.sets: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.topic == "ticket":
                self.of_ticket[int(entry.subject)].append(entry)
            if entry.topic == "counter" and "services" in entry.data:
                self.sets[int(entry.subject)].append(entry)
            if entry.what == "catalogue.class_changed":
                now = {**self.worth[-1][1], entry.subject: int(str(entry.data["credit"]))}
                self.worth.append((entry.revision, now))
        self.calls = [entry for entry in entries if entry.what == "ticket.called"]

    def issued(self, ticket: int) -> Entry:
        """A ticket's first entry."""
        return self.of_ticket[ticket][0]

    def is_plain(self, ticket: int, revision: int) -> bool:
        """Whether it waits at this revision and has done so without a break since its issue."""
        told = {entry.what for entry in self.of_ticket[ticket] if entry.revision < revision}
        return bool(told) and told <= PLAIN

    def can_do(self, call: Entry, ticket: int) -> bool:
        """Whether the counter that called does the service a ticket was issued for."""
        counter = int(str(call.data["counter"]))
        known = [entry for entry in self.sets[counter] if entry.revision < call.revision]
        able = known[-1].data["services"] if known else self.services[counter]
        assert isinstance(able, (list, frozenset))
        return str(self.issued(ticket).data["service"]) in able

    def bound(self, ticket: int, until: int) -> int:
        """The largest credit in force from a ticket's issue to a revision, in milliseconds."""
        first = self.issued(ticket).revision
        before = [worth for revision, worth in self.worth if revision < first][-1]
        since = [worth for revision, worth in self.worth if first < revision < until]
        return max(max(worth.values()) for worth in [before, *since]) * MINUTE

    def overtakings(self) -> list[Passed]:
        """Every time a fresh arrival was called, in its turn, before an earlier one."""
        found = []
        for call in self.calls:
            ticket = int(call.subject)
            if "by_hand" in call.data or not self.is_plain(ticket, call.revision):
                continue
            came = self.issued(ticket)
            for other in self.of_ticket:
                first = self.issued(other)
                if (
                    first.revision < came.revision
                    and self.is_plain(other, call.revision)
                    and self.can_do(call, other)
                ):
                    bound = self.bound(other, call.revision)
                    found.append(Passed(call.at, ticket, other, came.at - first.at, bound))
        return sorted(found)

    def reason(self, call: Entry, ticket: int) -> Reason:
        """Why this call came before a ticket that waited without a break."""
        called = int(call.subject)
        if "by_hand" in call.data:
            return Reason.BY_HAND
        if not self.can_do(call, ticket):
            return Reason.OTHER_COUNTER
        if not self.is_plain(called, call.revision):
            return Reason.KEPT_PLACE
        earlier = self.issued(called).revision < self.issued(ticket).revision
        return Reason.EARLIER if earlier else Reason.CREDIT

    def story(self, ticket: int) -> list[tuple[int, Reason]]:
        """Every call of somebody else from a ticket's issue until the wait was broken off."""
        of_own = [entry for entry in self.of_ticket[ticket] if entry.what not in PLAIN]
        end = of_own[0].revision if of_own else self.entries[-1].revision + 1
        return [
            (call.revision, self.reason(call, ticket))
            for call in self.calls
            if self.issued(ticket).revision < call.revision < end
        ]


def check(
    store: Store, services: Mapping[int, frozenset[str]], credits: Mapping[str, int]
) -> list[Passed]:
    """The theorem holds, and the program's own report says what is counted here.

    ``services`` and ``credits`` are those of the beginning. Returns the overtakings.
    """
    count = Count(list(journal.entries(store)), services, credits)
    found = count.overtakings()
    assert [passed for passed in found if passed.by > passed.bound] == []
    told = day_fairness(store, TODAY)
    assert told is not None
    judged = told.judgement
    assert sorted(
        Passed(o.at, o.ticket, o.overtaken, o.by, o.bound) for o in judged.overtakings
    ) == (found)
    assert judged.exceeded == []
    assert judged.out_of_order == []
    assert judged.calls == len(count.calls)
    assert told.overtaken == len({passed.overtaken for passed in found})
    assert told.longest == max((passed.by for passed in found), default=0)
    assert sum(of_class.times for of_class in told.by_class) == len(found)
    assert [(hand.revision, hand.ticket, hand.staff, hand.code) for hand in judged.by_hand] == [
        (call.revision, int(call.subject), call.staff, call.data["by_hand"])
        for call in count.calls
        if "by_hand" in call.data
    ]
    for ticket in count.of_ticket:
        fairness = ticket_fairness(store, ticket)
        assert fairness is not None
        expected = count.story(ticket)
        # What came after a break in the waiting is told too; it is no part of the theorem.
        before = fairness.story.before[: len(expected)]
        assert [(call.revision, call.reason) for call in before] == expected
    return found


class Overtaking(Lobby):
    """The lobby of all steps, with a clock that is put back and counters that close."""

    def __init__(self) -> None:
        super().__init__()
        self.services = {item.number: item.services for item in counters(self.hall.store)}
        self.credits = credits(self.hall.store)

    @rule(seconds=st.sampled_from((1, 90, 1_200)))
    def clock_is_put_back(self, seconds: int) -> None:
        if self.now - seconds * 1_000 > OPENING:
            self.hall.wait(-seconds)

    @rule(counter=COUNTER)
    def close_and_open_again(self, counter: int) -> None:
        if self.paper.at(counter) is None and self.paper.desks[counter].state == "open":
            self.hall.at(counter, CloseCounter(counter))
            self.hall.at(counter, OpenCounter(counter))

    def teardown(self) -> None:
        try:
            check(self.hall.store, self.services, self.credits)
        finally:
            super().teardown()


@pytest.fixture(autouse=True)
def sample_of_the_machine(sample_file: Path) -> None:
    Overtaking.sample = sample_file


TestOvertaking = Overtaking.TestCase
TestOvertaking.settings = settings(
    max_examples=40,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowded_day_overtakes_often_and_never_too_far(hall: Hall, seed: int) -> None:
    chance = random.Random(seed)
    able = {item.number: item.services for item in counters(hall.store)}
    worth = credits(hall.store)
    kinds = ((), (), (), ("elderly",), ("assisted",), ("vip",), ("appointment", "elderly"))
    hall.open(*OPEN)
    for step in range(160):
        hall.wait(chance.expovariate(1 / 60))
        service = chance.choice(("P01", "P03", "P05"))
        hall.lobby(Issue(service, frozenset(chance.choice(kinds))))
        if step % 40 == 39:
            minutes = chance.choice((0, 60, 90))
            hall.by("100201", "settings", ChangeClass("elderly", minutes, 10))
            counter = chance.choice(OPEN)
            hall.lobby(SetCounterServices(counter, frozenset({"P01", service})))
        if step % 25 == 24:
            counter = chance.choice(OPEN)
            if hall.at(counter, CallNext(counter)):
                hall.at(counter, Finish(counter))
            hall.lobby(CallTicket(chance.choice(waiting(hall.store)).id, counter, "care"))
        elif step % 2:
            counter = chance.choice(OPEN)
            hall.at(counter, CallNext(counter))
    found = check(hall.store, able, worth)
    assert len(found) > 40
    assert len({passed.bound for passed in found}) > 1
    for counter in OPEN:
        hall.at(counter, CallNext(counter))
        hall.at(counter, Finish(counter))
    hall.lobby(CloseDay())
    assert set(found) <= set(check(hall.store, able, worth))
