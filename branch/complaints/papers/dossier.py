"""Everything a paper of a complaint is filled from, read once and in full; shows it to nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from branch.complaints.case import FIELDS, Case
from branch.complaints.clocks import due_of
from branch.complaints.deadlines import Due
from branch.complaints.records import (
    CaseFileRow,
    CaseTextRow,
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    ReReviewRow,
    SubjectRow,
)
from branch.kernel.clock import local_date
from branch.kernel.errors import NotFound
from branch.kernel.journal import read_data
from branch.kernel.phrases import phrases
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.setting import text_setting
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import Role

_MORE = (
    "capacity",
    "reply_wish",
    "address",
    "email",
    "phone",
    "document",
    "document_tail",
    "credit_code",
    "legal_person",
    "agent",
    "authority",
    "representatives",
    "facts",
    "claims",
    "basis",
    "amount",
    "incident_on",
    "incident_place",
    "urgency",
    "sensitivity",
    "read_back",
    "slip_due",
    "outcome",
    "systemic",
    "remedies",
    "statement",
    "repeat_of",
    "paused",
)
_SEALED = ("phone", "address", "email")
_CASE = Prepared(
    lambda complaint: ComplaintRow.select(
        *(getattr(ComplaintRow, name) for name in (*FIELDS, *_MORE))
    ).where(ComplaintRow.id == complaint)
)
_NUMBER = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.number).where(ComplaintRow.id == complaint)
)
_TOUCHED = Prepared(
    lambda complaint: SubjectRow.select(SubjectRow.staff, SubjectRow.interest).where(
        SubjectRow.complaint == complaint
    )
)
_FILES = Prepared(
    lambda complaint: (
        CaseFileRow.select(CaseFileRow.name, CaseFileRow.kind, CaseFileRow.digest)
        .where(CaseFileRow.complaint == complaint, CaseFileRow.removed_at.is_null())
        .order_by(CaseFileRow.id)
    )
)
_EXTENSIONS = Prepared(
    lambda complaint: (
        ExtensionRow.select(
            ExtensionRow.id,
            ExtensionRow.days,
            ExtensionRow.level,
            ExtensionRow.approved_on,
            ExtensionRow.approved_by,
            ExtensionRow.told_on,
            ExtensionRow.refused_by,
        )
        .where(ExtensionRow.complaint == complaint)
        .order_by(ExtensionRow.id)
    )
)
_VISITS = Prepared(
    lambda complaint: (
        FollowUpRow.select(
            FollowUpRow.id,
            FollowUpRow.round,
            FollowUpRow.at,
            FollowUpRow.by,
            FollowUpRow.mode,
            FollowUpRow.reached,
            FollowUpRow.satisfaction,
            FollowUpRow.kept,
            FollowUpRow.text,
            FollowUpRow.next_step,
        )
        .where(FollowUpRow.complaint == complaint)
        .order_by(FollowUpRow.id)
    )
)
_REVIEWS = Prepared(
    lambda complaint: (
        ReReviewRow.select(
            ReReviewRow.id,
            ReReviewRow.applied_on,
            ReReviewRow.decision,
            ReReviewRow.text,
            ReReviewRow.told_on,
        )
        .where(ReReviewRow.complaint == complaint)
        .order_by(ReReviewRow.id)
    )
)
_ENTRIES = Prepared(
    lambda subject, what: (
        JournalRow.select(JournalRow.revision, JournalRow.staff, JournalRow.data)
        .where(JournalRow.subject == subject, JournalRow.what == what)
        .order_by(JournalRow.revision.desc())
    )
)
_TEXT = Prepared(
    lambda revision: CaseTextRow.select(CaseTextRow.text).where(CaseTextRow.revision == revision)
)
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_BRANCH = Prepared(lambda: BranchRow.select(BranchRow.name_zh, BranchRow.name_en, BranchRow.zone))


@dataclass(frozen=True)
class Entry:
    """What was said when something happened to the case, by whom, with what data."""

    staff: int
    text: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A case in full, in one language. ``plain`` are the columns beside those of ``case``, opened;
    rows of the parts are tuples in the order of their queries."""

    store: Store
    case: Case
    plain: dict[str, Any]
    language: str
    now: int
    zone: ZoneInfo
    branch_name: str
    names: dict[int, str]
    roles: dict[int, frozenset[str]]
    subjects: tuple[int, ...]
    touched: frozenset[int]
    files: tuple[tuple[str, str, str], ...]
    extensions: tuple[tuple[Any, ...], ...]
    visits: tuple[tuple[Any, ...], ...]
    reviews: tuple[tuple[Any, ...], ...]

    def __repr__(self) -> str:
        return f"Dossier({self.case.id})"

    @property
    def today(self) -> date:
        """The branch's local day."""
        return local_date(self.now, self.zone)

    @property
    def due(self) -> Due:
        """The due days as things stand."""
        return due_of(self.store, self.case, self.today.isoformat())

    def name(self, staff: int | None) -> str:
        """The name of a member of staff, empty for none."""
        return self.names.get(staff, "") if staff is not None else ""

    def say(self, key: str, **values: object) -> str:
        """A sentence of the letters."""
        return phrases("letters").say(key, self.language, **values)

    def day(self, day: date) -> str:
        """A day as a letter writes it."""
        month = _MONTHS[day.month - 1] if self.language == "en" else day.month
        return self.say("day", year=day.year, month=month, day=day.day)

    def setting(self, key: str) -> str:
        """A text of the branch's letters."""
        return text_setting(self.store, key)

    def joined(self, words: tuple[str, ...]) -> str:
        """Words one after another."""
        return self.say("between").join(word for word in words if word)

    def entry(self, what: str, suits: Callable[[dict[str, Any]], bool] | None = None) -> Entry:
        """The newest entry of this kind that suits; an empty one where there is none."""
        rows = _ENTRIES.all(self.store, subject=str(self.case.id), what=f"complaint.{what}")
        for revision, staff, data in rows:
            values = dict(read_data(data))
            if suits is None or suits(values):
                text = _TEXT.one(self.store, revision=revision)
                return Entry(staff, text[0] if text else "", values)
        return Entry(0, "", {})

    def desk(self) -> tuple[str, ...]:
        """Contacts A and B of the desk: officers first, then the branch's head, none touched."""
        order = (Role.COMPLAINT_OFFICER, Role.BRANCH_MANAGER)
        return tuple(
            self.names[staff]
            for role in order
            for staff, roles in sorted(self.roles.items())
            if role in roles and staff not in self.touched
        )

    def other_number(self, complaint: int | None) -> str:
        """The number of another case, empty for none."""
        row = _NUMBER.one(self.store, complaint=complaint) if complaint is not None else None
        return row[0] if row else ""


def dossier(store: Store, complaint: int, language: str, now: int) -> Dossier:
    """Read a case in full; ``now`` in milliseconds. Raises NotFound."""
    row = _CASE.one(store, complaint=complaint)
    if row is None:
        raise NotFound("complaint_unknown")
    case = Case(*row[: len(FIELDS)])
    plain = dict(zip(_MORE, row[len(FIELDS) :], strict=True))
    for name in _SEALED:
        plain[name] = store.sealer.open(plain[name], f"complaint.{name}")
    branch = _BRANCH.one(store)
    assert branch is not None  # a complaint is kept in a branch
    members = staff_members(store)
    touched = _TOUCHED.all(store, complaint=complaint)
    return Dossier(
        store=store,
        case=case,
        plain=plain,
        language=language,
        now=now,
        zone=ZoneInfo(branch[2]),
        branch_name=branch[1] if language == "en" else branch[0],
        names={member.id: member.name for member in members},
        roles={member.id: member.roles for member in members if member.active},
        subjects=tuple(one for one, kind in touched if kind == "subject"),
        touched=frozenset(one for one, _kind in touched),
        files=tuple((one[0], one[1], one[2]) for one in _FILES.all(store, complaint=complaint)),
        extensions=tuple(_EXTENSIONS.all(store, complaint=complaint)),
        visits=tuple(_VISITS.all(store, complaint=complaint)),
        reviews=tuple(_REVIEWS.all(store, complaint=complaint)),
    )
