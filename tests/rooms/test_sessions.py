"""A session from its beginning to its end: five steps, words kept sealed, the room afterwards."""

from __future__ import annotations

from branch.rooms.rules import RoomState
from tests.rooms.house import MINUTE, SAID, House


def test_a_session_from_beginning_to_end(house: House) -> None:
    assert [room.name for room in house.rooms] == ["接待室 1", "接待室 2"]
    assert house.room_state() == RoomState.FREE
    session = house.held()
    room = house.room()
    assert room.state == RoomState.OCCUPIED
    assert (room.session, room.session_number) == (session, "JD-HB001-20261120-001")
    assert room.staff_names == ("冯涛", "李静")
    assert room.case_title == "理财到期收益与宣传不一致"
    house.clock.advance(31 * 60)
    assert house.room().alert == 30
    house.end(session)
    assert house.room_state() == RoomState.TURNOVER
    house.tidy()
    assert house.room_state() == RoomState.FREE
    view = house.view(session)
    assert view.statement == SAID
    assert view.line.ended_at == view.line.started_at + 31 * MINUTE
    assert view.media == "R-0117"
