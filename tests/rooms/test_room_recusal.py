"""Whoever is kept from a complaint finds neither its session nor what belongs to it (Order 3
Art. 17); help comes all the same, and anybody makes a room ready."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any, get_type_hints

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.tickets import case_of_ticket
from branch.kernel.errors import NotFound
from branch.lobby.commands.arrivals import Issue
from branch.people.rules import PERMISSIONS, Role
from branch.rooms.commands import HANDLERS
from branch.rooms.commands.bookings import BookRoom, SeatInRoom
from branch.rooms.commands.talk import AddCheck
from branch.rooms.queries.rooms import rooms_now
from branch.rooms.queries.sessions import turnover_session
from tests.complaints.desk import ADVISER, HEAD, LOBBY_MANAGER, OFFICER
from tests.rooms.house import MINUTE, House

# Help comes first.
SPARED = {"RaiseAlarm"}
OF_A_SESSION = {
    kind.__name__: kind
    for kind in HANDLERS
    if {"session", "check"} & {field.name for field in dataclasses.fields(kind)}
    and kind.__name__ not in SPARED
}
_VALUES: dict[Any, Any] = {str: "contact", int: 1, bool: True, date: date(2026, 12, 1)}


def some(kind: type, session: int, check: int, complaint: int) -> object:
    """A command of this kind about this session."""
    own = {"session": session, "check": check, "complaint": complaint}
    hints = get_type_hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        if field.name in own:
            values[field.name] = own[field.name]
        elif field.default is dataclasses.MISSING:
            hint = hints[field.name]
            values[field.name] = _VALUES.get(hint, frozenset())
    return kind(**values)


@pytest.mark.parametrize("interest", ["subject", "interested"])
@pytest.mark.parametrize("name", sorted(OF_A_SESSION))
def test_no_command_touches_it(house: House, name: str, interest: str) -> None:
    complaint = house.register()
    session = house.start(complaint=complaint)
    check = house.in_room(AddCheck(session, "宣传页"))
    # The branch manager may every one of these commands, and is kept from this case.
    assert Role.BRANCH_MANAGER in PERMISSIONS[name]
    head = frozenset({house.staff(HEAD)})
    nobody: frozenset[int] = frozenset()
    house.run(
        SetSubjects(complaint, *((head, nobody) if interest == "subject" else (nobody, head)))
    )
    with pytest.raises(NotFound, match="complaint_unknown"):
        house.in_room(some(OF_A_SESSION[name], session, check, complaint), HEAD)
    assert (house.last.what, house.last.subject) == ("command.refused", name)


def test_every_command_of_a_session_is_tried() -> None:
    others = {kind.__name__ for kind in HANDLERS} - set(OF_A_SESSION)
    assert others == {
        "AddRoom", "ChangeRoom", "SetRoomOutOfService", "BookRoom", "MoveBooking",
        "CancelBooking", "SeatInRoom", "ReleaseNoShows", "StartSession", "RaiseAlarm",
        "AnswerAlarm", "CancelAlarm", "SignTurnover", "ShowOwnData", "RunCaseRetention",
        "DraftPaper", "IssuePaper",
    }  # fmt: skip


def test_the_case_of_a_ticket_is_not_told_to_him(house: House) -> None:
    ticket = int(house.run(Issue("P01"), LOBBY_MANAGER).id)
    adviser = house.staff(ADVISER)
    case = house.register(ticket=ticket, subjects=frozenset({adviser}))
    assert case_of_ticket(house.store, ticket, house.staff(OFFICER)) == case
    assert case_of_ticket(house.store, ticket, adviser) is None
    # He may lead the customer in, and learns nothing by it.
    booking = house.in_room(SeatInRoom(house.room().id, ticket), ADVISER)
    (kept,) = house.store.rows("SELECT id, complaint FROM room_booking", ())
    assert kept == (booking, None)


def test_no_room_is_booked_for_it_by_him(house: House) -> None:
    case = house.register(subjects=frozenset({house.staff(ADVISER)}))
    begin = house.clock.now_ms() + 60 * MINUTE
    with pytest.raises(NotFound):
        house.in_room(BookRoom(house.room().id, begin, begin + 30 * MINUTE, case), ADVISER)


def test_he_is_not_offered_to_enter_its_room(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    house.run(SetSubjects(case, frozenset({house.staff(HEAD)})))
    now = house.clock.now_ms()
    held = rooms_now(house.store, house.staff(HEAD), now)[0]
    assert (str(held.state), held.session, held.session_number) == ("occupied", None, "")
    assert rooms_now(house.store, house.staff(OFFICER), now)[0].session == session


def test_he_may_make_the_room_ready_and_sees_no_case(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    house.end(session)
    house.run(SetSubjects(case, frozenset({house.staff(ADVISER)})))
    line = turnover_session(house.store, house.room().id, house.staff(ADVISER))
    assert line is not None
    assert (line.id, line.complaint, line.case_number, line.case_title) == (session, None, "", "")
    house.tidy(by=ADVISER)
