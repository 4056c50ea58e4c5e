"""A complaint in confidence that is talked over in a room: who received the visitor knows, who may
read the case sees all, to everybody else the room is in use and nothing more (Order 3 Art. 22)."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import NotPermitted
from branch.lobby.commands.arrivals import Issue
from branch.papers.commands import DraftPaper, NotePrinted, OpenPaper
from branch.rooms.commands.bookings import BookRoom, SeatInRoom
from branch.rooms.commands.ending import RevealSession
from branch.rooms.commands.talk import AddCheck, AddPromise, MarkCalming, SaveStatement
from branch.rooms.queries.linking import link_offers
from branch.rooms.queries.rooms import bookings_between, rooms_now
from branch.rooms.queries.sessions import (
    open_sessions,
    session_view,
    sessions_of,
    turnover_session,
)
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    WHAT,
    issue_of,
)
from tests.rooms.house import MINUTE, SAID, House

PROMISE = "出具书面答复"
INSIDE = (OFFICER, HEAD, SUPERIOR)
# The lobby manager registered nothing here: the officer did.
OUTSIDE = (SUPERVISOR, TELLER, GUARD, AUDITOR, LOBBY_MANAGER)
# Of the two one may read the case anyway, the other has only sat there.
SAT = ADVISER


@pytest.fixture
def case(house: House) -> int:
    return house.register(by=OFFICER, who={"confidential": True})


@pytest.fixture
def session(house: House, case: int) -> int:
    """Held by the officer and the adviser, with much said in it."""
    session = house.start(complaint=case, staff_2=house.staff(SAT))
    house.in_room(SaveStatement(session, SAID))
    house.in_room(AddCheck(session, "宣传页"))
    house.in_room(AddPromise(session, PROMISE, house.staff(OFFICER), date(2027, 1, 4)))
    return session


def seen(house: House, by: str, case: int, session: int) -> str:
    """All that the queries of the rooms tell somebody."""
    store, staff, now = house.store, house.staff(by), house.clock.now_ms()
    view = session_view(store, session, staff, now)
    parts: tuple[object, ...] = ()
    if view is not None:
        names = [one.name for one in view.visitors]
        parts = (view.line, view.statement, names, view.promises)
    return repr(
        (
            rooms_now(store, staff, now),
            bookings_between(store, staff, 0, now * 2),
            open_sessions(store, staff),
            sessions_of(store, case, staff),
            turnover_session(store, house.room().id, staff),
            link_offers(store, session, "", staff, "2000-01-01"),
            parts,
        )
    )


@pytest.mark.parametrize("by", OUTSIDE)
def test_to_others_the_room_is_in_use(house: House, case: int, session: int, by: str) -> None:
    number = house.number(case)
    told = seen(house, by, case, session)
    assert not [word for word in (number, WHAT.title, "陈", SAID, PROMISE) if word in told]
    held = rooms_now(house.store, house.staff(by), house.clock.now_ms())[0]
    # Nor is he offered to enter.
    assert (str(held.state), held.complaint, held.session) == ("occupied", None, None)
    assert rooms_now(house.store, house.staff(SAT), house.clock.now_ms())[0].session == session


@pytest.mark.parametrize("by", INSIDE)
def test_who_may_read_it_sees_all(house: House, case: int, session: int, by: str) -> None:
    told = seen(house, by, case, session)
    assert all(word in told for word in (house.number(case), WHAT.title, "陈*梅", SAID, PROMISE))


def test_who_sat_there_sees_the_session_and_the_case_as_the_desk_shows_it(
    house: House, case: int, session: int
) -> None:
    view = house.view(session, SAT)
    assert (view.statement, [one.text for one in view.promises]) == (SAID, [PROMISE])
    assert (view.line.case_number, view.line.case_title) == (house.number(case), "")
    assert WHAT.title not in seen(house, SAT, case, session)
    # How many cases the same person has is not told either.
    assert view.this_year == 1


def test_one_of_the_desk_who_may_not_read_it_works_on_nothing(
    house: House, case: int, session: int
) -> None:
    paper = DraftPaper("TS-08", f"session:{session}")
    for wish in (
        SaveStatement(session, ""),
        MarkCalming(session, "explained"),
        RevealSession(session, "contact"),
        paper,
    ):
        with pytest.raises(NotPermitted, match="complaint_confidential"):
            house.in_room(wish, SUPERVISOR)
    house.in_room(RevealSession(session, "contact"), SAT)
    house.in_room(SaveStatement(session, SAID), HEAD)


def test_who_received_him_prints_what_he_has_written_down(
    house: House, case: int, session: int
) -> None:
    house.end(session)
    draft = house.in_room(DraftPaper("TS-08", f"session:{session}"), SAT)
    paper = house.in_room(issue_of(draft), SAT)
    house.in_room(NotePrinted(paper), SAT)
    house.in_room(OpenPaper(paper), SAT)
    house.in_room(OpenPaper(paper), HEAD)
    for by in (SUPERVISOR, AUDITOR):
        with pytest.raises(NotPermitted, match="complaint_confidential"):
            house.in_room(OpenPaper(paper), by)


@pytest.mark.parametrize("by", OUTSIDE)
def test_afterwards_anybody_makes_the_room_ready(
    house: House, case: int, session: int, by: str
) -> None:
    house.end(session)
    line = turnover_session(house.store, house.room().id, house.staff(by))
    assert line is not None
    assert (line.id, line.complaint, line.case_number, line.case_title) == (session, None, "", "")
    assert sessions_of(house.store, case, house.staff(by)) == ()


def test_a_booked_room_does_not_tell_whose_the_case_is(house: House, case: int) -> None:
    begin = house.clock.now_ms() + 60 * MINUTE
    house.in_room(BookRoom(house.room().id, begin, begin + 30 * MINUTE, case))
    ticket = int(house.run(Issue("P01"), LOBBY_MANAGER).id)
    house.in_room(SeatInRoom(house.room(1).id, ticket, case))
    number = house.number(case)
    for by, told in ((OFFICER, True), (HEAD, True), (TELLER, False), (GUARD, False)):
        shown = repr(bookings_between(house.store, house.staff(by), 0, begin * 2))
        assert (number in shown, WHAT.title in shown) == (told, told)
        rooms = repr(rooms_now(house.store, house.staff(by), house.clock.now_ms()))
        assert (number in rooms) is told


def test_who_leads_a_ticket_in_does_not_learn_its_case(house: House) -> None:
    ticket = int(house.run(Issue("P01"), LOBBY_MANAGER).id)
    case = house.register(by=OFFICER, ticket=ticket, who={"confidential": True})
    house.in_room(SeatInRoom(house.room().id, ticket), LOBBY_MANAGER)
    number, now = house.number(case), house.clock.now_ms()
    for by, told in ((OFFICER, True), (LOBBY_MANAGER, False)):
        staff = house.staff(by)
        (line,) = bookings_between(house.store, staff, 0, now * 2)
        assert line.ticket
        assert (line.case_number == number, line.complaint == case) == (told, told)
        assert (number in repr(rooms_now(house.store, staff, now))) is told


def test_who_booked_it_by_its_number_finds_it_again(house: House, case: int) -> None:
    begin = house.clock.now_ms() + 60 * MINUTE
    house.in_room(BookRoom(house.room().id, begin, begin + 30 * MINUTE, case), LOBBY_MANAGER)
    (line,) = bookings_between(house.store, house.staff(LOBBY_MANAGER), 0, begin * 2)
    assert (line.case_number, line.case_title) == (house.number(case), "")
