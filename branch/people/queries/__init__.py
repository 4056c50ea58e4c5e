"""What screens and reports see of people: accounts, trainings, emergency access, the audit."""

from __future__ import annotations

from branch.people.queries.accounts import (
    Seat,
    StaffMember,
    account_id,
    seats,
    staff_members,
    stands,
)
from branch.people.queries.commendations import Commendation, commendations
from branch.people.queries.glass import (
    OpenGlass,
    break_glass_text,
    glass_until,
    kept_glass,
    open_break_glass,
)
from branch.people.queries.trainings import Training, trainings_of

__all__ = [
    "Commendation",
    "OpenGlass",
    "Seat",
    "StaffMember",
    "Training",
    "account_id",
    "break_glass_text",
    "commendations",
    "glass_until",
    "kept_glass",
    "open_break_glass",
    "seats",
    "staff_members",
    "stands",
    "trainings_of",
]
