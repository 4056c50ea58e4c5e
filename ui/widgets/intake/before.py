"""Owns what a registration takes over of an earlier complaint of the same person; sends nothing.

What names him is shown masked and stays where nothing is typed: nobody sees more of him than the
case showed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from branch.complaints.description import Complainant, Matter
from branch.complaints.queries.detail import CaseDetail
from ui.models.visitor_words import document_tail_text
from ui.widgets.intake.draft import Draft, Source


@dataclass(frozen=True)
class Before:
    """The earlier complaint: its number, what the form begins with, what is ``known`` of him,
    masked, by field; nothing of an anonymous one."""

    number: str
    draft: Draft
    known: Mapping[str, str]


def known_of(detail: CaseDetail) -> Mapping[str, str]:
    """What names the complainant, masked, by field of the form."""
    values = detail.values
    tail = values["document_tail"]
    return {
        **detail.shown,
        "credit_code": values["credit_code"],
        "document_tail": document_tail_text(values["document"], tail) if tail else "",
    }


def registered_of(detail: CaseDetail) -> Complainant:
    """What is registered of the complainant without naming him."""
    values = detail.values
    return Complainant(
        document=values["document"],
        capacity=values["capacity"],
        authority=values["authority"],
        parties=detail.line.parties,
        anonymous=detail.line.anonymous,
        confidential=values["confidential"],
        reply_wish=values["reply_wish"],
    )


def before_of(detail: CaseDetail, received_at: int | None = None) -> Before:
    """The complainant, the channel and the classes, and whom it is about; what is new is told
    anew. ``received_at`` in milliseconds, None for now."""
    line, values = detail.line, detail.values
    who = registered_of(detail)
    matter = Matter(
        "",
        "",
        biz_channel=values["biz_channel"],
        biz_class=values["biz_class"],
        reason=values["reason"],
        sensitivity=frozenset(line.sensitivity),
    )
    draft = Draft(
        source=Source(channel=line.channel, forwarded=line.forwarded, received_at=received_at),
        # What was declared is declared anew; a kind of document goes with its number.
        who=replace(who, authority=False, document=""),
        matter=matter,
        subjects=detail.subject_ids,
        earlier=line.id,
    )
    return Before(line.number, draft, {} if line.anonymous else known_of(detail))
