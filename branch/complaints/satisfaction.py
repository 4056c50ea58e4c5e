"""When a complaint of somebody who is not satisfied may be closed all the same; pure.

Handbook 004: keep following up; ISO 10002:2018 7.9: open until it is accepted or all reasonable
ways are used; Order 3 Art. 20: a re-review is applied for within 30 days.
"""

from __future__ import annotations

from datetime import date

from branch.complaints.deadlines import application_due


def still_waits(satisfaction: str, next_step: str, received_on: str, today: date) -> bool:
    """Whether the complainant, as the last visit found him, still waits for something here.

    ``next_step`` is what the visit agreed on; ``received_on`` (ISO or empty) the day on which he
    received the reply.
    """
    if satisfaction != "dissatisfied" or next_step == "new_complaint":
        return False
    if next_step != "re_review" or not received_on:
        return True
    return today <= application_due(date.fromisoformat(received_on))
