"""Owns one try to sign in at a place: PIN and role in one job of the store's thread; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from branch.bootstrap import Branch
from branch.kernel.runner import Actor
from branch.people.commands import SignedIn, SignIn, SignInRefused, SignOut
from branch.people.queries import staff_members
from ui.signin.places import may_work

# Where somebody stands whose role does not open the place he chose: nobody's seat is taken.
DOOR: Final = "sign-in"


@dataclass(frozen=True)
class NotHere:
    """The PIN was right, but these roles do not work at the place chosen."""

    place: str


def sign_in_at(
    branch: Branch, staff_no: str, pin: str, place: str
) -> SignedIn | SignInRefused | NotHere:
    """Sign in at a place if PIN and roles are right.

    A wrong PIN is told first and counted, so that nobody learns a colleague's roles without it.
    Raises StoreUnavailable.
    """
    number = "".join(staff_no.split())
    member = next((m for m in staff_members(branch.store) if m.staff_no == number), None)
    fits = member is None or may_work(place, member.roles)
    answer = branch.run(SignIn(staff_no, pin), Actor(0, place if fits else DOOR)).value
    assert isinstance(answer, SignedIn | SignInRefused)  # nothing else comes of SignIn
    if fits or isinstance(answer, SignInRefused):
        return answer
    branch.run(SignOut(), Actor(answer.staff, DOOR))
    return NotHere(place)
