"""When a paper of a complaint may be issued, and by whom (complaints.md 4a, 4c); writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from branch.complaints.deadlines import PBC_STAGES, STAGES
from branch.complaints.deciding import may_decide
from branch.complaints.house import house_of
from branch.complaints.papers.dossier import Dossier
from branch.complaints.reviewing import is_head_office_decision
from branch.complaints.rules import BEFORE_DECISION, ROLES_OF, STEPS, State, Who, may_take, vacant
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.workdays.queries import work_calendar

_S = State
_ACCEPTED = frozenset(
    {
        _S.ACCEPTED,
        _S.ASSIGNED,
        _S.INVESTIGATING,
        _S.DRAFTED,
        _S.DECIDED,
        _S.REPLIED,
        _S.CLOSED,
        _S.RE_REVIEW,
    }
)
_REPORTED = frozenset({_S.DRAFTED, _S.DECIDED, _S.REPLIED, _S.CLOSED})
_DECIDED = frozenset({_S.DECIDED, _S.REPLIED, _S.CLOSED})
_HANDLED = frozenset({_S.ASSIGNED, _S.INVESTIGATING, _S.DRAFTED})
# The steps whose taker issues the form.
ISSUED_WITH: Mapping[str, tuple[str, ...]] = {
    "TS-01": ("Register",),
    "TS-02A": ("Accept",),
    "TS-02B": ("ProposeRefusal", "Refuse"),
    "TS-03": ("Assign",),
    "TS-04": ("Report", "Decide"),
    "TS-05": ("Reply",),
    "TS-06": ("Reply", "Decide"),
    "TS-07": ("Close",),
    "TS-09": ("UpholdDecision",),
    "TS-10": ("Withdraw",),
}
# The settings that a letter cannot go out without.
_LINE = ("branch_phone",)
NEEDED: Mapping[str, tuple[str, ...]] = {
    "TS-02A": _LINE,
    "TS-02B": _LINE,
    "TS-05": _LINE,
    "TS-06": (*_LINE, "upper_body", "upper_address", "upper_phone", "mediator", "arb_or_court"),
    "TS-09": (*_LINE, "mediator", "arb_or_court"),
}
# Letters to somebody: an anonymous complainant gets none.
_ADDRESSED = frozenset({"TS-02A", "TS-02B", "TS-05", "TS-06", "TS-07", "TS-09", "TS-10"})
# The part of a notice that goes to who acted for another.
AGENT: Final = "agent"
# What the answer says as it was decided.
DECIDED_WORDS: Final = ("verified", "decision", "basis_reason", "follow_up")
_OF_HEAD_OFFICE = frozenset({"upper_body", "upper_address", "upper_phone"})


@dataclass(frozen=True)
class Longer:
    """An approved longer limit: the day it prolongs and the new one, None while paused."""

    id: int
    days: int
    level: str
    approved_on: str
    approved_by: int | None
    told_on: str
    original: date | None
    new: date | None


def parts(file: Dossier, form: str, slips: int) -> tuple[str, ...]:
    """The parts of the case that this form may be about; ``slips`` are those issued so far."""
    if form == "TS-03":
        return tuple(f"slip:{number}" for number in range(1, slips + 2))
    if form in ("TS-04", "TS-06"):
        return (f"round:{file.case.round}",)
    if form == "TS-02B" and file.case.tells_agent:
        return ("", AGENT)
    if form == "TS-05":
        return tuple(f"extension:{one.id}" for one in file.extensions if one.refused_by is None)
    if form == "TS-07":
        return tuple(f"visit:{one.id}" for one in file.visits)
    if form == "TS-09":
        return tuple(f"review:{one.id}" for one in file.reviews if one.decision)
    return ("",)


def may_issue(file: Dossier, form: str, staff: int, roles: frozenset[str]) -> bool:
    """Whether this is his part in the case."""
    if form == "TS-01":
        # Whoever took it down, whoever handles it, and the desk.
        desk = ROLES_OF[Who.REG] | ROLES_OF[Who.HEAD] | ROLES_OF[Who.UP]
        return staff in (file.case.registered_by, file.case.handler) or bool(desk & roles)
    if form == "TS-07" and any(one.by == staff for one in file.visits):
        return True
    left = vacant(file.roles.items(), file.touched)
    return any(
        may_take(STEPS[step], roles, file.case.handler == staff, left)
        for step in ISSUED_WITH.get(form, ())
    )


def require_issuer(file: Dossier, form: str, staff: int, roles: frozenset[str]) -> None:
    """Raise NotPermitted when it is not his part."""
    if not may_issue(file, form, staff, roles):
        raise NotPermitted("complaint_part")


def require_ground(file: Dossier, form: str, part: str, slips: int) -> None:
    """Raise RuleBroken with the reason why the paper may not be issued now, NotFound for a part
    that the case has not."""
    if form not in _GROUNDS:
        raise NotFound("form_unknown")
    if part not in parts(file, form, slips):
        raise NotFound("paper_part_unknown")
    if file.case.state == State.ARCHIVED:
        raise RuleBroken("paper_archived")
    if form in _ADDRESSED and file.case.anonymous:
        raise RuleBroken("paper_anonymous")
    if form != "TS-01" and file.case.kind != "complaint":
        raise RuleBroken("paper_of_complaints")
    _GROUNDS[form](file, part)


def require_settings(file: Dossier, form: str) -> None:
    """Raise RuleBroken when the branch has not filled in what the letter has to say."""
    nobody_above = is_head_office_decision(file.store, file.case)
    spared = _OF_HEAD_OFFICE if nobody_above else frozenset()
    if any(not file.setting(key) for key in NEEDED.get(form, ()) if key not in spared):
        raise RuleBroken("letter_settings_missing")


def require_decided_words(
    file: Dossier,
    said: Mapping[str, object],
    typed: Mapping[str, object],
    staff: int,
    roles: frozenset[str],
) -> None:
    """Raise BadInput naming the block where an answer says something else than what was decided
    (complaints.md 4a (13): the vote is frozen), unless who may decide issues it himself."""
    other = [
        key
        for key in DECIDED_WORDS
        if said.get(key) and key in typed and _plain(typed[key]) != _plain(said[key])
    ]
    if other and not may_decide(file.store, file.case, staff, roles):
        raise BadInput("paper_reworded", field=other[0])


def _plain(words: object) -> str:
    return "".join(str(words).split())


def longer(file: Dossier, extension: int) -> Longer:
    """One of the case's longer limits with the days it moves; raises NotFound."""
    one = next((one for one in file.extensions if one.id == extension), None)
    if one is None:
        raise NotFound("extension_unknown")
    stages = PBC_STAGES if file.case.forwarded == "central_bank" else STAGES
    ends = file.due.stages
    step = stages.index(one.days)
    return Longer(
        one.id,
        one.days,
        one.level,
        one.approved_on,
        one.approved_by,
        one.told_on,
        original=ends[step - 1],
        new=ends[step],
    )


def due_of_form(file: Dossier, form: str) -> str:
    """The day by which this paper should go out, ISO; empty where nothing says so."""
    if form == "TS-03":
        received = date.fromisoformat(file.case.received_on)
        urgent = file.plain["urgency"] == "urgent"
        days = house_of(file.store).slip_out_of(file.case.channel, urgent)
        return work_calendar(file.store).workday_after(received, days).day.isoformat()
    if form == "TS-05":
        return file.case.legal_due
    return file.case.due if form == "TS-06" else ""


def number_of(part: str) -> int:
    """The number in a part: 4 of "extension:4"."""
    return int(part.partition(":")[2])


def _always(_file: Dossier, _part: str) -> None:
    """It may be issued as long as the case is not archived."""


def _state(states: frozenset[State], code: str) -> Callable[[Dossier, str], None]:
    def check(file: Dossier, _part: str) -> None:
        if file.case.state not in states:
            raise RuleBroken(code)

    return check


def _assigned(file: Dossier, _part: str) -> None:
    if file.case.state not in _HANDLED or file.case.handler is None or not file.case.assigned_at:
        raise RuleBroken("paper_not_assigned")


def _reported(file: Dossier, _part: str) -> None:
    if file.case.state not in _REPORTED or file.case.reported_by is None:
        raise RuleBroken("paper_not_reported")
    if file.plain["outcome"] == "on_the_spot":
        raise RuleBroken("paper_not_reported")


def _prolonged(file: Dossier, part: str) -> None:
    if file.case.state not in BEFORE_DECISION:
        raise RuleBroken("paper_past_decision")
    one = longer(file, number_of(part))
    if not one.approved_on:
        raise RuleBroken("extension_not_approved")
    if one.original is None:
        raise RuleBroken("clock_stands")
    if file.today > one.original:
        raise RuleBroken("limit_over")


_GROUNDS: Mapping[str, Callable[[Dossier, str], None]] = {
    "TS-01": _always,
    "TS-02A": _state(_ACCEPTED, "paper_not_accepted"),
    "TS-02B": _state(frozenset({_S.NOT_ACCEPTED, _S.REFERRED}), "paper_not_refused"),
    "TS-03": _assigned,
    "TS-04": _reported,
    "TS-05": _prolonged,
    "TS-06": _state(_DECIDED, "paper_not_decided"),
    "TS-07": _always,
    "TS-09": _always,
    "TS-10": _state(BEFORE_DECISION | {_S.WITHDRAWN}, "paper_past_decision"),
}
FORMS_OF_CASE = tuple(_GROUNDS)
