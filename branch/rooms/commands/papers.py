"""The record of a session as a paper: drafted at any time, issued once the session has ended.

The commands are those of the complaints' room, which knows nothing of sessions; opening, printing
and delivering is the same for every paper and stays there.
"""

from __future__ import annotations

from branch.complaints.case import note
from branch.complaints.commands.papers import draft_paper, issue_paper, prepare_issue
from branch.complaints.recusal import require_free
from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.papers import issuing
from branch.papers.commands import DraftPaper, IssuePaper
from branch.papers.head import Draft
from branch.papers.issuing import prepare_pdf
from branch.rooms.papers import FORM, material
from branch.rooms.records import SessionRow
from branch.rooms.session import Session, found, require_part

_OURS = "session:"
_CASE = Prepared(
    lambda session: SessionRow.select(SessionRow.complaint).where(SessionRow.id == session)
)


def draft(work: Work, command: DraftPaper) -> Draft:
    """The draft; raises NotPermitted to anybody but the two who received the visitor and the
    desk, NotFound to whom the complaint is about."""
    if not command.subject.startswith(_OURS):
        return draft_paper(work, command)
    session = _session(work, command)
    return issuing.draft(work, command, material(work, session, _language(command)))


def prepare(store: Store, command: IssuePaper, actor: Actor) -> str:
    """Put the PDF into the vault; raises NotFound to whom the complaint is about."""
    if not command.subject.startswith(_OURS):
        return prepare_issue(store, command, actor)
    row = _CASE.one(store, session=_number(command.subject))
    if row is None:
        raise NotFound("session_unknown")
    if row[0] is not None:
        require_free(store, row[0], actor.staff)
    return prepare_pdf(store, command)


def issue(work: Work, command: IssuePaper) -> int:
    """Issue it; raises RuleBroken before the session has ended, and as every paper."""
    if not command.subject.startswith(_OURS):
        return issue_paper(work, command)
    session = _session(work, command)
    if session.ended_at is None:
        raise RuleBroken("session_goes_on")
    digest = work.prepared
    assert isinstance(digest, str)  # prepare made it
    said = material(work, session, _language(command))
    paper = issuing.issue(work, command, said, digest)
    if session.complaint is not None:
        note(
            work,
            session.complaint,
            "paper_issued",
            paper=paper,
            form=command.form,
            copy=command.copy,
        )
    return paper


def _language(command: DraftPaper | IssuePaper) -> str:
    # Another one is refused with the rest of what the command says.
    return "en" if command.language == "en" else "zh"


def _session(work: Work, command: DraftPaper | IssuePaper) -> Session:
    if command.form != FORM or command.part:
        raise NotFound("form_unknown")
    session = found(work, _number(command.subject))
    require_part(work, session)
    return session


def _number(subject: str) -> int:
    digits = subject.removeprefix(_OURS)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise NotFound("session_unknown")
    return int(digits)


# In the place of the complaints' own handlers of these commands.
HANDLERS: dict[type, Handler] = {
    DraftPaper: Handler(draft),
    IssuePaper: Handler(issue, prepare),
}
