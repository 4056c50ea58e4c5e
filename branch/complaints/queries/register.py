"""The register of complaints as it may leave the branch, a page at a time; writes nothing.

Columns are those of a bank's complaint ledger (complaints.md 1.4) that are kept here. Names are
masked, also inside the texts, numbers hidden; a complaint about who asks is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from branch.complaints.attention import STANDING_FACTS, stood_at
from branch.complaints.confidence import is_inside, roles_of
from branch.complaints.deadlines import Pause, united, used_days
from branch.complaints.house import house_of
from branch.complaints.queries.codes import standard_codes
from branch.complaints.queries.desk import untold
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.queries.longer import NAMES, Hider, longer_reasons
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    PauseRow,
    ReReviewRow,
    RestartRow,
)
from branch.complaints.recusal import kept_from
from branch.complaints.rules import OPEN, ROUNDS
from branch.kernel.masking import mask_email, mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.papers.queries import fields_issued
from branch.people.queries import staff_members

PAGE = 500


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register: codes, masked values, days (ISO or empty), money in fen.

    ``standards`` are the national codes of the three dimensions where they were imported.
    ``accepted_on`` is the first day of it. ``gross_days`` and ``net_days`` run from receipt, of a
    later round from its beginning, to the answer, None before it. ``late`` says that the law's day
    was missed, also while no answer was given, ``stood`` in which state, ``small`` that
    compensation was paid which the branch decides on itself. ``extended`` is the limit of which the
    complainant was told, where it is longer than the first, ``longer`` why. ``reached`` (None
    without a visit), ``visitor`` and ``visit`` are those of the round's last follow-up visit,
    ``liability`` and ``accountability`` those of its report on paper (TS-04), empty without one.
    """

    id: int
    number: str
    kind: str
    state: str
    channel: str
    forwarded: str
    received_on: str
    registered_on: str
    accepted_on: str
    closed_on: str
    name: str
    anonymous: bool
    capacity: str
    document: str
    phone: str
    email: str
    parties: int
    severity: str
    urgency: str
    sensitivity: tuple[str, ...]
    incident_on: str
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
    liability: str
    accountability: str
    cause: str
    systemic: str
    remedies: tuple[str, ...]
    redress: int | None
    small: bool
    measures: str
    legal_due: str
    house_due: str
    extended: int
    longer: str
    reply_wish: str
    told_on: str
    mode: str
    gross_days: int | None
    net_days: int | None
    late: bool
    stood: str
    visited_on: str
    visitor: str
    reached: bool | None
    visit: str
    satisfaction: str
    level: int
    major: bool
    repeat_of: str
    merged_into: str
    re_review: str
    outcome: str


_FIELDS = tuple(
    (
        "id number kind state round channel forwarded received_on registered_at closed_at name "
        "anonymous capacity document document_tail phone address email parties severity urgency "
        "sensitivity incident_on biz_channel biz_class reason amount title facts claims handler "
        "verified grounds decision finding cause systemic remedies redress measures legal_due "
        "house_due notified_at reply_mode reply_wish satisfaction level major repeat_of "
        "merged_into outcome agent legal_person representatives registered_by confidential"
    ).split()
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
    store: Store,
    staff: int,
    first: date,
    last: date,
    today: date,
    after: int = 0,
    most: int = PAGE,
) -> tuple[RegisterRow, ...]:
    """What was received from ``first`` to ``last``, as it stands ``today``, in the order of
    registration, after the case with the id ``after``; fewer than ``most`` rows only at the end."""
    found: list[RegisterRow] = []
    while len(found) < most:
        wanted = most - len(found)
        rows = _PAGE.all(
            store, first=first.isoformat(), last=last.isoformat(), after=after, most=wanted
        )
        cases = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
        found += _Page(store, staff, today.isoformat(), cases).rows()
        if len(rows) < wanted:
            break
        after = rows[-1][0]
    return tuple(found)


def _without_content(row: RegisterRow) -> RegisterRow:
    return replace(
        row,
        name="",
        document="",
        phone="",
        email="",
        sensitivity=(),
        incident_on="",
        amount=None,
        title="",
        facts="",
        claims="",
        handler="",
        verified="",
        grounds="",
        decision="",
        accountability="",
        measures="",
        longer="",
        visit="",
    )


class _Page:
    """What belongs to a page of complaints, read together."""

    def __init__(
        self, store: Store, staff: int, today: str, rows: Sequence[dict[str, Any]]
    ) -> None:
        hidden = kept_from(store, staff)
        self._store, self._today = store, today
        self._asks, self._roles = staff, roles_of(store, staff)
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
        visits = self._of(ids, FollowUpRow, "round", "at", "reached", "text", "by")
        self._visits = {(one[0], one[1]): one[2:] for one in visits}
        self._reports = fields_issued(store, "TS-04", ids)
        self._reviews = dict(self._of(ids, ReReviewRow, "decision"))
        restarts = self._of(ids, RestartRow, "cause", "day")
        self._begun = {one: day for one, cause, day in restarts if cause in ROUNDS}
        self._longer = longer_reasons(store, self._extended)
        self._events = events_of(store, ids, STANDING_FACTS, self._times)
        others = {row[name] for row in self._rows for name in ("repeat_of", "merged_into")}
        others -= {None}
        others -= untold(store, others, staff)
        self._numbers = dict(self._in(sorted(others), ComplaintRow, "id", "number"))

    def rows(self) -> list[RegisterRow]:
        """The rows of the page; of a confidential one what everybody may know."""
        return [
            _without_content(self._row(row)) if self._is_withheld(row) else self._row(row)
            for row in self._rows
        ]

    def _is_withheld(self, row: dict[str, Any]) -> bool:
        inside = is_inside(self._asks, self._roles, row["registered_by"], row["handler"])
        return bool(row["confidential"]) and not inside

    def _row(self, row: dict[str, Any]) -> RegisterRow:
        open_ = self._store.sealer.open
        email = open_(row["email"], "complaint.email")
        address = open_(row["address"], "complaint.address")
        hide = Hider([row[name] for name in NAMES], (email, address)).hide
        told, late = self._day(row["notified_at"]), self._late(row)
        days = self._days(row["id"], self._begun.get(row["id"], row["received_on"]), told)
        at, reached, words, by = self._visits.get((row["id"], row["round"]), (None, None, "", None))
        report = self._reports.get((row["id"], f"round:{row['round']}"), {})
        events = self._events[row["id"]]
        return RegisterRow(
            id=row["id"],
            number=row["number"],
            kind=row["kind"],
            state=row["state"],
            channel=row["channel"],
            forwarded=row["forwarded"],
            received_on=row["received_on"],
            registered_on=self._day(row["registered_at"]),
            accepted_on=next((one.day for one in events if one.what == "accepted"), ""),
            closed_on=self._day(row["closed_at"]),
            name="" if row["anonymous"] else mask_name(row["name"]),
            anonymous=bool(row["anonymous"]),
            capacity=row["capacity"],
            document=f"****{row['document_tail']}" if row["document_tail"] else "",
            phone=mask_phone(open_(row["phone"], "complaint.phone")),
            email=mask_email(email),
            parties=row["parties"],
            severity=row["severity"],
            urgency=row["urgency"],
            sensitivity=_codes(row["sensitivity"]),
            incident_on=row["incident_on"],
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
            liability=report.get("liability") or "",
            accountability=hide(report.get("accountability") or ""),
            cause=row["cause"],
            systemic=row["systemic"],
            remedies=_codes(row["remedies"]),
            redress=row["redress"],
            small=0 < (row["redress"] or 0) <= self._limit,
            measures=hide(row["measures"]),
            legal_due=row["legal_due"],
            house_due=row["house_due"],
            extended=self._extended.get(row["id"], 0),
            longer="\n".join(self._longer[row["id"]]),
            reply_wish=row["reply_wish"],
            told_on=told,
            mode=row["reply_mode"],
            gross_days=days[0] if days else None,
            net_days=days[1] if days else None,
            late=late,
            stood=stood_at(events, row["legal_due"]) if late else "",
            visited_on=self._day(at),
            visitor=self._staff.get(by, ""),
            reached=None if reached is None else bool(reached),
            visit=hide(words),
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

    def _late(self, row: dict[str, Any]) -> bool:
        """Whether the complainant was told after the law's day, or is not told yet after it."""
        due: str = row["legal_due"]
        told = self._day(row["notified_at"])
        if not told and row["state"] in OPEN:
            told = self._today
        return "" < due < told

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


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
