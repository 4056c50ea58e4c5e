"""Owns the register of a day on A4: who came, masked, grouped by how it ended; counts what it is
given and asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import from_ms
from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.register import VisitorLine
from branch.visitors.rules import State
from reports.figures import Figures
from reports.forms.register_words import coded, say
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import (
    INK_2,
    NOTE,
    SECTION,
    SMALL,
    TITLE,
    TITLE_HAN,
    Column,
    Grid,
    Words,
    sheet_pdf,
)
from reports.signing import SignatureCells

_KEEP = 90.0
_CAME = (
    Column(8.5, "centre"),
    Column(8.5, "centre"),
    Column(10.5),
    Column(27),
    Column(9),
    Column(19),
    Column(9, "centre"),
    Column(8.5),
)
_OTHERS = (Column(9, "centre"), Column(13), Column(14), Column(40), Column(12), Column(12))

# The groups in the order they are printed: who is inside is what the day's end has to settle.
_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("day_inside", frozenset({State.INSIDE})),
    ("day_left", frozenset({State.LEFT})),
    ("day_held", frozenset({State.HELD, State.REFUSED})),
    ("day_expected", frozenset({State.EXPECTED, State.CANCELLED, State.NO_SHOW})),
)


def register_day_pdf(
    lines: Sequence[VisitorLine], day: str, branch_name: BranchName, language: str, made_at: int
) -> bytes:
    """The register of ``day`` (YYYY-MM-DD) as a PDF, made at an instant (ms), to be signed by
    guard and supervisor (治安保卫条例 Art. 11(2)). The same lines give the same bytes."""
    origin = Origin(language, branch_name, made_at)
    head = origin.letterhead(say("day_foot", language))
    parts: list[Flowable] = [
        Words(
            say("day_title", language),
            TITLE if language == "en" else TITLE_HAN,
            align="centre",
            above=8,
            below=6,
        ),
        Words(day, colour=INK_2, align="centre", below=10),
    ]
    if lines:
        parts += [Figures(_figures(lines, language)), *_groups(lines, origin)]
    else:
        parts.append(Words(say("day_empty", language), align="centre", above=24, below=24))
    signatures = [say(key, language) for key in ("sign_guard", "sign_supervisor", "sign_date")]
    parts += [
        Words("", above=8, keep=60),
        SignatureCells(signatures),
        Words(say("day_basis", language), NOTE, colour=INK_2, above=6),
    ]
    about = About(say("day_file", language, day=day), language, from_ms(made_at, origin.zone))
    return sheet_pdf(parts, head, about)


def _figures(lines: Sequence[VisitorLine], language: str) -> list[tuple[str, str, str]]:
    counts = {key: sum(line.state in states for line in lines) for key, states in _GROUPS}
    counts = {"day_came": counts["day_inside"] + counts["day_left"], **counts}
    return [
        (say(key, language), say("people", language, n=count), "") for key, count in counts.items()
    ]


def _groups(lines: Sequence[VisitorLine], origin: Origin) -> list[Flowable]:
    parts: list[Flowable] = []
    for key, states in _GROUPS:
        chosen = [line for line in lines if line.state in states]
        if not chosen:
            continue
        heading = say("day_group", origin.language, group=say(key, origin.language), n=len(chosen))
        parts.append(Words(heading, SECTION, above=16, below=5, keep=_KEEP))
        came = key in ("day_inside", "day_left")
        parts.append(_came(chosen, origin) if came else _others(chosen, key, origin))
    return parts


def _came(lines: Sequence[VisitorLine], origin: Origin) -> Grid:
    keys = ("came", "left", "name", "matter", "host", "document", "badge", "area")
    rows = [
        (
            _clock(line.came_at, line.day, origin),
            _left(line, origin),
            line.shown_name,
            _matter(line, origin.language),
            line.host_name,
            _document(line, origin.language),
            line.badge,
            coded("area", line.area, origin.language),
        )
        for line in lines
    ]
    return Grid(_CAME, _head(keys, origin.language), rows, SMALL)


def _others(lines: Sequence[VisitorLine], group: str, origin: Origin) -> Grid:
    held = group == "day_held"
    keys = ("at" if held else "expected", "state", "name", "matter", "host", "area")
    rows = [
        (
            _clock(line.came_at if held else line.expected_at, line.day, origin),
            say(f"state_{line.state}", origin.language),
            line.shown_name,
            _matter(line, origin.language),
            line.host_name,
            coded("area", line.area, origin.language),
        )
        for line in lines
    ]
    return Grid(_OTHERS, _head(keys, origin.language), rows, SMALL)


def _head(keys: Sequence[str], language: str) -> list[str]:
    return [say(f"col_{key}", language) for key in keys]


def _clock(ms: int | None, day: str, origin: Origin) -> str:
    """hh:mm; with the date before it when it is not the sheet's own."""
    if ms is None:
        return ""
    moment = from_ms(ms, ZoneInfo(origin.branch.zone))
    return f"{moment:%H:%M}" if moment.date().isoformat() == day else f"{moment:%m-%d %H:%M}"


def _left(line: VisitorLine, origin: Origin) -> str:
    time = _clock(line.left_at, line.day, origin)
    if line.left_by == "day_end":
        return say("left_by_day_end", origin.language, time=time)
    return time


def _matter(line: VisitorLine, language: str) -> str:
    purpose = coded("purpose", line.purpose, language)
    if line.matter:
        purpose = say("matter", language, purpose=purpose, matter=line.matter)
    parts = [line.unit, purpose]
    if line.goods:
        parts.append(say("goods", language, goods=line.goods))
    if line.has_plate:
        parts.append(say("vehicle", language))
    return say("and_then", language).join(part for part in parts if part)


def _document(line: VisitorLine, language: str) -> str:
    text = coded("document", line.document, language) if line.document else ""
    if text and line.tail:
        text = say("document_tail", language, document=text, tail=line.tail)
    checked = say("checked_by", language, name=line.checked_by) if line.checked_by else ""
    return say("and_then", language).join(part for part in (text, checked) if part)
