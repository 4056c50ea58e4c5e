"""Owns what the audit page asks of the store: entries with the names they are told with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from branch.complaints.queries.hidden import NAMING, entries_kept_from, entries_naming
from branch.kernel.journal import Entry
from branch.kernel.store import Store
from branch.lobby.queries.numbers import ticket_numbers, tickets_numbered
from branch.people.queries import staff_members
from branch.people.queries.audit import (
    PAGE,
    AuditFilter,
    audit_page,
    recent_stations,
    topics,
)
from branch.rooms.queries.hidden import NAMING as ROOM_NAMING
from branch.rooms.queries.hidden import room_entries_kept_from
from reports.forms.audit_words import ABOUT_PEOPLE, ABOUT_TICKETS, Names

_NUMBER = re.compile(r"[A-Za-z][0-9]{3}")


@dataclass(frozen=True)
class Asked:
    """What was asked: the filter, and the subject as it was typed."""

    wanted: AuditFilter
    subject: str = ""


@dataclass(frozen=True)
class AuditRows:
    """A page of entries, what they are told with, and whether there are more behind them."""

    entries: tuple[Entry, ...]
    names: Names
    more: bool


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: accounts (id, words' name and number) and stations."""

    staff: tuple[tuple[int, str, str], ...]
    stations: tuple[str, ...]


def choices(store: Store) -> Choices:
    """The accounts and the stations to choose from."""
    people = tuple((member.id, member.staff_no, member.name) for member in staff_members(store))
    return Choices(people, recent_stations(store))


def narrowed(store: Store, asked: Asked, staff: int) -> AuditFilter:
    """The filter with the typed subject looked up (a ticket's number, a name, a number), without
    what this account must not see."""
    hidden = entries_kept_from(store, staff) | room_entries_kept_from(store, staff)
    naming = entries_naming(store, staff, {**NAMING, **ROOM_NAMING})
    wanted = replace(asked.wanted, hidden=hidden, left_out=naming)
    typed = asked.subject.strip()
    if not typed:
        return wanted
    found: set[tuple[str, str]] = set()
    if _NUMBER.fullmatch(typed):
        for ticket in tickets_numbered(store, typed):
            found.update((topic, str(ticket)) for topic in ABOUT_TICKETS)
    for member in staff_members(store):
        if typed in (member.staff_no, member.name):
            found.update((topic, str(member.id)) for topic in ABOUT_PEOPLE)
    # Accounts and tickets are called by name and number, never by what the store counts them by.
    others = set(topics()) - ABOUT_PEOPLE - ABOUT_TICKETS
    found.update((topic, typed) for topic in others)
    return replace(wanted, subjects=frozenset(found))


def audit_rows(
    store: Store, asked: Asked, staff: int, after: Entry | None = None, most: int = PAGE
) -> AuditRows:
    """The newest entries that ``staff`` asked for, or those after the last of a page before."""
    entries = audit_page(store, narrowed(store, asked, staff), after, most)
    return AuditRows(entries, names_for(store, entries), len(entries) == most)


def names_for(store: Store, entries: Iterable[Entry]) -> Names:
    """Every account, and the tickets that these entries speak of."""
    tickets = {
        int(entry.subject)
        for entry in entries
        if entry.topic in ABOUT_TICKETS and entry.subject.isdecimal()
    }
    people = {member.id: (member.staff_no, member.name) for member in staff_members(store)}
    return Names(people, ticket_numbers(store, tickets))
