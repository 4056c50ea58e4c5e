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
from branch.complaints.queries.parts import (
    CaseFile,
    Extension,
    Review,
    Visit,
    extensions_of,
    files_of,
    reviews_of,
    visits_of,
)
from branch.complaints.records import CaseTextRow, ComplaintRow
from branch.complaints.recusal import touched
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
    revision: int = 0


@dataclass(frozen=True)
class Dossier:
    """A case in full, in one language. ``plain`` are the columns beside those of ``case``."""

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
    files: tuple[CaseFile, ...]
    extensions: tuple[Extension, ...]
    visits: tuple[Visit, ...]
    reviews: tuple[Review, ...]

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

    def entry(
        self,
        what: str,
        suits: Callable[[dict[str, Any]], bool] | None = None,
        before: int | None = None,
    ) -> Entry:
        """The newest entry of this kind that suits, from ``before`` a revision where one is given;
        an empty one where there is none."""
        rows = _ENTRIES.all(self.store, subject=str(self.case.id), what=f"complaint.{what}")
        for revision, staff, data in rows:
            if before is not None and revision >= before:
                continue
            values = dict(read_data(data))
            if suits is None or suits(values):
                text = _TEXT.one(self.store, revision=revision)
                return Entry(staff, text[0] if text else "", values, revision)
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
    concerned = touched(store, complaint)
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
        subjects=tuple(one for one, kind in concerned if kind == "subject"),
        touched=frozenset(one for one, _kind in concerned),
        files=files_of(store, complaint),
        extensions=extensions_of(store, complaint),
        visits=visits_of(store, complaint),
        reviews=reviews_of(store, complaint),
    )
