"""The roles, and the one table of who may run which command and read what; pure."""

from __future__ import annotations

from enum import StrEnum


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

_INSPECT = _FLOOR | {Role.GUARD}

_ROOMS = _RECEIVE | _DESK
# Silent help from a complaint room calls security and whoever is in charge, nobody else.
_ALARMED = _APPROVE | {Role.GUARD}

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
    "AddCommendation": _SETTINGS,
    "WithdrawCommendation": _SETTINGS,
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
    "FreezeLobby": _FLOOR,
    "ThawLobby": _FLOOR,
    # complaints: the steps of the state table (branch/complaints/rules.py)
    "Register": _STAFF,
    "Accept": _DESK | _HEAD | _UP,
    "ProposeRefusal": _DESK,
    "Refuse": _HEAD | _UP,
    "Refer": _HEAD | _UP,
    "ProposeMerge": _DESK | _HEAD,
    "Merge": _HEAD | _UP,
    "DeclineProposal": _HEAD | _UP,
    "UndoMerge": _HEAD | _UP,
    "Assign": _DESK | _HEAD | _UP,
    "HandBack": _HANDLE | _HEAD,
    "TakeOver": _HANDLE | _HEAD,
    "Investigate": _HEAD,
    "SolveOnTheSpot": _HEAD | _UP,
    "Report": _HANDLE | _HEAD,
    "SendBack": _HEAD | _UP,
    "Decide": _HEAD | _UP,
    "Reply": _HANDLE | _HEAD | _UP,
    "Close": _DESK | _HEAD | _UP,
    "Reopen": _HEAD | _UP,
    "StartReReview": _UP,
    "UpholdDecision": _UP,
    "OrderRedo": _UP,
    "Withdraw": _DESK | _HEAD | _UP,
    "Archive": _DESK | _HEAD | _UP,
    "Unarchive": _UP,
    # inspections: made by whoever signs them, looked after by supervisor and manager
    "StartSheet": _INSPECT,
    "AnswerItem": _INSPECT,
    "AddSheetPhoto": _INSPECT,
    "RemoveSheetPhoto": _INSPECT,
    "OpenSheetPhoto": _INSPECT | {Role.AUDITOR},
    "DropSheet": _INSPECT,
    "FinishSheet": _INSPECT,
    "SignSheet": _INSPECT,
    "ChangeTemplate": _SETTINGS,
    "RestoreTemplate": _SETTINGS,
    "AddEquipment": _FLOOR,
    "ChangeEquipment": _FLOOR,
    "SetEquipmentState": _INSPECT,
    # drills: plans and scenarios
    "DraftPlan": _FLOOR | _UP,
    "ApprovePlan": _HEAD | _UP,
    "DropDraft": _FLOOR | _UP,
    "ChangeScenario": _APPROVE | _UP,
    "RestoreScenario": _APPROVE | _UP,
    "ImportScenarios": _APPROVE | _UP,
    "SetFrequency": _APPROVE | _UP,
    "LockFrequency": _UP,
    # drills: a run; the stop word and opening a plan are anybody's
    "PlanRun": _FLOOR,
    "ChangeRun": _FLOOR,
    "AssignRole": _FLOOR,
    "TickCheck": _FLOOR | {Role.GUARD},
    "CancelRun": _FLOOR,
    "StartRun": _FLOOR,
    "PauseRun": _FLOOR,
    "ResumeRun": _FLOOR,
    "ReleaseInject": _FLOOR,
    "SkipInject": _FLOOR,
    "CorrectClock": _STAFF,
    "TurnReal": _SIGNED_IN,
    "OpenIncident": _STAFF,
    "StartMuster": _HOSTS,
    "EndRun": _FLOOR,
    "MarkStep": _STAFF,
    "UndoMark": _STAFF,
    "AddPhoto": _STAFF,
    "RemovePhoto": _STAFF,
    "OpenPhoto": _STAFF | {Role.AUDITOR},
    "Observe": _STAFF,
    "ChangeObservation": _STAFF,
    "DropObservation": _STAFF,
    # drills: afterwards
    "WriteHotWash": _STAFF,
    "AddDrillAction": _FLOOR | _UP,
    "FillReport": _FLOOR | _UP,
    "ReviewRun": _FLOOR | _UP,
    # complaint rooms
    "AddRoom": _SETTINGS,
    "ChangeRoom": _SETTINGS,
    "SetRoomOutOfService": _SETTINGS | _DESK | {Role.LOBBY_MANAGER},
    "BookRoom": _ROOMS,
    "MoveBooking": _ROOMS,
    "CancelBooking": _ROOMS,
    "SeatInRoom": _ROOMS,
    "ReleaseNoShows": _STAFF,
    "StartSession": _ROOMS,
    "LinkSession": _STAFF,
    "UnlinkSession": _STAFF,
    "GoToStep": _STAFF,
    "SaveStatement": _STAFF,
    "SetWishes": _STAFF,
    "SetMood": _STAFF,
    "MarkCalming": _STAFF,
    "AddCheck": _STAFF,
    "ChangeCheck": _STAFF,
    "RemoveCheck": _STAFF,
    "NoteMaterials": _STAFF,
    "AddPromise": _STAFF,
    "AskSupport": _STAFF,
    "AnswerSupport": _STAFF,
    "RaiseAlarm": _STAFF,
    "AnswerAlarm": _ALARMED,
    "CancelAlarm": _HEAD,
    "NoteIncident": _STAFF,
    "EndSession": _STAFF,
    "SignTurnover": _STAFF,
    "RevealSession": _STAFF,
    # complaints: what belongs to a case
    "EditCase": _STAFF,
    "CorrectComplainant": _STAFF,
    "AskForAuthority": _STAFF,
    "OpenPlan": _STAFF,
    "SetSubjects": _STAFF,
    "GiveIdentity": _STAFF,
    "TurnIntoComplaint": _STAFF,
    "LinkRepeat": _STAFF,
    "RecordContact": _STAFF,
    "AddNote": _STAFF,
    "NoteReceipt": _HANDLE | _HEAD,
    "CloseOther": _STAFF,
    "Escalate": _STAFF,
    "RecordVisit": _STAFF,
    "RequestExtension": _HANDLE | _HEAD,
    "ApproveExtension": _DESK | _HEAD | _UP,
    "RefuseExtension": _DESK | _HEAD | _UP,
    "TellExtension": _HANDLE | _HEAD,
    "StartPause": _HANDLE | _HEAD,
    "EndPause": _HANDLE | _HEAD,
    "AddNewFacts": _HANDLE | _HEAD,
    "AddFile": _STAFF,
    "RemoveFile": _STAFF,
    "OpenFile": _STAFF | {Role.AUDITOR},
    "RevealCase": _STAFF,
    # papers: drafted and issued by whose step it is, looked at by auditors too
    "DraftPaper": _STAFF,
    "IssuePaper": _STAFF,
    "OpenPaper": _STAFF | {Role.AUDITOR},
    "OpenProof": _STAFF | {Role.AUDITOR},
    "NotePrinted": _STAFF,
    "DeliverPaper": _STAFF,
    # papers: the branch's digital seal
    "KeepSeal": _PROTECT,
    "DropSeal": _PROTECT,
    # complaints: model answers
    "AddAnswer": _DESK | _HEAD | _UP,
    "ChangeAnswer": _DESK | _HEAD | _UP,
    "RetireAnswer": _DESK | _HEAD | _UP,
    "CountUse": _STAFF,
    # the working calendar
    "ImportYear": _SETTINGS,
    "RestoreYear": _SETTINGS,
    "ImportCodes": _SETTINGS,
    # corrective actions
    "AddAction": _STAFF,
    "FinishAction": _STAFF,
    "CheckAction": _DESK | _HEAD | _UP | {Role.SUPERVISOR},
    "CheckEffect": _DESK | _HEAD | _UP | {Role.SUPERVISOR},
    "PostponeAction": _HEAD | _UP | {Role.SUPERVISOR},
    "HandAction": _DESK | _HEAD | _UP | {Role.SUPERVISOR},
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
    "RunDrillRetention": _PRIVACY | {Role.PROGRAM},
    "RunInspectionRetention": _PRIVACY | {Role.PROGRAM},
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
    "complaint_staff_figures": _HEAD | _UP | {Role.AUDITOR},
    "inspections": _INSPECT | {Role.AUDITOR},
    "room_alarms": _ALARMED,
    "room_manager_calls": _APPROVE,
    "room_rest_calls": _FLOOR | _DESK,
    # Whoever has to reach a complainant: the desk, handlers, lobby, and those who decide.
    "complaint_values": _HANDLE | _FLOOR | _UP,
    "audit": _AUDIT,
    "drills": _STAFF | {Role.AUDITOR},
    "privacy": _PRIVACY | {Role.AUDITOR},
    "permissions": _SETTINGS | {Role.AUDITOR},
}

# Open to nobody in particular: whoever signs in has no account yet.
WITHOUT_ACCOUNT = frozenset({"SignIn"})


def permits(command: str, roles: frozenset[str]) -> bool:
    """Whether any of these roles may run the command of this name."""
    if command in WITHOUT_ACCOUNT:
        return True
    return not PERMISSIONS.get(command, frozenset()).isdisjoint(roles)


def may_read(what: str, roles: frozenset[str]) -> bool:
    """Whether any of these roles may read what goes by this name in ``READS``."""
    return not READS.get(what, frozenset()).isdisjoint(roles)
