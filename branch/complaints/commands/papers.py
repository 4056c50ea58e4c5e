"""The papers of a complaint: drafted, issued, opened, printed, delivered.

Whom a complaint is about finds none of its papers. Papers of other rooms that belong to a case
(the record of a session) are opened, printed and delivered here too; what they say is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from branch.complaints.case import found, known_to, note
from branch.complaints.commands.answering import (
    TRIES,
    NoteReceipt,
    RecordContact,
    Reply,
    note_receipt,
    record_contact,
    reply,
    tries_of,
)
from branch.complaints.commands.files import FileContent
from branch.complaints.commands.letters import kept_proof
from branch.complaints.commands.limits import TellExtension, tell_extension
from branch.complaints.confidence import require_inside
from branch.complaints.files import kind_of
from branch.complaints.papers.dossier import Dossier, dossier
from branch.complaints.papers.grounds import (
    longer,
    number_of,
    require_decided_words,
    require_ground,
    require_issuer,
    require_settings,
)
from branch.complaints.papers.material import material
from branch.complaints.queries.desk import untold
from branch.complaints.recusal import require_free
from branch.complaints.rules import ROLES_OF, State, Who
from branch.kernel.clock import local_date
from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.papers import issuing
from branch.papers.commands import (
    DeliverPaper,
    DraftPaper,
    IssuePaper,
    NotePrinted,
    OpenPaper,
    OpenProof,
)
from branch.papers.drafting import form_of
from branch.papers.head import Draft, PaperContent
from branch.papers.issuing import Issued, issued, prepare_pdf
from branch.papers.queries import content_of, parts_issued, proof_of
from branch.papers.snapshot import read_typed
from branch.people.rules import Role

_DESK = ROLES_OF[Who.REG] | ROLES_OF[Who.HEAD] | ROLES_OF[Who.UP]
# Modes of delivery by which somebody was told.
TOLD = frozenset({"in_person", "post", "message", "phone"})
_OF_CASE = "complaint:"


@dataclass(frozen=True)
class _Proof:
    """A proof of delivery that is in the vault already; an empty digest for none."""

    digest: str


def draft_paper(work: Work, command: DraftPaper) -> Draft:
    """The draft; raises NotPermitted when it is not his part, RuleBroken with the reason why the
    paper may not be issued now."""
    file = _file(work, command)
    return issuing.draft(work, command, material(file, command.form, command.part))


def prepare_issue(store: Store, command: IssuePaper, actor: Actor) -> str:
    """Put the PDF into the vault; raises NotFound to whom the complaint is about."""
    require_free(store, complaint_of(command.subject), actor.staff)
    return prepare_pdf(store, command)


def issue_paper(work: Work, command: IssuePaper) -> int:
    """Issue it; raises what ``draft_paper`` raises, RuleBroken while the branch's letters are not
    set up, BadInput for an answer that says otherwise than was decided, Stale when the case or the
    copy has changed since the draft."""
    file = _file(work, command)
    require_settings(file, command.form)
    digest = work.prepared
    assert isinstance(digest, str)  # prepare_issue made it
    said = material(file, command.form, command.part)
    if command.form == "TS-06":
        typed = read_typed(form_of(command.form), command.typed)
        require_decided_words(file, said.fields, typed, work.actor.staff, work.roles)
    paper = issuing.issue(work, command, said, digest)
    note(
        work,
        file.case.id,
        "paper_issued",
        paper=paper,
        form=command.form,
        copy=command.copy,
    )
    return paper


def prepare_open(store: Store, command: OpenPaper, actor: Actor) -> PaperContent:
    """The bytes from the vault, checked; raises NotFound also to whom the complaint is about,
    RuleBroken when they are not those that were issued."""
    paper = issued(store, command.paper)
    if paper.complaint is not None:
        require_free(store, paper.complaint, actor.staff)
    return content_of(store, paper.id)


def open_paper(work: Work, command: OpenPaper) -> PaperContent:
    """The paper; raises NotPermitted to who has no part in it."""
    _taken(work, command.paper, reading=True)
    content = work.prepared
    assert isinstance(content, PaperContent)  # prepare_open made it
    work.record("paper.opened", command.paper)
    return content


def note_printed(work: Work, command: NotePrinted) -> int:
    """Count prints; returns how many there are now."""
    _taken(work, command.paper)
    return issuing.note_printed(work, command)


def prepare_delivery(store: Store, command: DeliverPaper, actor: Actor) -> _Proof:
    """Put the proof into the vault; raises BadInput (field ``file``) for what is none."""
    paper = issued(store, command.paper)
    if paper.complaint is not None:
        require_free(store, paper.complaint, actor.staff)
    return _Proof(kept_proof(store, command.proof))


def deliver_paper(work: Work, command: DeliverPaper) -> None:
    """Note how it went out. Handing over the answer is the reply itself, telling of a longer
    limit puts it in force: each is one fact, whichever way it was noted."""
    paper = _taken(work, command.paper)
    proof = work.prepared
    assert isinstance(proof, _Proof)  # prepare_delivery made it
    if _is_reply(work, paper) and not _is_try(work, paper, command):
        assert paper.complaint is not None  # an answer answers a complaint
        reply(
            work,
            Reply(
                paper.complaint,
                command.mode,
                command.at,
                remedies_told=True,
                tracking=command.tracking,
                receiver=command.receiver,
                witnesses=command.witnesses,
            ),
            proof.digest,
            command.received_on,
        )
    else:
        issuing.deliver(work, command, proof.digest)
        _tell_longer(work, paper, command)
    if command.received_on and paper.form == "TS-06" and paper.complaint is not None:
        received_on = date.fromisoformat(issuing.received_day(work, command))
        note_receipt(work, NoteReceipt(paper.complaint, received_on))
    if paper.complaint is not None:
        note(
            work,
            paper.complaint,
            "paper_delivered",
            paper=paper.id,
            form=paper.form,
            mode=command.mode,
        )


def prepare_proof(store: Store, command: OpenProof, actor: Actor) -> tuple[int, FileContent]:
    """The paper of a delivery and its proof from the vault, checked; raises NotFound also to whom
    the complaint is about."""
    paper, data = proof_of(store, command.delivery)
    complaint = issued(store, paper).complaint
    if complaint is not None:
        require_free(store, complaint, actor.staff)
    kind = kind_of(data)
    return paper, FileContent(f"proof-{command.delivery}", kind, data)


def open_proof(work: Work, command: OpenProof) -> FileContent:
    """The proof; raises NotPermitted to who has no part in its paper."""
    prepared = work.prepared
    assert isinstance(prepared, tuple)  # prepare_proof made it
    paper, content = prepared
    assert isinstance(content, FileContent)  # prepare_proof made it
    _taken(work, paper, reading=True)
    work.record("paper.proof_opened", paper, delivery=command.delivery)
    return content


def complaint_of(subject: str) -> int:
    """The complaint of a subject "complaint:117"; raises NotFound for another."""
    kind, colon, number = subject.partition(":")
    if kind + colon != _OF_CASE or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        raise NotFound("paper_subject_unknown")
    return int(number)


def _file(work: Work, command: DraftPaper | IssuePaper) -> Dossier:
    """The case behind a paper, after every guard."""
    case = found(work, complaint_of(command.subject))
    language = "en" if command.language == "en" else "zh"
    file = dossier(work.store, case.id, language, work.now)
    earlier = file.plain["repeat_of"]
    if earlier is not None and untold(work.store, (earlier,), work.actor.staff):
        file = replace(file, plain=file.plain | {"repeat_of": None})
    require_issuer(file, command.form, work.actor.staff, work.roles)
    slips = len(parts_issued(work.store, "TS-03", command.subject))
    require_ground(file, command.form, command.part, slips)
    return file


def _taken(work: Work, paper_id: int, *, reading: bool = False) -> Issued:
    """The paper, for its issuer, who handles its case, and the desk; auditors read."""
    paper = issued(work.store, paper_id)
    is_of_case = paper.subject.startswith(_OF_CASE)
    mine = paper.issued_by == work.actor.staff or bool(_DESK & work.roles)
    if reading and Role.AUDITOR in work.roles:
        mine = True
    if paper.complaint is not None:
        case = known_to(work, paper.complaint)
        # Who received the visitor knows what he has written down of it.
        if is_of_case or paper.issued_by != work.actor.staff:
            require_inside(work, case)
        mine = mine or work.actor.staff in (case.handler, case.registered_by)
    if not mine:
        raise NotPermitted("complaint_part")
    return paper


def _is_reply(work: Work, paper: Issued) -> bool:
    if paper.form != "TS-06" or paper.complaint is None:
        return False
    case = found(work, paper.complaint)
    return case.state == State.DECIDED and paper.part == f"round:{case.round}"


def _is_try(work: Work, paper: Issued, command: DeliverPaper) -> bool:
    """Whether the answer could not be handed over and may be tried again; the third try in vain
    is the reply."""
    if command.mode != "not_reached" or paper.complaint is None:
        return False
    record_contact(work, RecordContact(paper.complaint, "in_person", reached=False))
    return tries_of(work, found(work, paper.complaint)) < TRIES


def _tell_longer(work: Work, paper: Issued, command: DeliverPaper) -> None:
    if paper.form != "TS-05" or paper.complaint is None or command.mode not in TOLD:
        return
    file = dossier(work.store, paper.complaint, "zh", work.now)
    one = longer(file, number_of(paper.part))
    same_day = local_date(command.at, work.zone) == local_date(work.now, work.zone)
    if not one.told_on and same_day:
        tell_extension(work, TellExtension(one.id, command.mode))


HANDLERS: dict[type, Handler] = {
    DraftPaper: Handler(draft_paper),
    IssuePaper: Handler(issue_paper, prepare_issue),
    OpenPaper: Handler(open_paper, prepare_open),
    NotePrinted: Handler(note_printed),
    DeliverPaper: Handler(deliver_paper, prepare_delivery),
    OpenProof: Handler(open_proof, prepare_proof),
}
