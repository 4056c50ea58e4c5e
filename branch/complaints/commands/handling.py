"""Handling: assigned, taken over, investigated, reported, decided by somebody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from branch.complaints.case import (
    LONGEST_TEXT,
    Case,
    change,
    checked_text,
    moved,
    taken,
    today,
    unguarded,
)
from branch.complaints.clocks import end_handling, refresh_due
from branch.complaints.codes import (
    CAUSES,
    FINDINGS,
    REMEDIES,
    SYSTEMIC,
)
from branch.complaints.deadlines import hand_back_until, on_the_spot_until
from branch.complaints.deciding import decider_of
from branch.complaints.description import known
from branch.complaints.house import house_of
from branch.complaints.recusal import interested, require_handler_free
from branch.complaints.rules import ASSIGNED_TO, ROLES_OF, Who
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken
from branch.kernel.phrases import phrases
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members
from branch.workdays.queries import work_calendar

_DECIDED_WORDS = ("verified", "grounds", "decision", "measures")
# Room for the name of each.
_LABEL = 20


@dataclass(frozen=True)
class Assign:
    """Give a complaint to a handler, with what the answer has to contain."""

    complaint: int
    handler: int
    text: str = ""
    urgent: bool = False

    def __repr__(self) -> str:
        return f"Assign({self.complaint}, {self.handler})"


@dataclass(frozen=True)
class HandBack:
    """Give it back, once, within the house's working days, with the reason."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"HandBack({self.complaint})"


@dataclass(frozen=True)
class TakeOver:
    """The handler signs that he has it."""

    complaint: int


@dataclass(frozen=True)
class Investigate:
    """The branch's head handles it himself."""

    complaint: int


@dataclass(frozen=True)
class Report:
    """The investigation's result (form TS-04). ``redress`` in fen."""

    complaint: int
    finding: str
    verified: str
    statement: str
    grounds: str
    cause: str
    systemic: str
    remedies: frozenset[str]
    decision: str
    measures: str = ""
    redress: int | None = None
    no_interest: bool = False

    def __repr__(self) -> str:
        return f"Report({self.complaint})"


@dataclass(frozen=True)
class SolveOnTheSpot:
    """Settled at once: what was agreed, and that the complainant accepted it."""

    complaint: int
    decision: str
    accepted: bool
    cause: str

    def __repr__(self) -> str:
        return f"SolveOnTheSpot({self.complaint})"


@dataclass(frozen=True)
class SendBack:
    """The report is not enough, and why."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"SendBack({self.complaint})"


@dataclass(frozen=True)
class Decide:
    """Decide as reported."""

    complaint: int


def assign(work: Work, command: Assign) -> None:
    """Assign, or assign to another; raises NotPermitted for somebody with an interest, BadInput
    for no handler and for the one who has it."""
    case = taken(work, command.complaint, "Assign")
    member = next((m for m in staff_members(work.store) if m.id == command.handler), None)
    if member is None or not member.active or not ASSIGNED_TO & member.roles:
        raise BadInput("handler_unknown", field="handler")
    require_handler_free(work.store, case.id, command.handler)
    if command.handler == case.handler:
        raise BadInput("handler_has_it", field="handler")
    house = house_of(work.store)
    days = house.urgent_slip_workdays if command.urgent else house.slip_workdays
    due = work_calendar(work.store).workday_after(date.fromisoformat(today(work)), days).day
    change(work, case, handler=command.handler, assigned_at=work.now, slip_due=due.isoformat())
    moved(
        work,
        case,
        "Assign",
        command.text,
        handler=command.handler,
        slip_due=due.isoformat(),
        urgent=command.urgent,
    )


def hand_back(work: Work, command: HandBack) -> None:
    """Give back; raises RuleBroken the second time or after the house's working days."""
    case = taken(work, command.complaint, "HandBack")
    text = checked_text(command.text, "text", needed=True)
    if case.handed_back:
        raise RuleBroken("handed_back_once")
    assert case.assigned_at is not None  # an assigned complaint has its instant
    assigned_on = local_date(case.assigned_at, work.zone)
    days = house_of(work.store).hand_back_workdays
    until = hand_back_until(assigned_on, days, work_calendar(work.store)).isoformat()
    if today(work) > until:
        raise RuleBroken("hand_back_late", day=until)
    change(work, case, handler=None, handed_back=1, slip_due="")
    moved(work, case, "HandBack", text)


def take_over(work: Work, command: TakeOver) -> None:
    """Begin to investigate."""
    case = taken(work, command.complaint, "TakeOver")
    moved(work, case, "TakeOver")


def investigate(work: Work, command: Investigate) -> None:
    """The head takes it himself; raises NotPermitted when it is about him (then it is not
    there for him at all)."""
    case = taken(work, command.complaint, "Investigate")
    change(work, case, handler=work.actor.staff)
    moved(work, case, "Investigate")


def report(work: Work, command: Report) -> None:
    """Hand the report in; raises BadInput naming what is missing (handbook 004; TS-04)."""
    case = taken(work, command.complaint, "Report")
    known(command.finding, FINDINGS, "finding")
    known(command.cause, CAUSES, "cause")
    known(command.systemic, SYSTEMIC, "systemic")
    for code in command.remedies:
        known(code, REMEDIES, "remedies")
    if not command.no_interest:
        # Order 3 Art. 17: verified by somebody without direct interest, who says so.
        raise BadInput("no_interest_needed", field="no_interest")
    if command.redress is not None and command.redress < 0:
        raise BadInput("amount_range", field="redress")
    change(
        work,
        case,
        finding=command.finding,
        verified=checked_text(command.verified, "verified", needed=True),
        statement=checked_text(
            command.statement, "statement", needed=bool(interested(work.store, case.id))
        ),
        grounds=checked_text(command.grounds, "grounds", needed=True),
        cause=command.cause,
        systemic=command.systemic,
        remedies=",".join(sorted(command.remedies)),
        decision=checked_text(command.decision, "decision", needed=True),
        measures=checked_text(command.measures, "measures"),
        redress=command.redress,
        reported_by=work.actor.staff,
    )
    # The amount, too: another round reports over it, and what was paid in this one stays counted.
    moved(
        work,
        case,
        "Report",
        finding=command.finding,
        cause=command.cause,
        redress=command.redress or 0,
    )


def solve_on_the_spot(work: Work, command: SolveOnTheSpot) -> None:
    """Settle at once; raises BadInput unless he accepted, RuleBroken after the house's working days
    and when the superior has to decide."""
    case = taken(work, command.complaint, "SolveOnTheSpot")
    # Nobody has handled what is settled at once.
    _require_level(work, replace(case, handler=None, reported_by=None))
    decision = checked_text(command.decision, "decision", needed=True)
    known(command.cause, CAUSES, "cause")
    if not command.accepted:
        raise BadInput("on_the_spot_accepted", field="accepted")
    received_on = date.fromisoformat(case.received_on)
    days = house_of(work.store).on_the_spot_workdays
    until = on_the_spot_until(received_on, days, work_calendar(work.store)).isoformat()
    if today(work) > until:
        raise RuleBroken("on_the_spot_late", day=until)
    end_handling(work, case.id)
    change(
        work,
        case,
        decision=decision,
        cause=command.cause,
        finding="true",
        outcome="on_the_spot",
        **_decided(work),
    )
    moved(work, case, "SolveOnTheSpot", decision, cause=command.cause)
    refresh_due(work, unguarded(work, case.id), "decided")


def send_back(work: Work, command: SendBack) -> None:
    """Send the report back with the reason; the head takes back his own."""
    case = taken(work, command.complaint, "SendBack")
    if work.actor.staff not in (case.handler, case.reported_by):
        _require_level(work, case)
    moved(work, case, "SendBack", checked_text(command.text, "text", needed=True))


def decide(work: Work, command: Decide) -> None:
    """Decide; raises NotPermitted to the handler, RuleBroken when the superior has to."""
    case = taken(work, command.complaint, "Decide")
    if work.actor.staff in (case.handler, case.reported_by):
        raise NotPermitted("second_person_needed")
    _require_level(work, case)
    end_handling(work, case.id)
    change(work, case, **_decided(work))
    # Another round reports anew over these columns; what was decided stays with its entry.
    words = "\n".join(
        phrases("letters").say(f"decided_{name}", "zh", text=text)
        for name in _DECIDED_WORDS
        if (text := getattr(case, name))
    )
    longest = len(_DECIDED_WORDS) * (LONGEST_TEXT + _LABEL)
    moved(work, case, "Decide", words, longest, finding=case.finding)
    refresh_due(work, unguarded(work, case.id), "decided")


def _decided(work: Work) -> dict[str, object]:
    return {
        "decided_at": work.now,
        "decided_by": work.actor.staff,
        "decided_on": today(work),
    }


def _require_level(work: Work, case: Case) -> None:
    """Some are the superior's; raises RuleBroken to the head, and where nobody is free for it."""
    who = decider_of(work.store, case)
    if who is None:
        raise RuleBroken("superior_colleague_needed")
    if who is Who.UP and not ROLES_OF[Who.UP] & work.roles:
        raise RuleBroken("superior_decides")


HANDLERS: dict[type, Handler] = {
    Assign: Handler(assign),
    HandBack: Handler(hand_back),
    TakeOver: Handler(take_over),
    Investigate: Handler(investigate),
    Report: Handler(report),
    SolveOnTheSpot: Handler(solve_on_the_spot),
    SendBack: Handler(send_back),
    Decide: Handler(decide),
}
