"""Who may do what, what a PIN must be, how sign-in slows down; pure decisions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from branch.kernel.errors import BadInput


class Role(StrEnum):
    """The account roles of the glossary, and two for stations without a person."""

    LOBBY_MANAGER = "lobby_manager"
    TELLER = "teller"
    ADVISER = "adviser"
    COMPLAINT_OFFICER = "complaint_officer"
    SUPERVISOR = "supervisor"
    BRANCH_MANAGER = "branch_manager"
    SUPERIOR = "superior"
    GUARD = "guard"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    KIOSK = "kiosk"
    BOARD = "board"


PERSON_ROLES = tuple(role for role in Role if role not in (Role.KIOSK, Role.BOARD))

_FLOOR = frozenset({Role.LOBBY_MANAGER, Role.SUPERVISOR, Role.BRANCH_MANAGER})
_RECEIVE = _FLOOR | {Role.ADVISER}
_SERVE = frozenset({Role.TELLER, Role.ADVISER, Role.SUPERVISOR})
_SIGNED_IN = frozenset(PERSON_ROLES)
_SETTINGS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.BRANCH_MANAGER})

# The one permission table: the name of a command, and the roles it is open to.
PERMISSIONS: dict[str, frozenset[Role]] = {
    # people
    "SignIn": frozenset(Role),
    "SignOut": frozenset(Role),
    "ChangePin": _SIGNED_IN,
    "AddStaff": frozenset({Role.ADMINISTRATOR}),
    "ChangeStaff": frozenset({Role.ADMINISTRATOR}),
    "ResetPin": frozenset({Role.ADMINISTRATOR, Role.BRANCH_MANAGER}),
    # catalogue
    "ChangeService": _SETTINGS,
    "ChangeClass": _SETTINGS,
    "ChangeCounter": _SETTINGS,
    "ChangeSetting": _SETTINGS,
    # lobby: arrivals
    "Greet": _RECEIVE | {Role.KIOSK},
    "Triage": _RECEIVE | {Role.KIOSK},
    "Issue": _RECEIVE | {Role.KIOSK},
    "Book": _RECEIVE,
    "SetClass": _RECEIVE,
    "Return": _RECEIVE,
    "Leave": _RECEIVE,
    "RecordPrint": _RECEIVE | {Role.KIOSK},
    "KeepPromise": _RECEIVE | {Role.KIOSK},
    # lobby: calling
    "CallNext": _SERVE,
    "CallTicket": _FLOOR,
    "Recall": _SERVE,
    "NoShow": _SERVE,
    "Hold": _SERVE,
    "Resume": _SERVE | _FLOOR,
    "Transfer": _SERVE,
    "Finish": _SERVE,
    "FinishAndCall": _SERVE,
    "Undo": _SERVE | _RECEIVE,
    # lobby: counters
    "OpenCounter": _SERVE,
    "PauseCounter": _SERVE | _FLOOR,
    "CloseCounter": _SERVE | _FLOOR,
    "SetCounterServices": _FLOOR,
    # lobby: help and rating
    "AskHelp": _SIGNED_IN | {Role.KIOSK, Role.BOARD},
    "AnswerHelp": _RECEIVE,
    "Rate": _SERVE | _RECEIVE | {Role.KIOSK, Role.BOARD},
    # lobby: the day
    "CloseDay": _FLOOR,
}

# What may be read by whom, where reading is not open to everybody at his station.
READS: dict[str, frozenset[Role]] = {
    "dashboard": _FLOOR | {Role.AUDITOR},
}

# Open to nobody in particular: whoever signs in has no account yet.
WITHOUT_ACCOUNT = frozenset({"SignIn"})

MOST_FAILURES = 10
_UNREADABLE = frozenset({"Cc", "Cf", "Cs"})
_DELAYS_S = (0, 0, 0, 5, 15, 30, 60, 120, 300, 600)


def permits(command: str, roles: frozenset[str]) -> bool:
    """Whether any of these roles may run the command of this name."""
    if command in WITHOUT_ACCOUNT:
        return True
    return not PERMISSIONS.get(command, frozenset()).isdisjoint(roles)


def may_read(what: str, roles: frozenset[str]) -> bool:
    """Whether any of these roles may read what goes by this name in ``READS``."""
    return not READS.get(what, frozenset()).isdisjoint(roles)


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
