"""What a PIN, a staff number, a name, a training mark and an emergency access must be; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from branch.kernel.errors import BadInput

# What training marks are of (handbook 001 section 7.3; PIPL Art. 51), and how one ends.
COURSES = ("privacy", "fire", "first_aid", "service", "complaints", "anti_fraud")
TRAINING_RESULTS = ("passed", "attended", "failed")

# Why full personal values may be opened in an emergency, and for how long.
GLASS_REASONS = ("medical", "fire", "police", "other")
GLASS_MS = 15 * 60 * 1_000

# What leaves the program as a file and is journalled for it.
EXPORTS = (
    "audit_csv",
    "audit_pdf",
    "complaint_register_csv",
    "complaint_register_xlsx",
)

MOST_FAILURES = 10
_LONGEST_TEXT = 500
_UNREADABLE = frozenset({"Cc", "Cf", "Cs"})
_DELAYS_S = (0, 0, 0, 5, 15, 30, 60, 120, 300, 600)


def wait_after_failures(failures: int) -> int:
    """Seconds to wait before the next try after so many wrong PINs in a row."""
    return _DELAYS_S[min(failures, len(_DELAYS_S) - 1)]


def checked_staff_no(text: str) -> str:
    """A staff number as it is kept; raises BadInput unless it is 3 to 12 letters or digits."""
    number = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[A-Za-z0-9]{3,12}", number):
        raise BadInput("staff_no_form", field="staff_no")
    return number


def checked_pin(pin: str) -> str:
    """A PIN that may be set; raises BadInput unless six digits, neither all the same nor a run."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise BadInput("pin_form", field="pin")
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise BadInput("pin_too_simple", field="pin")
    return pin


def readable(text: str) -> str:
    """The text without what nobody can read and no store takes: control characters, marks of
    direction and width, halves of characters."""
    kept = "".join(char for char in text if unicodedata.category(char) not in _UNREADABLE)
    return kept.strip()


def checked_name(text: str, field: str, longest: int = 60) -> str:
    """A name as it is kept; raises BadInput when empty or longer than ``longest`` characters."""
    name = readable(" ".join(text.split()))
    if not name:
        raise BadInput("field_empty", field=field)
    if len(name) > longest:
        raise BadInput("field_too_long", field=field, longest=longest, length=len(name))
    return name


def checked_training(course: str, result: str, held_on: str, due_on: str, today: date) -> None:
    """Whether a training mark can stand; an empty ``due_on`` says that it is not due again.

    Raises BadInput for an unknown code, a day that is none, one to come, and a due day before it.
    """
    if course not in COURSES:
        raise BadInput("code_unknown", field="course", given=course)
    if result not in TRAINING_RESULTS:
        raise BadInput("code_unknown", field="result", given=result)
    held = _checked_day(held_on, "held_on")
    if held > today:
        raise BadInput("training_to_come", field="held_on")
    if due_on and _checked_day(due_on, "due_on") <= held:
        raise BadInput("due_before_training", field="due_on")


def _checked_day(text: str, field: str) -> date:
    # Python alone would take 20261120 and 2026-W47-5 as well.
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("day_form", field=field) from None


def checked_glass(reason: str, text: str) -> str:
    """Why the glass is broken, as it is kept; raises BadInput without a reason in words."""
    if reason not in GLASS_REASONS:
        raise BadInput("code_unknown", field="reason", given=reason)
    return checked_name(text, "text", _LONGEST_TEXT)


def checked_finding(text: str) -> str:
    """What a review found, as it is kept; raises BadInput when empty or too long."""
    return checked_name(text, "finding", _LONGEST_TEXT)


@dataclass(frozen=True)
class Gate:
    """Whether a sign-in may be tried now: ``code`` is None when it may."""

    code: str | None
    wait_s: int = 0


def gate(active: bool, locked: bool, not_before: int, now: int) -> Gate:
    """The state of an account's door at ``now`` (milliseconds)."""
    if not active:
        return Gate("account_closed")
    if locked:
        return Gate("account_locked")
    if now < not_before:
        return Gate("sign_in_wait", -(-(not_before - now) // 1000))
    return Gate(None)
