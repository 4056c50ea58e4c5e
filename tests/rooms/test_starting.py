"""The guard at the door of the room: each reason not to begin, one by one, and its field."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.drills.queries.runs import open_incidents
from branch.founding import Plan
from branch.kernel.errors import BadInput, BranchError, NotFound
from branch.kernel.phrases import LANGUAGES, phrases
from branch.people.commands import SignInRefused
from branch.people.commands.accounts import ChangeStaff
from branch.rooms.commands.settings import ChangeRoom, SetRoomOutOfService
from branch.rooms.commands.starting import Started
from branch.rooms.rules import RoomState
from branch.rooms.session import Visitor
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    OFFICER,
    SUPERVISOR,
    TELLER,
)
from tests.rooms.house import House

FIVE = tuple(Visitor(f"王{n}", "representative") for n in "一二三四五")


def refused(house: House, by: str = OFFICER, **other: Any) -> tuple[str, str]:
    """Code and field of what stands against it; the sentence is there in both languages."""
    with pytest.raises(BadInput) as found:
        house.start(by, **other)
    error = found.value
    for language in LANGUAGES:
        assert phrases("errors").say(error.code, language, **error.values)
    assert house.room_state() in (
        RoomState.FREE,
        RoomState.OCCUPIED,
        RoomState.TURNOVER,
        RoomState.OUT,
    )
    return error.code, error.field


def test_two_different_people_receive(house: House) -> None:
    officer = house.staff(OFFICER)
    assert refused(house, staff_2=officer) == ("staff_same", "staff_2")


def test_both_are_there(house: House) -> None:
    assert refused(house, staff_1=999) == ("staff_not_here", "staff_1")
    assert refused(house, staff_2=house.staff(AUDITOR)) == ("staff_not_here", "staff_2")
    assert refused(house, staff_2=house.staff("KIOSK")) == ("staff_not_here", "staff_2")
    gone = house.staff(TELLER)
    house.run(ChangeStaff(gone, "王敏", frozenset({"teller"}), active=False), "100001")
    assert refused(house, staff_2=gone) == ("staff_not_here", "staff_2")


def test_one_of_them_may_be_the_guard(house: House) -> None:
    assert house.start(staff_2=house.staff(GUARD))


def test_nobody_receives_in_two_rooms(house: House) -> None:
    house.start()
    second = {"room": house.room(1).id}
    assert refused(house, **second) == ("staff_in_session", "staff_1")
    one_free = {**second, "staff_1": house.staff(ADVISER)}
    assert refused(house, **one_free) == ("staff_in_session", "staff_2")
    assert house.start(**{**one_free, "staff_2": house.staff(GUARD)})


@pytest.mark.parametrize("interest", ["subject", "interested"])
def test_whom_it_is_about_receives_nobody(house: House, interest: str) -> None:
    complaint = house.register()
    adviser = frozenset({house.staff(ADVISER)})
    nobody: frozenset[int] = frozenset()
    about = (adviser, nobody) if interest == "subject" else (nobody, adviser)
    house.run(SetSubjects(complaint, *about))
    given = {"complaint": complaint, "staff_2": house.staff(ADVISER)}
    assert refused(house, **given) == ("staff_interested", "staff_2")
    # To him the case is not there at all.
    with pytest.raises(NotFound):
        house.start(ADVISER, complaint=complaint)


def test_without_a_recorder_the_branch_manager_decides(house: House) -> None:
    missing = ("recorder_override", "override_no")
    assert refused(house, recorder_ok=False) == ("field_empty", "override_reason")
    assert refused(house, recorder_ok=False, override_reason="设备在修") == missing
    assert refused(house, HEAD, recorder_ok=False) == ("field_empty", "override_reason")
    session = house.start(HEAD, recorder_ok=False, override_reason="用便携设备")
    assert house.view(session).has_override
    assert not house.view(session).line.recorder_ok


def test_the_manager_agrees_by_his_pin_at_the_same_station(house: House, sample: Plan) -> None:
    pins = {str(member.staff_no): member.pin for member in sample.staff}
    given: dict[str, Any] = {"recorder_ok": False, "override_reason": "用便携设备"}
    wrong = "135790" if pins[HEAD] != "135790" else "246801"
    answer = house.in_room(house.starting(**given, override_no=HEAD, override_pin=wrong))
    assert isinstance(answer, SignInRefused)
    assert (answer.code, answer.left) == ("sign_in_wrong", 9)
    assert house.room_state() == RoomState.FREE
    assert house.last.what == "session.refused"
    other = {**given, "override_no": SUPERVISOR, "override_pin": pins[SUPERVISOR]}
    assert refused(house, **other) == ("override_not_manager", "override_no")
    command = house.starting(**given, override_no=HEAD, override_pin=pins[HEAD])
    assert pins[HEAD] not in repr(command)
    assert isinstance(house.in_room(command), Started)
    overridden = next(e for e in house.entries if e.what == "room_session.recorder_overridden")
    assert overridden.data == {"manager": house.staff(HEAD)}


def test_a_room_without_a_recorder_has_none_to_check(house: House) -> None:
    room = house.room()
    house.in_room(ChangeRoom(room.id, room.name, room.seats, ""), HEAD)
    assert refused(house) == ("recorder_none", "recorder_ok")


def test_the_notice_is_shown_spoken_and_answered(house: House) -> None:
    assert refused(house, notice_shown=False) == ("notice_not_shown", "notice_shown")
    assert refused(house, notice_spoken=False) == ("notice_not_spoken", "notice_spoken")
    assert refused(house, agreed=None) == ("notice_not_answered", "agreed")
    # A refusal is noted, not overruled.
    assert not house.view(house.start(agreed=False)).agreed


def test_at_most_five_speak_for_the_others(house: House) -> None:
    six = (*FIVE, Visitor("王六", "representative"))
    assert refused(house, visitors=six, parties=6) == ("representatives_over", "visitors")
    assert house.start(visitors=FIVE, parties=6)


def test_not_more_than_the_room_has_seats(house: House) -> None:
    seated = (*FIVE, Visitor("王六", "companion"), Visitor("王七", "companion"))
    found = refused(house, visitors=seated, parties=6)
    assert found == ("visitors_over_seats", "visitors")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"visitors": ()}, ("visitors_needed", "visitors")),
        ({"visitors": (Visitor(" "),)}, ("field_empty", "visitors")),
        ({"visitors": (Visitor("陈", "king"),)}, ("code_unknown", "visitors")),
        ({"parties": 0}, ("parties_fewer", "parties")),
        ({"mood": 6}, ("mood_range", "mood")),
    ],
)
def test_what_cannot_be(house: House, given: dict[str, Any], found: tuple[str, str]) -> None:
    assert refused(house, **given) == found


def test_a_room_that_is_not_free(house: House) -> None:
    session = house.start()
    others = {"staff_1": house.staff(ADVISER), "staff_2": house.staff(GUARD)}
    assert refused(house, **others) == ("room_occupied", "room")
    house.end(session)
    assert refused(house) == ("room_turnover", "room")
    house.tidy()
    house.in_room(SetRoomOutOfService(house.room().id, True, "repair"))
    assert refused(house) == ("room_out_of_service", "room")
    with pytest.raises(BranchError) as unknown:
        house.start(room=999)
    assert unknown.value.code == "room_unknown"


def test_twenty_people_open_the_emergency_plan(house: House) -> None:
    complaint = house.register(who={"parties": 19})
    started = house.in_room(house.starting(complaint=complaint, visitors=FIVE, parties=20))
    assert isinstance(started, Started)
    detail = house.detail(complaint)
    assert detail is not None
    assert detail.line.major
    (incident,) = open_incidents(house.store)
    assert (incident.id, incident.code) == (started.incident, "CON-01")


def test_nineteen_do_not(house: House) -> None:
    complaint = house.register()
    started = house.in_room(house.starting(complaint=complaint, visitors=FIVE, parties=19))
    assert started.incident is None
    assert open_incidents(house.store) == ()


def test_neither_pin_nor_name_stands_in_the_journal(house: House) -> None:
    house.held(visitors=(Visitor("欧阳翀昱"),))
    assert "翀" not in "".join(map(repr, house.entries))
    assert "翀" not in repr(house.starting(visitors=(Visitor("欧阳翀昱"),)))
