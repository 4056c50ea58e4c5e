"""The decisions about rooms: states, bookings with their buffer, alerts, moods; by hand and at
random."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput
from branch.rooms.rules import (
    BUFFER_MS,
    MS_PER_MINUTE,
    NO_SHOW_MS,
    Booking,
    RoomState,
    alert,
    checked_signature,
    clashing,
    held_against,
    is_missed,
    mood_group,
    require_bookable,
    require_people,
    room_state,
    standing,
)

M = MS_PER_MINUTE
T = 1_800_000_000_000


def at(start: int, end: int, seated: bool = False, identity: int = 1) -> Booking:
    """A booking from so many minutes after T to so many."""
    return Booking(identity, T + start * M, T + end * M, seated)


@pytest.mark.parametrize(
    ("out", "session", "turnover", "bookings", "state"),
    [
        (False, False, False, [], RoomState.FREE),
        (False, False, False, [at(61, 90)], RoomState.FREE),
        (False, False, False, [at(60, 90)], RoomState.HELD),
        (False, False, False, [at(-15, 30)], RoomState.FREE),
        (False, False, False, [at(-14, 30)], RoomState.HELD),
        (False, False, False, [at(-30, 30, seated=True)], RoomState.HELD),
        (False, True, False, [at(5, 30)], RoomState.OCCUPIED),
        (True, True, False, [], RoomState.OCCUPIED),
        (False, False, True, [at(5, 30)], RoomState.TURNOVER),
        (True, False, True, [], RoomState.OUT),
    ],
)
def test_a_rooms_state(
    out: bool, session: bool, turnover: bool, bookings: list[Booking], state: RoomState
) -> None:
    assert room_state(out, session, turnover, bookings, T) == state


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [
        (-40, -10, False),  # ten minutes free before
        (-40, -9, True),
        (40, 60, False),  # ten minutes free after
        (39, 60, True),
        (-20, 90, True),
        (5, 20, True),
    ],
)
def test_two_bookings_keep_ten_minutes_between_them(start: int, end: int, clashes: bool) -> None:
    found = clashing(T + start * M, T + end * M, [at(0, 30)])
    assert (found is not None) == clashes


@given(
    st.integers(0, 300),
    st.integers(1, 120),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), max_size=6),
)
def test_what_does_not_clash_leaves_the_buffer(
    start: int, length: int, others: list[tuple[int, int]]
) -> None:
    mine = at(start, start + length)
    kept = [at(begin, begin + long) for begin, long in others]
    clash = clashing(mine.start, mine.end, kept)
    free = all(
        other.end + BUFFER_MS <= mine.start or mine.end + BUFFER_MS <= other.start for other in kept
    )
    assert (clash is None) == free


def test_a_walk_in_may_take_a_held_room_until_ten_minutes_before() -> None:
    assert held_against([at(10, 40)], T) is None
    assert held_against([at(9, 40)], T) == at(9, 40)
    assert held_against([at(-5, 40)], T) == at(-5, 40)
    assert held_against([at(-15, 40)], T) is None
    assert held_against([at(-20, 40, seated=True)], T) == at(-20, 40, seated=True)


def test_who_has_not_come_after_a_quarter_of_an_hour_is_not_waited_for() -> None:
    booked = at(0, 60)
    assert not is_missed(booked, booked.start + NO_SHOW_MS - 1, is_occupied=False)
    assert is_missed(booked, booked.start + NO_SHOW_MS, is_occupied=False)
    # He could not go in.
    assert not is_missed(booked, booked.start + NO_SHOW_MS, is_occupied=True)
    assert is_missed(booked, booked.end, is_occupied=True)
    assert not is_missed(at(0, 60, seated=True), T + 59 * M, is_occupied=False)


def test_whoever_sits_there_comes_first() -> None:
    waiting, booked = at(-5, 55, seated=True, identity=2), at(3, 30)
    assert standing([booked, waiting], T, False) == (waiting, booked)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (-1, 30, "start"),
        (0, 14, "end"),
        (0, 241, "end"),
        (60 * 24 * 91, 60 * 24 * 91 + 30, "start"),
    ],
)
def test_times_that_cannot_be_booked(start: int, end: int, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_bookable(T + start * M, T + end * M, T)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("minutes", "mark"), [(0, 0), (29.99, 0), (30, 30), (59.99, 30), (60, 60), (300, 60)]
)
def test_alerts_at_half_an_hour_and_at_an_hour(minutes: float, mark: int) -> None:
    assert alert(T, T + round(minutes * M)) == mark


def test_moods_as_the_screen_shows_them() -> None:
    assert [mood_group(mood) for mood in range(1, 6)] == [
        "calm",
        "calm",
        "worried",
        "upset",
        "upset",
    ]


@pytest.mark.parametrize(
    ("capacities", "parties", "seats", "code"),
    [
        ([], 1, 6, "visitors_needed"),
        (["companion"], 1, 6, "visitors_needed"),
        (["self", "self"], 1, 6, "parties_fewer"),
        (["self"], 10_001, 6, "parties_fewer"),
        (["self"] * 6, 30, 40, "representatives_over"),
        (["self", *["companion"] * 4], 1, 4, "visitors_over_seats"),
    ],
)
def test_who_cannot_be_received(capacities: list[str], parties: int, seats: int, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_people(capacities, parties, seats)
    assert refused.value.code == code


def test_five_representatives_of_thirty_are_received() -> None:
    require_people(["representative"] * 5, 30, 5)


@pytest.mark.parametrize(
    "path", ["{", "5", "[[1]]", '["ab"]', "[]", "[[]]", "[[[1, 2, 3]]]", '[[["x", 2]]]']
)
def test_what_is_no_pens_path_is_refused(path: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_signature(path)
    assert refused.value.code == "signature_form"


def test_a_pens_path_is_kept_rounded() -> None:
    assert checked_signature("") == ""
    assert json.loads(checked_signature("[[[1.26, 2], [3, 4]], []]")) == [[[1.3, 2], [3, 4]]]
