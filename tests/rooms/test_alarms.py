"""Silent help: told to security and whoever is in charge, to nobody else; taken back by one."""

from __future__ import annotations

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.kernel.errors import BadInput, BranchError, NotPermitted
from branch.people.rules import Role
from branch.rooms.commands.alarms import AnswerAlarm, CancelAlarm, NoteIncident, RaiseAlarm
from branch.rooms.queries.alarms import AlarmLine, open_alarms
from tests.complaints.desk import GUARD, HEAD, LOBBY_MANAGER, OFFICER, SUPERVISOR, TELLER
from tests.rooms.house import MINUTE, House


def told(house: House, role: str = "guard") -> tuple[AlarmLine, ...]:
    return open_alarms(house.store, frozenset({role}))


def refusal(house: House, command: object, by: str = OFFICER) -> str:
    with pytest.raises(BranchError) as refused:
        house.in_room(command, by)
    return refused.value.code


def test_security_and_those_in_charge_are_told_and_nobody_else(house: House) -> None:
    session = house.held()
    house.in_room(RaiseAlarm(1, session))
    (alarm,) = told(house)
    assert (alarm.room_name, alarm.level, alarm.by_name, alarm.station) == (
        "接待室 1",
        1,
        "冯涛",
        "room",
    )
    # Where and how urgent, not of whom: the guard has no part in the case.
    assert "陈" not in repr(alarm)
    listening = {role for role in Role if told(house, role)}
    assert listening == {Role.GUARD, Role.BRANCH_MANAGER, Role.SUPERVISOR}


def test_calling_again_changes_nothing_until_it_is_more_urgent(house: House) -> None:
    session = house.held()
    first = house.in_room(RaiseAlarm(2, session))
    before = len(house.entries)
    assert house.in_room(RaiseAlarm(2, session)) == first
    assert house.in_room(RaiseAlarm(1, session), LOBBY_MANAGER) == first
    assert len(house.entries) == before
    more = house.in_room(RaiseAlarm(3, session))
    assert [alarm.id for alarm in told(house)] == [more, first]
    assert house.view(session).line.level == 3


def test_answered_once(house: House) -> None:
    session = house.held()
    alarm = house.in_room(RaiseAlarm(1, session))
    house.in_room(AnswerAlarm(alarm), GUARD)
    assert refusal(house, AnswerAlarm(alarm), SUPERVISOR) == "alarm_answered"
    # It stays in sight until the session has ended.
    assert told(house)[0].answered_by_name == "马强"
    house.end(session)
    assert told(house) == ()
    with pytest.raises(NotPermitted):
        house.in_room(AnswerAlarm(alarm), TELLER)


def test_an_accidental_call_is_taken_back_by_the_manager_with_a_reason(house: House) -> None:
    session = house.held()
    alarm = house.in_room(RaiseAlarm(2, session))
    for by in (OFFICER, GUARD, SUPERVISOR):
        with pytest.raises(NotPermitted):
            house.in_room(CancelAlarm(alarm, "误触"), by)
    assert refusal(house, CancelAlarm(alarm, " "), HEAD) == "field_empty"
    house.in_room(CancelAlarm(alarm, "误触"), HEAD)
    assert told(house) == ()
    assert refusal(house, CancelAlarm(alarm, "误触"), HEAD) == "alarm_answered"
    assert house.view(session).line.level == 0
    (kept,) = house.store.rows("SELECT cancel_reason FROM room_alarm", ())
    assert "误触" not in kept[0]
    assert "误触" not in "".join(map(repr, house.entries))
    # Nothing happened, so there is nothing to write down.
    house.end(session)


@pytest.mark.parametrize("level", [2, 3])
def test_a_serious_session_does_not_end_without_a_note(house: House, level: int) -> None:
    session = house.held()
    house.in_room(RaiseAlarm(level, session))
    house.ready(session)
    assert refusal(house, house.ending(session)) == "incident_note_needed"
    house.clock.advance(60)
    called = house.clock.now_ms()
    house.in_room(NoteIncident(session, "客户拍桌，保安到场后平静。", called))
    house.in_room(house.ending(session))
    view = house.view(session)
    assert (view.incident_note, view.police_at) == ("客户拍桌，保安到场后平静。", called)
    assert view.line.level == level


def test_help_of_the_first_level_needs_no_note(house: House) -> None:
    session = house.held()
    house.in_room(RaiseAlarm(1, session))
    house.end(session)


def test_the_police_were_called_while_it_was_held(house: House) -> None:
    session = house.held()
    now = house.clock.now_ms()
    for at in (now - MINUTE, now + MINUTE):
        with pytest.raises(BadInput) as refused:
            house.in_room(NoteIncident(session, "报警", at))
        assert refused.value.field == "police_at"
    assert refusal(house, NoteIncident(session, "")) == "field_empty"
    assert refusal(house, NoteIncident(session, "别的"), TELLER) == "session_part"


def test_from_a_room_without_a_session(house: House) -> None:
    room = house.room(1).id
    alarm = house.in_room(RaiseAlarm(1, room=room), TELLER)
    assert house.in_room(RaiseAlarm(1, room=room), TELLER) == alarm
    (line,) = told(house)
    assert (line.session, line.room_name) == (None, "接待室 2")
    house.in_room(AnswerAlarm(alarm), GUARD)
    assert told(house) == ()


def test_the_room_finds_its_session(house: House) -> None:
    session = house.held()
    house.in_room(RaiseAlarm(2, room=house.room().id))
    assert house.view(session).line.level == 2


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RaiseAlarm(4, 1), "alarm_level"),
        (RaiseAlarm(1, 999), "session_unknown"),
        (RaiseAlarm(1, room=999), "room_unknown"),
        (RaiseAlarm(1), "field_empty"),
        (AnswerAlarm(999), "alarm_unknown"),
    ],
)
def test_nonsense_is_refused(house: House, command: object, code: str) -> None:
    assert refusal(house, command, GUARD) == code


def test_help_comes_also_to_whoever_is_kept_from_the_case(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    house.run(SetSubjects(case, frozenset({house.staff(LOBBY_MANAGER)})))
    assert house.in_room(RaiseAlarm(3, session), LOBBY_MANAGER)
