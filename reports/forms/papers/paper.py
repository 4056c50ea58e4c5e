"""Owns the printed form as a file: head and foot, and which form is a letter and which a grid;
reads no store and decides nothing."""

from __future__ import annotations

from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import from_ms
from branch.papers.form import Fields
from branch.papers.forms import FORMS
from branch.papers.head import Head
from reports.forms.papers.layout import Layout
from reports.forms.papers.letters import notice_parts, reply_parts
from reports.forms.papers.sheets import sheet_parts
from reports.forms.papers.words import filing_words, form_title, say
from reports.page import About
from reports.sheet import Letterhead, sheet_pages

REPLY: Final = "TS-06"
# They speak to somebody; every other form is a grid.
NOTICES: Final = frozenset({"TS-02A", "TS-02B", "TS-05", "TS-09"})


def paper_pdf(head: Head, fields: Fields) -> tuple[bytes, int]:
    """The paper as a PDF, and how many pages it has. The same head and fields give the same
    bytes; a character that no face has is told by its code.

    Its title names form and case and nobody; its keyword is the verification code.
    """
    roomy = head.form not in NOTICES
    layout = Layout(FORMS[head.form], head, fields, roomy=roomy)
    return sheet_pages(_parts(layout), _letterhead(layout), _about(head))


def _parts(layout: Layout) -> list[Flowable]:
    if layout.form.code == REPLY:
        return reply_parts(layout)
    if layout.form.code in NOTICES:
        return notice_parts(layout)
    return sheet_parts(layout)


def _letterhead(layout: Layout) -> Letterhead:
    head, language = layout.head, layout.language
    year, month = head.edition.split("-")
    number = head.case_number or head.number
    copy = "form_no" if head.copy == 1 else "form_copy"
    return Letterhead(
        branch=layout.spelled(head.branch_name),
        second=layout.spelled(head.branch_second),
        right=(
            say(copy, language, form=head.form, n=head.copy),
            number,
            say("verify", language, code=head.code),
        ),
        foot=say(
            "foot", language, form=head.form, year=year, month=int(month), branch=head.branch_code
        ),
        page_of=lambda n, m: say("page", language, n=n, m=m),
        code=f"TT:{head.form}:{number}:{head.code}",
        note=filing_words(head.form, head.part, language),
    )


def _about(head: Head) -> About:
    title = form_title(head.form, head.language, head.part)
    name = say("file", head.language, title=title, form=head.form, number=head.case_number)
    made_at = from_ms(head.issued_at, head.zone)
    return About(name.rstrip(), head.language, made_at, keywords=head.code, tagged=True)
