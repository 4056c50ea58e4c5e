"""What the journal says of complaints that somebody must not see, for those who read it out; writes
nothing."""

from __future__ import annotations

from branch.complaints.queries.actions import SOURCES
from branch.complaints.recusal import kept_from
from branch.kernel.store import Store
from branch.papers.queries import papers_of_complaint
from branch.quality.queries import actions_of


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
