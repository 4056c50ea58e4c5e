"""Requests about one's own data: kinds, due day, numbers, when one may be answered; pure decisions.

PIPL Art. 44 to 50: access and copy (45), correction (46), deletion (47), explanation (48), and
withdrawal of consent (15). The law says "in time"; of the terms in use (30 days in GB/T 35273, 15
working days in the rules for apps) the house takes less than the shorter: 15 calendar days.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from branch.kernel.errors import BadInput, RuleBroken, Stale

DUE_DAYS = 15


class RequestKind(StrEnum):
    """What somebody may ask for."""

    ACCESS = "access"
    COPY = "copy"
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW = "withdraw"
    EXPLAIN = "explain"


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


# Why a request may be refused; each goes with words (PIPL Art. 50).
REFUSALS = ("identity", "law_keeps", "others", "no_data", "other")
# What a request may be about.
LINKED = ("visitor", "reception", "complaint", "blocked", "roll_mark")
# What is shown in full on paper, and what changes or goes.
SHOWS = frozenset({RequestKind.ACCESS, RequestKind.COPY})
CHANGES = frozenset({RequestKind.CORRECT, RequestKind.DELETE, RequestKind.WITHDRAW})


def due_on(came: date) -> date:
    """The last day on which a request of this day is answered in time."""
    return came + timedelta(days=DUE_DAYS)


def days_left(due: str, today: str) -> int:
    """Days until an ISO day; negative when it is past."""
    return (date.fromisoformat(due) - date.fromisoformat(today)).days


def number_of(year: int, count: int) -> str:
    """The number of the ``count``-th request of a year: GR-2026-0001."""
    return f"GR-{year}-{count:04d}"


def require_open(state: str) -> None:
    """Raise Stale when the request has been answered."""
    if state != RequestState.OPEN:
        raise Stale("request_ended")


def require_identity(checked_by: int | None) -> None:
    """Raise RuleBroken unless somebody has checked who is asking: else data go to a stranger."""
    if checked_by is None:
        raise RuleBroken("request_identity")


def require_ready(kind: str, checked_by: int | None, linked: int, corrected: bool) -> None:
    """Raise RuleBroken unless a request can be carried out as it stands.

    To be told that there is nothing is an answer to a request for access; nothing can be changed
    where nothing is linked.
    """
    if kind != RequestKind.EXPLAIN:
        require_identity(checked_by)
    if kind in CHANGES and not linked:
        raise RuleBroken("request_nothing_linked")
    if kind == RequestKind.CORRECT and not corrected:
        raise RuleBroken("request_not_corrected")


def checked_kind(kind: str) -> RequestKind:
    """The kind; raises BadInput for an unknown one."""
    if kind not in set(RequestKind):
        raise BadInput("code_unknown", field="kind", given=kind)
    return RequestKind(kind)


def require_refusal(reason: str, answer: str) -> None:
    """Raise BadInput for an unknown reason, or one without words (PIPL Art. 50)."""
    if reason not in REFUSALS:
        raise BadInput("code_unknown", field="reason", given=reason)
    if not answer:
        raise BadInput("request_reason_needed", field="answer")
