"""What is handed from the rooms to paper and screen: the head of a paper and a draft; holds only.

A paper belongs to a subject ("complaint:117", "session:3") and to a part of it ("round:2",
"visit:9"; empty where there is one only). A copy above 1 is a correction of the same paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from branch.papers.form import Fields


@dataclass(frozen=True)
class Head:
    """The common head. ``number`` is the paper's own number or empty; ``code`` the verification
    code, "K7QF-2M9C-XW4T"; ``branch_second`` address and telephone in one line; ``issued_at`` in
    milliseconds; ``issued_by`` the name of who issues it."""

    form: str
    edition: str
    subject: str
    part: str
    case_number: str
    number: str
    copy: int
    code: str
    branch_name: str
    branch_code: str
    branch_second: str
    issued_at: int
    issued_by: str
    zone: ZoneInfo
    language: str


@dataclass(frozen=True)
class Draft:
    """What may be rendered and issued now. ``missing``: asked fields that are empty; ``spared``:
    asked fields that this case does not need; ``last``: the fields of the copy before."""

    head: Head
    fields: Fields
    missing: tuple[str, ...]
    spared: frozenset[str]
    snapshot_digest: str
    last: Fields | None

    def __repr__(self) -> str:
        return f"Draft({self.head.form}, {self.head.subject}, {self.head.copy})"


@dataclass(frozen=True)
class Material:
    """What a room has to say on a form: the case's number and its id (None without one), the
    fields, and which asked ones it spares."""

    case_number: str
    complaint: int | None
    fields: Fields
    spared: frozenset[str] = frozenset()
    number: str = ""

    def __repr__(self) -> str:
        return f"Material({self.case_number})"


@dataclass(frozen=True)
class Delivered:
    """One delivery or try. ``tracking``, ``receiver`` and ``witnesses`` as they were noted."""

    id: int
    mode: str
    at: int
    by: str
    tracking: str
    receiver: str
    witnesses: tuple[str, ...]
    proof: str
    received_on: str

    def __repr__(self) -> str:
        return f"Delivered({self.id}, {self.mode})"


@dataclass(frozen=True)
class PaperLine:
    """An issued paper in a list. ``replaced_by`` is the copy that took its place."""

    id: int
    form: str
    subject: str
    part: str
    copy: int
    number: str
    code: str
    language: str
    pages: int
    signed: bool
    issued_at: int
    issued_by: str
    printed: int
    last_printed_at: int | None
    replaced_by: int | None
    reason: str
    deliveries: tuple[Delivered, ...]

    def __repr__(self) -> str:
        return f"PaperLine({self.id})"


@dataclass(frozen=True)
class PaperContent:
    """An issued paper's bytes, as they were issued."""

    form: str
    case_number: str
    number: str
    copy: int
    data: bytes

    def __repr__(self) -> str:
        return f"PaperContent({self.form})"


@dataclass(frozen=True)
class Offer:
    """A paper that a case may get: ``blocked`` is empty or the code of the error that says why
    not now, ``values`` what its sentence wants; ``due`` the day by which it should go out."""

    form: str
    subject: str
    part: str
    next_copy: int
    blocked: str = ""
    values: tuple[tuple[str, str], ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Verified:
    """What is known of a code or a file. ``state``: unchanged, changed, replaced, unknown;
    ``case_number`` is empty for whom it is hidden from."""

    state: str
    form: str = ""
    case_number: str = ""
    number: str = ""
    copy: int = 0
    newest_copy: int = 0
    issued_at: int | None = None

    @property
    def known(self) -> bool:
        """Whether it is a paper of this branch."""
        return self.state != "unknown"


UNKNOWN = Verified("unknown")
