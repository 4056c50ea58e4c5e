"""Owns the monthly, quarterly and annual sheet of complaints on A4, for the house and for outside;
counts nothing and keeps nothing back by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from branch.complaints.closings import BANDS
from branch.complaints.codes import CAUSES, FINDINGS
from branch.complaints.queries.handlers import HandlerCases
from branch.complaints.queries.late import LateCases
from branch.complaints.queries.months import Month, Week
from branch.complaints.sharing import Shown, count_shared, shown
from branch.complaints.statistics import DIMENSIONS, HOWS, Statistics
from branch.kernel.clock import from_ms
from reports.figures import Figures
from reports.forms.complaint_parts import (
    DISCLOSED,
    crossed,
    disclosure,
    handlers,
    heading,
    late,
    months,
    rates,
    weeks,
)
from reports.forms.complaint_words import code_word, percent, say, yuan
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import (
    INK_2,
    SMALL,
    TITLE,
    TITLE_HAN,
    Column,
    Grid,
    Words,
    sheet_pdf,
)

_HASH_SHOWN = 16
_COUNTS = (Column(46), *(Column(18, "centre"),) * 3)
_PAIRS = (Column(56), *(Column(22, "centre"),) * 2)
_CONTENT = ("satisfied", "dissatisfied", "unanswered", "unasked")


@dataclass(frozen=True)
class Sheet:
    """A period beside the one before, and what it was counted from.

    ``kind`` is "month", "quarter" or "year"; ``outside`` leaves out what tells of single people
    (see branch.complaints.sharing). ``head`` is the journal's newest revision and hash;
    ``handlers`` is None for who may not read by whom complaints are handled.
    """

    kind: str
    now: Statistics
    before: Statistics
    months: Sequence[Month]
    weeks: Sequence[Week]
    handlers: Sequence[HandlerCases] | None
    late: LateCases
    head: tuple[int, str]
    outside: bool = False


def sheet_name(sheet: Sheet, language: str) -> str:
    """What the file is called, without its suffix."""
    return say("sheet_file", language, first=sheet.now.first, last=sheet.now.last)


def complaint_sheet_pdf(sheet: Sheet, origin: Origin) -> bytes:
    """The sheet as a PDF. The same figures give the same bytes."""
    revision, digest = sheet.head
    language = origin.language
    foot = say("foot", language, revision=revision, hash=digest[:_HASH_SHOWN])
    head = origin.letterhead(foot)
    about = About(sheet_name(sheet, language), language, from_ms(origin.made_at, origin.zone))
    return sheet_pdf(complaint_sheet_parts(sheet, language), head, about)


def complaint_sheet_parts(sheet: Sheet, language: str) -> list[Flowable]:
    """The book, times, results, classes, causes, months, late cases, notes."""
    return _Paper(sheet, language).parts()


class _Paper:
    """A sheet being written."""

    def __init__(self, sheet: Sheet, language: str) -> None:
        self._sheet, self._language = sheet, language
        self._now = shown(sheet.now, outside=sheet.outside)
        self._before = shown(sheet.before, outside=sheet.outside)

    def parts(self) -> list[Flowable]:
        """Everything, to flow over pages."""
        say_, language = self._say, self._language
        title = TITLE if language == "en" else TITLE_HAN
        span = say_("span", first=self._sheet.now.first, last=self._sheet.now.last)
        found: list[Flowable] = [
            Words(say_(f"title_{self._sheet.kind}"), title, align="centre", above=8, below=8),
            Words(span, colour=INK_2, align="centre", below=12),
        ]
        if not any(self._sheet.now.ledger.ended.values()) and not self._any_open():
            return [*found, Words(say_("no_cases"), above=14), *self._notes()]
        return [
            *found,
            Figures(self._figures()),
            *self._disclosed(),
            self._heading("section_book"),
            self._pairs(self._book()),
            self._heading("section_ended"),
            self._table("ended", HOWS, "ended", self._now.book["ended"]),
            self._heading("section_time"),
            self._table("bands", BANDS, "band", self._now.closed),
            self._heading("section_result"),
            self._table("findings", FINDINGS, "finding", self._now.closed),
            self._gap(),
            self._table("content", _CONTENT, "content", self._now.closed),
            self._gap(),
            self._pairs(self._results()),
            *rates(self._now, self._before, language, outside=self._sheet.outside),
            self._heading("section_causes"),
            self._pareto(),
            self._heading("section_by"),
            *self._classes(),
            *self._months(),
            *self._inside(),
            *self._notes(),
        ]

    def _any_open(self) -> bool:
        book = self._sheet.now.ledger
        return bool(book.open_before or book.received or book.taken_up)

    # -- figures --------------------------------------------------------------------------------

    def _figures(self) -> list[tuple[str, str, str]]:
        now = self._now
        content = now.content
        answered = _sum(content["satisfied"], content["dissatisfied"])
        asked = _sum(answered, content["unanswered"])
        told = self._text
        return [
            (
                self._say("received"),
                told(now.book["received"]),
                self._say("net", n=told(now.net)),
            ),
            (self._say("ended"), told(now.book["ended"]), self._former("ended")),
            (self._say("open"), told(now.book["open_after"]), self._former("open_after")),
            (
                self._say("late"),
                told(now.late_legal),
                self._say("late_house", n=told(now.late_house)),
            ),
            (
                self._say("mean"),
                self._days(now.gross_days),
                self._say("mean_net", n=self._days(now.net_days)),
            ),
            (
                self._say("content"),
                percent(content["satisfied"], answered, self._language),
                self._say("answered", n=percent(answered, asked, self._language)),
            ),
        ]

    def _former(self, key: str) -> str:
        """A figure of the book in the period before."""
        if self._sheet.outside:
            return ""
        return self._say("before", n=self._text(self._before.book[key]))

    def _book(self) -> list[tuple[str, str, str]]:
        now, before = self._now, self._before
        found = [
            (self._say(f"book.{key}"), self._text(count), self._text(before.book[key]))
            for key, count in now.book.items()
        ]
        for key in ("accepted", "repeats"):
            found.append(
                (self._say(key), self._text(getattr(now, key)), self._text(getattr(before, key)))
            )
        found.append(
            (self._say("per_served"), _one(now.per_served), _one(before.per_served)),
        )
        found += [
            (code_word("kind", kind, self._language), self._text(count),
             self._text(before.others.get(kind, 0)))
            for kind, count in now.others.items()
        ]  # fmt: skip
        return found

    def _results(self) -> list[tuple[str, str, str]]:
        now, before = self._now, self._before
        rows = [
            ("late", "late_legal"),
            ("on_the_spot", "on_the_spot"),
            ("extended", "extended"),
            ("compensated", "compensated"),
            ("redress", "redress"),
            ("small", "small"),
            ("small_sum", "small_sum"),
            ("re_reviews", "applied"),
            ("overturned", "overturned"),
            ("visits", "visits"),
            ("reached", "reached"),
        ]
        return [
            (self._say(key), self._amount(now, name), self._amount(before, name))
            for key, name in rows
        ]

    def _amount(self, figures: Shown, name: str) -> str:
        count: int | None = getattr(figures, name)
        if count is not None and name in ("redress", "small_sum"):
            return yuan(count)
        return self._text(count)

    # -- tables ---------------------------------------------------------------------------------

    def _table(
        self, part: str, codes: Sequence[str], dimension: str, total: int | None
    ) -> Flowable:
        """Counts of a part by code, with shares of the total and the period before."""
        now = getattr(self._now, part)
        before = getattr(self._before, part)
        return self._counts(now, before, codes, dimension, total)

    def _counts(
        self,
        now: Mapping[str, int | None],
        before: Mapping[str, int | None],
        codes: Sequence[str],
        dimension: str,
        total: int | None,
    ) -> Flowable:
        if now and all(count is None for count in now.values()):
            return Words(self._say("too_few"), SMALL, colour=INK_2)
        listed = [code for code in codes if now.get(code, 0) != 0 or before.get(code, 0)]
        if now.get("", 0) != 0:
            listed.append("")
        rows = [
            (
                code_word(dimension, code, self._language),
                self._text(now.get(code, 0)),
                percent(now.get(code, 0), total, self._language),
                self._text(before.get(code, 0)),
            )
            for code in listed
        ]
        heads = (self._say(f"head.{dimension}"), *map(self._say, ("now", "part", "former")))
        if not rows:
            return Words(self._say("dash"), SMALL, colour=INK_2)
        return self._grid(_COUNTS, heads, rows)

    def _pairs(self, rows: Sequence[tuple[str, str, str]]) -> Flowable:
        """Figures under each other, beside the period before."""
        heads = [self._say(key) for key in ("head.figure", "now", "former")]
        return self._grid(_PAIRS, heads, rows)

    def _grid(
        self, columns: Sequence[Column], heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> Grid:
        """A table whose last column is the period before: not given outside, where it would say
        what this period's sheet keeps back."""
        most = len(columns) - self._sheet.outside
        return Grid(columns[:most], heads[:most], [row[:most] for row in rows], SMALL)

    def _pareto(self) -> Flowable:
        """Root causes, the most frequent first, with their running share."""
        causes, total = self._now.causes, self._now.closed
        known = [(code, count) for code in (*CAUSES, "") if (count := causes.get(code))]
        if not known:
            return Words(self._say("too_few" if causes else "dash"), SMALL, colour=INK_2)
        known.sort(key=lambda pair: -pair[1])
        kept_back = [code for code, count in causes.items() if count is None]
        rows, running = [], 0
        for code, count in known:
            running += count
            rows.append(
                (
                    code_word("cause", code, self._language),
                    str(count),
                    percent(count, total, self._language),
                    percent(running, total, self._language),
                )
            )
        dash = self._say("dash")
        rows += [
            (code_word("cause", code, self._language), self._text(None), dash, dash)
            for code in kept_back
        ]
        heads = [self._say(key) for key in ("head.cause", "now", "part", "running")]
        return Grid(_COUNTS, heads, rows, SMALL)

    def _classes(self) -> list[Flowable]:
        found: list[Flowable] = []
        for name, codes in DIMENSIONS.items():
            if self._sheet.kind == "year" and name in DISCLOSED:
                continue
            now, before = self._now.by[name], self._before.by[name]
            if found:
                found.append(self._gap())
            found.append(self._counts(now, before, codes, name, self._now.book["received"]))
        return found

    def _disclosed(self) -> list[Flowable]:
        return disclosure(self._now, self._language) if self._sheet.kind == "year" else []

    def _months(self) -> list[Flowable]:
        told = self._sheet.months
        counts = [count for one in told for count in (one.received, one.ended)]
        # A month could be worked out from the others and a longer period: all of them or none.
        if self._sheet.outside and not all(map(count_shared, counts)):
            return []
        return months(told, self._language)

    def _inside(self) -> list[Flowable]:
        """What does not leave the branch: beside the classes and the months single cases could be
        worked out of it."""
        sheet, language = self._sheet, self._language
        if sheet.outside:
            return []
        return [
            *crossed(sheet.now, sheet.before, language),
            *weeks(sheet.weeks, language),
            *handlers(sheet.handlers or (), language),
            *late(sheet.late, language),
        ]

    def _notes(self) -> list[Flowable]:
        keys = ["note_counting", "note_recusal"]
        if self._sheet.outside:
            keys.append("note_kept_back")
        found: list[Flowable] = [self._heading("notes")]
        return [*found, *(Words(self._say(key), SMALL, colour=INK_2, below=2) for key in keys)]

    # -- words ----------------------------------------------------------------------------------

    def _text(self, count: int | None) -> str:
        return self._say("kept_back") if count is None else str(count)

    def _days(self, days: float | None) -> str:
        return self._say("dash") if days is None else self._say("days", n=f"{days:.1f}")

    def _heading(self, key: str) -> Words:
        return heading(key, self._language)

    def _gap(self) -> Words:
        return Words("", SMALL)

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)


def _sum(*counts: int | None) -> int | None:
    """A sum; None where a part is kept back."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _one(figure: float | None) -> str:
    """A figure with one decimal; a dash for none."""
    return "–" if figure is None else f"{figure:.1f}"
