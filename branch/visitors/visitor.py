"""One visitor's row as the commands hold it, and the two ways it is written: new and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.visitors.records import VisitorRow
from branch.visitors.rules import search_text

COLUMNS = (
    VisitorRow.id,
    VisitorRow.day,
    VisitorRow.state,
    VisitorRow.name,
    VisitorRow.unit,
    VisitorRow.badge,
    VisitorRow.host,
    VisitorRow.left_at,
    VisitorRow.made_by,
)


@dataclass(frozen=True)
class Visitor:
    """What a command needs to know of a visitor. Instants in milliseconds."""

    id: int
    day: str
    state: str
    name: str
    unit: str
    badge: str
    host: int | None
    left_at: int | None
    made_by: int


_FIND = Prepared(lambda visitor: VisitorRow.select(*COLUMNS).where(VisitorRow.id == visitor))


def found(work: Work, visitor: int) -> Visitor:
    """The visitor of this id; raises NotFound."""
    row = _FIND.one(work.store, visitor=visitor)
    if row is None:
        raise NotFound("visitor_unknown")
    return Visitor(*row)


def insert(work: Work, **values: Any) -> int:
    """Write a new visitor in the branch's own store; returns his id."""
    every: dict[str, Any] = {
        "badge": "",
        "left_by": "",
        "signature": "",
        "document": "",
        "document_tail": "",
        "document_mark": "",
        "goods": "",
        "guardian": "",
        **values,
        "made_at": work.now,
        "made_by": work.actor.staff,
        "rev": work.revision,
    }
    every["search"] = search_text(every["name"], every["unit"], every["badge"])
    query = VisitorRow.insert(every).returning(VisitorRow.id).tuples()
    return int(next(iter(query.execute(work.store.database)))[0])


def change(work: Work, visitor: Visitor, **values: Any) -> None:
    """Change a visitor; what he is searched by follows his name, unit and badge."""
    after = {"name": visitor.name, "unit": visitor.unit, "badge": visitor.badge} | {
        key: value for key, value in values.items() if key in ("name", "unit", "badge")
    }
    values["search"] = search_text(after["name"], after["unit"], after["badge"])
    values["rev"] = work.revision
    VisitorRow.update(values).where(VisitorRow.id == visitor.id).execute(work.store.database)
