"""Who decides on a report and on a longer limit, the same for commands, screens and reminders.

Sources: complaints.md 4a (13): the branch's head, the superior body where it is major or redress is
above the house's limit; never who is kept from the case or has handled it (Order 3 Art. 17). A
limit to 60 days is approved by the superior body or a senior manager of the bank's headquarters
(Order 3 Art. 18).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from branch.complaints.case import Case
from branch.complaints.house import house_of
from branch.complaints.recusal import interested
from branch.complaints.rules import ROLES_OF, Who, vacant
from branch.kernel.store import Store
from branch.people.queries import StaffMember, staff_members
from branch.people.rules import Role

# A senior manager of the bank's headquarters (Order 3 Art. 18).
HEADQUARTERS: Final = "headquarters"


def decider(
    members: Collection[StaffMember],
    touched: Collection[int],
    done_by: Collection[int | None],
    *,
    beyond: bool,
) -> Who | None:
    """The head's or the superior body's; None where nobody of those is free to decide.

    ``touched`` are kept from the case, ``done_by`` handled it and reported; ``beyond`` says that it
    is more than the head decides on. Where the whole superior body is touched it is the head's all
    the same, unless it is about him.
    """
    people = [(one.id, one.roles) for one in members if one.active]
    heads = {one.id for one in members if ROLES_OF[Who.HEAD] & one.roles}
    gone = vacant(people, {*touched, *(one for one in done_by if one is not None)})
    of_the_head = heads.isdisjoint(touched) and Who.HEAD not in gone
    if of_the_head and (not beyond or Who.UP in gone):
        return Who.HEAD
    return None if Who.UP in gone else Who.UP


def decider_of(store: Store, case: Case) -> Who | None:
    """Who decides this case as it stands."""
    return decider(
        staff_members(store),
        interested(store, case.id),
        (case.handler, case.reported_by),
        beyond=case.major or (case.redress or 0) > house_of(store).redress,
    )


def may_decide(store: Store, case: Case, staff: int, roles: frozenset[str]) -> bool:
    """Whether this case's decision is this person's, who did not handle it."""
    who = decider_of(store, case)
    if who is None or staff in (case.handler, case.reported_by):
        return False
    mine = ROLES_OF[Who.UP] if who is Who.UP else ROLES_OF[Who.HEAD] | ROLES_OF[Who.UP]
    return bool(mine & roles)


def approvers(
    members: Collection[StaffMember], touched: Collection[int], level: str, asked_by: int
) -> tuple[frozenset[int], bool]:
    """Who may approve or refuse a longer limit of this ``level``, and whether only on paper.

    The head's to 30 days, the superior body's beyond, always another one than who asked. Where
    nobody of those is free it is headquarters' senior manager who approves, and the head or the
    desk notes the number of what he signed; who asked does so where nobody else is left.
    """
    free = [one for one in members if one.active and one.id not in touched]

    def having(*parts: Who) -> frozenset[int]:
        roles = frozenset().union(*(ROLES_OF[part] for part in parts))
        return frozenset(one.id for one in free if roles & one.roles)

    own = having(Who.UP) if level == Role.SUPERIOR else having(Who.HEAD, Who.UP)
    if own - {asked_by}:
        return own - {asked_by}, False
    noting = having(Who.REG, Who.HEAD)
    return noting - {asked_by} or noting, True


def approver(
    members: Collection[StaffMember], touched: Collection[int], level: str, asked_by: int
) -> str:
    """Whose approval a longer limit of this ``level`` takes when this one asks: the role of
    ``approvers``, HEADQUARTERS where it is only on paper."""
    found, by_order = approvers(members, touched, level, asked_by)
    if by_order:
        return HEADQUARTERS
    heads = {one.id for one in members if ROLES_OF[Who.HEAD] & one.roles}
    return level if level == Role.SUPERIOR or found & heads else Role.SUPERIOR
