"""What happens to accounts and what is noted of people, by subject; run by the command runner."""

from __future__ import annotations

from branch.kernel.runner import Handler
from branch.people.commands import accounts, commendations, exports, glass, sessions, trainings
from branch.people.commands.accounts import (
    AddStaff,
    ChangeStaff,
    ResetPin,
    Unlock,
    add_account,
    roles_of,
)
from branch.people.commands.commendations import AddCommendation, WithdrawCommendation
from branch.people.commands.exports import RecordExport
from branch.people.commands.glass import BreakGlass, ReviewBreakGlass, forget_glass
from branch.people.commands.sessions import ChangePin, SignedIn, SignIn, SignInRefused, SignOut
from branch.people.commands.trainings import NoteTraining, WithdrawTraining
from branch.people.records import SEALED

__all__ = [
    "HANDLERS",
    "SEALED",
    "AddCommendation",
    "AddStaff",
    "BreakGlass",
    "ChangePin",
    "ChangeStaff",
    "NoteTraining",
    "RecordExport",
    "ResetPin",
    "ReviewBreakGlass",
    "SignIn",
    "SignInRefused",
    "SignOut",
    "SignedIn",
    "Unlock",
    "WithdrawCommendation",
    "WithdrawTraining",
    "add_account",
    "forget_glass",
    "roles_of",
]

HANDLERS: dict[type, Handler] = {
    **sessions.HANDLERS,
    **accounts.HANDLERS,
    **trainings.HANDLERS,
    **commendations.HANDLERS,
    **glass.HANDLERS,
    **exports.HANDLERS,
}
