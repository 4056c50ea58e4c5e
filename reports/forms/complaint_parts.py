"""Owns the parts of the sheet of complaints that stand for themselves: shares, the year's classes,
months and weeks, by handler, late cases; counts nothing and keeps nothing back by itself."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from branch.complaints.queries.handlers import HandlerCases
from branch.complaints.queries.late import LateCases
from branch.complaints.queries.months import Month, Week
from branch.complaints.sharing import Shown
from branch.complaints.statistics import Statistics
from reports.forms.complaint_lists import (
    crossed_rows,
    disclosure_rows,
    handler_rows,
    rate_rows,
    week_rows,
)
from reports.forms.complaint_words import code_word, say
from reports.sheet import INK_2, SECTION, SMALL, Column, Grid, Words

# What the annual sheet discloses with its shares.
DISCLOSED = ("biz_class", "reason")
_KEEP = 90.0
_MONTHS = (Column(40), *(Column(30, "centre"),) * 2)
_SHARES = (Column(56), *(Column(22, "centre"),) * 2)
_RATES = (Column(52), *(Column(16, "centre"),) * 3)
_CROSSED = (Column(61), *(Column(13, "centre"),) * 3)
_HANDLERS = (Column(32), *(Column(17, "centre"),) * 4)
_LATE = (Column(31), Column(23), Column(17), Column(12, "centre"), Column(17))
# The most frequent of what comes together.
_MOST_CROSSED = 20


def heading(key: str, language: str) -> Words:
    """The head of a section, never alone at the foot of a page."""
    return Words(say(key, language), SECTION, above=16, below=5, keep=_KEEP)


def _small(text: str, above: float = 0) -> Words:
    return Words(text, SMALL, colour=INK_2, above=above)


def _heads(language: str, *keys: str) -> list[str]:
    return [say(key, language) for key in keys]


def disclosure(now: Shown, language: str) -> list[Flowable]:
    """How a year's complaints are spread (Order 3 Art. 28)."""

    def told(count: int | None) -> str:
        return say("kept_back", language) if count is None else str(count)

    found: list[Flowable] = [
        heading("section_disclosure", language),
        Words(say("disclosed", language, n=told(now.received), net=told(now.net)), below=6),
    ]
    for name in DISCLOSED:
        rows = disclosure_rows(now.by[name], now.received, name, language)
        if all(count is None for count in now.by[name].values()):
            found.append(_small(say("too_few", language)))
        elif rows:
            heads = _heads(language, f"head.{name}", "now", "part")
            found.append(Grid(_SHARES, heads, rows, SMALL))
        found.append(Words("", SMALL))
    return found


def rates(now: Shown, before: Shown, language: str, *, outside: bool) -> list[Flowable]:
    """What is a share of what; without the period before on a sheet that goes outside."""
    most = len(_RATES) - outside
    heads = _heads(language, "head.rate", "part", "count", "former")
    rows = [row[:most] for row in rate_rows(now, before, language)]
    return [heading("section_rates", language), Grid(_RATES[:most], heads[:most], rows, SMALL)]


def crossed(now: Statistics, before: Statistics, language: str) -> list[Flowable]:
    """What channel, business and reason came together most."""
    rows = crossed_rows(now, before, language)
    if not rows:
        return []
    heads = _heads(language, "head.crossed", "now", "part", "former")
    found: list[Flowable] = [
        heading("section_crossed", language),
        Grid(_CROSSED, heads, rows[:_MOST_CROSSED], SMALL),
    ]
    more = len(rows) - _MOST_CROSSED
    if more > 0:
        found.append(_small(say("more_crossed", language, n=more), above=4))
    return found


def months(told: Sequence[Month], language: str) -> list[Flowable]:
    """Month by month."""
    rows = [(one.month, str(one.received), str(one.ended)) for one in told]
    heads = _heads(language, "month", "received", "ended")
    return [heading("section_months", language), Grid(_MONTHS, heads, rows, SMALL)]


def weeks(told: Sequence[Week], language: str) -> list[Flowable]:
    """The last weeks."""
    heads = _heads(language, "week", "received", "ended")
    table = Grid(_MONTHS, heads, week_rows(told, language), SMALL)
    return [heading("section_weeks", language), table]


def handlers(told: Sequence[HandlerCases], language: str) -> list[Flowable]:
    """By handler; nothing for who may not read it."""
    if not told:
        return []
    heads = _heads(language, "handler", "received", "ended", "late", "justified")
    table = Grid(_HANDLERS, heads, handler_rows(told, language), SMALL)
    return [heading("section_handlers", language), table]


def late(told: LateCases, language: str) -> list[Flowable]:
    """What was late, where it stood, and why its limit had been longer."""
    found: list[Flowable] = [heading("section_late", language)]
    if not told.lines:
        return [*found, Words(say("no_late", language))]
    rows = [
        (
            line.number,
            say(
                "due_by",
                language,
                day=line.due,
                by=say("by_law" if line.legal else "by_house", language),
            ),
            line.told or say("not_told", language),
            str(line.days),
            code_word("state", line.stood, language),
        )
        for line in told.lines
    ]
    heads = _heads(language, "number", "due", "told", "days_late", "stood")
    found.append(Grid(_LATE, heads, rows, SMALL))
    for line in told.lines:
        found += [
            Words(say("longer", language, number=line.number, reason=reason), SMALL, above=4)
            for reason in line.longer
        ]
    more = told.legal + told.house - len(told.lines)
    if more:
        found.append(_small(say("more_late", language, n=more), above=4))
    return found
