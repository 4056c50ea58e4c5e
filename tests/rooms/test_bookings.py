"""Rooms kept for somebody: booked with a buffer, moved, given up, taken at once, not come."""

from __future__ import annotations

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.kernel.errors import BadInput, BranchError, NotFound, RuleBroken, Stale
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.waiting import waiting
from branch.rooms.commands.bookings import (
    BookRoom,
    CancelBooking,
    MoveBooking,
    ReleaseNoShows,
    SeatInRoom,
)
from branch.rooms.commands.settings import AddRoom, ChangeRoom, SetRoomOutOfService
from branch.rooms.queries.rooms import bookings_between, has_no_shows, rooms_now
from branch.rooms.rules import RoomState
from tests.complaints.desk import ADVISER, HEAD, LOBBY_MANAGER, OFFICER
from tests.rooms.house import MINUTE, House


def book(house: House, start: int, minutes: int = 60, at: int = 0, case: int | None = None) -> int:
    """A booking from so many minutes from now on."""
    begin = house.clock.now_ms() + start * MINUTE
    booking = house.in_room(
        BookRoom(house.room(at).id, begin, begin + minutes * MINUTE, case), LOBBY_MANAGER
    )
    assert isinstance(booking, int)
    return booking


def ticket(house: House) -> int:
    issued = house.run(Issue("P01"), LOBBY_MANAGER)
    return int(issued.id)


def refusal(house: House, command: object, by: str = LOBBY_MANAGER) -> str:
    with pytest.raises(BranchError) as refused:
        house.in_room(command, by)
    return refused.value.code


def test_a_booking_is_shown_held_and_begun(house: House) -> None:
    case = house.register()
    booking = book(house, 30, case=case)
    room = house.room()
    assert room.state == RoomState.HELD
    assert room.next is not None
    assert (room.next.id, room.next.case_title) == (booking, "理财到期收益与宣传不一致")
    house.clock.advance(30 * 60)
    session = house.start(booking=booking)
    assert house.view(session).line.complaint == case
    day = (house.clock.now_ms() - 86_400_000, house.clock.now_ms() + 86_400_000)
    (line,) = bookings_between(house.store, house.staff(OFFICER), *day)
    assert (line.id, line.state) == (booking, "kept")


def test_no_two_bookings_within_ten_minutes(house: House) -> None:
    book(house, 60, 30)
    for start in (21, 31, 75, 99):
        with pytest.raises(BadInput) as refused:
            book(house, start, 30)
        assert (refused.value.code, refused.value.field) == ("booking_clash", "start")
    book(house, 100, 30)
    book(house, 20, 30)
    book(house, 60, 30, at=1)


def test_a_booking_is_moved(house: House) -> None:
    booking, other = book(house, 60), book(house, 180)
    now = house.clock.now_ms()
    house.in_room(
        MoveBooking(booking, house.room(1).id, now + 90 * MINUTE, now + 120 * MINUTE), LOBBY_MANAGER
    )
    assert house.room().next is not None
    assert house.room().next.id == other  # type: ignore[union-attr]  # said above
    # Its own old time does not stand against it.
    house.in_room(
        MoveBooking(booking, house.room(1).id, now + 95 * MINUTE, now + 125 * MINUTE), LOBBY_MANAGER
    )
    there = MoveBooking(booking, house.room().id, now + 170 * MINUTE, now + 200 * MINUTE)
    assert refusal(house, there) == "booking_clash"


def test_a_walk_in_takes_a_held_room_until_ten_minutes_before(house: House) -> None:
    booking = book(house, 30, case=house.register())
    house.clock.advance(20 * 60)
    session = house.start()
    house.end(session)
    house.tidy()
    house.clock.advance(60)
    with pytest.raises(BadInput) as refused:
        house.start()
    assert (refused.value.code, refused.value.values["at"]) == ("room_held", "09:30")
    assert house.start(booking=booking)


def test_the_booked_case_takes_its_booking_by_itself(house: House) -> None:
    case = house.register()
    book(house, 30, case=case)
    house.clock.advance(25 * 60)
    house.start(complaint=case)
    assert house.room().next is None


def test_a_booking_is_for_its_own_case(house: House) -> None:
    booking = book(house, 30, case=house.register())
    with pytest.raises(BadInput) as refused:
        house.start(booking=booking, complaint=house.register())
    assert refused.value.code == "booking_other_case"


def test_nobody_came(house: House) -> None:
    booking = book(house, 0)
    house.clock.advance(15 * 60 - 1)
    assert house.room_state() == RoomState.HELD
    assert not has_no_shows(house.store, house.clock.now_ms())
    house.clock.advance(1)
    # By the clock alone, before anybody has written anything.
    assert house.room_state() == RoomState.FREE
    assert has_no_shows(house.store, house.clock.now_ms())
    assert house.in_room(ReleaseNoShows()) == 1
    assert house.last.what == "room.booking_missed"
    assert house.in_room(ReleaseNoShows()) == 0
    assert refusal(house, CancelBooking(booking)) == "booking_moved_on"


def test_the_next_command_releases_what_was_missed(house: House) -> None:
    book(house, 0, 60)
    house.clock.advance(15 * 60)
    book(house, 0, 30)
    assert [e.what for e in house.entries][-2:] == ["room.booking_missed", "room.booked"]


def test_who_waits_before_an_occupied_room_is_not_missed(house: House) -> None:
    book(house, 20)
    house.clock.advance(5 * 60)
    session = house.start()
    house.clock.advance(35 * 60)
    assert house.in_room(ReleaseNoShows()) == 0
    assert house.room().next is not None
    house.end(session)
    house.tidy()
    assert house.room_state() == RoomState.FREE


def test_a_booking_given_up(house: House) -> None:
    booking = book(house, 30)
    house.in_room(CancelBooking(booking), LOBBY_MANAGER)
    assert house.room_state() == RoomState.FREE
    assert refusal(house, CancelBooking(booking)) == "booking_moved_on"
    assert refusal(house, CancelBooking(999)) == "room_booking_unknown"


def test_handed_over_from_the_lobby_in_one_press(house: House) -> None:
    number = ticket(house)
    case = house.register(ticket=number)
    seat = SeatInRoom(house.room().id, number)
    booking = house.in_room(seat, LOBBY_MANAGER)
    room = house.room()
    assert room.state == RoomState.HELD
    assert room.since == house.clock.now_ms()
    assert room.next is not None
    assert (room.next.ticket, room.next.complaint) == ("A001", case)
    # No counter calls him, and pressing again registers nothing twice.
    assert waiting(house.store) == ()
    before = len(house.entries)
    assert house.in_room(seat, LOBBY_MANAGER) == booking
    assert len(house.entries) == before
    assert refusal(house, SeatInRoom(house.room(1).id, number)) == "ticket_seated"
    session = house.start()
    assert house.view(session).line.complaint == case
    assert house.room().next is None


def test_somebody_without_a_ticket_is_seated(house: House) -> None:
    house.in_room(SeatInRoom(house.room().id), LOBBY_MANAGER)
    assert refusal(house, SeatInRoom(house.room().id)) == "room_held"
    house.clock.advance(59 * 60)
    assert house.room_state() == RoomState.HELD
    house.clock.advance(60)
    assert house.room_state() == RoomState.FREE


def test_the_booked_one_comes_early_and_is_seated(house: House) -> None:
    case = house.register()
    booking = book(house, 8, case=case)
    assert refusal(house, SeatInRoom(house.room().id)) == "room_held"
    assert house.in_room(SeatInRoom(house.room().id, complaint=case), LOBBY_MANAGER) == booking
    # He sits there: nobody releases the room after a quarter of an hour.
    house.clock.advance(40 * 60)
    assert house.room_state() == RoomState.HELD


def test_a_seat_ends_before_the_next_booking(house: House) -> None:
    book(house, 30)
    house.in_room(SeatInRoom(house.room().id), LOBBY_MANAGER)
    seat = house.room().next
    assert seat is not None
    assert seat.end - seat.start == 30 * MINUTE


def test_a_case_about_oneself_is_no_booking_to_see_or_touch(house: House) -> None:
    case = house.register()
    booking = book(house, 30, case=case)
    house.run(SetSubjects(case, frozenset({house.staff(ADVISER)})))
    now = house.clock.now_ms()
    (room, _second) = rooms_now(house.store, house.staff(ADVISER), now)
    assert room.next is not None
    assert (room.next.complaint, room.next.case_title) == (None, "")
    with pytest.raises(NotFound):
        house.in_room(CancelBooking(booking), ADVISER)
    with pytest.raises(NotFound):
        house.in_room(BookRoom(house.room(1).id, now, now + 30 * MINUTE, case), ADVISER)


def test_rooms_are_set_up(house: House) -> None:
    added = house.in_room(AddRoom("接待室 3", 8, "JD-A3"), HEAD)
    assert [room.name for room in house.rooms] == ["接待室 1", "接待室 2", "接待室 3"]
    assert refusal(house, AddRoom(" 接待室  3", 8), HEAD) == "room_name_taken"
    assert refusal(house, AddRoom("接待室 4", 0), HEAD) == "room_seats"
    house.in_room(ChangeRoom(added, "贵宾接待室", 4, "", active=False), HEAD)
    assert len(house.rooms) == 2
    every = rooms_now(house.store, house.staff(HEAD), house.clock.now_ms(), every=True)
    assert [room.active for room in every].count(False) == 1
    # One that is not used any more can still be put right.
    house.in_room(ChangeRoom(added, "贵宾接待室", 3, "", active=False), HEAD)
    house.in_room(ChangeRoom(added, "贵宾接待室", 4, "", active=True), HEAD)
    assert len(house.rooms) == 3


def test_a_room_in_use_is_not_taken_away(house: House) -> None:
    room = house.room()
    gone = ChangeRoom(room.id, room.name, room.seats, room.recorder, active=False)
    booking = book(house, 30)
    assert refusal(house, gone, HEAD) == "room_booked"
    house.in_room(CancelBooking(booking), LOBBY_MANAGER)
    house.start()
    assert refusal(house, gone, HEAD) == "room_in_use"
    with pytest.raises(RuleBroken):
        house.in_room(SetRoomOutOfService(room.id, True, "repair"))


def test_out_of_service_and_back(house: House) -> None:
    room = house.room().id
    assert refusal(house, SetRoomOutOfService(room, True)) == "out_reason_needed"
    house.in_room(SetRoomOutOfService(room, True, "panic_button"))
    assert (house.room_state(), house.room().out_reason) == (RoomState.OUT, "panic_button")
    with pytest.raises(BadInput):
        book(house, 30)
    assert refusal(house, SeatInRoom(room)) == "room_out_of_service"
    with pytest.raises(Stale):
        house.in_room(SetRoomOutOfService(room, True, "repair"))
    house.in_room(SetRoomOutOfService(room, False))
    assert house.room_state() == RoomState.FREE
