"""What has to be there before a session ends, and before the room takes the next visitor."""

from __future__ import annotations

from typing import Any

import pytest

from branch.kernel.errors import BadInput, BranchError, Stale
from branch.kernel.phrases import LANGUAGES, phrases
from branch.rooms.commands.ending import EndSession, SignTurnover
from branch.rooms.commands.talk import MarkCalming, SaveStatement
from branch.rooms.queries.sessions import turnover_session
from branch.rooms.rules import TURNOVER, RoomState
from tests.complaints.desk import GUARD, HEAD, OFFICER, TELLER
from tests.rooms.house import SAID, House


def refused(house: House, session: int, **other: Any) -> tuple[str, str]:
    with pytest.raises(BadInput) as found:
        house.in_room(house.ending(session, **other))
    error = found.value
    for language in LANGUAGES:
        assert phrases("errors").say(error.code, language, **error.values)
    assert house.view(session).line.ended_at is None
    return error.code, error.field


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"outcome": ""}, ("outcome_needed", "outcome")),
        ({"outcome": "won"}, ("outcome_needed", "outcome")),
        ({"mood_end": 0}, ("mood_range", "mood_end")),
        ({"read_back": False}, ("record_not_read", "read_back")),
        ({"signed": "none"}, ("signed_needed", "signed")),
        ({"signed": "thumb"}, ("signed_needed", "signed")),
        ({"signature": ""}, ("signature_needed", "signature")),
        ({"signature": "scribble"}, ("signature_form", "signature")),
        ({"signed": "refused"}, ("witnesses_needed", "witnesses")),
        ({"told_next": False}, ("next_not_told", "told_next")),
    ],
)
def test_each_thing_that_is_missing(
    house: House, other: dict[str, Any], found: tuple[str, str]
) -> None:
    session = house.held()
    house.ready(session)
    assert refused(house, session, **other) == found


def test_the_statement_and_the_explanation_come_first(house: House) -> None:
    session = house.held()
    assert refused(house, session) == ("statement_needed", "statement")
    house.in_room(SaveStatement(session, SAID))
    assert refused(house, session) == ("explained_needed", "calming")
    house.in_room(MarkCalming(session, "explained"))
    house.in_room(house.ending(session))


def test_the_signature_is_kept_sealed(house: House) -> None:
    session = house.held()
    house.end(session)
    (kept,) = house.store.rows("SELECT signature, signed FROM room_session", ())
    assert kept[1] == "screen"
    assert "[[" not in kept[0]


def test_signed_on_paper_keeps_no_pens_path(house: House) -> None:
    session = house.held()
    house.end(session, signed="paper")
    (kept,) = house.store.rows("SELECT signature, signed FROM room_session", ())
    assert kept == ("", "paper")


def test_a_refused_signature_is_witnessed_by_both(house: House) -> None:
    session = house.held()
    house.ready(session)
    one = frozenset({house.staff(OFFICER)})
    found = refused(house, session, signed="refused", signature="", witnesses=one)
    assert found == ("witnesses_needed", "witnesses")
    stranger = frozenset({house.staff(OFFICER), house.staff(GUARD)})
    found = refused(house, session, signed="refused", signature="", witnesses=stranger)
    assert found == ("witnesses_needed", "witnesses")
    both = frozenset(house.view(session).staff)
    house.in_room(house.ending(session, signed="refused", signature="", witnesses=both))
    (kept,) = house.store.rows("SELECT refusal FROM room_session", ())
    assert {int(one) for one in kept[0].split(",")} == both


@pytest.mark.parametrize("outcome", ["left", "stopped"])
def test_broken_off_it_is_witnessed_and_nothing_is_read_back(house: House, outcome: str) -> None:
    session = house.held()
    bare = EndSession(session, outcome, 5)
    with pytest.raises(BadInput) as found:
        house.in_room(bare)
    assert found.value.field == "witnesses"
    both = frozenset(house.view(session).staff)
    house.in_room(EndSession(session, outcome, 5, witnesses=both))
    assert house.room_state() == RoomState.TURNOVER


def test_it_ends_once(house: House) -> None:
    session = house.held()
    house.end(session)
    with pytest.raises(Stale) as refusal:
        house.in_room(house.ending(session))
    assert refusal.value.code == "session_ended"
    with pytest.raises(Stale):
        house.in_room(SaveStatement(session, "还有一句"))


def test_the_case_tells_of_the_session(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    house.end(session)
    detail = house.detail(case)
    assert detail is not None
    told = [(m.what, m.data["number"]) for m in detail.moments if m.what.startswith("room_")]
    assert told == [
        ("room_session_started", "JD-HB001-20261120-001"),
        ("room_session_ended", "JD-HB001-20261120-001"),
    ]


def test_sessions_of_a_day_are_numbered(house: House) -> None:
    for number in ("001", "002"):
        session = house.held()
        assert house.view(session).line.number == f"JD-HB001-20261120-{number}"
        house.end(session)
        house.tidy()
    house.at("2026-11-21 09:30")
    assert house.view(house.held()).line.number == "JD-HB001-20261121-001"


@pytest.mark.parametrize("item", TURNOVER)
def test_each_point_of_the_turnover_list(house: House, item: str) -> None:
    house.end(house.held())
    items = frozenset(TURNOVER) - {item}
    with pytest.raises(BadInput) as refusal:
        house.in_room(SignTurnover(house.room().id, items, "R-0117"), TELLER)
    assert (refusal.value.code, refusal.value.field) == (f"turnover_{item}", item)
    assert phrases("errors").say(refusal.value.code, "zh")
    assert house.room_state() == RoomState.TURNOVER


def test_the_recording_is_named_unless_there_was_none(house: House) -> None:
    session = house.held()
    house.end(session)
    room, done = house.room().id, frozenset(TURNOVER)
    with pytest.raises(BadInput) as refusal:
        house.in_room(SignTurnover(room, done))
    assert refusal.value.code == "media_needed"
    to_tidy = turnover_session(house.store, room, house.staff(TELLER))
    assert to_tidy is not None
    assert to_tidy.id == session
    house.tidy(by=TELLER)
    assert turnover_session(house.store, room, house.staff(TELLER)) is None
    without = house.start(HEAD, recorder_ok=False, override_reason="设备在修")
    house.end(without)
    # What was not recorded cannot have been saved: nobody has to say so.
    assert not house.room().was_recorded
    house.in_room(SignTurnover(room, done - {"recorder_saved"}))
    assert house.room_state() == RoomState.FREE


def test_a_room_in_order_or_in_use_is_not_signed_for(house: House) -> None:
    sign = SignTurnover(house.room().id, frozenset(TURNOVER), "R-1")
    with pytest.raises(Stale):
        house.in_room(sign)
    house.held()
    with pytest.raises(BranchError) as refusal:
        house.in_room(sign)
    assert refusal.value.code == "room_in_use"
