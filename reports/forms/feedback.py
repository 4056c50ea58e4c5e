"""Owns the A4 summary of a week's feedback for passing on; names no customer and counts nothing.

Handbook 001 section 4.3.3: feedback is summed up regularly and passed on.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.platypus.flowables import Flowable

from branch.catalogue.queries import Name
from branch.kernel.clock import from_ms
from branch.kernel.phrases import phrases
from branch.visitors.queries.reception import FeedbackWeek
from branch.visitors.reception import FEEDBACK
from reports.figures import Figures
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
    Words,
    sheet_pdf,
)

_KEEP = 90.0
_COUNTS = (Column(46), *(Column(18, "centre"),) * 3)
_VOICES = (Column(14, "centre"), Column(14, "centre"), Column(22), Column(50))


def feedback_pdf(week: FeedbackWeek, services: Mapping[str, Name], origin: Origin) -> bytes:
    """The summary as a PDF. The same week gives the same bytes."""
    title = _say("file", origin.language, first=week.monday)
    head = origin.letterhead(_say("foot", origin.language))
    about = About(title, origin.language, from_ms(origin.made_at, origin.zone))
    return sheet_pdf(feedback_parts(week, services, origin.language), head, about)


def feedback_parts(
    week: FeedbackWeek, services: Mapping[str, Name], language: str
) -> list[Flowable]:
    """Figures, counts beside the week before, and what customers said."""
    span = _say("week", language, first=week.monday, last=week.sunday)
    parts: list[Flowable] = [
        Words(
            _say("title", language),
            TITLE if language == "en" else TITLE_HAN,
            align="centre",
            above=8,
            below=8,
        ),
        Words(span, colour=INK_2, align="centre", below=12),
        Figures(_figures(week, language)),
    ]
    if not week.now.records and not week.before.records:
        return [*parts, Words(_say("no_records", language), above=14)]
    return [
        *parts,
        _heading("by_kind", language),
        _counts("kind", services, week, language),
        _heading("by_service", language),
        _counts("service", services, week, language),
        _heading("by_advice", language),
        _counts("advice", services, week, language),
        _heading("voices", language),
        *_voices(week, services, language),
    ]


def _figures(week: FeedbackWeek, language: str) -> list[tuple[str, str, str]]:
    now, before = week.now, week.before

    def beside(count: int) -> str:
        return _say("before", language, n=count)

    figures = [(_say("records", language), str(now.records), beside(before.records))]
    figures += [
        (
            _say(f"kind_{code}", language),
            str(now.by_kind.get(code, 0)),
            beside(before.by_kind.get(code, 0)),
        )
        for code in FEEDBACK[1:]
    ]
    late = _say("done_late", language, done=now.done, late=now.late)
    return [*figures, (_say("follow_ups", language), str(now.wanted), late)]


def counted(week: FeedbackWeek, part: str) -> list[tuple[str, int, int]]:
    """Code, this week's count and that of the week before, by "kind", "service" or "advice"."""
    now = getattr(week.now, f"by_{part}")
    before = getattr(week.before, f"by_{part}")
    codes = FEEDBACK if part == "kind" else (*now, *(code for code in before if code not in now))
    return [(code, now.get(code, 0), before.get(code, 0)) for code in codes]


def signed(change: int) -> str:
    """A change with its sign: +3, −2; a dash for none."""
    return f"+{change}" if change > 0 else f"−{-change}" if change else "–"


def named(part: str, code: str, services: Mapping[str, Name], language: str) -> str:
    """A code of the summary in words."""
    if part != "service":
        return _say(f"{part}_{code}", language)
    return services[code].text(language) if code in services else _say("no_service", language)


def _counts(part: str, services: Mapping[str, Name], week: FeedbackWeek, language: str) -> Flowable:
    rows = [
        (named(part, code, services, language), str(now), str(before), signed(now - before))
        for code, now, before in counted(week, part)
    ]
    heads = [_say(key, language) for key in (part, "this_week", "week_before", "change")]
    return Grid(_COUNTS, heads, rows)


def _voices(week: FeedbackWeek, services: Mapping[str, Name], language: str) -> list[Flowable]:
    if not week.voices:
        return [Words(_say("no_voices", language))]
    heads = [_say(key, language) for key in ("day", "kind", "service", "words")]
    rows = [
        (
            voice.day[5:],
            _say(f"kind_{voice.kind}", language),
            named("service", voice.service, services, language),
            voice.text,
        )
        for voice in week.voices
    ]
    note = Words(_say("voices_note", language), SMALL, colour=INK_2, below=6, keep=_KEEP)
    return [note, Grid(_VOICES, heads, rows)]


def _heading(key: str, language: str) -> Words:
    return Words(_say(key, language), SECTION, above=16, below=5, keep=_KEEP)


def _say(key: str, language: str, **values: object) -> str:
    return phrases("feedback").say(key, language, **values)
