"""Requests about one's own data and the records they may be about, masked; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from branch.catalogue.queries import Name, services
from branch.kernel.clock import from_ms
from branch.kernel.identity import compact
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.lobby.queries.past import today_of
from branch.lobby.queries.screens import BranchName, branch_name
from branch.people.queries import staff_members
from branch.visitors.queries.listed import (
    BLOCKED,
    ROLL_MARK,
    entries_about,
    entry,
    marks_about,
    roll_line,
)
from branch.visitors.queries.notices import Notice, current_notice
from branch.visitors.queries.retention import Period, is_on_hold, periods
from branch.visitors.reception import shown_surname
from branch.visitors.records import ReceptionRow, RequestItemRow, RequestRow, VisitorRow
from branch.visitors.requests import RequestState, days_left
from branch.visitors.rules import NOTICE_KINDS

PHONE = "request.phone"
_MOST_FOUND = 50


@dataclass(frozen=True)
class RequestLine:
    """A request as the list shows it. ``left`` are days until it is due, negative when late;
    it is 0 for one that has been answered."""

    id: int
    number: str
    kind: str
    shown_name: str
    shown_phone: str
    came_on: str
    due_on: str
    left: int
    state: str
    checked: bool
    items: int


@dataclass(frozen=True)
class FoundRecord:
    """A record that may be about somebody: masked. ``by`` says by what it was found.

    ``gone`` is one that has been deleted since it was linked.
    """

    kind: str
    ref: int
    day: str
    shown_name: str
    unit: str
    shown_phone: str
    tail: str
    state: str
    on_hold: bool
    by: frozenset[str] = frozenset()
    gone: bool = False


@dataclass(frozen=True)
class RequestCase:
    """A request with everything about it; names of staff whole."""

    line: RequestLine
    wish: str = field(repr=False)
    taken_by: str
    checked_by: str
    reason: str
    answer: str = field(repr=False)
    ended_on: str
    ended_by: str
    corrected: bool
    items: tuple[FoundRecord, ...]
    rev: int


_LINE = (
    RequestRow.id,
    RequestRow.number,
    RequestRow.kind,
    RequestRow.name,
    RequestRow.phone,
    RequestRow.came_at,
    RequestRow.due_on,
    RequestRow.state,
    RequestRow.checked_by,
)
_LIST = Prepared(
    lambda: RequestRow.select(
        *_LINE,
        RequestItemRow.select(fn.COUNT(RequestItemRow.ref)).where(
            RequestItemRow.request == RequestRow.id
        ),
    ).order_by(RequestRow.state != RequestState.OPEN, RequestRow.due_on, RequestRow.id)
)
_CASE = Prepared(
    lambda request: RequestRow.select(
        *_LINE,
        RequestRow.wish,
        RequestRow.came_by,
        RequestRow.reason,
        RequestRow.answer,
        RequestRow.ended_at,
        RequestRow.ended_by,
        RequestRow.rev,
    ).where(RequestRow.id == request)
)
_ITEMS = Prepared(
    lambda request: (
        RequestItemRow.select(RequestItemRow.kind, RequestItemRow.ref)
        .where(RequestItemRow.request == request)
        .order_by(RequestItemRow.kind.desc(), RequestItemRow.ref)
    )
)
_VISITOR = (
    VisitorRow.id,
    VisitorRow.day,
    VisitorRow.name,
    VisitorRow.unit,
    VisitorRow.phone,
    VisitorRow.document_tail,
    VisitorRow.state,
)
_RECEPTION = (
    ReceptionRow.id,
    ReceptionRow.day,
    ReceptionRow.surname,
    ReceptionRow.title,
    ReceptionRow.phone,
)
_BY_ID = {
    "visitor": Prepared(lambda ref: VisitorRow.select(*_VISITOR).where(VisitorRow.id == ref)),
    "reception": Prepared(
        lambda ref: ReceptionRow.select(*_RECEPTION).where(ReceptionRow.id == ref)
    ),
}


def _newest(row: Any, columns: tuple[Any, ...], condition: Any) -> Any:
    return row.select(*columns).where(condition).order_by(row.id.desc()).limit(_MOST_FOUND)


_FINDERS: tuple[tuple[str, str, str, Prepared], ...] = (
    (
        "phone",
        "visitor",
        "visitor.phone",
        Prepared(lambda mark: _newest(VisitorRow, _VISITOR, VisitorRow.phone_mark == mark)),
    ),
    (
        "document",
        "visitor",
        "visitor.document",
        Prepared(lambda mark: _newest(VisitorRow, _VISITOR, VisitorRow.document_mark == mark)),
    ),
    (
        "phone",
        "reception",
        "reception.phone",
        Prepared(lambda mark: _newest(ReceptionRow, _RECEPTION, ReceptionRow.phone_mark == mark)),
    ),
)
_BY_NAME = Prepared(lambda name: _newest(VisitorRow, _VISITOR, VisitorRow.name == name))
_CORRECTED = Prepared(
    lambda subject: (
        JournalRow.select(JournalRow.revision)
        .where(JournalRow.what == "request.corrected", JournalRow.subject == subject)
        .limit(1)
    )
)


def requests(store: Store, now: int) -> tuple[RequestLine, ...]:
    """Every request: the open ones by their due day, then those answered."""
    today, _at_work, zone = today_of(store, now)
    return tuple(_line(store, row[:9], row[9], today.isoformat(), zone) for row in _LIST.all(store))


def open_requests(store: Store, now: int) -> tuple[int, int]:
    """How many requests are open, and how many of them are late."""
    lines = [line for line in requests(store, now) if line.state == RequestState.OPEN]
    return len(lines), sum(line.left < 0 for line in lines)


def request_case(store: Store, request: int, now: int) -> RequestCase | None:
    """A request with its records, or None."""
    row = _CASE.one(store, request=request)
    if row is None:
        return None
    today, _at_work, zone = today_of(store, now)
    wish, came_by, reason, answer, ended_at, ended_by, rev = row[9:]
    names = {member.id: member.name for member in staff_members(store)}
    items = tuple(linked(store, kind, ref) for kind, ref in _ITEMS.all(store, request=request))
    return RequestCase(
        line=_line(store, row[:9], len(items), today.isoformat(), zone),
        wish=wish,
        taken_by=names.get(came_by, ""),
        checked_by=names.get(row[8], "") if row[8] is not None else "",
        reason=reason,
        answer=answer,
        ended_on=from_ms(ended_at, zone).date().isoformat() if ended_at is not None else "",
        ended_by=names.get(ended_by, "") if ended_by is not None else "",
        corrected=was_corrected(store, request),
        items=items,
        rev=rev,
    )


def items_of(store: Store, request: int) -> tuple[tuple[str, int], ...]:
    """The records a request is about: kind and id."""
    return tuple((kind, ref) for kind, ref in _ITEMS.all(store, request=request))


def was_corrected(store: Store, request: int) -> bool:
    """Whether a record has been corrected for this request."""
    return _CORRECTED.one(store, subject=str(request)) is not None


def linked(store: Store, kind: str, ref: int) -> FoundRecord:
    """A linked record as it is now."""
    if kind in (BLOCKED, ROLL_MARK):
        return _listed(store, kind, ref)
    if kind not in _BY_ID:  # of a room above, which says more of it
        return FoundRecord(kind, ref, "", "", "", "", "", "", is_on_hold(store, kind, ref))
    row = _BY_ID[kind].one(store, ref=ref)
    if row is None:
        return FoundRecord(kind, ref, "", "", "", "", "", "", False, gone=True)
    return _found(store, kind, row)


def _listed(store: Store, kind: str, ref: int, by: frozenset[str] = frozenset()) -> FoundRecord:
    zone = ZoneInfo(branch_name(store).zone)
    if kind == BLOCKED:
        row = entry(store, ref)
        name, at = (row[0], row[5]) if row else ("", 0)
    else:
        row = roll_line(store, ref)
        name, at = (row[0], row[4]) if row else ("", 0)
    if row is None:
        return FoundRecord(kind, ref, "", "", "", "", "", "", False, gone=True)
    day = from_ms(at, zone).date().isoformat()
    return FoundRecord(kind, ref, day, mask_name(name), "", "", "", "", False, by)


def find_records(
    store: Store, name: str = "", phone: str = "", document: str = ""
) -> tuple[FoundRecord, ...]:
    """Records about somebody by what he shows: his whole name, telephone or document number.

    A number is only compared by its keyed hash; receptions are found by telephone alone, since
    they know no more than a surname. The block list and roll calls are looked through as well.
    The newest first, at most 50 of each.
    """
    given = {"phone": compact(phone), "document": compact(document)}
    rows: dict[tuple[str, int], tuple[Any, ...]] = {}
    by: dict[tuple[str, int], set[str]] = {}

    def take(kind: str, found: list[tuple[Any, ...]], how: str) -> None:
        for row in found:
            rows[kind, row[0]] = row
            by.setdefault((kind, row[0]), set()).add(how)

    for how, kind, context, query in _FINDERS:
        mark = store.sealer.mark(given[how], context)
        if mark:
            take(kind, query.all(store, mark=mark), how)
    plain = " ".join(name.split())
    if plain:
        take("visitor", _BY_NAME.all(store, name=plain), "name")
    records = [
        _found(store, kind, row, frozenset(by[kind, ref])) for (kind, ref), row in rows.items()
    ]
    named = entries_about(store, plain, given["document"])
    records += [_listed(store, BLOCKED, ref, how) for ref, how in named.items()]
    on_roll = marks_about(store, plain)
    records += [_listed(store, ROLL_MARK, ref, frozenset({"name"})) for ref in on_roll]
    return tuple(sorted(records, key=lambda one: (one.day, one.kind, one.ref), reverse=True))


def _found(
    store: Store, kind: str, row: tuple[Any, ...], by: frozenset[str] = frozenset()
) -> FoundRecord:
    on_hold = is_on_hold(store, kind, row[0])
    if kind == "visitor":
        ref, day, name, unit, phone, tail, state = row
        number = mask_phone(store.sealer.open(phone, "visitor.phone"))
        return FoundRecord(kind, ref, day, mask_name(name), unit, number, tail, state, on_hold, by)
    ref, day, surname, _title, phone = row
    number = mask_phone(store.sealer.open(phone, "reception.phone"))
    return FoundRecord(kind, ref, day, shown_surname(surname), "", number, "", "", on_hold, by)


def _line(store: Store, row: tuple[Any, ...], items: int, today: str, zone: Any) -> RequestLine:
    identity, number, kind, name, phone, came_at, due, state, checked_by = row
    return RequestLine(
        id=identity,
        number=number,
        kind=kind,
        shown_name=mask_name(name),
        shown_phone=mask_phone(store.sealer.open(phone, PHONE)),
        came_on=from_ms(came_at, zone).date().isoformat(),
        due_on=due,
        left=days_left(due, today) if state == RequestState.OPEN else 0,
        state=state,
        checked=checked_by is not None,
        items=items,
    )


@dataclass(frozen=True)
class Material:
    """What the paper of an answer needs besides the request: who answers, the rules in force."""

    branch: BranchName
    services: Mapping[str, Name]
    notices: tuple[Notice, ...]
    periods: tuple[Period, ...]


def answer_material(store: Store) -> Material:
    """The branch, names of services, notices and periods as they are now."""
    return Material(
        branch_name(store),
        {service.code: service.name for service in services(store)},
        tuple(current_notice(store, kind) for kind in NOTICE_KINDS),
        periods(store),
    )
