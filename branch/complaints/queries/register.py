"""The register of complaints as it may leave the branch, a page at a time; writes nothing.

Columns are those of a bank's complaint ledger (complaints.md 1.4) that are kept here. Names are
masked, also inside the texts, numbers hidden; a complaint about who asks is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from branch.complaints.attention import STANDING_FACTS, stood_at
from branch.complaints.deadlines import Pause, united, used_days
from branch.complaints.house import house_of
from branch.complaints.queries.codes import standard_codes
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    PauseRow,
    ReReviewRow,
)
from branch.complaints.recusal import kept_from
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.reception import hide_numbers

PAGE = 500


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register: codes, masked values, days (ISO or empty), money in fen.

    ``standards`` are the national codes of the three dimensions where they were imported.
    ``gross_days`` and ``net_days`` run from receipt to the answer, None before it. ``late`` says
    that the law's day was missed, ``stood`` in which state, ``small`` that compensation was paid
    which the branch decides on itself. ``extended`` is the limit of which the
    complainant was told, where it is longer than the first.
    """

    id: int
    number: str
    kind: str
    state: str
    channel: str
    forwarded: str
    received_on: str
    registered_on: str
    closed_on: str
    name: str
    anonymous: bool
    capacity: str
    document: str
    phone: str
    parties: int
    severity: str
    urgency: str
    sensitivity: tuple[str, ...]
    biz_channel: str
    biz_class: str
    reason: str
    standards: tuple[str, str, str]
    amount: int | None
    title: str
    facts: str
    claims: str
    handler: str
    verified: str
    grounds: str
    decision: str
    finding: str
    cause: str
    remedies: tuple[str, ...]
    redress: int | None
    small: bool
    measures: str
    legal_due: str
    house_due: str
    extended: int
    told_on: str
    mode: str
    gross_days: int | None
    net_days: int | None
    late: bool
    stood: str
    visited_on: str
    satisfaction: str
    level: int
    major: bool
    repeat_of: str
    merged_into: str
    re_review: str
    outcome: str


_FIELDS = (
    "id",
    "number",
    "kind",
    "state",
    "channel",
    "forwarded",
    "received_on",
    "registered_at",
    "closed_at",
    "name",
    "anonymous",
    "capacity",
    "document",
    "document_tail",
    "phone",
    "parties",
    "severity",
    "urgency",
    "sensitivity",
    "biz_channel",
    "biz_class",
    "reason",
    "amount",
    "title",
    "facts",
    "claims",
    "handler",
    "verified",
    "grounds",
    "decision",
    "finding",
    "cause",
    "remedies",
    "redress",
    "measures",
    "legal_due",
    "house_due",
    "notified_at",
    "reply_mode",
    "satisfaction",
    "level",
    "major",
    "repeat_of",
    "merged_into",
    "outcome",
    "agent",
    "legal_person",
    "representatives",
)
_PAGE = Prepared(
    lambda first, last, after, most: (
        ComplaintRow.select(*(getattr(ComplaintRow, name) for name in _FIELDS))
        .where(
            ComplaintRow.received_on >= first,
            ComplaintRow.received_on <= last,
            ComplaintRow.id > after,
        )
        .order_by(ComplaintRow.id)
        .limit(most)
    )
)
_DIMENSIONS = ("biz_channel", "biz_class", "reason")


def register_rows(
    store: Store, staff: int, first: date, last: date, after: int = 0, most: int = PAGE
) -> tuple[RegisterRow, ...]:
    """What was received from ``first`` to ``last``, in the order of registration, after the case
    with the id ``after``; fewer than ``most`` rows only at the end."""
    found: list[RegisterRow] = []
    while len(found) < most:
        wanted = most - len(found)
        rows = _PAGE.all(
            store, first=first.isoformat(), last=last.isoformat(), after=after, most=wanted
        )
        found += _Page(store, staff, [dict(zip(_FIELDS, row, strict=True)) for row in rows]).rows()
        if len(rows) < wanted:
            break
        after = rows[-1][0]
    return tuple(found)


class _Page:
    """What belongs to a page of complaints, read together."""

    def __init__(self, store: Store, staff: int, rows: Sequence[dict[str, Any]]) -> None:
        hidden = kept_from(store, staff)
        self._store = store
        self._rows = [row for row in rows if row["id"] not in hidden]
        ids = tuple(row["id"] for row in self._rows)
        self._times, self._limit = LocalTimes(store), house_of(store).redress
        self._staff = {member.id: member.name for member in staff_members(store)}
        self._standards = standard_codes(store)
        self._pauses: dict[int, list[Pause]] = defaultdict(list)
        for complaint, start, end in self._of(ids, PauseRow, "start", "end"):
            ended = date.fromisoformat(end) if end else None
            self._pauses[complaint].append(Pause(date.fromisoformat(start), ended))
        told = [row for row in self._of(ids, ExtensionRow, "days", "told_on") if row[2]]
        self._extended = {complaint: days for complaint, days, _told in sorted(told)}
        self._visits = dict(self._of(ids, FollowUpRow, "at"))
        self._reviews = dict(self._of(ids, ReReviewRow, "decision"))
        late = [row["id"] for row in self._rows if _late(row, self._day(row["notified_at"]))]
        self._events = events_of(store, late, STANDING_FACTS, self._times)
        others = {row[name] for row in self._rows for name in ("repeat_of", "merged_into")}
        others -= {None, *hidden}
        self._numbers = dict(self._in(sorted(others), ComplaintRow, "id", "number"))

    def rows(self) -> list[RegisterRow]:
        """The rows of the page."""
        return [self._row(row) for row in self._rows]

    def _row(self, row: dict[str, Any]) -> RegisterRow:
        hide = _Hider(row).hide
        told = self._day(row["notified_at"])
        days = self._days(row["id"], row["received_on"], told)
        return RegisterRow(
            id=row["id"],
            number=row["number"],
            kind=row["kind"],
            state=row["state"],
            channel=row["channel"],
            forwarded=row["forwarded"],
            received_on=row["received_on"],
            registered_on=self._day(row["registered_at"]),
            closed_on=self._day(row["closed_at"]),
            name="" if row["anonymous"] else mask_name(row["name"]),
            anonymous=bool(row["anonymous"]),
            capacity=row["capacity"],
            document=f"****{row['document_tail']}" if row["document_tail"] else "",
            phone=mask_phone(self._store.sealer.open(row["phone"], "complaint.phone")),
            parties=row["parties"],
            severity=row["severity"],
            urgency=row["urgency"],
            sensitivity=_codes(row["sensitivity"]),
            biz_channel=row["biz_channel"],
            biz_class=row["biz_class"],
            reason=row["reason"],
            standards=self._standard(row),
            amount=row["amount"],
            title=hide(row["title"]),
            facts=hide(row["facts"]),
            claims=hide(row["claims"]),
            handler=self._staff.get(row["handler"], ""),
            verified=hide(row["verified"]),
            grounds=hide(row["grounds"]),
            decision=hide(row["decision"]),
            finding=row["finding"],
            cause=row["cause"],
            remedies=_codes(row["remedies"]),
            redress=row["redress"],
            small=0 < (row["redress"] or 0) <= self._limit,
            measures=hide(row["measures"]),
            legal_due=row["legal_due"],
            house_due=row["house_due"],
            extended=self._extended.get(row["id"], 0),
            told_on=told,
            mode=row["reply_mode"],
            gross_days=days[0] if days else None,
            net_days=days[1] if days else None,
            late=_late(row, told),
            stood=stood_at(self._events[row["id"]], row["legal_due"]) if _late(row, told) else "",
            visited_on=self._day(self._visits.get(row["id"])),
            satisfaction=row["satisfaction"],
            level=row["level"],
            major=bool(row["major"]),
            repeat_of=self._numbers.get(row["repeat_of"], ""),
            merged_into=self._numbers.get(row["merged_into"], ""),
            re_review=self._reviews.get(row["id"], ""),
            outcome=row["outcome"],
        )

    def _standard(self, row: dict[str, Any]) -> tuple[str, str, str]:
        found = [self._standards.get((name, row[name]), "") for name in _DIMENSIONS]
        return found[0], found[1], found[2]

    def _days(self, complaint: int, received_on: str, told: str) -> tuple[int, int] | None:
        if not told:
            return None
        begun, end = date.fromisoformat(received_on), date.fromisoformat(told)
        return (end - begun).days, used_days(begun, end, united(self._pauses.get(complaint, ())))

    def _day(self, ms: int | None) -> str:
        return self._times.day(ms) if ms else ""

    def _of(self, ids: Sequence[int], kind: Any, *names: str) -> list[tuple[Any, ...]]:
        """Rows that belong to these complaints: the complaint and some fields, oldest first."""
        return self._in(ids, kind, "complaint", *names)

    def _in(self, ids: Sequence[int], kind: Any, key: str, *names: str) -> list[tuple[Any, ...]]:
        if not ids:
            return []
        query = (
            kind.select(*(getattr(kind, name) for name in (key, *names)))
            .where(getattr(kind, key).in_(tuple(ids)))
            .order_by(kind.id)
        )
        sql, values = self._store.database.get_sql_context().sql(query).query()
        return self._store.rows(sql, values)


class _Hider:
    """Hides the persons of one complaint, and every long number, in its texts."""

    def __init__(self, row: dict[str, Any]) -> None:
        names = (
            row["name"],
            row["agent"],
            row["legal_person"],
            *row["representatives"].split("\n"),
        )
        # The longest first, so that no part of a name is masked alone.
        self._names = sorted((name for name in names if len(name) > 1), key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text without names and numbers of the complainant's side."""
        for name in self._names:
            text = text.replace(name, mask_name(name))
        return hide_numbers(text)


def _late(row: dict[str, Any], told: str) -> bool:
    """Whether the complainant was told after the law's day."""
    due: str = row["legal_due"]
    return "" < due < told


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
