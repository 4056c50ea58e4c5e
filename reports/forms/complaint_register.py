"""Owns the register of complaints as a table that leaves the branch, as CSV and as a spreadsheet;
reads nothing, masks nothing and judges nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]

from branch.complaints.codes import OUTCOMES_REFERRED
from branch.complaints.queries.register import RegisterRow
from branch.kernel.clock import from_ms
from reports.forms.complaint_words import code_word, code_words, say
from reports.letterhead import Origin

Cell = str | int | float | None
# A spreadsheet would take a text that begins with one of these for a formula.
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDE: Final = frozenset(
    {
        "facts",
        "claims",
        "verified",
        "grounds",
        "decision",
        "measures",
        "longer",
        "visit",
        "accountability",
    }
)
_WIDTHS: Final = {"number": 25, "title": 34, "name": 10, "phone": 15}


@dataclass(frozen=True)
class Register:
    """The rows of a period, and what they were taken from.

    ``head`` is the newest revision of the journal and its hash when they were taken, ``made_by``
    the name of who took them.
    """

    rows: Sequence[RegisterRow]
    first: str
    last: str
    head: tuple[int, str]
    made_by: str


def file_name(register: Register, origin: Origin) -> str:
    """What the file is called, without its suffix."""
    span = {"first": register.first, "last": register.last}
    return say("register_file", origin.language, **span)


def register_csv(register: Register, origin: Origin) -> bytes:
    """The register as CSV, with the mark at its head that spreadsheets need to read Chinese."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerows(_facts(register, origin))
    table.writerow(())
    table.writerow(_heads(origin.language))
    for row in register.rows:
        table.writerow([_plain(cell) for cell in _cells(row, origin)])
    return text.getvalue().encode("utf-8-sig")


def register_xlsx(register: Register, origin: Origin) -> bytes:
    """The register as a spreadsheet: a sheet of rows to filter, one that says where they are from.

    The same register gives the same bytes.
    """
    data = io.BytesIO()
    language = origin.language
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    made = from_ms(origin.made_at, origin.zone).replace(tzinfo=None)
    book.set_properties({"title": file_name(register, origin), "created": made})
    sheet = book.add_worksheet(say("register_sheet", language))
    strong = book.add_format({"bold": True, "bg_color": "#F1F3F6", "text_wrap": True, "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    for at, (key, head) in enumerate(zip(_COLUMNS, _heads(language), strict=True)):
        sheet.write_string(0, at, head, strong)
        sheet.set_column(at, at, 44 if key in _WIDE else _WIDTHS.get(key, 13))
    for line, row in enumerate(register.rows, 1):
        for at, (key, cell) in enumerate(zip(_COLUMNS, _cells(row, origin), strict=True)):
            look = wrapped if key in _WIDE else top
            if isinstance(cell, str):
                sheet.write_string(line, at, cell, look)
            elif cell is not None:
                sheet.write_number(line, at, cell, look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(register.rows), 1), len(_COLUMNS) - 1)
    about = book.add_worksheet(say("about_sheet", language))
    about.set_column(0, 0, 22)
    about.set_column(1, 1, 90)
    for line, (label, text) in enumerate(_facts(register, origin)):
        about.write_string(line, 0, label, strong)
        about.write_string(line, 1, text, wrapped)
    book.close()
    return data.getvalue()


def _facts(register: Register, origin: Origin) -> list[tuple[str, str]]:
    language = origin.language
    revision, digest = register.head
    made = from_ms(origin.made_at, origin.zone)
    return [
        (say("branch", language), origin.branch.name.text(language)),
        (say("branch_code", language), origin.branch.code),
        (say("period", language), f"{register.first} – {register.last}"),
        (say("rows", language), str(len(register.rows))),
        (say("made", language), f"{made:%Y-%m-%d %H:%M}"),
        (say("made_by", language), register.made_by),
        (say("head", language), str(revision)),
        (say("head_hash", language), digest),
        (say("notes", language), say("register_note", language)),
    ]


def _heads(language: str) -> list[str]:
    return [say(f"column.{key}", language) for key in _COLUMNS]


def _cells(row: RegisterRow, origin: Origin) -> list[Cell]:
    return [make(row, origin) for make in _COLUMNS.values()]


def _plain(cell: Cell) -> Cell:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULAS):
        return f"'{cell}"
    return cell


def _code(dimension: str, name: str = "") -> Callable[[RegisterRow, Origin], Cell]:
    """A column of codes in words; empty where there is none."""

    def cell(row: RegisterRow, origin: Origin) -> Cell:
        code: str = getattr(row, name or dimension)
        return code_word(dimension, code, origin.language) if code else ""

    return cell


def _codes(dimension: str, name: str) -> Callable[[RegisterRow, Origin], Cell]:
    return lambda row, origin: code_words(dimension, getattr(row, name), origin.language)


def _field(name: str) -> Callable[[RegisterRow, Origin], Cell]:
    def cell(row: RegisterRow, _origin: Origin) -> Cell:
        found: Cell = getattr(row, name)
        return found

    return cell


def _money(name: str) -> Callable[[RegisterRow, Origin], Cell]:
    def cell(row: RegisterRow, _origin: Origin) -> Cell:
        fen: int | None = getattr(row, name)
        return None if fen is None else fen / 100

    return cell


def _yes(holds: Callable[[RegisterRow], bool]) -> Callable[[RegisterRow, Origin], Cell]:
    return lambda row, origin: say("yes" if holds(row) else "no", origin.language)


def _outcome(row: RegisterRow, origin: Origin) -> Cell:
    """Why it was not accepted, or to whom it was referred."""
    if row.outcome == "on_the_spot":
        return say("on_the_spot", origin.language)
    dimension = "referred" if row.outcome in OUTCOMES_REFERRED else "refusal"
    return code_word(dimension, row.outcome, origin.language) if row.outcome else ""


def _reached(row: RegisterRow, origin: Origin) -> Cell:
    """What came of the follow-up visit; empty without one."""
    if row.reached is None:
        return ""
    return say("visit.reached" if row.reached else "visit.not_reached", origin.language)


def _shown_name(row: RegisterRow, origin: Origin) -> Cell:
    return code_word("identity", "anonymous", origin.language) if row.anonymous else row.name


# The columns in their order (complaints.md 1.4), and what stands in each.
_COLUMNS: Final[dict[str, Callable[[RegisterRow, Origin], Cell]]] = {
    "branch": lambda _row, origin: origin.branch.name.text(origin.language),
    "branch_code": lambda _row, origin: origin.branch.code,
    "number": _field("number"),
    "kind": _code("kind"),
    "state": _code("state"),
    "channel": _code("channel"),
    "forwarded": _code("forwarded"),
    "received_on": _field("received_on"),
    "registered_on": _field("registered_on"),
    "accepted_on": _field("accepted_on"),
    "closed_on": _field("closed_on"),
    "name": _shown_name,
    "capacity": _code("capacity"),
    "document": _field("document"),
    "phone": _field("phone"),
    "email": _field("email"),
    "parties": _field("parties"),
    "severity": _code("severity"),
    "urgency": _code("urgency"),
    "sensitivity": _codes("sensitivity", "sensitivity"),
    "incident_on": _field("incident_on"),
    "biz_channel": _code("biz_channel"),
    "biz_channel_code": lambda row, _origin: row.standards[0],
    "biz_class": _code("biz_class"),
    "biz_class_code": lambda row, _origin: row.standards[1],
    "reason": _code("reason"),
    "reason_code": lambda row, _origin: row.standards[2],
    "amount": _money("amount"),
    "title": _field("title"),
    "facts": _field("facts"),
    "claims": _field("claims"),
    "handler": _field("handler"),
    "verified": _field("verified"),
    "grounds": _field("grounds"),
    "decision": _field("decision"),
    "finding": _code("finding"),
    "liability": _code("liability"),
    "accountability": _field("accountability"),
    "cause": _code("cause"),
    "systemic": _code("systemic"),
    "remedies": _codes("remedy", "remedies"),
    "redress": _money("redress"),
    "small": _yes(lambda row: row.small),
    "measures": _field("measures"),
    "outcome": _outcome,
    "legal_due": _field("legal_due"),
    "house_due": _field("house_due"),
    "extended": lambda row, _origin: row.extended or None,
    "longer": _field("longer"),
    "reply_needed": _yes(lambda row: not row.anonymous),
    "reply_wish": _code("reply_wish"),
    "replied": _yes(lambda row: bool(row.told_on)),
    "told_on": _field("told_on"),
    "mode": _code("mode"),
    "gross_days": _field("gross_days"),
    "net_days": _field("net_days"),
    "late": _yes(lambda row: row.late),
    "stood": _code("state", "stood"),
    "visited": _yes(lambda row: bool(row.visited_on)),
    "visited_on": _field("visited_on"),
    "visitor": _field("visitor"),
    "reached": _reached,
    "satisfaction": _code("satisfaction"),
    "visit": _field("visit"),
    "escalated": _yes(lambda row: row.level > 0),
    "major": _yes(lambda row: row.major),
    "repeat_of": _field("repeat_of"),
    "merged_into": _field("merged_into"),
    "re_review": _code("re_review"),
}
