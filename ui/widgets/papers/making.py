"""Owns how a paper becomes the bytes that are issued: rendered, and sealed where the branch has a
digital seal; for a thread beside the window."""

from __future__ import annotations

from branch.kernel.clock import from_ms
from branch.papers.commands import IssuePaper
from branch.papers.form import Fields
from branch.papers.forms import FORMS
from branch.papers.head import Draft, Head
from branch.papers.seal import Seal
from reports.digital_seal import sign_pdf
from reports.forms.papers.paper import paper_pdf


def preview_pdf(head: Head, fields: Fields) -> bytes:
    """The paper as it would be issued now, without a seal."""
    return paper_pdf(head, fields)[0]


def issue_command(draft: Draft, seal: Seal | None, typed: str, reason: str = "") -> IssuePaper:
    """The command that issues exactly this draft, with its PDF; only forms with a place for the
    seal are sealed. Raises BadInput and RuleBroken as sign_pdf does."""
    head = draft.head
    data, pages = paper_pdf(head, draft.fields)
    signed = seal is not None and FORMS[head.form].seal
    if seal is not None and signed:
        at = from_ms(head.issued_at, head.zone)
        data = sign_pdf(data, seal.certificate, seal.password, at)
    return IssuePaper(
        head.form,
        head.subject,
        head.part,
        head.language,
        typed,
        head.copy,
        head.issued_at,
        head.code,
        data,
        pages,
        reason,
        signed,
    )
