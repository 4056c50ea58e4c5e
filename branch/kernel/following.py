"""Following the journal: which topics changed since the last look, by whomever."""

from __future__ import annotations

from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store, explained

_REVISION = Prepared(lambda: BranchRow.select(BranchRow.revision))
_SINCE = Prepared(
    lambda revision: (
        JournalRow.select(JournalRow.revision, JournalRow.what)
        .where(JournalRow.revision > revision)
        .order_by(JournalRow.revision)
    )
)


class Follower:
    """Looks at the branch's revision, and reads the new entries only when it has moved.

    The revision is the truth on both stores: one row of one page, about 10 µs on SQLite and a
    round trip on PostgreSQL.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = -1
        self._version = -1

    def glance(self) -> frozenset[str]:
        """A look that costs next to nothing while no other station has committed.

        A store file tells so by its ``data_version`` (4 µs); what this very connection has
        written does not show there. Raises StoreUnavailable as ``look`` does.
        """
        if not self._store.on_server:
            with explained():
                version = self._store.version_seen()
            if version == self._version:
                return frozenset()
            self._version = version
        return self.look()

    def look(self) -> frozenset[str]:
        """The topics changed since the last look; everything is new to the first one's successor.

        Raises StoreUnavailable when the store cannot be read.
        """
        return frozenset(what.partition(".")[0] for _, what in self.news())

    def news(self) -> list[tuple[int, str]]:
        """The entries since the last look, oldest first: revision, and what happened.

        Raises StoreUnavailable when the store cannot be read.
        """
        with explained():
            row = _REVISION.one(self._store)
            revision = row[0] if row else 0
            if revision == self._seen:
                return []
            if self._seen < 0:
                self._seen = revision
                return []
            rows = _SINCE.all(self._store, revision=self._seen)
        # Entries may have been added after the revision was read.
        self._seen = max([revision, *(row[0] for row in rows)])
        return [(row[0], row[1]) for row in rows]
