"""Owns how codes, answers and days of inspections read on paper; lays nothing out."""

from __future__ import annotations

from datetime import date, datetime

from branch.inspections.queries.sheets import DayLine, SheetLine
from branch.inspections.rules import Item, Template
from branch.inspections.sheets import Given
from branch.kernel.phrases import phrases


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the inspections' papers."""
    return phrases("inspection_paper").say(key, language, **values)


def coded(kind: str, code: str, language: str) -> str:
    """A code of a kind (state, verdict, role, kind) in words; one not known stands as it is."""
    key = f"{kind}.{code}"
    return say(key, language) if key in phrases("inspection_paper").entries else code


def template_name(template: Template, language: str) -> str:
    """What an inspection is called."""
    return template.name_en if language == "en" else template.name_zh


def line_name(line: DayLine, language: str) -> str:
    """An inspection of a day, with whom it looks at, or which round of the day it is."""
    name = template_name(line.template, language)
    if line.about:
        return say("about", language, name=name, about=line.about)
    if len(line.template.windows) > 1 or line.slot.turn > 1:
        return say("turn", language, name=name, n=line.slot.turn)
    return name


def sheet_name(line: SheetLine, language: str) -> str:
    """A sheet that was begun."""
    name = line.name_en if language == "en" else line.name_zh
    if line.about:
        return say("about", language, name=name, about=line.about)
    return say("turn", language, name=name, n=line.turn) if line.turn > 1 else name


def window(first: datetime, last: datetime, language: str) -> str:
    """When it is to be done: times of one day, or the last day of a week or month."""
    if first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}"
    return say("until", language, day=f"{last:%m-%d}")


def percent(score: int | None, capped: bool, language: str) -> str:
    """A score, with a word where a critical failure capped it."""
    if score is None:
        return say("dash", language)
    return say("percent_capped" if capped else "percent", language, n=score)


def answer_text(item: Item, given: Given | None, language: str) -> str:
    """What was found: the verdict, and the value where it is a number, a day or a text."""
    if given is None:
        return say("verdict.open", language)
    verdict = coded("verdict", given.verdict, language)
    if given.verdict == "not_applicable" or item.response == "pfn":
        return verdict
    match item.response:
        case "sign":
            return say("signed", language)
        case "text":
            return given.value
        case "score2":
            value = say("score2", language, n=given.value)
        case "number":
            unit = item.unit_en if language == "en" else item.unit_zh
            value = say("number", language, n=given.value, unit=unit).rstrip()
        case _:
            value = given.value
    return say("caption", language).join((value, verdict))


def month_name(first: date, language: str) -> str:
    """A month: 2026年11月, November 2026."""
    name = say("months", language).split()[first.month - 1]
    return say("month", language, year=first.year, month=name)


def roles_text(roles: tuple[str, ...], language: str) -> str:
    """Who may sign at a place."""
    return say("or", language).join(coded("role", role, language) for role in roles)
