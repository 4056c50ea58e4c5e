"""Who may do what, what a PIN must be, how sign-in slows down; pure decisions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from branch.kernel.errors import BadInput


class Role(StrEnum):
    """The account roles of the glossary, two for stations without a person, and the program's."""

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
    PROGRAM = "program"


PERSON_ROLES = tuple(role for role in Role if role not in (Role.KIOSK, Role.BOARD, Role.PROGRAM))
# Who acts when nobody does: at founding, and at night. There is no such account.
PROGRAM = 0

_FLOOR = frozenset({Role.LOBBY_MANAGER, Role.SUPERVISOR, Role.BRANCH_MANAGER})
_RECEIVE = _FLOOR | {Role.ADVISER}
_SERVE = frozenset({Role.TELLER, Role.ADVISER, Role.SUPERVISOR})
_SIGNED_IN = frozenset(PERSON_ROLES)
_SETTINGS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.BRANCH_MANAGER})

_REGISTER = _FLOOR | {Role.GUARD}
_HOSTS = _REGISTER | {Role.TELLER, Role.ADVISER, Role.COMPLAINT_OFFICER}
_APPROVE = frozenset({Role.SUPERVISOR, Role.BRANCH_MANAGER})
_PRIVACY = frozenset({Role.SUPERVISOR, Role.BRANCH_MANAGER})
_AUDIT = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.BRANCH_MANAGER, Role.SUPERIOR})

_PROTECT = frozenset({Role.ADMINISTRATOR, Role.BRANCH_MANAGER})

_STAFF = frozenset(PERSON_ROLES) - {Role.AUDITOR, Role.ADMINISTRATOR}
_DESK = frozenset({Role.COMPLAINT_OFFICER})
_HANDLE = frozenset({Role.COMPLAINT_OFFICER, Role.ADVISER, Role.SUPERVISOR})
_HEAD = frozenset({Role.BRANCH_MANAGER})
_UP = frozenset({Role.SUPERIOR})

# Complaints in numbers, and their register, which leaves the branch.
_FIGURES = _DESK | _HEAD | _UP | {Role.SUPERVISOR, Role.AUDITOR}

# The one permission table: the name of a command, and the roles it is open to.
PERMISSIONS: dict[str, frozenset[Role]] = {
    # people
    "SignIn": frozenset(Role) - {Role.PROGRAM},
    "SignOut": frozenset(Role) - {Role.PROGRAM},
    "ChangePin": _SIGNED_IN,
    "AddStaff": frozenset({Role.ADMINISTRATOR}),
    "ChangeStaff": frozenset({Role.ADMINISTRATOR}),
    "ResetPin": frozenset({Role.ADMINISTRATOR, Role.BRANCH_MANAGER}),
    "Unlock": frozenset({Role.ADMINISTRATOR, Role.BRANCH_MANAGER}),
    "NoteTraining": _SETTINGS,
    "WithdrawTraining": _SETTINGS,
    "BreakGlass": _SIGNED_IN,
    "ReviewBreakGlass": frozenset({Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.AUDITOR}),
    "RecordExport": _AUDIT | _FIGURES,
    # the key and the encryption of the store
    "RotateKey": _PROTECT,
    "SetEncryption": _PROTECT,
    "ShowRecoveryKey": _PROTECT,
    "NoteRecoverySheet": _PROTECT,
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
    # complaints: the steps of the state table (branch/complaints/rules.py)
    "Register": _STAFF,
    "Accept": _DESK,
    "ProposeRefusal": _DESK,
    "Refuse": _HEAD,
    "Refer": _HEAD,
    "ProposeMerge": _DESK | _HEAD,
    "Merge": _HEAD,
    "UndoMerge": _HEAD,
    "Assign": _DESK | _HEAD,
    "HandBack": _HANDLE,
    "TakeOver": _HANDLE,
    "Investigate": _HEAD,
    "SolveOnTheSpot": _HEAD,
    "Report": _HANDLE,
    "SendBack": _HEAD | _UP,
    "Decide": _HEAD | _UP,
    "Reply": _HANDLE,
    "Close": _DESK,
    "Reopen": _HEAD,
    "StartReReview": _UP,
    "UpholdDecision": _UP,
    "OrderRedo": _UP,
    "Withdraw": _DESK,
    "Archive": _DESK,
    "Unarchive": _UP,
    # complaints: what belongs to a case
    "EditCase": _STAFF,
    "SetSubjects": _STAFF,
    "GiveIdentity": _STAFF,
    "TurnIntoComplaint": _STAFF,
    "LinkRepeat": _STAFF,
    "RecordContact": _STAFF,
    "AddNote": _STAFF,
    "NoteReceipt": _HANDLE,
    "CloseOther": _STAFF,
    "Escalate": _STAFF,
    "RecordVisit": _STAFF,
    "RequestExtension": _HANDLE,
    "ApproveExtension": _HEAD | _UP,
    "RefuseExtension": _HEAD | _UP,
    "TellExtension": _HANDLE,
    "StartPause": _HANDLE,
    "EndPause": _HANDLE,
    "AddNewFacts": _HANDLE,
    "AddFile": _STAFF,
    "RemoveFile": _STAFF,
    "OpenFile": _STAFF | {Role.AUDITOR},
    "RevealCase": _STAFF,
    # complaints: model answers
    "AddAnswer": _DESK | _HEAD | _UP,
    "ChangeAnswer": _DESK | _HEAD | _UP,
    "RetireAnswer": _DESK | _HEAD | _UP,
    "CountUse": _STAFF,
    # the working calendar
    "ImportYear": _SETTINGS,
    # corrective actions
    "AddAction": _STAFF,
    "FinishAction": _STAFF,
    "CheckAction": _DESK | _HEAD | _UP | {Role.SUPERVISOR},
    "PostponeAction": _HEAD | _UP | {Role.SUPERVISOR},
    # visitors: the register
    "Expect": _HOSTS,
    "CancelExpected": _HOSTS,
    "SignInVisitor": _REGISTER,
    "ApproveVisitor": _APPROVE,
    "RefuseVisitor": _REGISTER,
    "CorrectVisitor": _REGISTER,
    "AnswerVisit": _SIGNED_IN,
    "SignOutVisitor": _REGISTER,
    "TakeBackSignOut": _REGISTER,
    "CloseRegister": _REGISTER,
    "FindBadge": _REGISTER,
    # visitors: block list, notices, full values
    "ProposeBlock": _REGISTER,
    "ApproveBlock": _APPROVE,
    "EndBlock": _APPROVE,
    "ChangeNotice": _APPROVE,
    "Reveal": _SIGNED_IN,
    # visitors: the roll call
    "StartRollCall": _HOSTS,
    "MarkRoll": _HOSTS,
    "AddToRoll": _HOSTS,
    "EndRollCall": _HOSTS,
    "HandInRoll": _HOSTS,
    "RecordRosterPrint": _HOSTS | {Role.PROGRAM},
    # visitors: the reception record
    "RecordReception": _RECEIVE,
    "ChangeReception": _RECEIVE,
    "WithdrawReception": _RECEIVE,
    "FinishFollowUp": _RECEIVE,
    # visitors: retention, legal holds, requests about one's own data
    "RunRetention": _PRIVACY | {Role.PROGRAM},
    "RunCaseRetention": _PRIVACY | {Role.PROGRAM},
    "RemoveBackups": _PRIVACY | {Role.PROGRAM},
    "ProposeRetention": _PRIVACY,
    "DecideRetention": _PRIVACY,
    "PlaceHold": _PRIVACY,
    "LiftHold": _PRIVACY,
    "OpenRequest": _PRIVACY,
    "ConfirmIdentity": _PRIVACY,
    "LinkRecord": _PRIVACY,
    "CorrectRecord": _PRIVACY,
    "ShowOwnData": _PRIVACY,
    "CarryOutRequest": _PRIVACY,
    "RefuseRequest": _PRIVACY,
}

# What may be read by whom, where reading is not open to everybody at his station.
READS: dict[str, frozenset[Role]] = {
    "dashboard": _FLOOR | _FIGURES,
    "register": _REGISTER | {Role.AUDITOR},
    "block_list": _REGISTER | {Role.AUDITOR},
    # Names and telephones whole, each time with a reason; others break the glass.
    "full_values": _RECEIVE,
    "complaints": _STAFF | {Role.AUDITOR},
    "complaint_figures": _FIGURES,
    # Whoever has to reach a complainant: the desk, handlers, lobby, and those who decide.
    "complaint_values": _HANDLE | _FLOOR | _UP,
    "audit": _AUDIT,
    "privacy": _PRIVACY | {Role.AUDITOR},
    "permissions": _SETTINGS | {Role.AUDITOR},
}

# Open to nobody in particular: whoever signs in has no account yet.
WITHOUT_ACCOUNT = frozenset({"SignIn"})

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
