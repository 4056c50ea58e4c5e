"""Owns what the desk's window asks of the store in one go, and in which order; shows nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.queries.desk import CaseLine, ended_cases, running_cases
from branch.kernel.store import Store

MINE, BRANCH, ALL, ENDED = "mine", "branch", "all", "ended"
SCOPES = (MINE, BRANCH, ALL, ENDED)
BY_DUE, BY_RECEIPT = "due", "receipt"
ORDERS = (BY_DUE, BY_RECEIPT)


@dataclass(frozen=True)
class Picture:
    """The running cases, earliest due day first, and those that ended last, newest first."""

    running: tuple[CaseLine, ...]
    ended: tuple[CaseLine, ...]


def picture(store: Store, staff: int) -> Picture:
    """The cases as ``staff`` may see them."""
    return Picture(running_cases(store, staff), ended_cases(store, staff))


def is_mine(line: CaseLine, staff: int, is_contact: bool) -> bool:
    """Whether a running case waits for this person: he handles it, or as the first contact has
    what nobody handles yet; whoever registered it stays responsible until it is accepted."""
    if line.handler is not None:
        return line.handler == staff
    return is_contact or (line.registered_by == staff and line.state == "received")


def scoped(
    shown: Picture, scope: str, order: str, staff: int, is_contact: bool
) -> tuple[CaseLine, ...]:
    """The cases of a scope in an order; ended ones stand after running ones."""
    running, ended = shown.running, shown.ended
    if scope == MINE:
        running, ended = tuple(one for one in running if is_mine(one, staff, is_contact)), ()
    elif scope == BRANCH:
        ended = ()
    elif scope == ENDED:
        running = ()
    else:
        # What was replied to runs on until it is closed: it stands once.
        there = {line.id for line in running}
        ended = tuple(line for line in ended if line.id not in there)
    if order == BY_RECEIPT:
        running = tuple(sorted(running, key=lambda line: (-line.received_at, -line.id)))
    return (*running, *ended)
