"""The complaint rooms that a new branch begins with, and the rows they become."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.store import Store
from branch.rooms.records import RoomRow


@dataclass(frozen=True)
class NewRoom:
    """A room to begin with: its name, the seats for visitors, what its recorder is called."""

    name: str
    seats: int
    recorder: str


def fill(store: Store, rooms: tuple[NewRoom, ...]) -> None:
    """Insert the rows of a new branch, inside the caller's transaction."""
    for room in rooms:
        RoomRow.insert(
            name=room.name,
            seats=room.seats,
            recorder=room.recorder,
            out_of_service=False,
            out_reason="",
            active=True,
            turnover_of=None,
            rev=1,
        ).execute(store.database)
