"""Who stands by name on the block list or on a roll call, for a request about his own data; masked.

On a roll call a visitor stands by reference, so his name is that of his visit; only somebody who
was on no list is there by a name of his own. It writes nothing.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from peewee import JOIN

from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.records import BlockedRow, RollCallRow, RollMarkRow, VisitorRow
from branch.visitors.rules import SEPARATOR, is_same_name

BLOCKED, ROLL_MARK = "blocked", "roll_mark"
UNLISTED = "unlisted"
_MOST = 50

_BLOCKED = Prepared(
    lambda: BlockedRow.select(
        BlockedRow.id, BlockedRow.name, BlockedRow.aliases, BlockedRow.document_mark
    ).order_by(BlockedRow.id.desc())
)
_ENTRY = Prepared(
    lambda ref: BlockedRow.select(
        BlockedRow.name,
        BlockedRow.aliases,
        BlockedRow.reason,
        BlockedRow.text,
        BlockedRow.expires_on,
        BlockedRow.proposed_at,
        BlockedRow.approved_at,
        BlockedRow.ended_at,
    ).where(BlockedRow.id == ref)
)


def _marks() -> Any:
    return (
        RollMarkRow.select(
            RollMarkRow.id,
            RollMarkRow.kind,
            RollMarkRow.label,
            VisitorRow.name,
            RollMarkRow.place,
            RollMarkRow.state,
            RollMarkRow.at,
            RollCallRow.started_at,
            RollCallRow.ended_at,
        )
        .join(RollCallRow, on=(RollCallRow.id == RollMarkRow.roll_call))
        .join(
            VisitorRow,
            JOIN.LEFT_OUTER,
            on=((RollMarkRow.kind == "visitor") & (VisitorRow.id == RollMarkRow.ref)),
        )
    )


_BY_NAME = Prepared(
    lambda name: (
        _marks()
        .where(
            ((RollMarkRow.kind == UNLISTED) & (RollMarkRow.label == name))
            | (VisitorRow.name == name)
        )
        .order_by(RollMarkRow.id.desc())
        .limit(_MOST)
    )
)
_MARK = Prepared(lambda ref: _marks().where(RollMarkRow.id == ref))


def entries_about(store: Store, name: str, document: str) -> dict[int, frozenset[str]]:
    """Entries of the block list that name somebody (alias and all, by the list's own rule) or
    carry his document's keyed hash: their ids, and by what each was found."""
    mark = store.sealer.mark(document, "visitor.document")
    found: dict[int, frozenset[str]] = {}
    for identity, listed, aliases, kept in _BLOCKED.all(store):
        names = (listed, *(alias for alias in aliases.split(SEPARATOR) if alias))
        by = {"name"} if name and is_same_name(name, names) else set()
        if mark and mark == kept:
            by.add("document")
        if by:
            found[identity] = frozenset(by)
    return found


def marks_about(store: Store, name: str) -> tuple[int, ...]:
    """The lines of roll calls that carry this whole name, the newest first."""
    return tuple(row[0] for row in _BY_NAME.all(store, name=name)) if name else ()


def entry(store: Store, ref: int) -> tuple[Any, ...] | None:
    """An entry: name, aliases, reason, words, last day, when proposed, approved, ended (ms)."""
    return _ENTRY.one(store, ref=ref)


def roll_line(store: Store, ref: int) -> tuple[Any, ...] | None:
    """A line of a roll call: name, place, state, marked, begun and ended (ms)."""
    row = _MARK.one(store, ref=ref)
    if row is None:
        return None
    _id, kind, label, visitor, place, state, at, began, ended = row
    return (visitor or "") if kind == "visitor" else label, place, state, at, began, ended


def entry_in_force(row: tuple[Any, ...], now: int, zone: ZoneInfo) -> bool:
    """Whether an entry stops its person at the door today."""
    expires_on, approved_at, ended_at = row[4], row[6], row[7]
    today = local_date(now, zone).isoformat()
    return approved_at is not None and ended_at is None and expires_on >= today
