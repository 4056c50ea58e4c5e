"""Drills as tests run them: the sample branch's people, a prepared run in one call, a set clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from branch.bootstrap import Branch
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.preparing import AssignRole, PlanRun, TickCheck
from branch.drills.commands.running import EndRun, ReleaseInject, StartRun
from branch.drills.queries.detail import RunDetail, StepState, run_detail
from branch.drills.queries.report import AfterAction, after_action
from branch.drills.rules.run import CHECKS
from branch.drills.shipped import shipped_scenarios
from branch.kernel import journal
from branch.kernel.clock import SetClock, from_ms
from branch.kernel.runner import Actor
from branch.people.queries import account_id
from tests.conftest import SHANGHAI

LOBBY_MANAGER, ADVISER, OFFICER, SUPERVISOR = "100301", "100302", "100303", "100201"
HEAD, SUPERIOR, AUDITOR, TELLER, GUARD = "100101", "100102", "100402", "100482", "100401"
SECOND_TELLER = "100483"

# Who plays what in the sample branch; the recorder does not play.
CAST = {
    "CMD": (HEAD,),
    "SUP": (SUPERVISOR,),
    "LOB": (LOBBY_MANAGER,),
    "TEL": (TELLER, SECOND_TELLER),
    "SEC": (GUARD,),
    "RM": (ADVISER,),
    "REC": (OFFICER,),
}
# The smallest picture that is one.
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Desk:
    """A branch with its drills; every call runs as a member of staff at the drill station."""

    def __init__(self, branch: Branch, clock: SetClock) -> None:
        self.branch, self.clock, self.store = branch, clock, branch.store

    def staff(self, staff_no: str) -> int:
        found = account_id(self.store, staff_no)
        assert found is not None
        return found

    def run(self, command: object, by: str = LOBBY_MANAGER, station: str = "drills") -> Any:
        return self.branch.run(command, Actor(self.staff(by), station)).value

    @property
    def today(self) -> date:
        return from_ms(self.clock.now_ms(), SHANGHAI).date()

    def prepared(self, code: str = "FIRE-01", form: str = "live", **other: Any) -> int:
        """A run that lacks nothing but START."""
        run = int(self.run(PlanRun(code, form, self.today, **other)))
        self.cast(run, code)
        for item in CHECKS[form]:
            self.run(TickCheck(run, item))
        return run

    def cast(self, run: int, code: str = "FIRE-01") -> None:
        for role in (*shipped_scenarios()[code].roles, "REC"):
            people = tuple(self.staff(number) for number in CAST[role])
            self.run(AssignRole(run, role, people))

    def started(self, code: str = "FIRE-01", form: str = "live", **other: Any) -> int:
        run = self.prepared(code, form, **other)
        self.run(StartRun(run))
        return run

    def at(self, run: int, seconds: float) -> None:
        """Put the clock to so many seconds after START."""
        course = self.detail(run).course
        assert course is not None
        self.clock.set(course.started_at + round(seconds * 1_000))

    def release(self, run: int, *numbers: int) -> None:
        """Release injects at their planned second."""
        for inject in self.detail(run).scenario.injects:
            if inject.no in numbers:
                self.at(run, inject.planned_at_s)
                self.run(ReleaseInject(run, inject.no))

    def played(self, code: str = "FIRE-01", form: str = "live", by: str = LOBBY_MANAGER) -> int:
        """A run with every inject released and every step done two seconds early, and ended."""
        run = self.started(code, form)
        scenario = self.detail(run).scenario
        planned = {inject.no: inject.planned_at_s for inject in scenario.injects}
        for inject in scenario.injects[1:]:
            self.run(ReleaseInject(run, inject.no, inject.planned_at_s * 1_000), by)
        for step in scenario.steps:
            at = planned.get(step.inject or 0, 0) + step.target_s - 2
            self.run(MarkStep(run, step.no, at_ms=at * 1_000), OFFICER)
        self.at(run, 60 * scenario.planned_minutes)
        self.run(EndRun(run), by)
        return run

    def detail(self, run: int) -> RunDetail:
        found = run_detail(self.store, run)
        assert found is not None
        return found

    def step(self, run: int, no: int) -> StepState:
        return next(state for state in self.detail(run).steps if state.step.no == no)

    def report(self, run: int) -> AfterAction:
        found = after_action(self.store, run)
        assert found is not None
        return found

    @property
    def entries(self) -> list[journal.Entry]:
        return list(journal.entries(self.store))

    @property
    def last(self) -> journal.Entry:
        return self.entries[-1]
