"""The papers of a case, which may be issued now, and whether one is ours; writes nothing.

Nobody sees papers of a complaint that is about himself: to him the case number is hidden even of a
paper that he holds in his hands.
"""

from __future__ import annotations

from dataclasses import replace

from branch.complaints.papers.dossier import dossier
from branch.complaints.papers.grounds import (
    FORMS_OF_CASE,
    due_of_form,
    may_issue,
    parts,
    require_ground,
    require_settings,
)
from branch.complaints.queries.desk import lines_of
from branch.complaints.recusal import kept_from
from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.store import Store
from branch.papers.head import Offer, PaperLine, Verified
from branch.papers.queries import (
    papers_of_complaint,
    parts_issued,
    verified_code,
    verified_file,
)
from branch.people.rules import may_read


def paper_offers(
    store: Store, staff: int, roles: frozenset[str], complaint: int, now: int
) -> tuple[Offer, ...]:
    """The papers that this person may make for the case, in the order of the forms; what may not
    be issued now says why. ``now`` in milliseconds."""
    if complaint in kept_from(store, staff):
        return ()
    try:
        file = dossier(store, complaint, "zh", now)
    except NotFound:
        return ()
    subject = f"complaint:{complaint}"
    newest: dict[tuple[str, str], int] = {}
    for line in papers_of_complaint(store, complaint):
        if line.subject == subject:
            newest[line.form, line.part] = max(line.copy, newest.get((line.form, line.part), 0))
    slips = len(parts_issued(store, "TS-03", subject))
    offers = []
    for form in FORMS_OF_CASE:
        if not may_issue(file, form, staff, roles):
            continue
        for part in parts(file, form, slips):
            blocked = ""
            try:
                require_ground(file, form, part, slips)
                require_settings(file, form)
            except RuleBroken as error:
                blocked = error.code
            offers.append(
                Offer(
                    form,
                    subject,
                    part,
                    newest.get((form, part), 0) + 1,
                    blocked,
                    due="" if blocked else due_of_form(file, form),
                )
            )
    return tuple(offers)


def papers_of(store: Store, staff: int, complaint: int) -> tuple[PaperLine, ...]:
    """What was issued for the case, the oldest first; nothing to whom it is about, nor where it
    is confidential and not for who asks."""
    if complaint in kept_from(store, staff) or any(
        line.withheld for line in lines_of(store, (complaint,), staff)
    ):
        return ()
    return papers_of_complaint(store, complaint)


def verify_code(store: Store, staff: int, roles: frozenset[str], code: str) -> Verified:
    """What a verification code tells, typed or scanned; raises BadInput (field ``code``) for
    what cannot be one."""
    return _shown(store, staff, roles, *verified_code(store, code))


def verify_file(store: Store, staff: int, roles: frozenset[str], data: bytes) -> Verified:
    """What a PDF tells: ours and unchanged, ours and changed, replaced by a copy, unknown."""
    return _shown(store, staff, roles, *verified_file(store, data))


def _shown(
    store: Store, staff: int, roles: frozenset[str], found: Verified, complaint: int | None
) -> Verified:
    hidden = complaint is not None and complaint in kept_from(store, staff)
    if hidden or not may_read("complaints", roles):
        return replace(found, case_number="", number="")
    return found
