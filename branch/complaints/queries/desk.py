"""The desk's lists: running cases by due day, by state, found by text; writes nothing.

Nobody sees a complaint that is about himself: every query leaves those out for who asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from branch.complaints.confidence import is_inside, roles_of
from branch.complaints.house import house_of
from branch.complaints.queries.finding import matching
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.complaints.rules import OPEN, State
from branch.kernel.identity import compact
from branch.kernel.masking import mask_name
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import may_read
from branch.visitors.rules import fold

PAGE = 200
_FEWEST_DIGITS = 7


@dataclass(frozen=True)
class CaseLine:
    """A complaint in a list. Days ISO or empty; ``shown_name`` is empty for an anonymous one.

    ``is_group`` says that there are as many complainants of one matter as the house calls a group.
    ``due`` is the earlier of ``legal_due`` and ``house_due``, or the re-review's day while one
    runs; all are empty while ``paused``.
    ``withheld`` says that it is confidential and not for who asks: what it is about, whose it is
    and who handles it are left out.
    """

    id: int
    number: str
    kind: str
    state: str
    title: str
    shown_name: str
    anonymous: bool
    channel: str
    forwarded: str
    received_at: int
    received_on: str
    legal_due: str
    house_due: str
    due: str
    act_by: str
    provisional: bool
    paused: bool
    handler: int | None
    handler_name: str
    registered_by: int
    severity: str
    urgency: str
    sensitivity: tuple[str, ...]
    parties: int
    major: bool
    level: int
    proposed: str
    rev: int
    is_group: bool
    withheld: bool

    def overdue(self, today: str) -> bool:
        """Whether the effective due day has passed (ISO day)."""
        return bool(self.due) and self.due < today and self.state in OPEN


_LINE = tuple(
    getattr(ComplaintRow, name)
    for name in (
        "id",
        "number",
        "kind",
        "state",
        "title",
        "name",
        "anonymous",
        "channel",
        "forwarded",
        "received_at",
        "received_on",
        "legal_due",
        "house_due",
        "due",
        "act_by",
        "provisional",
        "paused",
        "handler",
        "registered_by",
        "severity",
        "urgency",
        "sensitivity",
        "parties",
        "major",
        "level",
        "proposed",
        "rev",
        "confidential",
    )
)
_RUNNING = Prepared(
    lambda: (
        ComplaintRow.select(*_LINE)
        .where(ComplaintRow.state.in_(tuple(sorted(OPEN | {State.REPLIED}))))
        .order_by(ComplaintRow.due, ComplaintRow.id)
    )
)
_ENDED = Prepared(
    lambda most: (
        ComplaintRow.select(*_LINE)
        .where(ComplaintRow.closed_at.is_null(False))
        .order_by(ComplaintRow.closed_at.desc())
        .limit(most)
    )
)
_SAME_PHONE = Prepared(
    lambda mark: (
        ComplaintRow.select(*_LINE)
        .where(ComplaintRow.phone_mark == mark, ComplaintRow.phone_mark != "")
        .order_by(ComplaintRow.id.desc())
        .limit(20)
    )
)


def running_cases(store: Store, staff: int) -> tuple[CaseLine, ...]:
    """Every case that is not at its end, earliest due day first, paused ones last."""
    lines = _lines(store, _RUNNING.all(store), staff)
    return tuple(sorted(lines, key=lambda line: (not line.due, line.due, line.id)))


def ended_cases(store: Store, staff: int, most: int = PAGE) -> tuple[CaseLine, ...]:
    """The cases that ended last, newest first."""
    # What is hidden from him leaves no gap that tells of it.
    rows = _ENDED.all(store, most=most + len(kept_from(store, staff)))
    return _lines(store, rows, staff)[:most]


def search_cases(store: Store, text: str, staff: int, most: int = PAGE) -> tuple[CaseLine, ...]:
    """Cases by what ``finding.matching`` says, or by a whole telephone number; newest first.

    By name and telephone only to those who may see a complainant's values; what is in confidence
    towards ``staff`` is found by its number alone.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    knows = may_read("complaint_values", roles_of(store, staff))
    digits = compact(text)
    lines: tuple[CaseLine, ...] = ()
    if knows and len(digits) >= _FEWEST_DIGITS and digits.isdecimal():
        mark = store.sealer.mark(digits, "complaint.phone")
        lines = _lines(store, _SAME_PHONE.all(store, mark=mark), staff)
    if not lines:
        lines = lines_of(store, matching(store, text, most, names=knows), staff)
    return tuple(line for line in lines if not line.withheld or wanted in fold(line.number))


def lines_of(store: Store, complaints: Sequence[int], staff: int) -> tuple[CaseLine, ...]:
    """These complaints, newest first, without those that concern who asks."""
    if not complaints:
        return ()
    query = (
        ComplaintRow.select(*_LINE)
        .where(ComplaintRow.id.in_(tuple(complaints)))
        .order_by(ComplaintRow.id.desc())
    )
    sql, values = store.database.get_sql_context().sql(query).query()
    return _lines(store, store.rows(sql, values), staff)


def untold(store: Store, complaints: Collection[int], staff: int) -> frozenset[int]:
    """Those of these complaints of which ``staff`` is not told beside another one: those that
    concern him, and those in confidence, whose person the other would name."""
    closed = kept_from(store, staff) & frozenset(complaints)
    lines = lines_of(store, sorted(complaints), staff)
    return closed | {line.id for line in lines if line.withheld}


def _lines(store: Store, rows: Iterable[tuple[Any, ...]], staff: int) -> tuple[CaseLine, ...]:
    names = {member.id: member.name for member in staff_members(store)}
    hidden, group_from = kept_from(store, staff), house_of(store).group_from
    roles = roles_of(store, staff)
    lines = (
        CaseLine(
            id=row[0],
            number=row[1],
            kind=row[2],
            state=row[3],
            title=row[4],
            shown_name="" if row[6] else mask_name(row[5]),
            anonymous=bool(row[6]),
            channel=row[7],
            forwarded=row[8],
            received_at=row[9],
            received_on=row[10],
            legal_due=row[11],
            house_due=row[12],
            due=row[13],
            act_by=row[14],
            provisional=bool(row[15]),
            paused=bool(row[16]),
            handler=row[17],
            handler_name=names.get(row[17], ""),
            registered_by=row[18],
            severity=row[19],
            urgency=row[20],
            sensitivity=tuple(row[21].split(",")) if row[21] else (),
            parties=row[22],
            major=bool(row[23]),
            level=row[24],
            proposed=row[25],
            rev=row[26],
            is_group=row[22] >= group_from,
            withheld=bool(row[27]) and not is_inside(staff, roles, row[18], row[17]),
        )
        for row in rows
        if row[0] not in hidden
    )
    return tuple(_without_content(line) if line.withheld else line for line in lines)


def _without_content(line: CaseLine) -> CaseLine:
    return replace(
        line,
        title="",
        shown_name="",
        anonymous=False,
        handler=None,
        handler_name="",
        registered_by=0,
        sensitivity=(),
        parties=1,
        is_group=False,
        proposed="",
    )
