"""What the journal says of the rooms about complaints that somebody must not see, for those who
read it out; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from branch.kernel.store import Store
from branch.rooms.queries.sessions import sessions_kept_from

# Entries that name a complaint in their data, and under what.
NAMING: Final[Mapping[str, str]] = {
    "room.booked": "complaint",
    "room.seated": "complaint",
    "room_session.started": "complaint",
    "room_session.linked": "complaint",
    "room_session.unlinked": "complaint",
}


def room_entries_kept_from(store: Store, staff: int) -> frozenset[tuple[str, str]]:
    """Pairs of topic and subject of the entries about sessions of complaints that ``staff`` is kept
    from (Order 3 Art. 17), and about their papers."""
    sessions = sessions_kept_from(store, staff)
    return frozenset(
        pair
        for one in sessions
        for pair in (("room_session", str(one)), ("paper", f"session:{one}"))
    )
