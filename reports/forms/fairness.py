"""Owns the A4 pages of the fairness record: a ticket's story for the customer, a day's judgement
for the branch; judges nothing and names no customer."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import from_ms
from branch.lobby.fairness import Judgement
from branch.lobby.queries.fairness import DayFairness, TicketFairness
from reports.figures import Figures
from reports.forms.fairness_words import (
    class_name,
    disorder_words,
    exceeded_words,
    hand_words,
    minutes,
    minutes_later,
    passed_words,
    rule_words,
    say,
    tally_words,
    verdicts,
    why_before,
)
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import (
    DANGER,
    INK,
    INK_2,
    SECTION,
    STRONG,
    TITLE,
    TITLE_HAN,
    Column,
    Grid,
    Words,
    sheet_pdf,
)

_FACTS = (Column(13, label=True), Column(37), Column(13, label=True), Column(37))
_SHORT = (Column(9, "centre"),)
# A heading takes at least this much of what follows with it.
_KEEP = 90.0


def ticket_story_pdf(told: TicketFairness, origin: Origin) -> bytes:
    """A ticket's story as a PDF for the customer. The same story gives the same bytes."""
    number = told.story.life.number
    title = _say(origin, "file_ticket", number=number, day=told.day)
    about = About(title, origin.language, from_ms(origin.made_at, origin.zone))
    return sheet_pdf(
        ticket_story_parts(told, origin), origin.letterhead(_say(origin, "foot_ticket")), about
    )


def day_fairness_pdf(told: DayFairness, origin: Origin) -> bytes:
    """A day's judgement as a PDF of its own."""
    title = _say(origin, "file_day", day=told.day)
    about = About(title, origin.language, from_ms(origin.made_at, origin.zone))
    return sheet_pdf(
        day_fairness_parts(told, origin), origin.letterhead(_say(origin, "foot_day")), about
    )


def ticket_story_parts(told: TicketFairness, origin: Origin) -> list[Flowable]:
    """What a ticket's story says, to flow over pages: facts, the rule, who was called and why.

    What was written to calls by hand stays with the staff: it may speak of another customer.
    """
    story = told.story
    parts: list[Flowable] = [
        _title("title_ticket", origin),
        Grid(_FACTS, (), _facts(told, origin)),
        _heading(_say(origin, "rule")),
        Words(rule_words(story, origin.language)),
    ]
    if not story.before:
        return [*parts, _heading(_say(origin, "nobody_before"))]
    keys = ("time", "number", "issued", "counter", "service", "why")
    rows = [
        (
            origin.clock(call.at),
            call.number,
            origin.clock(story.life.issued_at + call.later),
            str(call.counter),
            _service(told, call.service, origin.language),
            why_before(told, call, origin.language, texts=False),
        )
        for call in story.before
    ]
    return [
        *parts,
        _heading(_say(origin, "before", n=len(rows))),
        Words(tally_words(story, origin.language), colour=INK_2, below=6, keep=_KEEP),
        _listed(origin, keys, (*_SHORT * 4, Column(25), Column(39)), rows),
    ]


def _facts(told: TicketFairness, origin: Origin) -> list[tuple[str, str, str, str]]:
    story, life = told.story, told.story.life
    until = story.until if story.until is not None else origin.made_at
    if life.left_at is not None:
        called = _say(origin, "left_at", time=origin.clock(life.left_at))
    elif story.until is None:
        called = _say(origin, "still_waiting")
    else:
        counter = life.stays[-1].counter
        called = _say(origin, "called_at", time=origin.clock(story.until), counter=counter)
    return [
        (
            _say(origin, "number"),
            life.number,
            _say(origin, "day"),
            told.day,
        ),
        (
            _say(origin, "service"),
            _service(told, life.service, origin.language),
            _say(origin, "klass"),
            class_name(told, story.klass, origin.language),
        ),
        (
            _say(origin, "issued"),
            origin.clock(life.issued_at),
            _say(origin, "called"),
            f"{called}{_say(origin, 'after', n=minutes(until - life.issued_at))}",
        ),
    ]


def _service(told: TicketFairness, code: str, language: str) -> str:
    name = told.services.get(code)
    return name.text(language) if name else code


def day_fairness_parts(told: DayFairness, origin: Origin) -> list[Flowable]:
    """What a day's judgement says, to flow over pages of its own or after others."""
    judged = told.judgement
    parts: list[Flowable] = [
        _title("title_day", origin),
        Words(f"{_say(origin, 'day')} {told.day}", colour=INK_2, align="centre", below=12),
        Figures(_figures(told, origin)),
        _heading(_say(origin, "verdict")),
        *_verdict(judged, origin),
        _heading(_say(origin, "by_class")),
        *_classes(told, origin),
        _heading(_say(origin, "hand_calls")),
        *_hand_calls(told, origin),
    ]
    return parts


def _figures(told: DayFairness, origin: Origin) -> list[tuple[str, str, str]]:
    judged = told.judgement
    return [
        (_say(origin, "calls"), str(judged.calls), ""),
        (
            _say(origin, "overtakings"),
            str(len(judged.overtakings)),
            _say(origin, "tickets", n=told.overtaken),
        ),
        (_say(origin, "longest"), _later(origin, told, told.longest), _say(origin, "beyond_later")),
        (_say(origin, "bound"), _minutes(origin, judged.bound), _say(origin, "largest_credit")),
    ]


def _verdict(judged: Judgement, origin: Origin) -> list[Flowable]:
    language = origin.language
    wrong = bool(judged.exceeded or judged.out_of_order)
    colour = DANGER if wrong else INK
    parts: list[Flowable] = [
        Words(text, STRONG, colour=colour, below=5) for text in verdicts(judged, language)
    ]
    rows = [
        (origin.clock(overtaking.at), exceeded_words(overtaking, language))
        for overtaking in judged.exceeded
    ]
    rows += [
        (origin.clock(call.at), disorder_words(call, language)) for call in judged.out_of_order
    ]
    if rows:
        parts.append(_listed(origin, ("time", "verdict"), (Column(12, "centre"), Column(88)), rows))
    return parts


def _classes(told: DayFairness, origin: Origin) -> list[Flowable]:
    if not told.by_class:
        return [Words(_say(origin, "no_overtaking"))]
    rows = [
        (
            class_name(told, row.klass, origin.language),
            str(row.times),
            _later(origin, told, row.longest),
        )
        for row in told.by_class
    ]
    return [
        _listed(
            origin,
            ("klass", "how_often", "longest"),
            (Column(50), Column(25, "centre"), Column(25, "centre")),
            rows,
        )
    ]


def _hand_calls(told: DayFairness, origin: Origin) -> list[Flowable]:
    judged = told.judgement
    if not judged.by_hand:
        return [Words(_say(origin, "no_hand_calls"))]
    rows = [
        (
            origin.clock(call.at),
            call.number,
            str(call.counter),
            hand_words(told, call, origin.language),
            passed_words(call, origin.language),
        )
        for call in judged.by_hand
    ]
    keys = ("time", "number", "counter", "who_and_why", "passing")
    return [_listed(origin, keys, (*_SHORT * 3, Column(53), Column(20)), rows)]


def _listed(
    origin: Origin,
    keys: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
) -> Grid:
    return Grid(columns, [_say(origin, key) for key in keys], rows)


def _title(key: str, origin: Origin) -> Words:
    style = TITLE if origin.language == "en" else TITLE_HAN
    return Words(_say(origin, key), style, align="centre", above=8, below=8)


def _heading(text: str) -> Words:
    return Words(text, SECTION, above=16, below=5, keep=_KEEP)


def _say(origin: Origin, key: str, **values: object) -> str:
    return say(key, origin.language, **values)


def _minutes(origin: Origin, ms: int) -> str:
    return _say(origin, "minutes", n=minutes(ms))


def _later(origin: Origin, told: DayFairness, ms: int) -> str:
    """By how much somebody came later, with its unit."""
    return _say(origin, "minutes", n=minutes_later(told, ms))
