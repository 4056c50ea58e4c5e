"""What was registered is completed and put right: the matter, the complainant, his papers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from branch.complaints.case import Case, change, found, moved, note, unguarded
from branch.complaints.clocks import refresh_due, restart
from branch.complaints.codes import FOR_ANOTHER
from branch.complaints.commands.registration import require_first_or_desk, searched
from branch.complaints.commands.rounds import begin_round
from branch.complaints.description import (
    Complainant,
    Matter,
    checked_complainant,
    checked_matter,
    corrected_complainant,
)
from branch.complaints.major import look_for_group, look_for_major
from branch.complaints.records import ComplaintRow
from branch.complaints.rules import BEFORE_DECISION, OPEN, State
from branch.kernel.clock import local_date
from branch.kernel.errors import RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class EditCase:
    """Complete or put right what it is about, until it is decided."""

    complaint: int
    matter: Matter


@dataclass(frozen=True)
class CorrectComplainant:
    """Put right who complains, until the file is put away; an empty text leaves what was
    registered."""

    complaint: int
    complainant: Complainant


@dataclass(frozen=True)
class GiveIdentity:
    """An anonymous complainant gives his name: from today a reply is owed."""

    complaint: int
    complainant: Complainant


@dataclass(frozen=True)
class AskForAuthority:
    """Whoever acts for another was asked for the paper that says so; once, no clock stops."""

    complaint: int


_AUTHORITY = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.capacity, ComplaintRow.authority).where(
        ComplaintRow.id == complaint
    )
)
_ASKED = Prepared(
    lambda subject: JournalRow.select(JournalRow.revision).where(
        JournalRow.subject == subject, JournalRow.what == "complaint.authority_asked"
    )
)


def edit_case(work: Work, command: EditCase) -> None:
    """Change what it is about; raises Stale once it is decided, RuleBroken when a class would be
    missing in what was accepted."""
    case = found(work, command.complaint)
    if case.state not in BEFORE_DECISION:
        raise Stale("complaint_moved_on")
    require_first_or_desk(work, case)
    values = checked_matter(command.matter, local_date(work.now, work.zone))
    classes = (values["biz_channel"], values["biz_class"], values["reason"])
    if case.state != State.RECEIVED and not all(classes):
        raise RuleBroken("classes_missing")
    values["search"] = searched(case.number, case.name, values["title"])
    change(work, case, **values)
    note(work, case.id, "edited")
    look_for_major(work, unguarded(work, case.id))


def correct_complainant(work: Work, command: CorrectComplainant) -> None:
    """Change who complains; raises Stale in a file that was put away, BadInput as registering
    does. Whether he is anonymous stays (``GiveIdentity``), and that he was verified."""
    case = found(work, command.complaint)
    if case.state == State.ARCHIVED:
        raise Stale("complaint_archived")
    require_first_or_desk(work, case)
    values = corrected_complainant(work, command.complainant, case)
    values["search"] = searched(case.number, values.get("name", case.name), case.title)
    change(work, case, **values)
    note(work, case.id, "complainant_corrected", parties=values["parties"])
    if case.state in OPEN:
        look_for_major(work, unguarded(work, case.id))
        look_for_group(work, unguarded(work, case.id), case.parties)


def give_identity(work: Work, command: GiveIdentity) -> None:
    """Add who complained; the reply is owed within the limit counted from today.

    One that ended inside is investigated anew with what is known now, and then replied to
    (complaints.md 4f case 4). Raises RuleBroken for an archived one.
    """
    case = found(work, command.complaint)
    require_first_or_desk(work, case)
    if not case.anonymous:
        raise Stale("complaint_has_name")
    if case.state == State.ARCHIVED:
        raise RuleBroken("identity_archived")
    values = checked_complainant(work, replace(command.complainant, anonymous=False))
    change(work, case, **values, search=searched(case.number, values["name"], case.title))
    note(work, case.id, "identity_given")
    ended = case.kind == "complaint" and case.state in (State.REPLIED, State.CLOSED)
    if ended:
        begin_round(work, case, "reopened")
        moved(work, case, "Reopen", round=case.round + 1)
    else:
        restart(work, case.id, "identity_given")
    if ended or case.state in OPEN:
        refresh_due(work, unguarded(work, case.id), "identity_given")
        look_for_major(work, unguarded(work, case.id))
        look_for_group(work, unguarded(work, case.id), case.parties)


def ask_for_authority(work: Work, command: AskForAuthority) -> None:
    """Note that the paper was asked for; raises Stale when it was before, or was seen, or nobody
    acts for another (complaints.md 4b: asked for once, the clock runs on)."""
    case = found(work, command.complaint)
    _require_running(case)
    row = _AUTHORITY.one(work.store, complaint=case.id)
    assert row is not None  # the case is there
    capacity, seen = row
    if capacity not in FOR_ANOTHER or seen or _ASKED.all(work.store, subject=str(case.id)):
        raise Stale("authority_not_asked")
    note(work, case.id, "authority_asked", capacity=capacity)


def _require_running(case: Case) -> None:
    if case.state not in OPEN:
        raise Stale("complaint_moved_on")


HANDLERS: dict[type, Handler] = {
    EditCase: Handler(edit_case),
    CorrectComplainant: Handler(correct_complainant),
    GiveIdentity: Handler(give_identity),
    AskForAuthority: Handler(ask_for_authority),
}
