"""Owns the words of the printed forms: titles, labels, values; lays nothing out."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.phrases import phrases
from branch.papers.form import Field, Value, is_empty
from reports.forms.complaint_words import yuan

# Where the words of a code are looked for, in this order.
_CATALOGUES = ("papers", "complaints", "privacy")


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the forms."""
    return phrases("papers").say(key, language, **values)


def form_title(form: str, language: str, part: str = "") -> str:
    """What a form is called: 投诉登记表; one that goes to several people says to whom."""
    own = f"title.{form}.{part}"
    return say(own if own in phrases("papers").entries else f"form.{form}.title", language)


def opening_words(form: str, part: str, reason: str, language: str) -> str:
    """What a notice begins with: as its part or its reason asks for, or as its form does."""
    wanted = (f"opening.{form}.{part}", f"opening.{form}.{reason}")
    known = phrases("papers").entries
    return say(next((key for key in wanted if key in known), f"opening.{form}"), language)


def filing_words(form: str, part: str, language: str) -> str:
    """How many copies there are of a paper, and whose they are."""
    own = f"filing.{form}.{part}"
    return say(own if own in phrases("papers").entries else f"filing.{form}", language)


def block_label(form: str, block: str, language: str) -> str:
    """The heading of a form's part."""
    return _own("block", form, block, language)


def field_label(form: str, field: str, language: str) -> str:
    """The label of a form's field."""
    return _own("field", form, field, language)


def column_label(column: str, language: str) -> str:
    """The head of a column in a field of rows."""
    return say(f"column.{column}", language)


@cache
def code_options(codes: str) -> tuple[str, ...]:
    """The codes of a list in their order."""
    for name in _CATALOGUES:
        start = f"{codes}."
        found = [key for key in phrases(name).entries if key.startswith(start)]
        if found:
            return tuple(key.removeprefix(start) for key in found)
    return ()


def code_text(codes: str, code: str, language: str) -> str:
    """A code in words; one that no list has stands as it is."""
    key = f"{codes}.{code}"
    for name in _CATALOGUES:
        if key in phrases(name).entries:
            return phrases(name).say(key, language)
    return code


def day_text(day: str, language: str) -> str:
    """A day as a letter writes it: 2026年11月22日, 22 November 2026."""
    read = date.fromisoformat(day)
    month = say("months", language).split()[read.month - 1]
    return say("day", language, year=read.year, month=month, day=read.day)


def moment_text(moment: int, language: str, zone: ZoneInfo) -> str:
    """An instant (ms UTC) in the branch's zone: 2026年11月7日 10:20."""
    local = from_ms(moment, zone)
    day = day_text(local.date().isoformat(), language)
    return say("moment", language, day=day, time=f"{local:%H:%M}")


def value_text(field: Field, value: Value, language: str, zone: ZoneInfo) -> str:
    """A field's value in words, rows one on a line; an empty text where it says nothing."""
    if is_empty(value):
        return ""
    match field.kind:
        case "code":
            return code_text(field.codes, str(value), language)
        case "codes":
            words = (code_text(field.codes, code, language) for code in cast(list[str], value))
            return say("between", language).join(words)
        case "yes":
            return say("yes" if value else "no", language)
        case "day":
            return day_text(str(value), language)
        case "moment":
            return moment_text(cast(int, value), language, zone)
        case "amount":
            return say("money", language, yuan=yuan(cast(int, value)))
        case "rows":
            lines = cast(list[dict[str, str]], value)
            return "\n".join(" ".join(row[key] for key in field.columns) for row in lines)
        case _:
            return str(value)


def _own(part: str, form: str, key: str, language: str) -> str:
    """A label the form words for itself, else the one it shares with others."""
    own = f"{part}.{form}.{key}"
    return say(own if own in phrases("papers").entries else f"{part}.{key}", language)
