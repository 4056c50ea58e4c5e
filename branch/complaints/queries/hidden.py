"""What the journal says of complaints that somebody must not see, for those who read it out; writes
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from branch.complaints.queries.actions import SOURCES
from branch.complaints.recusal import kept_from
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.papers.queries import papers_of_complaint
from branch.quality.queries import actions_of

# Entries about something else that name a complaint in their data, and under what. Where it may
# be something else that is named, ``kind`` or ``source`` says what it is.
NAMING: Final[Mapping[str, str]] = {
    "complaint.merge_proposed": "into",
    "complaint.proposal_dropped": "into",
    "complaint.merged": "into",
    "complaint.merge_undone": "into",
    "complaint.took_in": "other",
    "complaint.repeat_linked": "earlier",
    "action.added": "ref",
    "drill.incident_opened": "ref",
    "hold.placed": "ref",
    "hold.lifted": "ref",
    "request.linked": "ref",
    "request.unlinked": "ref",
    "request.corrected": "ref",
    "request.erased": "ref",
    "request.withdrawn": "ref",
}
_ENTRIES = Prepared(
    lambda what: JournalRow.select(JournalRow.revision, JournalRow.data).where(
        JournalRow.what == what
    )
)


def entries_kept_from(store: Store, staff: int) -> frozenset[tuple[str, str]]:
    """Pairs of topic and subject of the entries about complaints that ``staff`` is kept from
    (Order 3 Art. 17), their papers and actions; an action that he has to do himself he may know."""
    found: set[tuple[str, str]] = set()
    for complaint in kept_from(store, staff):
        found |= {("complaint", str(complaint)), ("paper", f"complaint:{complaint}")}
        found |= {("paper", str(one.id)) for one in papers_of_complaint(store, complaint)}
        found |= {
            ("action", str(one.id))
            for source in SOURCES
            for one in actions_of(store, source, complaint)
            if one.owner != staff
        }
    return frozenset(found)


def entries_naming(store: Store, staff: int, naming: Mapping[str, str] = NAMING) -> frozenset[int]:
    """The revisions of entries about something else, of these facts, that name a complaint that
    ``staff`` is kept from."""
    hidden = kept_from(store, staff)
    if not hidden:
        return frozenset()
    found = set()
    for what, key in naming.items():
        for revision, text in _ENTRIES.all(store, what=what):
            data = read_data(text)
            kind = data.get("kind", data.get("source", SOURCES[0]))
            if kind in SOURCES and data.get(key) in hidden:
                found.add(revision)
    return frozenset(found)
