"""The roll call as screens and paper show it; writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from peewee import JOIN

from branch.kernel.masking import mask_name
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.records import RollCallRow, RollMarkRow, VisitorRow


@dataclass(frozen=True)
class RollMark:
    """One person of a roll call. ``at`` (milliseconds) is when he was marked, ``by`` by whom.

    While the roll call is open a visitor's name is whole, since he has to be called by it (PIPL
    Art. 13(1)(4)); afterwards it is masked.
    """

    id: int
    kind: str
    ref: int | None
    label: str
    unit: str
    badge: str
    place: str
    help: tuple[str, ...]
    came_at: int | None
    state: str
    at: int | None
    by: str


@dataclass(frozen=True)
class RollCall:
    """A roll call and its people; instants in milliseconds."""

    id: int
    kind: str
    started_at: int
    started_by: str
    ended_at: int | None
    ended_by: str
    marks: tuple[RollMark, ...]

    def count(self, *kinds: str) -> tuple[int, int]:
        """Accounted for (safe or not here), and all, of these kinds."""
        chosen = [mark for mark in self.marks if mark.kind in kinds]
        return sum(mark.state in ("safe", "not_here") for mark in chosen), len(chosen)

    def marked(self, marks: Collection[int], state: str, at: int, by: str) -> RollCall:
        """As it is with these people marked at an instant (milliseconds)."""
        fresh = tuple(
            replace(mark, state=state, at=at, by=by) if mark.id in marks else mark
            for mark in self.marks
        )
        return replace(self, marks=fresh)

    @property
    def unconfirmed(self) -> tuple[RollMark, ...]:
        """Who is not accounted for: missing first, then unconfirmed, those who need help first."""
        rank = {"missing": 0, "unconfirmed": 1}
        left = [mark for mark in self.marks if mark.state in rank]
        return tuple(sorted(left, key=lambda mark: (rank[mark.state], not mark.help, mark.id)))


_ONE = Prepared(
    lambda roll_call: RollCallRow.select(
        RollCallRow.id,
        RollCallRow.kind,
        RollCallRow.started_at,
        RollCallRow.started_by,
        RollCallRow.ended_at,
        RollCallRow.ended_by,
    ).where(RollCallRow.id == roll_call)
)
_OPEN = Prepared(lambda: RollCallRow.select(RollCallRow.id).where(RollCallRow.ended_at.is_null()))
_PAST = Prepared(
    lambda most: (
        RollCallRow.select(RollCallRow.id)
        .where(RollCallRow.ended_at.is_null(False))
        .order_by(RollCallRow.id.desc())
        .limit(most)
    )
)
_MARKS = Prepared(
    lambda roll_call: (
        RollMarkRow.select(
            RollMarkRow.id,
            RollMarkRow.kind,
            RollMarkRow.ref,
            RollMarkRow.label,
            RollMarkRow.place,
            RollMarkRow.help,
            RollMarkRow.state,
            RollMarkRow.at,
            RollMarkRow.by,
            VisitorRow.name,
            VisitorRow.unit,
            VisitorRow.badge,
            VisitorRow.came_at,
        )
        .join(
            VisitorRow,
            JOIN.LEFT_OUTER,
            on=((RollMarkRow.kind == "visitor") & (VisitorRow.id == RollMarkRow.ref)),
        )
        .where(RollMarkRow.roll_call == roll_call)
        .order_by(RollMarkRow.id)
    )
)


def open_roll_call(store: Store) -> RollCall | None:
    """The roll call under way, or None."""
    row = _OPEN.one(store)
    return roll_call(store, row[0]) if row else None


def past_roll_calls(store: Store, most: int = 20) -> tuple[RollCall, ...]:
    """The last roll calls that have ended, newest first."""
    found = (roll_call(store, row[0]) for row in _PAST.all(store, most=most))
    return tuple(call for call in found if call is not None)


def roll_call(store: Store, identity: int) -> RollCall | None:
    """The roll call of this id, or None."""
    head = _ONE.one(store, roll_call=identity)
    if head is None:
        return None
    names = {member.id: member.name for member in staff_members(store)}
    marks = []
    for row in _MARKS.all(store, roll_call=identity):
        mark, kind, ref, label, place, needs, state, at, by, name, unit, badge, came_at = row
        shown = name if kind == "visitor" else names.get(ref, "") if kind == "staff" else label
        if head[4] is not None and kind in ("visitor", "unlisted"):
            shown = mask_name(shown or "")
        marks.append(
            RollMark(
                mark,
                kind,
                ref,
                shown or "",
                unit or "",
                badge or "",
                place,
                tuple(needs.split(",")) if needs else (),
                came_at,
                state,
                at,
                names.get(by, ""),
            )
        )
    number, kind, started_at, started_by, ended_at, ended_by = head
    return RollCall(
        number,
        kind,
        started_at,
        names.get(started_by, ""),
        ended_at,
        names.get(ended_by, ""),
        tuple(marks),
    )
