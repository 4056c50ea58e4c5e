"""Registration: by any member of staff, with a number at once; later changes and who is touched.

首问负责: whoever is told first registers, and stays responsible until it is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.complaints.case import Case, change, found, note, unguarded
from branch.complaints.clocks import refresh_due
from branch.complaints.codes import CHANNELS, FORWARDED, KINDS
from branch.complaints.description import (
    Complainant,
    Matter,
    checked_complainant,
    checked_matter,
    known,
    taken_over,
)
from branch.complaints.major import escalate_at_once, look_for_group, look_for_major
from branch.complaints.one_matter import matter_of, require_handler_away, spread_recusal
from branch.complaints.records import (
    ComplaintNumberRow,
    ComplaintRow,
    SubjectRow,
)
from branch.complaints.recusal import vacant_in
from branch.complaints.rules import OPEN, State, Who
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.records import BranchRow
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members
from branch.people.rules import Role
from branch.visitors.rules import fold

_EARLIEST_MS = 366 * 24 * 3_600_000


@dataclass(frozen=True)
class Register:
    """Register a complaint, enquiry, suggestion or report; returns its number and id.

    ``received_at`` (milliseconds) is when the bank received it: for the suggestion book when it
    was opened. ``subjects`` are accounts of staff whom it is about. ``complainant_of`` is an
    earlier complaint of the same person: what is left empty of him is taken from there.
    """

    channel: str
    received_at: int
    complainant: Complainant
    matter: Matter
    kind: str = "complaint"
    forwarded: str = ""
    read_back: bool = False
    subjects: frozenset[int] = frozenset()
    ticket: int | None = None
    complainant_of: int | None = None

    def __repr__(self) -> str:
        return f"Register(channel={self.channel!r})"


@dataclass(frozen=True)
class Registered:
    """A complaint just registered."""

    id: int
    number: str


@dataclass(frozen=True)
class SetSubjects:
    """Whom the complaint is about, and who has an interest: they are kept from it."""

    complaint: int
    subjects: frozenset[int]
    interested: frozenset[int] = frozenset()


@dataclass(frozen=True)
class TurnIntoComplaint:
    """An enquiry, suggestion or report turns out to be a complaint; the clocks run from receipt."""

    complaint: int


@dataclass(frozen=True)
class LinkRepeat:
    """Note that this repeats an earlier complaint; None takes it back."""

    complaint: int
    earlier: int | None


_NEXT = Prepared(
    lambda day: (
        ComplaintNumberRow.insert({ComplaintNumberRow.day: day, ComplaintNumberRow.last: 1})
        .on_conflict(
            conflict_target=[ComplaintNumberRow.day],
            update={ComplaintNumberRow.last: ComplaintNumberRow.last + 1},
        )
        .returning(ComplaintNumberRow.last)
    )
)
_BRANCH = Prepared(lambda: BranchRow.select(BranchRow.code))
_CLEAR = Prepared(lambda complaint: delete(SubjectRow).where(SubjectRow.complaint == complaint))
_TOUCH = Prepared(
    lambda complaint, staff, interest: SubjectRow.insert(
        {
            SubjectRow.complaint: complaint,
            SubjectRow.staff: staff,
            SubjectRow.interest: interest,
        }
    )
)


def register(work: Work, command: Register) -> Registered:
    """Register; raises BadInput for what is missing or a receipt in the future, NotPermitted
    where the complainant is to be taken from a complaint that is not this person's to know."""
    known(command.kind, KINDS, "kind")
    known(command.channel, CHANNELS, "channel")
    known(command.forwarded, FORWARDED, "forwarded")
    if command.received_at > work.now:
        raise BadInput("received_to_come", field="received_at")
    if command.received_at < work.now - _EARLIEST_MS:
        raise BadInput("received_long_ago", field="received_at")
    today = local_date(work.now, work.zone)
    values = _complainant(work, command)
    values |= checked_matter(command.matter, today)
    row = _NEXT.one(work.store, day=today.isoformat())
    branch = _BRANCH.one(work.store)
    assert row is not None  # an INSERT with RETURNING gives its row
    assert branch is not None  # a command runs in a branch
    number = f"TS-{branch[0]}-{today:%Y%m%d}-{row[0]:04d}"
    values |= {
        "number": number,
        "kind": command.kind,
        "state": State.RECEIVED,
        "round": 1,
        "channel": command.channel,
        "forwarded": command.forwarded,
        "received_at": command.received_at,
        "received_on": local_date(command.received_at, work.zone).isoformat(),
        "registered_at": work.now,
        "registered_by": work.actor.staff,
        "read_back": command.read_back,
        "major": False,
        "ticket": command.ticket,
        "search": searched(number, values["name"], values["title"]),
        "rev": work.revision,
    }
    query = ComplaintRow.insert({**_EMPTY, **values}).returning(ComplaintRow.id).tuples()
    complaint = int(next(iter(query.execute(work.store.database)))[0])
    note(
        work,
        complaint,
        "received",
        channel=command.channel,
        kind=command.kind,
        reason=values["reason"],
        number=number,
        # Personal data went from one file into another: the journal says from which.
        **({} if command.complainant_of is None else {"complainant_of": command.complainant_of}),
    )
    _touch(work, complaint, command.subjects, "subject")
    if command.subjects:
        note(work, complaint, "subjects_set", subjects=len(command.subjects), interested=0)
    look_for_major(work, unguarded(work, complaint))
    look_for_group(work, unguarded(work, complaint))
    escalate_at_once(work, unguarded(work, complaint))
    refresh_due(work, unguarded(work, complaint), "received")
    return Registered(complaint, number)


def _complainant(work: Work, command: Register) -> dict[str, Any]:
    if command.complainant_of is None:
        return checked_complainant(work, command.complainant)
    earlier = found(work, command.complainant_of)
    require_first_or_desk(work, earlier)
    return taken_over(work, command.complainant, earlier)


def set_subjects(work: Work, command: SetSubjects) -> None:
    """Set who is touched, also by what is merged with it; raises NotPermitted as
    ``require_handler_away`` does, RuleBroken when nobody of the superior body would be left to end
    a re-review, Stale in a file put away."""
    case = _changeable(work, command.complaint)
    require_first_or_desk(work, case)
    members = {member.id for member in staff_members(work.store)}
    everybody = command.subjects | command.interested
    if not everybody <= members:
        raise BadInput("staff_unknown_here", field="subjects")
    require_handler_away(case, everybody)
    _CLEAR.run(work.store, complaint=case.id)
    _touch(work, case.id, command.subjects, "subject")
    _touch(work, case.id, command.interested - command.subjects, "interested")
    spread_recusal(work, case.id)
    handled_in = unguarded(work, matter_of(work.store, case.id)[0])
    if handled_in.state == State.RE_REVIEW and Who.UP in vacant_in(work.store, handled_in.id):
        raise RuleBroken("re_review_needs_superior")
    note(
        work,
        case.id,
        "subjects_set",
        subjects=len(command.subjects),
        interested=len(command.interested - command.subjects),
    )


def turn_into_complaint(work: Work, command: TurnIntoComplaint) -> None:
    """Make it a complaint; the clocks run from its receipt. Raises Stale once it was answered."""
    case = found(work, command.complaint)
    require_first_or_desk(work, case)
    if case.kind == "complaint" or case.state not in OPEN:
        raise Stale("complaint_moved_on")
    change(work, case, kind="complaint")
    note(work, case.id, "turned_into_complaint", before=case.kind)
    look_for_group(work, unguarded(work, case.id))
    escalate_at_once(work, unguarded(work, case.id))
    refresh_due(work, unguarded(work, case.id), "turned_into_complaint")


def link_repeat(work: Work, command: LinkRepeat) -> None:
    """Link to an earlier complaint of the same matter; a person decides, never the program.
    Raises Stale in a file that was put away."""
    case = _changeable(work, command.complaint)
    require_first_or_desk(work, case)
    if command.earlier is not None:
        earlier = found(work, command.earlier)
        if earlier.id == case.id or earlier.received_at > case.received_at:
            raise BadInput("repeat_of_earlier", field="earlier")
    change(work, case, repeat_of=command.earlier)
    note(work, case.id, "repeat_linked", earlier=command.earlier)


def require_subjects_known(work: Work, subjects: frozenset[int]) -> None:
    """Raise BadInput for an account that does not exist."""
    if not subjects <= {member.id for member in staff_members(work.store)}:
        raise BadInput("staff_unknown_here", field="subjects")


def require_first_or_desk(work: Work, case: Case) -> None:
    """Raise NotPermitted to who neither registered it nor works at the desk."""
    desk = {Role.COMPLAINT_OFFICER, Role.BRANCH_MANAGER, Role.SUPERIOR}
    if case.registered_by != work.actor.staff and not desk & work.roles:
        raise NotPermitted("complaint_part")


def _changeable(work: Work, complaint: int) -> Case:
    case = found(work, complaint)
    if case.state == State.ARCHIVED:
        raise Stale("complaint_archived")
    return case


def _touch(work: Work, complaint: int, staff: frozenset[int], interest: str) -> None:
    require_subjects_known(work, staff)
    for one in sorted(staff):
        _TOUCH.run(work.store, complaint=complaint, staff=one, interest=interest)


def searched(number: str, name: str, title: str) -> str:
    """What the desk's search looks through."""
    return "\n".join((fold(number), fold(name), fold(title)))


_EMPTY: dict[str, Any] = {
    "handler": None,
    "assigned_at": None,
    "slip_due": "",
    "handed_back": 0,
    "proposed": "",
    "proposed_by": None,
    "proposed_ref": None,
    "outcome": "",
    "finding": "",
    "cause": "",
    "systemic": "",
    "remedies": "",
    "redress": None,
    "verified": "",
    "statement": "",
    "evidence": "",
    "grounds": "",
    "decision": "",
    "measures": "",
    "reported_by": None,
    "decided_at": None,
    "decided_by": None,
    "decided_on": "",
    "reply_mode": "",
    "notified_at": None,
    "told_on": "",
    "reply_received_on": "",
    "satisfaction": "",
    "closed_at": None,
    "archived_at": None,
    "keep_until": "",
    "merged_into": None,
    "merged_state": "",
    "repeat_of": None,
    "legal_due": "",
    "house_due": "",
    "due": "",
    "act_by": "",
    "provisional": False,
    "paused": False,
    "level": 0,
}

HANDLERS: dict[type, Handler] = {
    Register: Handler(register),
    SetSubjects: Handler(set_subjects),
    TurnIntoComplaint: Handler(turn_into_complaint),
    LinkRepeat: Handler(link_repeat),
}
