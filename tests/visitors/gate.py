"""The register as tests work it: people of the sample branch, and a visitor in one call."""

from __future__ import annotations

from typing import Any

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.people.queries import account_id
from branch.visitors.commands.register import SignedInVisitor, SignInVisitor
from branch.visitors.details import Details

GUARD, LOBBY_MANAGER, SUPERVISOR, BRANCH_MANAGER = "100401", "100301", "100201", "100101"
TELLER, ADMINISTRATOR, AUDITOR = "100482", "100001", "100402"


class Gate:
    """A branch with its register; every call runs as a member of staff at the register."""

    def __init__(self, branch: Branch, clock: SetClock) -> None:
        self.branch, self.clock, self.store = branch, clock, branch.store

    def staff(self, staff_no: str) -> int:
        found = account_id(self.store, staff_no)
        assert found is not None
        return found

    def run(self, command: object, by: str = GUARD) -> Any:
        return self.branch.run(command, Actor(self.staff(by), "register")).value

    def details(self, name: str = "周大军", **other: Any) -> Details:
        values: dict[str, Any] = {
            "unit": "安达设备维保",
            "host": self.staff(TELLER),
            "purpose": "maintenance",
            "area": "machine_area",
            **other,
        }
        return Details(name=name, **values)

    def come(self, name: str = "周大军", by: str = GUARD, **other: Any) -> SignedInVisitor:
        parts = {key: other.pop(key) for key in list(other) if key in Details.__match_args__}
        values: dict[str, Any] = {"told": True, "notice": 1, **other}
        noted: SignedInVisitor = self.run(
            SignInVisitor(self.details(name, **parts), **values), by=by
        )
        return noted

    @property
    def entries(self) -> list[journal.Entry]:
        return list(journal.entries(self.store))

    @property
    def last(self) -> journal.Entry:
        return self.entries[-1]

    @property
    def day(self) -> str:
        return "2026-11-20"
