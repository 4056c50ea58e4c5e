"""The complaint rooms as tests use them: a session in one call, on top of the complaint desk."""

from __future__ import annotations

from typing import Any

from branch.kernel.runner import Actor
from branch.rooms.commands.ending import EndSession, SignTurnover
from branch.rooms.commands.starting import Started, StartSession
from branch.rooms.commands.talk import MarkCalming, SaveStatement
from branch.rooms.queries.rooms import RoomNow, rooms_now
from branch.rooms.queries.sessions import SessionView, session_view
from branch.rooms.rules import TURNOVER, RoomState
from branch.rooms.session import Visitor
from tests.complaints.desk import GUARD, LOBBY_MANAGER, OFFICER, Desk

MINUTE = 60_000
VISITORS = (Visitor("陈小梅"), Visitor("陈晓", "companion"))
SAID = "当时说年化有三个多点，我才把钱转过来的。"


class House(Desk):
    """A branch with its complaint desk and its two rooms."""

    @property
    def rooms(self) -> tuple[RoomNow, ...]:
        return rooms_now(self.store, self.staff(OFFICER), self.clock.now_ms())

    def room(self, at: int = 0) -> RoomNow:
        return self.rooms[at]

    def room_state(self, at: int = 0) -> RoomState:
        return self.room(at).state

    def in_room(self, command: object, by: str = OFFICER) -> Any:
        return self.branch.run(command, Actor(self.staff(by), "room")).value

    def starting(self, **other: Any) -> StartSession:
        """The command that begins a session with nothing missing."""
        values: dict[str, Any] = {
            "room": self.room().id,
            "staff_1": self.staff(OFFICER),
            "staff_2": self.staff(LOBBY_MANAGER),
            "visitors": VISITORS,
            "notice_shown": True,
            "notice_spoken": True,
            "agreed": True,
            **other,
        }
        return StartSession(**values)

    def start(self, by: str = OFFICER, **other: Any) -> int:
        started = self.in_room(self.starting(**other), by)
        assert isinstance(started, Started)
        return started.id

    def held(self, **other: Any) -> int:
        """A session about a registered complaint."""
        return self.start(complaint=self.register(), **other)

    def ready(self, session: int) -> None:
        """What has to be there before it can end."""
        self.in_room(SaveStatement(session, SAID))
        self.in_room(MarkCalming(session, "explained"))

    def ending(self, session: int, **other: Any) -> EndSession:
        values: dict[str, Any] = {
            "outcome": "continues",
            "mood_end": 2,
            "read_back": True,
            "signed": "screen",
            "signature": "[[[1, 2], [3, 4]]]",
            "told_next": True,
            **other,
        }
        return EndSession(session, **values)

    def end(self, session: int, **other: Any) -> None:
        self.ready(session)
        self.in_room(self.ending(session, **other))

    def tidy(self, at: int = 0, by: str = GUARD) -> None:
        self.in_room(SignTurnover(self.room(at).id, frozenset(TURNOVER), "R-0117"), by)

    def view(self, session: int, by: str = OFFICER) -> SessionView:
        found = session_view(self.store, session, self.staff(by), self.clock.now_ms())
        assert found is not None
        return found
