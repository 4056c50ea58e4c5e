"""The answer and the end: replied, received, closed, taken up again, archived, escalated."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from branch.complaints.archiving import archive_checks
from branch.complaints.case import (
    Case,
    change,
    checked_text,
    found,
    moved,
    note,
    taken,
    today,
    unguarded,
)
from branch.complaints.clocks import refresh_due
from branch.complaints.codes import REPLY_MODES
from branch.complaints.commands.letters import kept_proof, letter_for
from branch.complaints.commands.rounds import begin_round
from branch.complaints.deadlines import application_due, keep_until
from branch.complaints.description import known
from branch.complaints.house import house_of
from branch.complaints.one_matter import spread_recusal
from branch.complaints.queries.alike import repeats_of
from branch.complaints.records import FollowUpRow
from branch.complaints.recusal import require_free
from branch.complaints.rules import OPEN, ROUNDS, State, tries_in_vain
from branch.complaints.satisfaction import still_waits
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.papers.commands import DeliverPaper
from branch.papers.issuing import deliver
from branch.quality.queries import actions_of

MOST_LEVEL = 4
TRIES = 3
# Where the day of receipt may be noted: of an archived one too, whose 30 days begin with it.
ANSWERED = frozenset({State.REPLIED, State.CLOSED, State.ARCHIVED})


@dataclass(frozen=True)
class RecordContact:
    """A contact with the complainant, or a try: ``reached`` says which."""

    complaint: int
    mode: str
    reached: bool
    text: str = ""

    def __repr__(self) -> str:
        return f"RecordContact({self.complaint})"


@dataclass(frozen=True)
class AddNote:
    """A note of the file, for those who handle it."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"AddNote({self.complaint})"


@dataclass(frozen=True)
class Reply:
    """The decision goes out. ``notified_at`` (milliseconds) is when it was handed over, posted,
    sent or called (Order 3 Art. 21); ``remedies_told`` that the ways of redress stand in it.

    ``tracking`` is the number of what was posted, ``receiver`` who took it, ``witnesses`` the two
    names when he would not take it, ``proof`` a file or nothing.
    """

    complaint: int
    mode: str
    notified_at: int
    remedies_told: bool = False
    tracking: str = ""
    receiver: str = ""
    witnesses: tuple[str, ...] = ()
    proof: bytes = field(default=b"", repr=False)

    def __repr__(self) -> str:
        return f"Reply({self.complaint}, {self.mode!r})"


@dataclass(frozen=True)
class NoteReceipt:
    """The day on which the complainant received the decision: his 30 days begin (Art. 20)."""

    complaint: int
    received_on: date


@dataclass(frozen=True)
class Close:
    """Close, with satisfaction as a follow-up visit found it, or after three tries."""

    complaint: int


@dataclass(frozen=True)
class CloseOther:
    """An enquiry, suggestion or report has been answered."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"CloseOther({self.complaint})"


@dataclass(frozen=True)
class Reopen:
    """Take it up again: new facts, or he is not satisfied and the head agrees."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"Reopen({self.complaint})"


@dataclass(frozen=True)
class Escalate:
    """Tell the next level (1 contact B, 2 head, 3 superior, 4 head office); no clock moves."""

    complaint: int
    level: int
    text: str = ""

    def __repr__(self) -> str:
        return f"Escalate({self.complaint}, {self.level})"


@dataclass(frozen=True)
class Archive:
    """Put the file away, read-only, until its time is over."""

    complaint: int


@dataclass(frozen=True)
class Unarchive:
    """Take an archived case up again by order of the superior body."""

    complaint: int
    order: str

    def __repr__(self) -> str:
        return f"Unarchive({self.complaint})"


_CONTACTS = Prepared(
    lambda subject: (
        JournalRow.select(JournalRow.what, JournalRow.data)
        .where(
            JournalRow.subject == subject,
            JournalRow.what.in_(
                tuple(f"complaint.{what}" for what in ("contact_recorded", *sorted(ROUNDS)))
            ),
        )
        .order_by(JournalRow.revision)
    )
)
_VISITED = Prepared(
    lambda complaint, round: (
        FollowUpRow.select(FollowUpRow.reached, FollowUpRow.satisfaction, FollowUpRow.next_step)
        .where(FollowUpRow.complaint == complaint, FollowUpRow.round == round)
        .order_by(FollowUpRow.id.desc())
    )
)


def record_contact(work: Work, command: RecordContact) -> None:
    """Note a contact or a try."""
    case = found(work, command.complaint)
    _require_open_or_replied(case)
    known(command.mode, ("phone", "in_person", "message", "post"), "mode")
    note(
        work,
        case.id,
        "contact_recorded",
        command.text,
        mode=command.mode,
        reached=command.reached,
    )


def add_note(work: Work, command: AddNote) -> None:
    """Note something."""
    case = found(work, command.complaint)
    if case.state == State.ARCHIVED:
        raise Stale("complaint_moved_on")
    note(work, case.id, "noted", checked_text(command.text, "text", needed=True))


def prepare_reply(store: Store, command: Reply, actor: Actor) -> str:
    """Put the proof into the vault; returns its digest. Raises BadInput (field ``file``)."""
    require_free(store, command.complaint, actor.staff)
    return kept_proof(store, command.proof)


def carry_out_reply(work: Work, command: Reply) -> None:
    """Send the decision, with the proof that was put into the vault."""
    proof = work.prepared
    assert isinstance(proof, str)  # prepare_reply made it
    reply(work, command, proof)


def reply(work: Work, command: Reply, proof: str = "", received_on: str = "") -> None:
    """Send the decision; ``received_on`` (ISO) is the day he received it, where it is known.

    Raises RuleBroken while the letter (TS-06) of this round is not issued that is handed over,
    posted or sent, BadInput for a moment to come or before the decision.
    Order 3 Art. 19: facts, grounds, remedies; handbook 001 §6.3.2: matter, result, basis,
    measures with dates.
    """
    case = taken(work, command.complaint, "Reply")
    known(command.mode, REPLY_MODES, "mode")
    if command.notified_at > work.now:
        raise BadInput("notified_to_come", field="notified_at")
    # What was settled at once was told before it was typed, the day he came at the earliest.
    earliest = case.received_on if case.outcome == "on_the_spot" else case.decided_on
    if local_date(command.notified_at, work.zone).isoformat() < earliest:
        raise BadInput("notified_early", field="notified_at", day=earliest)
    # complaints.md 4a (14): to who gave no name no reply is owed, and none can be given.
    if (command.mode == "internal") != case.anonymous:
        raise RuleBroken("reply_to_nobody" if case.anonymous else "reply_owed")
    if command.mode == "not_reached" and tries_of(work, case) < TRIES:
        raise RuleBroken("tries_missing", tries=TRIES)
    # Decision, facts and grounds (Art. 19) are there: nothing is decided without them.
    if command.mode not in ("internal", "not_reached") and not command.remedies_told:
        raise BadInput("block_remedies", field="remedies_told")
    letter = letter_for(work, case, command.mode, command.notified_at)
    change(
        work,
        case,
        reply_mode=command.mode,
        notified_at=command.notified_at,
        told_on=local_date(command.notified_at, work.zone).isoformat(),
    )
    if letter is not None:
        delivery = DeliverPaper(
            letter,
            command.mode,
            command.notified_at,
            command.tracking,
            command.receiver,
            command.witnesses,
            received_on=received_on,
        )
        deliver(work, delivery, proof)
    moved(work, case, "Reply", mode=command.mode, notified_at=command.notified_at)


def note_receipt(work: Work, command: NoteReceipt) -> None:
    """Note when he received it; raises BadInput for a day before it went out or to come."""
    case = found(work, command.complaint)
    if case.state not in ANSWERED or case.notified_at is None:
        raise Stale("complaint_moved_on")
    sent_on = local_date(case.notified_at, work.zone)
    if not sent_on <= command.received_on <= local_date(work.now, work.zone):
        raise BadInput("receipt_day", field="received_on")
    change(work, case, reply_received_on=command.received_on.isoformat())
    note(work, case.id, "reply_received", day=command.received_on.isoformat())


def close(work: Work, command: Close) -> None:
    """Close; raises RuleBroken without a follow-up visit (or three tries), while somebody who is
    not satisfied still waits, or without a cause and its corrective action (Order 3 Art. 9)."""
    case = taken(work, command.complaint, "Close")
    satisfaction = _satisfaction(work, case)
    if not case.cause:
        raise RuleBroken("cause_missing")
    if case.finding in ("true", "partly_true") and not actions_of(work.store, "complaint", case.id):
        raise RuleBroken("action_missing")
    change(work, case, satisfaction=satisfaction, closed_at=work.now)
    moved(work, case, "Close", satisfaction=satisfaction)


def close_other(work: Work, command: CloseOther) -> None:
    """Close what is no complaint, with what was answered."""
    case = found(work, command.complaint)
    if case.kind == "complaint" or case.state not in OPEN:
        raise Stale("complaint_moved_on")
    text = checked_text(command.text, "text", needed=True)
    change(work, case, state=State.CLOSED, closed_at=work.now)
    note(work, case.id, "answered", text)


def reopen(work: Work, command: Reopen) -> None:
    """Take it up again: a new round with a clock of its own; the old decision stays in the file."""
    case = taken(work, command.complaint, "Reopen")
    text = checked_text(command.text, "text", needed=True)
    begin_round(work, case, "reopened")
    moved(work, case, "Reopen", text, round=case.round + 1)
    refresh_due(work, unguarded(work, case.id), "reopened")


def escalate(work: Work, command: Escalate) -> None:
    """Raise the level of what still runs; raises Stale when it is there already."""
    case = found(work, command.complaint)
    if case.state not in OPEN:
        raise Stale("complaint_moved_on")
    if not case.level < command.level <= MOST_LEVEL:
        raise Stale("complaint_level")
    change(work, case, level=command.level)
    note(work, case.id, "escalated", command.text, level=command.level)


def archive(work: Work, command: Archive) -> None:
    """Archive; raises RuleBroken while a re-review may still be applied for (Art. 20), and while
    a paper or a corrective action is not there yet (``archiving``)."""
    case = taken(work, command.complaint, "Archive")
    if case.notified_at is not None and case.state == State.CLOSED and not case.anonymous:
        received = case.reply_received_on or local_date(case.notified_at, work.zone).isoformat()
        if application_due(date.fromisoformat(received)).isoformat() >= today(work):
            raise RuleBroken("re_review_open")
    for what, there in archive_checks(work.store, case).items():
        if not there:
            raise RuleBroken(f"archive_{what}")
    # PBC Order 5 Art. 44: three years at least from the day of closing, never later than this.
    until = keep_until(date.fromisoformat(today(work)), house_of(work.store).keep_years)
    change(work, case, archived_at=work.now, keep_until=until.isoformat())
    moved(work, case, "Archive", until=until.isoformat())


def unarchive(work: Work, command: Unarchive) -> None:
    """Take an archived case up again."""
    case = taken(work, command.complaint, "Unarchive")
    order = checked_text(command.order, "order", needed=True, longest=60)
    begin_round(work, case, "unarchived")
    # What had been merged into another stands on its own again.
    change(work, case, archived_at=None, keep_until="", merged_into=None, merged_state="")
    if case.merged_into is not None:
        spread_recusal(work, case.merged_into)
        spread_recusal(work, case.id)
    moved(work, case, "Unarchive", order)
    refresh_due(work, unguarded(work, case.id), "unarchived")


def tries_of(work: Work, case: Case) -> int:
    """How often he was not reached in the round that runs."""
    rows = _CONTACTS.all(work.store, subject=str(case.id))
    return tries_in_vain(
        (what.removeprefix("complaint."), read_data(data).get("reached")) for what, data in rows
    )


def _satisfaction(work: Work, case: Case) -> str:
    if case.anonymous:
        return "no_answer"
    rows = _VISITED.all(work.store, complaint=case.id, round=case.round)
    reached = [(row[1], row[2]) for row in rows if row[0]]
    if reached:
        satisfaction, next_step = reached[0]
        day = date.fromisoformat(today(work))
        renewed = next_step == "new_complaint" and bool(repeats_of(work.store, case.id))
        if still_waits(satisfaction, next_step, case.reply_received_on, day, renewed=renewed):
            missing = next_step == "new_complaint"
            raise RuleBroken("new_complaint_missing" if missing else "dissatisfied_goes_on")
        return str(satisfaction)
    if len(rows) >= TRIES:
        return "no_answer"
    raise RuleBroken("visit_missing", tries=TRIES)


def _require_open_or_replied(case: Case) -> None:
    if case.state not in OPEN | {State.REPLIED, State.CLOSED}:
        raise Stale("complaint_moved_on")


HANDLERS: dict[type, Handler] = {
    RecordContact: Handler(record_contact),
    AddNote: Handler(add_note),
    Reply: Handler(carry_out_reply, prepare_reply),
    NoteReceipt: Handler(note_receipt),
    Close: Handler(close),
    CloseOther: Handler(close_other),
    Reopen: Handler(reopen),
    Escalate: Handler(escalate),
    Archive: Handler(archive),
    Unarchive: Handler(unarchive),
}
