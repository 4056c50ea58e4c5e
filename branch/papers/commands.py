"""What may be done with papers, as commands; the rooms whose papers they are carry them out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DraftPaper:
    """Get what a form says now, in full: for its editor. ``typed`` is a JSON mapping of typed
    fields; an empty one begins with the copy before, or with what the case says."""

    form: str
    subject: str
    part: str = ""
    language: str = "zh"
    typed: str = "{}"

    def __repr__(self) -> str:
        return f"DraftPaper({self.form!r}, {self.subject!r}, {self.part!r})"


@dataclass(frozen=True)
class IssuePaper:
    """Issue a draft: from now on it is frozen; returns the paper's id.

    ``copy``, ``issued_at`` (milliseconds) and ``code`` are those of the draft's head, which stand
    on the ``pdf``. ``reason`` says why a copy above 1 is made.
    """

    form: str
    subject: str
    part: str
    language: str
    typed: str
    copy: int
    issued_at: int
    code: str
    pdf: bytes = field(repr=False)
    pages: int = 1
    reason: str = ""
    signed: bool = False

    def __repr__(self) -> str:
        return f"IssuePaper({self.form!r}, {self.subject!r}, {self.part!r}, {self.copy})"


@dataclass(frozen=True)
class OpenPaper:
    """Get the bytes of an issued paper; who did so stays on record."""

    paper: int


@dataclass(frozen=True)
class NotePrinted:
    """It was printed so many times more."""

    paper: int
    count: int = 1


@dataclass(frozen=True)
class DeliverPaper:
    """It went out, or a try: ``mode`` of PAPER_CODES["delivery"], ``at`` in milliseconds.

    ``receiver`` is who signed for what was handed over; ``tracking`` for the post; ``witnesses``
    the names of two when it was refused; ``proof`` a file (receipt, picture) or nothing;
    ``received_on`` ISO or empty.
    """

    paper: int
    mode: str
    at: int
    tracking: str = ""
    receiver: str = ""
    witnesses: tuple[str, ...] = ()
    proof: bytes = field(default=b"", repr=False)
    received_on: str = ""

    def __repr__(self) -> str:
        return f"DeliverPaper({self.paper}, {self.mode!r})"


@dataclass(frozen=True)
class OpenProof:
    """Get the proof of a delivery, to look at it; who did so stays on record."""

    delivery: int
