"""One complaint with all its handlers see: masked values, clocks, timeline; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from branch.complaints.alike import children_of, primary_of, state_of
from branch.complaints.archiving import archive_checks
from branch.complaints.case import FIELDS, Case
from branch.complaints.clocks import due_of
from branch.complaints.deadlines import (
    STAGES,
    Due,
    extension_level,
    hand_back_until,
    on_the_spot_until,
)
from branch.complaints.deciding import approver, decider_of
from branch.complaints.house import House, house_of
from branch.complaints.major import PLAN
from branch.complaints.queries.actions import SOURCES
from branch.complaints.queries.alike import renewed_by
from branch.complaints.queries.desk import CaseLine, lines_of
from branch.complaints.queries.histories import LocalTimes
from branch.complaints.queries.parts import files_of, reviews_of, visits_of
from branch.complaints.queries.prolonged import ExtensionLine, extension_lines
from branch.complaints.queries.withheld import without_content, without_others
from branch.complaints.records import (
    CaseTextRow,
    ComplaintRow,
    PauseRow,
)
from branch.complaints.recusal import MERGED, kept_from, touched
from branch.complaints.reviewing import may_review
from branch.complaints.rules import Who, steps_for, vacant
from branch.drills.queries.runs import incident_of
from branch.kernel.journal import Scalar, read_data
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.quality.queries import Action, actions_of
from branch.workdays.queries import work_calendar


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline: what happened (the journal's word), by whom, with its words."""

    revision: int
    at: int
    staff: int
    staff_name: str
    what: str
    data: dict[str, Scalar | list[str] | list[int]]
    text: str


@dataclass(frozen=True)
class PauseLine:
    """Days that do not count; ``end`` empty while open."""

    id: int
    kind: str
    start: str
    end: str


@dataclass(frozen=True)
class FileLine:
    """A file of the case."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    added_at: int
    adder: str


@dataclass(frozen=True)
class VisitLine:
    """A follow-up visit or a try."""

    id: int
    at: int
    visitor: str
    mode: str
    reached: bool
    satisfaction: str
    text: str
    next_step: str
    round: int
    kept: str


@dataclass(frozen=True)
class ReviewLine:
    """A re-review."""

    id: int
    applied_on: str
    due: str
    reviewer: str
    decision: str
    text: str


@dataclass(frozen=True)
class CaseDetail:
    """Everything about a case. ``values`` holds the plain columns (codes, texts) by name;
    personal ones stand masked in ``shown``. ``interested_ids`` are all who keep away without being
    a subject, ``merged_ids`` those of them who do for a complaint merged with this one.
    ``archiving`` as ``archive_checks`` gives it, ``primary_state`` where that stands which it is
    merged into (empty for none), ``children`` what is merged into this one, ``house`` the figures
    that hold now, ``decider`` as ``deciding`` says, ``approver`` too, for each level of a longer
    limit that who looks at it asks for; ``spot_until`` and ``hand_back_until`` are the last days
    for these steps (ISO, empty for none). ``may_review`` says whether who asks is new to
    the case, ``renewed`` is the number of a later complaint that names this one, where a visit
    agreed on one, ``incident`` the run of the emergency plan that is on for it."""

    line: CaseLine
    values: dict[str, Any]
    shown: dict[str, str]
    due: Due
    subjects: tuple[str, ...]
    interested: tuple[str, ...]
    subject_ids: frozenset[int]
    interested_ids: frozenset[int]
    merged_ids: frozenset[int]
    steps: tuple[str, ...]
    moments: tuple[Moment, ...]
    pauses: tuple[PauseLine, ...]
    extensions: tuple[ExtensionLine, ...]
    approver: Mapping[str, str]
    files: tuple[FileLine, ...]
    visits: tuple[VisitLine, ...]
    reviews: tuple[ReviewLine, ...]
    actions: tuple[Action, ...]
    archiving: Mapping[str, bool]
    primary_state: str
    children: tuple[int, ...]
    house: House
    decider: Who | None
    spot_until: str
    hand_back_until: str
    may_review: bool
    renewed: str
    incident: int | None


_PLAIN = (
    "round",
    "capacity",
    "confidential",
    "identity",
    "credit_code",
    "authority",
    "reply_wish",
    "parties",
    "facts",
    "claims",
    "basis",
    "amount",
    "incident_on",
    "incident_place",
    "biz_channel",
    "biz_class",
    "reason",
    "agency",
    "read_back",
    "slip_due",
    "handed_back",
    "proposed_ref",
    "proposed_by",
    "reported_by",
    "outcome",
    "finding",
    "cause",
    "systemic",
    "remedies",
    "redress",
    "verified",
    "statement",
    "grounds",
    "decision",
    "measures",
    "decided_on",
    "decided_by",
    "reply_mode",
    "notified_at",
    "reply_received_on",
    "satisfaction",
    "closed_at",
    "archived_at",
    "keep_until",
    "merged_into",
    "repeat_of",
    "ticket",
    "document",
    "document_tail",
)
_SEALED = ("phone", "address", "email", "agent_phone")
_ALL = Prepared(
    lambda complaint: ComplaintRow.select(
        *(getattr(ComplaintRow, name) for name in (*_PLAIN, *_SEALED)),
        ComplaintRow.legal_person,
        ComplaintRow.agent,
        ComplaintRow.representatives,
    ).where(ComplaintRow.id == complaint)
)
_CASE = Prepared(
    lambda complaint: ComplaintRow.select(*(getattr(ComplaintRow, name) for name in FIELDS)).where(
        ComplaintRow.id == complaint
    )
)
_MOMENTS = Prepared(
    lambda subject: (
        JournalRow.select(
            JournalRow.revision,
            JournalRow.at,
            JournalRow.staff,
            JournalRow.what,
            JournalRow.data,
        )
        .where(JournalRow.subject == subject, JournalRow.what.startswith("complaint."))
        .order_by(JournalRow.revision)
    )
)
_TEXTS = Prepared(
    lambda complaint: CaseTextRow.select(CaseTextRow.revision, CaseTextRow.text).where(
        CaseTextRow.complaint == complaint
    )
)
_PAUSES = Prepared(
    lambda complaint: (
        PauseRow.select(PauseRow.id, PauseRow.kind, PauseRow.start, PauseRow.end)
        .where(PauseRow.complaint == complaint)
        .order_by(PauseRow.id)
    )
)


def case_detail(
    store: Store, complaint: int, staff: int, roles: frozenset[str], today: date
) -> CaseDetail | None:
    """The case, or None when it is not there or concerns who asks; without its content where it
    is confidential and not for him."""
    hidden = kept_from(store, staff)
    if complaint in hidden:
        return None
    row = _CASE.one(store, complaint=complaint)
    if row is None:
        return None
    lines = lines_of(store, (complaint,), staff)
    if not lines:
        # Meanwhile it has been said that it is about who asks.
        return None
    line, case = lines[0], Case(*row)
    every = _ALL.one(store, complaint=complaint)
    assert every is not None  # the case is there
    members = staff_members(store)
    names = {member.id: member.name for member in members}
    values = dict(zip(_PLAIN, every, strict=False))
    sealed = dict(zip(_SEALED, every[len(_PLAIN) :], strict=False))
    legal_person, agent, representatives = every[-3:]
    texts = dict(_TEXTS.all(store, complaint=complaint))
    concerned = touched(store, complaint)
    calendar, house = work_calendar(store), house_of(store)
    visits = visits_of(store, complaint)
    detail = CaseDetail(
        line=line,
        values=values,
        shown={
            "name": line.shown_name,
            "legal_person": mask_name(legal_person),
            "agent": mask_name(agent),
            "representatives": "、".join(map(mask_name, representatives.split("\n")))
            if representatives
            else "",
            "phone": mask_phone(store.sealer.open(sealed["phone"], "complaint.phone")),
            "agent_phone": mask_phone(
                store.sealer.open(sealed["agent_phone"], "complaint.agent_phone")
            ),
            "address": "****" if sealed["address"] else "",
            "email": "****" if sealed["email"] else "",
        },
        due=due_of(store, case, today.isoformat(), calendar),
        subjects=tuple(names.get(one, "") for one, kind in concerned if kind == "subject"),
        interested=tuple(names.get(one, "") for one, kind in concerned if kind != "subject"),
        subject_ids=frozenset(one for one, kind in concerned if kind == "subject"),
        interested_ids=frozenset(one for one, kind in concerned if kind != "subject"),
        merged_ids=frozenset(one for one, kind in concerned if kind == MERGED),
        steps=steps_for(
            case.state,
            roles,
            case.handler == staff,
            case.kind,
            vacant(
                ((one.id, one.roles) for one in members if one.active),
                [one for one, _kind in concerned],
            ),
            handed_back=bool(case.handed_back),
        ),
        moments=tuple(
            Moment(
                revision,
                at,
                by,
                names.get(by, ""),
                what.removeprefix("complaint."),
                read_data(data),
                texts.get(revision, ""),
            )
            for revision, at, by, what, data in _MOMENTS.all(store, subject=str(complaint))
        ),
        pauses=tuple(PauseLine(*one) for one in _PAUSES.all(store, complaint=complaint)),
        extensions=extension_lines(store, complaint, members, {one for one, _kind in concerned}),
        approver={
            level: approver(members, {one for one, _kind in concerned}, level, staff)
            for level in map(extension_level, STAGES[1:])
        },
        files=tuple(
            FileLine(
                one.id,
                one.name,
                one.kind,
                one.size,
                one.digest,
                one.added_at,
                names.get(one.added_by, ""),
            )
            for one in files_of(store, complaint)
        ),
        visits=tuple(
            VisitLine(
                one.id,
                one.at,
                names.get(one.by, ""),
                one.mode,
                one.reached,
                one.satisfaction,
                one.text,
                one.next_step,
                one.round,
                one.kept,
            )
            for one in visits
        ),
        reviews=tuple(
            ReviewLine(
                one.id,
                one.applied_on,
                one.due,
                names.get(one.reviewer, ""),
                one.decision,
                one.text,
            )
            for one in reviews_of(store, complaint)
        ),
        actions=tuple(one for source in SOURCES for one in actions_of(store, source, complaint)),
        archiving=archive_checks(store, case),
        primary_state=state_of(store, primary_of(store, case.id)) if case.merged_into else "",
        children=children_of(store, case.id),
        house=house,
        decider=decider_of(store, case),
        spot_until=on_the_spot_until(
            date.fromisoformat(case.received_on), house.on_the_spot_workdays, calendar
        ).isoformat(),
        hand_back_until=""
        if case.assigned_at is None
        else hand_back_until(
            date.fromisoformat(LocalTimes(store).day(case.assigned_at)),
            house.hand_back_workdays,
            calendar,
        ).isoformat(),
        may_review=may_review(store, case, staff),
        renewed=renewed_by(store, complaint, hidden)
        if any(one.next_step == "new_complaint" for one in visits)
        else "",
        incident=incident_of(store, PLAN, "complaint", complaint),
    )
    return without_content(detail) if line.withheld else without_others(store, detail, staff)
