"""The register as screens and paper show it: masked lines, figures, search; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from branch.kernel.identity import compact
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.badges import LOST, next_badge
from branch.visitors.queries.roster import roster
from branch.visitors.records import BadgeRow, VisitorRow
from branch.visitors.rules import State, fold

PAGE = 200
_FEWEST_DIGITS = 7


@dataclass(frozen=True)
class VisitorLine:
    """A visitor as lists show him: name, telephone and document masked; instants in ms.

    ``doors`` of further detail: ``has_plate``, ``has_guardian``, ``has_signature`` say what can
    be shown in full with a reason.
    """

    id: int
    state: str
    shown_name: str
    unit: str
    matter: str
    purpose: str
    host: int | None
    host_name: str
    document: str
    tail: str
    checked_by: str
    shown_phone: str
    badge: str
    area: str
    goods: str
    has_plate: bool
    has_guardian: bool
    has_signature: bool
    day: str
    expected_at: int | None
    came_at: int | None
    left_at: int | None
    left_by: str
    answered_at: int | None
    told_at: int | None
    blocked: int | None
    rev: int


@dataclass(frozen=True)
class RegisterFigures:
    """How many are inside now; customers are counted by tickets not yet finished."""

    staff: int
    visitors: int
    customers: int
    assisted: int

    @property
    def all(self) -> int:
        """Everybody."""
        return self.staff + self.visitors + self.customers + self.assisted


@dataclass(frozen=True)
class Register:
    """The register's picture of now: who is inside, held, expected today, and the next badge."""

    day: str
    inside: tuple[VisitorLine, ...]
    held: tuple[VisitorLine, ...]
    expected: tuple[VisitorLine, ...]
    today: tuple[VisitorLine, ...]
    overdue: tuple[VisitorLine, ...]
    figures: RegisterFigures
    next_badge: str
    lost_badges: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """Somebody who waits for his host, since ``came_at`` (milliseconds)."""

    visitor: int
    shown_name: str
    unit: str
    area: str
    badge: str
    came_at: int
    answered: bool


_LINE = (
    VisitorRow.id,
    VisitorRow.state,
    VisitorRow.name,
    VisitorRow.unit,
    VisitorRow.matter,
    VisitorRow.purpose,
    VisitorRow.host,
    VisitorRow.document,
    VisitorRow.document_tail,
    VisitorRow.checked_by,
    VisitorRow.phone,
    VisitorRow.badge,
    VisitorRow.area,
    VisitorRow.goods,
    VisitorRow.plate,
    VisitorRow.guardian,
    VisitorRow.signature,
    VisitorRow.day,
    VisitorRow.expected_at,
    VisitorRow.came_at,
    VisitorRow.left_at,
    VisitorRow.left_by,
    VisitorRow.answered_at,
    VisitorRow.told_at,
    VisitorRow.blocked,
    VisitorRow.rev,
)
_OPEN = Prepared(
    lambda: (
        VisitorRow.select(*_LINE)
        .where(VisitorRow.state.in_((State.EXPECTED, State.HELD, State.INSIDE)))
        .order_by(VisitorRow.came_at, VisitorRow.expected_at, VisitorRow.id)
    )
)
_OF_DAY = Prepared(
    lambda day: (
        VisitorRow.select(*_LINE)
        .where(VisitorRow.day == day)
        .order_by(VisitorRow.came_at, VisitorRow.expected_at, VisitorRow.id)
    )
)
_ONE = Prepared(lambda visitor: VisitorRow.select(*_LINE).where(VisitorRow.id == visitor))
_SOME = Prepared(
    lambda first, last: (
        VisitorRow.select(*_LINE)
        .where(VisitorRow.id.between(first, last))
        .order_by(VisitorRow.id.desc())
    )
)
_BY_MARK = Prepared(
    lambda phone, document: (
        VisitorRow.select(*_LINE)
        # What is not empty stands in an index, and is found there only if the query says so.
        .where(
            ((VisitorRow.phone_mark == phone) & (VisitorRow.phone_mark != ""))
            | ((VisitorRow.document_mark == document) & (VisitorRow.document_mark != ""))
        )
        .order_by(VisitorRow.id.desc())
        .limit(PAGE)
    )
)
_WAITING = Prepared(
    lambda staff, since: (
        VisitorRow.select(
            VisitorRow.id,
            VisitorRow.name,
            VisitorRow.unit,
            VisitorRow.area,
            VisitorRow.badge,
            VisitorRow.came_at,
            VisitorRow.answered_at,
        )
        .where(
            VisitorRow.state == State.INSIDE,
            VisitorRow.host == staff,
            VisitorRow.came_at >= since,
        )
        .order_by(VisitorRow.came_at)
    )
)
_ANNOUNCED = Prepared(
    lambda staff: (
        VisitorRow.select(*_LINE)
        .where(
            VisitorRow.state == State.EXPECTED,
            (VisitorRow.host == staff) | (VisitorRow.made_by == staff),
        )
        .order_by(VisitorRow.expected_at, VisitorRow.id)
    )
)
_LOST = Prepared(
    lambda: BadgeRow.select(BadgeRow.number).where(BadgeRow.state == LOST).order_by(BadgeRow.number)
)
_COUNT = Prepared(lambda: VisitorRow.select(VisitorRow.id).order_by(VisitorRow.id.desc()).limit(1))


def register_now(store: Store, day: str, now: int) -> Register:
    """The picture of the register on ``day`` (YYYY-MM-DD) at ``now`` (milliseconds)."""
    names = _names(store)
    open_lines = _lines(store, _OPEN.all(store), names)
    inside = tuple(line for line in open_lines if line.state == State.INSIDE)
    people = roster(store, now)
    return Register(
        day=day,
        inside=inside,
        held=tuple(line for line in open_lines if line.state == State.HELD),
        expected=tuple(
            line for line in open_lines if line.state == State.EXPECTED and line.day == day
        ),
        today=_in_order(_lines(store, _OF_DAY.all(store, day=day), names)),
        overdue=tuple(line for line in inside if line.day < day),
        figures=RegisterFigures(
            staff=len(people.of("staff")),
            visitors=len(inside),
            customers=len(people.of("customer")),
            assisted=len(people.of("assisted")),
        ),
        next_badge=next_badge(store),
        lost_badges=tuple(row[0] for row in _LOST.all(store)),
    )


def visitors_of_day(store: Store, day: str) -> tuple[VisitorLine, ...]:
    """Everybody of a day, in the order of coming; who has not come stands at his announced hour."""
    return _in_order(_lines(store, _OF_DAY.all(store, day=day), _names(store)))


def visitor_line(store: Store, visitor: int) -> VisitorLine | None:
    """One visitor, or None."""
    found = _lines(store, _ONE.all(store, visitor=visitor), _names(store))
    return found[0] if found else None


def newest_visitor(store: Store) -> int:
    """The highest id of the register; 0 when it is empty."""
    row = _COUNT.one(store)
    return int(row[0]) if row else 0


def visitor_page(store: Store, first: int, last: int) -> tuple[VisitorLine, ...]:
    """The visitors with ids from ``first`` to ``last``, newest first."""
    return _lines(store, _SOME.all(store, first=first, last=last), _names(store))


def search_register(store: Store, text: str, most: int = PAGE) -> tuple[VisitorLine, ...]:
    """Visitors of any day by a part of name, unit or badge, newest first.

    A whole telephone or document number finds its owner by its keyed hash.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    names = _names(store)
    digits = compact(text)
    if len(digits) >= _FEWEST_DIGITS and any(char.isdigit() for char in digits):
        sealer = store.sealer
        rows = _BY_MARK.all(
            store,
            phone=sealer.mark(digits, "visitor.phone"),
            document=sealer.mark(digits, "visitor.document"),
        )
        if rows:
            return _lines(store, rows, names)
    found = _found_ids(store, wanted, most)
    return _lines(store, _by_ids(store, found), names)


def arrivals_for(store: Store, staff: int, since: int) -> tuple[Arrival, ...]:
    """Who is inside to see this member of staff and came after ``since`` (milliseconds)."""
    return tuple(
        Arrival(row[0], mask_name(row[1]), row[2], row[3], row[4], row[5], row[6] is not None)
        for row in _WAITING.all(store, staff=staff, since=since)
    )


def announced_by(store: Store, staff: int) -> tuple[VisitorLine, ...]:
    """Who is announced to see this member of staff, or by him, from the next one on."""
    return _lines(store, _ANNOUNCED.all(store, staff=staff), _names(store))


def _found_ids(store: Store, wanted: str, most: int) -> list[int]:
    # The order is by id added to nothing, so that the store goes through the texts alone and
    # sorts what it found, rather than fetch the whole table along the ids.
    if store.on_server:
        # In the plain collation bytes are compared, which takes half as long.
        sql = (
            'SELECT id FROM visitor WHERE search COLLATE "C" LIKE %s ORDER BY id + 0 DESC LIMIT %s'
        )
        plain = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return [row[0] for row in store.rows(sql, (f"%{plain}%", most))]
    sql = "SELECT id FROM visitor WHERE instr(search, ?) > 0 ORDER BY id + 0 DESC LIMIT ?"
    return [row[0] for row in store.rows(sql, (wanted, most))]


def _by_ids(store: Store, ids: list[int]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    query = VisitorRow.select(*_LINE).where(VisitorRow.id.in_(ids)).order_by(VisitorRow.id.desc())
    sql, values = store.database.get_sql_context().sql(query).query()
    return store.rows(sql, values)


def _in_order(lines: tuple[VisitorLine, ...]) -> tuple[VisitorLine, ...]:
    # Stores differ in where they put what has no time.
    def moment(line: VisitorLine) -> tuple[int, int]:
        return line.came_at or line.expected_at or line.told_at or 0, line.id

    return tuple(sorted(lines, key=moment))


def _names(store: Store) -> dict[int, str]:
    return {member.id: member.name for member in staff_members(store)}


def _lines(
    store: Store, rows: Iterable[tuple[Any, ...]], names: dict[int, str]
) -> tuple[VisitorLine, ...]:
    sealer = store.sealer
    return tuple(
        VisitorLine(
            id=row[0],
            state=row[1],
            shown_name=mask_name(row[2]),
            unit=row[3],
            matter=row[4],
            purpose=row[5],
            host=row[6],
            host_name=names.get(row[6], ""),
            document=row[7],
            tail=row[8],
            checked_by=names.get(row[9], ""),
            shown_phone=mask_phone(sealer.open(row[10], "visitor.phone")),
            badge=row[11],
            area=row[12],
            goods=row[13],
            has_plate=bool(row[14]),
            has_guardian=bool(row[15]),
            has_signature=bool(row[16]),
            day=row[17],
            expected_at=row[18],
            came_at=row[19],
            left_at=row[20],
            left_by=row[21],
            answered_at=row[22],
            told_at=row[23],
            blocked=row[24],
            rev=row[25],
        )
        for row in rows
    )
