"""A session that began without a case: which cases are proposed, linked, and taken off again."""

from __future__ import annotations

from datetime import date

import pytest

from branch.complaints.commands.acceptance import Merge
from branch.complaints.commands.registration import SetSubjects
from branch.drills.queries.runs import open_incidents
from branch.kernel.errors import BranchError, NotFound
from branch.rooms.commands.linking import LinkSession, UnlinkSession
from branch.rooms.commands.talk import AddPromise, SaveStatement
from branch.rooms.queries.linking import link_offers
from branch.rooms.queries.sessions import sessions_of
from branch.rooms.session import Visitor
from tests.complaints.desk import HEAD, LOBBY_MANAGER, OFFICER, SUPERVISOR, TELLER
from tests.rooms.house import SAID, House

FIVE = tuple(Visitor(f"王{n}", "representative") for n in "一二三四五")
ANSWER_BY = date(2026, 11, 22)


def code(house: House, command: object, by: str = OFFICER) -> str:
    with pytest.raises(BranchError) as refused:
        house.in_room(command, by)
    return refused.value.code


def offered(
    house: House, session: int, text: str = "", by: str = OFFICER
) -> list[tuple[int, bool]]:
    found = link_offers(house.store, session, text, house.staff(by), "2025-11-20")
    return [(one.line.id, one.same) for one in found]


def test_a_case_registered_meanwhile_is_linked_once(house: House) -> None:
    session = house.start(visitors=FIVE, parties=20)
    complaint = house.register()
    house.in_room(LinkSession(session, complaint))
    assert house.view(session).line.complaint == complaint
    detail = house.detail(complaint)
    assert detail is not None
    assert detail.line.major
    # The plan that was opened at the beginning is the one that runs.
    assert len(open_incidents(house.store)) == 1
    assert code(house, LinkSession(session, complaint)) == "session_has_case"
    # By their number they made the case a major one: the session stays with it.
    assert not house.view(session).can_unlink
    assert code(house, UnlinkSession(session)) == "unlink_major"


def test_the_same_customers_cases_are_proposed_and_any_other_is_found(house: House) -> None:
    running, ended = house.register(), house.register()
    house.run(Merge(ended, running), HEAD)
    replied = house.decided()
    other = house.register(who={"name": "周建军", "phone": "13700001111"})
    session = house.start()
    # The merged one is handled in the other; the companion's name proposes nothing.
    assert offered(house, session) == [(replied, True), (running, True)]
    number = house.detail(other).line.number  # type: ignore[union-attr]
    assert offered(house, session, number) == [(other, False)]
    assert offered(house, session, "13700001111") == [(other, False)]
    assert offered(house, session, number.replace("0", "０")) == [(other, False)]
    assert [same for _case, same in offered(house, session, "TS-")] == [True, True, False]
    assert offered(house, session, "没有这件") == []


def test_a_case_about_who_asks_is_neither_proposed_nor_linked(house: House) -> None:
    complaint = house.register()
    house.run(SetSubjects(complaint, frozenset({house.staff(SUPERVISOR)})))
    session = house.start()
    assert offered(house, session) == [(complaint, True)]
    assert offered(house, session, by=SUPERVISOR) == []
    with pytest.raises(NotFound):
        house.in_room(LinkSession(session, complaint), SUPERVISOR)


def test_no_case_of_which_one_of_the_two_is_the_subject(house: House) -> None:
    session = house.start()
    complaint = house.register(subjects=frozenset({house.staff(LOBBY_MANAGER)}), by=OFFICER)
    assert code(house, LinkSession(session, complaint)) == "link_interested"


def test_no_case_that_was_merged_into_another(house: House) -> None:
    kept, gone = house.register(), house.register()
    house.run(Merge(gone, kept), HEAD)
    session = house.start()
    assert code(house, LinkSession(session, gone)) == "link_merged"


def test_only_who_receives_him_and_the_desk_link(house: House) -> None:
    session, complaint = house.start(), house.register()
    assert code(house, LinkSession(session, complaint), TELLER) == "session_part"
    house.in_room(LinkSession(session, complaint))
    assert code(house, UnlinkSession(session), TELLER) == "session_part"


def test_a_link_by_mistake_is_taken_back(house: House) -> None:
    wrong, right = house.register(), house.register()
    session = house.start()
    assert code(house, UnlinkSession(session)) == "session_without_case"
    house.in_room(SaveStatement(session, SAID))
    house.in_room(LinkSession(session, wrong))
    assert house.view(session).can_unlink
    house.in_room(UnlinkSession(session))
    view = house.view(session)
    assert (view.line.complaint, view.can_unlink, view.statement) == (None, False, SAID)
    assert sessions_of(house.store, wrong, house.staff(OFFICER)) == ()
    # The case that was meant by mistake tells it; nothing of the customer stands there.
    assert [entry.what for entry in house.entries][-3:] == [
        "complaint.room_session_started",
        "room_session.unlinked",
        "complaint.room_session_unlinked",
    ]
    house.in_room(LinkSession(session, right))
    house.in_room(AddPromise(session, "出具书面答复", house.staff(OFFICER), ANSWER_BY))
    assert house.view(session).line.complaint == right
    assert not house.view(session).can_unlink
    assert code(house, UnlinkSession(session)) == "unlink_promised"
    assert house.view(session).promises[0].text == "出具书面答复"


def test_the_case_it_began_with_stays(house: House) -> None:
    session = house.held()
    assert not house.view(session).can_unlink
    assert code(house, UnlinkSession(session)) == "unlink_begun"
    house.end(session)
    assert code(house, UnlinkSession(session)) == "session_ended"
