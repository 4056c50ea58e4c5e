"""The branch as the command line opens it, and who signs in there; asks for nothing and prints
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from branch.bootstrap import Branch, own_branch
from branch.kernel.errors import BadInput, NotFound, NotPermitted
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.people.commands import SignedIn, SignIn, SignInRefused, SignOut

STATION = "command-line"


@contextmanager
def founded_branch(settings: Settings) -> Iterator[Branch]:
    """The branch of these settings; raises NotFound where there is none, and makes none."""
    file = Path(settings.database.removeprefix("sqlite:///"))
    if not settings.on_server and not file.exists():
        raise NotFound("branch_not_founded")
    branch = own_branch(settings)
    try:
        if not branch.founded:
            raise NotFound("branch_not_founded")
        yield branch
    finally:
        branch.close()


@contextmanager
def signed_in(branch: Branch, staff_no: str, pin: str) -> Iterator[tuple[Actor, SignedIn]]:
    """Somebody of the staff, signed out again afterwards; raises BadInput for a wrong staff number
    or PIN."""
    answer = branch.run(SignIn(staff_no, pin), Actor(0, STATION)).value
    if isinstance(answer, SignInRefused):
        raise BadInput(answer.code, field="pin", wait_s=answer.wait_s)
    if not isinstance(answer, SignedIn):
        raise NotPermitted("not_permitted")
    actor = Actor(answer.staff, STATION)
    try:
        yield actor, answer
    finally:
        branch.run(SignOut(), actor)
