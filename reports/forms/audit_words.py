"""Owns the sentences of the journal, the same on paper, in tables and on screens; reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.journal import Entry
from branch.kernel.phrases import phrases, placeholders
from branch.people.queries.audit import REFUSED, REVEALED, AuditFilter, is_refusal, is_view

# Of what kinds of entries the subject is a ticket's id, and of which an account's.
ABOUT_TICKETS = frozenset({"ticket", "print", "promise", "rating"})
ABOUT_PEOPLE = frozenset({"staff", "training", "glass"})
_AT_THE_DOOR = frozenset({"session", "command"})
_MISSING = "…"


@dataclass(frozen=True)
class Names:
    """What entries are told with: (staff number, name) by account, ticket numbers by id."""

    staff: Mapping[int, tuple[str, str]]
    tickets: Mapping[int, str]


@dataclass(frozen=True)
class AuditLine:
    """An entry in words."""

    time: str
    who: str
    place: str
    what: str
    subject: str
    refused: bool
    view: bool


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the audit."""
    return phrases("audit").say(key, language, **values)


def audit_line(entry: Entry, names: Names, language: str, zone: ZoneInfo) -> AuditLine:
    """An entry in the words of a language; no personal detail of customers is in any."""
    return AuditLine(
        time=f"{from_ms(entry.at, zone):%Y-%m-%d %H:%M:%S}",
        who=_actor(entry, names, language),
        place=place_words(entry.station, language),
        what=what_words(entry, language),
        subject=subject_words(entry, names, language),
        refused=is_refusal(entry.what),
        view=is_view(entry.what),
    )


def _actor(entry: Entry, names: Names, language: str) -> str:
    """Who acted; without an account it was somebody at the door, or the program by itself."""
    if entry.staff:
        return who_words(entry.staff, names, language)
    return say("nobody" if entry.topic in _AT_THE_DOOR else "program", language)


def who_words(staff: int, names: Names, language: str) -> str:
    """A member of staff by name and number."""
    if staff not in names.staff:
        return say("account", language, id=staff)
    number, name = names.staff[staff]
    return say("person", language, name=name, number=number)


def place_words(station: str, language: str) -> str:
    """A station as a person calls it; one without words as it is."""
    kind, _, number = station.partition("-")
    for key in (f"place.{station}", f"place.{kind}"):
        if key in phrases("audit").entries:
            return say(key, language, n=number)
    return station


def what_words(entry: Entry, language: str) -> str:
    """What happened; of a refusal, also why."""
    if entry.what not in phrases("journal").entries:
        return entry.what
    what = _filled("journal", entry.what, language, entry.data)
    code = entry.data.get("code")
    if is_refusal(entry.what) and isinstance(code, str) and code in phrases("errors").entries:
        why = _filled("errors", code, language, entry.data)
        return say("refused_why", language, what=what, why=why)
    return what


def topic_words(topic: str, language: str) -> str:
    """A kind of thing that happens."""
    return say(f"topic.{topic}", language)


def subject_words(entry: Entry, names: Names, language: str) -> str:
    """On whom or what: ticket A012, counter 3, visitor no. 17, 王敏."""
    key = f"subject.{entry.what}"
    if key not in phrases("audit").entries:
        key = f"subject.{entry.topic}"
    if key not in phrases("audit").entries:
        return entry.subject
    return say(key, language, subject=_subject(entry, names, language))


def _subject(entry: Entry, names: Names, language: str) -> str:
    topic, subject = entry.topic, entry.subject
    identity = int(subject) if subject.isdecimal() else 0
    if topic in ABOUT_TICKETS and identity:
        return names.tickets.get(identity) or say("ticket_record", language, id=identity)
    if topic in ABOUT_PEOPLE and identity:
        return who_words(identity, names, language)
    if topic == "session":
        return place_words(subject, language)
    if topic == "command" and subject in phrases("permissions").entries:
        return phrases("permissions").say(subject, language)
    if topic == "export" and f"export.{subject}" in phrases("audit").entries:
        return say(f"export.{subject}", language)
    return subject


def filter_words(
    wanted: AuditFilter, subject: str, names: Names, language: str, zone: ZoneInfo
) -> str:
    """What an extract was filtered by; ``subject`` as it was typed."""
    parts = []
    if wanted.since is not None:
        parts.append(say("filter_since", language, day=f"{from_ms(wanted.since, zone):%Y-%m-%d}"))
    if wanted.until is not None:
        last = from_ms(wanted.until - 1, zone)
        parts.append(say("filter_until", language, day=f"{last:%Y-%m-%d}"))
    if wanted.staff is not None:
        parts.append(who_words(wanted.staff, names, language))
    if wanted.topic:
        parts.append(topic_words(wanted.topic, language))
    if wanted.station:
        parts.append(place_words(wanted.station, language))
    if subject:
        parts.append(say("filter_subject", language, subject=subject))
    if wanted.only in (REFUSED, REVEALED):
        parts.append(say(f"filter_{wanted.only}", language))
    return say("between", language).join(parts) or say("filter_all", language)


def _filled(catalogue: str, key: str, language: str, data: Mapping[str, object]) -> str:
    """A phrase with what the entry has of its values; earlier versions may have kept less."""
    text = phrases(catalogue).entries[key][language]
    return text.format_map({name: data.get(name, _MISSING) for name in placeholders(text)})
