"""Owns the day report: the day in numbers, its promised waits, its fairness; counts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.platypus.flowables import Flowable

from branch.catalogue.queries import Name
from branch.kernel.clock import from_ms
from branch.kernel.phrases import phrases
from branch.lobby.queries.promises import FEW, SCOREBOARD_DAYS, Score, Scoreboard
from branch.lobby.queries.report import DayReport
from branch.lobby.queries.summary import DaySummary, Waits
from reports.figures import Figures
from reports.forms.fairness import day_fairness_parts
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import (
    INK_2,
    SECTION,
    SMALL,
    TITLE,
    TITLE_HAN,
    Column,
    Grid,
    NewPage,
    Words,
    sheet_pdf,
)

_KEEP = 90.0
_WAITS = (Column(30), *(Column(14, "centre"),) * 5)
_SCORES = (Column(26), *(Column(14.8, "centre"),) * 5)


def day_report_pdf(report: DayReport, language: str, made_at: int) -> bytes:
    """The report as a PDF, made at an instant (ms). The same report gives the same bytes."""
    origin = Origin(language, report.branch, made_at)
    title = _say("file", language, day=report.summary.day)
    head = origin.letterhead(_say("foot", language))
    parts = [
        *summary_parts(report, language),
        NewPage(),
        *promise_parts(report, language),
        NewPage(),
        *day_fairness_parts(report.fairness, origin),
    ]
    return sheet_pdf(parts, head, About(title, language, from_ms(made_at, origin.zone)))


def summary_parts(report: DayReport, language: str) -> list[Flowable]:
    """How every ticket ended, waits by class and by service, ratings."""
    day = report.summary
    still = _say("still", language, n=day.waiting) if day.waiting else ""
    ends = (("issued", day.issued), ("served", day.served), ("no_shows", day.no_shows))
    figures = [(_say(key, language), _people(count, language), "") for key, count in ends]
    figures.append((_say("left", language), _people(day.left, language), still))
    return [
        Words(
            _say("title", language),
            TITLE if language == "en" else TITLE_HAN,
            align="centre",
            above=8,
            below=8,
        ),
        Words(day.day, colour=INK_2, align="centre", below=12),
        Figures(figures),
        Words(_ratings(day, language), above=8),
        _heading(_say("waits", language)),
        Words(_say("waits_note", language), colour=INK_2, below=6),
        _waits("by_class", {"": day.waits, **day.by_class}, report.classes, language),
        Words("", above=6),
        _waits("by_group", day.by_group, report.groups, language),
    ]


def _people(count: int, language: str) -> str:
    return _say("people", language, n=count)


def _waits(key: str, rows: Mapping[str, Waits], names: Mapping[str, Name], language: str) -> Grid:
    head = [_say(name, language) for name in (key, "count", "mean", "median", "p90", "longest")]
    return Grid(
        _WAITS,
        head,
        [
            (
                _name(code, names, language),
                str(waits.count),
                *(
                    f"{seconds / 60:.1f}"
                    for seconds in (waits.mean, waits.median, waits.p90, waits.maximum)
                ),
            )
            for code, waits in rows.items()
        ],
        SMALL,
    )


def _ratings(day: DaySummary, language: str) -> str:
    if not day.ratings:
        return _say("no_ratings", language)
    scores = _say("between", language).join(
        _say("rating_counts", language, score=score, n=count)
        for score, count in sorted(day.ratings.items(), reverse=True)
    )
    return _say("ratings", language, scores=scores)


def promise_parts(report: DayReport, language: str) -> list[Flowable]:
    """How the promised waits held, that day and over the last 30 days."""
    month = report.month
    parts: list[Flowable] = [
        _heading(_say("promises", language)),
        Words(_say("promises_note", language, few=FEW), colour=INK_2, below=6),
    ]
    if not month.whole.made:
        return [*parts, Words(_say("none_made", language))]
    whole = [
        (_say("today", language), report.today.whole),
        (_say("month", language, n=SCOREBOARD_DAYS), month.whole),
    ]
    parts.append(_scores("", whole, language))
    for key, board, names in (
        ("by_class", month.by_class, report.classes),
        ("by_group", month.by_group, report.groups),
    ):
        rows = [(_name(code, names, language), score) for code, score in board.items()]
        parts += [Words("", above=6), _scores(_say(key, language), rows, language)]
    return [*parts, Words(_calibration(month, language), colour=INK_2, above=10)]


def _scores(name: str, rows: Sequence[tuple[str, Score]], language: str) -> Grid:
    keys = ("made", "settled", "within", "in_time", "miss")
    return Grid(
        _SCORES,
        [name, *(_say(key, language) for key in keys)],
        [
            (
                title,
                str(score.made),
                str(score.settled),
                _share(score.share, language),
                _share(score.share_in_time, language),
                _say("minutes", language, n=f"{score.miss:.1f}"),
            )
            for title, score in rows
        ],
        SMALL,
    )


def _share(share: float | None, language: str) -> str:
    if share is None:
        return _say("too_few", language)
    return _say("share", language, share=f"{share * 100:.1f}")


def _calibration(board: Scoreboard, language: str) -> str:
    if not board.version:
        return _say("not_calibrated", language)
    return _say("calibrated", language, version=board.version, day=board.calibrated)


def _name(code: str, names: Mapping[str, Name], language: str) -> str:
    if not code:
        return _say("all", language)
    return names[code].text(language) if code in names else code


def _heading(text: str) -> Words:
    return Words(text, SECTION, above=16, below=5, keep=_KEEP)


def _say(key: str, language: str, **values: object) -> str:
    return phrases("day").say(key, language, **values)
