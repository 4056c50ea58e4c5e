"""Complaints among the records about somebody who asks for his own data: masked; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.kernel.identity import compact
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.queries.requests import FoundRecord, RequestCase, find_records
from branch.visitors.queries.retention import is_on_hold

KIND = "complaint"
_MOST = 50
_LINE = (
    ComplaintRow.id,
    ComplaintRow.received_on,
    ComplaintRow.name,
    ComplaintRow.phone,
    ComplaintRow.document_tail,
    ComplaintRow.state,
)


def _newest(condition: Any) -> Any:
    return (
        ComplaintRow.select(*_LINE).where(condition).order_by(ComplaintRow.id.desc()).limit(_MOST)
    )


_BY_ID = Prepared(lambda ref: ComplaintRow.select(*_LINE).where(ComplaintRow.id == ref))
_BY_PHONE = Prepared(lambda mark: _newest(ComplaintRow.phone_mark == mark))
_BY_DOCUMENT = Prepared(lambda mark: _newest(ComplaintRow.document_mark == mark))
_BY_NAME = Prepared(lambda name: _newest(ComplaintRow.name == name))


def records_about(
    store: Store, staff: int, name: str = "", phone: str = "", document: str = ""
) -> tuple[FoundRecord, ...]:
    """Every record about somebody by what he shows (as ``find_records``), complaints with them;
    none that is about ``staff``. The newest first."""
    sealer, hidden = store.sealer, kept_from(store, staff)
    rows: dict[int, tuple[Any, ...]] = {}
    by: dict[int, set[str]] = {}

    def take(found: Iterable[tuple[Any, ...]], how: str) -> None:
        for row in found:
            if row[0] not in hidden:
                rows[row[0]] = row
                by.setdefault(row[0], set()).add(how)

    for how, text, query in (("phone", phone, _BY_PHONE), ("document", document, _BY_DOCUMENT)):
        mark = sealer.mark(compact(text), f"complaint.{how}")
        if mark:
            take(query.all(store, mark=mark), how)
    plain = " ".join(name.split())
    if plain:
        take(_BY_NAME.all(store, name=plain), "name")
    cases = [_found(store, row, frozenset(by[ref])) for ref, row in rows.items()]
    others = find_records(store, name, phone, document)
    return tuple(sorted((*others, *cases), key=lambda one: (one.day, one.ref), reverse=True))


def with_cases(store: Store, case: RequestCase | None, staff: int) -> RequestCase | None:
    """A request whose linked complaints say what they are; none that is about ``staff``."""
    if case is None:
        return None
    hidden = kept_from(store, staff)
    items = [
        _linked(store, item) if item.kind == KIND else item
        for item in case.items
        if item.kind != KIND or item.ref not in hidden
    ]
    return replace(case, items=tuple(items))


def _linked(store: Store, item: FoundRecord) -> FoundRecord:
    row = _BY_ID.one(store, ref=item.ref)
    return replace(item, gone=True) if row is None else _found(store, row)


def _found(store: Store, row: tuple[Any, ...], by: frozenset[str] = frozenset()) -> FoundRecord:
    ref, day, name, phone, tail, state = row
    number = mask_phone(store.sealer.open(phone, "complaint.phone"))
    on_hold = is_on_hold(store, KIND, ref)
    return FoundRecord(KIND, ref, day, mask_name(name), "", number, tail, state, on_hold, by)
