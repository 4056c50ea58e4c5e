"""When a complaint of somebody who is not satisfied may be closed all the same; pure.

Handbook 004: keep following up; ISO 10002:2018 7.9: open until it is accepted or all reasonable
ways are used; Order 3 Art. 20: a re-review is applied for within 30 days.
"""

from __future__ import annotations

from datetime import date

from branch.complaints.deadlines import application_due


def keeps_out(
    handler: int | None, reported_by: int | None, outcome: str, decided_by: int | None
) -> frozenset[int]:
    """Who asks nobody whether he is satisfied: whoever handled it (form TS-07), and whoever
    settled it at once without a handler."""
    settled_by = decided_by if outcome == "on_the_spot" else None
    return frozenset(one for one in (handler, reported_by, settled_by) if one is not None)


def still_waits(
    satisfaction: str, next_step: str, received_on: str, today: date, *, renewed: bool
) -> bool:
    """Whether the complainant, as the last visit found him, still waits for something here.

    ``next_step`` is what the visit agreed on; ``received_on`` (ISO or empty) the day on which he
    received the reply; ``renewed`` whether a later complaint of his names this one.
    """
    if satisfaction != "dissatisfied":
        return False
    if next_step == "new_complaint":
        return not renewed
    if next_step != "re_review" or not received_on:
        return True
    return today <= application_due(date.fromisoformat(received_on))
