"""The journal: the one chained record of what happened; it owns the canonical form and the chain.

An entry is hashed (SHA-256) over the JSON of its fields with sorted keys, no blanks, UTF-8, and
the hash of the entry before it. The branch row keeps the newest revision and hash, so that a
tail cut off is found as surely as a changed, removed, inserted or swapped entry.

Data of an entry are identifiers, codes and times only: never a name, a number of a document, a
free text or a care need.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from branch.kernel.errors import StoreDamaged
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store

Scalar = str | int | bool | None
Data = Mapping[str, Scalar | list[str] | list[int]]

GENESIS = "branch.founded"
_CHUNK = 5_000
# Built once: json.dumps would build an encoder for every entry.
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
# Below every revision: an entry slipped in before the first is read as well.
_BEFORE_ALL = -(2**62)


@dataclass(frozen=True)
class Entry:
    """One fact of the journal. ``at`` is milliseconds since the epoch."""

    revision: int
    at: int
    station: str
    staff: int
    what: str
    subject: str
    data: dict[str, Scalar | list[str] | list[int]]
    hash: str

    @property
    def topic(self) -> str:
        """What kind of thing changed: the part of ``what`` before the full stop."""
        return self.what.partition(".")[0]


@dataclass(frozen=True)
class Broken:
    """The first entry that does not fit the chain, and why (a code of errors.yaml)."""

    revision: int
    code: str


def canonical(data: Data) -> str:
    """The one way a mapping is written before it is hashed or stored."""
    return _encode(data)


def chained_hash(
    before: str,
    revision: int,
    at: int,
    station: str,
    staff: int,
    what: str,
    subject: str,
    data: str,
) -> str:
    """SHA-256, in hexadecimal, of an entry chained to the hash ``before`` it."""
    body = canonical(
        {
            "at": at,
            "before": before,
            "data": data,
            "revision": revision,
            "staff": staff,
            "station": station,
            "subject": subject,
            "what": what,
        }
    )
    return hashlib.sha256(body.encode()).hexdigest()


_APPEND = Prepared(
    lambda revision, at, station, staff, what, subject, data, hash: JournalRow.insert(
        {
            JournalRow.revision: revision,
            JournalRow.at: at,
            JournalRow.station: station,
            JournalRow.staff: staff,
            JournalRow.what: what,
            JournalRow.subject: subject,
            JournalRow.data: data,
            JournalRow.hash: hash,
        }
    )
)
_FIELDS = (
    JournalRow.revision,
    JournalRow.at,
    JournalRow.station,
    JournalRow.staff,
    JournalRow.what,
    JournalRow.subject,
    JournalRow.data,
    JournalRow.hash,
)
_AFTER = Prepared(
    lambda revision, most: (
        JournalRow.select(*_FIELDS)
        .where(JournalRow.revision > revision)
        .order_by(JournalRow.revision)
        .limit(most)
    )
)
_HEAD = Prepared(lambda: BranchRow.select(BranchRow.revision, BranchRow.head))


def append(
    store: Store,
    before: str,
    revision: int,
    at: int,
    station: str,
    staff: int,
    what: str,
    subject: str,
    data: Data,
) -> str:
    """Write one entry inside the caller's transaction; returns its hash."""
    text = canonical(data)
    digest = chained_hash(before, revision, at, station, staff, what, subject, text)
    _APPEND.run(
        store,
        revision=revision,
        at=at,
        station=station,
        staff=staff,
        what=what,
        subject=subject,
        data=text,
        hash=digest,
    )
    return digest


def head(store: Store) -> tuple[int, str]:
    """The newest revision and its hash, as the branch row keeps them."""
    row = _HEAD.one(store)
    if row is None:
        raise StoreDamaged("store_damaged")
    return row[0], row[1]


def read_data(text: str) -> dict[str, Scalar | list[str] | list[int]]:
    """The data of an entry from their stored form."""
    found: dict[str, Scalar | list[str] | list[int]] = json.loads(text)
    return found


def read_data_of(texts: Iterable[str]) -> list[dict[str, Scalar | list[str] | list[int]]]:
    """The data of many entries, in their order: read as one text in a quarter of the time."""
    found: list[dict[str, Scalar | list[str] | list[int]]] = json.loads(f"[{','.join(texts)}]")
    return found


def entries(store: Store, after: int = 0) -> Iterator[Entry]:
    """The facts after a revision, oldest first, read in chunks."""
    while True:
        rows = _AFTER.all(store, revision=after, most=_CHUNK)
        for row in rows:
            yield Entry(row[0], row[1], row[2], row[3], row[4], row[5], read_data(row[6]), row[7])
        if len(rows) < _CHUNK:
            return
        after = rows[-1][0]


class Verification:
    """A check of the whole chain in steps, so that other work has its turn between them.

    Entries appended after it began are not judged.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        # Head first: another process may append meanwhile.
        self.newest, self._newest_hash = head(store)
        self._before, self._expected = "", 1
        self._after = _BEFORE_ALL

    @property
    def checked(self) -> int:
        """How many entries were found right so far."""
        return self._expected - 1

    @property
    def head(self) -> tuple[int, str]:
        """The newest revision and its hash, as the branch row kept them when it began."""
        return self.newest, self._newest_hash

    def step(self) -> Broken | int | None:
        """Check some thousand entries more.

        Returns None while there are more to check, the number of entries when all is well, else
        the first entry that does not fit.
        """
        rows = _AFTER.all(self._store, revision=self._after, most=_CHUNK)
        for row in rows:
            if row[0] > self.newest:
                break
            if row[0] < self._expected:
                return Broken(row[0], "journal_entry_added")
            if row[0] != self._expected:
                return Broken(self._expected, "journal_entry_missing")
            if self._expected == 1 and row[4] != GENESIS:
                return Broken(1, "journal_entry_changed")
            if chained_hash(self._before, *row[:7]) != row[7]:
                return Broken(self._expected, "journal_entry_changed")
            self._before, self._expected = row[7], self._expected + 1
        if len(rows) < _CHUNK or rows[-1][0] >= self.newest:
            return self._end()
        self._after = rows[-1][0]
        return None

    def _end(self) -> Broken | int:
        if self._expected != self.newest + 1:
            return Broken(self._expected, "journal_entry_missing")
        if self._before != self._newest_hash:
            return Broken(self.newest, "journal_head_differs")
        beyond = _AFTER.all(self._store, revision=self.newest, most=1)
        if beyond and head(self._store)[0] == self.newest:
            return Broken(beyond[0][0], "journal_entry_added")
        return self.newest


def verify(store: Store) -> Broken | int:
    """Check the whole chain against the branch row at one go.

    Returns the number of entries when all is well, else the first entry that does not fit.
    """
    verification = Verification(store)
    while True:
        found = verification.step()
        if found is not None:
            return found
