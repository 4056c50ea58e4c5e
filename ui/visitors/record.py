"""Owns what is asked of one visitor's record: its line, and what happened to it; shows nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.phrases import phrases
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.queries.audit import AuditFilter, audit_page
from branch.visitors.queries.register import VisitorLine, visitor_line
from ui.shell.language import language

_MOST = 20


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a record: when (milliseconds), what by its code, by whom."""

    at: int
    what: str
    who: str

    def words(self) -> str:
        """What, in the language of the moment."""
        return phrases("journal").say(self.what, language().code)


@dataclass(frozen=True)
class Record:
    """A visitor and what happened, newest first."""

    line: VisitorLine | None
    happened: tuple[Happened, ...]


def record(store: Store, visitor: int) -> Record:
    """The record of one visitor."""
    names = {member.id: member.name for member in staff_members(store)}
    wanted = AuditFilter(subjects=frozenset({("visitor", str(visitor))}))
    entries = audit_page(store, wanted, most=_MOST)
    happened = (Happened(entry.at, entry.what, names.get(entry.staff, "")) for entry in entries)
    return Record(visitor_line(store, visitor), tuple(happened))
