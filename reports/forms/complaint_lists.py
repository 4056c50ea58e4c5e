"""Owns the rows of tables about complaints that paper and screen show alike: shares, what comes
together, by handler, by week; counts nothing and keeps nothing back by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from branch.complaints.queries.handlers import HandlerCases
from branch.complaints.queries.months import Week
from branch.complaints.sharing import RATES, Shown
from branch.complaints.statistics import Statistics
from reports.forms.complaint_words import code_word, percent, say, tenths

Rows = list[tuple[str, ...]]


def rate_rows(now: Shown, before: Shown, language: str) -> Rows:
    """Each share, what it is of, the cases in it, and the period before."""
    found: Rows = []
    for name in RATES:
        part, whole = now.rate(name)
        known = part is not None and whole is not None
        found.append(
            (
                say(f"rate.{name}", language),
                tenths(part, whole, language),
                say("of", language, n=part, all=whole) if known else say("kept_back", language),
                tenths(*before.rate(name), language),
            )
        )
    return found


def crossed_rows(now: Statistics, before: Statistics, language: str) -> Rows:
    """What channel, business and reason came together, how often, the most frequent first."""
    listed = sorted(now.crossed.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        (
            say("between", language).join(
                code_word(dimension, code, language)
                for dimension, code in zip(
                    ("biz_channel", "biz_class", "reason"), codes, strict=True
                )
            ),
            str(count),
            percent(count, now.ledger.received, language),
            str(before.crossed.get(codes, 0)),
        )
        for codes, count in listed
        if count
    ]


def handler_rows(handlers: Sequence[HandlerCases], language: str) -> Rows:
    """By handler: what came in, ended, was late by law, was found true or partly true."""
    return [
        (
            one.name or say("no_handler", language),
            *map(str, (one.received, one.ended, one.late, one.justified)),
        )
        for one in handlers
    ]


def week_rows(weeks: Sequence[Week], language: str) -> Rows:
    """Week by week: what came in, what ended."""
    return [
        (
            say("week_of", language, first=one.first[5:], last=one.last[5:]),
            str(one.received),
            str(one.ended),
        )
        for one in weeks
    ]


def disclosure_rows(
    cells: Mapping[str, int | None], received: int | None, dimension: str, language: str
) -> Rows:
    """Counts by code with their share to a tenth, the most frequent first, what is kept back last
    (Order 3 Art. 28: how complaints are spread is disclosed once a year)."""
    listed = sorted(cells.items(), key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    return [
        (
            code_word(dimension, code, language),
            say("kept_back", language) if count is None else str(count),
            tenths(count, received, language),
        )
        for code, count in listed
        if count != 0
    ]
