"""Owns the extract of the journal, as an A4 paper and as a table, with the filter and the chain's
head; reads nothing and judges nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import from_ms
from branch.kernel.journal import Entry, canonical
from branch.people.queries.audit import AuditFilter
from reports.forms.audit_words import Names, audit_line, filter_words, say
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import INK_2, SMALL, TITLE, TITLE_HAN, Column, Grid, Words, sheet_pdf

# One table of all rows would be broken anew on every page.
CHUNK = 500
_FACTS = (Column(17, label=True), Column(83))
_COLUMNS = (
    Column(10, "right"),
    Column(14, "centre"),
    Column(19),
    Column(14),
    Column(24),
    Column(19),
)
_HASH_SHOWN = 16


@dataclass(frozen=True)
class Extract:
    """The entries that were taken out, newest first, and what they were taken from.

    ``head`` is the newest revision of the journal and its hash when it was taken; ``subject`` is
    what was typed to filter by, ``made_by`` the account.
    """

    entries: Sequence[Entry]
    names: Names
    wanted: AuditFilter
    subject: str
    head: tuple[int, str]
    made_by: int


def audit_pdf(extract: Extract, origin: Origin) -> bytes:
    """The extract on paper. The same extract gives the same bytes."""
    language = origin.language
    revision, digest = extract.head
    foot = say("foot", language, revision=revision, hash=digest[:_HASH_SHOWN])
    head = origin.letterhead(foot)
    about = About(file_name(origin), language, from_ms(origin.made_at, origin.zone))
    return sheet_pdf(_parts(extract, origin), head, about)


def file_name(origin: Origin) -> str:
    """What the file is called, without its suffix."""
    day = f"{from_ms(origin.made_at, origin.zone):%Y-%m-%d}"
    return say("file", origin.language, day=day)


def _parts(extract: Extract, origin: Origin) -> list[Flowable]:
    language = origin.language
    style = TITLE if language == "en" else TITLE_HAN
    parts: list[Flowable] = [
        Words(say("title", language), style, align="centre", above=8, below=8),
        Grid(_FACTS, (), _facts(extract, origin), SMALL),
        Words(say("how", language), SMALL, colour=INK_2, above=6, below=10),
    ]
    if not extract.entries:
        return [*parts, Words(say("none", language))]
    keys = ("revision", "time", "who", "place", "what", "subject")
    heads = [say(key, language) for key in keys]
    for start in range(0, len(extract.entries), CHUNK):
        chunk = extract.entries[start : start + CHUNK]
        rows = [_row(entry, extract, origin) for entry in chunk]
        parts.append(Grid(_COLUMNS, heads, rows, SMALL))
    return parts


def _row(entry: Entry, extract: Extract, origin: Origin) -> tuple[str, ...]:
    line = audit_line(entry, extract.names, origin.language, origin.zone)
    return (str(entry.revision), line.time, line.who, line.place, line.what, line.subject)


def _facts(extract: Extract, origin: Origin) -> list[tuple[str, str]]:
    """What stands over the entries, on paper and in the table."""
    language, zone = origin.language, origin.zone
    made = from_ms(origin.made_at, zone)
    number, name = extract.names.staff.get(extract.made_by, ("", ""))
    revision, digest = extract.head
    branch = origin.branch
    return [
        (
            say("branch", language),
            say("person", language, name=branch.name.text(language), number=branch.code),
        ),
        (
            say("filter", language),
            filter_words(extract.wanted, extract.subject, extract.names, language, zone),
        ),
        (say("rows", language), str(len(extract.entries))),
        (say("made", language), f"{made:%Y-%m-%d %H:%M:%S}"),
        (say("made_by", language), say("person", language, name=name, number=number)),
        (say("head", language), str(revision)),
        (say("head_hash", language), digest),
    ]


def audit_csv(extract: Extract, origin: Origin) -> str:
    """The extract as a table: what it was taken from, an empty line, heads, one line an entry.

    Codes stand beside words and every entry has its hash, so that a whole extract can be checked
    against the head without the program.
    """
    language = origin.language
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerows(_facts(extract, origin))
    table.writerow(())
    keys = (
        "revision",
        "time",
        "number",
        "name",
        "place",
        "station_code",
        "what",
        "fact",
        "subject",
        "subject_code",
        "refused",
        "view",
        "data",
        "hash",
    )
    table.writerow([say(key, language) for key in keys])
    yes = say("yes", language)
    for entry in extract.entries:
        line = audit_line(entry, extract.names, language, origin.zone)
        number, name = extract.names.staff.get(entry.staff, ("", line.who))
        table.writerow(
            (
                entry.revision,
                from_ms(entry.at, origin.zone).isoformat(timespec="milliseconds"),
                number,
                name,
                line.place,
                entry.station,
                line.what,
                entry.what,
                line.subject,
                entry.subject,
                yes if line.refused else "",
                yes if line.view else "",
                canonical(entry.data),
                entry.hash,
            )
        )
    return text.getvalue()
