"""Who may do what, and what an account's particulars must be; pure decisions."""

from __future__ import annotations

from branch.people.rules.checks import (
    COURSES,
    EXPORTS,
    GLASS_MS,
    GLASS_REASONS,
    MOST_FAILURES,
    TRAINING_RESULTS,
    Gate,
    checked_finding,
    checked_glass,
    checked_name,
    checked_pin,
    checked_staff_no,
    checked_training,
    gate,
    readable,
    wait_after_failures,
)
from branch.people.rules.table import (
    PERMISSIONS,
    PERSON_ROLES,
    PROGRAM,
    READS,
    WITHOUT_ACCOUNT,
    Role,
    may_read,
    permits,
)

__all__ = [
    "COURSES",
    "EXPORTS",
    "GLASS_MS",
    "GLASS_REASONS",
    "MOST_FAILURES",
    "PERMISSIONS",
    "PERSON_ROLES",
    "PROGRAM",
    "READS",
    "TRAINING_RESULTS",
    "WITHOUT_ACCOUNT",
    "Gate",
    "Role",
    "checked_finding",
    "checked_glass",
    "checked_name",
    "checked_pin",
    "checked_staff_no",
    "checked_training",
    "gate",
    "may_read",
    "permits",
    "readable",
    "wait_after_failures",
]
