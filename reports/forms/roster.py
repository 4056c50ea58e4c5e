"""Owns the list of everybody inside on A4, to be ticked off with a pen at the meeting point;
finds nobody and marks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import MS_PER_MINUTE, from_ms
from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.roster import Roster, Somebody
from reports.figures import Figures
from reports.forms.register_words import coded, place, say
from reports.letterhead import Origin
from reports.page import About, break_lines
from reports.sheet import (
    DANGER,
    INK,
    INNER,
    MM,
    RULE,
    SECTION,
    SMALL,
    STRONG,
    TITLE,
    TITLE_HAN,
    WIDTH,
    Part,
    Words,
    sheet_pdf,
    write_lines,
)
from reports.signing import SignatureCells
from reports.typeface import Face, Style

# By whom the list begins: who cannot leave alone is looked for first.
KINDS = ("assisted", "staff", "visitor", "customer", "unlisted")
# Names and ticket numbers are short: two stand beside each other.
_TWO_ACROSS = frozenset({"staff", "customer"})
_BLANK_LINES = 6
_STALE_MS = 2 * MS_PER_MINUTE

_ROW = 9.5 * MM
_BOX = 5.5 * MM
_NAME = Style(Face.SANS_BOLD, 12, 16)
_AS_OF = Style(Face.SANS_BOLD, 14.25, 20)
_GAP = 6 * MM


def roster_pdf(
    roster: Roster,
    branch_name: BranchName,
    language: str,
    made_at: int,
    marks: Mapping[tuple[str, int], str] | None = None,
) -> bytes:
    """The list as a PDF, printed at an instant (ms). ``marks`` are states of a roll call by kind
    and ref: who is marked already is ticked. Whoever was added by hand is of kind "unlisted".

    Names stand in full: somebody has to be called by name (PIPL Art. 13(1)(4)).
    """
    origin = Origin(language, branch_name, made_at)
    as_of = f"{from_ms(roster.at, origin.zone):%Y-%m-%d %H:%M}"
    parts: list[Flowable] = [
        Words(
            say("roster_title", language),
            TITLE if language == "en" else TITLE_HAN,
            align="centre",
            above=4,
            below=2,
        ),
        Words(say("roster_as_of", language, time=as_of), _AS_OF, align="centre", below=8),
    ]
    if made_at - roster.at > _STALE_MS:
        stale = say("roster_stale", language, time=as_of)
        parts.append(Words(stale, STRONG, colour=DANGER, align="centre", below=8))
    parts.append(Figures(_figures(roster, language)))
    parts += _lists(roster, language, marks or {})
    labels = [say(f"roster_{key}", language) for key in ("counted", "time", "sign")]
    parts += [Words("", above=10, keep=40), SignatureCells(labels)]
    head = origin.letterhead(say("roster_foot", language))
    about = About(say("roster_file", language, time=as_of), language, from_ms(made_at, origin.zone))
    return sheet_pdf(parts, head, about)


def _figures(roster: Roster, language: str) -> list[tuple[str, str, str]]:
    counts = {"all": len(roster.people)}
    counts |= {kind: len(roster.of(kind)) for kind in KINDS[:-1]}
    return [
        (say(f"roster_{kind}", language), say("people", language, n=count), "")
        for kind, count in counts.items()
    ]


def _lists(roster: Roster, language: str, marks: Mapping[tuple[str, int], str]) -> list[Flowable]:
    parts: list[Flowable] = []
    if not roster.people:
        parts.append(Words(say("roster_nobody", language), above=14))
    for kind in KINDS:
        people = [
            _Line(person.label, _detail(person, language), marks.get((kind, person.ref), ""))
            for person in roster.of(kind)
        ]
        if kind == "unlisted":
            people += [_Line("", "", "")] * _BLANK_LINES
        if not people:
            continue
        across = 2 if kind in _TWO_ACROSS else 1
        name = say(f"roster_{kind}", language)
        count = len(roster.of(kind))
        heading = say("day_group", language, group=name, n=count) if count else name
        parts.append(Words(heading, SECTION, above=12, below=3, keep=2 * _ROW))
        parts.append(_Rows(people, across, _Boxes(language)))
    return parts


def _detail(person: Somebody, language: str) -> str:
    needs = say("between", language).join(coded("help", need, language) for need in person.help)
    host = say("roster_host", language, name=person.host) if person.host else ""
    facts = (needs, person.badge, place(person.place, language), person.unit, host)
    return say("and_then", language).join(fact for fact in facts if fact)


@dataclass(frozen=True, slots=True)
class _Line:
    """Somebody as the list has him; ``state`` as a roll call has marked him, or nothing."""

    label: str
    detail: str
    state: str


class _Boxes:
    """The boxes at the end of a line with their words."""

    def __init__(self, language: str) -> None:
        self._words = {state: say(f"roster_{state}", language) for state in ("safe", "missing")}
        self._not_here = say("roster_not_here", language)
        self._steps = [
            _BOX + 1.5 * MM + SMALL.width(word) + 3.5 * MM for word in self._words.values()
        ]
        self.width = sum(self._steps)

    def draw(self, canvas: Canvas, x: float, middle: float, state: str) -> None:
        """At x, around the line's middle."""
        if state == "not_here":
            write_lines(canvas, x, middle + STRONG.leading / 2, [self._not_here], STRONG, INK)
            return
        for (name, word), step in zip(self._words.items(), self._steps, strict=True):
            canvas.setStrokeColor(HexColor(INK))
            canvas.setLineWidth(1)
            canvas.rect(x, middle - _BOX / 2, _BOX, _BOX)
            if state == name:
                canvas.setLineWidth(2)
                tick = canvas.beginPath()
                tick.moveTo(x + 0.2 * _BOX, middle)
                tick.lineTo(x + 0.42 * _BOX, middle - 0.25 * _BOX)
                tick.lineTo(x + 0.82 * _BOX, middle + 0.28 * _BOX)
                canvas.drawPath(tick, stroke=1, fill=0)
            left = x + _BOX + 1.5 * MM
            write_lines(canvas, left, middle + SMALL.leading / 2, [word], SMALL, INK)
            x += step


class _Rows(Part):
    """People with boxes, one or two across; where a page ends it breaks between rows."""

    def __init__(self, people: Sequence[_Line], across: int, boxes: _Boxes) -> None:
        self._people, self._across, self._boxes = people, across, boxes
        self._cell = (WIDTH - (across - 1) * _GAP) / across
        words = self._cell - boxes.width - 2 * MM
        self._name = words * (0.54 if across == 2 else 0.3)
        cells = [
            (
                break_lines(person.label, _NAME, self._name - 2 * MM),
                break_lines(person.detail, SMALL, words - self._name),
                person.state,
            )
            for person in people
        ]
        self._rows = [cells[at : at + across] for at in range(0, len(cells), across)]
        self._heights = [
            max(
                max(_ROW, len(name) * _NAME.leading + 6, len(detail) * SMALL.leading + 6)
                for name, detail, _state in row
            )
            for row in self._rows
        ]
        super().__init__(sum(self._heights))

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The rows that still fit, and the rest."""
        fit = 0
        while fit < len(self._heights) and sum(self._heights[: fit + 1]) <= height:
            fit += 1
        if not 0 < fit < len(self._rows):
            return []
        at = fit * self._across
        return [
            _Rows(people, self._across, self._boxes)
            for people in (self._people[:at], self._people[at:])
        ]

    def draw(self) -> None:
        """Row by row, a rule under each."""
        canvas, y = self.canv, self.height
        for row, height in zip(self._rows, self._heights, strict=True):
            middle = y - height / 2
            y -= height
            for at, (name, detail, state) in enumerate(row):
                x = at * (self._cell + _GAP)
                top = middle + len(name) * _NAME.leading / 2
                write_lines(canvas, x, top, name, _NAME, INK)
                top = middle + len(detail) * SMALL.leading / 2
                write_lines(canvas, x + self._name, top, detail, SMALL, INK)
                self._boxes.draw(canvas, x + self._cell - self._boxes.width, middle, state)
                canvas.setStrokeColor(HexColor(RULE))
                canvas.setLineWidth(INNER)
                canvas.line(x, y, x + self._cell, y)
