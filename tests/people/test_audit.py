"""The journal as auditors look for it: filters alone and together, pages, counts, both stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.journal import Entry
from branch.kernel.runner import Actor
from branch.people.queries.audit import (
    ALL,
    REFUSED,
    REVEALED,
    AuditFilter,
    audit_count,
    audit_page,
    facts,
    hash_before,
    is_refusal,
    is_view,
    recent_stations,
    topics,
)
from tests.conftest import OPENING
from tests.long_journal import lengthen

At = Callable[[str, str], Actor]
ENTRIES = 5_000
MINUTE = 60_000


@pytest.fixture
def long(branch: Branch) -> Branch:
    lengthen(branch.store, ENTRIES)
    return branch


def everything(branch: Branch) -> list[Entry]:
    return sorted(journal.entries(branch.store), key=lambda entry: -entry.revision)


def pages(branch: Branch, wanted: AuditFilter, most: int) -> Iterator[tuple[Entry, ...]]:
    page = audit_page(branch.store, wanted, None, most)
    while page:
        yield page
        page = audit_page(branch.store, wanted, page[-1], most)


def test_the_newest_come_first_and_whole(long: Branch) -> None:
    assert list(audit_page(long.store, ALL, None, 50)) == everything(long)[:50]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (ALL, lambda _entry: True),
        (AuditFilter(staff=3), lambda e: e.staff == 3),
        (AuditFilter(staff=0), lambda e: e.staff == 0),
        (AuditFilter(station="counter-2"), lambda e: e.station == "counter-2"),
        (AuditFilter(topic="ticket"), lambda e: e.topic == "ticket"),
        (AuditFilter(topic="staff"), lambda e: e.topic == "staff"),
        (AuditFilter(only=REFUSED), lambda e: is_refusal(e.what)),
        (AuditFilter(only=REVEALED), lambda e: e.what == "visitor.revealed"),
        (AuditFilter(topic="ticket", only=REFUSED), lambda _entry: False),
        (
            AuditFilter(since=OPENING + 60 * MINUTE, until=OPENING + 75 * MINUTE),
            lambda e: OPENING + 60 * MINUTE <= e.at < OPENING + 75 * MINUTE,
        ),
        (AuditFilter(since=OPENING + 700 * MINUTE), lambda e: e.at >= OPENING + 700 * MINUTE),
        (
            AuditFilter(until=OPENING + 3 * MINUTE, staff=1),
            lambda e: e.at < OPENING + 3 * MINUTE and e.staff == 1,
        ),
        (
            AuditFilter(subjects=frozenset({("ticket", "17"), ("print", "17")})),
            lambda e: e.subject == "17" and e.topic in ("ticket", "print"),
        ),
        (
            AuditFilter(subjects=frozenset({("ticket", "17"), ("counter", "2")}), staff=4),
            lambda e: (e.topic, e.subject) in {("ticket", "17"), ("counter", "2")}
            and e.staff == 4,
        ),
        (AuditFilter(subjects=frozenset()), lambda _entry: False),
        (AuditFilter(station="nowhere"), lambda _entry: False),
    ],
)  # fmt: skip
def test_filters_give_exactly_what_they_say(
    long: Branch, wanted: AuditFilter, fits: Callable[[Entry], bool]
) -> None:
    expected = [entry for entry in everything(long) if fits(entry)]
    found = [entry for page in pages(long, wanted, 700) for entry in page]
    assert found == expected
    newest = journal.head(long.store)[0]
    assert audit_count(long.store, wanted, newest, 100_000) == len(expected)
    assert audit_count(long.store, wanted, newest, 7) == min(7, len(expected))
    older = [entry for entry in expected if entry.revision <= 2_000]
    assert audit_count(long.store, wanted, 2_000, 100_000) == len(older)


@pytest.mark.parametrize("most", [1, 7, 200])
def test_pages_join_without_gap_or_repetition(long: Branch, most: int) -> None:
    wanted = AuditFilter(since=OPENING, until=OPENING + 30 * MINUTE)
    found = [entry.revision for page in pages(long, wanted, most) for entry in page]
    assert found == sorted(found, reverse=True)
    assert len(found) == len(set(found)) == audit_count(long.store, wanted, 10**9, 10**6)


def test_a_clock_that_was_put_back_hides_nothing(
    branch: Branch, clock: SetClock, actor: At
) -> None:
    revision, digest = journal.head(branch.store)
    staff = actor("100482", "x").staff
    times = [OPENING + 5, OPENING + 9, OPENING + 2, OPENING + 9, OPENING + 1]
    with branch.store.transaction():
        for at in times:
            revision += 1
            digest = journal.append(
                branch.store, digest, revision, at, "lobby", staff, "help.answered", "1", {}
            )
    wanted = AuditFilter(since=OPENING + 1)
    for most in (1, 2, 3, 10):
        found = [entry.at - OPENING for page in pages(branch, wanted, most) for entry in page]
        assert found == [9, 9, 5, 2, 1]
    assert [entry.at - OPENING for entry in audit_page(branch.store, AuditFilter(staff=staff))] == [
        1, 9, 2, 9, 5,
    ]  # fmt: skip


def test_the_hash_before(long: Branch) -> None:
    newest = everything(long)
    assert hash_before(long.store, newest[0].revision) == newest[1].hash
    assert hash_before(long.store, 1) == ""


def test_stations_that_wrote_lately(long: Branch) -> None:
    assert set(recent_stations(long.store)) >= {"counter-1", "counter-2", "kiosk-1", "lobby"}


def test_what_is_a_refusal_and_what_a_view() -> None:
    refusals = {fact for fact in facts() if is_refusal(fact)}
    assert refusals == {"command.refused", "session.refused", "staff.pin_refused"}
    assert all(fact.endswith(".revealed") for fact in facts() if is_view(fact))
    assert {"ticket", "staff", "glass", "session"} <= set(topics())
