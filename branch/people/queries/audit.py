"""The journal for those who audit it: filtered, newest first, a page at a time; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from peewee import SQL, fn

from branch.kernel.journal import Entry, read_data
from branch.kernel.phrases import phrases
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store

PAGE: Final = 200
REFUSED, REVEALED = "refused", "revealed"
# What somebody wanted and was not let; a visitor who is sent away is another thing.
_REFUSALS: Final = frozenset({"command.refused", "session.refused", "staff.pin_refused"})
# Stations that have written lately are offered to filter by.
_LATELY = 20_000


def facts() -> tuple[str, ...]:
    """Everything that the journal records, as it is spelt there."""
    return tuple(phrases("journal").entries)


def topics() -> tuple[str, ...]:
    """The kinds of things that happen: the part of a fact before the full stop."""
    return tuple(dict.fromkeys(fact.partition(".")[0] for fact in facts()))


def is_refusal(what: str) -> bool:
    """Whether an entry says that something was not allowed or not accepted."""
    return what in _REFUSALS


def is_view(what: str) -> bool:
    """Whether an entry says that a full personal value was shown."""
    return what.endswith(".revealed")


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted. ``since`` (inclusive) and ``until`` (exclusive) in milliseconds.

    ``subjects`` are pairs of topic and subject, of which one has to fit; None is any subject.
    ``only`` is REFUSED, REVEALED (full personal values shown) or empty. ``hidden`` are pairs that
    are left out and not counted: what the rooms above say that who asks must not see; so are the
    entries of the revisions ``left_out``, which name it.
    """

    since: int | None = None
    until: int | None = None
    staff: int | None = None
    topic: str = ""
    station: str = ""
    subjects: frozenset[tuple[str, str]] | None = None
    only: str = ""
    hidden: frozenset[tuple[str, str]] = frozenset()
    left_out: frozenset[int] = frozenset()


ALL: Final = AuditFilter()


def _whats(wanted: AuditFilter) -> tuple[str, ...] | None:
    """The facts that are wanted, or None for all: listed, so that an index serves them."""
    if not wanted.topic and not wanted.only:
        return None
    fits = {REFUSED: is_refusal, REVEALED: is_view}.get(wanted.only)
    return tuple(
        fact
        for fact in facts()
        if (not wanted.topic or fact.startswith(f"{wanted.topic}."))
        and (fits is None or fits(fact))
    )


def _where(wanted: AuditFilter) -> list[Any]:
    found: list[Any] = []
    if wanted.since is not None:
        found.append(JournalRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(JournalRow.at < wanted.until)
    if wanted.staff is not None:
        found.append(JournalRow.staff == wanted.staff)
    if wanted.station:
        found.append(JournalRow.station == wanted.station)
    whats = _whats(wanted)
    if whats is not None:
        found.append(JournalRow.what.in_(whats))
    if wanted.subjects is not None:
        found.append(_one_of(wanted.subjects))
    if wanted.hidden:
        found.append(~_one_of(wanted.hidden))
    if wanted.left_out:
        # Within the statement: there may be more than a driver takes as values.
        revisions = ", ".join(map(str, sorted(wanted.left_out)))
        found.append(JournalRow.revision.not_in(SQL(f"({revisions})")))
    return found


def _one_of(subjects: frozenset[tuple[str, str]]) -> Any:
    """Topics that share their subjects stand together, so that few conditions remain."""
    by_topic: dict[str, set[str]] = {}
    for topic, subject in subjects:
        by_topic.setdefault(topic, set()).add(subject)
    together: dict[frozenset[str], list[str]] = {}
    for topic, wanted in by_topic.items():
        kinds = [fact for fact in facts() if fact.startswith(f"{topic}.")]
        together.setdefault(frozenset(wanted), []).extend(kinds)
    whole: Any = SQL("1 = 0")
    for at, (shared, whats) in enumerate(together.items()):
        part = JournalRow.subject.in_(sorted(shared)) & JournalRow.what.in_(whats)
        whole = whole | part if at else part
    return whole


def audit_page(
    store: Store, wanted: AuditFilter, after: Entry | None = None, most: int = PAGE
) -> tuple[Entry, ...]:
    """The newest entries that are wanted, or the next ones after the last of a page before.

    Within a span of time they are ordered by time, which an index has ready, else by revision;
    the two differ only where a clock was put back.
    """
    query = JournalRow.select(
        JournalRow.revision,
        JournalRow.at,
        JournalRow.station,
        JournalRow.staff,
        JournalRow.what,
        JournalRow.subject,
        JournalRow.data,
        JournalRow.hash,
    )
    by_time = wanted.since is not None or wanted.until is not None
    conditions = _where(wanted)
    if after is not None and by_time:
        earlier = (JournalRow.at < after.at) | (JournalRow.revision < after.revision)
        conditions += [JournalRow.at <= after.at, earlier]
    elif after is not None:
        conditions.append(JournalRow.revision < after.revision)
    if conditions:
        query = query.where(*conditions)
    order = [JournalRow.at.desc()] if by_time else []
    query = query.order_by(*order, JournalRow.revision.desc()).limit(most)
    rows = Prepared(lambda: query).all(store)
    return tuple(
        Entry(revision, at, station, staff, what, subject, read_data(data), digest)
        for revision, at, station, staff, what, subject, data, digest in rows
    )


def audit_count(store: Store, wanted: AuditFilter, newest: int, most: int) -> int:
    """How many entries up to ``newest`` are wanted; never counts beyond ``most``."""
    inner = (
        JournalRow.select(JournalRow.revision)
        .where(JournalRow.revision <= newest, *_where(wanted))
        .limit(most)
        .alias("found")
    )
    query = JournalRow.select(fn.COUNT(inner.c.revision)).from_(inner)
    row = Prepared(lambda: query).one(store)
    assert row is not None  # a count gives a row
    return int(row[0])


_HASH = Prepared(
    lambda revision: JournalRow.select(JournalRow.hash).where(JournalRow.revision == revision)
)
_STATIONS = Prepared(
    lambda most: (
        JournalRow.select(JournalRow.station).order_by(JournalRow.revision.desc()).limit(most)
    )
)


def hash_before(store: Store, revision: int) -> str:
    """The hash that an entry is chained to; empty for the first."""
    row = _HASH.one(store, revision=revision - 1)
    return str(row[0]) if row else ""


def recent_stations(store: Store) -> tuple[str, ...]:
    """The stations that have written lately, by name."""
    return tuple(sorted({row[0] for row in _STATIONS.all(store, most=_LATELY)}))
